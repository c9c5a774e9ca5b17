import Commissioning
import TimeSeries

/// Scenarios of one plan beside the first of them: what each changes, and what that makes of the figures.
public struct ScenarioComparison: Sendable {
  /// A scenario, with all that it inherits.
  public struct Side: Sendable {
    /// Its name.
    public let name: String
    /// What it changes and why, the farthest that it inherits from first; none for the workspace as it stands.
    public let chain: [ScenarioSummary]
    /// What it comes to in every simulated future.
    public let paths: PlanPaths

    /// Puts together a scenario.
    public init(name: String, chain: [ScenarioSummary], paths: PlanPaths) {
      self.name = name
      self.chain = chain
      self.paths = paths
    }

    /// Every change, in the order in which they are made, as it would be written after `--set`.
    var changes: [String] { chain.flatMap(\.changes) }
  }

  /// What is shown of a comparison; everything unless it is said.
  public struct Filter: Sendable {
    /// The figures, in the order of ``PlanFigure``.
    public let figures: [PlanFigure]
    /// The services, by the names that scripts use; ``PlanCSV/totalService`` is all of them together.
    public let services: [String]
    /// The financial years.
    public let years: [FinancialYear]

    /// Chooses; an empty list leaves everything that there is, of figures the usual ones.
    public init(figures: [PlanFigure] = [], services: [String] = [], years: [FinancialYear] = []) {
      self.figures =
        figures.isEmpty
        ? PlanComparison.usualFigures : PlanFigure.allCases.filter { figures.contains($0) }
      self.services = services
      self.years = years
    }

    func shows(_ difference: FigureDifference) -> Bool {
      (services.isEmpty || services.contains(difference.service ?? PlanCSV.totalService))
        && (years.isEmpty || years.contains(difference.year))
    }
  }

  /// One scenario beside the first.
  struct Pair: Sendable {
    let side: Side
    let differences: [FigureDifference]
    let notCompared: [String]
    /// What this scenario changes and the first does not.
    let added: [String]
    /// What the first changes and this scenario does not.
    let removed: [String]
    /// The assumptions whose values differ, where both plans use them.
    let assumptions: [(first: Assumption, other: Assumption)]
  }

  /// The plan's title.
  public let name: String
  /// What was set over the workspace in every scenario, `path=value`, in the order given.
  public let overrides: [String]
  let first: Side
  let pairs: [Pair]

  /// Compares scenarios with the first of them.
  ///
  /// - Parameters:
  ///   - name: the plan's title.
  ///   - sides: the scenarios, at least two; runs of one workspace, date, seed and number of futures.
  ///   - overrides: what was set over the workspace in all of them.
  ///   - filter: what is shown.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when two runs do not share their simulated futures.
  public init(
    name: String, sides: [Side], overrides: [String] = [], filter: Filter = Filter()
  ) throws(CommissioningError) {
    guard let first = sides.first, sides.count > 1 else {
      throw .invalid(
        service: "comparison", reason: "\(sides.count) scenarios cannot be compared; name at least two")
    }
    self.name = name
    self.overrides = overrides
    self.first = first
    var pairs: [Pair] = []
    for side in sides.dropFirst() {
      let comparison = try PlanComparison(of: side.paths, with: first.paths, figures: filter.figures)
      pairs.append(
        Pair(
          side: side, differences: comparison.differences.filter { filter.shows($0) },
          notCompared: comparison.notCompared,
          added: Self.missing(from: first.changes, in: side.changes),
          removed: Self.missing(from: side.changes, in: first.changes),
          assumptions: side.paths.assumptions.compactMap { other in
            first.paths.assumptions.first { $0.id == other.id && $0.value != other.value }.map {
              (first: $0, other: other)
            }
          }))
    }
    self.pairs = pairs
  }

  /// The services that could not be planned, each with its scenario and the reason.
  public var refusals: [(scenario: String, refusal: PlanOutcome.Refusal)] {
    ([first] + pairs.map(\.side)).flatMap { side in side.paths.refusals.map { (side.name, $0) } }
  }

  /// What one list has and another has not; what stands twice is taken as often as it stands.
  private static func missing(from others: [String], in changes: [String]) -> [String] {
    var left = others
    return changes.filter { change in
      guard let index = left.firstIndex(of: change) else { return true }
      left.remove(at: index)
      return false
    }
  }
}
