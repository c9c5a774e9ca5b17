import Statistics
import Testing

@Suite("Continuous draws follow their distributions")
struct ContinuousDrawsTests {
  static let count = 20_000

  static let families: [any ContinuousDistribution] = {
    let make: [() throws -> any ContinuousDistribution] = [
      { try Normal(mean: 3, standardDeviation: 2) },
      { try Gamma(shape: 0.2, scale: 3) }, { try Gamma(shape: 0.9) }, { try Gamma(shape: 1) },
      { try Gamma(shape: 2.5, scale: 0.1) }, { try Gamma(shape: 300) }, { try Gamma(shape: 1e6) },
      { try Gamma.chiSquared(degreesOfFreedom: 3) },
      { try StudentT(degreesOfFreedom: 1.5) }, { try StudentT(degreesOfFreedom: 5, location: -2, scale: 3) },
      { try StudentT(degreesOfFreedom: 40) }, { try StudentT(degreesOfFreedom: 0.7) },
      { try Beta(alpha: 2, beta: 3) }, { try Beta(alpha: 0.3, beta: 0.4) }, { try Beta(alpha: 0.5, beta: 7) },
      { try Beta(alpha: 300, beta: 20) },
      { try PERT(minimum: 1, mode: 2, maximum: 9) }, { try PERT(minimum: -4, mode: -4, maximum: 0) },
    ]
    return make.compactMap { try? $0() }
  }()

  @Test("by Kolmogorov and Smirnov, and in mean and variance", arguments: families.indices)
  func goodnessOfFit(_ index: Int) throws {
    let d = Self.families[index]
    let sample = draws(d, Self.count)
    #expect(try kolmogorovSmirnov(sample, d) < 1.95, "\(d)")
    if d.variance.isFinite {
      #expect(try meanDiscrepancy(sample, d) < 3.5, "\(d)")
      let ratio = try varianceRatio(sample, d)
      #expect(ratio > 0.88 && ratio < 1.12, "\(d)")
    }
  }

  @Test("all the families are there, and the test can tell a gamma of shape 2.5 from one of 2.6")
  func power() throws {
    #expect(Self.families.count == 18)
    let sample = draws(try Gamma(shape: 2.5), Self.count)
    #expect(try kolmogorovSmirnov(sample, try Gamma(shape: 2.6)) > 1.95)
    let t = draws(try StudentT(degreesOfFreedom: 3), Self.count)
    #expect(try kolmogorovSmirnov(t, try StudentT(degreesOfFreedom: 8)) > 1.95)
  }

  @Test("uniform draws are multiples of 2⁻⁵³ strictly between 0 and 1")
  func uniform() throws {
    var stream = RandomStream(seed: 4, name: "uniform")
    let flat = try Beta(alpha: 1, beta: 1)
    let sample = (0..<Self.count).map { _ in stream.uniform() }
    let isOnLattice = sample.allSatisfy { $0 > 0 && $0 < 1 && ($0 * 0x1p53).rounded() == $0 * 0x1p53 }
    #expect(isOnLattice)
    // The last of the 53 bits is in use.
    #expect(sample.contains { ($0 * 0x1p52).rounded() != $0 * 0x1p52 })
    #expect(try kolmogorovSmirnov(sample, flat) < 1.95)
  }

  @Test("exponential draws are gamma draws of shape 1")
  func exponential() throws {
    var stream = RandomStream(seed: 4, name: "exponential")
    let sample = (0..<Self.count).map { _ in stream.exponential() }
    #expect(try kolmogorovSmirnov(sample, try Gamma(shape: 1)) < 1.95)
  }

  @Test("a normal draw takes one uniform and rises with it")
  func inversion() {
    var (a, b) = (RandomStream(seed: 4, name: "normal"), RandomStream(seed: 4, name: "normal"))
    for _ in 0..<100 { #expect(a.normal() == StandardNormal.quantile(b.uniform())) }
  }

  @Test("Dirichlet proportions sum to 1 and each has its beta distribution")
  func dirichlet() throws {
    let concentrations = [0.4, 2, 3.6]
    var stream = RandomStream(seed: 4, name: "dirichlet")
    var parts: [[Double]] = [[], [], []]
    for _ in 0..<10_000 {
      var proportions = [0.0, 0, 0]
      concentrations.withUnsafeBufferPointer { c in
        proportions.withUnsafeMutableBufferPointer { stream.dirichlet(c, into: $0) }
      }
      #expect(abs(proportions.reduce(0, +) - 1) < 1e-15)
      for i in 0..<3 { parts[i].append(proportions[i]) }
    }
    for i in 0..<3 {
      let d = try Beta(alpha: concentrations[i], beta: 6 - concentrations[i])
      #expect(try kolmogorovSmirnov(parts[i], d) < 1.95)
    }
  }

  @Test("parameters outside their domain give NaN and take nothing from the stream")
  func invalid() {
    var stream = RandomStream(seed: 4, name: "invalid")
    let first = RandomStreamTests.words(stream, 1)
    for bad in [0, -1, .nan, .infinity, -.infinity] as [Double] {
      #expect(stream.gamma(shape: bad).isNaN)
      #expect(stream.gamma(shape: 1, scale: bad).isNaN)
      #expect(stream.chiSquared(degreesOfFreedom: bad).isNaN)
      #expect(stream.studentT(degreesOfFreedom: bad).isNaN)
      #expect(stream.beta(alpha: bad, beta: 1).isNaN)
      #expect(stream.beta(alpha: 1, beta: bad).isNaN)
      #expect(stream.pert(minimum: 1, mode: bad, maximum: 0.5).isNaN)
      var proportions = [0.0, 0]
      [1, bad].withUnsafeBufferPointer { c in
        proportions.withUnsafeMutableBufferPointer { stream.dirichlet(c, into: $0) }
      }
      #expect(proportions[0].isNaN && proportions[1].isNaN)
    }
    #expect(stream.pert(minimum: .nan, mode: 1, maximum: 2).isNaN)
    #expect(stream.pert(minimum: -1e308, mode: 1, maximum: 1e308).isNaN)
    #expect(stream.pert(minimum: 5, mode: 5, maximum: 5) == 5)
    var short = [0.0]
    [1.0, 2].withUnsafeBufferPointer { c in
      short.withUnsafeMutableBufferPointer { stream.dirichlet(c, into: $0) }
    }
    #expect(short[0].isNaN)
    #expect(RandomStreamTests.words(stream, 1) == first)
  }

  @Test("extreme but valid parameters come to an end inside the support")
  func extreme() {
    var stream = RandomStream(seed: 4, name: "extreme")
    for _ in 0..<200 {
      #expect(stream.gamma(shape: 1e-8) >= 0)
      #expect(stream.gamma(shape: 1e300) > 0)
      #expect(abs(stream.gamma(shape: 1e15) / 1e15 - 1) < 1e-6)
      #expect((0...1).contains(stream.beta(alpha: 1e-8, beta: 1e-8)))
      #expect((0...1).contains(stream.beta(alpha: 1e15, beta: 1e-3)))
      #expect((0...1).contains(stream.beta(alpha: 1e300, beta: 1e300)))
      #expect(!stream.studentT(degreesOfFreedom: 1e-8).isNaN)
      #expect(abs(stream.studentT(degreesOfFreedom: 1e300)) < 10)
      var proportions = [0.0, 0, 0]
      [1e-8, 1e-8, 1e-8].withUnsafeBufferPointer { c in
        proportions.withUnsafeMutableBufferPointer { stream.dirichlet(c, into: $0) }
      }
      #expect(abs(proportions.reduce(0, +) - 1) < 1e-15)
    }
  }
}
