import ArgumentParser
import Needscast

/// `needscast import`: a published file becomes series.
struct ImportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Read a published file, keep what its codes mean, and write series.",
    discussion: """
      Reads a file in the layout of its publisher and writes its figures as a series file: to standard output, to a file, \
      into the folder of a workspace, or into a store with every vintage. Without LAYOUT, the layout is recognised by the \
      columns, and the reason is said. What became of every row and every code is counted, and the counts reconcile.

      LAYOUTS:
      \(Layouts.all.map { "  \($0.name): \($0.summary)" }.joined(separator: "\n"))

      EXAMPLES:
        needscast import lait lait.csv.gz --dictionary lait_measures.csv --area Sefton --output sefton.csv
        needscast import ees_sen2.csv --area E08000014 --workspace Datasets/sefton
        needscast import lait.csv.gz --store needs.sqlite
        needscast import xlsx monitoring.xlsx --sheet Waits --range A3:M20 --output waits.csv
      """)

  @Argument(
    help: ArgumentHelp("The layout, which may be left out, and the file.", valueName: "layout> <input"))
  var arguments: [String]

  @Option(help: ArgumentHelp("Add the series to this workspace.", valueName: "folder"))
  var workspace: String?

  @Option(
    help: ArgumentHelp(
      "Add the figures to this store, with every vintage; it is made when it is not there.", valueName: "file"
    ))
  var store: String?

  @Option(help: ArgumentHelp("Only figures of this area, by name or code; repeatable.", valueName: "area"))
  var area: [String] = []

  @Option(help: ArgumentHelp("Only this measure, as the file names it; repeatable.", valueName: "measure"))
  var measure: [String] = []

  @Option(
    help: ArgumentHelp(
      "The day on which the file was published, where its rows do not say.", valueName: "date"),
    transform: ArgumentForms.day)
  var published: CivilDate?

  @Option(help: ArgumentHelp("The file that explains the measures, for lait.", valueName: "file"))
  var dictionary: String?

  @Option(help: ArgumentHelp("The sheet of a workbook.", valueName: "name"))
  var sheet: String?

  @Option(help: ArgumentHelp("The cells of the sheet.", valueName: "A1:F20"))
  var range: String?

  @Option(
    help: ArgumentHelp(
      "The calendar year in which the file's year begins, where the file does not say.", valueName: "yyyy"))
  var year: Int?

  @Option(
    help: ArgumentHelp(
      "The calendar year in which the year of outturn figures begins, for section-251.", valueName: "yyyy"))
  var outturnYear: Int?

  @Option(
    help: ArgumentHelp(
      "What may be done to contradictory rows of a return, for ssda903; repeatable.",
      valueName: CareMending.allCases.map(\.rawValue).joined(separator: "|")))
  var mend: [CareMending] = []

  @Option(
    help: ArgumentHelp(
      """
      Protect small counts by this rule. Counts made from rows of single children are protected by \
      \(PublishedFigures.childLevelRule.name) unless they stay in a workspace or a store.
      """,
      valueName: DisclosureRule.named.map(\.name).joined(separator: "|")))
  var disclosure: String?

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var options: OutputOptions

  func validate() throws {
    guard (1...2).contains(arguments.count) else {
      throw ValidationError(
        "name one file, after its layout if that is known: needscast import lait lait.csv.gz")
    }
    if arguments.count == 2, Layouts.named(arguments[0]) == nil {
      throw ValidationError(
        "\"\(arguments[0])\" is no layout; write one of "
          + Layouts.all.map { $0.name }.joined(separator: ", ") + ", or the file alone")
    }
    let places = [
      workspace.map { _ in "--workspace" }, store.map { _ in "--store" },
      options.output.map { _ in "--output" },
    ]
    .compactMap { $0 }
    if options.format == .json, workspace == nil, store == nil {
      throw ValidationError(
        "The result is a series file, which is CSV; --format json is of the report that --workspace and --store print."
      )
    }
    if places.count > 1 {
      throw ValidationError("\(places.joined(separator: " and ")) are \(places.count) places; name one.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let rule = try disclosure.map { name throws(EvidenceError) in try DisclosureRule(named: name) }
      let input = LayoutInput(
        path,
        options: LayoutInput.Options(
          areas: area, measures: measure, published: published, sheet: sheet, range: range,
          frequency: seriesInput.frequency, yearType: seriesInput.calendar, year: year,
          outturnYear: outturnYear,
          mending: Set(mend), dictionary: dictionary))
      try OutputTarget.check(
        options.target, against: [path] + [dictionary].compactMap { $0 }, overwrite: options.force)
      let layout = try layout(of: input)
      let read = try Progress.during("reading", quiet: options.quiet) { _ in
        try Layouts.read(input, as: layout)
      }
      try requireFigures(in: read)
      let figures = try protected(read, by: rule)
      if let store {
        try add(figures, to: store)
      } else {
        try write(figures)
      }
    }
  }

  /// Refuses an empty result: what was asked for by area or measure is not in the file, or the file has nothing.
  private func requireFigures(in figures: PublishedFigures) throws {
    guard figures.series.isEmpty else { return }
    let wanted = (area + measure).joined(separator: ", ")
    let reasons = figures.problems.prefix(20).map(\.description) + figures.notes
    throw Failure(
      ([
        "\(path): \(wanted.isEmpty ? "there is no figure in the file" : "there is nothing of \(wanted) in the file")"
      ]
        + reasons).joined(separator: "\n"), code: Failure.wrongData)
  }

  /// The figures as they may go where they are going.
  private func protected(_ figures: PublishedFigures, by rule: DisclosureRule?) throws -> PublishedFigures {
    let staysHere = workspace != nil || store != nil
    let applied = rule ?? (figures.isChildLevel && !staysHere ? PublishedFigures.childLevelRule : nil)
    guard let applied else {
      if figures.isChildLevel {
        options.say(
          "these counts were made from rows of single children and are not protected: keep them here, or name a rule "
            + "with --disclosure")
      }
      return figures
    }
    let (safe, report) = try figures.protected(by: applied)
    for line in report.lines { options.say(line) }
    guard report.isSafe else {
      throw Failure(
        "\(path): what rule \(applied.name) holds back could still be found from what it leaves, so nothing was written; "
          + "name a rule that rounds, such as \(PublishedFigures.childLevelRule.name), or take fewer breakdowns",
        code: Failure.wrongData)
    }
    return safe
  }

  /// Writes a series file, to the workspace, to a file or to standard output, and says what became of everything.
  private func write(_ figures: PublishedFigures) throws {
    let text = SeriesFileText(figures)
    let report = ImportReport(figures, text)
    if let workspace {
      let done = try SeriesImport(
        text, named: FileContents.baseName(of: path), into: workspace, overwrite: options.force)
      try options.write(
        try report.text(
          options.format, destination: done.name,
          said: done.isNew ? "added \(done.name) to the workspace" : "replaced \(done.name)"))
    } else {
      try writeSeries(text)
      if !options.quiet { StandardStreams.error(report.text) }
    }
    if report.errorCount > 0 {
      if workspace == nil, options.quiet { StandardStreams.error(report.errors) }
      throw ExitCode(Failure.wrongData)
    }
  }

  private func add(_ figures: PublishedFigures, to store: String) throws {
    let digest = FileIdentity.isFolder(path) ? nil : try FileContents.read(path).bytes
    let done = try Store(at: store, mode: .writing).import(
      figures, digest: FileDigest.sha256(digest ?? Array(SeriesFileText(figures).bytes)))
    let report = ImportReport(figures, added: done)
    try options.write(try report.text(options.format, destination: store, said: "\(done)"))
    if report.errorCount > 0 { throw ExitCode(Failure.wrongData) }
  }

  private var path: String { arguments[arguments.count - 1] }

  /// The layout that was named, or the one that is recognised.
  private func layout(of input: LayoutInput) throws -> any PublishedLayout.Type {
    if arguments.count == 2, let named = Layouts.named(arguments[0]) { return named }
    let choice = try LayoutChoice(recognising: input)
    options.say(choice.sentence)
    return choice.layout
  }

  private func writeSeries(_ text: SeriesFileText) throws {
    guard let output = options.output else {
      _ = try StandardStreams.output(text.bytes)
      return
    }
    do {
      try AtomicOutput.write(text.bytes, to: output, overwrite: options.force)
    } catch {
      throw Failure(error)
    }
    options.say("wrote \(output)")
  }
}

extension CareMending: ExpressibleByArgument {}
