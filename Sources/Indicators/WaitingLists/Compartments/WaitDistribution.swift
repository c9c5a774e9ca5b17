/// How long children have waited: numbers by whole weeks, and what is read off them.
///
/// Within a week waited, children are taken as spread evenly, so that means, shares and percentiles fall
/// between whole weeks.
public struct WaitDistribution: Hashable, Sendable {
  /// Whose waits they are, which settles what a whole number of weeks spans.
  public enum Group: Hashable, Sendable {
    /// Children who wait at the end of a week: index m has waited from m to m + 1 weeks.
    case waiting
    /// Children seen during a week, on average in its middle: index m would have waited from m to m + 1 weeks
    /// at its end and waited from m - ½ to m + ½, or from 0 to ½ where they were referred in the same week.
    case seen
  }

  /// Whose waits they are.
  public let group: Group
  /// Children by whole weeks; the last index also holds those who have waited longer.
  public let counts: [Double]

  /// Waits by whole weeks, from counts that are 0 or more.
  public init(_ group: Group, _ counts: [Double]) {
    self.group = group
    self.counts = counts
  }

  /// Where an index begins, in weeks.
  private func lower(_ index: Int) -> Double {
    group == .waiting ? Double(index) : max(0, Double(index) - 0.5)
  }

  /// Where an index ends, in weeks.
  private func upper(_ index: Int) -> Double { group == .waiting ? Double(index + 1) : Double(index) + 0.5 }

  /// All children.
  public var total: Double { counts.reduce(0, +) }

  /// The mean wait; nil where there is nobody.
  public var mean: Weeks? {
    let total = total
    guard total > 0 else { return nil }
    var sum = 0.0
    for (index, count) in counts.enumerated() { sum += count * (lower(index) + upper(index)) / 2 }
    return Weeks(sum / total)
  }

  /// Children who have waited no longer than a length of time.
  public func count(within length: Weeks) -> Double {
    var sum = 0.0
    for (index, count) in counts.enumerated() {
      let (lower, upper) = (lower(index), upper(index))
      if upper <= length.count {
        sum += count
      } else if lower < length.count {
        sum += count * (length.count - lower) / (upper - lower)
      }
    }
    return sum
  }

  /// Children who have waited longer.
  public func count(over length: Weeks) -> Double { max(0, total - count(within: length)) }

  /// The share that has waited no longer than a length of time; nil where there is nobody.
  public func share(within length: Weeks) -> Double? {
    let total = total
    return total > 0 ? min(1, count(within: length) / total) : nil
  }

  /// The wait that a share of the children has not exceeded: 0.5 is the median, 0.92 the measure of England's
  /// elective care; nil where there is nobody, or the share is not from 0 to 1.
  public func percentile(_ share: Double) -> Weeks? {
    let total = total
    guard total > 0, share >= 0, share <= 1 else { return nil }
    let wanted = share * total
    var below = 0.0
    var last = 0.0
    for (index, count) in counts.enumerated() where count > 0 {
      let (lower, upper) = (lower(index), upper(index))
      if below + count >= wanted { return Weeks(lower + (upper - lower) * max(0, (wanted - below) / count)) }
      below += count
      last = upper
    }
    return Weeks(last)
  }

  /// Children of two groups of one kind together.
  public func adding(_ other: WaitDistribution) -> WaitDistribution {
    var sums = counts
    if other.counts.count > sums.count {
      sums += [Double](repeating: 0, count: other.counts.count - sums.count)
    }
    for (index, count) in other.counts.enumerated() { sums[index] += count }
    return WaitDistribution(group, sums)
  }
}
