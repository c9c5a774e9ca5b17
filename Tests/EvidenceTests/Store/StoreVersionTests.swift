import Foundation
import GRDB
import Testing
import TimeSeries

@testable import Evidence

struct StoreVersionTests {
  /// A file of an earlier version, with a figure and a revision of it.
  private func version1(_ folder: TemporaryFolder) throws -> String {
    let path = folder.path + "/old.store"
    let queue = try DatabaseQueue(path: path)
    try queue.write { database in
      try database.execute(sql: FrozenSchemas.version1)
      try database.execute(
        sql: """
          CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
          INSERT INTO grdb_migrations VALUES ('1 evidence');
          PRAGMA application_id = 1315267940;
          PRAGMA user_version = 1;
          INSERT INTO imports VALUES (1, 'a.csv', '\(InventedFigures.digest("a"))', 'lait', 0, 3, 0, 2, 2, 0, 0, 0, 0);
          INSERT INTO imports VALUES (2, 'b.csv', '\(InventedFigures.digest("b"))', 'lait', 1, 2, 1, 1, 0, 1, 0, 0, 0);
          INSERT INTO areas VALUES (1, 'Wirral', 'E08000015', '344', 'Local authority');
          INSERT INTO periods VALUES (1, 'year financial', 2022, '2022/23', 19083, 19447);
          INSERT INTO periods VALUES (2, 'census yearly', 776479, '2022-01-31', 19023, 19023);
          INSERT INTO series VALUES (1, '1 count - 0:5:plans0:', 1, 'plans', 'Plans', NULL, 'lowerIsBetter', 'count', NULL, NULL, 1);
          INSERT INTO series VALUES (2, '1 rate 100.0 0:5:waits2:=w3:sex5:girls', 1, 'waits', NULL, 'w', NULL, 'rate', 100, NULL, 1);
          INSERT INTO breakdowns VALUES (2, 0, 'sex', 'girls');
          INSERT INTO vintages VALUES (1, 1, 1, 19500, 'value', 10.5, NULL, NULL, 1, 2, 9, 12, 0.5, 4, 19500, 0, 'n', 1, 1, 2, 'the release');
          INSERT INTO vintages VALUES (1, 1, 2, 19900, 'value', 11.5, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 8, 19900, 1, NULL, 0, 2, 9, NULL);
          INSERT INTO vintages VALUES (2, 2, 1, NULL, 'c', NULL, 1, 7, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, 0, 1, 3, NULL);
          INSERT INTO confirmations VALUES (1, 1, 20200, 0, 2, 9);
          """)
    }
    try queue.close()
    return path
  }

  @Test("The SQL of a version never changes once files of it may be about")
  func frozen() {
    #expect(StoreSchema.versions.map(\.sql) == [FrozenSchemas.version1, FrozenSchemas.version2])
    #expect(StoreSchema.versions.map(\.name) == ["1 evidence", "2 forecasts and plans"])
    #expect(Store.version == 2)
  }

  @Test(
    "A file of version 1 is brought to the current version with all that it holds",
    arguments: [Store.Mode.reading, .writing])
  func migration(_ mode: Store.Mode) throws {
    let folder = try TemporaryFolder()
    let path = try version1(folder)
    let store = try Store(at: path, mode: mode)
    #expect(try version(path) == 2)
    #expect(try store.check().isEmpty)
    #expect(try store.imports().map(\.file) == ["a.csv", "b.csv"])
    #expect(try store.imports().map(\.unreadable) == [0, 1])
    #expect(try store.imports().map(\.isChildLevel) == [false, true])
    let series = try store.series()
    let area = PublishedArea(name: "Wirral", code: "E08000015", number: "344", level: "Local authority")
    #expect(
      series.map(\.key) == [
        PublishedSeriesKey(
          measure: "plans", measureName: "Plans", area: area, unit: .count, polarity: .lowerIsBetter),
        PublishedSeriesKey(
          measure: "waits", area: area, unit: .rate(per: 100),
          breakdown: [Series.Attribute(name: "sex", value: "girls")], givenID: "w"),
      ])
    let plans = try store.vintages(of: series[0])
    #expect(
      plans.map(\.figure) == [
        PublishedFigure(
          period: .financialYear(2022), observation: .value(10.5), numerator: 1, denominator: 2,
          limits: 9...12,
          rounding: 0.5, publication: Publication(date: CivilDate(daysSinceEpoch: 19500)),
          flags: .provisional,
          note: "n", source: "the release", row: 2),
        PublishedFigure(
          period: .financialYear(2022), observation: .value(11.5),
          publication: Publication(date: CivilDate(daysSinceEpoch: 19900), isApproximate: true),
          flags: .revised,
          row: 9),
      ])
    #expect(plans.first?.figure.period.style == .hyphen)
    let waits = try store.vintages(of: series[1])
    #expect(waits.map(\.figure.observation) == [.suppressed(1...7)])
    #expect(waits.map(\.figure.period) == [.censusDate(try InventedFigures.day("2022-01-31"))])
    #expect(try store.savedForecasts().isEmpty)
    #expect(try store.savedPlans().isEmpty)
  }

  @Test("A migrated file takes in what a new one does: the series are known again")
  func importAfterMigration() throws {
    let folder = try TemporaryFolder()
    let store = try Store(at: try version1(folder), mode: .writing)
    var file = PublishedFigures(file: "c.csv", layout: "lait")
    InventedFigures.add(
      [try InventedFigures.figure(2023, 12)],
      of: PublishedSeriesKey(
        measure: "plans", area: PublishedArea(name: "Wirral", code: "E08000015"), unit: .count),
      to: &file)
    InventedFigures.add(
      [
        PublishedFigure(
          period: .censusDate(try InventedFigures.day("2022-01-31")), observation: .value(3), row: 3)
      ],
      of: PublishedSeriesKey(
        measure: "waits", area: PublishedArea(name: "Wirral", code: "E08000015"), unit: .rate(per: 100),
        breakdown: [Series.Attribute(name: "sex", value: "girls")], givenID: "w"), to: &file)
    let result = try store.import(file, digest: InventedFigures.digest("c"))
    #expect((result.number, result.newSeries, result.added, result.revised) == (3, 0, 1, 1))
  }

  @Test("A store of a later version is refused in a sentence, and left as it is")
  func later() throws {
    for change in ["PRAGMA user_version = 3", "INSERT INTO grdb_migrations VALUES ('3 what is to come')"] {
      let folder = try TemporaryFolder()
      let path = folder.path + "/later.store"
      _ = try Store(at: path, mode: .writing)
      let queue = try DatabaseQueue(path: path)
      try queue.write { try $0.execute(sql: change) }
      try queue.close()
      let before = try FileContents.read(path).bytes
      let error = #expect(throws: EvidenceError.self) { try Store(at: path, mode: .writing) }
      #expect(error?.exitCode == 65)
      #expect(error?.description.contains("was written by a later version of Needscast") == true)
      #expect(error?.description.contains("versions up to 2") == true)
      #expect(try FileContents.read(path).bytes == before)
    }
  }

  private func version(_ path: String) throws -> Int? {
    try DatabaseQueue(path: path).read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
  }
}
