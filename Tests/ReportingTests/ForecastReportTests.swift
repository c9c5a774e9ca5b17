import Forecasting
import Foundation
import Testing
import TimeSeries

@testable import Reporting

@Suite("Forecasts as they are reported")
struct ForecastReportTests {
  private func forecast() throws -> SeriesForecast {
    let series = try rate()
    return SeriesForecast(
      series: series, forecast: try Forecast(try LinearTrend().fit(try Sample(series)), horizon: 3))
  }

  private func rate() throws -> Series {
    try #require(try InventedPlan.evidence()["neet-rate", area: "Borchester"])
  }

  /// A series whose periods are written with a hyphen, with a year missing.
  private func hyphenated() throws -> SeriesForecast {
    let points = [2015, 2016, 2017, 2019, 2020, 2021].map { year in
      var period = Period.financialYear(year)
      period.style = .hyphen
      return DataPoint(period, Double(100 + (year * 7) % 5))
    }
    let series = try Series(id: "-gap, \"x\"", measure: Measure(id: "m", unit: .count), points: points)
    return SeriesForecast(
      series: series, forecast: try Forecast(try Naive().fit(try Sample(series)), horizon: 2))
  }

  @Test("The comma-separated text has the contract's columns and the forecast's numbers")
  func csv() throws {
    let one = try forecast()
    let rows = readCSV(try ForecastCSV().text([one, one]))
    #expect(
      rows.first == [
        "series", "period", "step", "model", "mean", "median", "lower_80", "upper_80", "lower_95", "upper_95",
      ])
    #expect(rows.count == 7)
    #expect(rows[1][..<4] == ["neet-rate", "2025/26", "1", one.model])
    #expect(Double(rows[3][5]) == (try one.forecast.median(step: 3)))
    let interval = try one.forecast.interval(0.95, step: 3)
    #expect(Double(rows[3][8]) == interval.lowerBound)
    #expect(Double(rows[3][9]) == interval.upperBound)
  }

  @Test("Periods go on in the form of the input, and other levels have columns of their own")
  func form() throws {
    let levels = try IntervalLevels([50, 99.8, 50])
    let rows = readCSV(try ForecastCSV(levels: levels).text([try hyphenated()]))
    #expect(rows.first?[6...] == ["lower_50", "upper_50", "lower_99.8", "upper_99.8"])
    #expect(rows[1][0] == "'-gap, \"x\"")
    #expect(rows[1...].map { $0[1] } == ["2022-23", "2023-24"])
    for level in [0, 100, -1, .nan] {
      #expect(throws: ReportingError.self) { try IntervalLevels([level]) }
    }
  }

  @Test("The JSON says what the comma-separated text says")
  func json() throws {
    let one = try forecast()
    let text = try ForecastJSON.text([one, try hyphenated()])
    let document = try JSONDecoder().decode(ForecastDocument.self, from: Data(text.utf8))
    #expect(document.series.map(\.series) == ["neet-rate", "-gap, \"x\""])
    let step = try #require(document.series.first?.forecasts.last)
    #expect(step.period == "2027/28")
    #expect(step.mean == (try one.forecast.mean(step: 3)))
    #expect(step.intervals.map(\.level) == [80, 95])
    #expect(step.intervals[1].lower < step.intervals[0].lower)
  }

  @Test("The table shows three digits and the last published figure")
  func table() throws {
    let text = try ForecastTable().text([try forecast(), try hyphenated()])
    #expect(text.contains("neet-rate, Borchester (per cent): linear-trend; last published 4.70 for 2024/25"))
    #expect(
      text.contains(
        "  linear-trend: a straight line through all observations, on the scale of the unit, goes on\n"))
    #expect(text.contains("  period   mean  median  80% interval  95% interval\n"))
    #expect(text.contains("\n\n-gap, \"x\" (count): naive; last published 102 for 2021-22\n"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("A model is described by its estimates, what it was fitted to and its rivals")
  func description() throws {
    #expect(ModelDescription(try forecast()).parameters.map(\.name) == ["level", "slope", "sigma"])
    let series = try rate()
    let choice = try Automatic().choose(try Sample(series))
    let description = ModelDescription(series: series, fitted: choice.fitted, choice: choice)
    #expect(description.candidates.map(\.model) == choice.candidates.map(\.specification))
    #expect(description.candidates.map(\.weight) == choice.candidates.map(\.weight))
    let text = description.text()
    #expect(text.contains("Fitted to 7 observations, 2018/19 to 2024/25; scale: log odds between 0 and 100."))
    #expect(text.contains("member"))
    #expect(description.text(width: 300).contains("the mean of the middle three fifths of the weight"))
    #expect(text.contains("test of the errors"))
    #expect(text.contains("Ljung-Box"))
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
  }

  @Test("A model asked for by name has no rivals, and a gap is said")
  func named() throws {
    let description = ModelDescription(try hyphenated())
    #expect(description.candidates.isEmpty)
    #expect(description.forecastsScored == nil)
    #expect(description.text(width: 200).contains("between which 1 period has no value; scale: logarithms."))
    let json = try ModelDescription.json([description])
    let decoded = try JSONDecoder().decode([String: [ModelDescription]].self, from: Data(json.utf8))
    #expect(decoded == ["models": [description]])
    for key in ["area", "forecastsScored", "standardError"] { #expect(json.contains("\"\(key)\" : null")) }
  }

  @Test("A series too short for most says who spoke, and who was not tried")
  func short() throws {
    let series = try Series(
      id: "short", measure: Measure(id: "short", unit: .count),
      points: [3.0, 0, 5].enumerated().map { DataPoint(.calendarYear(2020 + $0), $1) })
    let choice = try Automatic().choose(try Sample(series))
    let description = ModelDescription(series: series, fitted: choice.fitted, choice: choice)
    let text = description.text(width: 20)
    #expect(description.text(width: 300).contains("Not tried: all that has to be estimated, which needs"))
    #expect(text.contains("scale: logarithms\n  of the value plus 0.5"))
  }

  @Test("The account of a forecast stands first, under its three headings, and is null where none was made")
  func account() throws {
    let one = try forecast()
    let account = ForecastAccount(of: one.forecast.model, model: LinearTrend(), horizon: 3)
    let description = ModelDescription(
      SeriesForecast(series: one.series, forecast: one.forecast, account: account))
    #expect(description.account?.history == account.history)
    #expect(description.account?.choice == account.choice)
    #expect(description.account?.doubts == account.doubts)
    let lines = description.text().components(separatedBy: "\n")
    #expect(lines[1] == "  What the history says")
    #expect(lines[2].hasPrefix("    There are 7 figures, from 2018/19 to 2024/25, with no gaps. They went "))
    let headings = ["What the history says", "What was chosen and why", "What would change the answer"]
    #expect(lines.filter { headings.contains($0.trimmingCharacters(in: .whitespaces)) }.count == 3)
    #expect(lines.allSatisfy { $0.count <= 100 })
    let json = try ModelDescription.json([description])
    let decoded = try JSONDecoder().decode([String: [ModelDescription]].self, from: Data(json.utf8))
    #expect(decoded == ["models": [description]])
    let plain = ModelDescription(one)
    #expect(plain.account == nil)
    #expect(!plain.text().contains("What the history says"))
    #expect(try ModelDescription.json([plain]).contains("\"account\" : null"))
  }

  @Test("A single figure says that its width is assumed and that no member could be weighed")
  func single() throws {
    let series = try Series(
      id: "one", measure: Measure(id: "one", unit: .count), points: [DataPoint(.calendarYear(2020), 30)])
    let choice = try Automatic().choose(try Sample(series))
    let description = ModelDescription(series: series, fitted: choice.fitted, choice: choice)
    #expect(description.forecastsScored == 0)
    let text = description.text(width: 300)
    #expect(text.contains("all members weigh the same"))
    #expect(text.contains("assumes that figures like this change by a tenth of themselves"))
  }

  @Test("Scales are named in words")
  func scales() {
    #expect(Scale.natural.text == "as measured")
    #expect(
      Scale.logOdds(lower: 0, upper: 1, offset: 0.05).text
        == "log odds between 0 and 1, with 0.05 added at both ends")
  }
}
