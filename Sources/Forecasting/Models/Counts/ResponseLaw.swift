import RealModule
import Statistics

/// The distribution of one response given its linear predictor, every parameter known.
enum ResponseLaw: Hashable, Sendable {
  case poisson
  case negativeBinomial(size: Double)
  case binomial(LinkFunction)

  /// Means beyond this leave the reach of the distribution functions.
  static let largestMean = 1e9

  var link: LinkFunction {
    if case .binomial(let link) = self { link } else { .log }
  }

  /// The variance of a response of one trial with the given mean, dispersion aside.
  func variance(_ mean: LinkFunction.Mean) -> Double {
    switch self {
    case .poisson: mean.value
    case .negativeBinomial(let size): mean.value * (1 + mean.value / size)
    case .binomial: mean.value * mean.complement
    }
  }

  /// The mean with which iteration starts: the observation itself, moved off the bounds where the link has no value.
  func startingMean(_ response: Double, trials: Double) -> Double {
    switch self {
    case .poisson, .negativeBinomial: response + 0.1
    case .binomial: (response + 0.5) / (trials + 1)
    }
  }

  /// Twice what the log-likelihood of one response lacks to that of a perfect fit.
  func deviance(_ response: Double, trials: Double, mean: LinkFunction.Mean) -> Double {
    switch self {
    case .poisson:
      let μ = mean.value
      return 2 * (Self.logRatio(response, to: μ) - (response - μ))
    case .negativeBinomial(let size):
      let μ = mean.value
      return 2
        * (Self.logRatio(response, to: μ)
          - (response + size) * Double.log(onePlus: (response - μ) / (μ + size)))
    case .binomial:
      return 2
        * (Self.logRatio(response, to: trials * mean.value)
          + Self.logRatio(trials - response, to: trials * mean.complement))
    }
  }

  /// x log(x/m), by the relative difference: it keeps its digits where a large count is close to its mean.
  private static func logRatio(_ x: Double, to m: Double) -> Double {
    guard x > 0 else { return 0 }
    let difference = (x - m) / m
    return x * (abs(difference) < 0.5 ? Double.log(onePlus: difference) : Double.log(x / m))
  }

  /// The distribution of a response with the given mean; nil where the mean is beyond reach.
  func distribution(_ mean: LinkFunction.Mean, trials: Double) -> (any DiscreteDistribution)? {
    switch self {
    case .poisson: try? Poisson(mean: mean.value)
    case .negativeBinomial(let size): try? NegativeBinomial(size: size, mean: mean.value)
    case .binomial:
      Int(exactly: trials).flatMap { try? Binomial(trials: $0, probability: min(1, mean.value)) }
    }
  }

  /// The logarithm of the probability of a response, all constants included.
  func logProbability(_ response: Double, trials: Double, mean: LinkFunction.Mean) -> Double {
    guard let value = try? distribution(mean, trials: trials)?.logProbability(of: response) else {
      return .nan
    }
    return value
  }

  /// One draw of a response.
  func draw(_ mean: LinkFunction.Mean, trials: Double, from stream: inout RandomStream) -> Double {
    switch self {
    case .poisson: stream.poisson(mean: mean.value)
    case .negativeBinomial(let size): stream.negativeBinomial(size: size, mean: mean.value)
    case .binomial: stream.binomial(trials: trials, probability: min(1, mean.value))
    }
  }
}
