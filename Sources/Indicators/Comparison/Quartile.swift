import Statistics
import TimeSeries

/// The quarter of areas that an area is in, as the Local Authority Interactive Tool of the Department for Education
/// bands them: A is the best quarter and D the worst.
///
/// The bounds are the quartiles of all values (by linear interpolation between them, R's type 7); a value at a bound
/// belongs to the quarter below it in value.
public enum Quartile: String, CaseIterable, Hashable, Sendable {
  /// The best quarter.
  case a = "A"
  /// The better of the middle quarters.
  case b = "B"
  /// The worse of the middle quarters.
  case c = "C"
  /// The worst quarter.
  case d = "D"

  /// The fewest areas that are banded: with fewer, a quarter holds nobody.
  public static let leastCount = 4

  /// The quarter of a value among others; nil where nobody judges, or there are fewer than four values.
  ///
  /// - Parameters:
  ///   - value: the value of the area.
  ///   - others: the values of the other areas.
  ///   - polarity: which way the measure should go.
  public init?(of value: Double, among others: [Double], polarity: Polarity) {
    guard let quarter = Self.quarter(of: value, among: others) else { return nil }
    switch polarity {
    case .neutral: return nil
    case .lowerIsBetter: self = Self.allCases[quarter]
    case .higherIsBetter: self = Self.allCases[3 - quarter]
    }
  }

  /// -1 in the lowest quarter of all values, 1 in the highest, 0 between; nil where there are fewer than four values.
  static func side(of value: Double, among others: [Double]) -> Int? {
    quarter(of: value, among: others).map { $0 == 0 ? -1 : $0 == 3 ? 1 : 0 }
  }

  /// The quarter, 0 the lowest.
  private static func quarter(of value: Double, among others: [Double]) -> Int? {
    let all = others + [value]
    guard all.count >= leastCount, all.allSatisfy(\.isFinite) else { return nil }
    var quarter = 0
    for p in [0.25, 0.5, 0.75] {
      guard let bound = try? DescriptiveStatistics.quantile(all, at: p) else { return nil }
      if value > bound { quarter += 1 }
    }
    return quarter
  }
}
