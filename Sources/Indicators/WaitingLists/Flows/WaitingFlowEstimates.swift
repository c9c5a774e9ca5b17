import TimeSeries

/// What the counts of a waiting list by week or month say of its demand and capacity, with their standard errors.
///
/// After NHSRwaitinglist: demand is the mean rate of referrals, capacity the mean rate at which children were seen while there
/// was a queue, load the one over the other. The coefficients of variation there are of the times between children; of counts
/// they are the root of the index of dispersion, to which they tend over long periods (Cox, 1962: renewal counts): 1 where children come
/// by chance.
public struct WaitingFlowEstimates: Hashable, Sendable {
  /// A rate and how far it varies.
  public struct Rate: Hashable, Sendable {
    /// Children a week.
    public let mean: PerWeek
    /// The standard error of the mean, a week.
    public let standardError: PerWeek
    /// The coefficient of variation of the times between children: the root of the index of dispersion of the counts. Nil with fewer than two periods.
    public let variation: Double?
    /// The standard error of ``variation``.
    public let variationError: Double?
    /// How many periods it rests on.
    public let periods: Int
  }

  /// Referrals.
  public let demand: Rate
  /// Children seen while there was a queue.
  public let capacity: Rate
  /// Demand over capacity: a queue grows from 1 on.
  public let load: Double
  /// The standard error of the load, of independent demand and capacity (delta method).
  public let loadError: Double
  /// The share of those waiting that leaves in a week; nil where nothing is known of those who leave.
  public let leaving: Double?
  /// Periods that were left out of capacity because there was no queue.
  public let withoutQueue: [Period]
  /// Whether it is known when there was a queue; where not, there is taken to have been one always.
  public let knowsQueue: Bool
  /// The number waiting at the end of the last period; nil where it is not known.
  public let waiting: Double?
  /// The period at whose end the list stands: the last with a number waiting, or the last of all where there is none.
  public let last: Period
  /// What a reader must know, as sentences.
  public let remarks: [String]

  /// Estimates from counts.
  ///
  /// - Parameters:
  ///   - id: the name of the list, for messages.
  ///   - referrals: children referred in each period.
  ///   - removals: children seen in each period.
  ///   - left: children who left unseen in each period, where known.
  ///   - waiting: children waiting at the end of each period, where known.
  /// - Throws: ``IndicatorsError`` for series of unlike periods, a count that cannot be, or fewer than three periods that
  ///   referrals and removals have in common.
  public init(
    id: String, referrals: Series, removals: Series, left: Series? = nil, waiting: Series? = nil
  ) throws(IndicatorsError) {
    for other in [removals, left, waiting].compactMap({ $0 }) {
      if let first = referrals.points.first?.period, let period = other.points.first?.period,
        first.distance(to: period) == nil
      {
        throw .mixedFrequencies(series: id, first: first.label, other: period.label)
      }
    }
    for series in [referrals, removals, left, waiting].compactMap({ $0 }) {
      for point in series.points {
        if let value = point.value, value < 0 || !value.isFinite {
          throw .impossibleCount(series: "\(id), \(series.id)", period: point.period.label, count: value)
        }
        guard point.period.days != nil else {
          throw .unfit(
            series: id, method: "the estimate of demand and capacity",
            reason: "its period \(point.period.label) has no length", remedy: "give weeks or months")
        }
      }
    }
    var demand = Counts()
    var capacity = Counts()
    var withoutQueue: [Period] = []
    var remarks: [String] = []
    var exposure = (left: 0.0, waitingWeeks: 0.0)
    var missing = 0
    for point in referrals.points {
      guard let days = point.period.days else { continue }
      let weeks = Double(days) / 7
      if let value = point.value { demand.add(value, weeks) } else { missing += 1 }
    }
    for point in removals.points {
      guard let days = point.period.days else { continue }
      let weeks = Double(days) / 7
      let after = waiting?.point(at: point.period)?.value
      let before = waiting?.point(at: point.period.advanced(by: -1))?.value
      if after == 0 || before == 0 {
        withoutQueue.append(point.period)
      } else if let value = point.value {
        capacity.add(value, weeks)
      } else {
        missing += 1
      }
      if let gone = left?.point(at: point.period)?.value, let after {
        exposure.left += gone
        exposure.waitingWeeks += ((before ?? after) + after) / 2 * weeks
      }
    }
    guard demand.count >= 3 else {
      throw .tooFewPoints(series: id, method: "the estimate of demand", found: demand.count, needed: 3)
    }
    guard capacity.count >= 3 else {
      throw .tooFewPoints(
        series: id,
        method: withoutQueue.isEmpty
          ? "the estimate of capacity"
          : "the estimate of capacity, from which \(withoutQueue.count) periods without a queue are left out,",
        found: capacity.count, needed: 3)
    }
    guard capacity.mean > 0 else {
      throw .invalid(
        subject: id, reason: "nobody was seen in any period; a list needs capacity above 0")
    }
    if missing > 0 { remarks.append("\(missing) counts are not known and are left out") }
    let gaps = referrals.gaps.reduce(0) { $0 + $1.count } + removals.gaps.reduce(0) { $0 + $1.count }
    if gaps > 0 {
      remarks.append("\(gaps) periods between the first and the last are missing and are left out")
    }
    self.demand = demand.rate
    self.capacity = capacity.rate
    load = demand.mean / capacity.mean
    let relative = (
      demand: demand.mean > 0 ? demand.error / demand.mean : 0, capacity: capacity.error / capacity.mean
    )
    loadError =
      load * (relative.demand * relative.demand + relative.capacity * relative.capacity).squareRoot()
    leaving = exposure.waitingWeeks > 0 ? min(1, exposure.left / exposure.waitingWeeks) : nil
    if let left, leaving == nil, left.points.contains(where: { ($0.value ?? 0) > 0 }) {
      remarks.append(
        "children left unseen, but without the number waiting their share is not known; they are taken to leave not at all"
      )
    }
    self.withoutQueue = withoutQueue
    knowsQueue = waiting?.points.contains { $0.value != nil } ?? false
    guard let end = [referrals, removals].compactMap({ $0.latest?.period }).max() else {
      throw .tooFewPoints(series: id, method: "the estimate of demand", found: 0, needed: 3)
    }
    let final = waiting?.latest
    self.waiting = final?.value
    last = final?.period ?? end
    if let final, final.period != end {
      remarks.append("the number waiting is of \(final.period.label), and the flows reach to \(end.label)")
    }
    if let reconciliation = Self.reconciliation(referrals, removals, left, waiting) {
      remarks.append(reconciliation)
    }
    self.remarks = remarks
  }

  /// A sentence where referrals, removals and leavers do not make the change of the number waiting: those that vanish or appear, over
  /// the periods in which all are known. None where they are at most one in twenty of referrals.
  private static func reconciliation(
    _ referrals: Series, _ removals: Series, _ left: Series?, _ waiting: Series?
  ) -> String? {
    var (vanished, referred, periods) = (0.0, 0.0, 0)
    for point in referrals.points {
      guard let joined = point.value, let seen = removals.point(at: point.period)?.value,
        let after = waiting?.point(at: point.period)?.value,
        let before = waiting?.point(at: point.period.advanced(by: -1))?.value
      else { continue }
      // Leavers that are not given are taken to be none, as everywhere.
      let gone = left?.point(at: point.period)?.value ?? 0
      vanished += before + joined - seen - gone - after
      referred += joined
      periods += 1
    }
    guard periods > 0, vanished.magnitude >= 1, vanished.magnitude > 0.05 * referred else { return nil }
    let sum = IndicatorsError.plain((vanished.magnitude * 10).rounded() / 10)
    return vanished > 0
      ? "over \(periods) periods \(sum) children vanish: they were referred or waited, and neither were seen, left nor wait; "
        + (left == nil ? "add a series \"left\", or check the counts" : "check the counts")
      : "over \(periods) periods \(sum) children appear: more were seen, left or wait than were referred or waited; check the counts"
  }

  /// Counts over periods of unlike lengths.
  private struct Counts {
    private var values: [(count: Double, weeks: Double)] = []

    mutating func add(_ value: Double, _ weeks: Double) { values.append((value, weeks)) }

    var count: Int { values.count }
    private var total: Double { values.reduce(0) { $0 + $1.count } }
    private var weeks: Double { values.reduce(0) { $0 + $1.weeks } }
    var mean: Double { weeks > 0 ? total / weeks : 0 }

    /// Pearson's index of dispersion: 1 of Poisson counts, whatever the lengths of the periods.
    var dispersion: Double? {
      let mean = mean
      guard count > 1, mean > 0 else { return nil }
      let squares = values.reduce(0) { sum, one in
        let expected = mean * one.weeks
        return sum + (one.count - expected) * (one.count - expected) / expected
      }
      return squares / Double(count - 1)
    }

    /// Of a mean rate over periods whose counts are as widely dispersed as they have shown.
    var error: Double {
      guard let dispersion, weeks > 0 else { return 0 }
      return (mean * dispersion / weeks).squareRoot()
    }

    var rate: Rate {
      let variation = dispersion.map { $0.squareRoot() }
      return Rate(
        mean: PerWeek(mean), standardError: PerWeek(error), variation: variation,
        // The index has a relative standard error of √(2 / (n − 1)), its root half of that.
        variationError: variation.map { $0 / (2 * Double(count - 1)).squareRoot() }, periods: count)
    }
  }
}
