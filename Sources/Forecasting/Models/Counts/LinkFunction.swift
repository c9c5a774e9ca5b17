import RealModule
import Statistics

/// The function that carries the mean of a response to the scale on which the terms of a regression add up.
public enum LinkFunction: String, Hashable, Sendable, CaseIterable {
  /// The logarithm of a mean count.
  case log
  /// The logarithm of the odds of a probability.
  case logit
  /// The standard normal quantile of a probability.
  case probit

  /// A mean with what else a regression needs of it.
  struct Mean {
    /// The mean μ.
    let value: Double
    /// 1 − μ, computed directly, because near 1 the subtraction would leave no digits; of no meaning for a count.
    let complement: Double
    /// dμ/dη.
    let slope: Double
  }

  /// The linear predictor η that belongs to a mean.
  func predictor(mean: Double) -> Double {
    switch self {
    case .log: Double.log(mean)
    case .logit: Double.log(mean) - Double.log(onePlus: -mean)
    case .probit: StandardNormal.quantile(mean)
    }
  }

  /// The mean that belongs to a linear predictor.
  func mean(predictor η: Double) -> Mean {
    switch self {
    case .log:
      let μ = Double.exp(η)
      return Mean(value: μ, complement: 1 - μ, slope: μ)
    case .logit:
      // Written with the decreasing exponential, so that neither end overflows.
      let e = Double.exp(-abs(η))
      let (rare, common) = (e / (1 + e), 1 / (1 + e))
      return Mean(
        value: η < 0 ? rare : common, complement: η < 0 ? common : rare, slope: rare * common)
    case .probit:
      return Mean(
        value: StandardNormal.cumulative(η), complement: StandardNormal.complement(η),
        slope: StandardNormal.density(η))
    }
  }
}
