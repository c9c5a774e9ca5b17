import Foundation
import Testing

@Suite("needscast import into a store, and needscast review")
struct ImportStoreTests {
  private let folder: TemporaryFolder
  private var store: String { folder.url.path + "/needs.sqlite" }

  /// Four years of two places, as they were known in June 2021.
  private static let history = """
    series,area,period,value,unit,published
    plans,Exampleshire,2017,90,count,2018-06-01
    plans,Exampleshire,2018,95,count,2019-06-01
    plans,Exampleshire,2019,100,count,2020-06-01
    plans,Exampleshire,2020,110,count,2021-06-01
    plans,Otherton,2017,45,count,2018-06-01
    plans,Otherton,2018,48,count,2019-06-01
    plans,Otherton,2019,50,count,2020-06-01
    plans,Otherton,2020,52,count,2021-06-01

    """
  /// What came: one figure is held back, and one year of one place has not come.
  private static let later = """
    series,area,period,value,unit,published
    plans,Exampleshire,2021,118,count,2022-06-01
    plans,Exampleshire,2022,c,count,2023-06-01
    plans,Otherton,2021,55,count,2022-06-01

    """
  private static let revised =
    "series,area,period,value,unit,published\nplans,Exampleshire,2021,121,count,2023-06-01\n"

  init() throws { folder = try TemporaryFolder() }

  private func write(_ text: String, _ name: String) throws -> String { try folder.write(text, to: name) }

  private func add(_ path: String, _ options: String...) throws -> Command.Outcome {
    try Command.run(["import", "series", path, "--store", store] + options)
  }

  @Test("What is imported twice changes nothing; what is revised adds a vintage")
  func vintages() throws {
    let plans = try write(InventedInputs.plans, "plans.csv")
    let first = try add(plans)
    #expect(first.status == 0, "\(first.errors)")
    #expect(
      first.output.hasSuffix("import 1, 8 figures: 8 new, 0 revised, 0 as they were known; 2 new series\n"))
    let again = try add(plans, "--format", "json")
    let unchanged = try ImportCounts(json: again.output)
    unchanged.expectSums()
    #expect(unchanged["added"] == 0 && unchanged["revised"] == 0 && unchanged["unchanged"] == 8)
    let changed = try write(
      InventedInputs.plans.replacingOccurrences(of: "Otherton,2022,57", with: "Otherton,2022,59"),
      "plans2.csv")
    let revised = try ImportCounts(csv: try add(changed, "--format", "csv").output)
    revised.expectSums()
    #expect(revised["added"] == 0 && revised["revised"] == 1 && revised["unchanged"] == 7)
    let same = try ImportCounts(csv: try add(changed, "--format", "csv").output)
    #expect(same["revised"] == 0 && same["unchanged"] == 8)
  }

  @Test("A lost cell is an error, and the others are in the store")
  func lost() throws {
    let grant = try write(InventedInputs.grant, "grant.csv")
    let run = try Command.run(["import", grant, "--store", store, "--format", "csv"])
    #expect(run.status == 65)
    let counts = try ImportCounts(csv: run.output)
    counts.expectSums()
    #expect(counts["added"] == 14 && counts["cells_unreadable"] == 1)
  }

  /// Forecasts that were saved, and outturns that came later.
  private func reviewed() throws {
    let history = try write(Self.history, "history.csv")
    let forecast = try Command.run(
      ["forecast", history, "--horizon", "3", "--model", "drift", "--store", store, "--format", "csv"])
    #expect(forecast.status == 0, "\(forecast.errors)")
    #expect(forecast.errors.contains("saved 6 forecasts in \(store) as run 1"))
    #expect(try PlainTable(forecast.output).rows.count == 6)
    for (text, name) in [
      (Self.history, "history.csv"), (Self.later, "later.csv"), (Self.revised, "revised.csv"),
    ] {
      #expect(try add(try write(text, name)).status == 0)
    }
  }

  @Test("Forecasts are scored against what came; what has not come and what was held back are counted")
  func text() throws {
    try reviewed()
    let run = try Command.run(["review", store])
    #expect(run.status == 0, "\(run.errors)")
    #expect(
      run.output.hasPrefix(
        "6 forecasts: 2 scored, 3 whose outturn has not come, 1 whose outturn has no value\n"
          + "outturns are the latest published\n"), "\(run.output)")
    #expect(!run.output.contains("have no figures in the store"))
  }

  @Test("The errors of a review are those of the forecasts that were saved, vintage by vintage")
  func detail() throws {
    try reviewed()
    let latest = try PlainTable(try Command.run(["review", store, "--detail", "--format", "csv"]).output)
    #expect(latest.rows.count == 6)
    let first = try PlainTable(
      try Command.run(["review", store, "--outturn", "first-published", "--detail", "--format", "csv"]).output
    )
    #expect(latest.rows[0]["actual"] == "121" && latest.rows[0]["published"] == "2023-06-01")
    #expect(first.rows[0]["actual"] == "118" && first.rows[0]["published"] == "2022-06-01")
    #expect(latest.rows[1]["actual"] == "c" && latest.rows[2]["actual"] == "")
    for table in [latest, first] {
      for row in table.rows {
        guard let actual = row["actual"].flatMap({ Double($0) }) else {
          #expect(row["error"] == "" && row["scaled_error"] == "")
          continue
        }
        let mean = try #require(row["mean"].flatMap { Double($0) })
        let error = try #require(row["error"].flatMap { Double($0) })
        #expect(abs(error - (mean - actual)) < 1e-9)
      }
    }
    #expect(latest.column("as_of").allSatisfy { $0 == "2021-06-01" })
  }

  @Test("Averages by area, by model and step: every forecast is scored, pending or without a value")
  func byArea() throws {
    try reviewed()
    let table = try PlainTable(try Command.run(["review", store, "--by", "area", "--format", "csv"]).output)
    #expect(Set(table.column("group")) == ["Exampleshire", "Otherton"])
    #expect(table.rows.filter { $0["step"] == "all" }.count == 2)
    for row in table.rows {
      let parts = ["scored", "pending", "without_value"].compactMap { row[$0].flatMap { Int($0) } }
      #expect(parts.count == 3 && row["forecasts"].flatMap { Int($0) } == parts.reduce(0, +))
      #expect((row["scored"] == "0") == (row["error"] == ""))
    }
    let text = try Command.run(["review", store, "--by", "series"]).output
    #expect(text.contains("\nplans, Exampleshire  drift"), "\(text)")
  }

  @Test("The review as JSON has the averages of the table")
  func json() throws {
    try reviewed()
    let run = try Command.run(["review", store, "--format", "json", "--outturn", "first-published"])
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(document["outturn"] as? String == "first-published")
    #expect(document["levels"] as? [Double] == [0.8, 0.95])
    #expect(document["unknownSeries"] as? Int == 0 && document["replaced"] as? Int == 0)
    let rows = try #require(document["rows"] as? [[String: Any]])
    let all = try #require(rows.last)
    #expect(rows.count == 4 && all["step"] == nil && all["forecasts"] as? Int == 6)
    #expect(all["scored"] as? Int == 2 && all["pending"] as? Int == 3 && all["withoutValue"] as? Int == 1)
    let csv = try PlainTable(
      try Command.run(["review", store, "--format", "csv", "--outturn", "first-published"]).output)
    #expect(csv.rows.last?["mase"].flatMap { Double($0) } == all["mase"] as? Double)
  }

  @Test("Outturns that were not known on a day are not counted as come")
  func asOf() throws {
    try reviewed()
    let run = try Command.run(["review", store, "--as-of", "2022-12-31"])
    #expect(run.output.hasPrefix("6 forecasts: 2 scored, 4 whose outturn has not come, 0 whose"))
    let before = try Command.run(["review", store, "--as-of", "2021-12-31"])
    #expect(before.output.hasPrefix("6 forecasts: 0 scored, 6 whose outturn has not come, 0 whose"))
  }

  @Test("The same forecasts saved again are known, and series without figures are said")
  func again() throws {
    let history = try write(Self.history, "history.csv")
    let arguments = ["forecast", history, "--horizon", "1", "--model", "drift", "--store", store]
    #expect(try Command.run(arguments).errors.contains("as run 1"))
    #expect(try Command.run(arguments).errors.contains("these forecasts are there already, as run 1"))
    let run = try Command.run(["review", store])
    #expect(run.output.hasPrefix("2 forecasts: 0 scored, 2 whose outturn has not come"))
    #expect(
      run.output.contains(
        "2 series with forecasts have no figures in the store; import them under the same name"))
  }

  @Test("Names that a spreadsheet would take for formulas are written so that it does not")
  func formulas() throws {
    let rows = (2017...2020).map { "=x,+E,\($0),\($0 % 5 + 1),count\n" }.joined()
    let file = try write("series,area,period,value,unit\n" + rows, "formulas.csv")
    #expect(
      try Command.run(["forecast", file, "--horizon", "1", "--model", "naive", "--store", store, "--quiet"])
        .status
        == 0)
    let detail = try PlainTable(try Command.run(["review", store, "--detail", "--format", "csv"]).output)
    #expect(detail.rows[0]["series"] == "'=x" && detail.rows[0]["area"] == "'+E")
    let grouped = try PlainTable(
      try Command.run(["review", store, "--by", "area", "--format", "csv"]).output)
    #expect(Set(grouped.column("group")) == ["'+E"])
  }

  @Test("A store without forecasts, a store that is not there and a detail that is no table say what to do")
  func refusals() throws {
    #expect(try add(try write(InventedInputs.plans, "plans.csv")).status == 0)
    let run = try Command.run(["review", store])
    #expect(run.status == 65 && run.output.isEmpty)
    #expect(run.errors.contains("no forecasts are saved here; save some with needscast forecast FILE"))
    let missing = try Command.run(["review", folder.url.path + "/none.sqlite"])
    #expect(missing.status == 66)
    #expect(!FileManager.default.fileExists(atPath: folder.url.path + "/none.sqlite"))
    #expect(try Command.run(["review", folder.url.path]).errors.contains("/store.sqlite"))
    let detail = try Command.run(["review", store, "--detail"])
    #expect(detail.status == 64 && detail.errors.contains("add --format csv"))
    #expect(try Command.run(["review", store, "--output", store, "--force"]).status == 64)
    #expect(try Command.run(["review", try write("no store\n", "text.txt")]).status != 0)
  }

  @Test("Forecasts of standard input are not saved, since nothing could tell later what they were made of")
  func standardInput() throws {
    let run = try Command.run(["forecast", "-", "--horizon", "1", "--store", store], input: Self.history)
    #expect(run.status == 64 && run.errors.contains("name the file of the series"))
    #expect(!FileManager.default.fileExists(atPath: store))
    let described = try Command.run(
      ["forecast", try write(Self.history, "history.csv"), "--describe", "--store", store])
    #expect(described.status == 64 && described.errors.contains("leave out --store or --describe"))
  }
}
