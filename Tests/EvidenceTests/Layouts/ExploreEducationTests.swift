import Testing
import TimeSeries

@testable import Evidence

/// Files of Explore Education Statistics: what a column holds is decided from the whole of it, and nothing of a cell is lost.
@Suite struct ExploreEducationTests {
  private static let header =
    "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name"

  private static func row(_ period: String, _ rest: String) -> String {
    "\(period),Calendar year,Local authority,E92000001,England,E12000002,North West,343,E08000014,Sefton,\(rest)\n"
  }

  private static func read(_ text: String, _ options: LayoutInput.Options = .init()) throws
    -> PublishedFigures
  {
    let figures = try InventedFile.read(text, as: ExploreEducationLayout.self, options)
    figures.expectFooting()
    return figures
  }

  @Test("every code keeps its reason, and a value that is missing is never a zero")
  func codes() throws {
    let codes = ["12", "c", "*", "z", "x", ":", "..", "", "low", "k", "~", "u", "[c]", "1-7", "<5", "C"]
    var text = Self.header + ",pupil_count\n"
    for (index, code) in codes.enumerated() { text += Self.row(String(2001 + index), code) }
    let figures = try Self.read(text).only("pupil_count", "343")
    #expect(
      figures.map(\.observation) == [
        .value(12), .suppressed(nil), .suppressed(nil), .notApplicable, .notAvailable, .notAvailable,
        .notAvailable,
        .notAvailable, .roundsToZero, .roundsToZero, .roundsToZero, .notAvailable, .suppressed(nil),
        .suppressed(1...7), .suppressed(0...5), .suppressed(nil),
      ])
    #expect(figures[11].note == "low reliability")
    #expect(figures.map(\.row) == Array(2...17))
  }

  @Test("columns may stand in any order and any capitals, and areas are those of their level")
  func order() throws {
    let figures = try Self.read(
      """
      LA_Name,Places,GEOGRAPHIC_LEVEL,Time_Identifier,TIME_PERIOD,Region_Name,region_code,NEW_LA_CODE,old_la_code,country_name,country_code,school_urn,school_name,lad_code,lad_name
      ,9,National,Calendar year,2024,,,,,England,E92000001,,,,
      ,8,Regional,Calendar year,2024,North West,E12000002,,,England,E92000001,,,,
      Sefton,7,Local authority,Calendar year,2024,North West,E12000002,E08000014,343,England,E92000001,,,,
      Sefton,1,School,Calendar year,2024,North West,E12000002,E08000014,343,England,E92000001,104900,Lark School,,
      ,2,Local authority district,Calendar year,2024,North West,E12000002,z,z,England,E92000001,,,E07000026,Allerdale
      """)
    #expect(figures.problems.isEmpty)
    #expect(
      figures.series.map(\.key.area) == [
        PublishedArea(name: "England", code: "E92000001", level: "National"),
        PublishedArea(name: "North West", code: "E12000002", level: "Regional"),
        PublishedArea(name: "Sefton", code: "E08000014", number: "343", level: "Local authority"),
        PublishedArea(name: "Lark School", code: "104900", level: "School"),
        PublishedArea(name: "Allerdale", code: "E07000026", level: "Local authority district"),
      ])
  }

  @Test(
    "a level that the list does not have is known by columns of its name, and one without is a problem with a remedy"
  )
  func levels() throws {
    let figures = try Self.read(
      """
      time_period,time_identifier,geographic_level,icb_code,icb_name,places
      2024,Calendar year,ICB,E54000008,Cheshire and Merseyside,5
      2024,Calendar year,Planet,E54000008,Cheshire and Merseyside,6
      2025,Calendar year,Planet,E54000008,Cheshire and Merseyside,6
      """)
    #expect(try figures.only("places", "E54000008").count == 1)
    #expect(figures.tally.unreadableRows == 2)
    let problem = try #require(figures.problems.first)
    #expect(figures.problems.count == 1 && problem.row == 3)
    #expect(
      problem.message.contains("geographic_level \"Planet\" in column \"geographic_level\"")
        && problem.message.contains("write a level such as National")
        && problem.message.contains("1 more rows"))
  }

  @Test("words are a breakdown, numbers and codes a measure, and the note says which is which")
  func roles() throws {
    let figures = try Self.read(
      Self.header + ",breakdown_topic,age_group,pupils,all_hidden,unused\n"
        + Self.row("2024", "Age,age 10,5,c,")
        + Self.row("2024", "Age,age 20 and over,6,c,") + Self.row("2024", "Age,Age unknown,c,z,"))
    #expect(figures.notes("measures: pupils, all_hidden"))
    #expect(figures.notes("breakdowns: breakdown_topic, age_group"))
    #expect(figures.notes("columns with nothing in them were left out: unused"))
    #expect(
      try figures.only("pupils", "Sefton", ["Age", "Age unknown"]).map(\.observation) == [.suppressed(nil)])
    #expect(
      try figures.only("pupils", "Sefton", ["Age", "age 20 and over"]).map(\.observation) == [.value(6)])
    let key = try #require(figures.series.first?.key)
    #expect(key.breakdown.map(\.name) == ["breakdown_topic", "age_group"])
  }

  @Test(
    "single years of age are a breakdown where rows would repeat without them, and a measure named like one is not"
  )
  func numberedBreakdown() throws {
    let ages = try Self.read(
      Self.header + ",age,pupils\n" + Self.row("2024", "010,5") + Self.row("2024", "11,5")
        + Self.row("2024", "12,6"))
    #expect(try ages.only("pupils", "Sefton", ["010"]).count == 1)
    #expect(ages.series.count == 3 && ages.problems.isEmpty)
    let measure = try Self.read(
      Self.header + ",discontinued_age,pupils\n" + Self.row("2023", "4,5") + Self.row("2024", "6,5"))
    #expect(measure.notes("measures: discontinued_age, pupils"))
  }

  @Test(
    "a cell that is neither number nor code is a problem with row, column, text and remedy, and the rest is read"
  )
  func unknownCode() throws {
    var text = Self.header + ",pupils\n"
    for year in 2001...2020 { text += Self.row(String(year), year == 2010 ? "\"1,234\"" : "7") }
    let figures = try Self.read(text)
    #expect(figures.tally.unreadable == 1 && figures.tally.values == 19)
    let problem = try #require(figures.problems.first)
    #expect(problem.row == 11 && problem.severity == .error)
    #expect(problem.message.contains("value \"1,234\" in column \"pupils\" is not a number; write 1234"))
    #expect(figures.notes("some cells are neither numbers nor codes: pupils"))
  }

  @Test("a column in which words are the most is a breakdown though it has numbers")
  func mixed() throws {
    let figures = try Self.read(
      Self.header + ",size,pupils\n" + Self.row("2024", "10,1") + Self.row("2024", "11 to 20,1")
        + Self.row("2024", "over 20,1"))
    #expect(figures.notes("breakdowns: size"))
    #expect(try figures.only("pupils", "Sefton", ["10"]).count == 1)
  }

  @Test("rows that repeat an earlier one are kept and doubted")
  func repeated() throws {
    let figures = try Self.read(
      Self.header + ",pupils\n" + Self.row("2024", "7") + Self.row("2024", "8") + Self.row("2024", "9"))
    #expect(try figures.only("pupils", "Sefton").count == 3)
    let doubt = try #require(figures.problems.first)
    #expect(doubt.severity == .warning && doubt.row == 3 && doubt.message.contains("2 rows in all"))
  }

  @Test("what was not wanted is counted, and a name that nothing has is said")
  func wanted() throws {
    let text =
      Self.header + ",pupils,teachers\n" + Self.row("2023", "7,1") + Self.row("2024", "8,1")
      + "2024,Calendar year,National,E92000001,England,,,,,,900,90\n\n,,,,,,,,,,,\n"
    let figures = try Self.read(
      text, .init(areas: ["E08000014", "Atlantis"], measures: ["PUPILS", "dragons"]))
    #expect(try figures.only("pupils", "Sefton").map(\.observation) == [.value(7), .value(8)])
    #expect(
      figures.tally.unwantedRows == 1 && figures.tally.unwantedCells == 2 && figures.tally.blankRows == 1)
    #expect(figures.notes("Atlantis") && figures.notes("dragons"))
  }

  @Test("a row of another width is a problem, and so is the end of a file that was cut off")
  func ragged() throws {
    let figures = try Self.read(
      Self.header + ",pupils\n" + Self.row("2023", "7,8") + Self.row("2024", "9")
        + "2025,Calendar year,Local auth")
    #expect(figures.tally.unreadableRows == 2 && figures.tally.values == 1)
    #expect(figures.problems.map(\.row) == [2, 4])
    #expect(figures.problems.allSatisfy { $0.message.contains("where the header has 11") })
  }

  @Test("what stands before a quote that never closes is kept, and that nothing follows is a problem")
  func openQuote() throws {
    let figures = try Self.read(Self.header + ",pupils\n" + Self.row("2023", "7") + Self.row("2024", "\"8"))
    #expect(figures.tally.values == 1 && figures.tally.unreadableRows == 1)
    #expect(figures.problems.first?.message.contains("nothing from here on was read") == true)
    #expect(throws: EvidenceError.self) { try Self.read(Self.header + ",pupils\n" + Self.row("2023", "\"8")) }
  }

  @Test("a header without the columns of the layout is refused, and one without rows is a problem")
  func header() throws {
    let error = #expect(throws: EvidenceError.self) { try Self.read("time_period,value\n2024,1\n") }
    #expect(error?.description.contains("needs columns \"time_identifier\", \"geographic_level\"") == true)
    #expect(try Self.read(Self.header + ",pupils\n").problems.count == 1)
    let noMeasure = try Self.read(Self.header + ",colour\n" + Self.row("2024", "red"))
    #expect(noMeasure.problems.first?.message.contains("no column holds numbers or codes") == true)
  }

  @Test("ten thousand columns are read, each a measure")
  func wide() throws {
    let names = (0..<10_000).map { "measure_\($0)" }.joined(separator: ",")
    let values = (0..<10_000).map(String.init).joined(separator: ",")
    let figures = try Self.read(
      Self.header + ",\(names)\n" + Self.row("2023", values) + Self.row("2024", values))
    #expect(figures.tally.values == 20_000 && figures.series.count == 10_000)
    #expect(try figures.only("measure_9999", "Sefton").map(\.observation) == [.value(9999), .value(9999)])
  }

  @Test("Windows-1252 is converted and said")
  func encoding() throws {
    let folder = try TemporaryFolder()
    var bytes = Array((Self.header + ",school_phase,pupils\n" + Self.row("2024", "All,7")).utf8)
    bytes +=
      Array("2024,Calendar year,Local authority,E92000001,England,E12000002,North West,1,E1,Caf".utf8) + [
        0xE9
      ]
    bytes += Array(",All,9\n".utf8)
    let path = try folder.file("in.csv", bytes)
    let figures = try Layouts.read(LayoutInput(path), as: ExploreEducationLayout.self)
    #expect(try figures.only("pupils", "Café").map(\.observation) == [.value(9)])
    #expect(figures.notes("Windows-1252") && figures.tally.rows == 2)
  }

  @Test("the day of publication is that which was given")
  func published() throws {
    let day = try #require(CivilDate("2025-06-26"))
    let figures = try Self.read(Self.header + ",pupils\n" + Self.row("2024", "7"), .init(published: day))
    #expect(try figures.only("pupils", "Sefton").first?.publication == Publication(date: day))
  }

  @Test("columns that were written otherwise before, that are new or gone are reported")
  func drift() throws {
    let figures = try Self.read(
      Self.header + ",pc_plans_issued_20_weeks_ex,avg_weeks_issue_plan\n" + Self.row("2024", "7.5,21.5"),
      .init(
        previousHeader: Self.header.split(separator: ",").map(String.init) + [
          "PC_plans_issued_20_weeks_ex", "mediation",
        ]))
    #expect(
      figures.notes(
        "written otherwise than before: PC_plans_issued_20_weeks_ex is now pc_plans_issued_20_weeks_ex"))
    #expect(figures.notes("columns are new: avg_weeks_issue_plan"))
    #expect(figures.notes("columns are gone: mediation"))
    #expect(try figures.key("pc_plans_issued_20_weeks_ex").unit == .percentage)
    #expect(try figures.key("avg_weeks_issue_plan").unit == .weeks)
  }
}
