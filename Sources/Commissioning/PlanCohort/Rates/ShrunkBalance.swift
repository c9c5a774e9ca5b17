import Statistics

/// A net flow as a share of a stock, of either sign: one area's level around its comparators', and years
/// around it.
///
/// Published balances hold late data and mended returns, some of them wild. Spreads are therefore read off
/// median absolute deviations, and a year's departure is Student's t with four degrees of freedom, whose
/// tails allow for them.
public struct ShrunkBalance: Sendable, Hashable {
  /// The mean of the area's level.
  public let mean: Double
  /// The standard deviation of the area's level.
  public let standardDeviation: Double
  /// The scale of a year's departure from the level.
  public let yearlyScale: Double
  /// What a reader must know of how it came about.
  public let notes: [String]

  /// The degrees of freedom of a year's departure.
  static let freedom = 4.0
  /// The median of the absolute value of Student's t with four degrees of freedom.
  private static let medianDeparture = 0.7406971

  /// No balance, for certain.
  public static let none = ShrunkBalance(mean: 0, standardDeviation: 0, yearlyScale: 0, notes: [])

  /// Estimates a balance.
  ///
  /// - Parameters:
  ///   - own: The area's yearly shares; may be empty.
  ///   - comparators: Each comparator's yearly shares; those without any are passed over.
  ///   - service: Who asks, for errors.
  ///   - what: What the balance is, for errors and notes.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a share that is no number.
  public static func estimated(
    own: [Double], comparators: [[Double]], service: String, what: String
  ) throws(CommissioningError) -> ShrunkBalance {
    let groups = comparators.filter { !$0.isEmpty }
    guard (own + groups.joined()).allSatisfy(\.isFinite) else {
      throw .invalid(service: service, reason: "\(what): a yearly share is not a number")
    }
    guard !own.isEmpty || !groups.isEmpty else {
      return ShrunkBalance(
        mean: 0, standardDeviation: 0, yearlyScale: 0,
        notes: [
          "Nothing is known of \(what): no year has both censuses and both flows. It is left out, and what "
            + "moves between areas or comes late is not in the figures."
        ])
    }
    var notes: [String] = []
    var departures: [Double] = []
    for group in groups + [own] where group.count > 1 {
      let centre = median(group)
      // What is left of n values around their own mean is short by n - 1 in n.
      let stretch = (Double(group.count) / Double(group.count - 1)).squareRoot()
      for value in group { departures.append(abs(value - centre) * stretch) }
    }
    let scale: Double
    if departures.isEmpty {
      scale = median((own + groups.joined()).map { abs($0) })
      notes.append(
        "No area has two years of \(what); its size in one year stands for how much years differ.")
    } else {
      scale = median(departures) / medianDeparture
    }
    let variance = 2 * scale * scale
    let centres = groups.map { median($0) }
    guard !centres.isEmpty else {
      notes.append("There is no comparator for \(what); it rests on the area's own years.")
      return ShrunkBalance(
        mean: median(own), standardDeviation: (variance / Double(own.count)).squareRoot(),
        yearlyScale: scale, notes: notes)
    }
    let centre = median(centres)
    let within = groups.reduce(0) { $0 + variance / Double($1.count) } / Double(groups.count)
    var between = 0.0
    if centres.count > 1 {
      // 1.4826 turns a median absolute deviation into a standard deviation where the law is normal.
      let spread = 1.4826 * median(centres.map { abs($0 - centre) })
      between = max(spread * spread - within, 0)
    } else {
      between = variance
      notes.append(
        "One comparator cannot show how far areas differ in \(what); it weighs as much as one of the "
          + "area's own years."
      )
    }
    let prior = between + within / Double(centres.count)
    guard !own.isEmpty, prior > 0 else {
      return ShrunkBalance(
        mean: centre, standardDeviation: prior.squareRoot(), yearlyScale: scale, notes: notes)
    }
    let chance = variance / Double(own.count)
    let weight = prior / (prior + chance)
    return ShrunkBalance(
      mean: centre + weight * (median(own) - centre), standardDeviation: (prior * (1 - weight)).squareRoot(),
      yearlyScale: scale, notes: notes)
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    let middle = sorted.count / 2
    guard sorted.count % 2 == 0 else { return sorted[middle] }
    return middle > 0 ? (sorted[middle - 1] + sorted[middle]) / 2 : 0
  }

  /// The area's level in one simulated future.
  @inline(__always)
  func level(_ stream: inout RandomStream) -> Double { mean + standardDeviation * stream.normal() }

  /// One year's share around a level.
  @inline(__always)
  func year(around level: Double, _ stream: inout RandomStream) -> Double {
    level + yearlyScale * stream.studentT(degreesOfFreedom: Self.freedom)
  }
}
