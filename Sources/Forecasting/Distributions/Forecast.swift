import RealModule
import Statistics

/// What a fitted model says about the periods to come: a distribution for each, not a line.
public struct Forecast: Sendable {
  /// The model that speaks.
  public let model: any FittedModel
  /// The number of periods after the last observation.
  public let horizon: Int
  private let steps: [any PredictiveDistribution]
  /// What the model was fitted to, taken from it once: every number that is read off is restored by it.
  private let sample: Sample

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
    steps = try model.predictive(horizon: horizon)
    sample = model.sample
  }

  /// The median, in the unit of the series.
  public func median(step: Int) throws(ForecastingError) -> Double {
    try quantile(0.5, step: step)
  }

  /// A quantile, in the unit of the series; quantiles of one step never cross and never leave the unit's bounds.
  ///
  /// On the natural scale the mass of the distribution beyond a bound stands at the bound: a quantile of a count that
  /// falls below zero is reported as zero.
  ///
  /// - Parameters:
  ///   - probability: strictly between 0 and 1.
  ///   - step: 1 to ``horizon``.
  /// - Throws: ``ForecastingError/probability(_:)`` or ``ForecastingError/horizon(_:)`` outside those ranges.
  public func quantile(_ probability: Double, step: Int) throws(ForecastingError) -> Double {
    sample.restored(try distribution(step: step).quantile(probability))
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
  public func mean(step: Int) throws(ForecastingError) -> Double {
    try distribution(step: step).mean(restoredBy: sample)
  }

  /// The distribution of a step on the scale of the model.
  func distribution(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
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
      if sample.restoresNothing { continue }
      for index in steps.indices { steps[index] = sample.restored(steps[index]) }
    }
  }
}
