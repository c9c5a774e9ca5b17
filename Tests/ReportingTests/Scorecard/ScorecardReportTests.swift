import Foundation
import Indicators
import Testing
import TimeSeries

@testable import Reporting

/// A card of four lines, none of them published: one with a target and counts, one beside neighbours, one proxy, one
/// without figures.
private enum InventedCard {
  static let neighbours = (1...10).map { "Neighbour \($0)" }

  static func series(
    _ id: String, _ values: [Double], of area: String = "Here", counts: Double? = nil
  ) throws -> Series {
    try Series(
      id: id, area: area, measure: Measure(id: id, unit: .percentage, polarity: .higherIsBetter),
      points: values.enumerated().map { index, value in
        DataPoint(
          period: .calendarYear(2016 + index), observation: .value(value),
          numerator: counts.map { (value / 100 * $0).rounded() }, denominator: counts,
          publication: CivilDate(year: 2017 + index, month: 6, day: 30).map { Publication(date: $0) })
      })
  }

  static func indicator(
    _ id: String, _ evidence: ScorecardIndicator.Evidence, theme: String = "well", priority: Int = 1,
    polarity: Polarity = .higherIsBetter, target: ScorecardTarget? = nil
  ) -> ScorecardIndicator {
    ScorecardIndicator(
      id: id, list: "score card", name: "Share \(id), \"quoted\"", theme: theme, priority: priority,
      definition: "of all, <b>each</b>", owner: "a board", polarity: polarity, unit: "per cent",
      source: "a publisher", evidence: evidence, target: target)
  }

  static func report(asOf: String = "2024-12-31") throws -> ScorecardReport {
    let target = ScorecardTarget(
      aim: .level(60, .atLeast), date: try #require(CivilDate("2025-12-31")), source: "the plan")
    let card = Scorecard(
      name: "Card", source: "a paper",
      themes: [.init(id: "well", name: "Well"), .init(id: "heard", name: "Heard")],
      priorities: [
        .init(number: 1, theme: "well", text: "Be well"), .init(number: 2, theme: "heard", text: "Be heard"),
        .init(number: 3, theme: "heard", text: "Have a say"),
      ],
      indicators: [
        indicator("1.1", .series("counted"), target: target), indicator("1.2", .series("ranked")),
        indicator("1.3", .proxy("ranked", reason: "it stands for another"), polarity: .neutral),
        indicator("2.1", .none(reason: "nobody publishes it"), theme: "heard", priority: 2),
      ], statedTargets: [])
    var evidence = [
      try series("counted", [50, 51, 52, 53, 54, 55, 56, 57], counts: 2_000),
      try series("counted", [48, 48, 49, 49, 50, 50, 51, 51], of: "England", counts: 900_000),
      try series("ranked", [40, 42, 44, 46, 48, 50, 52, 54]),
    ]
    for (index, name) in neighbours.enumerated() {
      evidence.append(
        try series("ranked", (0..<8).map { 30 + Double($0) + Double(index) }, of: name))
    }
    return ScorecardReport(
      card, evidence: try Panel(evidence),
      context: ScorecardContext(
        area: "Here", benchmark: "England", region: "North", neighbours: neighbours,
        asOf: try #require(CivilDate(asOf))))
  }
}

@Suite("A scorecard in words, as CSV and as JSON") struct ScorecardReportTests {
  private func column(_ name: String, of rows: [[String]]) throws -> [String] {
    let place = try #require(rows.first?.firstIndex(of: name))
    return rows.dropFirst().map { $0[place] }
  }

  private func document(_ report: ScorecardReport) throws -> [String: Any] {
    let text = try ScorecardJSON.text(report, problems: ["a fault"])
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("The three forms say the same of every line") func agreement() throws {
    let report = try InventedCard.report()
    let rows = readCSV(ScorecardCSV.text(report))
    #expect(rows.allSatisfy { $0.count == ScorecardCSV.columns.count } && rows.count == 5)
    #expect(try column("id", of: rows) == ["1.1", "1.2", "1.3", "2.1"])
    #expect(try column("value", of: rows) == ["57", "54", "54", ""])
    let colours = try column("colour", of: rows)
    #expect(colours == ["amber", "green", "notJudged", "noFigures"])
    let lines = try #require(try document(report)["indicators"] as? [[String: Any]])
    for (line, colour) in zip(lines, colours) {
      let rating = line["rating"] as? [String: Any]
      #expect(rating?["colour"] as? String == (colour == "noFigures" ? "notJudged" : colour))
    }
    let text = ScorecardTable(report, problems: ["a fault"]).text()
    for id in ["1.1", "1.2", "1.3", "2.1"] { #expect(text.contains("\(id) "), "\(id)") }
    #expect(text.contains("nobody publishes it (2.1)") && text.contains("a fault"))
    #expect(text.contains("Here, as known on 2024-12-31"))
  }

  @Test("A target to come has its chance in every form, as one number") func chance() throws {
    let report = try InventedCard.report()
    let rows = readCSV(ScorecardCSV.text(report))
    let probability = try #require(Double(try column("target_probability", of: rows)[0]))
    #expect((0...1).contains(probability))
    #expect(try column("target_status", of: rows)[0] == "forecast")
    let json = try ScorecardJSON.text(report, problems: [])
    #expect(json.contains("\"probability\" : \(probability),"))
    #expect(ScorecardTable(report, problems: []).text().contains(ScorecardWords.chance(probability)))
  }

  @Test("The summary counts what the rows count, and names priorities that nothing measures")
  func summary() throws {
    let report = try InventedCard.report()
    let text = ScorecardTable(report, problems: []).text()
    #expect(text.contains("No indicator stands under priority 3."))
    #expect(text.contains("No figure is published for any indicator of priority 2."))
    let themes = try #require(try document(report)["summary"] as? [[String: Any]])
    let well = try #require(themes.first { $0["theme"] as? String == "well" })
    #expect(well["green"] as? Int == 1 && well["amber"] as? Int == 1 && well["notJudged"] as? Int == 1)
  }

  @Test("A card of an earlier day says that its words are of today, and one of now does not")
  func hindcast() throws {
    let said = "definitions and reasons are as they stand now"
    func words(_ report: ScorecardReport) -> String {
      ScorecardTable(report, problems: []).text().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
    #expect(words(try InventedCard.report(asOf: "2020-01-31")).contains(said))
    #expect(!words(try InventedCard.report()).contains(said))
  }
}
