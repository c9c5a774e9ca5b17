import Indicators
import Testing
import TimeSeries

/// Invented cards and series for the tests of scorecards.
enum ScorecardFixture {
  static let neighbours = (1...10).map { "Neighbour \($0)" }

  static func day(_ year: Int, _ month: Int = 12, _ day: Int = 31) throws -> CivilDate {
    try #require(CivilDate(year: year, month: month, day: day))
  }

  /// Yearly figures from 2016, each published on the last day of the November that follows.
  static func series(
    _ values: [Double?], of area: String = "Sefton", id: String = "good", unit: TimeSeries.Unit = .percentage,
    breaksBefore: Int? = nil, counts: Double? = nil
  ) throws -> Series {
    try Series(
      id: id, area: area, measure: Measure(id: id, unit: unit, polarity: .higherIsBetter),
      points: values.enumerated().compactMap { index, value in
        guard let value else { return nil }
        let year = 2016 + index
        return DataPoint(
          period: .calendarYear(year), observation: .value(value),
          numerator: counts.map { value / (unit.multiplier ?? 1) * $0 }, denominator: counts,
          publication: CivilDate(year: year + 1, month: 11, day: 30).map { Publication(date: $0) },
          flags: year == breaksBefore ? .definitionBreak : [])
      })
  }

  static func indicator(
    _ id: String = "1.1", evidence: ScorecardIndicator.Evidence = .series("good"),
    polarity: Polarity = .higherIsBetter, population: String? = nil, target: ScorecardTarget? = nil,
    rule: RatingRule = .automatic, theme: String = "healthy", priority: Int = 1, fault: String? = nil
  ) -> ScorecardIndicator {
    ScorecardIndicator(
      id: id, list: "card", name: "Indicator \(id)", theme: theme, priority: priority, definition: "a share",
      owner: "not stated", polarity: polarity, unit: "per cent", source: "a publisher", evidence: evidence,
      population: population, target: target, rule: rule, definitionFault: fault)
  }

  static func card(
    _ indicators: [ScorecardIndicator], statedTargets: [Scorecard.StatedTarget] = []
  ) -> Scorecard {
    Scorecard(
      name: "Card", source: "a paper",
      themes: [.init(id: "healthy", name: "Healthy"), .init(id: "heard", name: "Heard")],
      priorities: [
        .init(number: 1, theme: "healthy", text: "Be well"),
        .init(number: 2, theme: "heard", text: "Be heard"),
      ], indicators: indicators, statedTargets: statedTargets)
  }

  static func context(asOf: CivilDate, neighbours: [String] = neighbours) -> ScorecardContext {
    ScorecardContext(
      area: "Sefton", benchmark: "England", region: "North West", neighbours: neighbours, asOf: asOf)
  }

  /// The line of one indicator beside some series.
  static func line(
    _ indicator: ScorecardIndicator, _ series: [Series], asOf: CivilDate? = nil
  ) throws -> ScorecardResult {
    let report = ScorecardReport(
      card([indicator]), evidence: try Panel(series), context: context(asOf: try asOf ?? day(2030)))
    return try #require(report.results.first)
  }

  static func target(
    _ level: Double, by year: Int, side: Target.Aim = .atLeast, tolerance: Double? = nil,
    setOn: ScorecardTarget.Baseline? = nil
  ) throws -> ScorecardTarget {
    ScorecardTarget(
      aim: .level(level, side), date: try day(year), source: "the plan", baseline: setOn, tolerance: tolerance
    )
  }

  /// Monthly figures from January 2020.
  static func months(_ values: [Double], breakAt: Int? = nil) throws -> Series {
    var points: [DataPoint] = []
    for (index, value) in values.enumerated() {
      points.append(
        DataPoint(
          period: try #require(Period.month(year: 2020 + index / 12, month: index % 12 + 1)),
          observation: .value(value), flags: index == breakAt ? .definitionBreak : []))
    }
    return try Series(
      id: "good", area: "Sefton", measure: Measure(id: "good", unit: .percentage, polarity: .higherIsBetter),
      points: points)
  }
}
