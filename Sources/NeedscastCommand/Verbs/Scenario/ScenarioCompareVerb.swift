import ArgumentParser
import Needscast

/// `needscast scenario compare`: what one scenario makes of a plan beside another.
struct ScenarioCompareVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract:
      "Set scenarios beside the first of them: differences by service and year, with their own intervals.",
    discussion: """
      Differences are taken inside each simulated future, which the scenarios share. One scenario is compared with the \
      workspace as it stands, base.

      EXAMPLES:
        needscast scenario compare Datasets/sefton --scenario base --scenario grant-refused
        needscast scenario compare Datasets/sefton --scenario grant-refused --year 2027/28 --figure closingBalance
        needscast scenario compare Datasets/sefton --scenario grant-refused --format csv
      """)

  @OptionGroup var plan: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "A scenario of the workspace, or a file of one; the first is the one that others are compared with.",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("Show this year only; may be repeated.", valueName: "2027/28"),
    transform: ArgumentForms.financialYear)
  var year: [FinancialYear] = []

  @Option(
    help: ArgumentHelp(
      "Show this service only; may be repeated; total is all services together.", valueName: "id"))
  var service: [String] = []

  @Option(
    help: ArgumentHelp(
      "Show this figure only, one of \(ArgumentForms.figures); may be repeated.", valueName: "figure"),
    transform: ArgumentForms.figure)
  var figure: [PlanFigure] = []

  func validate() throws {
    if scenario.isEmpty {
      throw ValidationError("Name the scenarios to compare, such as --scenario base --scenario NAME.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let named = scenario.count == 1 ? [Workspace.baseScenario] + scenario : scenario
      let study = try plan.open(scenarios: named)
      try check(study, named.map { study.workspace.scenarioName(of: $0) })
      var sides: [ScenarioComparison.Side] = []
      try Progress.during("planning", unit: "scenarios", of: named.count, quiet: plan.output.quiet) {
        progress in
        for one in named {
          let name = study.workspace.scenarioName(of: one)
          sides.append(
            ScenarioComparison.Side(
              name: name, chain: try study.workspace.chain(of: name).map(\.summary),
              // All services, whatever is shown: the futures of a series are joined to those of the series before it.
              paths: try study.paths(of: one)))
          progress.advance()
        }
      }
      let comparison = try ScenarioComparison(
        name: try study.definition(of: named[0]).name, sides: sides, overrides: study.changes,
        filter: ScenarioComparison.Filter(figures: figure, services: service, years: year))
      let page = plan.output.page
      switch plan.output.format {
      case .text:
        try plan.output.write(
          ScenarioComparisonTable(comparison, width: page.width, style: page.style).text())
      case .csv: try plan.output.write(ScenarioComparisonCSV.text(comparison))
      case .json: try plan.output.write(try ScenarioComparisonDocument(comparison).json())
      }
      try report(comparison.refusals)
    }
  }

  /// Refuses scenarios that are the same one, and services and years that no plan of them has.
  private func check(_ study: ScenarioStudy, _ names: [String]) throws {
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw Failure(
        "--scenario \(twice): this is named twice; name each scenario once", code: Failure.wrongArguments)
    }
    let definitions = try names.map { try study.definition(of: $0) }
    let services = definitions.flatMap(\.services).map(\.id) + [PlanCSV.totalService]
    for id in service where !services.contains(id) {
      throw Failure(
        "--service \(id): the plan has no service \"\(id)\"; \(NearestName.advice(for: id, among: services))",
        code: Failure.wrongArguments)
    }
    for one in year where !definitions.contains(where: { $0.years.contains(one) }) {
      let years = definitions.map(\.years).map { "\($0.lowerBound) to \($0.upperBound)" }
      throw Failure(
        "--year \(one): the plan's years are \(years.first ?? "none"); name one of these",
        code: Failure.wrongArguments)
    }
  }

  /// Ends with the exit code of wrong data where a service could not be planned; the text says itself which.
  private func report(_ refusals: [(scenario: String, refusal: PlanOutcome.Refusal)]) throws {
    if refusals.isEmpty { return }
    if plan.output.format != .text || plan.output.output != nil {
      for one in refusals {
        StandardStreams.error("\(one.scenario): not planned: \(one.refusal.reason)\n")
      }
    }
    throw ExitCode(Failure.wrongData)
  }
}
