import Evidence
import Testing
import TimeSeries

struct StoreNamesTests {
  private func store(_ folder: TemporaryFolder) throws -> Store {
    try Store(at: folder.path + "/evidence.store", mode: .writing)
  }

  @Test("An area is known by its code, and has the name of the latest file")
  func renamed() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    _ = try store.import(
      InventedFigures.file(
        [try InventedFigures.figure(2020, 1)],
        of: InventedFigures.key("plans", "St. Helens", code: "E08000013")),
      digest: InventedFigures.digest("a"))
    var renamed = InventedFigures.key("plans", "St Helens", code: "E08000013")
    renamed.area.number = "342"
    renamed.measureName = "Plans"
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2021, 2)], of: renamed),
      digest: InventedFigures.digest("b"))
    let series = try store.series()
    #expect(series.map(\.area) == ["St Helens"])
    #expect(series.first?.key == renamed)
    #expect(try store.panel().panel[0].values == [1, 2])
    // A file that says less of an area takes nothing away from it.
    let nameless = InventedFigures.key("plans", "", code: "E08000013")
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2022, 3)], of: nameless),
      digest: InventedFigures.digest("c"))
    #expect(try store.series().first?.key.area == renamed.area)
  }

  @Test("Two names of one code within a file are one series, and what they say of one period is compared")
  func twoNames() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = InventedFigures.file(
      [try InventedFigures.figure(2020, 1)],
      of: InventedFigures.key("plans", "Bristol, City of", code: "E06000023"))
    InventedFigures.add(
      [try InventedFigures.figure(2020, 2, row: 3), try InventedFigures.figure(2021, 4, row: 4)],
      of: InventedFigures.key("plans", "Bristol", code: "E06000023"), to: &file)
    let result = try store.import(file, digest: InventedFigures.digest("a"))
    #expect((result.newSeries, result.added, result.conflicting) == (1, 1, 2))
  }

  @Test("Without a code, an area is its name, number and level together")
  func withoutCode() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = PublishedFigures(file: "a.csv", layout: "series")
    for area in [
      PublishedArea(name: "London"), PublishedArea(name: "London", level: "Regional"),
      PublishedArea(name: "London", number: "1", level: "Regional"),
      PublishedArea(name: "London", code: "", level: ""),
    ] {
      InventedFigures.add(
        [try InventedFigures.figure(2020, 1)],
        of: PublishedSeriesKey(measure: "plans", area: area, unit: .count), to: &file)
    }
    #expect(try store.import(file, digest: InventedFigures.digest("a")).newSeries == 3)
    #expect(try store.import(file, digest: InventedFigures.digest("a")).isRepeat)
    #expect(try store.panel().panel.count == 3)
  }

  @Test("Breakdowns are the same in whatever order the columns stand, and other units are other series")
  func breakdowns() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    let sex = Series.Attribute(name: "sex", value: "girls")
    let age = Series.Attribute(name: "age", value: "5 to 10")
    for (digit, breakdown) in [("a", [sex, age]), ("b", [age, sex])] {
      _ = try store.import(
        InventedFigures.file(
          [try InventedFigures.figure(2020, 1)], of: InventedFigures.key(breakdown: breakdown)),
        digest: InventedFigures.digest(Character(digit)))
    }
    #expect(try store.series().map(\.key.breakdown) == [[sex, age]])
    #expect(try store.series().first?.id == "plans-girls-5-to-10")
    let units: [Unit] = [
      .count, .rate(per: 10_000), .rate(per: 100), .proportion, .percentage, .pounds, .weeks, .score,
      .other("count"), .other("days"),
    ]
    var file = PublishedFigures(file: "c.csv", layout: "series")
    for unit in units {
      InventedFigures.add(
        [try InventedFigures.figure(2020, 1)], of: InventedFigures.key("other", unit: unit), to: &file)
    }
    _ = try store.import(file, digest: InventedFigures.digest("c"))
    #expect(try store.series(StoreSelection(measures: ["other"])).map(\.key.unit) == units)
    #expect(try store.panel().panel.count == units.count + 1)
  }

  @Test("Texts that share their letters across fields are different series")
  func identity() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = PublishedFigures(file: "a.csv", layout: "series")
    for (measure, name, value) in [("a", "b", "c"), ("a1:b", "", "c"), ("a", "b1:c", ""), ("a1", ":b", "c")] {
      InventedFigures.add(
        [try InventedFigures.figure(2020, 1)],
        of: InventedFigures.key(measure, breakdown: [Series.Attribute(name: name, value: value)]), to: &file)
    }
    #expect(try store.import(file, digest: InventedFigures.digest("a")).newSeries == 4)
  }

  @Test(
    "Series to which their file gives other identifiers are others, and what is good of a measure may change")
  func givenIdentifiers() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var first = InventedFigures.key()
    first.givenID = "a"
    var second = first
    second.givenID = "b"
    var file = InventedFigures.file([try InventedFigures.figure(2020, 1)], of: first)
    InventedFigures.add([try InventedFigures.figure(2020, 2)], of: second, to: &file)
    #expect(try store.import(file, digest: InventedFigures.digest("a")).newSeries == 2)
    #expect(try store.series().map(\.id) == ["a", "b"])
    second.polarity = .higherIsBetter
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2021, 3)], of: second),
      digest: InventedFigures.digest("b"))
    _ = try store.import(
      InventedFigures.file([try InventedFigures.figure(2022, 4)], of: first),
      digest: InventedFigures.digest("c"))
    #expect(try store.series().map(\.key.polarity) == [nil, .higherIsBetter])
    #expect(try store.panel().panel.map(\.values) == [[1, 4], [2, 3]])
  }

  @Test("Figures counted from single children stay marked as such, until others take their place")
  func childLevel() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = InventedFigures.file(
      [try InventedFigures.figure(2020, 1)], of: InventedFigures.key("episodes"))
    file.isChildLevel = true
    #expect(try store.import(file, digest: InventedFigures.digest("a")).isChildLevel)
    let other = InventedFigures.file([try InventedFigures.figure(2020, 1)])
    #expect(try !store.import(other, digest: InventedFigures.digest("b")).isChildLevel)
    #expect(try store.imports().map(\.isChildLevel) == [true, false])
    let key = Panel.Key(id: "episodes", area: "Wirral")
    #expect(try store.panel().childLevel == [key])
    let episodes = try #require(try store.series(StoreSelection(measures: ["episodes"])).first)
    #expect(try store.vintages(of: episodes).map(\.isChildLevel) == [true])
    let published = InventedFigures.file(
      [try InventedFigures.figure(2020, 5)], of: InventedFigures.key("episodes"))
    _ = try store.import(published, digest: InventedFigures.digest("c"))
    #expect(try store.panel().childLevel.isEmpty)
  }

  @Test("Series are chosen by area and measure, under any of their names")
  func selection() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = PublishedFigures(file: "a.csv", layout: "series")
    for (measure, area, code) in [
      ("Plans made", "Wirral", "E08000015"), ("Plans made", "Sefton", "E08000014"),
      ("waits", "Sefton", "E08000014"),
    ] {
      InventedFigures.add(
        [try InventedFigures.figure(2020, 1)], of: InventedFigures.key(measure, area, code: code), to: &file)
    }
    _ = try store.import(file, digest: InventedFigures.digest("a"))
    #expect(try store.series(StoreSelection(areas: ["sefton"])).map(\.id) == ["plans-made", "waits"])
    #expect(try store.series(StoreSelection(areas: ["E08000015"])).count == 1)
    #expect(try store.series(StoreSelection(areas: ["Sefton"], measures: ["Plans made"])).count == 1)
    #expect(
      try store.panel(asOf: nil, StoreSelection(measures: ["plans-made"])).panel.areas == [
        "Wirral", "Sefton",
      ])
    #expect(try store.revisions(StoreSelection(areas: ["nowhere"])).isEmpty)
  }

  @Test("A series that mixes kinds of period is left out of the panel and named; the others stay")
  func mixedKinds() throws {
    let folder = try TemporaryFolder()
    let store = try store(folder)
    var file = InventedFigures.file([
      try InventedFigures.figure(2020, 1),
      PublishedFigure(period: .calendarYear(2020), observation: .value(2), row: 3),
    ])
    InventedFigures.add([try InventedFigures.figure(2020, 1)], of: InventedFigures.key("waits"), to: &file)
    _ = try store.import(file, digest: InventedFigures.digest("a"))
    let panel = try store.panel()
    #expect(panel.panel.map(\.id) == ["waits"])
    #expect(
      panel.problems.map(\.message) == [
        "series \"plans\" mixes periods of different kinds, such as 2020 and 2020/21; give each kind a series of its own; the series is left out"
      ])
    let plans = try #require(try store.series().first)
    #expect(try store.vintages(of: plans).count == 2)
  }
}
