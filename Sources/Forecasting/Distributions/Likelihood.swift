import RealModule

/// A maximised log-likelihood, with the convention that it was counted by.
///
/// Log-likelihoods of two models are comparable only within one convention: with or without constants, of all
/// observations or of those after a diffuse start.
public struct Likelihood: Hashable, Sendable {
  /// What a log-likelihood counts.
  public enum Convention: String, Hashable, Sendable, CaseIterable {
    /// The density of all observations, with all constants.
    case full = "all observations, with constants"
    /// The density of the observations given a diffuse start, with all constants (Durbin and Koopman, 2012, section 7.2).
    ///
    /// A logarithm of 2π is counted for every observation, those that the diffuse start takes among them.
    case diffuse = "given a diffuse start, with constants"
    /// The density of the differenced observations, with all constants.
    case differenced = "differenced observations, with constants"
    /// −n/2 log Σe² − Σ log|f|, as exponential smoothing is reported (Hyndman, Koehler, Ord and Snyder, 2008, section 5.1).
    case innovations = "innovations, without constants"
  }

  /// The maximised log-likelihood.
  public let value: Double
  /// What it counts.
  public let convention: Convention
  /// The number of observations that it is of.
  public let observations: Int
  /// The number of parameters that were estimated, the error variance among them.
  public let parameters: Int

  /// A log-likelihood of some observations and parameters.
  public init(_ value: Double, convention: Convention, observations: Int, parameters: Int) {
    self.value = value
    self.convention = convention
    self.observations = observations
    self.parameters = parameters
  }

  /// A restricted log-likelihood, of the n − k contrasts that are free of k coefficients with a flat prior, in the
  /// convention of the diffuse start: less k/2 log 2π.
  static func diffuse(
    restricted value: Double, coefficients: Int, observations: Int, parameters: Int
  ) -> Likelihood {
    Likelihood(
      value - 0.5 * Double(coefficients) * Double.log(2 * Double.pi), convention: .diffuse,
      observations: observations, parameters: parameters)
  }

  /// Akaike's information criterion (1974).
  public var akaike: Double { 2 * Double(parameters) - 2 * value }

  /// Akaike's criterion with the correction for small samples (Hurvich and Tsai, 1989); infinite where there are too
  /// few observations for it.
  public var correctedAkaike: Double {
    let freedom = Double(observations - parameters - 1)
    guard freedom > 0 else { return .infinity }
    return akaike + 2 * Double(parameters) * Double(parameters + 1) / freedom
  }

  /// The Bayesian information criterion (Schwarz, 1978).
  public var bayesian: Double { Double(parameters) * Double.log(Double(observations)) - 2 * value }
}
