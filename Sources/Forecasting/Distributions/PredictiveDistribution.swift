/// What a model says about one period to come, on its own scale: a distribution, not a number.
///
/// A ``StudentMixture`` answers in closed form; a ``SimulatedDistribution`` from many drawn paths, where no closed form
/// exists. Models that count have theirs among the whole numbers.
public protocol PredictiveDistribution: Sendable {
  /// The density at a point of the model's scale; for a distribution on the whole numbers the probability of the number.
  func density(_ x: Double) -> Double
  /// The probability of a value no greater than `x`; NaN for NaN.
  func cumulative(_ x: Double) -> Double
  /// The least value below which the distribution holds at least the given probability.
  ///
  /// - Throws: ``ForecastingError/probability(_:)`` unless the probability lies strictly between 0 and 1.
  func quantile(_ probability: Double) throws(ForecastingError) -> Double
  /// The mean on the model's scale.
  var mean: Double { get }
  /// The mean in the unit of the series: the average of the restored values, bounds and ceiling of the sample included;
  /// on the natural scale too, the mass beyond a bound of the unit stands at the bound.
  ///
  /// This is the adjustment for bias of a transformed model: the mean of the exponential, not the exponential of the
  /// mean.
  func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double
}
