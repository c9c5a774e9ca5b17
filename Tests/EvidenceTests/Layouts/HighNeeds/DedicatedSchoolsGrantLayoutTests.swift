import Testing
import TimeSeries

@testable import Evidence

/// Tables of the Dedicated Schools Grant keep their pounds, their signs and the numbers of their authorities.
@Suite("Dedicated Schools Grant tables")
struct DedicatedSchoolsGrantLayoutTests {
  private static let blocks =
    "la_number,la_name,financial_year,schools_block,central_school_services_block,high_needs_block,early_years_block,total_dsg\n"
  private static let deficits =
    "la_number,la_name,region_name,geographic_level,financial_year,cumulative_deficit_percent_of_dsg\n"

  private static func read(
    _ text: String, options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    try PublishedSample.read(DedicatedSchoolsGrantLayout.self, text, options: options)
  }

  @Test("each block is a series in pounds by financial year, as it was written")
  func allocations() throws {
    let published = try #require(CivilDate("2022-12-16"))
    let read = try Self.read(
      Self.blocks + "343,Sefton,2019/20,100,20,30.25,40,190\n343,Sefton,2020-21,110,20,30,,160\n",
      options: LayoutInput.Options(published: published))
    #expect(
      read.series.map(\.key.id) == [
        "schools-block", "central-school-services-block", "high-needs-block", "early-years-block",
        "total-dsg",
      ])
    #expect(read.series.allSatisfy { $0.key.unit == .pounds && $0.key.area.number == "343" })
    #expect(read.text("high-needs-block", "Sefton", "2019/20") == "30.25")
    #expect(read.text("early-years-block", "Sefton", "2020/21") == "x")
    let figure = try #require(read.series[3].figures.last)
    #expect(figure.period == .financialYear(2020) && figure.observation == .notAvailable && figure.row == 3)
    #expect(figure.publication?.date == published)
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 5))
  }

  @Test("a deficit is positive and a surplus negative, whatever the level, and numbers lose their decimals")
  func cumulativeDeficits() throws {
    let read = try Self.read(
      Self.deficits
        + """
        ,,England,National,2019-20,1.08
        ,,London,Regional,2020-21,2.31
        343.0,Sefton,North West,Local authority,2021-22,-4.75
        344,Wirral,North West,Local authority,2021-22,(0.5)
        """)
    #expect(
      read.series.map(\.key.area) == [
        PublishedArea(name: "England", level: "National"), PublishedArea(name: "London", level: "Regional"),
        PublishedArea(name: "Sefton", number: "343", level: "Local authority"),
        PublishedArea(name: "Wirral", number: "344", level: "Local authority"),
      ])
    #expect(read.series.map { $0.figures[0].observation.value } == [1.08, 2.31, -4.75, -0.5])
    #expect(read.series[0].key.unit == .other("per cent of the year's DSG"))
    #expect(read.notes.contains("1 authority number written as 343.0 is read as 343"))
    #expect(read.notes.contains("a deficit is positive and a surplus negative, as they were published"))
    #expect(read.notes.contains { $0.hasPrefix("1 number was read as negative by the brackets") })
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 1))
  }

  @Test("an authority is known by its number; another spelling is noted, another name is doubted")
  func spellings() throws {
    let read = try Self.read(
      Self.blocks
        + """
        342,St Helens,2019/20,1,1,1,1,4
        342,St. Helens,2020/21,1,1,1,1,4
        840,Durham,2019/20,1,1,1,1,4
        840,County Durham,2020/21,1,1,1,1,4
        840,Wirral,2021/22,1,1,1,1,4
        840,Wirral,2022/23,1,1,1,1,4
        """)
    #expect(read.series.count == 10)
    #expect(
      read.notes.contains { $0.hasPrefix("2 areas are spelled in more than one way, such as \"St Helens\"") })
    #expect(
      read.problemTexts == [
        """
        in.csv:6: number 840 is "Wirral" here and "Durham" in row 4; mend the number if they are two areas
        """
      ])
  }

  @Test("a total that its blocks do not come to is doubted beyond their rounding")
  func totals() throws {
    let read = try Self.read(
      Self.blocks
        + "343,Sefton,2019/20,1,1,1,1,6\n343,Sefton,2020/21,1,1,1,1,7\n343,Sefton,2021/22,-1,1,1,,9\n")
    #expect(
      read.problemTexts == [
        "in.csv:3: the blocks come to 4 and column \"total_dsg\" holds 7; check the row against the publication",
        "in.csv:4: Schools block is negative, -1; check it against the publication",
      ])
    #expect(read.problems.allSatisfy { $0.severity == .warning } && read.tally.values == 14)
    let deficit = try Self.read(Self.deficits + "343,Sefton,,Local authority,2021-22,475\n")
    #expect(
      deficit.problemTexts.first?.contains("475 per cent is more than the grant of a whole year") == true)
  }

  @Test("rows and cells that are wrong are named with their text and remedy, and the rest is read")
  func wrong() throws {
    let read = try Self.read(
      Self.deficits
        + """
        343,Sefton,,Local authority,2021-23,1
        343,Sefton,,Local authority,0000-01,1
        343,Sefton,,Local authority,9999-00,1
        E08,Sefton,,Local authority,2021-22,1
        043,Sefton,,Local authority,2021-22,1
        ,,,Regional,2021-22,1
        343,Sefton,,Ward,2021-22,1
        343,Sefton,,Local authority,2021-22
        343,Sefton,,Local authority,2021-22,£1.2m
        343,Sefton,,Local authority,2020-21,"1,2"
        343,Sefton,,Local authority,2019-20,z
        """)
    let texts = read.problemTexts
    for row in 2...4 {
      #expect(
        texts[row - 2].hasPrefix("in.csv:\(row): \"") && texts[row - 2].contains("is not a financial year"))
    }
    #expect(texts[3].hasPrefix("in.csv:5: \"E08\" in column \"la_number\" is not the number of an authority"))
    #expect(texts[4].hasPrefix("in.csv:6: \"043\" in column \"la_number\""))
    #expect(texts[5].hasPrefix("in.csv:7: column \"region_name\" is empty"))
    #expect(texts[6].hasPrefix("in.csv:8: \"Ward\" in column \"geographic_level\" is not known"))
    #expect(texts[7].hasPrefix("in.csv:9: the row has 5 fields where the header has 6"))
    #expect(
      texts[8].hasPrefix("in.csv:10: \"£1.2m\" in column \"cumulative_deficit_percent_of_dsg\" is in pounds"))
    #expect(texts[9].hasPrefix("in.csv:11: \"1,2\" in column"))
    #expect(texts.count == 10 && read.tally.notApplicable == 1 && read.reconciles(cellsPerRow: 1))
  }

  @Test("pounds as people type them are read, with a note that counts them")
  func loosePounds() throws {
    let read = try Self.read(Self.blocks + "343,Sefton,2019/20,\"£1,234\",£1.2m,(45),0,\n")
    #expect(
      read.series.map { $0.figures[0].observation } == [
        .value(1234), .value(1_200_000), .value(-45), .value(0), .notAvailable,
      ])
    #expect(read.notes.contains { $0.hasPrefix("2 numbers were read as pounds by the pound sign") })
  }

  @Test("what was asked for is read alone")
  func wanted() throws {
    let read = try Self.read(
      Self.blocks + "343,Sefton,2019/20,1,1,1,1,4\n344,Wirral,2019/20,1,1,1,1,4\n",
      options: LayoutInput.Options(
        areas: ["343"], measures: ["high_needs_block", "Total Dedicated Schools Grant"]))
    #expect(read.series.map(\.key.id) == ["high-needs-block", "total-dsg"])
    #expect(read.tally.unwantedRows == 1 && read.tally.unwantedCells == 3 && read.reconciles(cellsPerRow: 5))
    #expect(read.problems.isEmpty)
  }

  @Test("a table with some of the blocks is read; a header without any is refused")
  func headers() throws {
    let some = try Self.read(
      "LA_number,la_name,financial_year,High_Needs_Block,note\n343,Sefton,2021-22,5,a\n")
    #expect(some.text("high-needs-block", "Sefton", "2021/22") == "5")
    #expect(some.notes.contains("columns that the layout does not know are not read: \"note\""))
    #expect(throws: EvidenceError.self) { try Self.read("la_number,la_name,financial_year\n1,2,3\n") }
    #expect(throws: EvidenceError.self) { try Self.read("financial_year,high_needs_block\n1,2\n") }
    #expect(try PublishedSample.layout(of: String(Self.blocks.dropLast())) == "dsg")
    #expect(try PublishedSample.layout(of: String(Self.deficits.dropLast())) == "dsg")
    #expect(try PublishedSample.layout(of: "la_name,financial_year,high_needs_block") == "dsg")
    #expect(
      DedicatedSchoolsGrantLayout.recognise(TableSample(file: "x", columns: ["la_name", "financial_year"]))
        == nil)
  }

  @Test(
    "the published allocations reconcile to the row and the pound",
    .enabled(if: PublishedSample.has("dsg_allocations.csv"), "skipped: ../shared/data is not there"))
  func publishedAllocations() throws {
    let path = PublishedSample.path("dsg_allocations.csv")
    #expect(try LayoutChoice(recognising: LayoutInput(path)).layout.name == "dsg")
    let read = try Layouts.read(LayoutInput(path), as: DedicatedSchoolsGrantLayout.self)
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 5))
    #expect(read.tally.rows == 401 && read.tally.values == 2005 && read.series.count == 410)
    #expect(read.total(of: "schools_block") == 108_533_345_954)
    #expect(read.total(of: "central_school_services_block") == 1_169_280_771)
    #expect(read.total(of: "high_needs_block") == 22_613_962_144)
    #expect(read.total(of: "early_years_block") == 10_520_675_018)
    #expect(read.total(of: "total_dsg") == 142_837_263_888)
    #expect(read.notes.contains { $0.hasPrefix("6 areas are spelled in more than one way") })
  }

  @Test(
    "the published deficits reconcile to the row",
    .enabled(if: PublishedSample.has("dsg_cumulative_deficit.csv"), "skipped: ../shared/data is not there"))
  func publishedDeficits() throws {
    let path = PublishedSample.path("dsg_cumulative_deficit.csv")
    #expect(try LayoutChoice(recognising: LayoutInput(path)).layout.name == "dsg")
    let read = try Layouts.read(LayoutInput(path), as: DedicatedSchoolsGrantLayout.self)
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 1))
    #expect(read.tally.rows == 270 && read.tally.values == 270)
    #expect((read.total(of: "cumulative_deficit_percent_of_dsg") - 419.2).magnitude < 1e-9)
    #expect(read.notes.contains("240 authority numbers written as 343.0 are read as 343"))
    #expect(read.series.count { $0.key.area.level == "Regional" } == 9)
  }
}
