/// Whether a series repeats itself after a season: the test of the Theta method (Assimakopoulos and Nikolopoulos, 2000),
/// as `thetaf` of R's forecast package makes it.
///
/// The autocorrelation at the lag of the season is compared with its standard error if those at shorter lags are all
/// that there is (Bartlett, 1946): a season is seen where the ratio is beyond the 95 per cent point of the normal
/// distribution, a test at 90 per cent.
public struct SeasonalityTest: Hashable, Sendable {
  /// The size of the autocorrelation over its standard error.
  public let statistic: Double
  /// The value beyond which a season is seen.
  public static let criticalValue = 1.6448536269514722

  /// Whether a season is seen.
  public var isSeasonal: Bool { statistic > Self.criticalValue }

  /// Tests consecutive values.
  ///
  /// - Parameters:
  ///   - values: the series, on the scale on which the season is to be taken out.
  ///   - season: the number of periods after which the season would return.
  /// - Returns: nil where there is nothing to test: a season of one period, a series no longer than two seasons, or one
  ///   that does not vary.
  public init?(_ values: [Double], season: Int) {
    guard season > 1, values.count > 2 * season else { return nil }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    let deviations = values.map { $0 - mean }
    func product(_ lag: Int) -> Double {
      zip(deviations.dropFirst(lag), deviations).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let total = product(0)
    guard let first = values.first, values.contains(where: { $0 != first }), total > 0 else { return nil }
    var squares = 0.0
    for lag in 1..<season {
      let correlation = product(lag) / total
      squares += correlation * correlation
    }
    statistic = abs(product(season) / total) / ((1 + 2 * squares) / count).squareRoot()
  }
}
