import TimeSeries

/// What one scenario of a plan comes to in every simulated future, before anything is summarised.
///
/// Runs of one seed and one number of draws share their random numbers, so that `left[p] - right[p]` is a difference
/// and not noise.
public struct PlanPaths: Sendable {
  /// The scenario's name; `base` for the workspace as it stands.
  public let scenario: String
  /// The area that is planned for.
  public let area: String
  /// The date whose knowledge was used.
  public let asOf: CivilDate
  /// The number of simulated futures.
  public let draws: Int
  /// The seed.
  public let seed: UInt64
  /// The services that could be planned, in the workspace's order.
  public let services: [ServicePaths]
  /// The services that could not, or not in every part, each with the reason.
  public let refusals: [PlanOutcome.Refusal]
  /// The services together, in the years in which each of them has spending and a budget; empty when one was refused
  /// or not run.
  public let total: [ServiceYear]
  /// Every uncertain number that the futures were drawn from.
  public let drivers: [PlanDriver]
  /// The assumptions that were used.
  public let assumptions: [Assumption]
  /// The series that were used, as they were known.
  public let evidence: [PlanOutcome.UsedSeries]
  /// What the plan forecast beside what has been published since, where that was asked for.
  public let comparisons: [OutturnComparison]
  /// What a reader must know of the plan as a whole: how its futures go together, and whether measures count.
  public let notes: [String]

  /// A figure in every simulated future.
  ///
  /// - Parameters:
  ///   - figure: what is asked for.
  ///   - service: the service; nil for all services together.
  ///   - year: the financial year.
  /// - Returns: nil where the figure is neither known nor forecast, and for a service or year that the plan has not.
  public func draws(of figure: PlanFigure, service: String?, year: FinancialYear) -> Draws? {
    let years =
      if let service { services.first { $0.id == service }?.years } else { total as [ServiceYear]? }
    return years?.first { $0.year == year }.flatMap { figure.draws(of: $0) }
  }

  /// What some services spend together in every simulated future; nothing for a service without spending in the year.
  public func spending(of services: Set<String>, in year: FinancialYear) -> Draws {
    // In the workspace's order, whatever the order of the set, so that sums have the same last digits every time.
    Draws.sum(
      self.services.filter { services.contains($0.id) }.compactMap {
        draws(of: .spend, service: $0.id, year: year)
      })
  }
}

/// What a service comes to in every simulated future.
public struct ServicePaths: Sendable {
  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What its columns count.
  public let meaning: ServiceMeaning
  /// Its years, in order.
  public let years: [ServiceYear]
  /// What a reader must know of how the figures came about.
  public let notes: [String]
  /// Between which counts the flows of its years lie, as a reader calls it; nil where it has none.
  public var flowSpan: String?
}
