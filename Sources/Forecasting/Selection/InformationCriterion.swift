import RealModule

/// Akaike's information criterion with the correction for small samples (Hurvich and Tsai, 1989), computed for every
/// model from the same data.
public enum InformationCriterion {
  /// The corrected criterion of the Gaussian likelihood of the second observation onwards, given the first.
  ///
  /// The first observation is left out for every model, because some models start from it and others estimate their
  /// start: only then are the values of two models comparable. Constants common to all models are dropped. A model is
  /// never credited with errors smaller than what rounding at publication leaves (``Sample/roundingVariance``), so
  /// that a perfect fit is a good one and not an infinite one.
  ///
  /// - Returns: the criterion, or infinity when the model has too many parameters for the sample to support the
  ///   correction.
  public static func corrected(_ fitted: any FittedModel) -> Double {
    let count = Double(fitted.residuals.count)
    let parameters = Double(fitted.parameterCount)
    let sumOfSquares = fitted.residuals.reduce(0) { $0 + $1 * $1 }
    let freedom = count - parameters - 1
    guard freedom > 0 else { return .infinity }
    let variance = max(sumOfSquares / count, fitted.sample.roundingVariance, .leastNormalMagnitude)
    return count * Double.log(variance) + 2 * parameters + 2 * parameters * (parameters + 1) / freedom
  }
}
