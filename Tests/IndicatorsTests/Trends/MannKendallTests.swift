import Indicators
import Testing
import TimeSeries

@Suite("Mann-Kendall and Sen's slope") struct MannKendallTests {
  /// The score of figures, pair by pair.
  private func score(_ values: [Double]) -> Int {
    var score = 0
    for later in values.indices {
      for earlier in 0..<later {
        score += values[later] > values[earlier] ? 1 : values[later] < values[earlier] ? -1 : 0
      }
    }
    return score
  }

  /// P(|S| ≥ |s|) over every order of the figures.
  private func enumerated(_ values: [Double]) -> Double {
    let observed = abs(score(values))
    var (all, tail) = (0, 0)
    func visit(_ left: [Double], _ placed: [Double]) {
      if left.isEmpty {
        all += 1
        tail += abs(score(placed)) >= observed ? 1 : 0
        return
      }
      for position in left.indices {
        var rest = left
        rest.remove(at: position)
        visit(rest, placed + [left[position]])
      }
    }
    visit(values, [])
    return Double(tail) / Double(all)
  }

  @Test(
    "The exact probability is that of all orders, ties and all",
    arguments: [
      [1.0, 2, 3, 4], [2, 1, 4, 3, 5], [5, 3, 4, 1, 2, 0], [1, 1, 2, 2, 3], [3, 3, 3, 1, 2, 2],
      [1, 5, 2, 2, 5, 5, 1],
      [0, 0, 0, 0, 1],
    ])
  func exact(values: [Double]) throws {
    let test = try MannKendall(values, series: "s")
    #expect(test.score == score(values))
    #expect(test.isExact)
    #expect(agree(test.pValue, enumerated(values), within: 1e-12))
  }

  @Test("The variance with ties is that of all orders") func variance() throws {
    let values = [3.0, 3, 3, 1, 2, 2]
    var (sum, all) = (0.0, 0.0)
    func visit(_ left: [Double], _ placed: [Double]) {
      if left.isEmpty {
        let s = Double(score(placed))
        sum += s * s
        all += 1
        return
      }
      for position in left.indices {
        var rest = left
        rest.remove(at: position)
        visit(rest, placed + [left[position]])
      }
    }
    visit(values, [])
    #expect(agree(try MannKendall(values, series: "s").variance, sum / all, within: 1e-12))
  }

  @Test("Beyond thirty figures the normal probability joins the exact one") func normal() throws {
    // A saw that rises: at 30 figures exact, at 31 normal, and hardly apart.
    func saw(_ count: Int) -> [Double] { (0..<count).map { Double($0 % 7) + Double($0) * 0.09 } }
    let (short, long) = (try MannKendall(saw(30), series: "s"), try MannKendall(saw(31), series: "s"))
    #expect(short.isExact && !long.isExact)
    #expect(short.method != long.method)
    #expect(short.pValue > 0.001 && short.pValue < 0.3)
    #expect((short.pValue - long.pValue).magnitude < 0.06)
    #expect(agree(long.variance, 31.0 * 30 * 67 / 18, within: 1e-12))
    let z = Double(long.score - 1) / long.variance.squareRoot()
    #expect(long.score > 0 && z > 0)
    // A score of 0 in the normal test has probability 1, not more.
    let level = try MannKendall((0..<40).map { Double($0 % 2) }, series: "s")
    #expect(level.pValue <= 1)
  }

  @Test("Every pair rising is tau 1, every pair falling −1, and ties are not counted") func tau() throws {
    #expect(try MannKendall([1, 2, 3, 4, 5], series: "s").tau == 1)
    #expect(try MannKendall([5, 4, 3, 2, 1], series: "s").tau == -1)
    #expect(try MannKendall([1, 1, 3, 4], series: "s").tau == 1)
    #expect(try MannKendall([1, 2, 3, 4, 5], series: "s").direction() == .increasing)
    #expect(try MannKendall([5, 4, 3, 2, 1], series: "s").direction() == .decreasing)
    #expect(try MannKendall([1, 3, 2, 4], series: "s").direction() == .none)
  }

  @Test("Sen's slope is the median over pairs, with limits by their ranks") func sen() throws {
    // Pairs of 1, 3, 2, 6: slopes 2, 0.5, 5/3, −1, 1.5, 4; the median of −1, 0.5, 1.5, 1.67, 2, 4.
    let test = try MannKendall([1, 3, 2, 6], series: "s")
    #expect(agree(test.slope.value, (1.5 + 5.0 / 3) / 2, within: 1e-14))
    let line = try MannKendall([2, 5, 8, 11, 14, 17, 20, 23, 26, 29], series: "s")
    #expect(line.slope.value == 3)
    #expect(line.slope.intercept == 2)
    #expect(line.slope.limits(.p95)?.lower == 3)
    // Ten figures: 45 slopes, √125 × 1.96 = 21.9; ranks 11 and 35.
    let bent = [2.0, 5, 7, 11, 12, 17, 16, 23, 22, 29]
    var slopes: [Double] = []
    for later in bent.indices {
      for earlier in 0..<later { slopes.append((bent[later] - bent[earlier]) / Double(later - earlier)) }
    }
    slopes.sort()
    let limits = try #require(try MannKendall(bent, series: "s").slope.limits(.p95))
    #expect(limits.lower == slopes[10])
    #expect(limits.upper == slopes[34])
    // A few figures bear no limits.
    #expect(try MannKendall([1, 2, 4, 8], series: "s").slope.limits.isEmpty)
  }

  @Test("Gaps stretch the slope and leave the order") func gaps() throws {
    let near = try MannKendall([1, 2, 3, 4], series: "s")
    let far = try MannKendall([1, 2, 3, 4], at: [0, 2, 4, 6], series: "s")
    #expect(far.pValue == near.pValue)
    #expect(far.slope.value == near.slope.value / 2)
    let series = try Series(
      id: "s", measure: Measure(id: "s", unit: .count),
      points: [(2_010, 1.0), (2_012, 2), (2_014, 3), (2_016, 4)].map { DataPoint(.calendarYear($0.0), $0.1) })
    let stretch = try TrendStretch(of: series, for: "a test", least: 4)
    #expect(try MannKendall(of: stretch) == (try MannKendall([1, 2, 3, 4], at: [0, 2, 4, 6], series: "s")))
  }

  @Test("What cannot be tested is refused") func refusals() throws {
    #expect(throws: IndicatorsError.self) { try MannKendall([1, 2, 3], series: "s") }
    #expect(throws: IndicatorsError.self) { try MannKendall([1, 1, 1, 1], series: "s") }
    #expect(throws: IndicatorsError.self) { try MannKendall([1, 2, .nan, 1], series: "s") }
    #expect(throws: IndicatorsError.self) { try MannKendall([1, 2, 3, 1], at: [0, 1, 1, 2], series: "s") }
    #expect(throws: IndicatorsError.self) { try MannKendall([1, 2, 3, 1], at: [0, 1], series: "s") }
    #expect(throws: IndicatorsError.self) {
      try MannKendall((0..<5_001).map(Double.init), series: "s")
    }
    let pooled = try Series(
      id: "s", measure: Measure(id: "s", unit: .percentage),
      points: (0..<6).map {
        DataPoint(try #require(.pooledYears(2010 + $0, 2012 + $0, .calendar)), Double($0))
      })
    #expect(throws: IndicatorsError.self) { try TrendStretch(of: pooled, for: "a test", least: 4) }
    let monthly = try Series(
      id: "s", measure: Measure(id: "s", unit: .count),
      points: (1...6).map { month in
        DataPoint(
          period: try #require(.month(year: 2024, month: month)),
          observation: month == 3 ? .suppressed(nil) : .value(Double(month)))
      })
    let stretch = try TrendStretch(of: monthly, for: "a test", least: 4)
    #expect(stretch.timeUnit == "month")
    #expect(stretch.remarks.count == 2)
    #expect(throws: IndicatorsError.self) { try TrendStretch(of: monthly, for: "a test", least: 6) }
  }
}
