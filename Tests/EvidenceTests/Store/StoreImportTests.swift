import Evidence
import Testing
import TimeSeries

struct StoreImportTests {
  private func store(_ folder: TemporaryFolder) throws -> Store {
    try Store(at: folder.path + "/evidence.store", mode: .writing)
  }

  @Test("The same file again changes nothing, byte for byte, and says so")
  func idempotent() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let figures = InventedFigures.file([
      try InventedFigures.figure(2022, 10, "2023-06-01"), try InventedFigures.figure(2023, 12, "2024-06-01"),
    ])
    let first = try store.import(figures, digest: InventedFigures.digest("a"))
    #expect(first.number == 1)
    #expect(!first.isRepeat)
    #expect(first.added == 2)
    #expect(first.newSeries == 1)
    #expect(
      first.description
        == "plans.csv: import 1, 2 figures: 2 new, 0 revised, 0 as they were known; 1 new series")
    let before = try FileContents.read(store.path).bytes
    let again = try store.import(figures, digest: InventedFigures.digest("a"))
    #expect(again.isRepeat)
    #expect(again.number == 1)
    #expect(again.unchanged == 2)
    #expect(again.description == "plans.csv: is in the store already, as import 1; nothing changed")
    #expect(try FileContents.read(store.path).bytes == before)
    #expect(try store.imports().count == 1)
  }

  @Test("An older file imported again after a newer one changes nothing, even where no row says its day")
  func olderAgain() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let older = InventedFigures.file("a.csv", [try InventedFigures.figure(2022, 10)])
    let newer = InventedFigures.file("b.csv", [try InventedFigures.figure(2022, 11)])
    _ = try store.import(older, digest: InventedFigures.digest("a"))
    #expect(try store.import(newer, digest: InventedFigures.digest("b")).revised == 1)
    #expect(try store.import(older, digest: InventedFigures.digest("a")).isRepeat)
    #expect(try store.panel().panel["plans", area: "Wirral"]?.values == [11])
  }

  @Test("A file whose text changed and whose figures did not is an import without vintages")
  func sameFigures() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let figures = InventedFigures.file([try InventedFigures.figure(2022, 10, "2023-06-01")])
    _ = try store.import(figures, digest: InventedFigures.digest("a"))
    let again = try store.import(figures, digest: InventedFigures.digest("b"))
    #expect(!again.isRepeat)
    #expect((again.number, again.unchanged, again.added, again.revised) == (2, 1, 0, 0))
    #expect(try store.imports().map(\.digest) == [InventedFigures.digest("a"), InventedFigures.digest("b")])
    let series = try #require(try store.series().first)
    #expect(try store.vintages(of: series).map(\.importNumber) == [1])
  }

  @Test("A revised value stands beside the old one, and each day sees what was known on it")
  func revision() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.import(
      InventedFigures.file(
        "2023.csv", [try InventedFigures.figure(2022, 10, "2023-06-01", flags: .provisional)]),
      digest: InventedFigures.digest("a"))
    let second = try store.import(
      InventedFigures.file(
        "2024.csv",
        [
          try InventedFigures.figure(2022, 11, "2024-06-01", flags: .revised, row: 5),
          try InventedFigures.figure(2023, 20, "2024-06-01", row: 6),
        ]), digest: InventedFigures.digest("b"))
    #expect((second.added, second.revised, second.unchanged) == (1, 1, 0))
    func values(_ day: String?) throws -> [Double?]? {
      try store.panel(asOf: try day.map(InventedFigures.day)).panel["plans", area: "Wirral"]?.values
    }
    #expect(try values("2023-05-31") == nil)
    #expect(try values("2023-06-01") == [10])
    #expect(try values("2024-05-31") == [10])
    #expect(try values("2024-06-01") == [11, 20])
    #expect(try values(nil) == [11, 20])
    let point = try #require(try store.panel().panel["plans", area: "Wirral"]?.points.first)
    #expect(point.origin == Origin(file: "2024.csv", row: 5))
    let revision = try #require(try store.revisions().first)
    #expect(try store.revisions().count == 1)
    #expect(revision.isConfirmed)
    #expect(revision.change == 1)
    #expect(revision.period == .financialYear(2022))
    #expect(revision.vintages.map(\.file) == ["2023.csv", "2024.csv"])
    #expect(revision.vintages.map(\.digest) == [InventedFigures.digest("a"), InventedFigures.digest("b")])
  }

  @Test("A figure confirmed at the value it had is a vintage, since it says something else: that it is final")
  func confirmed() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2022, 10, "2023-06-01", flags: .provisional)]),
      digest: InventedFigures.digest("a"))
    let second = try store.import(
      InventedFigures.file([try InventedFigures.figure(2022, 10, "2024-06-01")]),
      digest: InventedFigures.digest("b"))
    #expect(second.revised == 1)
    let revision = try #require(try store.revisions().first)
    #expect(revision.isConfirmed)
    #expect(revision.change == 0)
  }

  @Test("A value that goes back to what it once was is a vintage again")
  func reverted() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    for (digit, value, day) in [("a", 10.0, "2021-01-01"), ("b", 11, "2022-01-01"), ("c", 10, "2023-01-01")] {
      _ = try store.import(
        InventedFigures.file([try InventedFigures.figure(2020, value, day)]),
        digest: InventedFigures.digest(Character(digit)))
    }
    let series = try #require(try store.series().first)
    #expect(try store.vintages(of: series).map(\.figure.observation) == [.value(10), .value(11), .value(10)])
    #expect(try store.panel(asOf: InventedFigures.day("2022-06-01")).panel[0].values == [11])
  }

  @Test("An older publication imported later takes its place in time, and the newest stays the latest")
  func backfill() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 12, "2024-01-01")]),
      digest: InventedFigures.digest("a"))
    let older = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 10, "2022-01-01")]),
      digest: InventedFigures.digest("b"))
    #expect(older.revised == 1)
    #expect(try store.panel().panel[0].values == [12])
    #expect(try store.panel(asOf: InventedFigures.day("2023-01-01")).panel[0].values == [10])
    let between = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 10, "2023-01-01")]),
      digest: InventedFigures.digest("c"))
    #expect((between.revised, between.unchanged) == (0, 1))
    let series = try #require(try store.series().first)
    #expect(try store.vintages(of: series).map(\.revision) == [2, 1])
  }

  @Test("What was published again after a figure that turns up later is in force again from that day")
  func confirmedBetween() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    func publish(_ digit: Character, _ value: Double, _ day: String?) throws -> StoreImport {
      try store.import(
        InventedFigures.file("\(digit).csv", [try InventedFigures.figure(2020, value, day)]),
        digest: InventedFigures.digest(digit))
    }
    _ = try publish("a", 10, "2022-01-01")
    #expect(try publish("b", 10, "2024-01-01").unchanged == 1)
    #expect(try publish("c", 10, "2025-01-01").unchanged == 1)
    #expect(try publish("d", 11, "2023-01-01").revised == 1)
    let days = ["2022-06-01", "2023-06-01", "2024-06-01", "2026-01-01"]
    #expect(
      try days.map { try store.panel(asOf: InventedFigures.day($0)).panel[0].values } == [
        [10], [11], [10], [10],
      ])
    let vintages = try store.vintages(of: try #require(try store.series().first))
    #expect(vintages.map(\.file) == ["a.csv", "d.csv", "b.csv"])
    #expect(vintages.last?.figure.publication == Publication(date: try InventedFigures.day("2024-01-01")))
    for digit: Character in ["a", "b", "c", "d"] {
      let days: [Character: String] = [
        "a": "2022-01-01", "b": "2024-01-01", "c": "2025-01-01", "d": "2023-01-01",
      ]
      #expect(try publish(digit, digit == "d" ? 11 : 10, days[digit]).isRepeat)
    }
    // Without a day, a figure is known since the last day on which anything was published.
    _ = try publish("e", 12, nil)
    #expect(
      try store.vintages(of: try #require(try store.series().first)).last?.knownFrom
        == InventedFigures.day("2025-01-01"))
    #expect(try store.check().isEmpty)
  }

  @Test(
    "A figure without a day counts as known from when the latest before it was, and alone it is always known")
  func undated() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 10, "2022-01-01")]),
      digest: InventedFigures.digest("a"))
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2020, 11), try InventedFigures.figure(2021, 5)]),
      digest: InventedFigures.digest("b"))
    #expect(try store.panel(asOf: InventedFigures.day("2021-01-01")).panel[0].values == [5])
    #expect(try store.panel(asOf: InventedFigures.day("2022-01-01")).panel[0].values == [11, 5])
    let vintages = try store.vintages(of: try #require(try store.series().first))
    #expect(
      vintages.map(\.knownFrom) == [
        try InventedFigures.day("2022-01-01"), try InventedFigures.day("2022-01-01"), nil,
      ])
  }

  @Test("A wider reading of a file that was imported before adds what was left out then")
  func wider() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = InventedFigures.file([try InventedFigures.figure(2020, 10)])
    _ = try store.import(file, digest: InventedFigures.digest("a"))
    InventedFigures.add(
      [try InventedFigures.figure(2020, 7)], of: InventedFigures.key("plans", "Sefton", code: "E08000014"),
      to: &file)
    let wider = try store.import(file, digest: InventedFigures.digest("a"))
    #expect(!wider.isRepeat)
    #expect((wider.number, wider.added, wider.unchanged) == (2, 1, 1))
  }

  @Test(
    "Within one file, a revised figure follows a provisional one, and what contradicts itself is left out and named"
  )
  func oneFile() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let key = InventedFigures.key()
    let file = InventedFigures.file(
      [
        try InventedFigures.figure(2020, 11, flags: .revised, row: 2),
        try InventedFigures.figure(2020, 10, flags: .provisional, row: 3),
        try InventedFigures.figure(2021, 5, row: 4), try InventedFigures.figure(2021, 6, row: 5),
        try InventedFigures.figure(2022, 7, row: 6), try InventedFigures.figure(2022, 7, row: 7),
        PublishedFigure(period: .financialYear(2023), observation: .notAvailable, row: 8),
        try InventedFigures.figure(2023, 8, row: 9),
      ], of: key)
    let result = try store.import(file, digest: InventedFigures.digest("a"))
    #expect((result.figures, result.added, result.revised) == (8, 3, 1))
    #expect((result.unchanged, result.superseded, result.conflicting) == (1, 1, 2))
    #expect(result.problems.map(\.row) == [5])
    #expect(
      result.problems.first?.message.hasPrefix("plans of Wirral for 2021/22 is 6, and 5 in row 4; neither")
        == true)
    #expect(result.description.contains("2 that contradict one another and were left out"))
    #expect(result.description.contains("1 without a value beside one with a value"))
    #expect(try store.panel().panel[0].values == [11, 7, 8])
    #expect(try store.revisions().map(\.isConfirmed) == [true])
  }

  @Test("Every count of an import adds up, and is kept")
  func counts() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var generator = SeededGenerator(state: 5)
    for number in 1...6 {
      var figures: [PublishedFigure] = []
      for row in 2..<200 {
        let flags: DataFlags = Bool.random(using: &generator) ? .provisional : []
        let year = 2010 + Int.random(in: 0...5, using: &generator)
        let day = Bool.random(using: &generator) ? "\(year)-01-01" : nil
        figures.append(
          try InventedFigures.figure(
            Int.random(in: 2000...2030, using: &generator), Double(Int.random(in: 0...3, using: &generator)),
            day, flags: flags, row: row))
      }
      let result = try store.import(
        InventedFigures.file(figures), digest: InventedFigures.digest(Character("\(number)")))
      #expect(result.figures == 198)
      let parts = [result.added, result.revised, result.unchanged, result.superseded, result.conflicting]
      #expect(result.figures == parts.reduce(0, +))
      let again = try store.import(
        InventedFigures.file(figures), digest: InventedFigures.digest(Character("\(number)")))
      #expect(again.isRepeat)
      let kept = try #require(try store.imports().last)
      #expect((kept.number, kept.added, kept.revised) == (result.number, result.added, result.revised))
      #expect((kept.unchanged, kept.conflicting) == (result.unchanged, result.conflicting))
    }
    let series = try #require(try store.series().first)
    let imports = try store.imports()
    // A figure that was published again may be in force again, and is then a vintage more.
    #expect(try store.vintages(of: series).count >= imports.reduce(0) { $0 + $1.added + $1.revised })
  }

  @Test("More problems than are held are counted")
  func manyProblems() throws {
    let folder = try TemporaryFolder()
    let figures = try (0..<1500).flatMap { year in
      [try InventedFigures.figure(year, 1, row: 2), try InventedFigures.figure(year, 2, row: 3)]
    }
    let result = try store(folder).import(InventedFigures.file(figures), digest: InventedFigures.digest("a"))
    #expect((result.problems.count, result.omittedProblems) == (1000, 500))
    #expect((result.conflicting, result.added) == (3000, 0))
  }

  @Test("What is no number is refused with its row, and nothing is imported")
  func unsound() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let good = try InventedFigures.figure(2020, 1)
    var bad: [PublishedFigure] = [try InventedFigures.figure(2021, .nan, row: 7)]
    bad.append(
      PublishedFigure(period: .calendarYear(2020), observation: .value(1), numerator: .infinity, row: 8))
    bad.append(
      PublishedFigure(period: .calendarYear(2020), observation: .value(1), denominator: -.infinity, row: 9))
    bad.append(PublishedFigure(period: .calendarYear(2020), observation: .value(1), rounding: 0, row: 10))
    for figure in bad {
      let error = #expect(throws: EvidenceError.self) {
        try store.import(InventedFigures.file([good, figure]), digest: InventedFigures.digest("a"))
      }
      #expect(error?.description.hasPrefix("plans.csv:\(figure.row): ") == true)
      #expect(error?.exitCode == 65)
    }
    #expect(throws: EvidenceError.self) {
      try store.import(
        InventedFigures.file([good], of: InventedFigures.key(unit: .rate(per: .nan))),
        digest: InventedFigures.digest("a"))
    }
    #expect(try store.series().isEmpty)
    #expect(try store.imports().isEmpty)
  }

  @Test(
    "A digest that is none is refused",
    arguments: ["", "abc", String(repeating: "G", count: 64), String(repeating: "A", count: 64)])
  func digests(_ digest: String) throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let error = #expect(throws: EvidenceError.self) {
      try store.import(InventedFigures.file([]), digest: digest)
    }
    #expect(error?.exitCode == 64)
  }

  @Test("A store opened for reading takes nothing in")
  func readingAlone() throws {
    let folder = try TemporaryFolder()
    let path = try store(folder).path
    let error = #expect(throws: EvidenceError.self) {
      try Store(at: path, mode: .reading).import(
        InventedFigures.file([]), digest: InventedFigures.digest("a"))
    }
    #expect(error == .cannotWrite(path: path, reason: "the store was opened for reading alone"))
  }
}
