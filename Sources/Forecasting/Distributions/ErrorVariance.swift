import Statistics

/// What a fit has learned about the variance of its one-step errors: an estimate and how well it is known.
struct ErrorVariance: Sendable {
  /// The estimate on the model's scale: residual sum of squares over degrees of freedom, and never less than what
  /// rounding at publication contributes.
  let estimate: Double
  /// The degrees of freedom behind it.
  let degreesOfFreedom: Double

  init(sumOfSquares: Double, degreesOfFreedom: Int, floor: Double) {
    self.degreesOfFreedom = Double(degreesOfFreedom)
    estimate = max(sumOfSquares / self.degreesOfFreedom, floor, .leastNormalMagnitude)
  }

  /// The standard deviation as drawn from its posterior under Jeffreys' prior: scaled inverse chi-squared.
  func drawStandardDeviation(from stream: inout RandomStream) -> Double {
    // Far below anything that is drawn in practice: it only keeps the quotient finite.
    let chiSquared = max(stream.chiSquared(degreesOfFreedom: degreesOfFreedom), 1e-12)
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
  /// Refuses a step that is not ahead, or so far ahead that nobody could mean it.
  func requireStep(_ step: Int) throws(ForecastingError) {
    guard step >= 1, step <= Forecast.longestHorizon else { throw .horizon(step) }
  }

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
