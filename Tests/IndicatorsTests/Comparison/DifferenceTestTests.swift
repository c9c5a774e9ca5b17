import Indicators
import Testing
import TimeSeries

@Suite("Whether two figures differ beyond chance") struct DifferenceTestTests {
  private func pair(_ count: Double, _ denominator: Double, _ period: String = "2024") throws -> CountPair {
    try CountPair(count, of: denominator, series: "s", period: period)
  }

  @Test("Newcombe's own example: 56/70 less 48/80 is 0.2, from 0.0524 to 0.3339") func newcombe() throws {
    let test = try DifferenceTest(shares: pair(48, 80), pair(56, 70), in: .proportion, confidence: [.p95])
    #expect(agree(test.effect.value, 0.2, within: 1e-12))
    let limits = try #require(test.effect.limits(.p95))
    #expect((limits.lower * 10_000).rounded() == 524)
    #expect((limits.upper * 10_000).rounded() == 3_339)
    #expect(test.isBeyondChance() == true)
    #expect(test.isBeyondChance(at: .p998) == nil)
    // Pooled share 104/150: z = 0.2 / √(0.6933 × 0.3067 × (1/70 + 1/80)).
    let z = 0.2 / (104.0 / 150 * 46 / 150 * (1.0 / 70 + 1.0 / 80)).squareRoot()
    #expect(agree(test.pValue, twoSided(z), within: 1e-6))
  }

  /// Twice the upper tail of the standard normal by Simpson's rule.
  private func twoSided(_ z: Double) -> Double {
    let steps = 4_000
    let width = 12.0 / Double(steps)
    var sum = 0.0
    for step in 0...steps {
      let x = z + Double(step) * width
      let weight = step == 0 || step == steps ? 1.0 : step % 2 == 1 ? 4 : 2
      var (term, series) = (1.0, 1.0)
      let argument = -x * x / 2 / 1_024
      for k in 1..<25 {
        term *= argument / Double(k)
        series += term
      }
      for _ in 0..<10 { series *= series }
      sum += weight * series
    }
    return 2 * sum * width / 3 / (2 * Double.pi).squareRoot()
  }

  @Test("Turned about, the difference turns; the same shares do not differ") func symmetry() throws {
    let one = try DifferenceTest(shares: pair(20, 90), pair(40, 110))
    let two = try DifferenceTest(shares: pair(40, 110), pair(20, 90))
    #expect(agree(one.effect.value, -two.effect.value, within: 1e-12))
    for level in Confidence.published {
      let (a, b) = (try #require(one.effect.limits(level)), try #require(two.effect.limits(level)))
      #expect(agree(a.lower, -b.upper, within: 1e-12))
    }
    #expect(one.pValue == two.pValue)
    let same = try DifferenceTest(shares: pair(20, 100), pair(20, 100))
    #expect(same.pValue == 1)
    #expect(same.isBeyondChance() == false)
    #expect(try DifferenceTest(shares: pair(0, 50), pair(0, 70)).pValue == 1)
    #expect(throws: IndicatorsError.self) { try DifferenceTest(shares: pair(60, 50), pair(0, 70)) }
  }

  @Test("The exact test of two rates is the binomial one: 5 against 15 of the same people has p = 0.0414")
  func exactRates() throws {
    let test = try DifferenceTest(rates: pair(5, 1_000), pair(15, 1_000))
    // Σ C(20, k), k ≥ 15, is 21,700 of 2²⁰; twice that is 0.04139.
    #expect(agree(test.pValue, 2 * 21_700 / 1_048_576, within: 1e-12))
    #expect(agree(test.effect.value, 3, within: 1e-12))
    #expect(test.isBeyondChance(at: .p95) == true)
    #expect(test.isBeyondChance(at: .p998) == false)
    let limits = try #require(test.effect.limits(.p95))
    // The share of the second count has Clopper-Pearson limits of which the odds are the ratio's.
    let share = try BinomialLimits.clopperPearson.limits(of: 15, among: 20, at: .p95)
    #expect(agree(limits.lower, share.lower / (1 - share.lower), within: 1e-12))
    let twice = try DifferenceTest(rates: pair(5, 1_000), pair(15, 2_000))
    #expect(agree(twice.effect.value, 1.5, within: 1e-12))
    #expect(twice.pValue > test.pValue)
  }

  @Test("The log ratio is near the exact one for great counts") func logRatio() throws {
    let exact = try DifferenceTest(rates: pair(900, 10_000), pair(1_000, 10_000))
    let log = try DifferenceTest(rates: pair(900, 10_000), pair(1_000, 10_000), by: .logRatio)
    #expect(agree(exact.pValue, log.pValue, within: 0.1))
    let (a, b) = (try #require(exact.effect.limits(.p95)), try #require(log.effect.limits(.p95)))
    #expect(agree(a.lower, b.lower, within: 0.01))
    #expect(agree(a.upper, b.upper, within: 0.01))
    #expect(log.test != exact.test)
  }

  @Test("No events: none later is a ratio of 0, none before is no ratio") func noEvents() throws {
    let none = try DifferenceTest(rates: pair(8, 100), pair(0, 100))
    #expect(none.effect.value == 0)
    #expect(try #require(none.effect.limits(.p95)).lower == 0)
    #expect(agree(none.pValue, 2.0 / 256, within: 1e-12))
    #expect(throws: IndicatorsError.self) { try DifferenceTest(rates: pair(0, 100), pair(8, 100)) }
    #expect(throws: IndicatorsError.self) {
      try DifferenceTest(rates: pair(8, 100), pair(0, 100), by: .logRatio)
    }
    #expect(throws: IndicatorsError.self) {
      try DifferenceTest(rates: pair(0, 100), pair(8, 100), by: .logRatio)
    }
  }
}
