import Reporting
import Testing

@Suite("Rates as tables") struct RatesReportTests {
  private typealias Document = RatesDocument

  private func figure(_ value: Double, wide: Bool = false) -> Document.Figure {
    Document.Figure(
      period: "2021/22-23/24", value: value,
      limits: [.init(level: 0.95, lower: value - 1, upper: value + 1)], statistic: "proportion",
      method: "Wilson score", remark: "a remark",
      benchmark: .init(area: "England", value: 40, standing: "worse", reason: nil),
      region: wide
        ? .init(area: "Yorkshire and The Humber", value: nil, standing: "notCompared", reason: "no figure")
        : nil,
      peers: wide
        ? .init(
          rank: 3, ranked: 11, quartile: "B", z: -0.25, median: 41, lowest: 30, highest: 50,
          missing: ["Wigan"])
        : nil,
      funnel: wide ? .init(benchmark: 40, position: "above998") : nil,
      change: wide
        ? .init(
          since: "2020", effect: 1.25, statistic: "ratio of rates", limits: [], p: 0.0004, beyondChance: true,
          reason: nil) : nil)
  }

  private func document(_ figures: [Document.Figure], trends: [Document.Trend] = []) -> Document {
    Document(
      series: [
        Document.Entry(
          series: "absence", area: "Cheshire West and Chester", measure: "Pupils absent", unit: "per cent",
          polarity: "lowerIsBetter", reason: nil, figures: figures, trends: trends)
      ], rules: ["A rule."], levels: [0.95])
  }

  @Test("No line is wider than a hundred columns, and no column is lost") func width() {
    let text = RatesReport(document([figure(42, wide: true), figure(7, wide: true)])).text()
    #expect(text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    for piece in [
      "Worse", "Not compared", "3 of 11", "above the 99.8% limit", "× 1.25, p <0.001 *", "-0.3",
      "no value of Wigan, which are not ranked", "beside Yorkshire and The Humber: no figure", "A rule.",
      "lower is better", "41.0 to 43.0",
    ] {
      #expect(text.contains(piece), "\(piece)")
    }
    #expect(text.hasPrefix("Pupils absent (absence), per cent; lower is better\n"))
  }

  @Test("Without figures the reason stands in the table and in the rows") func reason() {
    let entry = Document.Entry(
      series: "spend", area: nil, measure: "spend", unit: "pounds", polarity: "neutral",
      reason: "its unit is pounds", figures: [], trends: [])
    let report = RatesReport(Document(series: [entry], rules: [], levels: [0.95, 0.998]))
    #expect(report.text() == "spend, pounds; neither high nor low is judged\n  its unit is pounds\n")
    let lines = report.csv().split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(lines.count == 2)
    #expect(lines[0].count == lines[1].count)
    #expect(lines[0].firstIndex(of: "reason") == lines[1].firstIndex(of: "its unit is pounds"))
  }

  @Test("Limits are named where there are some, reasons once for all their places, and no unit as none")
  func words() {
    let figures = (2020...2022).map { year in
      Document.Figure(
        period: "\(year)", value: 5, statistic: "published value", method: "as published",
        peers: .init(
          rank: nil, ranked: 0, quartile: nil, z: nil, median: nil, lowest: nil, highest: nil, missing: [],
          reason: "it is a neighbour"), funnel: .init(reason: "no funnel"))
    }
    let published = Document.Figure(
      period: "2023", value: 5, limits: [.init(level: 0.95, lower: 4, upper: 6)],
      statistic: "published value", method: "limits as published",
      peers: .init(
        rank: 1, ranked: 5, quartile: nil, z: 1, median: 4, lowest: 3, highest: 5, missing: [],
        reason: "there are 5"))
    func text(_ figures: [Document.Figure]) -> String {
      RatesReport(
        Document(
          series: [
            Document.Entry(
              series: "c", area: "X", measure: "c", unit: "", polarity: "neutral", reason: nil,
              figures: figures, trends: [])
          ], rules: [], levels: [0.95])
      ).text()
    }
    let bare = text(figures)
    #expect(bare.hasPrefix("c, no unit is given; neither high nor low is judged\n"))
    #expect(bare.contains("\n  published value\n"))
    #expect(bare.contains("  X, 2020 and 2 other figures: not ranked, because it is a neighbour\n"))
    #expect(bare.contains("  X, 2020 and 2 other figures: no funnel\n"))
    let all = text(figures + [published])
    #expect(all.contains("\n  published value; limits: as published\n"))
    #expect(all.contains("  X, 2023: no quarter, because there are 5\n"))
  }

  @Test("Every row has a cell for every column, one pair of limits for each level") func rows() {
    let report = RatesReport(document([figure(42, wide: true), figure(7)]))
    let lines = report.csv().split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(Set(lines.map(\.count)).count == 1)
    #expect(lines[0].contains("lower_95") && !lines[0].contains("lower_998"))
    let change = lines[0].firstIndex(of: "change_p").map { lines[1][$0] }
    #expect(change == "0.0004")
  }

  @Test("A trend is a sentence and a row; a reason does not name its series twice") func trends() throws {
    let trends = [
      Document.Trend(
        test: "recent-trend", first: "2019/20", last: "2023/24", slope: 0.5,
        slopeUnit: "percentage points a year", statistic: 12, statisticName: "chi-squared", p: 0.0005,
        direction: "increasing",
        marker: "Increasing and getting worse", method: "m", remark: "a basis"),
      Document.Trend(
        test: "mann-kendall", marker: "Cannot be calculated",
        reason: "absence, Cheshire West and Chester: too few figures"),
      Document.Trend(
        test: "cochran-armitage", first: "2016", last: "2024", statistic: 4, statisticName: "chi-squared",
        p: 0.042, direction: "increasing", marker: "Increasing and getting worse"),
      Document.Trend(
        test: "joinpoint", first: "2016", last: "2024", slope: -1.5, slopeUnit: "% of itself a year",
        limits: [.init(level: 0.95, lower: -2, upper: -1)]),
    ]
    let report = RatesReport(document([figure(42)], trends: trends))
    let text = report.text().split(separator: "\n").joined(separator: " ").split(separator: " ").joined(
      separator: " ")
    #expect(
      text.contains(
        "Recent trend, 2019/20 to 2023/24: Increasing and getting worse; 0.5000 percentage points a year; chi-squared 12.00, "
          + "p <0.001; a basis"))
    #expect(text.contains("Mann-Kendall: Cannot be calculated: too few figures"))
    #expect(text.contains("-1.500% of itself a year (95% -2.000 to -1.000)"))
    let rows = report.trendsCSV().split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    #expect(rows.count == 5)
    #expect(
      text.contains(
        "Cochran-Armitage, 2016 to 2024: Increasing and getting worse; chi-squared 4.000, p 0.042 Cheshire"))
    #expect(rows[1].count == rows[0].count)
    #expect(try report.json().contains("\"test\" : \"mann-kendall\""))
  }

  @Test("Remarks on every figure are said once, those of single figures for the last") func remarks() {
    var text = RatesReport(document([figure(42), figure(43)])).text()
    #expect(text.components(of: "a remark") == 1)
    let single = [
      Document.Figure(period: "2023", value: 5, remark: "people of 2022"),
      Document.Figure(period: "2024", value: 5, remark: "people of 2023"),
    ]
    text = RatesReport(document(single)).text()
    #expect(!text.contains("people of 2022"))
    #expect(text.contains("2024: people of 2023 (earlier figures likewise"))
  }

  @Test("Small and great values keep their digits") func digits() {
    for (value, shown) in [
      (12_345.6, "12,346"), (3.14159, "3.14"), (0.31415, "0.314"), (0.01234, "0.0123"), (0, "0.0"),
    ] {
      let text = RatesReport(document([Document.Figure(period: "2024", value: value)])).text()
      #expect(text.contains(" \(shown)\n"), "\(value)")
    }
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int {
    var (count, rest) = (0, self[...])
    while let range = rest.firstRange(of: text) {
      count += 1
      rest = rest[range.upperBound...]
    }
    return count
  }
}
