import Testing
import TimeSeries

@testable import Reporting

@Suite("What a workbook can hold is made of any text")
struct WorkbookTextTests {
  @Test(
    arguments: [
      "=cmd()|' /C calc'!A0", "+1", "@x", "-2", "<script>alert('x')</script>", "عربى", "👩‍👧 children", "a\nb",
      "&amp;", "",
    ])
  func `Text goes into a cell unharmed`(text: String) {
    #expect(WorkbookText.cell(text) == text)
  }

  @Test func `Characters that XML cannot hold become the replacement character`() {
    #expect(WorkbookText.cell("a\u{0}b\u{1F}c\u{FFFF}") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}")
    #expect(WorkbookText.cell("a\r\nb") == "a\nb")
  }

  @Test func `What spreadsheets would read as an escaped character stays as it was written`() {
    #expect(WorkbookText.cell("_x0041_") == "_x005F_x0041_")
    #expect(WorkbookText.cell("_x004_ _xyz1_") == "_x004_ _xyz1_")
  }

  @Test func `A text that is too long for a cell ends with a mark and never in half a character`() {
    let long = String(repeating: "👩", count: 20_000)
    let cell = WorkbookText.cell(long)
    #expect(cell.utf16.count <= WorkbookText.longest)
    #expect(cell.utf16.count >= WorkbookText.longest - 2)
    #expect(cell.hasSuffix("👩…"))
  }

  @Test func `An ampersand in a header is doubled, and a title never begins as a formula`() {
    #expect(WorkbookText.header("Health & care", to: 50) == "Health && care")
    #expect(WorkbookText.header("&&&", to: 3) == "&&")
    #expect(WorkbookText.title("=A1") == " =A1")
  }

  @Test func `Names of sheets are allowed, short and told apart whatever their case`() {
    var names = SheetNames()
    #expect(names.add("High needs") == "High needs")
    #expect(names.add("HIGH NEEDS") == "HIGH NEEDS (2)")
    #expect(names.add("High needs") == "High needs (3)")
    #expect(names.add("'[a]:*?/\\b'") == "a      b")
    #expect(names.add("") == "Sheet")
    #expect(names.add("''") == "Sheet (2)")
    #expect(names.add("History") == "History sheet")
    for _ in 0..<3 {
      let name = names.add(String(repeating: "x", count: 40))
      #expect(name.utf16.count <= 31)
    }
  }

  @Test func `Names of cells begin with a letter and are told apart`() {
    var names = DefinedNames()
    #expect(names.add("high-needs", "closing_balance") == "high_needs_closing_balance")
    #expect(names.add("high needs", "closing_balance") == "high_needs_closing_balance_2")
    #expect(names.add("1", "spend") == "_1_spend")
    #expect(names.add("", "spend") == "__spend")
  }

  @Test(arguments: [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")])
  func `Columns have the letters that spreadsheets give them`(column: Int, letters: String) {
    #expect(CellPlace.letters(column) == letters)
  }

  @Test func `A sheet's name is quoted in a formula`() {
    #expect(CellRange.quoted("Children's services") == "'Children''s services'")
  }
}

@Suite("Mistakes in a workbook are sentences")
struct WorkbookFileTests {
  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func `What is no number is refused with its cell`(value: Double) throws {
    let book = try WorkbookFile()
    let sheet = try book.addSheet("Plan")
    let expected = ReportingError.workbook("cell C2 of \"Plan\" would be \(value), which is no number")
    #expect(throws: expected) { try sheet.write(value, at: CellPlace(1, 2), CellStyle()) }
    #expect(throws: expected) { try sheet.write(formula: "A1", value, at: CellPlace(1, 2), CellStyle()) }
    #expect("\(expected)".hasPrefix("the workbook cannot be written: "))
  }

  @Test(arguments: [(-1, 0), (0, -1), (1_048_576, 0), (0, 16_384), (Int.max, 0)])
  func `A cell outside a sheet is refused`(row: Int, column: Int) throws {
    let book = try WorkbookFile()
    let sheet = try book.addSheet("Plan")
    #expect(throws: ReportingError.self) { try sheet.write("x", at: CellPlace(row, column)) }
    #expect(throws: ReportingError.self) { try sheet.write(1, at: CellPlace(row, column), CellStyle()) }
  }

  @Test func `A book that is given up leaves nothing behind`() throws {
    for _ in 0..<2_000 { _ = try WorkbookFile() }
  }
}
