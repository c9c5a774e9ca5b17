import Statistics

/// What a fit has learned about the variance of its one-step errors: an estimate and how well it is known.
struct ErrorVariance: Sendable {
  /// The estimate on the model's scale: residual sum of squares over degrees of freedom, and never less than what
  /// rounding at publication contributes.
  let estimate: Double
  /// The degrees of freedom behind it.
  let degreesOfFreedom: Double
  private let smallestChiSquared: Double

  init(sumOfSquares: Double, degreesOfFreedom: Int, floor: Double) {
    let freedom = Double(degreesOfFreedom)
    self.degreesOfFreedom = freedom
    estimate = max(sumOfSquares / freedom, floor, .leastNormalMagnitude)
    smallestChiSquared =
      (try? Gamma(shape: freedom / 2, scale: 2).quantile(2 * Forecast.tail)) ?? .leastNormalMagnitude
  }

  /// The standard deviation as drawn from its posterior under Jeffreys' prior: scaled inverse chi-squared, cut at its
  /// 0.999 quantile so that the exponential of a path on a log scale keeps a mean.
  func drawStandardDeviation(from stream: inout RandomStream) -> Double {
    let chiSquared = max(stream.chiSquared(degreesOfFreedom: degreesOfFreedom), smallestChiSquared)
    return (estimate * degreesOfFreedom / chiSquared).squareRoot()
  }

  /// A predictive distribution with one component.
  ///
  /// - Throws: ``ForecastingError/numerical(series:model:reason:)`` when the numbers are too large to be forecast.
  func predictive(
    location: Double, varianceFactor: Double, of model: some FittedModel
  ) throws(ForecastingError) -> StudentMixture {
    let component = StudentMixture.Component(
      weight: 1, location: location, scale: (estimate * varianceFactor).squareRoot())
    return try model.mixture([component], degreesOfFreedom: degreesOfFreedom)
  }
}

extension FittedModel {
  /// A mixture from components that the model computed, refused where its numbers ran out of range.
  func mixture(
    _ components: [StudentMixture.Component], degreesOfFreedom: Double
  ) throws(ForecastingError) -> StudentMixture {
    guard let mixture = StudentMixture(components, degreesOfFreedom: degreesOfFreedom) else {
      throw .numerical(
        series: sample.name, model: specification, reason: "its forecast is too large for a number to hold")
    }
    return mixture
  }
}
