import Statistics
import Testing

@Suite("Distributions at their edges")
struct DistributionEdgeTests {
  @Test("parameters for which no distribution exists are refused with a sentence")
  func refused() {
    for bad in [0, -1, .nan, .infinity] as [Double] {
      #expect(throws: StatisticsError.self) { try Normal(mean: 0, standardDeviation: bad) }
      #expect(throws: StatisticsError.self) { try StudentT(degreesOfFreedom: bad) }
      #expect(throws: StatisticsError.self) { try StudentT(degreesOfFreedom: 3, scale: bad) }
      #expect(throws: StatisticsError.self) { try Gamma(shape: bad) }
      #expect(throws: StatisticsError.self) { try Gamma(shape: 1, scale: bad) }
      #expect(throws: StatisticsError.self) { try Gamma.chiSquared(degreesOfFreedom: bad) }
      #expect(throws: StatisticsError.self) { try Beta(alpha: bad, beta: 1) }
      #expect(throws: StatisticsError.self) { try Beta(alpha: 1, beta: bad) }
      #expect(throws: StatisticsError.self) { try NegativeBinomial(size: bad, mean: 1) }
      #expect(throws: StatisticsError.self) { try NegativeBinomial(size: bad, probability: 0.5) }
    }
    for bad in [-1, 1.1e9, .nan, .infinity] as [Double] {
      #expect(throws: StatisticsError.self) { try Poisson(mean: bad) }
      #expect(throws: StatisticsError.self) { try NegativeBinomial(size: 1, mean: bad) }
      #expect(throws: StatisticsError.self) { try Binomial(trials: 3, probability: bad) }
      #expect(throws: StatisticsError.self) { try NegativeBinomial(size: 1, probability: bad) }
    }
    #expect(throws: StatisticsError.self) { try Normal(mean: .nan, standardDeviation: 1) }
    #expect(throws: StatisticsError.self) { try StudentT(degreesOfFreedom: 3, location: .infinity) }
    #expect(throws: StatisticsError.self) { try NegativeBinomial(size: 1, probability: 0) }
    #expect(throws: StatisticsError.self) { try Binomial(trials: -1, probability: 0.5) }
    #expect(throws: StatisticsError.self) { try PERT(minimum: 2, mode: 1, maximum: 3) }
    #expect(throws: StatisticsError.self) { try PERT(minimum: 2, mode: 4, maximum: 3) }
    #expect(throws: StatisticsError.self) { try PERT(minimum: 2, mode: .nan, maximum: 3) }
    #expect(throws: StatisticsError.self) { try PERT(minimum: 3, mode: 3, maximum: 2) }
    #expect(throws: StatisticsError.self) { try PERT(minimum: -.infinity, mode: 3, maximum: 4) }
    #expect(throws: StatisticsError.self) { try PERT(minimum: -1e308, mode: 3, maximum: 1e308) }
  }

  @Test("a value that is not a number, or a probability that is none, is an error and not an answer")
  func arguments() throws {
    for d in try DistributionPropertyTests.families(1) + [PERT(minimum: 3, mode: 3, maximum: 3)] {
      #expect(throws: StatisticsError.self) { try d.cumulative(.nan) }
      #expect(throws: StatisticsError.self) { try d.complement(.nan) }
      #expect(throws: StatisticsError.self) { try d.mass(.nan) }
      #expect(throws: StatisticsError.self) { try d.logMass(.nan) }
      for p in [-0.1, 1.1, .nan, .infinity, -.infinity] as [Double] {
        #expect(throws: StatisticsError.self) { try d.quantile(p) }
        #expect(throws: StatisticsError.self) { try d.complementQuantile(p) }
      }
    }
  }

  @Test("Student's t has no mean at one degree of freedom and no finite variance at two")
  func studentMoments() throws {
    #expect(try StudentT(degreesOfFreedom: 1).mean.isNaN)
    #expect(try StudentT(degreesOfFreedom: 1).variance.isNaN)
    #expect(try StudentT(degreesOfFreedom: 2, location: 3).mean == 3)
    #expect(try StudentT(degreesOfFreedom: 2).variance == .infinity)
    #expect(try StudentT(degreesOfFreedom: 4, scale: 3).variance == 18)
    #expect(try StudentT(degreesOfFreedom: 4, scale: 3).standardDeviation == 18.0.squareRoot())
  }

  @Test("the log density of Student's t follows its power law where the density has long been 0")
  func studentFarTail() throws {
    let d = try StudentT(degreesOfFreedom: 3)
    let fall = try d.logDensity(1e150) - d.logDensity(1e151)
    #expect(relativeError(fall, 4 * 2.302585092994045684) < 1e-12)
    #expect(try d.logDensity(2) == d.logDensity(-2))
  }

  @Test("densities at the ends: infinite below a shape of 1, finite at it, zero above")
  func poles() throws {
    #expect(try Gamma(shape: 0.5).density(0) == .infinity)
    #expect(try Gamma(shape: 1, scale: 4).density(0) == 0.25)
    #expect(try Gamma(shape: 2).density(0) == 0)
    #expect(try Gamma(shape: 2).logDensity(0) == -.infinity)
    #expect(try Gamma(shape: 2).density(-1) == 0)
    #expect(try Beta(alpha: 0.5, beta: 2).density(0) == .infinity)
    #expect(try Beta(alpha: 0.5, beta: 2).density(1) == 0)
    #expect(try Beta(alpha: 2, beta: 1).density(1) == 2)
    #expect(try Beta(alpha: 2, beta: 1).logDensity(0) == -.infinity)
    #expect(try Beta(alpha: 2, beta: 0.5).logDensity(1) == .infinity)
    #expect(try Beta(alpha: 1, beta: 1).logDensity(0.3) == 0)
  }

  @Test("counts that cannot vary stand on one value")
  func certain() throws {
    let fixed: [(any DiscreteDistribution, Double)] = [
      (try Poisson(mean: 0), 0), (try NegativeBinomial(size: 2, mean: 0), 0),
      (try NegativeBinomial(size: 2, probability: 1), 0), (try Binomial(trials: 0, probability: 0.3), 0),
      (try Binomial(trials: 7, probability: 0), 0), (try Binomial(trials: 7, probability: 1), 7),
    ]
    var stream = RandomStream(seed: 1, name: "certain")
    for (d, value) in fixed {
      #expect(d.mean == value)
      #expect(d.variance == 0)
      #expect(try d.probability(of: value) == 1)
      #expect(try d.logProbability(of: value) == 0)
      #expect(try d.probability(of: value + 1) == 0)
      #expect(try d.cumulative(value) == 1)
      #expect(try d.cumulative(value - 0.5) == 0)
      #expect(try d.complement(value) == 0)
      for p in [0, 0.3, 1] { #expect(try d.quantile(p) == value) }
      #expect(d.draw(from: &stream) == value)
    }
  }

  @Test("a count that is no whole number has no probability, and the distribution function is a staircase")
  func staircase() throws {
    for d: any DiscreteDistribution in [
      try Poisson(mean: 3), try NegativeBinomial(size: 2, mean: 3), try Binomial(trials: 6, probability: 0.5),
    ] {
      #expect(try d.probability(of: 2.5) == 0)
      #expect(try d.logProbability(of: 2.5) == -.infinity)
      #expect(try d.probability(of: -1) == 0)
      #expect(try d.cumulative(2.999) == d.cumulative(2))
      #expect(try d.complement(2.999) == d.complement(2))
    }
  }

  @Test("with a very large size the negative binomial becomes the Poisson")
  func nearlyPoisson() throws {
    let (limit, d) = (try Poisson(mean: 5), try NegativeBinomial(size: 1e14, mean: 5))
    for k in stride(from: 0.0, through: 20, by: 1) {
      #expect(relativeError(try d.probability(of: k), try limit.probability(of: k)) < 1e-11)
      #expect(relativeError(try d.logProbability(of: k), try limit.logProbability(of: k)) < 1e-11)
      #expect(relativeError(try d.complement(k), try limit.complement(k)) < 1e-11)
    }
    #expect(try d.quantile(0.975) == limit.quantile(0.975))
  }

  @Test("quantiles of a thousand million cases are those of Cornish and Fisher to a count")
  func enormousCounts() throws {
    for p in [1e-9, 0.025, 0.3, 0.9, 0.9999] {
      let z = StandardNormal.quantile(p)
      // μ + σz + σγ(z² − 1)/6, where σγ is 1 for the Poisson and 1 − 2p for the binomial.
      let poisson = 1e9 + z * 1e9.squareRoot() + (z * z - 1) / 6
      #expect(abs(try Poisson(mean: 1e9).quantile(p) - poisson) < 1.1)
      let binomial = 3e8 + z * 2.1e8.squareRoot() + 0.4 * (z * z - 1) / 6
      #expect(abs(try Binomial(trials: 1_000_000_000, probability: 0.3).quantile(p) - binomial) < 1.1)
    }
  }

  @Test("a heavy tail of counts is searched to its end")
  func heavyTail() throws {
    let d = try NegativeBinomial(size: 1e-3, mean: 1e9)
    for p in [0.5, 0.97, 0.99, 0.9999] {
      let k = try d.quantile(p)
      #expect(try d.cumulative(k) >= p && (k == 0 || (try d.cumulative(k - 1)) < p), "at \(p)")
    }
    #expect(try d.quantile(0.5) == 0)
    #expect(try d.quantile(0.9999) > 1e9)
  }

  @Test("parameters so large that Boost would be wrong without saying so are refused")
  func outOfReach() {
    #expect(throws: StatisticsError.self) { try Gamma(shape: 1.1e9) }
    #expect(throws: StatisticsError.self) { try Gamma.chiSquared(degreesOfFreedom: 2.1e9) }
    #expect(throws: StatisticsError.self) { try Beta(alpha: 1.1e9, beta: 1) }
    #expect(throws: StatisticsError.self) { try Beta(alpha: 1, beta: 1.1e9) }
    #expect(throws: StatisticsError.self) { try Binomial(trials: .max, probability: 0.5) }
    #expect(throws: StatisticsError.self) { try NegativeBinomial(size: 1.1e15, mean: 1) }
    #expect(throws: StatisticsError.self) { try NegativeBinomial(size: 1, probability: 1e-10) }
  }

  @Test("at the largest shape the gamma distribution is the normal to its skewness")
  func largestShape() throws {
    let d = try Gamma(shape: 1e9)
    for z in [-3.0, -0.5, 0.1, 0.5, 3] {
      let x = 1e9 + z * 1e9.squareRoot()
      // Edgeworth: Φ(z) − φ(z) γ (z² − 1)/6 with γ = 2/√k, the next term being of order 1/k.
      let p =
        StandardNormal.cumulative(z)
        - StandardNormal.density(z) * 2 / 1e9.squareRoot() * (z * z - 1) / 6
      #expect(abs(try d.cumulative(x) - p) < 1e-8)
    }
  }

  @Test("the mean of a PERT judgement weighs the most likely value four times")
  func pert() throws {
    let d = try PERT(minimum: 10, mode: 14, maximum: 30)
    #expect(abs(d.mean - (10 + 4 * 14 + 30) / 6.0) < 1e-13)
    // Vose: variance = (mean − minimum)(maximum − mean)/7.
    #expect(relativeError(d.variance, (d.mean - 10) * (30 - d.mean) / 7) < 1e-13)
    #expect(try d.density(9) == 0)
    #expect(try d.density(14) > d.density(13))
    #expect(try d.density(14) > d.density(15))
    #expect(try d.logDensity(31) == -.infinity)
  }

  @Test("a PERT judgement with no range is its value")
  func certainPERT() throws {
    let d = try PERT(minimum: 12, mode: 12, maximum: 12)
    #expect(d.mean == 12)
    #expect(d.variance == 0)
    #expect(try d.quantile(0.3) == 12)
    #expect(try d.complementQuantile(0.3) == 12)
    #expect(try d.cumulative(11.9) == 0)
    #expect(try d.cumulative(12) == 1)
    #expect(try d.complement(11.9) == 1)
    #expect(try d.complement(12) == 0)
    #expect(try d.density(12) == .infinity)
    #expect(try d.logDensity(12) == .infinity)
    #expect(try d.density(13) == 0)
    var stream = RandomStream(seed: 1, name: "certain")
    #expect(d.draw(from: &stream) == 12)
  }

  @Test("a probability and a size give the mean, and the mean the probability")
  func twoParametrisations() throws {
    let a = try NegativeBinomial(size: 3, probability: 0.25)
    #expect(a.mean == 9)
    #expect(a.variance == 36)
    let b = try NegativeBinomial(size: 3, mean: 9)
    #expect(b.probability == 0.25)
    #expect(try a.probability(of: 4) == b.probability(of: 4))
  }

  @Test("chi-squared with two degrees of freedom is exponential")
  func chiSquared() throws {
    let d = try Gamma.chiSquared(degreesOfFreedom: 2)
    #expect(d.mean == 2)
    #expect(d.variance == 4)
    #expect(relativeError(try d.complement(2 * 2.302585092994045684), 0.1) < 1e-15)
  }

  @Test("every error is a sentence that says what would be accepted")
  func sentences() {
    let errors: [StatisticsError] = [
      .invalidParameter(distribution: "Gamma", parameter: "shape", value: -1, accepted: "above 0"),
      .invalidProbability(1.5), .argumentNotANumber(distribution: "Normal", quantity: "density"),
      .notComputed(distribution: "Beta", quantity: "quantile", argument: 0.5),
      .tooFewValues(statistic: "variance", count: 1, needed: 2),
      .tooFewValues(statistic: "mean", count: 0, needed: 1),
      .nonFiniteValue(statistic: "mean", index: 3, value: .nan), .invalidCounts(successes: 3, trials: 2),
      .invalidSearch(
        method: "Brent's search", problem: "the bounds are 2 and 1", accepted: "give the lower first"),
    ]
    for error in errors {
      #expect(error.description.hasSuffix("."))
      #expect(error.description.split(separator: " ").count > 8)
    }
    #expect(errors[0].description.contains("shape of a Gamma distribution cannot be -1.0"))
    #expect(errors[6].description.contains("position 3"))
  }
}
