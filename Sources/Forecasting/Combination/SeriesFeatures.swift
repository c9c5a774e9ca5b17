import RealModule

/// What kind of series one is, in four numbers, after the features by which series are told apart when forecasters are
/// compared (Wang, Smith-Miles and Hyndman, 2006; Kang, Hyndman and Smith-Miles, 2017).
///
/// All are taken on the scale of the sample. With a season that was seen more than twice, trend, season and remainder
/// come from a decomposition by loess; without, the trend is a straight line and there is no season.
public struct SeriesFeatures: Hashable, Sendable {
  /// The number of observations.
  public let length: Double
  /// 1 − Var(remainder)/Var(trend + remainder), from 0 (none) to 1.
  public let trendStrength: Double
  /// 1 − Var(remainder)/Var(season + remainder), from 0 (none) to 1.
  public let seasonalStrength: Double
  /// The standard deviation of the remainder over that of the changes from one observation to the next: near 0.7 where
  /// values are noise about the trend, and the larger the longer deviations last.
  public let persistence: Double
  /// The standard deviation of the remainder; on the natural scale in units of the mean size of the values.
  public let noise: Double

  /// The features of a sample; zeros for what too few observations or no variation leave unknown.
  public init(_ sample: Sample) {
    length = Double(sample.count)
    let values = sample.values
    var (season, remainder) = ([Double](repeating: 0, count: values.count), Self.detrended(sample))
    if sample.season > 1, sample.count > 2 * sample.season,
      let parts = try? SeasonalTrendLoess().decompose(sample)
    {
      season = parts.season
      remainder = parts.remainder
    }
    let trend = values.indices.map { values[$0] - season[$0] - remainder[$0] }
    let left = Self.variance(remainder)
    func strength(_ part: [Double]) -> Double {
      let whole = Self.variance(zip(part, remainder).map { $0 + $1 })
      return whole > 0 ? min(max(0, 1 - left / whole), 1) : 0
    }
    trendStrength = strength(trend)
    seasonalStrength = strength(season)
    let changes = Self.variance(zip(remainder.dropFirst(), remainder).map { $0 - $1 })
    persistence = changes > 0 ? (left / changes).squareRoot() : 0
    let size =
      sample.scale == .natural ? values.reduce(0) { $0 + abs($1) / Double(values.count) } : 1
    noise = size > 0 ? left.squareRoot() / size : 0
  }

  /// What is left of a straight line through the values at their positions.
  private static func detrended(_ sample: Sample) -> [Double] {
    let count = Double(sample.count)
    let places = sample.positions.map(Double.init)
    let (middle, mean) = (places.reduce(0, +) / count, sample.values.reduce(0) { $0 + $1 / count })
    var (squares, products) = (0.0, 0.0)
    for (place, value) in zip(places, sample.values) {
      squares += (place - middle) * (place - middle)
      products += (place - middle) * (value - mean)
    }
    let slope = squares > 0 ? products / squares : 0
    return zip(places, sample.values).map { $1 - mean - slope * ($0 - middle) }
  }

  private static func variance(_ values: [Double]) -> Double {
    guard values.count > 1 else { return 0 }
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
  }
}
