/// How the responses of a generalised linear model vary about their means (McCullagh and Nelder, 1989).
public enum ResponseFamily: Hashable, Sendable {
  /// Counts whose variance is their mean μ, on the logarithm.
  case poisson
  /// Counts whose variance is φμ, on the logarithm: the coefficients of the Poisson, with the dispersion φ estimated
  /// (Wedderburn, 1974).
  case quasiPoisson
  /// Counts whose variance is μ + μ²/size, on the logarithm (Lawless, 1987); the size, R's theta, is estimated jointly
  /// with the coefficients where it is nil.
  case negativeBinomial(size: Double?)
  /// Successes in a known number of trials; the link is ``LinkFunction/logit`` or ``LinkFunction/probit``.
  case binomial(LinkFunction)

  /// The family's name.
  public var name: String {
    switch self {
    case .poisson: "poisson"
    case .quasiPoisson: "quasi-poisson"
    case .negativeBinomial: "negative-binomial"
    case .binomial: "binomial"
    }
  }

  /// Whether responses are successes in a number of trials.
  var hasTrials: Bool {
    if case .binomial = self { true } else { false }
  }
}
