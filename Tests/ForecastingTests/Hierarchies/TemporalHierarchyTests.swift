import LinearAlgebra
import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Months, quarters and years that add up")
struct TemporalHierarchyTests {
  /// Counts by month from a month on, with a season and a trend.
  static func monthly(
    _ count: Int, from year: Int = 2015, month: Int = 4, unit: TimeSeries.Unit = .count,
    missing: Set<Int> = [],
    path: UInt64 = 0
  ) throws -> Series {
    var stream = RandomStream(seed: 21, name: "months", path: path)
    let first = try #require(Period.month(year: year, month: month))
    var level = 0.0
    let points = (0..<count).map { index in
      level += 0.003 + 0.02 * stream.normal()
      let season = 0.15 * Double.sin(2 * Double.pi * Double(index) / 12)
      let value = (100 * Double.exp(level + season + 0.05 * stream.normal())).rounded()
      return DataPoint(first.advanced(by: index), value)
    }
    return try Series(
      id: "requests", measure: Measure(id: "requests", unit: unit),
      points: points.enumerated().filter { !missing.contains($0.offset) }.map(\.element))
  }

  @Test("months add up to quarters, half-years and financial years, each ending with the last figure")
  func aggregation() throws {
    let series = try Self.monthly(60)
    let hierarchy = try TemporalHierarchy(series, by: .sum, years: .financial)
    #expect(hierarchy.levels.map(\.span) == [.year, .halfYear, .quarter, .month])
    #expect(hierarchy.levels.map(\.observed.count) == [5, 10, 20, 60] && hierarchy.remarks.isEmpty)
    let total = series.values.compactMap(\.self).reduce(0, +)
    for level in hierarchy.levels { #expect(level.observed.reduce(0, +) == total) }
    #expect(hierarchy.levels[0].labels == ["2015/16", "2016/17", "2017/18", "2018/19", "2019/20"])
    #expect(hierarchy.levels[1].labels.suffix(2) == ["2019/20 H1", "2019/20 H2"])
    #expect(
      hierarchy.levels[2].labels.prefix(5) == [
        "2015/16 Q1", "2015/16 Q2", "2015/16 Q3", "2015/16 Q4", "2016/17 Q1",
      ])
    #expect(hierarchy.levels[3].labels.last == "2020-03")
    #expect(try hierarchy.levels.map { try $0.sample().season } == [1, 2, 4, 12])
    #expect(try hierarchy.levels[0].sample().firstPeriod == .financialYear(2015))
    let means = try TemporalHierarchy(series, by: .mean, years: .financial)
    #expect(agree(means.levels[0].observed[1] * 12, hierarchy.levels[0].observed[1], relative: 1e-14))
  }

  @Test("figures before the first complete period are dropped and said, and a hole empties its periods")
  func remainders() throws {
    let hierarchy = try TemporalHierarchy(try Self.monthly(41, missing: [20]), by: .sum)
    #expect(hierarchy.levels.map(\.observed.count) == [2, 5, 12, 40])
    #expect(
      hierarchy.remarks == [
        "the first 5 figures are in no complete year", "the first 5 figures are in no complete half-year",
        "the first 2 figures are in no complete quarter",
      ])
    #expect(hierarchy.levels[0].labels == ["12 months to 2016-08", "12 months to 2018-08"])
    #expect(hierarchy.levels[0].positions == [0, 2])
    #expect(hierarchy.levels[1].labels.first == "6 months to 2016-02")
    #expect(hierarchy.levels[1].positions == [0, 1, 3, 4, 5])
  }

  @Test("quarters add up to half-years and years")
  func quarters() throws {
    let first = try #require(Period.quarter(1, ofYear: 2018, .calendar))
    let series = try Series(
      id: "spend", measure: Measure(id: "spend", unit: .pounds),
      points: (0..<21).map { DataPoint(first.advanced(by: $0), Double(100 + $0 * 3 + ($0 % 4) * 7)) })
    // Calendar quarters end with a financial year when the last is January to March.
    let hierarchy = try TemporalHierarchy(series, by: .sum, years: .financial)
    #expect(hierarchy.levels.map(\.span) == [.year, .halfYear, .quarter])
    #expect(hierarchy.levels[0].labels == ["2018/19", "2019/20", "2020/21", "2021/22", "2022/23"])
    let forecast = try TemporalForecast(hierarchy, years: 1, model: Drift(), weights: .structural, paths: 50)
    #expect(forecast.label(.year, step: 1) == "2023/24" && forecast.label(.quarter, step: 4) == "2024-Q1")
    #expect(forecast.label(.halfYear, step: 1) == "2023/24 H1")
    let free = try TemporalHierarchy(series, by: .mean)
    #expect(free.levels[0].labels.last == "4 quarters to 2023-Q1")
  }

  @Test(
    "the parts of a year add up in every path and in the mean, for sums and for means",
    arguments: TemporalHierarchy.Aggregation.allCases)
  func coherence(aggregation: TemporalHierarchy.Aggregation) throws {
    let hierarchy = try TemporalHierarchy(try Self.monthly(72), by: aggregation, years: .financial)
    for weights in TemporalForecast.Weights.allCases {
      for nonnegative in [false, true] {
        let found = try TemporalForecast(
          hierarchy, years: 2, model: Drift(), weights: weights, nonnegative: nonnegative, paths: 40)
        for span in [TemporalHierarchy.Span.quarter, .halfYear, .year] {
          for step in 1...(2 * span.perYear) {
            let months = ((step - 1) * span.rawValue + 1)...(step * span.rawValue)
            let divisor = aggregation == .mean ? Double(span.rawValue) : 1
            let sum = try months.reduce(0) { $0 + (try found.mean(.month, step: $1)) } / divisor
            #expect(agree(sum, try found.mean(span, step: step), relative: 1e-12))
            var sums = [Double](repeating: 0, count: 40)
            for month in months {
              for (path, value) in try found.draws(.month, step: month).enumerated() {
                sums[path] += value / divisor
              }
            }
            #expect(
              zip(sums, try found.draws(span, step: step)).allSatisfy { agree($0, $1, relative: 1e-12) })
            #expect(try found.interval(0.8, span, step: step).contains(try found.median(span, step: step)))
          }
        }
      }
    }
  }

  @Test("structural scaling is the textbook's least squares on the year's summing matrix")
  func structural() throws {
    // In pounds, which may be negative: a count's forecast holds at zero what lies below it.
    let hierarchy = try TemporalHierarchy(try Self.monthly(48, unit: .pounds), by: .sum, years: .financial)
    let found = try TemporalForecast(hierarchy, years: 1, weights: .structural, paths: 2) {
      (level: TemporalHierarchy.Level) throws(ForecastingError) in
      try Naive().fit(level.sample(scale: .natural))
    }
    let spans = hierarchy.levels.map(\.span)
    var rows: [[Double]] = []
    var base: [Double] = []
    var weights: [Double] = []
    for (level, span) in spans.enumerated() {
      for block in 0..<span.perYear {
        rows.append((0..<12).map { $0 / span.rawValue == block ? 1 : 0 })
        base.append(try #require(hierarchy.levels[level].observed.last))
        weights.append(1 / Double(span.rawValue))
      }
    }
    let fit = try LeastSquaresProblem(design: try Matrix(rows)).fit(base, weights: weights)
    for month in 1...12 {
      #expect(agree(try found.mean(.month, step: month), fit.coefficients[month - 1], relative: 1e-11))
    }
    #expect(found.models.count == 4 && found.years == 1)
  }

  @Test(
    "a year that is high is high at every width: widths are no independent witnesses"
  )
  func dependence() throws {
    let hierarchy = try TemporalHierarchy(try Self.monthly(72, path: 3), by: .sum, years: .financial)
    let found = try TemporalForecast(hierarchy, years: 1, model: Naive(), paths: 3000)
    let joint = try found.interval(0.8, .year, step: 1)
    let alone = try Forecast(found.models[0], horizon: 1).interval(0.8, step: 1)
    let ratio = (joint.upperBound - joint.lowerBound) / (alone.upperBound - alone.lowerBound)
    #expect(ratio > 0.5, "\(ratio)")
  }

  @Test("each width is forecast by the model that suits it: the season by months, the trend by years")
  func models() throws {
    let hierarchy = try TemporalHierarchy(try Self.monthly(96), by: .sum, years: .financial)
    let found = try TemporalForecast(hierarchy, years: 1, paths: 200) {
      (level: TemporalHierarchy.Level) throws(ForecastingError) in
      let model: any ForecastModel = level.span == .year ? Drift() : SeasonalNaive()
      return try model.fit(level.sample(scale: model.scaleChoice))
    }
    #expect(
      found.models.map(\.specification) == ["drift", "seasonal-naive", "seasonal-naive", "seasonal-naive"])
    // The season made summer months high and winter months low.
    let july = try found.mean(.month, step: 4)
    let january = try found.mean(.month, step: 10)
    #expect(july > 1.1 * january)
  }

  @Test("the same seed gives the same bytes")
  func reproducibility() throws {
    let hierarchy = try TemporalHierarchy(try Self.monthly(48), by: .sum)
    func bytes(_ seed: UInt64) throws -> [UInt64] {
      try TemporalForecast(hierarchy, years: 1, model: Naive(), paths: 30, seed: seed).draws(.year, step: 1)
        .map(\.bitPattern)
    }
    #expect(try bytes(1) == (try bytes(1)) && bytes(1) != (try bytes(2)))
  }

  @Test("a series that does not end with its year, is shorter than one, or has other periods is refused")
  func refusals() throws {
    func said(_ series: Series, _ aggregation: TemporalHierarchy.Aggregation = .sum, _ years: YearType? = nil)
      -> String?
    {
      sentence { _ = try TemporalHierarchy(series, by: aggregation, years: years) }
    }
    #expect(
      said(try Self.monthly(50), .sum, .financial)?
        .contains("\"requests\" ends with 2019-05, within a financial year; add the rest of the year") == true
    )
    #expect(said(try Self.monthly(48), .sum, .academic)?.contains("within an academic year") == true)
    #expect(said(try Self.monthly(11))?.contains("is shorter than a year") == true)
    #expect(said(try annual([1, 2, 3]))?.contains("only months and quarters add up") == true)
    #expect(
      said(try Self.monthly(24, unit: .rate(per: 10)), .sum)?.contains(
        "does not add up over time; take means") == true)
    #expect(said(try Self.monthly(24, unit: .rate(per: 10)), .mean) == nil)
    #expect(
      said(try Self.monthly(24, missing: [20]))?.contains("lacks a figure in its last year") == true)
    let hierarchy = try TemporalHierarchy(try Self.monthly(48), by: .sum)
    #expect(throws: ForecastingError.horizon(0)) { try TemporalForecast(hierarchy, years: 0, model: Naive()) }
    #expect(throws: ForecastingError.horizon(84)) {
      try TemporalForecast(hierarchy, years: 84, model: Naive())
    }
    #expect(
      sentence { _ = try TemporalForecast(hierarchy, years: 1, model: Naive(), paths: 0) }?
        .contains("0 joint paths") == true)
    // A model that needs more years than there are says so.
    #expect(
      sentence { _ = try TemporalForecast(hierarchy, years: 1, model: Theta()) }?.contains(
        "theta needs at least 5") == true)
    let found = try TemporalForecast(hierarchy, years: 1, model: Naive(), paths: 10)
    #expect(throws: ForecastingError.horizon(2)) { try found.mean(.year, step: 2) }
    #expect(throws: ForecastingError.probability(1)) { try found.interval(1, .year, step: 1) }
    #expect(throws: ForecastingError.probability(0)) { try found.quantile(0, .year, step: 1) }
  }
}
