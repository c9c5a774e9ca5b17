import Statistics

/// A distribution by the name and parameters of a fixture.
func distribution(_ name: String, _ a: Double, _ b: Double) throws -> any Distribution {
  switch name {
  case "Normal": try Normal(mean: a, standardDeviation: b)
  case "StudentT": try StudentT(degreesOfFreedom: a)
  case "Gamma": try Gamma(shape: a, scale: b)
  case "Beta": try Beta(alpha: a, beta: b)
  case "Poisson": try Poisson(mean: a)
  case "NegativeBinomial": try NegativeBinomial(size: a, mean: b)
  case "Binomial": try Binomial(trials: Int(a), probability: b)
  default: throw UnknownFamily(name: name)
  }
}

struct UnknownFamily: Error { let name: String }

extension Distribution {
  /// The density or the probability.
  func mass(_ x: Double) throws -> Double {
    if let continuous = self as? any ContinuousDistribution { return try continuous.density(x) }
    if let discrete = self as? any DiscreteDistribution { return try discrete.probability(of: x) }
    return .nan
  }

  /// Its logarithm.
  func logMass(_ x: Double) throws -> Double {
    if let continuous = self as? any ContinuousDistribution { return try continuous.logDensity(x) }
    if let discrete = self as? any DiscreteDistribution { return try discrete.logProbability(of: x) }
    return .nan
  }
}
