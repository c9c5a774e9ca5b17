/// What is read off one step of a forecast to be scored.
public struct ForecastPoint: Hashable, Sendable {
  /// The mean.
  public let mean: Double
  /// The median; nil where the mean alone is known.
  public let median: Double?
  /// The lower and the upper end of the interval of each level, in their order; none where the mean alone is known.
  public let bounds: [Double]
  /// The interval of ``LossSums/intervalLevel``, where it is not among the levels.
  private var other: ClosedRange<Double>?

  /// A forecast by its numbers.
  public init(mean: Double, median: Double? = nil, bounds: [Double] = []) {
    self.mean = mean
    self.median = median
    self.bounds = bounds
  }

  /// The interval of ``LossSums/intervalLevel``; nil where it is not known.
  func wide(levels: [Double]) -> ClosedRange<Double>? {
    if let other { return other }
    guard let index = levels.firstIndex(of: LossSums.intervalLevel), bounds.count > 2 * index + 1,
      bounds[2 * index] <= bounds[2 * index + 1]
    else { return nil }
    return bounds[2 * index]...bounds[2 * index + 1]
  }

  /// Whether the interval at a place among the levels holds a value; no interval holds none.
  func holds(_ value: Double, level: Int) -> Bool {
    bounds.count > 2 * level + 1 && bounds[2 * level] <= value && value <= bounds[2 * level + 1]
  }

  /// Reads a step off.
  ///
  /// - Throws: what the forecast throws, and ``ForecastingError/numerical(series:model:reason:)`` for a number that is not
  ///   finite.
  init(_ forecast: Forecast, step: Int, levels: [Double]) throws(ForecastingError) {
    let mean = try forecast.mean(step: step)
    let median = try forecast.median(step: step)
    var bounds: [Double] = []
    bounds.reserveCapacity(2 * levels.count)
    for level in levels {
      let interval = try forecast.interval(level, step: step)
      bounds.append(interval.lowerBound)
      bounds.append(interval.upperBound)
    }
    var isFinite = mean.isFinite && median.isFinite && bounds.allSatisfy(\.isFinite)
    self.init(mean: mean, median: median, bounds: bounds)
    if !levels.contains(LossSums.intervalLevel) {
      let wide = try forecast.interval(LossSums.intervalLevel, step: step)
      isFinite = isFinite && wide.lowerBound.isFinite && wide.upperBound.isFinite
      other = wide
    }
    guard isFinite else {
      throw .numerical(
        series: forecast.model.sample.name, model: forecast.model.specification,
        reason: "its forecast is not a finite number")
    }
  }
}
