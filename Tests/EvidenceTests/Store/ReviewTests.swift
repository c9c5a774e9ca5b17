import Forecasting
import Testing
import TimeSeries

@testable import Evidence

struct ReviewTests {
  private let manifest = ForecastManifest(version: "1", seed: 1, levels: [0.8, 0.95], inputs: [])

  /// A store with the plans of Wirral from 2015/16: 10, 12, 11, 13, 16 and, in a later file, 15 and 18, revised to 17.
  private func store(_ folder: TemporaryFolder) throws -> Store {
    let store = try Store(at: folder.path + "/a.store", mode: .writing)
    let history = try zip(2015..., [10.0, 12, 11, 13, 16]).map {
      try InventedFigures.figure($0, $1, "\($0 + 1)-06-01")
    }
    _ = try store.import(InventedFigures.file(history), digest: InventedFigures.digest("a"))
    _ = try store.import(
      InventedFigures.file([
        try InventedFigures.figure(2020, 15, "2021-06-01"),
        try InventedFigures.figure(2021, 18, "2022-06-01"),
      ]), digest: InventedFigures.digest("b"))
    _ = try store.import(
      InventedFigures.file([
        try InventedFigures.figure(2021, 17, "2023-06-01"),
        PublishedFigure(
          period: .financialYear(2022), observation: .suppressed(1...7),
          publication: Publication(date: try InventedFigures.day("2023-06-01")), row: 4),
      ]), digest: InventedFigures.digest("c"))
    return store
  }

  private func forecasts(model: String = "naive", area: String? = "Wirral", mean: Double = 16)
    -> [StoredForecast]
  {
    let origin = Period.financialYear(2019)
    return (1...4).map { step in
      StoredForecast(
        series: "plans", area: area, model: model, origin: origin, step: step,
        period: origin.advanced(by: step),
        mean: mean,
        quantiles: StoredForecast.quantiles(
          median: mean, levels: [0.8, 0.95], bounds: [15.5, 16.5, 14, 17.5]))
    }
  }

  @Test("Errors are those of the definition, for the latest and for the first published outturn")
  func definitions() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.save(forecasts(), manifest: manifest)
    let report = try store.review()
    #expect(report.levels == [0.8, 0.95])
    #expect(report.rows.map(\.step) == [1, 2, 3, 4, nil])
    let all = try #require(report.rows.last)
    #expect((all.group, all.model, all.forecasts) == ("all", "naive", 4))
    #expect((all.scored, all.pending, all.withoutValue) == (2, 1, 1))
    #expect((all.series, all.zeroScale) == (1, 0))
    // The naive errors of the history are 2, 1, 2 and 3; those of the forecasts are 1 and -1.
    #expect(all.error == 0)
    #expect(all.absoluteError == 1)
    #expect(all.mase == 0.5)
    #expect(all.bias == 0)
    let rootMeanSquare = try #require(all.rmsse)
    #expect(abs(rootMeanSquare - (1 / 4.5).squareRoot()) < 1e-15)
    #expect(all.coverage == [0, 100])
    #expect(report.rows.map(\.mase) == [0.5, 0.5, nil, nil, 0.5])
    #expect(report.rows.map(\.bias) == [0.5, -0.5, nil, nil, 0])
    let first = try #require(try store.review(outturn: .firstPublished).rows.last)
    #expect(first.error == -0.5)
    #expect(first.absoluteError == 1.5)
    #expect(first.coverage == [0, 50])
    #expect(report.details.map(\.error) == [1, -1, nil, nil])
    #expect(report.details.map(\.scale) == [2, 2, 2, 2])
    #expect(report.details[2].outcome == .withoutValue(.suppressed(1...7)))
    #expect(report.details[3].outcome == .pending)
  }

  @Test("The measures agree with those of a backtest on the same numbers")
  func agreesWithBacktest() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.save(forecasts(), manifest: manifest)
    var series = SeriesAccuracy(
      scale: ErrorScale(values: [10, 12, 11, 13, 16], positions: [0, 1, 2, 3, 4], season: 1),
      levels: [0.8, 0.95])
    for actual in [15.0, 17] {
      series.add(ForecastPoint(mean: 16, median: 16, bounds: [15.5, 16.5, 14, 17.5]), actual: actual)
    }
    var tally = AccuracyTally(levels: [0.8, 0.95])
    tally.add(series)
    let expected = tally.measures
    let row = try #require(try store.review().rows.last)
    func agree(_ found: Double?, _ wanted: Double?) throws {
      let (found, wanted) = (try #require(found), try #require(wanted))
      #expect(abs(found - wanted) <= 1e-12 * max(1, abs(wanted)))
    }
    try agree(row.mase, expected.mase)
    try agree(row.rmsse, expected.rmsse)
    try agree(row.smape, expected.smape)
    try agree(row.bias, expected.bias)
    try agree(row.pinball, expected.pinball)
    try agree(row.msis, expected.msis)
    #expect(row.coverage == expected.coverage)
  }

  @Test(
    "On a day, only what was known by then has come, and a forecast's scale is what was known on its own day")
  func asOf() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var early = forecasts()
    for place in early.indices { early[place].asOf = try InventedFigures.day("2018-07-01") }
    _ = try store.save(early, manifest: manifest)
    let report = try store.review(asOf: InventedFigures.day("2022-12-31"))
    let all = try #require(report.rows.last)
    #expect((all.scored, all.pending, all.withoutValue) == (2, 2, 0))
    #expect(report.details.map(\.error) == [1, -2, nil, nil])
    // 10, 12 and 11 were known: naive errors of 2 and 1.
    #expect(report.details.first?.scale == 1.5)
    let none = try store.review(asOf: InventedFigures.day("2000-01-01"))
    #expect(none.rows.last?.pending == 4)
  }

  @Test("A forecast made again in a later run replaces the earlier; another day's or model's does not")
  func replaced() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.save(forecasts(mean: 100), manifest: manifest)
    _ = try store.save(forecasts(mean: 16) + forecasts(model: "theta", mean: 15), manifest: manifest)
    let report = try store.review()
    #expect(report.replaced == 4)
    #expect(report.rows.filter { $0.step == nil }.map(\.model) == ["naive", "theta"])
    #expect(report.rows.filter { $0.step == nil }.map(\.absoluteError) == [1, 1])
    #expect(report.details.allSatisfy { $0.run == 2 })
  }

  @Test("Forecasts of what the store does not hold wait, and are counted")
  func unknown() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.save(forecasts(area: "Sefton") + forecasts(area: nil), manifest: manifest)
    let report = try store.review()
    #expect(report.unknownSeries == 2)
    #expect(report.rows.last?.pending == 8)
    #expect(report.rows.last?.series == 0)
    #expect(report.rows.last?.mase == nil)
  }

  @Test(
    "Groups are areas or series; errors of unlike units have no mean; a history that never changed has no scale"
  )
  func groups() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let flat = try (2015...2020).map { try InventedFigures.figure($0, 5) }
    var file = InventedFigures.file(flat, of: InventedFigures.key("cost", unit: .pounds))
    InventedFigures.add(flat, of: InventedFigures.key("plans", "Sefton", code: "E08000014"), to: &file)
    _ = try store.import(file, digest: InventedFigures.digest("d"))
    var cost = forecasts()
    for place in cost.indices { cost[place].series = "cost" }
    _ = try store.save(forecasts() + forecasts(area: "Sefton") + cost, manifest: manifest)
    let together = try #require(try store.review().rows.last)
    #expect((together.series, together.zeroScale, together.scored) == (3, 2, 4))
    #expect(together.absoluteError == nil)
    #expect(together.mase == 0.5)
    let areas = try store.review(by: .area).rows.filter { $0.step == nil }
    #expect(areas.map(\.group) == ["Wirral", "Sefton"])
    #expect(areas.map(\.scored) == [3, 1])
    #expect(areas.map(\.absoluteError) == [nil, 11])
    #expect(areas.map(\.mase) == [0.5, nil])
    let series = try store.review(by: .series).rows.filter { $0.step == nil }
    #expect(series.map(\.group) == ["plans, Wirral", "plans, Sefton", "cost, Wirral"])
    #expect(series.map(\.error) == [0, 11, 11])
  }

  @Test("Coverage and pinball are of the quantiles that were kept")
  func quantiles() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let origin = Period.financialYear(2019)
    let kept: [[StoredForecast.Quantile]] = [
      [], [.init(probability: 0.1, value: 16), .init(probability: 0.9, value: 18)],
    ]
    let forecasts = kept.enumerated().map { place, quantiles in
      StoredForecast(
        series: "plans", area: "Wirral", model: "m", origin: origin, step: place + 1,
        period: origin.advanced(by: place + 1), mean: 16, quantiles: quantiles)
    }
    _ = try store.save(forecasts, manifest: manifest)
    let report = try store.review()
    #expect(report.levels == [0.8])
    #expect(report.rows.map(\.coverage) == [[nil], [100], [100]])
    let pinball = try #require(report.rows.last?.pinball)
    #expect(abs(pinball - (0.1 * 1 + 0.1 * 1) / 2 / 2) < 1e-15)
    #expect(report.rows.last?.msis == nil)
  }

  @Test("A census of another day in the same month is part of the history")
  func censuses() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: folder.path + "/a.store", mode: .writing)
    let figures = try [("2021-01-21", 10.0), ("2022-01-20", 14), ("2023-01-19", 12)].map { day, value in
      PublishedFigure(
        period: .censusDate(try InventedFigures.day(day)), observation: .value(value), row: 2)
    }
    _ = try store.import(InventedFigures.file(figures), digest: InventedFigures.digest("a"))
    let origin = Period.censusDate(try InventedFigures.day("2022-01-20"))
    _ = try store.save(
      [
        StoredForecast(
          series: "plans", area: "Wirral", model: "naive", origin: origin, step: 1,
          period: origin.advanced(by: 1),
          mean: 14, quantiles: [])
      ], manifest: manifest)
    let detail = try #require(try store.review().details.first)
    #expect(detail.scale == 4)
    #expect(detail.error == 2)
  }

  @Test("The report is written as CSV, with texts that no spreadsheet runs")
  func csv() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.save(forecasts(model: "=evil()"), manifest: manifest)
    let report = try store.review()
    #expect(
      report.csv.split(separator: "\n").first
        == "group,model,step,forecasts,scored,pending,without_value,series,zero_scale,error,absolute_error,mase,rmsse,smape,bias,pinball,coverage_80,coverage_95,msis"
    )
    #expect(report.csv.split(separator: "\n")[1].hasPrefix("all,'=evil(),1,1,1,0,0,1,0,1,1,0.5,"))
    #expect(report.csv.split(separator: "\n")[3] == "all,'=evil(),3,1,0,0,1,0,0,,,,,,,,,,")
    #expect(report.csv.split(separator: "\n")[5].hasPrefix("all,'=evil(),all,4,2,1,1,1,0,0,1,0.5,"))
    let lines = report.detailCSV.split(separator: "\n")
    #expect(
      lines.first
        == "run,series,area,model,as_of,origin,step,period,mean,actual,published,error,scaled_error,lower_80,upper_80,lower_95,upper_95"
    )
    #expect(lines[1] == "1,plans,Wirral,'=evil(),,2019/20,1,2020/21,16,15,2021-06-01,1,0.5,15.5,16.5,14,17.5")
    #expect(lines[3] == "1,plans,Wirral,'=evil(),,2019/20,3,2022/23,16,1-7,,,,15.5,16.5,14,17.5")
    #expect(lines[4] == "1,plans,Wirral,'=evil(),,2019/20,4,2023/24,16,,,,,15.5,16.5,14,17.5")
  }
}
