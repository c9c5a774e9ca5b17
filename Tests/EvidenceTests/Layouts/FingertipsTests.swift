import Testing
import TimeSeries

@testable import Evidence

/// Downloads of Fingertips: values with limits, counts and denominators, and notes that say why there is none.
@Suite struct FingertipsTests {
  private static let header =
    "Indicator ID,Indicator Name,Parent Code,Parent Name,Area Code,Area Name,Area Type,Sex,Age,Category Type,Category,Time period,Value,Lower CI 95.0 limit,Upper CI 95.0 limit,Lower CI 99.8 limit,Upper CI 99.8 limit,Count,Denominator,Value note,Recent Trend,Compared to England value or percentiles,Compared to percentiles,Time period Sortable,New data,Compared to goal,Time period range"

  private static func row(
    _ period: String, _ value: String, _ lower: String = "", _ upper: String = "", count: String = "",
    denominator: String = "", note: String = "", sortable: String = "", area: String = "E08000014,Sefton",
    id: String = "90813", sex: String = "Persons"
  ) -> String {
    "\(id),Admissions for self-harm,E92000001,England,\(area),Counties & UAs (from Apr 2023),\(sex),10-24 yrs,,,\(period),\(value),\(lower),\(upper),,,\(count),\(denominator),\(note),Cannot be calculated,Similar,Not compared,\(sortable),,,1y\n"
  }

  private static func read(_ rows: String, _ options: LayoutInput.Options = .init()) throws
    -> PublishedFigures
  {
    let figures = try InventedFile.read(Self.header + "\n" + rows, as: FingertipsLayout.self, options)
    figures.expectFooting()
    return figures
  }

  @Test("a value keeps its limits, count, denominator and note, and its series its breakdowns")
  func whole() throws {
    let figures = try Self.read(
      Self.row("2018/19", "430.5", "380.25", "490", count: "215", denominator: "49942", sortable: "20180000"))
    let key = try figures.key("90813")
    #expect(key.measureName == "Admissions for self-harm")
    #expect(
      key.area == PublishedArea(name: "Sefton", code: "E08000014", level: "Counties & UAs (from Apr 2023)"))
    #expect(key.breakdown.map(\.name) == ["Sex", "Age", "Category Type", "Category"])
    #expect(key.id == "90813-persons-10-24-yrs")
    let figure = try #require(try figures.only("90813", "Sefton").first)
    #expect(figure.period == .financialYear(2018) && figure.observation == .value(430.5))
    #expect(figure.limits == 380.25...490 && figure.numerator == 215 && figure.denominator == 49942)
    #expect(figure.row == 2 && figure.flags.isEmpty && figure.note == nil)
    #expect(figures.problems.isEmpty)
    #expect(figures.notes("left out: Lower CI 99.8 limit, Upper CI 99.8 limit"))
    #expect(figures.notes("repeat others or judge them were left out: Parent Code"))
    #expect(figures.notes("2018/19 are read as financial years"))
  }

  @Test(
    "a value note says why there is no value",
    arguments: [
      ("Value suppressed for disclosure control due to small count", Observation.suppressed(nil)),
      ("Value suppressed due to incompleteness of source data", .notAvailable),
      ("Value not published for data quality reasons", .notAvailable),
      ("Value missing in source data", .notAvailable),
      ("Value cannot be calculated as number of cases is too small", .notAvailable),
      ("Not applicable", .notApplicable), ("", .notAvailable),
    ])
  func absences(note: String, reason: Observation) throws {
    let figure = try #require(
      try Self.read(Self.row("2019", "", "1", "2", count: "4", note: note)).only("90813", "E08000014").first)
    #expect(figure.observation == reason && figure.limits == nil && figure.flags.isEmpty)
    #expect(figure.note == (note.isEmpty ? nil : note))
  }

  @Test(
    "a value note beside a value is a flag",
    arguments: [
      ("Aggregated from all known lower geography values", DataFlags.estimated),
      ("Value for provisional year", DataFlags.provisional), ("Revised in May", DataFlags.revised),
      ("Interpret with caution", DataFlags()),
      ("Value estimated; provisional", DataFlags([.estimated, .provisional])),
    ])
  func flags(note: String, flags: DataFlags) throws {
    let figure = try #require(try Self.read(Self.row("2019", "5", note: note)).only("90813", "Sefton").first)
    #expect(figure.flags == flags && figure.note == note && figure.observation == .value(5))
  }

  @Test("every form of a period is read")
  func periods() throws {
    func period(_ text: String, _ type: YearType? = nil) throws -> Period? {
      try FingertipsPeriod(text, yearType: type).period
    }
    #expect(try period("2019") == .calendarYear(2019))
    #expect(try period("2018/19") == .financialYear(2018))
    #expect(try period("2018/19", .academic) == .academicYear(2018))
    #expect(try period("2017 - 19") == Period.pooledYears(2017, 2019, .calendar))
    #expect(try period("1999 - 2001") == Period.pooledYears(1999, 2001, .calendar))
    #expect(try period("1999 - 01") == Period.pooledYears(1999, 2001, .calendar))
    #expect(try period("2016/17 - 18/19") == Period.pooledYears(2016, 2018, .financial))
    #expect(try period("2016/17 - 2018/19", .academic) == Period.pooledYears(2016, 2018, .academic))
    #expect(try period("2019 Q1") == Period.quarter(1, ofYear: 2019, .calendar))
    #expect(try period("2019/20 Q4") == Period.quarter(4, ofYear: 2019, .financial))
    #expect(try period("Apr 2019") == Period.month(year: 2019, month: 4))
    #expect(try period("September 2019") == Period.month(year: 2019, month: 9))
    #expect(try period("Apr 2018 - Mar 2019") == Period.rollingMonths(12, endingYear: 2019, month: 3))
  }

  @Test(
    "what is no period is refused with a remedy",
    arguments: [
      "", "19", "2018/20", "2018/19/20", "2019 Q5", "2019 X1", "Q1 2019", "Smarch 2019", "Apr 19",
      "2019 - 17x",
      "2017 - 18/19", "2016/17 - 18", "2016/17 - 18/20", "Mar 2019 - Apr 2018", "2019 - 2019", "0000", "9999",
    ])
  func refused(text: String) throws {
    let figures = try Self.read(Self.row(text, "5") + Self.row(text, "6") + Self.row("2019", "7"))
    #expect(figures.tally.unreadableRows == 2 && figures.tally.values == 1 && figures.problems.count == 1)
    let problem = try #require(figures.problems.first)
    #expect(problem.row == 2 && problem.message.contains("period \"\(text)\" in column \"Time period\""))
    #expect(problem.message.contains("; write 2019"))
  }

  @Test("the sortable period must agree with the one that is named")
  func sortable() throws {
    let figures = try Self.read(
      Self.row("2018/19", "5", sortable: "20180000") + Self.row("2019/20 Q1", "5", sortable: "20190100")
        + Self.row("Apr 2019", "5", sortable: "20190004") + Self.row("2016 - 18", "5", sortable: "20170000")
        + Self.row("2020", "5", sortable: "2020"))
    #expect(figures.problems.map(\.row) == [5, 6] && figures.problems.allSatisfy { $0.severity == .warning })
    #expect(figures.problems[0].message.contains("\"20170000\" in column \"Time period Sortable\""))
    #expect(figures.tally.values == 5)
  }

  private static func indicator(_ id: String, _ value: (Double, Double) -> Double) -> String {
    (0..<40).map { row in
      let (count, people) = (Double(20 + row), Double(4000 + 91 * row))
      return Self.row(
        "2019", "\(value(count, people))", count: "\(count)", denominator: "\(people)",
        area: "E0\(row),Area \(row)", id: id)
    }.joined()
  }

  @Test("the unit is found where the arithmetic shows it, and otherwise not invented")
  func units() throws {
    let figures = try Self.read(
      Self.indicator("1") { $0 / $1 * 100 } + Self.indicator("2") { ($0 / $1 * 1e6).rounded() / 10 }
        + Self.indicator("3") { $0 / $1 } + Self.indicator("4") { $0 + $1 / 7 }
        + Self.indicator("5") { count, _ in count })
    #expect(try figures.key("1").unit == .percentage)
    #expect(try figures.key("2").unit == .rate(per: 100_000))
    #expect(try figures.key("3").unit == .proportion)
    #expect(try figures.key("4").unit == .other("unit not given"))
    #expect(try figures.key("5").unit == .count)
    #expect(
      figures.notes("indicator 2 is per 100,000: value = count / denominator × 100000 in 40 of 40 rows"))
    #expect(figures.notes("the arithmetic does not show that of 4"))
  }

  @Test(
    "counts and limits that are none are left out with a warning, and a count of -1 is the publisher's for none"
  )
  func badCompanions() throws {
    let figures = try Self.read(
      Self.row("2015", "5", "7", "3") + Self.row("2016", "5", "3", "x") + Self.row("2017", "5", count: "-1")
        + Self.row("2018", "5", count: "-3", denominator: "many")
        + Self.row("2019", "5", denominator: "0"))
    let read = try figures.only("90813", "Sefton")
    #expect(read.allSatisfy { $0.limits == nil && $0.numerator == nil && $0.denominator == nil })
    #expect(
      figures.problems.map(\.row) == [2, 3, 5, 5, 6]
        && figures.problems.allSatisfy { $0.severity == .warning })
  }

  @Test("a value that cannot be read, a row of another width and blank rows are counted; the rest is read")
  func rows() throws {
    let figures = try Self.read(
      Self.row("2015", "five") + "90813,short\n" + String(repeating: ",", count: 26) + "\n"
        + Self.row("2016", "5"))
    #expect(
      figures.tally.unreadable == 1 && figures.tally.unreadableRows == 1 && figures.tally.blankRows == 1)
    #expect(figures.tally.values == 1)
    #expect(figures.problems[0].message.contains("value \"five\" in column \"Value\" is not a number"))
  }

  @Test("areas and indicators can be asked for by any of their names")
  func wanted() throws {
    let rows =
      Self.row("2019", "5") + Self.row("2019", "6", area: "E92000001,England")
      + Self.row("2019", "7", id: "108")
      + Self.row("2019", "8", sex: "Female")
    #expect(try Self.read(rows, .init(areas: ["england"])).tally.values == 1)
    #expect(try Self.read(rows, .init(measures: ["90813"])).tally.unwantedRows == 1)
    #expect(try Self.read(rows, .init(measures: ["admissions for self-harm"])).tally.unwantedRows == 0)
    #expect(try Self.read(rows).series.count == 4)
  }

  @Test(
    "an older or newer download may lack columns, have others or other capitals, and name an indicator anew")
  func otherColumns() throws {
    let figures = try InventedFile.read(
      """
      indicator id,Indicator name,area code,Area name,Time Period,VALUE,Lower CI limit,Upper CI limit,Colour
      1,Old name,E1,Here,2019,5,4,6,red
      1,New name,E1,Here,2020,5,4,6,red
      """, as: FingertipsLayout.self)
    #expect(figures.tally.values == 2 && figures.series.flatMap(\.figures).allSatisfy { $0.limits == 4...6 })
    #expect(figures.notes("left out: Colour") && figures.notes("several names in the file"))
    #expect(try Self.read("").problems.first?.message.contains("no rows") == true)
  }

  @Test("the tables of the package fingertipsR are read, whose names have no spaces and whose gaps are NA")
  func fingertipsR() throws {
    let text = """
      IndicatorID,IndicatorName,ParentCode,ParentName,AreaCode,AreaName,AreaType,Sex,Age,CategoryType,Category,Timeperiod,Value,LowerCI95.0limit,UpperCI95.0limit,LowerCI99.8limit,UpperCI99.8limit,Count,Denominator,Valuenote,RecentTrend,ComparedtoEnglandvalueorpercentiles,ComparedtoRegionvalueorpercentiles,TimeperiodSortable,Newdata,Comparedtogoal
      1,Name,NA,NA,E1,Here,England,Persons,All ages,NA,NA,2019,5,4,6,NA,NA,10,NA,NA,NA,NA,NA,20190000,NA,NA
      1,Name,NA,NA,E1,Here,England,Persons,All ages,NA,NA,2020,NA,NA,NA,NA,NA,NA,NA,Value suppressed,NA,NA,NA,20200000,NA,NA
      """
    let figures = try InventedFile.read(text, as: FingertipsLayout.self)
    let read = try figures.only("1", "E1")
    #expect(read.map(\.observation) == [.value(5), .suppressed(nil)])
    #expect(read.map(\.limits) == [4...6, nil] && read.map(\.numerator) == [10, nil])
    #expect(try figures.key("1").breakdown.map(\.value) == ["Persons", "All ages", "", ""])
    #expect(figures.problems.isEmpty && !figures.notes("does not have"))
    let columns = text.split(separator: "\n")[0].split(separator: ",").map(String.init)
    #expect(FingertipsLayout.recognise(TableSample(file: "x", columns: columns))?.certainty == .certain)
    #expect(
      FingertipsLayout.recognise(TableSample(file: "x", columns: FingertipsLayout.required))?.certainty
        == .likely)
    #expect(InteractiveToolLayout.recognise(TableSample(file: "x", columns: columns)) == nil)
  }
}
