/// Plans and their flows in total, by calendar year and in every simulated future.
///
/// In each future opening + new − ceased + unexplained = closing, to the last bit, and each year opens as the
/// one before it closed.
public struct PlanFlows: Sendable {
  /// One calendar year, between two January censuses.
  public struct Year: Sendable {
    /// The calendar year; it opens at its own January census and closes at the next.
    public let year: Int
    /// Plans at its January census.
    public let opening: Draws
    /// Requests for an assessment; nil where nothing is known of them.
    public let requests: Draws?
    /// The share of decisions that are to assess, where known.
    public let assessedShare: Draws?
    /// The share of decisions after an assessment that are to issue a plan, where known.
    public let issuedShare: Draws?
    /// New plans.
    public let newPlans: Draws
    /// Plans that ceased.
    public let ceased: Draws
    /// Net transfers between areas and late data, of either sign.
    public let unexplained: Draws
    /// Plans at the next January census.
    public let closing: Draws
  }

  /// The years, in order, without a gap.
  public let years: [Year]
  /// The requests of the calendar year before the first, where known.
  public let requestsBefore: Draws?
  /// The part of a year's new plans that comes from the year's own requests.
  public let sameYearShare: Double
  /// What a reader must know of how they came about.
  public let notes: [String]

  /// Plans at the January census of a year; nil outside the years.
  public func stock(atJanuary year: Int) -> Draws? {
    if let first = years.first, first.year == year { return first.opening }
    return years.first { $0.year + 1 == year }?.closing
  }
}

/// Flows as plain numbers, by year and path, while they are worked out.
struct FlowTable {
  /// The most simulated futures that a run takes.
  static let mostPaths = 10_000_000

  let firstYear: Int
  let horizon: Int
  let paths: Int
  var opening: [Double]
  var requests: [[Double]]?
  var requestsBefore: [Double]?
  var assessed: [[Double]]?
  var issued: [[Double]]?
  var new: [[Double]]
  var ceased: [[Double]]
  var unexplained: [[Double]]

  init(firstYear: Int, horizon: Int, paths: Int, opening: [Double]) {
    self.firstYear = firstYear
    self.horizon = horizon
    self.paths = paths
    self.opening = opening
    let empty = [[Double]](repeating: [Double](repeating: 0, count: paths), count: horizon)
    new = empty
    ceased = empty
    unexplained = empty
  }

  /// The requests behind a year's new plans; nil where requests are not known.
  func requestsBehind(_ step: Int, _ path: Int, sameYearShare: Double) -> Double? {
    guard let requests else { return nil }
    let now = requests[step][path]
    guard sameYearShare < 1 else { return now }
    guard let before = step > 0 ? requests[step - 1][path] : requestsBefore?[path] else { return nil }
    return sameYearShare * now + (1 - sameYearShare) * before
  }

  /// Refuses flows that have grown beyond all numbers.
  func requireFinite(service: String) throws(CommissioningError) {
    for (step, flows) in zip(new, zip(ceased, unexplained)).enumerated() {
      guard (flows.0 + flows.1.0 + flows.1.1).allSatisfy(\.isFinite) else {
        throw .invalid(
          service: service,
          reason:
            "the flows of \(firstYear + step) are larger than any number; lower the factors and additions")
      }
    }
  }

  /// The flows with their closing stocks, which are computed here and nowhere else, so that the identity
  /// holds.
  func flows(sameYearShare: Double, notes: [String]) -> PlanFlows {
    var years: [PlanFlows.Year] = []
    var stock = opening
    for step in 0..<horizon {
      let before = stock
      for path in 0..<paths {
        stock[path] = stock[path] + new[step][path] - ceased[step][path] + unexplained[step][path]
      }
      years.append(
        PlanFlows.Year(
          year: firstYear + step, opening: Draws(before), requests: requests.map { Draws($0[step]) },
          assessedShare: assessed.map { Draws($0[step]) }, issuedShare: issued.map { Draws($0[step]) },
          newPlans: Draws(new[step]), ceased: Draws(ceased[step]), unexplained: Draws(unexplained[step]),
          closing: Draws(stock)))
    }
    return PlanFlows(
      years: years, requestsBefore: requestsBefore.map { Draws($0) }, sameYearShare: sameYearShare,
      notes: notes)
  }

  /// The values of a count in every path.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a value below 0 or no number, and for
  ///   draws of another number of paths.
  static func counts(
    _ draws: Draws, paths: Int, service: String, what: String
  ) throws(CommissioningError) -> [Double] {
    let values = try numbers(draws, paths: paths, service: service, what: what)
    if let wrong = values.firstIndex(where: { $0 < 0 }) {
      throw .invalid(
        service: service,
        reason:
          "\(what) is \(plainText(values[wrong])) in simulated future \(wrong + 1); a count is 0 or more")
    }
    return values
  }

  /// The values of a quantity in every path.
  static func numbers(
    _ draws: Draws, paths: Int, service: String, what: String
  ) throws(CommissioningError) -> [Double] {
    let values: [Double]
    switch draws.storage {
    case .known(let value): values = [Double](repeating: value, count: paths)
    case .sampled(let sampled): values = sampled
    }
    guard values.count == paths else {
      throw .invalid(
        service: service,
        reason: "\(what) has \(values.count) simulated futures, and \(paths) are needed; draw them in one run"
      )
    }
    if let wrong = values.firstIndex(where: { !(abs($0) <= PlanCounts.most) }) {
      throw .invalid(
        service: service,
        reason:
          "\(what) is \(plainText(values[wrong])) in simulated future \(wrong + 1); give a number within "
          + "plus or minus a billion")
    }
    return values
  }
}

extension Draws {
  /// The number of simulated futures; 1 where the quantity is known.
  var pathCount: Int {
    switch storage {
    case .known: 1
    case .sampled(let values): values.count
    }
  }
}
