import RealModule
import Statistics

/// What a fitted model says about the periods to come: a distribution for each, not a line.
public struct Forecast: Sendable {
  /// The model that speaks.
  public let model: any FittedModel
  /// The number of periods after the last observation.
  public let horizon: Int
  private let steps: [StudentMixture]

  /// The greatest number of periods that is forecast.
  public static let longestHorizon = 1000

  /// Forecasts a number of periods ahead.
  ///
  /// - Throws: ``ForecastingError/horizon(_:)`` unless the horizon lies between 1 and ``longestHorizon``, and
  ///   ``ForecastingError/numerical(series:model:reason:)`` when the numbers run out of range.
  public init(_ model: any FittedModel, horizon: Int) throws(ForecastingError) {
    guard horizon >= 1, horizon <= Self.longestHorizon else { throw .horizon(horizon) }
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
    model.sample.restored(try distribution(step: step).quantile(probability))
  }

  /// The interval that holds the given share of the distribution with equal tails.
  ///
  /// - Parameters:
  ///   - level: a share strictly between 0 and 1, such as 0.8.
  ///   - step: 1 to ``horizon``.
  public func interval(_ level: Double, step: Int) throws(ForecastingError) -> ClosedRange<Double> {
    guard level > 0, level < 1 else { throw .probability(level) }
    let lower = try quantile((1 - level) / 2, step: step)
    return lower...max(lower, try quantile((1 + level) / 2, step: step))
  }

  /// The mean, in the unit of the series: what the average of joint paths comes to.
  ///
  /// On the natural scale it is the weighted centre. On the other scales it is the mean of the restored values, bounds
  /// and ``Sample/ceiling`` included, by Gauss and Legendre's rule. The variable of integration is the inverse
  /// hyperbolic sine of the distance from the median in units of the narrowest component, which spreads the nodes over
  /// both the peak and the long tails.
  public func mean(step: Int) throws(ForecastingError) -> Double {
    let distribution = try distribution(step: step)
    let sample = model.sample
    if case .natural = sample.scale {
      return distribution.components.reduce(0) { $0 + $1.weight * $1.location }
    }
    // Beyond the bounds all values are the same: their mass is known, and the kink stays out of the integral.
    let (least, greatest) = sample.scale.transformedRange(ceiling: sample.ceiling)
    let lower = max(least, try distribution.quantile(Self.tail))
    let upper = min(greatest, try distribution.quantile(1 - Self.tail))
    let below = distribution.cumulative(lower)
    let above = 1 - distribution.cumulative(upper)
    let ends = below * sample.restored(lower) + above * sample.restored(upper)
    guard upper > lower else { return ends / (below + above) }
    let centre = try distribution.quantile(0.5)
    let unit = distribution.components.reduce(Double.infinity) { min($0, $1.scale) }
    let first = Double.asinh((lower - centre) / unit)
    let last = Double.asinh((upper - centre) / unit)
    var weighted = 0.0
    var mass = 0.0
    let panels = 24
    let width = (last - first) / Double(panels)
    for panel in 0..<panels {
      let middle = first + (Double(panel) + 0.5) * width
      for (node, weight) in Self.gaussLegendre {
        for u in [middle - node * width / 2, middle + node * width / 2] {
          let x = centre + unit * Double.sinh(u)
          let density = distribution.density(x) * Double.cosh(u) * weight
          weighted += density * sample.restored(x)
          mass += density
        }
      }
    }
    // The mass inside is known from the distribution function; only the average within it comes from the rule.
    guard mass > 0 else { return ends / (below + above) }
    return ends + (1 - below - above) * weighted / mass
  }

  /// The share at either end of the distribution whose values count as those at its edge when a mean is taken.
  private static let tail = 1e-7

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
  /// `(p - first) * horizon`. Paths for which the buffer has no room are left out.
  ///
  /// Path `p` always comes from stream `stream.path(p)`, so that dividing the work between threads changes nothing.
  public func drawPaths(
    _ paths: Range<Int>, horizon: Int, from stream: RandomStream,
    into buffer: UnsafeMutableBufferPointer<Double>
  ) {
    guard horizon > 0 else { return }
    let sample = sample
    for path in paths.prefix(buffer.count / horizon) {
      let offset = (path - paths.lowerBound) * horizon
      let steps = UnsafeMutableBufferPointer(rebasing: buffer[offset..<(offset + horizon)])
      var own = stream.path(UInt64(bitPattern: Int64(path)))
      draw(path: steps, from: &own)
      if sample.scale == .natural { continue }
      for index in steps.indices { steps[index] = sample.restored(steps[index]) }
    }
  }
}
