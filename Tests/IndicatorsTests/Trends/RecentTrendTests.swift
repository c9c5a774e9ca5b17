import Foundation
import Indicators
import Testing
import TimeSeries

@Suite("The recent-trend marker of OHID") struct RecentTrendTests {
  /// Yearly figures from 2019 with counts among a thousand.
  private func series(
    _ counts: [Double?], among denominator: Double = 1_000, unit: TimeSeries.Unit = .percentage,
    breakAt: Int? = nil, periods: (Int) -> Period = { .financialYear(2019 + $0) }
  ) throws -> Series {
    try Series(
      id: "absence", area: "Sefton", measure: Measure(id: "absence", unit: unit, polarity: .lowerIsBetter),
      points: counts.enumerated().map { position, count in
        DataPoint(
          period: periods(position),
          observation: count.map { .value($0 / denominator * (unit.multiplier ?? 1)) } ?? .suppressed(nil),
          numerator: count, denominator: denominator,
          flags: position == breakAt ? .definitionBreak : [])
      })
  }

  private let values = [30.6, 30.2, 28, 24.6, 24.67]
  private let lower = [28.98, 28.63, 26.44, 23.15, 23.16]
  private let upper = [32.25, 31.9, 29.64, 26.19, 26.25]

  private func line(_ values: [Double], _ lower: [Double], _ upper: [Double]) -> FivePointTrend? {
    FivePointTrend(values: values.span, lower: lower.span, upper: upper.span)
  }

  private func shares(_ counts: [Double], _ denominators: [Double]) -> FivePointTrend? {
    FivePointTrend(counts: counts.span, denominators: denominators.span)
  }

  @Test("The worked example falls by 1.7516 a year with chi-squared 46.77") func workedExample() throws {
    let trend = try #require(line(values, lower, upper))
    #expect((trend.slope * 10_000).rounded() == -17_516)
    #expect((trend.statistic * 100).rounded() == 4_677)
    #expect(trend.leaveOneOutSlopes.count == 5)
    #expect(trend.leaveOneOutSlopes.allSatisfy { $0 < 0 })
    #expect(trend.direction == .decreasing)
    #expect(trend.pValue < 1e-10)
  }

  /// The textbook sums of the calculator, figure by figure.
  private func textbook(_ kept: [Int]) -> (slope: Double, chi2: Double) {
    var (s1, s2, s3, s4, s5) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for position in kept {
      let error = (upper[position] - lower[position]) / 3.92
      let (w, t) = (1 / (error * error), Double(position + 1))
      s1 += w
      s2 += w * values[position] * t
      s3 += w * t
      s4 += w * values[position]
      s5 += w * t * t
    }
    let slope = (s1 * s2 - s3 * s4) / (s1 * s5 - s3 * s3)
    let error = (s1 / (s1 * s5 - s3 * s3)).squareRoot()
    return (slope, (slope / error) * (slope / error))
  }

  @Test("Slope, statistic and every leave-one-out slope are those of the published sums") func sums() throws {
    let trend = try #require(line(values, lower, upper))
    #expect(agree(trend.slope, textbook([0, 1, 2, 3, 4]).slope, within: 1e-12))
    #expect(agree(trend.statistic, textbook([0, 1, 2, 3, 4]).chi2, within: 1e-12))
    for left in 0..<5 {
      let expected = textbook((0..<5).filter { $0 != left }).slope
      #expect(agree(trend.leaveOneOutSlopes[left], expected, within: 1e-11))
    }
  }

  @Test("A slope beyond chance that one year alone makes is no trend") func outlier() throws {
    // Flat, then one great leap: without the last year the slope is the other way.
    let y = [10.0, 9.9, 9.8, 9.7, 20]
    let l = y.map { $0 - 0.5 }
    let u = y.map { $0 + 0.5 }
    let trend = try #require(line(y, l, u))
    #expect(trend.statistic > FivePointTrend.threshold)
    #expect(!trend.isSteady)
    #expect(trend.direction == .none)
  }

  @Test("Four equal figures and a leap are no trend, whichever way, wherever and of whatever size")
  func leap() throws {
    for (level, leap) in [(250.0, 400.0), (100, 200), (400, 250), (200, 100), (300, 700), (70, 10), (1, 900)]
    {
      for position in 0..<5 {
        var counts = Array(repeating: level, count: 5)
        counts[position] = leap
        let recent = try RecentTrend(of: series(counts))
        #expect(recent.direction == .none, "\(counts)")
        #expect(!recent.line.isSteady, "\(counts)")
        #expect(recent.line.leaveOneOutSlopes[position] == 0, "\(counts)")
        let logistic = try RecentTrend(of: series(counts), by: .logisticRegression)
        #expect(logistic.direction == .none && logistic.line.leaveOneOutSlopes[position] == 0, "\(counts)")
      }
      for scale in [1e-6, 1e-3, 7.1, 1e5] {
        let y = [level, level, level, level, leap].map { $0 * scale }
        // Limits of uneven width, so that weights do not cancel.
        let reach = [0.011, 0.5, 0.013, 2, 0.017].map { $0 * scale }
        let plain = try #require(
          line(y, zip(y, reach).map { $0 - $1 }, zip(y, reach).map { $0 + $1 }))
        #expect(plain.direction == .none && plain.leaveOneOutSlopes[4] == 0, "\(y)")
      }
    }
  }

  @Test("Five figures that rise, or fall, by a little each year are a trend still") func steadyRise() throws {
    for step in [0.001, -0.001] {
      let y = (0..<5).map { 1_000 + step * Double($0) }
      let trend = try #require(line(y, y.map { $0 - 1e-5 }, y.map { $0 + 1e-5 }))
      #expect(trend.direction == (step > 0 ? .increasing : .decreasing))
    }
  }

  @Test("Plain numbers that make no line give nothing") func noLine() {
    let same = [1.0, 1, 1, 1, 1]
    #expect(line(same, same, same) == nil)
    #expect(line([1, 2], lower, upper) == nil)
    #expect(line([1, .nan, 1, 1, 1], lower, upper) == nil)
    #expect(line(same, lower, [1, 1, 1, 1, .infinity]) == nil)
    #expect(shares([1, 2, 3], [4, 5, 6]) == nil)
    #expect(shares([1, 2, 3, 4, 9], [5, 5, 5, 5, 5]) == nil)
    // Apart for ever: the likelihood has no greatest value.
    #expect(shares([0, 0, 5, 5, 5], [5, 5, 5, 5, 5]) == nil)
  }

  @Test("A series is tested on its last five years, and the marker speaks by polarity") func marker() throws {
    let trend = try RecentTrend(of: series([10, 500, 100, 120, 145, 170, 200]))
    #expect(trend.first.label == "2021/22")
    #expect(trend.last.label == "2025/26")
    #expect(trend.direction == .increasing)
    #expect(trend.basis == .counts)
    #expect(trend.marker(polarity: .lowerIsBetter) == .increasingGettingWorse)
    #expect(trend.marker(polarity: .higherIsBetter) == .increasingGettingBetter)
    #expect(trend.marker(polarity: .neutral) == .increasing)
    #expect(trend.slope > 2.3 && trend.slope < 2.6)
    let flat = try RecentTrend(of: series([100, 101, 99, 100, 102]))
    #expect(flat.marker(polarity: .neutral) == .noSignificantChange)
  }

  @Test("Turned upside down, the trend turns; told in another unit, the statistic stays") func symmetry()
    throws
  {
    let up = try RecentTrend(of: series([100, 120, 145, 170, 200]))
    let down = try RecentTrend(of: series([200, 170, 145, 120, 100]))
    #expect(down.direction == .decreasing)
    #expect(agree(up.slope, -down.slope, within: 1e-9))
    #expect(agree(up.statistic, down.statistic, within: 1e-9))
    let share = try RecentTrend(of: series([100, 120, 145, 170, 200], unit: .proportion))
    #expect(agree(share.statistic, up.statistic, within: 1e-9))
    #expect(agree(share.slope * 100, up.slope, within: 1e-9))
  }

  @Test("A rate published without counts is tested with the population that implies them") func implied()
    throws
  {
    let rates = try Series(
      id: "looked-after-rate", area: "Sefton",
      measure: Measure(id: "looked-after-rate", unit: .rate(per: 10_000)),
      points: [82.0, 90, 99, 107, 118].enumerated().map {
        DataPoint(.financialYear(2019 + $0), $1)
      })
    #expect(throws: IndicatorsError.self) { try RecentTrend(of: rates) }
    let population = try Series(
      id: "population-0-17", area: "Sefton", measure: Measure(id: "population-0-17", unit: .count),
      points: (2015...2024).map { year in
        DataPoint(
          .censusDate(try #require(CivilDate(year: year, month: 6, day: 30))), 53_000)
      })
    let trend = try RecentTrend(of: rates, population: population)
    #expect(trend.basis == .impliedCounts)
    #expect(trend.direction == .increasing)
    let counted = try Series(
      id: "looked-after-rate", area: "Sefton", measure: rates.measure,
      points: rates.points.map {
        DataPoint(
          period: $0.period, observation: $0.observation,
          numerator: ($0.value ?? 0) / 10_000 * 53_000, denominator: 53_000)
      })
    #expect(try RecentTrend(of: counted).statistic == trend.statistic)
  }

  @Test("Standardised rates bring their own limits") func givenLimits() throws {
    let rates = try Series(
      id: "dsr", measure: Measure(id: "dsr", unit: .rate(per: 100_000)),
      points: values.enumerated().map { DataPoint(.calendarYear(2020 + $0), $1) })
    var limits: [Period: ConfidenceLimits] = [:]
    for position in 0..<5 {
      limits[.calendarYear(2020 + position)] = ConfidenceLimits(
        .p95, lower: lower[position], upper: upper[position])
    }
    let trend = try RecentTrend(of: rates, limits: limits)
    #expect(trend.basis == .givenLimits)
    #expect((trend.statistic * 100).rounded() == 4_677)
    limits[.calendarYear(2022)] = ConfidenceLimits(.p998, lower: 20, upper: 30)
    #expect(throws: IndicatorsError.self) { try RecentTrend(of: rates, limits: limits) }
  }

  /// The sentence of a refusal.
  private func refusal(
    _ series: Series, by method: RecentTrend.Method = .weightedRegression
  ) throws -> String {
    do throws(IndicatorsError) {
      _ = try RecentTrend(of: series, by: method)
    } catch {
      return error.description
    }
    Issue.record("the trend of \(series.id) was calculated")
    return ""
  }

  @Test("What cannot be judged says why") func refusals() throws {
    let rising: [Double?] = [100, 120, 145, 170, 200]
    #expect(try refusal(series([100, 120, nil, 170])).contains("at least 5 figures and there are 3"))
    #expect(try refusal(series([])).contains("there are 0"))
    #expect(
      try refusal(series([90, 100, 120, nil, 170, 200])).contains(
        "2022/23 among its last five is not known (c)"))
    #expect(
      try refusal(series(rising, periods: { .financialYear($0 < 3 ? 2015 + $0 : 2020 + $0) }))
        .contains("no figure between 2017/18 and 2023/24"))
    #expect(try refusal(series([90] + rising, breakAt: 3)).contains("breaks before 2022/23"))
    #expect(
      try RecentTrend(of: series([90] + rising, breakAt: 1)).direction == .increasing,
      "a break before the first of the five does no harm")
    #expect(
      try refusal(
        series(rising, periods: { .pooledYears(2013 + $0, 2015 + $0, .financial) ?? .calendarYear(1) })
      )
      .contains("overlap"))
    #expect(
      try refusal(
        series(
          rising,
          periods: {
            .rollingMonths(12, endingYear: 2019 + $0, month: 3, every: .yearly) ?? .calendarYear(1)
          })
      ).contains("overlap"))
    #expect(
      try refusal(series(rising, periods: { .month(year: 2024, month: 1 + $0) ?? .calendarYear(1) }))
        .contains("not for years"))
    #expect(try refusal(series([900, 920, 940, 960, 1_000])).contains("equals its denominator"))
    #expect(try refusal(series(rising, unit: .count)).contains("its unit is count"))
    #expect(try refusal(series([1_100, 120, 145, 170, 200])).contains("above its denominator"))
    #expect(try refusal(series([1_100, 120, 145, 170, 200]), by: .logisticRegression).contains("above its"))
    #expect(
      try refusal(series(rising, unit: .rate(per: 100)), by: .logisticRegression).contains("for shares"))
    #expect(try refusal(series([0, 0, 0, 0, 7]), by: .logisticRegression).contains("without one year"))
  }

  @Test("Logistic regression finds the line whose scores vanish") func logistic() throws {
    let (counts, denominators) = ([12.0, 18, 22, 31, 40], [250.0, 260, 245, 255, 262])
    let trend = try #require(shares(counts, denominators))
    // The estimate solves the score equations: found again by bisection on the profile, with the information by
    // differences.
    let expected = Self.profile(counts, denominators)
    #expect(agree(trend.slope, expected.slope, within: 1e-8))
    #expect(agree(trend.standardError, expected.error, within: 1e-5))
    #expect(expected.intercept < 0)
    #expect(trend.direction == .increasing)
    for left in 0..<5 {
      let kept = (0..<5).filter { $0 != left }
      let expected = Self.profile(
        kept.map { counts[$0] }, kept.map { denominators[$0] }, ranks: kept.map(Double.init))
      #expect(agree(trend.leaveOneOutSlopes[left], expected.slope, within: 1e-8))
    }
    // Near the score statistic of the same data (Cochran and Armitage, 20.15).
    #expect((trend.statistic - 20.15).magnitude < 1.5)
  }

  /// Maximum likelihood of a logistic line by nested bisection, and the standard error of its slope by the curvature of
  /// the profile likelihood.
  private static func profile(
    _ counts: [Double], _ denominators: [Double], ranks: [Double] = [0, 1, 2, 3, 4]
  ) -> (intercept: Double, slope: Double, error: Double) {
    func intercept(_ slope: Double) -> Double {
      var (low, high) = (-30.0, 30.0)
      for _ in 0..<200 {
        let middle = (low + high) / 2
        var score = 0.0
        for (position, count) in counts.enumerated() {
          score += count - denominators[position] / (1 + exponential(-middle - slope * ranks[position]))
        }
        if score > 0 { low = middle } else { high = middle }
      }
      return (low + high) / 2
    }
    func slopeScore(_ slope: Double) -> Double {
      let a = intercept(slope)
      var score = 0.0
      for (position, count) in counts.enumerated() {
        score +=
          ranks[position]
          * (count - denominators[position] / (1 + exponential(-a - slope * ranks[position])))
      }
      return score
    }
    var (low, high) = (-5.0, 5.0)
    for _ in 0..<200 {
      let middle = (low + high) / 2
      if slopeScore(middle) > 0 { low = middle } else { high = middle }
    }
    let slope = (low + high) / 2
    let information = (slopeScore(slope - 1e-4) - slopeScore(slope + 1e-4)) / 2e-4
    return (intercept(slope), slope, (1 / information).squareRoot())
  }

  /// The exponential by its series, after halving the argument.
  private static func exponential(_ x: Double) -> Double {
    let reduced = x / 1_024
    var (term, sum) = (1.0, 1.0)
    for k in 1..<20 {
      term *= reduced / Double(k)
      sum += term
    }
    for _ in 0..<10 { sum *= sum }
    return sum
  }

  @Test("Logistic regression of a series names itself") func logisticSeries() throws {
    let trend = try RecentTrend(of: series([100, 120, 145, 170, 200]), by: .logisticRegression)
    #expect(trend.method.name.contains("Wald"))
    let odds = try #require(trend.oddsChange)
    #expect(abs((1 + odds / 100) - exp(trend.slope)) < 1e-12 && odds > 0)
    #expect(try RecentTrend(of: series([100, 120, 145, 170, 200])).oddsChange == nil)
    #expect(trend.direction == .increasing)
    #expect(RecentTrend.Basis.allCases.allSatisfy { !$0.label.isEmpty })
    #expect(RecentTrend.Method.weightedRegression.name.contains("OHID"))
  }
}
