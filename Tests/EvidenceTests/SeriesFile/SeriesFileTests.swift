import Evidence
import Testing
import TimeSeries

func seriesFile(
  _ text: String, name: String = "file.csv", options: SeriesFileOptions = SeriesFileOptions()
) throws(EvidenceError) -> SeriesFile {
  try SeriesFile(FileContents(path: name, bytes: Array(text.utf8)), options: options)
}

struct SeriesFileTests {
  @Test("A file with every column of the contract keeps all of it")
  func everyColumn() throws {
    let file = try seriesFile(
      """
      Area,series,period,value,numerator,denominator,calendar,unit,measure,sector,source,published,\
      published_approximate,note,break
      Sefton,cla,2022/23,108.2,596,55083,financial,"per 10,000",looked after,special,LAIT,2023-11-16,yes,as revised,no
      Sefton,cla,2023/24,c,c,55100,financial,"per 10,000",looked after,special,,,,,yes
      Halton,cla,2023/24,1-7,,,financial,"per 10,000",looked after,special,,2024-11-14,no,,reporting
      """)
    #expect(file.count == 2 && file.rowCount == 3 && file.isGrouped)
    #expect(file.keys == [Panel.Key(id: "cla", area: "Sefton"), Panel.Key(id: "cla", area: "Halton")])
    #expect(file.attributeNames == ["sector"])
    let panel = try file.panel()
    let sefton = try #require(panel["cla", area: "Sefton"])
    #expect(sefton.measure == Measure(id: "looked after", unit: .rate(per: 10_000)))
    #expect(sefton.attribute("sector") == "special")
    let first = sefton.points[0]
    #expect(first.period == .financialYear(2022) && first.value == 108.2)
    #expect(first.numerator == 596 && first.denominator == 55_083)
    #expect(
      first.publication == Publication(date: try #require(CivilDate("2023-11-16")), isApproximate: true))
    #expect(first.origin == Origin(file: "file.csv", row: 2, source: "LAIT"))
    #expect(first.note == "as revised" && !first.breakBefore)
    let second = sefton.points[1]
    #expect(second.observation == .suppressed(nil) && second.numerator == nil && second.denominator == 55_100)
    #expect(second.publication == nil && second.flags == .definitionBreak && second.note == nil)
    #expect(second.origin?.source == nil)
    let halton = try #require(panel["cla", area: "Halton"])
    #expect(halton.points[0].observation == .suppressed(1...7) && halton.points[0].flags == .reportingBreak)
    #expect(halton.points[0].publication?.isApproximate == false)
  }

  @Test("A figure without a value is as suppressed as its counts; a value of its own is kept")
  func suppressedCounts() throws {
    let file = try seriesFile(
      """
      series,area,period,value,numerator,denominator,unit
      a,X,2019,,c,10,per cent
      a,X,2020,,<5,10,per cent
      a,X,2021,,3,1-7,per cent
      a,X,2022,x,c,10,per cent
      a,X,2023,30,c,10,per cent
      a,X,2024,,3,x,per cent
      """)
    let points = try #require(try file.panel()["a", area: "X"]).points
    #expect(
      points.map(\.observation) == [
        .suppressed(nil), .suppressed(nil), .suppressed(nil), .notAvailable, .value(30), .notAvailable,
      ])
    #expect(points[0].numerator == nil && points[0].denominator == 10)
    #expect(points[5].numerator == 3)
  }

  @Test("A file of one series may leave its name out")
  func nameOfTheFile() throws {
    let file = try seriesFile("period,value\n2023,1\n2024,\n", name: "in/plans.csv.gz")
    let series = try #require(try file.series(at: 0))
    #expect(
      series.id == "plans" && series.area == nil && series.measure == Measure(id: "plans", unit: .other("")))
    #expect(series.points.map(\.observation) == [.value(1), .notAvailable])
    #expect(try file.series(at: 1) == nil)
  }

  @Test("Rows in any order give the same series, and the reader knows that they do not stand together")
  func ungrouped() throws {
    let file = try seriesFile("series,period,value\nb,2024,4\na,2024,2\nb,2023,3\na,2023,1\n")
    #expect(!file.isGrouped)
    #expect(try file.panel().map(\.id) == ["b", "a"])
    #expect(try file.panel().map(\.values) == [[3, 4], [1, 2]])
  }

  @Test("Series of different kinds of year and frequency share a file")
  func mixedFile() throws {
    let file = try seriesFile(
      """
      series,period,value,calendar,frequency
      cla,2023/24,1,financial,
      pa,2023/24,2,academic,
      waits,Jul 2024,3,,monthly
      counter,7,4,,other
      """)
    #expect(
      try file.panel().map(\.kind) == [.year(.financial), .year(.academic), .month, .index(.other)])
    #expect(file.notes.isEmpty)
  }

  @Test("The options say what the rows do not; the rows go before them")
  func options() throws {
    let text = "series,period,value,calendar\na,2023/24 Q1,1,\nb,2023/24 Q1,1,academic\n"
    let file = try seriesFile(text, options: SeriesFileOptions(yearType: .financial))
    #expect(try file.panel().map(\.kind) == [.quarter(.financial), .quarter(.academic)])
    let counted = try seriesFile("period,value\n1,5\n2,6\n", options: SeriesFileOptions(frequency: .weekly))
    #expect(try counted.series(at: 0)?.kind == .index(.weekly))
  }

  @Test("What was recognised is said: encoding, separator, calendar, empty rows, varying columns")
  func notes() throws {
    let bytes =
      Array("series;period;value;site\nna".utf8) + [0xEF] + Array("ve;2023/24;1;x\n;;;\nna".utf8) + [0xEF]
      + Array("ve;2024/25;2;y\n".utf8)
    let file = try SeriesFile(FileContents(path: "f.csv", bytes: bytes))
    #expect(file.notes.count == 5)
    #expect(try file.series(at: 0)?.id == "naïve")
    #expect(try file.series(at: 0)?.attribute("site") == "x")
  }

  @Test("Values outside what the unit allows are doubtful, not refused")
  func warnings() throws {
    let file = try seriesFile(
      "period,value,unit\n2022,1.04,proportion\n2023,-0.1,proportion\n2024,0.5,proportion\n")
    #expect(file.warnings.map(\.row) == [2, 3])
    #expect(file.warnings.allSatisfy { $0.severity == .warning })
    #expect(file.problems.isEmpty)
  }

  @Test("A gap is no problem, and is known")
  func gap() throws {
    let series = try #require(try seriesFile("period,value\n2020,1\n2023,2\n").series(at: 0))
    #expect(series.gaps.map(\.count) == [2])
  }

  @Test("The file is read from disk, compressed too")
  func fromDisk() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("a.csv.gz", GzipFixture.bytes)
    #expect(try SeriesFile.read(path).panel().map(\.values) == [[1]])
    #expect(throws: EvidenceError.noSuchFile(path: "nowhere.csv")) { try SeriesFile.read("nowhere.csv") }
  }

  @Test("Periods are written back as they were read, for every row")
  func roundTrip() throws {
    let texts = ["2019-20", "2020-21", "2021-22"]
    let csv = "series,period,value\n" + texts.map { "a,\($0),1\n" }.joined()
    #expect(try seriesFile(csv).series(at: 0)?.points.map(\.period.labelAsWritten) == texts)
  }

  @Test("Thousands of series keep their values, whatever the order of the rows")
  func manySeries() throws {
    var generator = SeededGenerator(state: 11)
    var lines: [String] = []
    for id in 0..<500 {
      for year in 2000..<2012 { lines.append("s\(id),\(year),\(id * 100 + year)") }
    }
    lines.shuffle(using: &generator)
    let panel = try seriesFile("series,period,value\n" + lines.joined(separator: "\n")).panel()
    #expect(panel.count == 500)
    for id in 0..<500 {
      #expect(panel["s\(id)"]?.values == (2000..<2012).map { Double(id * 100 + $0) })
    }
  }
}
