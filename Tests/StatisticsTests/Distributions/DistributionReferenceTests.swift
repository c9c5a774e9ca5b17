import Statistics
import Testing

/// Against mpmath at 60 digits (Fixtures/generate.py). The tolerance is 10⁻¹³ relative, widened by the condition
/// number of the function at the point, since the last bit of x alone moves a tail by x f(x)/F(x) units of rounding.
@Suite("Distributions agree with 60-digit references")
struct DistributionReferenceTests {
  static let tolerance = 1e-13

  @Test("density, log density, distribution function and upper tail")
  func values() throws {
    let rows = try fixture("distributions")
    #expect(rows.count > 290)
    for row in rows {
      let numbers = row.dropFirst().compactMap(Double.init)
      try #require(numbers.count == 7)
      let d = try distribution(row[0], numbers[0], numbers[1])
      let x = numbers[2]
      let density = numbers[3]
      // A unit of rounding in x, and in the parameters, which the exponent of the density multiplies.
      let exponent = abs(numbers[4])
      let slack = Self.tolerance * max(1, exponent / 100)
      #expect(relativeError(try d.mass(x), density) < slack, "density \(row)")
      #expect(abs(try d.logMass(x) - numbers[4]) < slack * max(1, exponent), "log density \(row)")
      #expect(relativeError(try d.cumulative(x), numbers[5]) < slack, "cdf \(row)")
      #expect(relativeError(try d.complement(x), numbers[6]) < slack, "complement \(row)")
    }
  }

  @Test("quantiles")
  func quantiles() throws {
    let rows = try fixture("quantiles")
    #expect(rows.count > 245)
    for row in rows {
      let numbers = row.dropFirst().compactMap(Double.init)
      try #require(numbers.count == 4)
      let d = try distribution(row[0], numbers[0], numbers[1])
      let value = try d.quantile(numbers[2])
      if d is any DiscreteDistribution {
        #expect(value == numbers[3], "\(row)")
      } else {
        #expect(relativeError(value, numbers[3]) < Self.tolerance, "\(row)")
      }
    }
  }

  @Test("log probabilities of counts keep their digits at a mean of 10⁹")
  func largeCounts() throws {
    for row in try fixture("large_counts") {
      let numbers = row.compactMap(Double.init)
      try #require(numbers.count == 3)
      let value = try Poisson(mean: numbers[0]).logProbability(of: numbers[1])
      #expect(relativeError(value, numbers[2]) < 3e-14, "\(row)")
    }
  }

  @Test("the fast normal quantile is that of AS 241, to 10⁻¹⁵, out to the smallest number there is")
  func standardNormal() throws {
    for row in try fixture("standard_normal") {
      let numbers = row.compactMap(Double.init)
      try #require(numbers.count == 2)
      #expect(relativeError(StandardNormal.quantile(numbers[0]), numbers[1]) < 1e-15, "\(row)")
    }
  }
}
