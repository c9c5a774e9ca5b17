import Testing
import TimeSeries

@testable import Evidence

/// Sheets as people keep them become series: what each column is for is found, and said.
@Suite("Sheets of workbooks as published figures")
struct SheetLayoutTests {
  @Test("periods across the heading: a row of the sheet is a series, known by its area and measure")
  func across() throws {
    let read = try SheetFile.read([
      ["Measure", "Area", "2021/22", "2022/23"], ["Plans", "Sefton", "5", "1,234"],
      ["Plans", "Wirral", "", "c"],
    ])
    #expect(read.text("plans", "Sefton", "2021/22") == "5")
    #expect(read.text("plans", "Sefton", "2022/23") == "1234")
    #expect(read.text("plans", "Wirral", "2022/23") == "c")
    #expect(read.figure("plans", "Wirral", "2022/23")?.row == 3)
    #expect(read.series.allSatisfy { $0.key.unit == .count && $0.key.breakdown.isEmpty })
    read.expectFooting()
    #expect(read.tally.rows == 2 && read.tally.rowsRead == 2 && read.tally.cells == 4)
    #expect(read.problems.isEmpty)
  }

  @Test("periods down a column: the other headings are the measures")
  func down() throws {
    let read = try SheetFile.read([
      ["Month", "Waiting", "Seen"], ["Jan 2024", "5", "2"], ["Feb 2024", "7", "3"], ["Mar 2024", "9", "1"],
    ])
    #expect(read.series.map(\.key.measure).sorted() == ["Seen", "Waiting"])
    #expect(read.text("waiting", "", "2024-02") == "7")
    #expect(read.text("seen", "", "2024-03") == "1")
    #expect(read.figure("seen", "", "2024-03")?.row == 4)
    read.expectFooting()
    #expect(read.tally.rows == 3 && read.tally.cells == 6)
  }

  @Test("a column whose every text is an area of the gazetteer holds the areas, whatever it is called")
  func areasByGazetteer() throws {
    let rows = [
      ["Name", "Sex", "2022", "2023"], ["Sefton", "Girls", "5", "6"], ["E08000015", "Girls", "7", "8"],
    ]
    let read = try SheetFile.read(rows)
    #expect(Set(read.series.map(\.key.area.name)) == ["Sefton", "E08000015"])
    #expect(read.notes("column \"Name\" holds the areas, by their names"))
    #expect(read.notes("column \"Sex\" break the measure down"))
    #expect(read.series.allSatisfy { $0.key.breakdown == [Series.Attribute(name: "Sex", value: "Girls")] })
    // The sheet's name stands for the measure that no column names.
    #expect(read.series.allSatisfy { $0.key.measure == "Waits" })
    let one = try SheetFile.read(rows + [["Somewhere else", "Girls", "1", "2"]])
    #expect(one.series.allSatisfy { $0.key.area.name.isEmpty })
    #expect(one.notes("columns \"Name\", \"Sex\" break the measure down"))
  }

  @Test(
    "a column of measures is known by its heading",
    arguments: ["Measure", "INDICATOR", "metric", "Series", "KPI"])
  func measureColumn(heading: String) throws {
    let read = try SheetFile.read([[heading, "2022", "2023"], ["Plans", "5", "6"], ["Waits", "7", "8"]])
    #expect(read.series.map(\.key.measure) == ["Plans", "Waits"])
    #expect(read.series.allSatisfy { $0.key.breakdown.isEmpty })
  }

  @Test("a column of units is read, and one that says no unit leaves it to the figures")
  func unitColumn() throws {
    let read = try SheetFile.read([
      ["Measure", "Unit", "2022", "2023"], ["Rate", "per 10,000", "5.1", "6.2"], ["Plans", "", "7", "8"],
      ["Balance", "", "-7", "8"],
    ])
    #expect(try read.key("Rate").unit == Unit(parsing: "per 10,000"))
    #expect(try read.key("Plans").unit == .count)
    #expect(try read.key("Balance").unit == .other(""))
    #expect(read.notes("1 measure of sheet \"Waits\" has no unit; give the sheet a column \"unit\""))
    #expect(read.series.allSatisfy { $0.key.breakdown.isEmpty })
  }

  @Test("whole and broken figures of one measure are not counts, in whichever order they stand")
  func counts() throws {
    for (first, second) in [("5", "6.5"), ("6.5", "5")] {
      let read = try SheetFile.read([
        ["Measure", "2022", "2023"], ["Staff", first, second], ["Plans", "1", "2"],
      ])
      #expect(try read.key("Staff").unit == .other(""))
      #expect(try read.key("Plans").unit == .count)
    }
  }

  @Test("cells in the format of percentages are percentages, not shares of one")
  func percentages() throws {
    let read = try SheetFile.read(
      [["Month", "In time"], ["Jan 2024", "0.5"], ["Feb 2024", "0.125"], ["Mar 2024", "0.75"]],
      formats: ["0.0%"],
      styles: [0, 1])
    #expect(try read.key("In time").unit == .percentage)
    #expect(read.text("in-time", "", "2024-02") == "12.5")
  }

  @Test("a cell that cannot be read is named by sheet and cell, with what to write, and the others are read")
  func lostCell() throws {
    let read = try SheetFile.read([
      ["Area", "2021", "2022", "2023"], ["Sefton", "5", "about ten", "7"], ["Wirral", "1", "2", "3"],
      ["Leeds", "1", "2", "3"],
    ])
    let problem = try #require(read.problems.first)
    #expect(read.problems.count == 1 && problem.row == 2)
    #expect(problem.message.contains("sheet \"Waits\", cell C2: \"about ten\""), "\(problem)")
    #expect(problem.mend?.isEmpty == false)
    #expect(read.tally.unreadable == 1 && read.tally.values == 8)
    read.expectFooting()
  }

  @Test("a doubtful cell that no wanted series needs is doubted, and loses nothing")
  func doubtedCell() throws {
    let read = try SheetFile.read(
      [
        ["Area", "2021", "2022", "2023"], ["Sefton", "5", "6", "7"], ["Wirral", "1", "2", "3"],
        ["Leeds", "#N/A", "2", "3"],
      ], LayoutInput.Options(areas: ["Sefton"]))
    #expect(read.problems.count == 1 && read.problems.first?.severity == .warning, "\(read.problems)")
    #expect(read.problems.first?.message.contains("cell B4") == true)
    #expect(read.omittedProblems == 0 && read.tally.unreadable == 0 && read.tally.values == 3)
    read.expectFooting()
  }

  @Test("many lost cells are each counted once, however many are listed")
  func manyLost() throws {
    let rows = (1...80).map { ["Place \($0)", "1", "2", $0 % 4 == 0 ? "ten or so" : "3", "4"] }
    let read = try SheetFile.read([["Area", "2021", "2022", "2023", "2024"]] + rows)
    #expect(read.tally.unreadable == 20 && read.problems.count == 20 && read.omittedProblems == 0)
    let most = (1...80).map { ["Place \($0)", "1", "2", $0 % 8 == 0 ? "3" : "ten or so", "#REF!"] }
    let lost = try SheetFile.read([["Area", "2021", "2022", "2023", "2024"]] + most)
    #expect(lost.problems.count + lost.omittedProblems == lost.tally.unreadable, "\(lost.notes)")
    lost.expectFooting()
  }

  @Test("areas and measures that were asked for are taken alone, and what the sheet lacks is said")
  func wanted() throws {
    let rows = [
      ["Measure", "Area", "2022", "2023"], ["Plans", "Sefton", "5", "6"], ["Waits", "Sefton", "7", "8"],
      ["Plans", "Wirral", "1", "2"],
    ]
    let read = try SheetFile.read(rows, LayoutInput.Options(areas: ["sefton"], measures: ["plans"]))
    #expect(read.series.map(\.key.id) == ["plans"])
    #expect(read.tally.unwantedRows == 1 && read.tally.unwantedCells == 2 && read.tally.values == 2)
    read.expectFooting()
    let none = try SheetFile.read(rows, LayoutInput.Options(areas: ["Seften"]))
    #expect(none.series.isEmpty && none.tally.unwantedRows == 3)
    #expect(none.notes("nothing in the file is of Seften") && none.notes("did you mean \"Sefton\""))
  }

  @Test("the day of publication that is given is that of every figure")
  func published() throws {
    let day = try #require(CivilDate("2024-05-01"))
    let read = try SheetFile.read(
      [["Area", "2022", "2023"], ["Sefton", "5", "6"]], LayoutInput.Options(published: day))
    #expect(read.series.flatMap(\.figures).allSatisfy { $0.publication?.date == day })
  }

  @Test("a sheet and a range are read where they are named; what is not there is refused with what is")
  func sheetAndRange() throws {
    let bytes = MadeWorkbook.excel([
      (
        "Waits", MadeWorkbook.rows([["Area", "2022", "2023"], ["Sefton", "5", "6"], ["Wirral", "7", "8"]])
      ),
      ("Plans", MadeWorkbook.rows([["Area", "2022", "2023"], ["Sefton", "1", "2"]])),
    ])
    let plans = try SheetFile.read(bytes, LayoutInput.Options(sheet: "Plans"))
    #expect(plans.series.map(\.key.measure) == ["Plans"])
    let part = try SheetFile.read(bytes, LayoutInput.Options(sheet: "Waits", range: "A1:C2"))
    #expect(part.series.map(\.key.area.name) == ["Sefton"])
    let error = #expect(throws: EvidenceError.self) {
      try SheetFile.read(bytes, LayoutInput.Options(sheet: "Staff"))
    }
    #expect(error?.description.contains("Plans") == true)
    #expect(throws: EvidenceError.self) { try SheetFile.read(bytes) }
  }

  @Test("a sheet with the columns of a series file is one, and its rows are those of the sheet")
  func seriesInSheet() throws {
    let read = try SheetFile.read([
      ["Kept by the service", "", "", "", ""], ["", "", "", "", ""],
      ["series", "area", "period", "value", "unit"], ["waits", "Sefton", "2022", "5", "count"],
      ["waits", "Sefton", "2023", "6", "count"],
    ])
    #expect(read.series.map(\.key.id) == ["waits"])
    #expect(read.series.first?.figures.map(\.row) == [4, 5])
    #expect(read.text("waits", "Sefton", "2023") == "6")
    read.expectFooting()
  }

  @Test("what is no workbook is refused, with what to name")
  func noWorkbook() throws {
    let error = #expect(throws: EvidenceError.self) {
      try InventedFile.read("Area,2022\nSefton,5\n", as: ExcelSheetLayout.self)
    }
    #expect(error?.description.contains("this is no workbook; name an .xlsx or .ods file") == true)
    #expect(throws: EvidenceError.self) {
      try InventedFile.read("Area,2022\nSefton,5\n", as: OpenDocumentSheetLayout.self)
    }
  }

  @Test("a sheet without periods is refused rather than read as nothing")
  func noPeriods() throws {
    #expect(throws: EvidenceError.self) {
      try SheetFile.read([["Area", "Beds"], ["Sefton", "5"], ["Wirral", "6"]])
    }
  }

  @Test("an ods workbook is read as an xlsx one is")
  func openDocument() throws {
    func cell(_ text: String) -> String {
      Double(text) == nil
        ? "<table:table-cell office:value-type=\"string\"><text:p>\(text)</text:p></table:table-cell>"
        : "<table:table-cell office:value-type=\"float\" office:value=\"\(text)\"><text:p>\(text)</text:p></table:table-cell>"
    }
    let rows = [["Measure", "Area", "2022", "2023"], ["Plans", "Sefton", "5", "6"]]
    let xml = rows.map { "<table:table-row>\($0.map(cell).joined())</table:table-row>" }.joined()
    let bytes = MadeWorkbook.openDocument("<table:table table:name=\"Waits\">\(xml)</table:table>")
    let read = try SheetFile.read(bytes, named: "a.ods", as: OpenDocumentSheetLayout.self)
    let excel = try SheetFile.read(rows)
    #expect(read.series.map(\.key) == excel.series.map(\.key))
    #expect(read.series.map(\.figures) == excel.series.map(\.figures) && read.tally == excel.tally)
    let folder = try TemporaryFolder()
    let choice = try LayoutChoice(recognising: LayoutInput(try folder.file("a.ods", bytes)))
    #expect(choice.layout.name == "ods" && choice.recognition.reason == "contents, an OpenDocument workbook")
  }
}
