import Evidence
import Foundation
import Testing
import TimeSeries

/// Workbooks written by openpyxl and by LibreOffice, all from one invented table.
struct KeptWorkbookTests {
  private func book(_ name: String) throws -> Workbook {
    let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures/sheets")
    let bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    return try Workbook(FileContents(path: name, bytes: bytes))
  }

  private func text(_ table: SheetTable) throws -> String {
    String(decoding: try table.delimitedText().bytes, as: UTF8.self)
  }

  @Test("The same table reads equal from xlsx and ods", arguments: ["libreoffice.xlsx", "libreoffice.ods"])
  func equal(_ name: String) throws {
    let table = try book(name).table(sheet: "Data")
    #expect(
      try text(table) == """
        Area,Boys / 2022,Boys / 2023,Girls / 2022,Girls / 2023,Share,Counted on
        Sefton,1,2,3,1234,12.4,2024-03-31
        Wirral,10,20.5,c,-45,50,2024-04-01T09:30:00
        Leeds,0.1,1e+21,TRUE,low,25,2000-02-29
        Total,11,#N/A,,,,

        """)
    #expect(table.columns.filter { $0.unit == .percentage }.map(\.name) == ["Share"])
    let long = try book(name).table(sheet: "Long").unpivoted()
    #expect(
      String(decoding: try long.delimitedText().bytes, as: UTF8.self).hasPrefix(
        "heading,period,value,unit\nArea A,2024-01,10,pounds\nArea B,2024-01,11.5,\nArea A,2024-02,20,pounds\n"
      ))
    #expect(try book(name).sheets.map(\.visibility) == [.visible, .hidden, .visible])
    #expect(try book(name).table(range: "plans").rows == [5, 6, 7, 8])
    let rich = try book(name).sheet(named: "Rich")
    #expect(
      rich.rowNumbers.flatMap { rich.cells(inRow: $0) }.map(\.content) == [
        .text("plain bold"), .text("two\nlines"), .text("& <ok>"),
      ])
  }

  @Test("All three are alike but for the formula that openpyxl does not compute")
  func alike() throws {
    let expected = try text(book("libreoffice.ods").table(sheet: "Data"))
    let found = try text(book("openpyxl.xlsx").table(sheet: "Data"))
    #expect(found == expected.replacingOccurrences(of: "Total,11,", with: "Total,#NO-VALUE,"))
    for name in ["Long", "Rich"] {
      let sheets = try ["openpyxl.xlsx", "libreoffice.xlsx", "libreoffice.ods"].map {
        try book($0).sheet(named: name)
      }
      let cells = sheets.map { sheet in sheet.rowNumbers.flatMap { sheet.cells(inRow: $0) } }
      #expect(cells[0] == cells[1] && cells[1] == cells[2])
    }
  }

  @Test("What was taken for what is said, and what is wrong is named by its cell")
  func notes() throws {
    let table = try book("openpyxl.xlsx").table(sheet: "Data")
    let sheet = "openpyxl.xlsx: sheet \"Data\""
    #expect(
      table.notes == [
        "\(sheet) has 1 hidden row, read like all others: 6",
        "\(sheet) has 1 hidden column, read like all others: C",
        "\(sheet) has 1 formula whose result is not stored, the first in cell B8",
        "\(sheet) has 1 cell that shows an error, the first in cell C8",
        "\(sheet): rows 3 to 4 were taken for the heading of the table",
        "\(sheet): row 1 above the heading was set aside: \"Table 4: plans by area\"",
        "\(sheet): row 10 below the table was set aside as remarks: \"Source: invented\"",
        "\(sheet): percentages are given as 12.4 for 12.4% in \"Share\"",
        "\(sheet): 1 number was read without the commas between thousands, such as \"1,234\" as 1234",
        "\(sheet): 1 number was read as negative by the brackets around them, such as \"(45)\" as -45",
      ])
    #expect(
      table.problems.map(\.description) == [
        "\(sheet), cell B8: the formula has no stored result; open the workbook in a spreadsheet program and save it",
        "\(sheet), cell C8: the cell shows #N/A; mend its formula, or write x where there is no value",
      ])
  }
}
