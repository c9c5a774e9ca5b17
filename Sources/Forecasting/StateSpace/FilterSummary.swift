import RealModule

/// What one pass of the Kalman filter says of the likelihood.
public struct FilterSummary: Hashable, Sendable {
  /// The number of observations that were not missing, n.
  public var observations = 0
  /// How many of them went into learning a diffuse start, r.
  public var diffuseObservations = 0
  /// The directions of the diffuse start about which the observations say nothing; with any of them left there is no
  /// likelihood to compare and no forecast.
  public var unresolved = 0
  /// Σ log F(t) over the observations after, or beside, the diffuse ones.
  public var logDeterminant = 0.0
  /// Σ log F∞(t) over the diffuse observations.
  public var diffuseLogDeterminant = 0.0
  /// Σ v(t)² / F(t) over the other observations.
  public var sumOfSquares = 0.0

  /// The diffuse log-likelihood −½ {n log 2π + Σ log F + Σ v²/F}, F∞ in place of F for the diffuse observations
  /// (Durbin and Koopman, 2012, section 7.2.2): that of the observations with the start integrated out, as κ → ∞ with
  /// the r factors √κ left out. −∞ where a variance was zero.
  public var logLikelihood: Double {
    -0.5 * (Double(observations) * Self.log2Pi + diffuseLogDeterminant + logDeterminant + sumOfSquares)
  }

  /// The observations that are left to learn a variance from, n − r.
  public var degreesOfFreedom: Int { observations - diffuseObservations }

  /// The most likely factor σ² by which all variances of the system are to be multiplied: Σ v²/F over n − r.
  public var scale: Double { sumOfSquares / Double(degreesOfFreedom) }

  /// The diffuse log-likelihood with all variances of the system multiplied by their most likely factor, ``scale``.
  public var concentratedLogLikelihood: Double { logLikelihood(scale: scale) }

  /// The diffuse log-likelihood with all variances of the system multiplied by a factor.
  public func logLikelihood(scale: Double) -> Double {
    var scaled = self
    scaled.logDeterminant += Double(degreesOfFreedom) * Double.log(scale)
    scaled.sumOfSquares /= scale
    return scaled.logLikelihood
  }

  private static let log2Pi = Double.log(2 * Double.pi)
}
