import Testing
import TimeSeries

@testable import Evidence

/// A workbook is what its columns say, and a sheet of its keeper's only where no publication has such columns.
@Suite("Recognition of workbooks, companions and the columns of competitions")
struct WorkbookRecognitionTests {
  private static let education = [
    [
      "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
      "region_name", "old_la_code", "new_la_code", "la_name", "num_plans",
    ],
    [
      "2024", "Calendar year", "Local authority", "E92000001", "England", "E12000002", "North West", "343",
      "E08000014", "Sefton", "1234",
    ],
  ]

  @Test("a wide sheet is read as a workbook, by its contents, whatever the file is called")
  func wide() throws {
    for name in ["monitoring.xlsx", "monitoring", "monitoring.csv"] {
      let choice = try SheetFile.choice([["Area", "2022", "2023"], ["Sefton", "5", "6"]], named: name)
      #expect(choice.layout.name == "xlsx" && choice.recognition.certainty == .possible)
      #expect(choice.sentence.hasSuffix("by its contents, an Excel workbook"))
    }
  }

  @Test("a publication that is kept in a workbook is that publication, figure for figure")
  func publication() throws {
    #expect(try SheetFile.choice(Self.education).layout.name == "ees")
    let sheet = try SheetFile.read(Self.education, as: ExploreEducationLayout.self)
    let text = try InventedFile.read(
      Self.education.map { $0.joined(separator: ",") + "\n" }.joined(), as: ExploreEducationLayout.self)
    #expect(sheet.series.map(\.key) == text.series.map(\.key) && !sheet.series.isEmpty)
    #expect(sheet.series.map(\.figures) == text.series.map(\.figures))
    #expect(sheet.tally == text.tally)
    sheet.expectFooting()
  }

  @Test("a publication below a title in its sheet keeps the rows of the sheet")
  func titled() throws {
    let blank = Array(repeating: "", count: 10)
    let read = try SheetFile.read(
      [["Downloaded by the service"] + blank, [""] + blank] + Self.education, as: ExploreEducationLayout.self)
    #expect(read.series.flatMap(\.figures).map(\.row) == [4])
  }

  @Test("a series file in a sheet is a series file")
  func series() throws {
    let choice = try SheetFile.choice([
      ["series", "period", "value"], ["a", "2022", "5"], ["a", "2023", "6"],
    ])
    #expect(choice.layout.name == "series" && choice.recognition.certainty == .certain)
  }

  private static func refusal(_ header: String) -> String {
    do {
      return try PublishedSample.layout(of: header)
    } catch { return "\(error)" }
  }

  @Test("the dictionary of the interactive tool is no figures, and how it is given is said")
  func dictionary() {
    let refusal = Self.refusal("measure_short,measure_name,Year_Type,polarity")
    #expect(refusal.contains("in.csv:1: this is the data dictionary of the Local Authority Interactive Tool"))
    #expect(refusal.hasSuffix("import lait lait.csv.gz --dictionary FILE"))
  }

  @Test(
    "a set of statistical neighbours is no figures, in either of its forms",
    arguments: ["la_number,la_name,SN1,SN2,SN3", "la_number,rank,neighbour_la_number"])
  func neighbours(header: String) {
    let refusal = Self.refusal(header)
    #expect(refusal.contains("this is a set of statistical neighbours and holds no figures; give it"))
  }

  @Test("series_id and period_index name the series and the period, as series and period do")
  func competition() throws {
    let rows = "a,1,5\na,2,6\nb,1,7\nb,2,8\n"
    let options = LayoutInput.Options(frequency: .yearly)
    let named = try InventedFile.read("series,period,value\n" + rows, as: PlainSeriesLayout.self, options)
    let counted = try InventedFile.read(
      "series_id,period_index,value\n" + rows, as: PlainSeriesLayout.self, options)
    #expect(counted.series.map(\.key) == named.series.map(\.key) && counted.series.count == 2)
    #expect(counted.series.map(\.figures) == named.series.map(\.figures))
    #expect(counted.problems.isEmpty && named.problems.isEmpty && named.text("b", "", "2") == "8")
    #expect(try PublishedSample.layout(of: "series_id,period_index,value", rows: rows) == "series")
  }

  @Test("where both names stand, series and period are meant, and the others tell series apart")
  func both() throws {
    let read = try InventedFile.read(
      "series_id,series,period_index,period,value\nx,a,1,2022,5\nx,a,2,2023,6\n", as: PlainSeriesLayout.self)
    // A counter that differs from row to row of one series would be no attribute of it, and is said to vary.
    #expect(read.series.map(\.key.id) == ["a"], "\(read.problems)")
    #expect(read.series.flatMap(\.figures).allSatisfy { $0.period.frequency == .yearly })
  }
}
