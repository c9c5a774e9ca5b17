/// How the children who wait at the start are laid out by the weeks they have waited, where only a number is published.
///
/// Every rule gives children by whole weeks waited, the first of them for less than a week, and their sum is the number that
/// was given.
public enum StartingQueue {
  /// Part of a list that has waited from one length of time up to another.
  public struct Band: Hashable, Sendable {
    /// From when on, whole weeks.
    public let from: Int
    /// Up to when, whole weeks; above ``from``.
    public let to: Int
    /// How many children.
    public let children: Double

    /// A part of a list.
    public init(from: Int, to: Int, children: Double) {
      self.from = from
      self.to = to
      self.children = children
    }
  }

  /// The longest wait that is laid out, in weeks: ten years.
  public static let longest = 520

  /// Evenly over some weeks, as a list stands in which children are referred steadily and seen in order.
  ///
  /// - Parameters:
  ///   - children: how many, 0 or more.
  ///   - weeks: the longest wait; above 0 and at most ``longest``. A fraction of a week takes a fraction of the children.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)``.
  public static func evenly(_ children: Double, over weeks: Weeks) throws(IndicatorsError) -> [Double] {
    try check(children, weeks, "the longest wait")
    let count = Int(weeks.count.rounded(.up))
    return (0..<count).map { week in
      children * min(1, weeks.count - Double(week)) / weeks.count
    }
  }

  /// Falling off from week to week, as a list stands from which children are seen by chance: each week holds the same share
  /// of those who have waited so long, and the mean time waited so far is as given. What lies beyond ``longest`` stands in the last week.
  ///
  /// - Parameters:
  ///   - children: how many, 0 or more.
  ///   - mean: the mean time waited so far; above 0 and at most ``longest``.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)``.
  public static func fallingOff(_ children: Double, mean: Weeks) throws(IndicatorsError) -> [Double] {
    try check(children, mean, "the mean time waited")
    // Whole weeks waited w have the probability (1 − kept) keptʷ, and a child of week w has waited w + ½ on average.
    let whole = max(0, mean.count - 0.5)
    let kept = whole / (1 + whole)
    var rest = children
    var buckets: [Double] = []
    // Until a thousandth of a child is left, which the last week takes.
    while rest > 0.001, buckets.count < longest - 1 {
      let here = rest * (1 - kept)
      buckets.append(here)
      rest -= here
    }
    buckets.append(rest)
    return buckets
  }

  /// Evenly within each of several bands, such as up to 18 weeks, 18 to 52 and over 52.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a negative number, or bands out of order.
  public static func inBands(_ bands: [Band]) throws(IndicatorsError) -> [Double] {
    var buckets: [Double] = []
    for band in bands {
      guard band.children >= 0, band.children.isFinite else {
        throw .invalid(
          subject: "the number waiting",
          reason: "\(band.children) children between \(band.from) and \(band.to) weeks; a number from 0 is needed")
      }
      guard band.from >= buckets.count, band.to > band.from, band.to <= longest else {
        throw .invalid(
          subject: "the number waiting",
          reason: "the weeks from \(band.from) to \(band.to) must follow the weeks before, to \(longest) at most")
      }
      buckets += Array(repeating: 0, count: band.from - buckets.count)
      buckets += Array(repeating: band.children / Double(band.to - band.from), count: band.to - band.from)
    }
    return buckets
  }

  private static func check(_ children: Double, _ weeks: Weeks, _ name: String) throws(IndicatorsError) {
    guard children >= 0, children.isFinite else {
      throw .invalid(
        subject: "the number waiting", reason: "\(children) is not a number of children; write 0 or more")
    }
    guard weeks.count > 0, weeks.count <= Double(longest) else {
      throw .invalid(
        subject: "the number waiting",
        reason: "\(name) is \(IndicatorsError.plain(weeks.count)) weeks; write weeks above 0, to \(longest) at most")
    }
  }
}
