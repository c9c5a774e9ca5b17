/// Trend, season and remainder by moving averages: the classical decomposition, as R's `decompose` computes it.
///
/// The trend is the centred moving average over one season (with half weights at both ends where the season is even),
/// so half a season at either end has none. The index of a season is the mean of what the trend leaves of it; the
/// indices are then moved to sum to zero, or divided to average one (Kendall and Stuart, 1983, chapter 46).
///
/// Use it where a fixed season is wanted in the simplest way that can be checked by hand;
/// ``SeasonalTrendLoess`` follows seasons that change, and is not thrown by outliers. O(n) in time.
public struct ClassicalDecomposition: Hashable, Sendable {
  /// How trend, season and remainder belong together.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Their sum is the series.
    case additive
    /// Their product is the series.
    case multiplicative
  }

  /// How the parts belong together.
  public let kind: Kind
  /// The number of periods after which the season returns.
  public let season: Int
  /// The index of each season, beginning with that of the first observation: what is added to the trend, or what it is
  /// multiplied with.
  public let indices: [Double]
  /// The trend; nil for half a season at either end.
  public let trend: [Double?]
  /// What trend and season leave; nil where there is no trend. About zero, or about one.
  public let remainder: [Double?]

  /// Decomposes a sample on its own scale.
  ///
  /// - Parameters:
  ///   - sample: consecutive periods, more than two seasons of them.
  ///   - season: the length of the season; nil takes that of the series.
  ///   - kind: how the parts belong together.
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a series without a season, and for one that a
  ///   product cannot make up; ``ForecastingError/tooFewObservations(series:model:found:needed:)``;
  ///   ``ForecastingError/gap(series:model:after:)``.
  public init(_ sample: Sample, season: Int? = nil, kind: Kind = .additive) throws(ForecastingError) {
    let method = "classical decomposition"
    let length = try sample.seasonForDecomposition(season, method: method)
    if kind == .multiplicative, let index = sample.values.firstIndex(where: { $0 <= 0 }) {
      throw .unsuitable(
        series: sample.name, model: method,
        problem: "into a product needs values above zero, and at \(sample.labels[index]) there is "
          + "\(sample.values[index]); decompose into a sum instead")
    }
    self.init(sample.values, season: length, kind: kind)
  }

  /// Decomposes values that are known to be more than two seasons long.
  init(_ values: [Double], season: Int, kind: Kind) {
    let trend = Self.movingAverage(values, over: season)
    func without(_ part: Double, _ value: Double) -> Double {
      kind == .additive ? value - part : value / part
    }
    var sums = [Double](repeating: 0, count: season)
    var counts = [Double](repeating: 0, count: season)
    for (index, value) in values.enumerated() {
      guard let level = trend[index] else { continue }
      sums[index % season] += without(level, value)
      counts[index % season] += 1
    }
    let raw = zip(sums, counts).map { $0 / $1 }
    let centre = raw.reduce(0) { $0 + $1 / Double(season) }
    let indices = raw.map { without(centre, $0) }
    self.kind = kind
    self.season = season
    self.indices = indices
    self.trend = trend
    remainder = values.enumerated().map { index, value in
      trend[index].map { without(indices[index % season], without($0, value)) }
    }
  }

  /// The variance of an index as an estimate: that of the remainder over the number of years that it is the mean of.
  var indexVariance: Double {
    let known = remainder.compactMap(\.self)
    let count = Double(known.count)
    let mean = known.reduce(0) { $0 + $1 / count }
    let freedom = max(count - Double(season), 1)
    let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / freedom
    return variance * Double(season) / count
  }

  /// The centred moving average over a season; nil where it would reach outside.
  private static func movingAverage(_ values: [Double], over season: Int) -> [Double?] {
    let half = season / 2
    let isEven = season.isMultiple(of: 2)
    return values.indices.map { centre in
      guard centre >= half, centre + half < values.count else { return nil }
      var sum = 0.0
      for index in (centre - half)...(centre + half) {
        let isEnd = isEven && (index == centre - half || index == centre + half)
        sum += isEnd ? 0.5 * values[index] : values[index]
      }
      return sum / Double(season)
    }
  }
}
