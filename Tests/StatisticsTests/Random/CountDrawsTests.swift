import Statistics
import Testing

@Suite("Draws of counts follow their distributions")
struct CountDrawsTests {
  static let count = 20_000

  static let families: [any DiscreteDistribution] = {
    let make: [() throws -> any DiscreteDistribution] = [
      { try Poisson(mean: 0.3) }, { try Poisson(mean: 3) }, { try Poisson(mean: 9.99) },
      { try Poisson(mean: 10) }, { try Poisson(mean: 57.5) }, { try Poisson(mean: 4_000) },
      { try Poisson(mean: 1e7) },
      { try Binomial(trials: 1, probability: 0.3) }, { try Binomial(trials: 12, probability: 0.6) },
      { try Binomial(trials: 1_000_000, probability: 3e-6) }, { try Binomial(trials: 25, probability: 0.45) },
      { try Binomial(trials: 400, probability: 0.97) }, { try Binomial(trials: 100, probability: 0.11) },
      { try Binomial(trials: 90_000, probability: 0.72) },
      { try NegativeBinomial(size: 0.7, mean: 4) }, { try NegativeBinomial(size: 20, mean: 150) },
    ]
    return make.compactMap { try? $0() }
  }()

  @Test("by Pearson's chi-squared, and in mean and variance", arguments: families.indices)
  func goodnessOfFit(_ index: Int) throws {
    let d = Self.families[index]
    let sample = draws(d, Self.count)
    #expect(try chiSquaredSignificance(sample, d) > 0.001, "\(d)")
    #expect(try meanDiscrepancy(sample, d) < 3.5, "\(d)")
    let ratio = try varianceRatio(sample, d)
    #expect(ratio > 0.9 && ratio < 1.1, "\(d)")
  }

  @Test("all the families are there, and the test can tell a mean of 57.5 from one of 58")
  func power() throws {
    #expect(Self.families.count == 16)
    let poisson = draws(try Poisson(mean: 57.5), Self.count)
    #expect(try chiSquaredSignificance(poisson, try Poisson(mean: 58)) < 0.001)
    let binomial = draws(try Binomial(trials: 100, probability: 0.11), Self.count)
    #expect(try chiSquaredSignificance(binomial, try Binomial(trials: 100, probability: 0.115)) < 0.001)
  }

  @Test("a Poisson mean of 10¹⁵ gives whole counts with a standard deviation of 3.2 × 10⁷")
  func enormous() throws {
    let spread = 1e15.squareRoot()
    var stream = RandomStream(seed: 20_260_401, name: "enormous")
    let poisson = (0..<Self.count).map { _ in stream.poisson(mean: 1e15) }
    #expect(poisson.allSatisfy { $0 == $0.rounded() })
    #expect(try kolmogorovSmirnov(poisson.map { ($0 - 1e15) / spread }, try Normal()) < 1.95)
    let binomial = (0..<Self.count).map { _ in stream.binomial(trials: 4e15, probability: 0.5) }
    #expect(try kolmogorovSmirnov(binomial.map { ($0 - 2e15) / spread }, try Normal()) < 1.95)
    let gamma = (0..<Self.count).map { _ in stream.gamma(shape: 1e15) }
    #expect(try kolmogorovSmirnov(gamma.map { ($0 - 1e15) / spread }, try Normal()) < 1.95)
  }

  @Test("a small mean is drawn by inversion: more uniform, never fewer cases")
  func monotone() throws {
    let origin = RandomStream(seed: 6, name: "cases")
    for mean in [0.1, 2, 9] {
      let pairs = (UInt64(0)..<200).map { i in
        var (a, b) = (origin.path(i), origin.path(i))
        return (u: a.uniform(), count: b.poisson(mean: mean))
      }
      let sorted = pairs.sorted { $0.u < $1.u }
      for (a, b) in zip(sorted, sorted.dropFirst()) { #expect(a.count <= b.count) }
      let d = try Poisson(mean: mean)
      for pair in pairs { #expect(try d.quantile(pair.u) == pair.count) }
    }
  }

  @Test("parameters outside their domain give NaN and take nothing from the stream")
  func invalid() {
    var stream = RandomStream(seed: 4, name: "invalid")
    let first = RandomStreamTests.words(stream, 1)
    for bad in [-1, .nan, .infinity, -.infinity] as [Double] {
      #expect(stream.poisson(mean: bad).isNaN)
      #expect(stream.binomial(trials: bad, probability: 0.5).isNaN)
      #expect(stream.binomial(trials: 5, probability: bad).isNaN)
      #expect(stream.negativeBinomial(size: bad, mean: 1).isNaN)
      #expect(stream.negativeBinomial(size: 1, mean: bad).isNaN)
    }
    #expect(stream.binomial(trials: 2.5, probability: 0.5).isNaN)
    #expect(stream.binomial(trials: 5, probability: 1.0.nextUp).isNaN)
    #expect(stream.negativeBinomial(size: 0, mean: 1).isNaN)
    #expect(stream.negativeBinomial(size: 1, mean: 0) == 0)
    #expect(stream.binomial(trials: 9, probability: 0) == 0)
    #expect(stream.binomial(trials: 9, probability: 1) == 9)
    #expect(stream.binomial(trials: 0, probability: 0.4) == 0)
    #expect(RandomStreamTests.words(stream, 1) == first)
  }

  @Test("extreme but valid parameters come to an end inside the support")
  func extreme() {
    var stream = RandomStream(seed: 4, name: "extreme")
    for _ in 0..<200 {
      #expect(stream.poisson(mean: 1e-300) == 0)
      #expect(abs(stream.poisson(mean: 1e18) / 1e18 - 1) < 1e-8)
      #expect(stream.poisson(mean: 1e300) == 1e300)
      #expect((0...1e300).contains(stream.binomial(trials: 1e300, probability: 0.5)))
      #expect((0...1e15).contains(stream.binomial(trials: 1e15, probability: 1e-14)))
      #expect((0...1e15).contains(stream.binomial(trials: 1e15, probability: 1 - 1e-14)))
      #expect(stream.negativeBinomial(size: 1e-8, mean: 1e15) >= 0)
      #expect(stream.negativeBinomial(size: 1e300, mean: 5) < 100)
    }
  }
}
