import Indicators
import Statistics
import TimeSeries

/// Invented figures for many series: five years with limits and a benchmark each, and 24 months.
struct IndicatorFigures: Sendable {
  static let years = 5
  static let months = 24

  let count: Int
  /// Five yearly rates of each series, one series after another.
  let values: [Double]
  let lower: [Double]
  let upper: [Double]
  /// What the last year of each series is compared with.
  let benchmarks: [Double]
  /// 24 monthly figures of each series, one series after another.
  let monthly: [Double]

  /// Rates of about 300 events among 10,000 people with Byar's limits, and months about a level; a quarter of the series
  /// move, so that every rule has something to find.
  init(count: Int) throws {
    self.count = count
    var (values, lower, upper, benchmarks, monthly) = (
      [Double](), [Double](), [Double](), [Double](), [Double]()
    )
    let stream = RandomStream(seed: 7, name: "indicators")
    for series in 0..<count {
      var chance = stream.path(UInt64(series))
      let step = series.isMultiple(of: 4) ? 22.0 : 0
      for year in 0..<Self.years {
        let events = max(10, (300 + step * Double(year) + 17 * chance.normal()).rounded())
        let limits = try PoissonLimits.byar.limits(of: events, at: .p95)
        values.append(events)
        lower.append(limits.lower)
        upper.append(limits.upper)
      }
      benchmarks.append(310)
      for month in 0..<Self.months {
        let level = series.isMultiple(of: 4) && month >= 15 ? 56.0 : 50
        monthly.append(level + 4 * chance.normal())
      }
    }
    (self.values, self.lower, self.upper, self.benchmarks, self.monthly) = (
      values, lower, upper, benchmarks, monthly
    )
  }

  /// The same figures as series, for the way in that checks, explains and suggests.
  func series(_ number: Int) throws -> (yearly: Series, monthly: Series) {
    let yearly = try Series(
      id: "rate-\(number)", measure: Measure(id: "rate", unit: .rate(per: 10_000), polarity: .lowerIsBetter),
      points: (0..<Self.years).map { year in
        let value = values[number * Self.years + year]
        return DataPoint(
          period: .calendarYear(2020 + year), observation: .value(value), numerator: value,
          denominator: 10_000)
      })
    let first = Period.month(containing: CivilDate(daysSinceEpoch: 19_358))
    let months = try Series(
      id: "months-\(number)", measure: Measure(id: "months", unit: .count, polarity: .lowerIsBetter),
      points: (0..<Self.months).map { month in
        DataPoint(first.advanced(by: month), monthly[number * Self.months + month])
      })
    return (yearly, months)
  }
}
