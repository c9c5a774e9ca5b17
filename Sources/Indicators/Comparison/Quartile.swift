import TimeSeries

/// The quarter of areas that an area is in, as the Local Authority Interactive Tool of the Department for Education
/// bands them: A is the best quarter and D the worst.
///
/// The bounds are the quartiles of all values, by linear interpolation between them (R's type 7). Areas that lie on the
/// bound of a best or worst quarter, such as by a tie across it, are in the middle quarter beside it, and on the median
/// in the better of the middle ones. So an area is in the same quarter whether a measure is worded as attendance or as
/// absence, and no tie makes more areas best or worst than a quarter holds. The Interactive Tool puts a value on a bound
/// into the quarter lower in value instead, which is another quarter for each of the two wordings.
public enum Quartile: String, CaseIterable, Hashable, Sendable {
  /// The best quarter.
  case a = "A"
  /// The better of the middle quarters.
  case b = "B"
  /// The worse of the middle quarters.
  case c = "C"
  /// The worst quarter.
  case d = "D"

  /// The fewest areas, the own among them, between which quarters are told apart: two to a quarter.
  public static let leastCount = 8

  /// What becomes of areas that tie across a bound, as it stands beside what was judged by it.
  public static let ruleOfTies =
    "on the bound of the best or the worst quarter an area counts to the middle, whichever way the measure goes"

  /// Why there are no quarters; nil where there are.
  ///
  /// - Parameter count: the number of areas with a value, the own among them.
  public static func refusal(count: Int) -> String? {
    count < leastCount
      ? "quarters need at least \(leastCount) areas with a figure and there \(count == 1 ? "is" : "are") \(count)"
      : nil
  }

  /// The quarter of a value among others; nil where nobody judges, or there are fewer than ``leastCount`` values.
  ///
  /// - Parameters:
  ///   - value: the value of the area.
  ///   - others: the values of the other areas.
  ///   - polarity: which way the measure should go.
  public init?(of value: Double, among others: [Double], polarity: Polarity) {
    guard polarity != .neutral, let sides = Self.sides(of: value, among: others) else { return nil }
    let good = polarity == .higherIsBetter ? 1 : -1
    let (best, worst) = good > 0 ? (sides.upper, sides.lower) : (sides.lower, sides.upper)
    if best == good {
      self = .a
    } else if worst == -good {
      self = .d
    } else {
      self = sides.middle * good >= 0 ? .b : .c
    }
  }

  /// Of the best and the worst quarter, in this order, those on whose bound a value lies; none where there are no
  /// quarters.
  static func bounds(at value: Double, among others: [Double], polarity: Polarity) -> [Quartile] {
    guard polarity != .neutral, let sides = sides(of: value, among: others) else { return [] }
    let (best, worst) =
      polarity == .higherIsBetter ? (sides.upper, sides.lower) : (sides.lower, sides.upper)
    return (best == 0 ? [.a] : []) + (worst == 0 ? [.d] : [])
  }

  /// -1 in the lowest quarter of all values, 1 in the highest, 0 between and on the bounds; nil where there are fewer
  /// than ``leastCount`` values.
  static func side(of value: Double, among others: [Double]) -> Int? {
    sides(of: value, among: others).map { $0.lower < 0 ? -1 : $0.upper > 0 ? 1 : 0 }
  }

  /// On which side of the three quartiles a value lies: -1 below, 0 on it, 1 above.
  ///
  /// The places are compared, not interpolated numbers, so that no rounding parts areas that tie.
  private static func sides(
    of value: Double, among others: [Double]
  ) -> (lower: Int, middle: Int, upper: Int)? {
    let all = (others + [value]).sorted()
    guard all.count >= leastCount, all.allSatisfy(\.isFinite) else { return nil }
    func side(_ quarters: Int) -> Int {
      let (place, part) = ((all.count - 1) * quarters).quotientAndRemainder(dividingBy: 4)
      // Between two values that differ lies none of the areas.
      let (below, above) = (all[place], part == 0 ? all[place] : all[place + 1])
      return value > below ? 1 : value < above ? -1 : 0
    }
    return (side(1), side(2), side(3))
  }
}
