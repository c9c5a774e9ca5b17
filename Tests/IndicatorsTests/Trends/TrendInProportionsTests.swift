import Indicators
import Testing
import TimeSeries

@Suite("Trends in proportions (Cochran and Armitage)") struct TrendInProportionsTests {
  private struct Reference: Decodable {
    struct Example: Decodable {
      let x, n: [Double]
      let trend, p, z, scored, scoredP, scoredZ, heterogeneity, heterogeneityP: Double

      enum CodingKeys: String, CodingKey {
        case x, n
        case trend = "chi2_trend_mpmath"
        case p = "p_trend_mpmath"
        case z = "z_trend"
        case scored = "chi2_trend_scores_01248_mpmath"
        case scoredP = "p_trend_scores_01248_mpmath"
        case scoredZ = "z_trend_scores_01248"
        case heterogeneity = "chi2_heterogeneity"
        case heterogeneityP = "p_heterogeneity"
      }
    }
    let examples: [Example]
  }

  private func pairs(_ counts: [Double], _ denominators: [Double]) throws -> [CountPair] {
    try zip(counts, denominators).map { try CountPair($0, of: $1, series: "s", period: "2024") }
  }

  @Test("Trend, scores and heterogeneity agree with the references") func reference() throws {
    let examples = try PublicHealthFixture.document("trend_in_proportions", as: Reference.self).examples
    #expect(examples.count >= 3)
    for example in examples {
      let test = try TrendInProportions(pairs(example.x, example.n), series: "s")
      #expect(agree(test.statistic, example.trend, within: 1e-10))
      #expect(agree(test.z, example.z, within: 1e-10))
      #expect(agree(test.pValue, example.p, within: 1e-10))
      #expect(agree(test.heterogeneity, example.heterogeneity, within: 1e-10))
      #expect(agree(test.heterogeneityPValue, example.heterogeneityP, within: 1e-10))
      let scored = try TrendInProportions(
        pairs(example.x, example.n), scores: [0, 1, 2, 4, 8], series: "s")
      #expect(agree(scored.statistic, example.scored, within: 1e-10))
      #expect(agree(scored.z, example.scoredZ, within: 1e-10))
      #expect(agree(scored.pValue, example.scoredP, within: 1e-10))
    }
  }

  @Test("The trend is a part of the heterogeneity, and its direction that of the shares") func parts() throws
  {
    let rising = try TrendInProportions(pairs([10, 20, 30], [100, 100, 100]), series: "s")
    #expect(rising.statistic <= rising.heterogeneity * (1 + 1e-12))
    #expect(rising.direction() == .increasing)
    #expect(try #require(rising.departurePValue) > 0.99)
    let falling = try TrendInProportions(pairs([30, 20, 10], [100, 100, 100]), series: "s")
    #expect(falling.direction() == .decreasing)
    #expect(falling.direction(at: .p998) == .decreasing)
    let flat = try TrendInProportions(pairs([20, 21], [100, 100]), series: "s")
    #expect(flat.direction() == .none)
    #expect(flat.departurePValue == nil)
    // Scores on another scale change nothing.
    let scaled = try TrendInProportions(
      pairs([10, 20, 30], [100, 100, 100]), scores: [2_010, 2_020, 2_030], series: "s")
    #expect(agree(scaled.z, rising.z, within: 1e-12))
  }

  @Test("What has no trend to test is refused") func refusals() throws {
    #expect(throws: IndicatorsError.self) { try TrendInProportions(pairs([1], [2]), series: "s") }
    #expect(throws: IndicatorsError.self) { try TrendInProportions(pairs([0, 0], [2, 2]), series: "s") }
    #expect(throws: IndicatorsError.self) { try TrendInProportions(pairs([3, 0], [2, 2]), series: "s") }
    #expect(throws: IndicatorsError.self) {
      try TrendInProportions(pairs([1, 0], [2, 2]), scores: [1], series: "s")
    }
    #expect(throws: IndicatorsError.self) {
      try TrendInProportions(pairs([1, 0], [2, 2]), scores: [1, 1], series: "s")
    }
  }

  @Test("A series is tested along its years, since its last break") func ofSeries() throws {
    let series = try Series(
      id: "s", measure: Measure(id: "s", unit: .percentage),
      points: [50.0, 10, 20, 30].enumerated().map { position, count in
        DataPoint(
          period: .calendarYear(2020 + position), observation: .value(count), numerator: count,
          denominator: 100,
          flags: position == 1 ? .definitionBreak : [])
      })
    let stretch = try TrendStretch(of: series, for: "a test", least: 2)
    #expect(stretch.remarks == ["only the figures from 2021 on, since the series breaks before it"])
    let test = try TrendInProportions(of: stretch)
    #expect(
      agree(
        test.z, try TrendInProportions(pairs([10, 20, 30], [100, 100, 100]), series: "s").z, within: 1e-12))
    let bare = try Series(
      id: "s", measure: Measure(id: "s", unit: .percentage),
      points: (0..<3).map { DataPoint(.calendarYear(2020 + $0), 5) })
    #expect(throws: IndicatorsError.self) {
      try TrendInProportions(of: TrendStretch(of: bare, for: "a test", least: 2))
    }
  }
}
