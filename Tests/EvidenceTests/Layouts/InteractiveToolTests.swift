import Testing
import TimeSeries

@testable import Evidence

/// Long files of the Local Authority Interactive Tool, with and without the dictionary that explains them.
@Suite struct InteractiveToolTests {
  private static let dictionary = """
    Measure_short,Topic,Measure,Polarity,y_axis_name,dps,Year_Type
    Births,Health,Births of babies,-,Number of babies,0.0,Calendar Year
    Abs,School,Absence,Low,% half days missed,2.0,Academic Year
    Spend,Money,Spending,,Spend,,Financial Year
    Plans,SEN,Plans,High,Total cases,,Annual - January
    LACnum,Care,Children looked after,-,Number of Children,0.0,Annual
    Staff,Staff,Social workers,-,Case Load,1.0,Annual (end of Sept)
    RTA,Health,Accidents,Low,"Rate per 100,000",2.0,Calendar Year
    Alc,Health,Admissions,Low,"Rate per 100,000",,Financial Year
    """

  private static func read(
    _ rows: String, dictionary: String? = Self.dictionary, _ options: LayoutInput.Options = .init(),
    header: String = "measure,area,la_number,region,period,value"
  ) throws -> PublishedFigures {
    let folder = try TemporaryFolder()
    var options = options
    if let dictionary { options.dictionary = try folder.file("words.csv", dictionary) }
    let path = try folder.file("in.csv", header + "\n" + rows)
    let figures = try Layouts.read(LayoutInput(path, options: options), as: InteractiveToolLayout.self)
    figures.expectFooting()
    return figures
  }

  private static func day(_ text: String) throws -> Period { .censusDate(try #require(CivilDate(text))) }

  @Test("the year type of the dictionary says what a year is")
  func yearTypes() throws {
    let figures = try Self.read(
      """
      Births,Sefton,343,North West,2016,100
      Abs,Sefton,343,North West,2016,5.25
      Abs,Sefton,343,North West,2016/17,5.5
      Spend,Sefton,343,North West,2016,7
      Spend,Sefton,343,North West,2016-17 (OT),8.5
      Plans,Sefton,343,North West,2016,9
      LACnum,Sefton,343,North West,2016,10
      Staff,Sefton,343,North West,2016,1.5
      RTA,Sefton,343,North West,2014-16,12.13
      Alc,Sefton,343,North West,2013/14-15/16,3
      """)
    func periods(_ measure: String) throws -> [Period] { try figures.only(measure, "Sefton").map(\.period) }
    #expect(try periods("Births") == [.calendarYear(2016)])
    #expect(try periods("Abs") == [.academicYear(2015), .academicYear(2016)])
    #expect(try periods("Spend") == [.financialYear(2015), .financialYear(2016)])
    #expect(try periods("Plans") == [Self.day("2016-01-15")])
    #expect(try periods("LACnum") == [Self.day("2016-03-31")])
    #expect(try periods("Staff") == [Self.day("2016-09-30")])
    #expect(try periods("RTA") == [Period.pooledYears(2014, 2016, .calendar)])
    #expect(try periods("Alc") == [Period.pooledYears(2013, 2015, .financial)])
    #expect(try figures.only("Spend", "343")[1].note == "outturn")
    #expect(figures.notes("ends in it: 2015/16 (3 measures)") && figures.notes("counts on 31 March"))
    #expect(figures.problems.isEmpty)
  }

  @Test("the dictionary gives name, unit, polarity and rounding")
  func words() throws {
    let figures = try Self.read(
      """
      Births,Sefton,343,North West,2016,100
      Abs,Sefton,343,North West,2016,5.25
      Abs,Sefton,343,North West,2017,5.123456
      Abs,Wirral,344,North West,2016,5.3000000000000007
      """)
    let births = try figures.key("Births")
    #expect(births.measureName == "Births of babies" && births.unit == .count && births.polarity == .neutral)
    #expect(try figures.key("Abs").unit == .percentage)
    #expect(try figures.key("Abs").polarity == .lowerIsBetter)
    #expect(try figures.only("Births", "Sefton").map(\.rounding) == [1])
    #expect(try figures.only("Abs", "Sefton").map(\.rounding) == [0.01, nil])
    #expect(try figures.only("Abs", "Wirral").map(\.rounding) == [0.01])
    #expect(figures.notes("more decimal places than the tool shows"))
  }

  @Test("a mark behind a period is a flag, and both vintages of a period are kept in order")
  func vintages() throws {
    let figures = try Self.read(
      """
      Abs,Sefton,343,North West,2018,5
      Abs,Sefton,343,North West,2018 (Rev),6
      Abs,Sefton,343,North West,2019 (prov),7
      Abs,Sefton,343,North West,2020 (Final),8
      Abs,Sefton,343,North West,2021 (est),9
      Abs,Sefton,343,North West,2022 (???),9
      """)
    let abs = try figures.only("Abs", "Sefton")
    #expect(abs.map(\.flags) == [[], .revised, .provisional, [], .estimated])
    #expect(abs[0].period == abs[1].period && abs[3].note == "final")
    #expect(figures.problems.first?.message.contains("\"2022 (???)\"") == true)
  }

  @Test("England and the regions have numbers of their own, and names keep their commas and marks")
  func areas() throws {
    let figures = try Self.read(
      """
      Births,"Bournemouth, Christchurch and Poole",839,South West,2016,1
      Births,Dorset (Pre LG),835,South West,2016,1
      Births,England,970,NA,2016,1
      Births,London (Inner),987,NA,2016,1
      Births,England,,NA,2017,1
      Births,Nowhere,12,NA,2017,1
      """)
    #expect(
      figures.series.map(\.key.area) == [
        PublishedArea(name: "Bournemouth, Christchurch and Poole", number: "839", level: "Local authority"),
        PublishedArea(name: "Dorset (Pre LG)", number: "835", level: "Local authority"),
        PublishedArea(name: "England", number: "970", level: "National"),
        PublishedArea(name: "London (Inner)", number: "987", level: "Regional"),
        PublishedArea(name: "England", level: "National"), PublishedArea(name: "Nowhere"),
      ])
  }

  @Test("a hyphen is not available; a value that cannot be read is a problem and the rest is read")
  func values() throws {
    let figures = try Self.read(
      """
      Births,Sefton,343,North West,2016,-
      Births,Sefton,343,North West,2017,-4
      Births,Sefton,343,North West,2018,c
      Births,Sefton,343,North West,2019,12%
      Births,Sefton,343,North West,2020,1e309
      Births,Sefton,343,North West,2021,NaN
      Births,Sefton,343,North West,2022,7
      """)
    #expect(
      try figures.only("Births", "Sefton").map(\.observation) == [
        .notAvailable, .value(-4), .suppressed(nil), .value(7),
      ])
    #expect(figures.tally.unreadable == 3 && figures.problems.map(\.row) == [5, 6, 7])
    #expect(
      figures.problems[0].message.contains("value \"12%\" in column \"value\" is not a number; write 12"))
    #expect(try figures.key("Births").unit == .other("Number of babies"))
  }

  @Test("a text that is no period is said once with the number of its rows")
  func noPeriod() throws {
    let rows = (0..<97).map { "Births,Area \($0),\(100 + $0),South,0,-" }.joined(separator: "\n")
    let figures = try Self.read(rows + "\nBirths,Sefton,343,North West,2016,7\n")
    #expect(figures.tally.unreadableRows == 97 && figures.tally.values == 1)
    #expect(figures.problems.count == 1 && figures.problems.first?.row == 2)
    #expect(
      figures.problems.first?.message.contains(
        "period \"0\" in column \"period\" of measure Births is not a period")
        == true)
    #expect(figures.problems.first?.message.contains("96 more rows") == true)
  }

  @Test(
    "periods that contradict the dictionary, or are none, are refused with a remedy",
    arguments: [
      ("2016/17", "Births"), ("2016-17", "Births"), ("2014-16", "Abs"), ("2016/17", "LACnum"),
      ("2014-16", "LACnum"),
      ("2013/14-15/16", "RTA"), ("2016/18", "Abs"), ("2016/17-16/17", "Alc"), ("2013/15-15/16", "Alc"),
      ("16", "RTA"),
      ("9999", "RTA"), ("0000", "RTA"), ("20a6", "RTA"), ("2014 16", "RTA"), ("2000-15", "RTA"), ("", "RTA"),
    ])
  func refusedPeriods(period: String, measure: String) throws {
    let figures = try Self.read("\(measure),Sefton,343,North West,\(period),1\n")
    #expect(figures.tally.unreadableRows == 1 && figures.series.isEmpty)
    let message = try #require(figures.problems.first?.message)
    #expect(message.contains("period \"\(period)\"") && message.contains("; write "))
  }

  @Test("without the dictionary the text decides, and it is said")
  func noDictionary() throws {
    let rows = """
      Abs,Sefton,343,North West,2016,5
      Abs,Sefton,343,North West,2016/17,6
      Abs,Sefton,343,North West,2013/14-15/16,6
      %_in,Sefton,343,North West,2014-16,6
      """
    let figures = try Self.read(rows, dictionary: nil)
    let kinds = ["calendar years", "financial years", "3 financial years pooled"]
    #expect(figures.series.prefix(3).map { $0.key.breakdown.map(\.value) } == kinds.map { [$0] })
    #expect(try figures.only("Abs", "343", ["financial years"]).map(\.period) == [.financialYear(2016)])
    #expect(figures.notes("read as calendar years (Abs)") && figures.notes("read as financial years (Abs)"))
    #expect(
      figures.notes("name the tool's dictionary") && figures.notes("1 measures have periods of several kinds")
    )
    #expect(try figures.key("%_in").unit == .percentage)
    #expect(try figures.key("Abs").unit == .other("unit not given"))
    let academic = try Self.read(
      "Abs,Sefton,343,North West,2016,5\nAbs,Sefton,343,North West,2016/17,6\n", dictionary: nil,
      .init(yearType: .academic))
    #expect(try academic.only("Abs", "343").map(\.period) == [.academicYear(2015), .academicYear(2016)])
  }

  @Test("columns may stand in any order, others are left out and said, and areas need no number")
  func columns() throws {
    let figures = try Self.read(
      "7,x,2016,Sefton,Births\n\n,,,,\n", header: "VALUE,colour,Period,Area,Measure")
    #expect(try figures.only("Births", "Sefton").map(\.observation) == [.value(7)])
    #expect(figures.tally.blankRows == 1)
    #expect(figures.notes("left out: colour") && figures.notes("no la_number or no region"))
    let error = #expect(throws: EvidenceError.self) { try Self.read("1\n", header: "value") }
    #expect(error?.description.contains("\"measure\", \"area\", \"period\"") == true)
  }

  @Test("rows of another width or without a measure are problems; what was not wanted is counted")
  func rows() throws {
    let rows = """
      Births,Sefton,343,North West,2016
      ,Sefton,343,North West,2016,1
      Births,Sefton,343,North West,2016,1
      Births,Wirral,344,North West,2016,1
      Abs,Sefton,343,North West,2016,1
      """
    let day = try #require(CivilDate("2024-01-01"))
    let figures = try Self.read(rows, .init(areas: ["343"], published: day))
    #expect(figures.tally.unreadableRows == 2 && figures.tally.unwantedRows == 1 && figures.tally.values == 2)
    #expect(try figures.only("Abs", "Sefton").first?.publication?.date == day)
    let births = try Self.read(rows, .init(areas: ["sefton"], measures: ["births"]))
    #expect(births.tally.values == 1 && births.tally.unwantedRows == 3)
  }

  @Test("a dictionary that says things twice or wrongly is doubted, and read as far as it goes")
  func doubtfulDictionary() throws {
    let figures = try Self.read(
      "A,Sefton,343,North West,2016,1\nB,Sefton,343,North West,2016,1\n",
      dictionary: """
        Measure_short,Measure,y_axis_name,Year_Type,dps
        A,First,Number,Lunar Year,two
        A,Second,% of,Academic Year,1
        B,B,Number,Calendar,0
        B,B,Number,Financial,

        ,Nobody,Number,Annual,
        C,short
        """)
    #expect(figures.problems.count == 4 && figures.problems.allSatisfy { $0.severity == .warning })
    #expect(
      figures.problems.contains { $0.message.contains("\"Lunar Year\" in column \"Year_Type\" is not known") }
    )
    #expect(figures.notes("explains 2 measures twice") && figures.notes("gives B two year types"))
    #expect(try figures.only("A", "Sefton").map(\.period) == [.academicYear(2015)])
    #expect(try figures.key("A").measureName == "First")
    #expect(try figures.key("A").unit == .count)
    #expect(try figures.only("B", "Sefton").map(\.period) == [.calendarYear(2016)])
    let error = #expect(throws: EvidenceError.self) { try Self.read("", dictionary: "a,b\n1,2\n") }
    #expect(error?.description.contains("Measure_short") == true)
  }

  @Test("a compressed file that ends too early is refused as such")
  func truncated() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("in.csv.gz", Array(GzipFixtureBytes.prefix))
    #expect(throws: EvidenceError.truncatedGzip(path: path)) {
      try Layouts.read(LayoutInput(path), as: InteractiveToolLayout.self)
    }
  }
}

/// The first half of a compressed text.
private enum GzipFixtureBytes {
  static let prefix: [UInt8] = [
    0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2B, 0x4E, 0x2D, 0xCA, 0x4C, 0x2D, 0xD6,
    0x29, 0x00,
    0x52,
  ]
}
