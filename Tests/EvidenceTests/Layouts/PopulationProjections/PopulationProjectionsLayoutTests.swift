import Testing
import TimeSeries

@testable import Evidence

/// Population projections are of the middle of their year, and nobody can take them for outturns.
@Suite("Population projections")
struct PopulationProjectionsLayoutTests {
  private static let wide =
    "\"AREA_CODE\",\"AREA_NAME\",\"COMPONENT\",\"SEX\",\"AGE_GROUP\",\"2022\",\"2023\",\"2024\"\n"
  private static let long =
    "v4_1,Data Marking,calendar-years,Time,administrative-geography,Geography,sex,Sex,agegroups,AgeGroups,projectiontype,ProjectionType\n"

  private static func read(
    _ text: String, options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    try PublishedSample.read(PopulationProjectionsLayout.self, text, options: options)
  }

  @Test("each year column is a 30 June, and the name, the basis and the first year's remark say what it is")
  func wideFile() throws {
    let published = try #require(CivilDate("2025-06-24"))
    let read = try Self.read(
      Self.wide
        + """
        E08000014,Sefton,Population,persons,0,2641.000,2554.411,2600.845
        E08000014,Sefton,Population,females,90 and over,10,11,12.5
        E08000014,Sefton,Population,Males,All ages,130000,130500,131000
        """, options: LayoutInput.Options(published: published))
    #expect(
      read.series.map(\.key.id) == [
        "population-projection-persons-0-2022-based-projection",
        "population-projection-females-90-and-over-2022-based-projection",
        "population-projection-males-all-ages-2022-based-projection",
      ])
    #expect(read.series[0].key.area == PublishedArea(name: "Sefton", code: "E08000014"))
    #expect(read.series[0].key.measureName == "Population projection" && read.series[0].key.unit == .count)
    #expect(read.series[0].key.breakdown.map(\.name) == ["sex", "age", "basis"])
    let figures = read.series[0].figures
    #expect(figures.map(\.period.label) == ["2022-06-30", "2023-06-30", "2024-06-30"])
    #expect(figures.map(\.observation.value) == [2641, 2554.411, 2600.845])
    #expect(figures[0].period.kind == .census(.yearly) && figures[1].publication?.date == published)
    #expect(figures.map(\.rounding) == [0.001, 0.001, 0.001])
    #expect(figures.map(\.note) == ["The estimate on which the projection is based.", nil, nil])
    #expect(read.notes.contains { $0.hasPrefix("these are projections, not outturns") })
    #expect(read.notes.contains { $0.hasPrefix("the first year, 2022, is taken for the one") })
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 3))
  }

  @Test("the year on which a projection is based can be stated")
  func statedBase() throws {
    let read = try Self.read(
      Self.wide + "E08000014,Sefton,Population,persons,0,1,2,3\n", options: LayoutInput.Options(year: 2021))
    #expect(read.series[0].key.breakdown.last?.value == "2021-based projection")
    #expect(read.series[0].figures.allSatisfy { $0.note == nil })
    #expect(!read.notes.contains { $0.hasPrefix("the first year") })
  }

  @Test("the long layout is read with its codes, projection type and remarks")
  func longFile() throws {
    let read = try Self.read(
      Self.long
        + """
        2641,,2022,2022,E08000014,Sefton,all,All,0,0,principal,Principal
        ,x,2023,2023,E08000014,Sefton,female,Female,90+,90+,principal,Principal
        5000.5,,2047,2047,E08000014,Sefton,male,Male,0-15,Aged 0-15,high-migration,High migration
        """)
    #expect(
      read.series.map { $0.key.breakdown.map(\.value) } == [
        ["persons", "0", "principal projection"], ["females", "90 and over", "principal projection"],
        ["males", "0-15", "high-migration projection"],
      ])
    #expect(read.series.map { $0.figures[0].observation } == [.value(2641), .notAvailable, .value(5000.5)])
    #expect(read.series.map { $0.figures[0].note } == [nil, "x", nil])
    #expect(read.series[2].figures[0].period.label == "2047-06-30")
    #expect(read.series[0].key.area == PublishedArea(name: "Sefton", code: "E08000014"))
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 1))
  }

  @Test(
    "a long file that does not say it is a projection is read only because it was named one, which is noted")
  func unnamedProjection() throws {
    let header =
      "V4_0,calendar-years,Time,administrative-geography,Geography,sex,Sex,single-year-of-age,Age,unit-of-measure,UnitOfMeasure"
    let text = """
      \(header)
      7,2022,2022,E1,A,all,All,total,Total,number,Number
      9,2022,2022,E1,A,all,All,65+,65+,percentage,Percentage
      9,2022,2022,E1,A,all,All,median,Median,number,Number
      9,2022,2022,E1,A,all,All,65+,65+,miles,Miles

      """
    let read = try Self.read(text, options: LayoutInput.Options(year: 2022))
    #expect(read.series.map(\.key.unit) == [.count, .percentage])
    #expect(read.series[0].key.breakdown.map(\.value) == ["persons", "All ages", "2022-based projection"])
    #expect(read.notes.contains { $0.hasPrefix("no column of the file says that it holds projections") })
    #expect(
      read.problemTexts[0].hasPrefix("in.csv:4: \"median\" in column \"single-year-of-age\" is not an age"))
    #expect(read.problemTexts[1].hasPrefix("in.csv:5: \"miles\" in column \"unit-of-measure\" is not a unit"))
    let columns = header.split(separator: ",").map(String.init)
    #expect(
      PopulationProjectionsLayout.recognise(TableSample(file: "mid-year-pop-est.csv", columns: columns))
        == nil)
    let named = TableSample(file: "a/Ageing-Population-Projections.csv", columns: columns)
    #expect(PopulationProjectionsLayout.recognise(named)?.certainty == .likely)
  }

  @Test("rows and cells that are wrong are named with text and remedy, and the rest is read")
  func wrongWide() throws {
    let read = try Self.read(
      Self.wide
        + """
        E1,A,Births,persons,0,1,2,3
        E1,A,Population,people,0,1,2,3
        E1,A,Population,persons,ninety,1,2,3
        ,,Population,persons,0,1,2,3
        E1,A,Population,persons,0,1,2
        E1,A,Population,persons,0,-1,c,many
        E2,B,Population,persons,0,1,2,3
        """, options: LayoutInput.Options(areas: ["e1"]))
    let texts = read.problemTexts
    #expect(
      texts[0].hasPrefix("in.csv:2: \"Births\" in column \"COMPONENT\" is no population; read the file"))
    #expect(texts[1].hasPrefix("in.csv:3: \"people\" in column \"SEX\" is not a sex"))
    #expect(texts[2].hasPrefix("in.csv:4: \"ninety\" in column \"AGE_GROUP\" is not an age; write 0 to 89"))
    #expect(texts[3].hasPrefix("in.csv:5: columns \"AREA_CODE\" and \"AREA_NAME\" are empty"))
    #expect(texts[4].hasPrefix("in.csv:6: the row has 7 fields where the header has 8"))
    #expect(texts[5].hasPrefix("in.csv:7: \"-1\" in column \"2022\" is below 0"))
    #expect(texts[6].hasPrefix("in.csv:7: \"many\" in column \"2024\" is not a number"))
    #expect(texts.count == 7 && read.tally.suppressed == 1 && read.tally.unwantedRows == 1)
    #expect(read.reconciles(cellsPerRow: 3))
  }

  @Test("rows of the long layout that are wrong are named, and what was not asked for is counted")
  func wrongLong() throws {
    let read = try Self.read(
      Self.long
        + """
        1,,0000,0000,E1,A,all,All,0,0,principal,P
        1,,9999,9999,E1,A,all,All,0,0,principal,P
        1,,2022,2022,E1,A,sometimes,All,0,0,principal,P
        1,,2022,2022,,A,all,All,0,0,principal,P
        -1,,2022,2022,E1,A,all,All,0,0,principal,P
        1,,2022,2022,E2,B,all,All,0,0,principal,P
        """, options: LayoutInput.Options(areas: ["A"]))
    let texts = read.problemTexts
    #expect(
      texts[0].hasPrefix("in.csv:2: \"0000\" in column \"calendar-years\" is not a year that a projection"))
    #expect(texts[1].hasPrefix("in.csv:3: \"9999\" in column \"calendar-years\" is not a year"))
    #expect(texts[2].hasPrefix("in.csv:4: \"sometimes\" in column \"sex\" is not a sex"))
    #expect(texts[3].hasPrefix("in.csv:5: column \"administrative-geography\" is empty"))
    #expect(texts[4].hasPrefix("in.csv:6: \"-1\" in column \"v4_1\" is below 0"))
    #expect(texts.count == 5 && read.tally.unwantedRows == 1 && read.reconciles(cellsPerRow: 1))
    for text in [
      Self.wide + "E1,A,Population,persons,0,1,2,3\n", Self.long + "1,,2022,2022,E1,A,all,All,0,0,p,P\n",
    ] {
      let other = try Self.read(text, options: LayoutInput.Options(measures: ["births"]))
      #expect(other.series.isEmpty && other.tally.unwantedCells > 0 && other.problems.isEmpty)
    }
  }

  @Test("a header that is no projection's is refused with what is missing")
  func headers() {
    let keys = "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP"
    for (header, sentence) in [
      (keys, "no column named by a year"), ("\(keys),2022,9999", "column \"9999\" is no year"),
      ("\(keys),2022,2022", "column \"2022\" is no year"), ("AREA_CODE,SEX", "needs columns \"AREA_NAME\""),
      ("v4_0,calendar-years,administrative-geography,Geography,sex", "no column of ages"),
      ("v4_0,calendar-years,sex", "needs columns \"administrative-geography\""),
    ] {
      let error = #expect(throws: EvidenceError.self) { try Self.read("\(header)\n") }
      #expect(error?.description.contains(sentence) == true, "\(header)")
    }
  }

  @Test("columns that are no years are named and passed over")
  func otherColumns() throws {
    let read = try Self.read(
      "AREA_CODE,AREA_NAME,COMPONENT,SEX,AGE_GROUP,remark,2022\nE1,A,population,F,7,x,3\n")
    #expect(read.notes.contains("columns that are no years are not read: \"remark\""))
    #expect(read.tally.values == 1)
  }

  @Test("ages are read as they are published, and nothing else is an age")
  func ages() {
    for (text, written) in [
      ("0", "0"), ("89", "89"), ("90 and over", "90 and over"), ("90+", "90 and over"),
      ("All ages", "All ages"),
      ("total", "All ages"), ("Aged 0-15", "0-15"), ("age 7", "7"), ("85-and-over", "85 and over"),
    ] {
      #expect(AgeSpan(parsing: text)?.description == written, "\(text)")
    }
    for text in ["", "-", "5-", "9-5", "1-2-3", "median", "1234", "+", "x+", "٣"] {
      #expect(AgeSpan(parsing: text) == nil, "\(text)")
    }
  }

  @Test("both layouts are known by their headers")
  func recognised() throws {
    #expect(try PublishedSample.layout(of: String(Self.wide.dropLast())) == "ons-projections")
    #expect(try PublishedSample.layout(of: String(Self.long.dropLast())) == "ons-projections")
    let noYears = TableSample(
      file: "x", columns: ["AREA_CODE", "AREA_NAME", "COMPONENT", "SEX", "AGE_GROUP"])
    #expect(PopulationProjectionsLayout.recognise(noYears) == nil)
  }
}
