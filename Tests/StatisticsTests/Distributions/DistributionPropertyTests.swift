import Foundation
import Statistics
import Testing

@Suite("What holds for every distribution")
struct DistributionPropertyTests {
  /// A spread of parameters of every family from a seeded stream.
  static func families(_ count: Int) throws -> [any Distribution] {
    var stream = RandomStream(seed: 7, name: "parameters")
    var all: [any Distribution] = []
    for _ in 0..<count {
      let a = 20 * stream.gamma(shape: 0.7) + 0.05
      let b = 5 * stream.gamma(shape: 0.7) + 0.05
      let p = stream.uniform()
      all += [
        try Normal(mean: a - 10, standardDeviation: b),
        try StudentT(degreesOfFreedom: a, location: b, scale: b),
        try Gamma(shape: a, scale: b), try Beta(alpha: a, beta: b),
        try PERT(minimum: -b, mode: -b + (a + b) * p, maximum: a),
        try Poisson(mean: a), try NegativeBinomial(size: b, mean: a),
        try NegativeBinomial(size: b, probability: p), try Binomial(trials: Int(3 * a), probability: p),
      ]
    }
    return all
  }

  @Test("quantiles invert the distribution function, rise with it, and stay in the support")
  func quantiles() throws {
    for d in try Self.families(12) {
      var previous = d.support.lowerBound
      for p in [1e-9, 0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999] {
        let x = try d.quantile(p)
        #expect(d.support.contains(x), "\(d) at \(p)")
        #expect(x >= previous, "\(d) at \(p)")
        previous = x
        if d is any DiscreteDistribution {
          #expect(try d.cumulative(x) >= p && (try d.cumulative(x - 1)) < p, "\(d) at \(p)")
          let y = try d.complementQuantile(p)
          #expect(try d.complement(y) <= p && (try d.complement(y - 1)) > p, "\(d) at \(p)")
        } else {
          // Close to the end 1 of a beta, the number nearest to the quantile can be far from it in probability.
          guard x < d.support.upperBound - 1e-4 else { continue }
          #expect(relativeError(try d.cumulative(x), p) < 1e-6, "\(d) at \(p)")
          let y = try d.complementQuantile(p)
          if y < d.support.upperBound - 1e-4 {
            #expect(relativeError(try d.complement(y), p) < 1e-6, "\(d) at \(p)")
          }
        }
      }
      #expect(try d.quantile(0) == d.support.lowerBound)
      #expect(try d.quantile(1) == d.support.upperBound)
      #expect(try d.complementQuantile(1) == d.support.lowerBound)
      #expect(try d.complementQuantile(0) == d.support.upperBound)
    }
  }

  @Test("the two tails sum to 1, and the distribution function never falls")
  func tails() throws {
    var stream = RandomStream(seed: 8, name: "points")
    for d in try Self.families(12) {
      var points = (0..<20).map { _ in d.draw(from: &stream) }
      points += [-.infinity, -1e300, -1, 0, 1, 1e300, .infinity]
      points.sort()
      var previous = 0.0
      for x in points {
        let p = try d.cumulative(x)
        #expect(abs(p + (try d.complement(x)) - 1) < 1e-14, "\(d) at \(x)")
        #expect(p >= previous * (1 - 1e-14), "\(d) at \(x)")
        previous = p
      }
      #expect(try d.cumulative(-.infinity) == 0)
      #expect(try d.cumulative(.infinity) == 1)
      #expect(try d.complement(-.infinity) == 1)
      #expect(try d.complement(.infinity) == 0)
    }
  }

  @Test("the logarithm of the density is the log density")
  func logarithms() throws {
    var stream = RandomStream(seed: 9, name: "points")
    for d in try Self.families(12) {
      for _ in 0..<20 {
        let x = d.draw(from: &stream)
        let density = try d.mass(x)
        guard density > 1e-290, density < .infinity else { continue }
        #expect(relativeError(exp(try d.logMass(x)), density) < 1e-12, "\(d) at \(x)")
      }
      #expect(try d.mass(.infinity) == 0)
      #expect(try d.logMass(-.infinity) == -.infinity)
    }
  }

  @Test("the density is the slope of the distribution function")
  func slopes() throws {
    for case let d as any ContinuousDistribution in try Self.families(6) {
      for p in [0.2, 0.5, 0.8] {
        let x = try d.quantile(p)
        let density = try d.density(x)
        guard density < 1e3, density > 1e-3 else { continue }
        let h = 1e-5 / density
        let slope = (try d.cumulative(x + h) - d.cumulative(x - h)) / (2 * h)
        #expect(relativeError(slope, density) < 1e-3, "\(d) at \(x)")
      }
    }
  }

  @Test("probabilities of counts sum to 1 and have the stated mean and variance")
  func sums() throws {
    for case let d as any DiscreteDistribution in try Self.families(6) {
      var (total, first, second) = (0.0, 0.0, 0.0)
      let last = try d.complementQuantile(1e-18)
      guard last < 3000 else { continue }
      for k in stride(from: 0.0, through: last, by: 1) {
        let p = try d.probability(of: k)
        total += p
        first += p * k
        second += p * k * k
      }
      #expect(abs(total - 1) < 1e-12, "\(d)")
      #expect(relativeError(first, d.mean) < 1e-9, "\(d)")
      #expect(abs(second - first * first - d.variance) <= 1e-8 * (second + 1e-300), "\(d)")
    }
  }
}
