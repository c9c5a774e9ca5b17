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
        needscast import xlsx monitoring.xlsx --sheet Waits --range A3:M20 --output waits.csv
      """)

  @Argument(
    help: ArgumentHelp("The layout, which may be left out, and the file.", valueName: "layout> <input"))
  var arguments: [String]

  @Option(help: ArgumentHelp("Add the series to this workspace.", valueName: "folder"))
  var workspace: String?

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
    if workspace != nil, options.output != nil {
      throw ValidationError("--workspace and --output are two places; name one")
    }
  }

  func run() throws {
    try Failure.reporting {
      let input = LayoutInput(
        path,
        options: LayoutInput.Options(
          areas: area, measures: measure, published: published, sheet: sheet, range: range,
          frequency: seriesInput.frequency, yearType: seriesInput.calendar, dictionary: dictionary))
      try OutputTarget.check(
        options.target, against: [path] + [dictionary].compactMap { $0 }, overwrite: options.force)
      let layout = try layout(of: input)
      let figures = try Layouts.read(input, as: layout)
      let text = SeriesFileText(figures)
      let report = ImportReport(figures, text)
      if let workspace {
        let done = try SeriesImport(
          text, named: FileContents.baseName(of: path), into: workspace, overwrite: options.force)
        try options.write(try report.text(options.format, written: done))
      } else {
        try writeSeries(text)
        if !options.quiet { StandardStreams.error(report.text) }
      }
      if report.errorCount > 0 {
        if workspace == nil, options.quiet { StandardStreams.error(report.errors) }
        throw ExitCode(Failure.wrongData)
      }
    }
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
