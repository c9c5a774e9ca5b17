import Commissioning
import TimeSeries

/// A plan as programs read it: the shape of `plan.json`.
///
/// Keys are never left out: a figure that is neither known nor forecast is null.
public struct PlanDocument: Codable, Hashable, Sendable {
  /// The area that is planned for.
  public let area: String
  /// The date whose knowledge was used, `2026-03-31`.
  public let asOf: String
  /// The seed from which every random number followed.
  public let seed: UInt64
  /// The number of simulated futures.
  public let draws: Int
  /// What was asked for, so that the document says what it is.
  public let options: Options
  /// The scenarios, in the order in which they were run.
  public let scenarios: [Scenario]
  /// The assumptions of all scenarios; the value is that of the first scenario that uses it.
  public let assumptions: [AssumptionDocument]
  /// The series that were used.
  public let evidence: [EvidenceDocument]

  /// What was asked for.
  public struct Options: Codable, Hashable, Sendable {
    /// The date whose knowledge was used, `2026-03-31`.
    public let asOf: String
    /// The number of simulated futures.
    public let draws: Int
    /// What was set over the workspace, `path=value`, in the order given.
    public let overrides: [String]
    /// What the scenarios change; nothing is listed for the workspace as it stands.
    public let scenarioChanges: [ScenarioChanges]
    /// The names of the scenarios.
    public let scenarios: [String]
    /// The seed.
    public let seed: UInt64
  }

  /// What one scenario comes to.
  public struct Scenario: Codable, Hashable, Sendable {
    /// The scenario's name.
    public let name: String
    /// The services that could be planned.
    public let services: [Service]
    /// The services together.
    public let total: Total
    /// The services that could not be planned; there is then no total.
    public let refusals: [Refusal]
    /// The assumptions whose value or reason is not the one at the top of the document.
    public let changedAssumptions: [AssumptionDocument]
    /// The plan beside what has been published since, where that was asked for.
    public let comparisons: [Comparison]
    /// What a reader must know of the plan as a whole.
    public let notes: [String]
  }

  /// What a service comes to.
  public struct Service: Codable, Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// What its columns count.
    public let meaning: Meaning
    /// Its years, in order.
    public let years: [YearDocument]
    /// What a reader must know of how the figures came about.
    public let notes: [String]
  }

  /// What a service's columns count.
  public struct Meaning: Codable, Hashable, Sendable {
    /// Who needs the service.
    public let need: String
    /// What they ask of the scarce resource.
    public let demand: String
    /// What there is of it.
    public let supply: String
    /// What is left over.
    public let unmetNeed: String
  }

  /// The services together; without years where one of them could not be planned.
  public struct Total: Codable, Hashable, Sendable {
    /// The years in which each service has spending and a budget.
    public let years: [YearDocument]
  }

  /// A service that could not be planned.
  public struct Refusal: Codable, Hashable, Sendable {
    /// The service.
    public let service: String
    /// The sentence that says why.
    public let reason: String
  }

  /// A figure as it was forecast, beside what was published afterwards.
  public struct Comparison: Codable, Hashable, Sendable {
    /// The service.
    public let service: String
    /// The figure, as scripts name it.
    public let figure: String
    /// The figure, as people name it.
    public let name: String
    /// The period it is of.
    public let period: String
    /// What the plan said.
    public let forecast: QuantityDocument
    /// What was published.
    public let actual: Double
    /// Whether the 80 per cent interval holds what was published.
    public let inside80: Bool
    /// Whether the 95 per cent interval holds what was published.
    public let inside95: Bool
  }

  /// Puts the scenarios of one run together.
  ///
  /// - Parameters:
  ///   - outcomes: the scenarios, in the order in which they were run.
  ///   - overrides: what was set over the workspace, `path=value`, in the order given.
  ///   - changes: what the scenarios change.
  /// - Throws: ``ReportingError/nothingToReport`` for no scenario, and ``ReportingError/mixedRuns(scenario:what:)``
  ///   when the area, the date, the seed or the number of draws is not the same in all of them.
  public init(
    _ outcomes: [PlanOutcome], overrides: [String] = [], changes: [ScenarioChanges] = []
  ) throws(ReportingError) {
    guard let first = outcomes.first else { throw .nothingToReport }
    for outcome in outcomes {
      func mixed(_ what: String) -> ReportingError { .mixedRuns(scenario: outcome.scenario, what: what) }
      if outcome.area != first.area { throw mixed("area") }
      if outcome.asOf != first.asOf { throw mixed("date of knowledge") }
      if outcome.seed != first.seed { throw mixed("seed") }
      if outcome.draws != first.draws { throw mixed("number of draws") }
    }
    area = first.area
    asOf = "\(first.asOf)"
    seed = first.seed
    draws = first.draws
    options = Options(
      asOf: "\(first.asOf)", draws: first.draws, overrides: overrides, scenarioChanges: changes,
      scenarios: outcomes.map(\.scenario), seed: first.seed)
    var assumptions: [Assumption] = []
    var evidence: [PlanOutcome.UsedSeries] = []
    for outcome in outcomes {
      for assumption in outcome.assumptions where !assumptions.contains(where: { $0.id == assumption.id }) {
        assumptions.append(assumption)
      }
      for used in outcome.evidence
      where !evidence.contains(where: { $0.series.id == used.series.id && $0.series.area == used.series.area }
      ) {
        evidence.append(used)
      }
    }
    self.assumptions = assumptions.map(AssumptionDocument.init)
    self.evidence = evidence.map(EvidenceDocument.init)
    scenarios = outcomes.map { outcome in
      Scenario(outcome, changed: outcome.assumptions.filter { !assumptions.contains($0) })
    }
  }
}

extension PlanDocument.Scenario {
  init(_ outcome: PlanOutcome, changed: [Assumption]) {
    name = outcome.scenario
    services = outcome.services.map(PlanDocument.Service.init)
    total = PlanDocument.Total(years: outcome.total.map(YearDocument.init))
    refusals = outcome.refusals.map { PlanDocument.Refusal(service: $0.service, reason: $0.reason) }
    changedAssumptions = changed.map(AssumptionDocument.init)
    comparisons = outcome.comparisons.map { comparison in
      PlanDocument.Comparison(
        service: comparison.service, figure: comparison.figure, name: comparison.name,
        period: comparison.period.label, forecast: QuantityDocument(comparison.forecast),
        actual: comparison.actual, inside80: comparison.isInside80, inside95: comparison.isInside95)
    }
    notes = outcome.notes
  }
}

extension PlanDocument.Service {
  init(_ service: ServiceOutcome) {
    id = service.id
    name = service.name
    meaning = PlanDocument.Meaning(
      need: service.meaning.need, demand: service.meaning.demand, supply: service.meaning.supply,
      unmetNeed: service.meaning.unmetNeed)
    years = service.years.map(YearDocument.init)
    notes = service.notes
  }
}
