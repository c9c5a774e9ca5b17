import Indicators
import Testing
import TimeSeries

@Suite("Funnel limits") struct FunnelTests {
  private func pair(_ count: Double, _ denominator: Double) throws -> CountPair {
    try CountPair(count, of: denominator, series: "s", period: "2024")
  }

  @Test("A place is outside a funnel of shares exactly where its Wilson limits do not hold the benchmark")
  func shares() throws {
    let funnel = try Funnel(benchmark: 30, in: .percentage, series: "s")
    for denominator in [12.0, 40, 250] {
      for level in Confidence.published {
        let limits = try funnel.limits(denominator: denominator, at: level)
        for count in stride(from: 0.0, through: denominator, by: 1) {
          let share = try pair(count, denominator).proportion(in: .percentage, confidence: [level])
          let own = try #require(share.limits(level))
          #expect((share.value < limits.lower) == (own.upper < 30))
          #expect((share.value > limits.upper) == (own.lower > 30))
        }
      }
    }
  }

  @Test(
    "A place is outside a funnel of rates exactly where its exact Poisson limits do not hold the benchmark")
  func rates() throws {
    let funnel = try Funnel(benchmark: 50, in: .rate(per: 10_000), series: "s")
    for denominator in [200.0, 2_000, 30_000] {
      for level in Confidence.published {
        let limits = try funnel.limits(denominator: denominator, at: level)
        for count in stride(from: 0.0, through: 300, by: 1) {
          let rate = count / denominator * 10_000
          let own = try PoissonLimits.exact.limits(of: count, at: level)
          #expect((rate < limits.lower) == (own.upper / denominator * 10_000 < 50))
          #expect((rate > limits.upper) == (own.lower / denominator * 10_000 > 50))
        }
      }
    }
  }

  @Test("Funnels narrow with size and hold their benchmark") func narrowing() throws {
    for unit in [TimeSeries.Unit.percentage, .rate(per: 100)] {
      let funnel = try Funnel(benchmark: 20, in: unit, series: "s")
      var width = Double.infinity
      for denominator in [10.0, 100, 1_000, 10_000] {
        let limits = try funnel.limits(denominator: denominator, at: .p95)
        #expect(limits.lower < 20 && limits.upper > 20)
        #expect(limits.upper - limits.lower < width)
        width = limits.upper - limits.lower
      }
    }
    let small = try Funnel(benchmark: 1, in: .rate(per: 1_000), series: "s")
    #expect(try small.limits(denominator: 100, at: .p95).lower == 0)
    let high = try Funnel(benchmark: 99, in: .percentage, series: "s")
    #expect(try high.limits(denominator: 5, at: .p95).upper == 100)
  }

  @Test("Positions are told by both limits, for shares, rates and ratios") func positions() throws {
    let pairs = try [pair(30, 100), pair(28, 100), pair(32, 100)]
    let funnel = try Funnel(of: pairs, in: .percentage, series: "s")
    #expect(agree(funnel.benchmark, 30, within: 1e-14))
    #expect(try funnel.position(of: pair(30, 100)) == .within)
    #expect(try funnel.position(of: pair(40, 100)) == .above95)
    #expect(try funnel.position(of: pair(50, 100)) == .above998)
    #expect(try funnel.position(of: pair(20, 100)) == .below95)
    #expect(try funnel.position(of: pair(10, 100)) == .below998)
    #expect(Set(Funnel.Position.allCases.map(\.label)).count == 5)
    let ratio = try Funnel(benchmark: 1, in: .other("ratio"), series: "s")
    #expect(try ratio.position(of: pair(30, 10)) == .above998)
    #expect(try ratio.position(of: pair(12, 10)) == .within)
  }

  @Test("Funnels about nothing, of nothing, or for other units are refused") func refusals() throws {
    #expect(throws: IndicatorsError.self) { try Funnel(of: [], in: .percentage, series: "s") }
    #expect(throws: IndicatorsError.self) { try Funnel(benchmark: 0, in: .percentage, series: "s") }
    #expect(throws: IndicatorsError.self) { try Funnel(benchmark: 100, in: .percentage, series: "s") }
    #expect(throws: IndicatorsError.self) { try Funnel(benchmark: 5, in: .pounds, series: "s") }
    let funnel = try Funnel(benchmark: 5, in: .rate(per: 1), series: "s")
    #expect(throws: IndicatorsError.self) { try funnel.limits(denominator: 0, at: .p95) }
    #expect(throws: IndicatorsError.self) { try funnel.limits(denominator: 1e12, at: .p95) }
  }
}
