import ArgumentParser
import Needscast

/// `needscast waits`: how long will children wait, and what would it take for them to wait less?
struct WaitsVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "waits",
    abstract: "Project waiting lists, and say what capacity a target for waits takes.",
    discussion: """
      Reads waiting lists from a file that defines them (of a workspace, waiting-lists.yaml in its folder), or from a \
      series file with the series referrals, removals, left and waiting by week or month, from which demand and capacity \
      are estimated. Prints for each list what it rests on, what the rules of queues say, its course with 80% intervals \
      and, for each target, the least additional capacity that meets it and holds it to the end of the weeks looked at.

      EXAMPLES:
        needscast waits Datasets/sefton --draws 100
        needscast waits Datasets/sefton --list speech-and-language-therapy --target "92% within 18 weeks by 2025-03" --draws 100
        needscast waits Datasets/sefton --list occupational-therapy --extra 1.5 --monthly --draws 100 --format csv
        needscast waits Datasets/sefton --list ehc-assessments --draws 100 --format svg
        needscast waits Datasets/invented/waiting-list.csv --draws 100
      """)

  @Argument(
    help:
      "A workspace's folder, a .yaml file of waiting lists, a series file, or - for a series file on standard input."
  )
  var input: String

  @Option(
    help: ArgumentHelp("Only this list; may be given several times.", valueName: "name"))
  var list: [String] = []

  @Option(
    help: ArgumentHelp(
      "What is to be met, by when, and then held; may be given several times.",
      valueName: "92% within 18 weeks by 2025-03"),
    transform: Self.target)
  var target: [WaitTarget] = []

  @Flag(help: "Additional capacity grows evenly to the target's date instead of being there at once.")
  var ramp = false

  @Option(
    help: ArgumentHelp(
      "Also find the least capacity that meets and holds a target in this share of simulated futures.",
      valueName: "per cent"),
    transform: Self.confidence)
  var confidence: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Look at the lists with so much more capacity.", valueName: "children a week"),
    transform: Self.extra)
  var extra: Double?

  @Option(
    help: ArgumentHelp(
      "The day from which additional capacity comes, with which a backlog of assessments is cleared too (default: the list's first).",
      valueName: "yyyy-mm-dd"),
    transform: ArgumentForms.day)
  var from: CivilDate?

  @Option(
    help: ArgumentHelp(
      "How many weeks to look at (default: 104, or a year beyond the last target).", valueName: "n"),
    transform: Self.weeks)
  var weeks: Int?

  @Flag(help: "Tell the course by month instead of by quarter.")
  var monthly = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The number of simulated futures (default: 1000).", valueName: "n"),
    transform: ArgumentForms.draws)
  var draws = 1_000

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The start of all chance (default: 1).", valueName: "n"),
    transform: ArgumentForms.seed)
  var seed: UInt64 = 1

  @OptionGroup var seriesInput: SeriesInputOptions

  @OptionGroup var threads: JobsOption

  @OptionGroup var options: DrawableOutputOptions

  func validate() throws {
    if ramp, target.isEmpty, extra == nil {
      throw ValidationError("--ramp says how additional capacity comes; add --target or --extra.")
    }
    if confidence != nil, target.isEmpty {
      throw ValidationError(
        "--confidence is about a target; add --target \"92% within 18 weeks by 2025-03\".")
    }
  }

  func run() throws {
    try Failure.reporting {
      let lists = try WaitingListInput(
        input, chosen: list,
        options: SeriesFileOptions(frequency: seriesInput.frequency, yearType: seriesInput.calendar))
      try OutputTarget.check(options.target, against: lists.paths, overwrite: options.force)
      // Of assessments it is the day as well from which a backlog is cleared.
      if from != nil, target.isEmpty, extra == nil, lists.failures.isEmpty,
        !lists.definitions.contains(where: { $0.assessment != nil })
      {
        throw Failure(
          "--from says when additional capacity comes, and there is none; add --target or --extra",
          code: Failure.wrongArguments)
      }
      for note in lists.notes { options.say(note) }
      var failures = lists.failures
      let question = WaitingListOutlook.Question(
        weeks: weeks, targets: target, confidence: confidence, course: ramp ? .ramp : .level, from: from,
        additional: extra.map { PerWeek($0) }, isMonthly: monthly || options.format == .svg, paths: draws,
        seed: seed,
        jobs: threads.count)
      if options.format == .svg, lists.definitions.count + failures.count > 1 {
        throw Failure(
          "--format svg draws one list, and there are \(lists.definitions.count + failures.count); name one with --list, such as "
            + "--list \(lists.definitions.first?.id ?? lists.names.first ?? "name")",
          code: Failure.wrongArguments)
      }
      var outlooks: [WaitingListOutlook] = []
      Progress.during("simulating", unit: "lists", of: lists.definitions.count, quiet: options.quiet) {
        progress in
        for definition in lists.definitions {
          defer { progress.advance() }
          do {
            let outlook = try WaitingListOutlook(definition, question: question)
            outlooks.append(outlook)
            failures += outlook.unanswered
          } catch {
            failures.append("\(error)")
          }
        }
      }
      if !outlooks.isEmpty {
        let report = WaitingListReport(area: lists.area, outlooks: outlooks, estimates: lists.estimates)
        switch options.format {
        case .text: try options.write(report.text(width: options.page.width))
        case .csv: try options.write(report.csv())
        case .json: try options.write(try report.json())
        case .svg:
          if let outlook = outlooks.first {
            try options.write(try WaitingListChart(outlook, area: lists.area).svg())
          }
        }
      }
      if !failures.isEmpty { throw Failure(failures.joined(separator: "\n"), code: Failure.wrongData) }
    }
  }

  // MARK: Forms

  private static func target(_ text: String) throws -> WaitTarget {
    do {
      return try WaitTarget(parsing: text)
    } catch {
      throw ValidationError("\(error).")
    }
  }

  private static func confidence(_ text: String) throws -> Double {
    let digits = text.hasSuffix("%") ? String(text.dropLast()) : text
    guard let value = Double(digits), value > 1, value < 100 else {
      throw ValidationError("write per cent above 1 and below 100, such as 80.")
    }
    return value / 100
  }

  private static func extra(_ text: String) throws -> Double {
    guard let value = Double(text), value >= 0, value <= WaitingListModel.mostChildren else {
      throw ValidationError("write children a week, 0 or more, such as 2.5.")
    }
    return value
  }

  private static func weeks(_ text: String) throws -> Int {
    guard let weeks = Int(text), (1...WaitingListDefinition.longestHorizon).contains(weeks) else {
      throw ValidationError(
        "write a whole number of weeks from 1 to \(WaitingListDefinition.longestHorizon), such as 156.")
    }
    return weeks
  }
}

/// The waiting lists of an input, whichever of its forms it has.
struct WaitingListInput {
  let area: String?
  let definitions: [WaitingListDefinition]
  let estimates: [String: WaitingFlowEstimates]
  /// The names of all lists.
  let names: [String]
  /// Why lists that were wanted cannot be looked at, a sentence each.
  let failures: [String]
  let notes: [String]
  let paths: [String]

  /// - Parameter chosen: the names of the lists that are wanted; none for all.
  init(_ input: String, chosen: [String], options: SeriesFileOptions) throws {
    if WaitingListFile.isDefinition(input) {
      let file = try WaitingListFile(reading: input)
      try Self.check(chosen, among: file.names, of: input)
      let lists = file.lists.filter { chosen.isEmpty || chosen.contains($0.id) }
      // Of a list that is not wanted, what is wrong does not matter; a problem does not say whose it is, so that all are said where one
      // that is wanted is missing.
      let isMissing = chosen.isEmpty || chosen.contains { name in !file.lists.contains { $0.id == name } }
      area = file.area
      definitions = lists
      estimates = [:]
      names = file.names
      failures = isMissing ? file.problems.map(\.description) : []
      notes = []
      paths = file.paths
      return
    }
    let file = try WaitingSeriesFile(reading: input, options: options)
    names = file.lists.map(\.name)
    try Self.check(chosen, among: names, of: input)
    var definitions: [WaitingListDefinition] = []
    var estimates: [String: WaitingFlowEstimates] = [:]
    var failures: [String] = []
    for list in file.lists where chosen.isEmpty || chosen.contains(list.name) {
      do {
        let found = try list.estimates.get()
        definitions.append(
          try WaitingListDefinition(id: list.name, estimates: found, source: input))
        estimates[list.name] = found
      } catch {
        failures.append("\(input): \(error)")
      }
    }
    area = nil
    self.definitions = definitions
    self.estimates = estimates
    self.failures = failures
    notes = file.notes
    paths = [input]
  }

  private static func check(_ chosen: [String], among names: [String], of input: String) throws(Failure) {
    for name in chosen where !names.contains(name) {
      throw Failure(
        "--list \(name): \(input) has no list \"\(name)\"; \(NearestName.advice(for: name, among: names))",
        code: Failure.wrongArguments)
    }
  }
}
