import Foundation
import Testing
import TimeSeries

@testable import Evidence

/// A plain series file comes through as it is: its identifiers, absences, counts, days and rows.
@Suite("Plain series files as published figures")
struct PlainSeriesLayoutTests {
  private static func read(
    _ text: String, options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    try PublishedSample.read(PlainSeriesLayout.self, text, options: options)
  }

  private static let text = """
    series,area,area_code,area_level,period,calendar,value,numerator,denominator,unit,measure,polarity,published,published_approximate,break,status,rounding,source,note
    rate,Sefton,E08000014,Local authority,2022/23,financial,12.5,1,8,per cent,The rate,neutral,2024-01-31,yes,no,provisional,0.1,A book,First
    rate,Sefton,E08000014,Local authority,2023/24,financial,c,,,per cent,The rate,neutral,,,yes,,,,
    number,England,,National,2023/24,financial,1-7,,,count,The number,,,,,,5,,

    """

  @Test("everything a series file says of a figure reaches the figure")
  func everything() throws {
    let read = try Self.read(Self.text)
    let rate = try #require(read.series.first)
    #expect(rate.key.id == "rate" && rate.key.measureName == "The rate" && rate.key.unit == .percentage)
    #expect(rate.key.area == PublishedArea(name: "Sefton", code: "E08000014", level: "Local authority"))
    #expect(rate.key.breakdown == [Series.Attribute(name: "polarity", value: "neutral")])
    #expect(rate.key.polarity == .neutral && read.series[1].key.polarity == nil)
    let first = rate.figures[0]
    #expect(first.observation == .value(12.5) && first.numerator == 1 && first.denominator == 8)
    #expect(
      first.publication == Publication(date: try #require(CivilDate("2024-01-31")), isApproximate: true))
    #expect(first.flags == [.provisional] && first.rounding == 0.1 && first.row == 2)
    #expect(first.note == "First" && first.source == "A book" && first.period == .financialYear(2022))
    #expect(rate.figures[1].observation == .suppressed(nil) && rate.figures[1].flags == [.definitionBreak])
    #expect(read.series[1].key.area == PublishedArea(name: "England", level: "National"))
    #expect(read.series[1].figures[0].observation == .suppressed(1...7))
    #expect(read.tally.rows == 3 && read.tally.values == 1 && read.tally.suppressed == 2)
    #expect(read.problems.isEmpty && read.reconciles(cellsPerRow: 1))
  }

  @Test("what is written as a series file reads back as the same figures")
  func roundTrip() throws {
    let read = try Self.read(Self.text)
    let again = try Self.read(String(decoding: SeriesFileText(read).bytes, as: UTF8.self))
    #expect(again.series.map(\.key.id) == read.series.map(\.key.id))
    #expect(again.series.map(\.key.area) == read.series.map(\.key.area))
    for (one, other) in zip(again.series, read.series) {
      #expect(one.key.unit == other.key.unit && one.key.measureName == other.key.measureName)
      #expect(one.figures.map(\.observation) == other.figures.map(\.observation))
      #expect(one.figures.map(\.period) == other.figures.map(\.period))
      #expect(one.figures.map(\.publication) == other.figures.map(\.publication))
      #expect(one.figures.map(\.flags) == other.figures.map(\.flags))
      #expect(one.figures.map(\.rounding) == other.figures.map(\.rounding))
      #expect(one.figures.map(\.note) == other.figures.map(\.note))
    }
    #expect(again.series[0].figures[0].source == "A book")
  }

  @Test("a series with a problem is left out whole and named, and the others are read")
  func problems() throws {
    let read = try Self.read(
      """
      series,area,period,value,unit,lower_limit
      a,X,2023/24,1,count,
      a,X,2024/25,many,count,
      a,X,2025/26,1
      b,X,0000-01-01,1,count,
      c,X,2024/25,7,count,3
      ,,,,,

      """)
    #expect(read.series.map(\.key.id) == ["c"])
    #expect(read.tally.rows == 6 && read.tally.blankRows == 1 && read.tally.unreadableRows == 4)
    #expect(read.problemTexts.contains { $0.hasPrefix("in.csv:3: value \"many\"") })
    #expect(read.problemTexts.contains { $0.hasPrefix("in.csv:4: the row has 4 fields") })
    #expect(read.problemTexts.contains { $0.hasPrefix("in.csv:5: ") && $0.contains("0000-01-01") })
    #expect(read.notes.contains("2 series with a problem are left out, with all 4 rows of them"))
    #expect(read.notes.contains("column \"lower_limit\" is passed over"))
    #expect(read.reconciles(cellsPerRow: 1))
  }

  @Test("the day and the frequency of the options stand where the rows say nothing")
  func options() throws {
    let day = try #require(CivilDate("2025-01-31"))
    let read = try Self.read(
      "period,value\n1,5\n2,6\n", options: LayoutInput.Options(published: day, frequency: .quarterly))
    #expect(read.series[0].key.id == "in" && read.series[0].figures[1].publication?.date == day)
    #expect(read.series[0].figures[1].period == .index(2, .quarterly))
    #expect(read.series[0].key.area.name.isEmpty)
  }

  @Test("areas and series that were asked for are read alone")
  func wanted() throws {
    let read = try Self.read(
      Self.text, options: LayoutInput.Options(areas: ["E08000014"], measures: ["the rate"]))
    #expect(read.series.count == 1 && read.tally.unwantedRows == 1 && read.reconciles(cellsPerRow: 1))
    #expect(read.problems.isEmpty)
    let none = try Self.read(Self.text, options: LayoutInput.Options(measures: ["rates"]))
    #expect(
      none.tally.unwantedRows == 3 && none.notes.contains { $0.hasSuffix("did you mean \"rate\"?") })
  }

  @Test("which way a measure should go is known by its words")
  func polarity() throws {
    let read = try Self.read(
      "series,period,value,polarity\na,2024-01,1,higher is better\nb,2024-01,1,Lower is better\nc,2024-01,1,good\n"
    )
    #expect(read.series.map(\.key.polarity) == [.higherIsBetter, .lowerIsBetter, nil])
  }

  @Test("a file without rows or without a period is refused")
  func refused() {
    #expect(throws: EvidenceError.self) { try Self.read("series,value\na,1\n") }
    #expect(throws: EvidenceError.self) { try Self.read("period,value\n") }
  }

  @Test("it is known by series, period and value; period and value alone may be it")
  func recognised() throws {
    #expect(try PublishedSample.layout(of: "series,area,period,value,unit") == "series")
    #expect(try PublishedSample.layout(of: "Period,Value") == "series")
    let columns = ["measure", "area", "la_number", "region", "period", "value"]
    #expect(PlainSeriesLayout.recognise(TableSample(file: "x", columns: columns)) == nil)
    #expect(PlainSeriesLayout.recognise(TableSample(file: "x", columns: ["period"])) == nil)
  }

  private static let example = "Datasets/sefton/series/high-needs.csv"

  @Test(
    "the worked example's series come through row by row",
    .enabled(
      if: FileManager.default.fileExists(atPath: example), "skipped: tests do not run in the package's folder"
    ))
  func workedExample() throws {
    let read = try Layouts.read(LayoutInput(Self.example), as: PlainSeriesLayout.self)
    let file = try SeriesFile.read(Self.example)
    #expect(read.tally.rows == file.rowCount && read.tally.figures == file.rowCount)
    #expect(read.series.count == file.count && read.problems.allSatisfy { $0.severity == .warning })
  }

  /// The published files from which the worked example was taken, and how its series are called there.
  private static let published: [(file: String, layout: any PublishedLayout.Type, prefix: String)] = [
    ("high_needs_benchmarking_2021_22.csv", SectionTwoFiveOneLayout.self, "section-251-"),
    ("dsg_allocations.csv", DedicatedSchoolsGrantLayout.self, "dsg-"),
    ("dsg_cumulative_deficit.csv", DedicatedSchoolsGrantLayout.self, "dsg-"),
  ]

  @Test(
    "the worked example holds the figures that the readers find in the published files",
    .enabled(
      if: FileManager.default.fileExists(atPath: example) && PublishedSample.has("dsg_allocations.csv"),
      "skipped: ../shared/data is not there"))
  func publishedFigures() throws {
    let example = try SeriesFile.read(Self.example)
    var compared = 0
    for (file, layout, prefix) in Self.published {
      let read = try Layouts.read(
        LayoutInput(PublishedSample.path(file), options: LayoutInput.Options(areas: ["343"])), as: layout)
      for position in 0..<example.count {
        guard let series = try example.series(at: position) else { continue }
        let wanted = series.id.dropFirst(prefix.count)
        let found = read.series.first { one in
          series.id.hasPrefix(prefix)
            && [String(wanted), "total-dsg", "cumulative-deficit-percent-of-dsg"].contains(one.key.id)
            && (one.key.id == wanted || series.id == "dsg-total" && one.key.id == "total-dsg"
              || series.id == "dsg-cumulative-deficit" && one.key.id.hasPrefix("cumulative"))
        }
        guard let found else { continue }
        for point in series.points {
          let figure = found.figures.first { $0.period == point.period }?.observation.value
          // The example holds whole pounds.
          let value = series.measure.unit == .pounds ? figure?.rounded() : figure
          #expect(value != nil && value == point.value, "\(series.id) \(point.period)")
          compared += 1
        }
      }
    }
    #expect(compared > 60)
  }
}
