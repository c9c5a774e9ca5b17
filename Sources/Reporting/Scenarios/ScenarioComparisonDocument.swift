import Commissioning
import TimeSeries

/// A comparison of scenarios as programs read it.
public struct ScenarioComparisonDocument: Codable, Hashable, Sendable {
  /// The area that is planned for.
  public let area: String
  /// What was asked for.
  public let options: PlanDocument.Options
  /// The scenario that the others are compared with.
  public let against: Scenario
  /// The others, in the order in which they were named.
  public let scenarios: [Comparison]

  /// A scenario: what it changes and why.
  public struct Scenario: Codable, Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The scenarios that it is made of, the farthest that it inherits from first; none for the workspace as it stands.
    public let chain: [ScenarioSummary]
    /// The services that could not be planned.
    public let refusals: [PlanDocument.Refusal]

    init(_ side: ScenarioComparison.Side) {
      name = side.name
      chain = side.chain
      refusals = side.paths.refusals.map { PlanDocument.Refusal(service: $0.service, reason: $0.reason) }
    }
  }

  /// One scenario beside the first.
  public struct Comparison: Codable, Hashable, Sendable {
    /// The scenario.
    public let scenario: Scenario
    /// What it changes and the first does not.
    public let added: [String]
    /// What the first changes and it does not.
    public let removed: [String]
    /// The assumptions whose values differ.
    public let assumptions: [AssumptionChange]
    /// The figures.
    public let differences: [Difference]
    /// What only one of the two plans has, a sentence each.
    public let notCompared: [String]
  }

  /// An assumption that has one value in the first scenario and another in this.
  public struct AssumptionChange: Codable, Hashable, Sendable {
    /// The name that services refer to.
    public let id: String
    /// Its unit.
    public let unit: String
    /// The value in the first scenario.
    public let against: AssumptionDocument.Value
    /// The value in this scenario.
    public let scenario: AssumptionDocument.Value
  }

  /// A figure of a year in two scenarios.
  public struct Difference: Codable, Hashable, Sendable {
    /// The service; `total` for all services together.
    public let service: String
    /// The financial year, `2027/28`.
    public let year: String
    /// Whether the year is an outturn, an estimate or a forecast.
    public let kind: String
    /// The figure, as ``PlanFigure`` names it.
    public let figure: String
    /// The figure in the first scenario.
    public let against: QuantityDocument
    /// The figure in this scenario.
    public let scenario: QuantityDocument
    /// The second less the first, taken inside each simulated future.
    public let difference: QuantityDocument
    /// The probability that the figure is higher in this scenario.
    public let probabilityAbove: ProbabilityDocument
    /// The probability that it is lower.
    public let probabilityBelow: ProbabilityDocument

    init(_ one: FigureDifference) {
      service = one.service ?? PlanCSV.totalService
      year = "\(one.year)"
      kind = one.kind.rawValue
      figure = one.figure.rawValue
      against = QuantityDocument(one.first)
      scenario = QuantityDocument(one.other)
      difference = QuantityDocument(one.difference)
      probabilityAbove = ProbabilityDocument(one.probabilityAbove)
      probabilityBelow = ProbabilityDocument(one.probabilityBelow)
    }
  }

  /// Writes out a comparison.
  public init(_ comparison: ScenarioComparison) {
    let first = comparison.first
    area = first.paths.area
    options = PlanDocument.Options(
      asOf: "\(first.paths.asOf)", draws: first.paths.draws, overrides: comparison.overrides,
      scenarioChanges: ([first] + comparison.pairs.map(\.side)).filter { !$0.chain.isEmpty }.map {
        ScenarioChanges(scenario: $0.name, changes: $0.changes)
      },
      scenarios: [first.name] + comparison.pairs.map(\.side.name), seed: first.paths.seed)
    against = Scenario(first)
    scenarios = comparison.pairs.map { pair in
      Comparison(
        scenario: Scenario(pair.side), added: pair.added, removed: pair.removed,
        assumptions: pair.assumptions.map { change in
          AssumptionChange(
            id: change.other.id, unit: change.other.unit, against: AssumptionDocument(change.first).value,
            scenario: AssumptionDocument(change.other).value)
        }, differences: pair.differences.map(Difference.init), notCompared: pair.notCompared)
    }
  }

  /// The comparison as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` when a figure is not a finite number.
  public func json() throws(ReportingError) -> String { try JSONText.text(self) }
}
