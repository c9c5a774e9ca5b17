import Needscast

/// A bridge between two costs of a workspace: two years of one scenario, two scenarios in one year, or an earlier plan
/// and this one.
struct BridgeRun {
  let study: ScenarioStudy
  /// One scenario, or two to bridge from the first to the second; none for the workspace as it stands.
  let scenarios: [String]
  let service: String?
  let from: FinancialYear?
  let to: FinancialYear?
  let year: FinancialYear?
  /// The file of a plan that was written earlier.
  var against: String?
  var form = CostBridge.Form.bennet

  /// Works out the bridge.
  func report() throws -> BridgeReport {
    let names = scenarios.isEmpty ? [Workspace.baseScenario] : scenarios
    let definition = try study.definition(of: names[0])
    let last = to ?? year ?? definition.years.upperBound
    let question = try study.question(scenario: names[0], service: service, figure: .spend, year: last)
    guard let service = question.service else {
      throw Failure(
        "A bridge is of one service, because numbers of different children have no mix; name one with --service",
        code: Failure.wrongArguments)
    }
    let first = try study.paths(of: names[0], only: [service])
    let heading = QuestionHeading(
      name: definition.name, paths: first, overrides: study.changes,
      scenarioChanges: try study.workspace.chain(of: first.scenario).flatMap(\.changes))
    if let against {
      return try bridge(from: against, to: first, of: service, in: last, heading: heading)
    }
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
    return try BridgeReport(
      heading: heading, service: service,
      bridge: try CostBridge(from: tables[0], to: tables[1], form: form), isOfMeans: false)
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
