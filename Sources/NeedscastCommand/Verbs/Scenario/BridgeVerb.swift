import ArgumentParser
import Needscast

/// `needscast scenario bridge`: why one cost is another.
struct BridgeVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bridge",
    abstract: "Explain a change of spending by population, prevalence, mix, price and other lines.",
    discussion: """
      Between two years of one scenario (--from, --to), between two scenarios in one year (--scenario twice, --year), \
      or between an earlier plan and this one (--against plan.json, --year). The steps sum to the change to the penny.

      EXAMPLES:
        needscast scenario bridge Datasets/sefton --service high-needs --from 2023/24 --to 2029/30
        needscast scenario bridge Datasets/sefton --service looked-after --from 2024/25 --to 2027/28 --format csv
      """)

  @OptionGroup var plan: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "The scenario, or a file of one (default: base); twice, to bridge from the first to the second.",
      valueName: "name|file.yaml"))
  var scenario: [String] = []

  @Option(
    help: ArgumentHelp("The service (default: the first with a ring-fence, or the first).", valueName: "id"))
  var service: String?

  @Option(
    help: ArgumentHelp("The year to start from (default: the plan's first).", valueName: "2023/24"),
    transform: ArgumentForms.financialYear)
  var from: FinancialYear?

  @Option(
    help: ArgumentHelp("The year to end in (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var to: FinancialYear?

  @Option(
    help: ArgumentHelp(
      "The year of two scenarios or plans (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var year: FinancialYear?

  @Option(help: ArgumentHelp("A plan.json that was written earlier, to bridge from.", valueName: "plan.json"))
  var against: String?

  @Option(help: ArgumentHelp("Whose numbers and prices weigh.", valueName: "bennet|base-weighted"))
  var form = CostBridge.Form.bennet

  func validate() throws {
    if scenario.count > 2 {
      throw ValidationError("Name one scenario, or two to bridge from the first to the second.")
    }
    if against != nil, scenario.count > 1 {
      throw ValidationError("--against bridges one scenario of two plans; name one scenario.")
    }
    let isBetweenYears = against == nil && scenario.count < 2
    if isBetweenYears, year != nil {
      throw ValidationError("--year is for two scenarios or --against; between years write --from and --to.")
    }
    if !isBetweenYears, from != nil || to != nil {
      throw ValidationError("--from and --to bridge two years of one plan; write --year here.")
    }
    if service == PlanCSV.totalService {
      throw ValidationError(
        "A bridge is of one service, because numbers of different children have no mix; name one.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let study = try plan.open(scenarios: scenario)
      let names = scenario.isEmpty ? [Workspace.baseScenario] : scenario
      let definition = try study.definition(of: names[0])
      let last = to ?? year ?? definition.years.upperBound
      let question = try study.question(
        scenario: names[0], service: service, figure: .spend, year: last)
      guard let service = question.service else { return }
      let first = try study.paths(of: names[0], only: [service])
      let heading = QuestionHeading(
        name: definition.name, paths: first, overrides: study.changes,
        scenarioChanges: try study.workspace.chain(of: first.scenario).flatMap(\.changes))
      let report: BridgeReport
      if let against {
        report = try bridge(from: against, to: first, of: service, in: last, heading: heading)
      } else {
        let second = names.count == 2 ? try study.paths(of: names[1], only: [service]) : first
        let start = names.count == 2 ? last : from ?? definition.years.lowerBound
        guard names.count == 2 || start < last else {
          throw Failure(
            "--from \(start) --to \(last): the first year must be before the second; exchange them",
            code: Failure.wrongArguments)
        }
        let sides = [try Self.year(start, of: first, service), try Self.year(last, of: second, service)]
        let isDivided = sides.allSatisfy { $0.population != nil }
        let tables = try zip(sides, [first, second]).map { side, paths in
          try CostTable(
            name: names.count == 2 ? "\(side.year), \(paths.scenario)" : "\(side.year)", spendingOf: side,
            population: isDivided ? side.population : nil)
        }
        report = try BridgeReport(
          heading: heading, service: service,
          bridge: try CostBridge(from: tables[0], to: tables[1], form: form), isOfMeans: false)
      }
      switch plan.output.format {
      case .text: try plan.output.write(report.text(width: plan.output.page.width))
      case .csv: try plan.output.write(try report.csv())
      case .json: try plan.output.write(try report.json())
      }
    }
  }

  /// The bridge from a plan that was written to a file; of such a plan only means are known.
  private func bridge(
    from path: String, to paths: PlanPaths, of service: String, in year: FinancialYear,
    heading: QuestionHeading
  ) throws -> BridgeReport {
    let earlier: EarlierPlan
    do {
      earlier = try EarlierPlan(json: try FileContents.read(path).bytes)
    } catch let error as ReportingError {
      throw Failure("\(path): \(error)", code: Failure.wrongData)
    }
    let side = try Self.year(year, of: paths, service)
    do {
      let isDivided =
        try earlier.hasPopulation(of: service, in: year, scenario: paths.scenario) && side.population != nil
      let before = try earlier.costs(of: service, in: year, scenario: paths.scenario, isDivided: isDivided)
      let after = try CostTable(
        meansOf: side, name: "\(year) as planned now", service: service, isDivided: isDivided)
      return try BridgeReport(
        heading: heading, service: service, bridge: try CostBridge(from: before, to: after, form: form),
        isOfMeans: true)
    } catch let error as ReportingError {
      throw Failure("\(path): \(error)", code: Failure.wrongData)
    }
  }

  private static func year(
    _ year: FinancialYear, of paths: PlanPaths, _ service: String
  ) throws -> ServiceYear {
    guard let planned = paths.services.first(where: { $0.id == service }) else {
      let reason = paths.refusals.first { $0.service == service }?.reason ?? "it was not planned"
      throw Failure("\(service): \(reason)", code: Failure.wrongData)
    }
    guard let found = planned.years.first(where: { $0.year == year }) else {
      let years = planned.years.map(\.year)
      throw Failure(
        "--service \(service): it has no \(year); its years are "
          + "\(years.first.map { "\($0)" } ?? "none") to \(years.last.map { "\($0)" } ?? "none")",
        code: Failure.wrongArguments)
    }
    return found
  }
}

extension CostBridge.Form: ExpressibleByArgument {}
