import Testing
import TimeSeries

@testable import Evidence

/// The benchmarking tool's table says neither its year nor that of its outturn; a reader says what it took them for.
@Suite("Section 251 lines of the benchmarking tool")
struct SectionTwoFiveOneLayoutTests {
  private static let header =
    "la_number,la_name,population_2_18,plans_total,budget_place_total,budget_topup_state_income,outturn_topup_independent_special,outturn_therapies\n"
  private static let file = "high_needs_benchmarking_2021_22.csv"

  private static func read(
    _ rows: String, named name: String = file, header: String = header,
    options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    try PublishedSample.read(SectionTwoFiveOneLayout.self, header + rows, named: name, options: options)
  }

  @Test(
    "plans are of January, the budget of the tool's year, the outturn of the year before, which is remarked")
  func periods() throws {
    let read = try Self.read("830,Derbyshire,148496.87999999995,4001,12694849.25,-182432.62,1,0\n")
    #expect(
      read.series.map { $0.figures[0].period } == [
        .censusDate(try #require(CivilDate("2021-06-30"))),
        .censusDate(try #require(CivilDate("2021-01-15"))),
        .financialYear(2021), .financialYear(2021), .financialYear(2020), .financialYear(2020),
      ])
    #expect(
      read.series.map { $0.figures[0].observation.value } == [
        148496.87999999995, 4001, 12694849.25, -182432.62, 1, 0,
      ])
    #expect(read.series.map(\.key.unit) == [.count, .count, .pounds, .pounds, .pounds, .pounds])
    #expect(
      read.series.map(\.key.measureName) == [
        "Population aged 2 to 18", "EHC plans, total, January 2021",
        "Place funding, total (Section 251 budget)",
        "Top-up funding, state-funded settings, income (Section 251 budget)",
        "Top-up funding, non-maintained and independent settings, special (Section 251 outturn)",
        "Therapies (Section 251 outturn)",
      ])
    #expect(read.series[4].figures[0].note?.contains("2020/21 is the latest it can be") == true)
    #expect(read.series[3].figures[0].note == nil)
    #expect(
      read.notes == [
        "the table is of 2021/22, as the name of the file says: plans of January 2021, budget of 2021/22",
        "the population is read as that of the middle of 2021; the table does not say",
        "the table does not state the year of its outturn; it is read as 2020/21, the latest it can be",
      ])
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 6))
  }

  @Test("the years of the options stand before the name of the file, and a stated outturn needs no remark")
  func statedYears() throws {
    let read = try Self.read(
      "830,Derbyshire,1,2,3,4,5,6\n", options: LayoutInput.Options(year: 2023, outturnYear: 2021))
    #expect(read.series[2].figures[0].period == .financialYear(2023))
    #expect(read.series[4].figures[0].period == .financialYear(2021) && read.series[4].figures[0].note == nil)
    #expect(read.notes.first == "the table is of 2023/24: plans of January 2023, budget of 2023/24")
    #expect(!read.notes.contains { $0.contains("outturn") })
  }

  @Test("a year that nothing says, or that cannot be, is refused with what to do")
  func noYear() {
    let error = #expect(throws: EvidenceError.self) { try Self.read("", named: "tool.csv") }
    #expect(error?.description.contains("neither the table nor the name of the file says its year") == true)
    for options in [LayoutInput.Options(year: 99), LayoutInput.Options(year: 2021, outturnYear: 2022)] {
      #expect(throws: EvidenceError.self) { try Self.read("", named: "tool.csv", options: options) }
    }
  }

  @Test("the year in a name is a pair of years that follow on each other")
  func yearInName() {
    #expect(BenchmarkingYears.year(in: "tool-2021-22") == 2021)
    #expect(BenchmarkingYears.year(in: "1999_00 x") == 1999)
    #expect(BenchmarkingYears.year(in: "2021 22") == 2021)
    for name in ["2021-23", "12021-22", "2021-222", "2021", "", "2021/22", "0000-01", "9999-00"] {
      #expect(BenchmarkingYears.year(in: name) == nil, "\(name)")
    }
  }

  @Test("an empty cell is not available, and an authority without anybody is doubted")
  func gaps() throws {
    let read = try Self.read("838,Dorset,0,,,,,\n")
    #expect(read.tally.notAvailable == 5 && read.tally.values == 1)
    #expect(
      read.problemTexts == [
        """
        \(Self.file):2: "0" in column "population_2_18" is nobody living in Dorset; leave it empty if the tool has no \
        figure
        """
      ])
  }

  @Test("rows and cells that are wrong are named, and the rest is read")
  func wrong() throws {
    let read = try Self.read(
      """
      830,Derbyshire,-1,2.5,£3,four,(5),6%
      830,Derbyshire,1,2,3,4,5,6
      83,Derby,1,2,3,4,5,6
      831,Derby,1,2,3,4,5
      830.0,Derbyshire,1,2,3,4,5,6
      831.0,Derby,1,2,3,4,5,6
      """)
    let texts = read.problemTexts.map { $0.dropFirst(Self.file.count) }
    #expect(texts[0].hasPrefix(":2: \"-1\" in column \"population_2_18\" is below 0"))
    #expect(texts[1].hasPrefix(":2: \"2.5\" in column \"plans_total\" is not a whole number"))
    #expect(texts[2].hasPrefix(":2: \"four\" in column \"budget_topup_state_income\" is not a number"))
    #expect(
      texts[3].hasPrefix(
        ":2: \"6%\" in column \"outturn_therapies\" is in per cent, and the column in pounds"))
    #expect(texts[4].hasPrefix(":3: authority 830 has a row already, 2"))
    #expect(texts[5].hasPrefix(":4: \"83\" in column \"la_number\" is not the number"))
    #expect(texts[6].hasPrefix(":5: the row has 7 fields where the header has 8"))
    #expect(texts[7].hasPrefix(":6: authority 830 has a row already"))
    #expect(texts.count == 8 && read.tally.values == 8 && read.tally.unreadable == 4)
    #expect(read.text("outturn-topup-independent-special", "Derbyshire", "2020/21") == "-5")
    #expect(read.notes.contains("2 authority numbers written as 343.0 are read as 343"))
    #expect(read.reconciles(cellsPerRow: 6))
  }

  @Test("what was asked for is read alone, and unknown columns are named")
  func wanted() throws {
    let read = try Self.read(
      "830,Derbyshire,x,1,2\n831,Derby,x,3,4\n",
      header: "la_number,la_name,remark,plans_total,budget_therapies\n",
      options: LayoutInput.Options(areas: ["Derby"], measures: ["budget_therapies"]))
    #expect(read.series.map(\.key.id) == ["budget-therapies"] && read.tally.values == 1)
    #expect(read.tally.unwantedRows == 1 && read.tally.unwantedCells == 1)
    #expect(read.notes.contains("columns that the layout does not know are not read: \"remark\""))
    #expect(throws: EvidenceError.self) { try Self.read("", header: "la_number,la_name,remark\n") }
  }

  @Test("it is known by its lines, and the long file of Section 251 is left to another layout")
  func recognised() throws {
    #expect(try PublishedSample.layout(of: String(Self.header.dropLast())) == "section-251")
    let long = TableSample(
      file: "x",
      columns: [
        "time_period", "time_identifier", "geographic_level", "old_la_code", "la_name", "main_category",
        "category_of_expenditure", "gross_expenditure",
      ])
    #expect(Layouts.all.filter { $0.name == "section-251" }.allSatisfy { $0.recognise(long) == nil })
    let budget = TableSample(file: "x", columns: ["la_number", "la_name", "budget_place_total"])
    #expect(SectionTwoFiveOneLayout.recognise(budget)?.certainty == .likely)
  }

  @Test(
    "the published table reconciles to the cell",
    .enabled(if: PublishedSample.has(file), "skipped: ../shared/data is not there"))
  func published() throws {
    let path = PublishedSample.path(Self.file)
    #expect(try LayoutChoice(recognising: LayoutInput(path)).layout.name == "section-251")
    let read = try Layouts.read(LayoutInput(path), as: SectionTwoFiveOneLayout.self)
    #expect(read.reconciles(cellsPerRow: 63))
    #expect(read.tally.rows == 83 && read.tally.cells == 5229 && read.tally.notAvailable == 186)
    func total(_ prefix: String) -> Double {
      read.series.filter { $0.key.measure.hasPrefix(prefix) }.flatMap(\.figures).compactMap(
        \.observation.value
      )
      .reduce(0, +)
    }
    #expect((total("budget_") - 8_268_644_609.26).magnitude < 0.001)
    #expect((total("outturn_") - 7_980_704_705.74).magnitude < 0.001)
    #expect(total("plans_") == 484_180)
    #expect((total("population_") - 6_657_962.834).magnitude < 0.0001)
    // Two authorities of which the tool has no figure are printed with nobody in them.
    #expect(read.problems.map(\.row) == [67, 70])
    #expect(read.problems.allSatisfy { $0.severity == .warning })
  }
}
