import Evidence
import Testing
import TimeSeries

struct CellRangeTests {
  @Test("The name of a cell says its row and column, and back")
  func addresses() throws {
    for (name, row, column) in [
      ("A1", 1, 1), ("Z9", 9, 26), ("AA10", 10, 27), ("XFD1048576", 1_048_576, 16_384),
    ] {
      let address = try #require(CellAddress(name))
      #expect(address == CellAddress(row: row, column: column))
      #expect(address.description == name)
    }
    #expect(CellAddress("$c$17") == CellAddress("C17"))
    for column in 1...16_384 {
      #expect(CellAddress(CellAddress.letters(ofColumn: column) + "5")?.column == column)
    }
    #expect(try #require(CellAddress("B2")) < #require(CellAddress("A3")))
    #expect(try #require(CellAddress("B2")) < #require(CellAddress("C2")))
  }

  @Test(
    "Cells that no sheet has are none",
    arguments: [
      "A0", "A01", "XFE1", "XFD1048577", "AAAA1", "A", "7", "", "1A", "A1B", "A-1", "Ä1", "A99999999",
    ])
  func noAddress(_ name: String) { #expect(CellAddress(name) == nil) }

  @Test("A place outside the sheet is none")
  func outside() {
    #expect(CellAddress(row: 0, column: 1) == nil)
    #expect(CellAddress(row: 1, column: 16_385) == nil)
  }

  @Test(
    "Ranges have two ends, one cell, whole columns or rows, or an open end",
    arguments: [
      ("A1:F20", "A1:F20"), ("$a$1:f20", "A1:F20"), ("B3", "B3"), ("B3:B3", "B3"), ("A:F", "A1:F1048576"),
      ("5:9", "A5:XFD9"), ("A5:", "A5:XFD1048576"), (":F20", "A1:F20"), (" A1 : B2 ", "A1:B2"),
      ("C:", "C1:XFD1048576"),
      ("A1:C", "A1:C1048576"),
    ])
  func ranges(_ text: String, _ canonical: String) throws {
    #expect(try CellRange(parsing: text).description == canonical)
  }

  @Test(
    "What is no range is refused with the forms that are",
    arguments: ["", ":", "A", "7", "A1:B2:C3", "A0:B2", "F20:A1", "A1-B2", "Data!A1"])
  func noRanges(_ text: String) {
    #expect {
      try CellRange(parsing: text)
    } throws: { ($0 as? UnreadableText)?.remedy.contains("A1:F20") == true }
  }

  @Test("Ranges meet in the cells that both have")
  func intersections() throws {
    let first = try CellRange(parsing: "A1:C3")
    #expect(first.intersection(try CellRange(parsing: "B2:F9"))?.description == "B2:C3")
    #expect(first.intersection(try CellRange(parsing: "D1:D9")) == nil)
    #expect(first.contains(try #require(CellAddress("C3"))))
    #expect(!first.contains(try #require(CellAddress("C4"))))
  }
}
