import ArgumentParser
import Needscast

/// `needscast scorecard`: the card that a board reads.
struct ScorecardVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecard",
    abstract: "Fill a scorecard: latest figures, comparators, colours with their rules, trends, chances.",
    discussion: """
      Reads a workspace and the scorecard in its folder (scorecard.yaml, or --scorecard FILE), and says of every indicator \
      what is published, how it stands beside the benchmark, the region and the statistical neighbours, which colour it \
      has by which rule, where it goes, whether its target is met or how likely that is, and what comes next. What is not \
      available is listed with the reason.

      EXAMPLES:
        needscast scorecard Datasets/sefton
        needscast scorecard Datasets/sefton --theme healthy
        needscast scorecard Datasets/sefton --polarity 1.1=neutral --format csv
        needscast scorecard Datasets/sefton --theme heard --format json
      """)

  @Argument(help: "The workspace: a folder that holds workspace.yaml.")
  var workspace: String

  @Option(
    help: ArgumentHelp(
      "The scorecard (default: scorecard.yaml in the folder of the workspace).", valueName: "file"))
  var scorecard: String?

  @Option(help: ArgumentHelp("Show one theme alone, by its id or its name.", valueName: "theme"))
  var theme: String?

  @Option(
    help: ArgumentHelp(
      "Use only what was published by this day (default: the latest publication in the workspace).",
      valueName: "yyyy-mm-dd"), transform: ArgumentForms.day)
  var asOf: CivilDate?

  @Option(
    help: ArgumentHelp(
      "Judge an indicator the other way, or not at all; may be repeated.",
      valueName: "id=higher|lower|neutral"), transform: Self.judgement)
  var polarity: [Judgement] = []

  @OptionGroup var options: OutputOptions

  /// An indicator and which way it is to be judged.
  struct Judgement {
    let id: String
    let polarity: Polarity
  }

  func validate() throws {
    try ArgumentForms.requireFolder(workspace)
    let ids = polarity.map(\.id)
    if let twice = ids.first(where: { id in ids.count { $0 == id } > 1 }) {
      throw ValidationError("--polarity: \(twice) is judged twice; name each indicator once.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let workspace = try Workspace(reading: self.workspace)
      let area = try workspace.plan().area
      let doubts = ComparatorDoubts(workspace.evidence, area: area)
      for warning in doubts.gathered(workspace.warnings) { options.say("\(warning)") }
      let file = try ScorecardFile(
        reading: scorecard ?? "\(workspace.folder)/\(ScorecardFile.usualName)", evidence: workspace.evidence,
        area: area)
      try OutputTarget.check(
        options.target, against: workspace.files.map(\.location) + file.paths, overwrite: options.force)
      guard let asOf = asOf ?? workspace.latestPublication else {
        throw Failure(
          "\(self.workspace): nothing in the workspace has a date of publication; say as of when with --as-of",
          code: Failure.wrongData)
      }
      let card = try card(of: file.scorecard)
      let report = Progress.during(
        "filling", unit: "indicators", of: card.indicators.count, quiet: options.quiet
      ) { progress in
        ScorecardReport(
          card, evidence: workspace.evidence,
          context: ScorecardContext(
            area: area, benchmark: file.benchmark, region: file.region, neighbours: file.neighbours,
            asOf: asOf),
          eachLine: { progress.advance() })
      }
      let problems = file.problems.map(\.description)
      switch options.format {
      case .text:
        try options.write(
          ScorecardTable(
            report, problems: problems, width: options.page.width, style: options.page.style
          ).text())
      case .csv: try options.write(ScorecardCSV.text(report))
      case .json: try options.write(try ScorecardJSON.text(report, problems: problems))
      }
      for problem in problems { StandardStreams.error(problem + "\n") }
      if !problems.isEmpty { throw ExitCode(Failure.wrongData) }
    }
  }

  /// The card as it was asked for.
  private func card(of whole: Scorecard) throws(Failure) -> Scorecard {
    for judgement in polarity where !whole.indicators.contains(where: { $0.id == judgement.id }) {
      throw Failure(
        "--polarity \(judgement.id): there is no indicator \"\(judgement.id)\"; "
          + NearestName.advice(for: judgement.id, among: whole.indicators.map(\.id)),
        code: Failure.wrongArguments)
    }
    let judged = whole.judging(
      by: Dictionary(polarity.map { ($0.id, $0.polarity) }) { first, _ in first })
    guard let theme else { return judged }
    guard let part = judged.only(theme: theme) else {
      throw Failure(
        "--theme \(theme): there is no theme \"\(theme)\"; "
          + NearestName.advice(for: theme, among: whole.themes.map(\.id)),
        code: Failure.wrongArguments)
    }
    return part
  }

  private static func judgement(_ text: String) throws -> Judgement {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, let polarity = Polarity(words: parts[1]) else {
      throw ValidationError("write ID=higher, ID=lower or ID=neutral, such as 1.1=neutral.")
    }
    return Judgement(id: parts[0], polarity: polarity)
  }
}
