import Statistics
import TimeSeries

/// What a fitted model says about the periods to come: a distribution for each, not a line.
public struct Forecast: Sendable {
  /// The model that speaks.
  public let model: any FittedModel
  /// The number of periods after the last observation.
  public let horizon: Int
  private let steps: [StudentMixture]

  /// Forecasts a number of periods ahead.
  ///
  /// - Throws: ``ForecastingError/horizon(_:)`` unless the horizon is positive, and
  ///   ``ForecastingError/numerical(series:model:reason:)`` when the numbers run out of range.
  public init(_ model: any FittedModel, horizon: Int) throws(ForecastingError) {
    guard horizon > 0 else { throw .horizon(horizon) }
    self.model = model
    self.horizon = horizon
    var steps: [StudentMixture] = []
    for step in 1...horizon { steps.append(try model.predictive(step: step)) }
    self.steps = steps
  }

  /// The median, in the unit of the series.
  public func median(step: Int) throws(ForecastingError) -> Double {
    try quantile(0.5, step: step)
  }

  /// A quantile, in the unit of the series; quantiles of one step never cross and never leave the unit's bounds.
  ///
  /// - Parameters:
  ///   - probability: strictly between 0 and 1.
  ///   - step: 1 to ``horizon``.
  /// - Throws: ``ForecastingError/probability(_:)`` or ``ForecastingError/horizon(_:)`` outside those ranges.
  public func quantile(_ probability: Double, step: Int) throws(ForecastingError) -> Double {
    model.sample.scale.restored(try distribution(step: step).quantile(probability))
  }

  /// The interval that holds the given share of the distribution with equal tails.
  ///
  /// - Parameter level: a share strictly between 0 and 1, such as 0.8.
  public func interval(_ level: Double, step: Int) throws(ForecastingError) -> ClosedRange<Double> {
    guard level > 0, level < 1 else { throw .probability(level) }
    let lower = try quantile((1 - level) / 2, step: step)
    return lower...max(lower, try quantile((1 + level) / 2, step: step))
  }

  /// The mean, in the unit of the series.
  ///
  /// On the natural scale it is the weighted centre. On the other scales it is the mean of the distribution between
  /// its 0.0005 and 0.9995 quantiles, because the exponential of a Student's t variate has no mean: the tail beyond,
  /// a thousandth of the whole, is left out and said to be. Computed by Gauss and Legendre's rule in probability.
  public func mean(step: Int) throws(ForecastingError) -> Double {
    let distribution = try distribution(step: step)
    if case .natural = model.sample.scale {
      return distribution.components.reduce(0) { $0 + $1.weight * $1.location }
    }
    let lower = try distribution.quantile(Self.tail)
    let upper = try distribution.quantile(1 - Self.tail)
    var weighted = 0.0
    var mass = 0.0
    let panels = 16
    let width = (upper - lower) / Double(panels)
    for panel in 0..<panels {
      let middle = lower + (Double(panel) + 0.5) * width
      for (node, weight) in Self.gaussLegendre {
        for x in [middle - node * width / 2, middle + node * width / 2] {
          let density = distribution.density(x) * weight
          weighted += density * model.sample.scale.restored(x)
          mass += density
        }
      }
    }
    return weighted / mass
  }

  /// The share left out at either end of the distribution when a mean is taken on a transformed scale.
  static let tail = 0.0005

  /// Half of the eight nodes of the Gauss-Legendre rule on (-1, 1), with their weights (Abramowitz and Stegun, 1964,
  /// table 25.4).
  private static let gaussLegendre: [(node: Double, weight: Double)] = [
    (0.183434642495649805, 0.362683783378361983), (0.525532409916328986, 0.313706645877887287),
    (0.796666477413626740, 0.222381034453374471), (0.960289856497536232, 0.101228536290376259),
  ]

  private func distribution(step: Int) throws(ForecastingError) -> StudentMixture {
    guard step >= 1, step <= horizon else { throw .horizon(step) }
    return steps[step - 1]
  }
}

extension FittedModel {
  /// Draws joint paths in the unit of the series, one after another: path `p` fills `horizon` places from
  /// `(p - first) * horizon`.
  ///
  /// Path `p` always comes from stream `stream.path(p)`, so that dividing the work between threads changes nothing.
  public func drawPaths(
    _ paths: Range<Int>, horizon: Int, from stream: RandomStream,
    into buffer: UnsafeMutableBufferPointer<Double>
  ) {
    let scale = sample.scale
    for path in paths {
      let offset = (path - paths.lowerBound) * horizon
      let steps = UnsafeMutableBufferPointer(rebasing: buffer[offset..<(offset + horizon)])
      var own = stream.path(UInt64(path))
      draw(path: steps, from: &own)
      if scale == .natural { continue }
      for index in steps.indices { steps[index] = scale.restored(steps[index]) }
    }
  }
}
