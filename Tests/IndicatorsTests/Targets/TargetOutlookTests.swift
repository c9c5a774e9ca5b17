import Forecasting
import Indicators
import Testing
import TimeSeries

@Suite("A target: met, missed, or how likely") struct TargetOutlookTests {
  /// Yearly shares from 2015, in per cent.
  private func shares(_ values: [Double?], area: String = "Sefton") throws -> Series {
    try Series(
      id: "plans-in-time", area: area,
      measure: Measure(id: "plans-in-time", unit: .percentage, polarity: .higherIsBetter),
      points: values.enumerated().map { index, value in
        DataPoint(period: .calendarYear(2015 + index), observation: value.map { .value($0) } ?? .notAvailable)
      })
  }

  private func target(_ level: Double, _ year: Int, aim: Target.Aim = .atLeast) throws -> Target {
    Target(
      level: level, aim: aim, date: try #require(CivilDate(year: year, month: 12, day: 31)), source: "plan")
  }

  private let rising: [Double?] = [40, 43, 47, 49, 52, 56, 58, 62]

  @Test("A published figure meets the target or does not") func known() throws {
    let series = try shares(rising)
    let met = try TargetOutlook(target(56, 2020), for: series)
    #expect(met.verdict == .known(value: 56, isMet: true))
    #expect(met.probability == 1)
    let missed = try TargetOutlook(target(56.1, 2020), for: series)
    #expect(missed.verdict == .known(value: 56, isMet: false))
    #expect(missed.probability == 0)
  }

  @Test("Of a year to come there is a probability, which falls as the target rises") func probability() throws
  {
    let series = try shares(rising)
    var before = 1.0
    for level in stride(from: 30.0, through: 100, by: 10) {
      let outlook = try TargetOutlook(target(level, 2024), for: series)
      #expect(outlook.period == .calendarYear(2024))
      #expect(outlook.probability <= before)
      #expect((0...1).contains(outlook.probability))
      before = outlook.probability
    }
    #expect(before < 0.05)
  }

  @Test("The median is met in half of the futures, from either side") func median() throws {
    let series = try shares(rising)
    guard
      case .forecast(let median, let lower, let upper, _) = try TargetOutlook(target(60, 2024), for: series)
        .verdict
    else { throw TestProblem() }
    #expect(lower < median && median < upper)
    #expect(abs(try TargetOutlook(target(median, 2024), for: series).probability - 0.5) < 1e-6)
    #expect(abs(try TargetOutlook(target(median, 2024, aim: .atMost), for: series).probability - 0.5) < 1e-6)
    #expect(abs(try TargetOutlook(target(lower, 2024), for: series).probability - 0.9) < 1e-6)
    #expect(abs(try TargetOutlook(target(upper, 2024), for: series).probability - 0.1) < 1e-6)
  }

  @Test("Both sides of a level make the whole") func complement() throws {
    let series = try shares(rising)
    let forecast = try MeasureForecast(of: series, horizon: 3).forecast
    for level in [20.0, 55, 64.3, 80] {
      let sum =
        try forecast.probability(atMost: level, step: 2)
        + forecast.probability(atLeast: level.nextUp, step: 2)
      #expect(abs(sum - 1) < 1e-12)
    }
    #expect(try forecast.probability(atMost: 100, step: 1) == 1)
    #expect(try forecast.probability(atMost: -1, step: 1) == 0)
    #expect(throws: ForecastingError.self) { try forecast.probability(atMost: .nan, step: 1) }
    #expect(throws: ForecastingError.self) { try forecast.probability(atMost: 50, step: 4) }
  }

  @Test("A share that is always everything is at least everything in some futures, and never more")
  func atBound() throws {
    let series = try shares([100, 100, 98, 100, 99, 100, 100, 100])
    let forecast = try MeasureForecast(of: series, horizon: 1).forecast
    #expect(try forecast.probability(atLeast: 100, step: 1) > 0)
    #expect(try forecast.probability(atLeast: 100.5, step: 1) == 0)
  }

  @Test("A target is judged by the last period that is over on its day") func period() throws {
    let series = try shares(rising)
    #expect(
      TargetOutlook.period(of: series, by: try #require(CivilDate(year: 2019, month: 12, day: 30)))
        == .calendarYear(2018))
    #expect(
      TargetOutlook.period(of: series, by: try #require(CivilDate(year: 2025, month: 1, day: 1)))
        == .calendarYear(2024))
    #expect(TargetOutlook.period(of: try shares([]), by: CivilDate(daysSinceEpoch: 0)) == nil)
  }

  @Test("What cannot be forecast is refused with the reason") func refusals() throws {
    let gap = try shares([40, 42, nil, 44, 46, 47])
    #expect(throws: IndicatorsError.self) { try TargetOutlook(target(50, 2017), for: gap) }
    #expect(throws: IndicatorsError.self) { try TargetOutlook(target(50, 2400), for: gap) }
    #expect(throws: IndicatorsError.self) { try TargetOutlook(target(50, 2030), for: shares([])) }
  }

  @Test("Other areas lend strength, and what cannot be used does not count") func comparators() throws {
    let series = try shares(rising)
    let others = try (0..<6).map { number in
      try shares(rising.map { $0.map { $0 + Double(number) } }, area: "Area \(number)")
    }
    let pooled = try MeasureForecast(of: series, among: others + [series], horizon: 2)
    #expect(pooled.comparatorCount == 6)
    #expect(try MeasureForecast(of: series, horizon: 2).comparatorCount == 0)
  }
}

struct TestProblem: Error {}
