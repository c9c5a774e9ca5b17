import Evidence
import Testing
import TimeSeries

struct ExcelWorkbookTests {
  private func text(_ sheet: Sheet, _ name: String) throws -> String {
    sheet[try #require(CellAddress(name))].content.text
  }

  @Test(
    "The format of a number decides what it is",
    arguments: [
      ("General", "45382", "45382"), ("0.00", "1234.5", "1234.5"), ("0%", "0.124", "12.4"),
      ("0.0%", "0.07", "7"),
      ("0.0%", "1e-7", "1e-05"), ("dd/mm/yyyy", "45382", "2024-03-31"),
      ("yyyy-mm-dd", "45382.75", "2024-03-31"),
      ("mmm-yy", "45383", "2024-04"), ("yyyy", "45383", "2024"), ("mmmm", "45383", "2024-04-01"),
      ("dd/mm/yyyy hh:mm", "45382.75", "2024-03-31T18:00:00"), ("dd/mm/yyyy hh:mm", "45382", "2024-03-31"),
      ("m/d/yy h:mm AM/PM", "45382.5", "2024-03-31T12:00:00"), ("yyyy hh", "45382.5", "2024-03-31T12:00:00"),
      ("h:mm", "0.5", "12:00:00"), ("[h]:mm", "1.5625", "37:30:00"), ("mm:ss.0", "0.0001", "00:00:09"),
      ("h AM/PM", "0.25", "06:00:00"), ("[h]:mm", "-0.5", "-12:00:00"),
      ("\"£\"#,##0", "1200", "1200"), ("[$£-809]#,##0.00", "-3.5", "-3.5"), ("[$GBP] 0", "2", "2"),
      ("\\$0", "5", "5"),
      ("0 \"days\"", "45", "45"), ("[Red]0;[Blue]-0", "7", "7"), ("_-* #,##0_-", "8", "8"), ("@", "9", "9"),
      ("", "9", "9"),
      ("0.00E+00", "1e21", "1e+21"), ("General", "-0", "0"), ("0", "0.1", "0.1"),
      ("0", "123456789012345680", "1.2345678901234568e+17"),
      ("yyyy-mm-dd", "1", "1900-01-01"), ("yyyy-mm-dd", "59", "1900-02-28"),
      ("yyyy-mm-dd", "61", "1900-03-01"),
      ("yyyy-mm-dd", "60", "#DATE"), ("yyyy-mm-dd", "0", "#DATE"), ("yyyy-mm-dd", "-5", "#DATE"),
      ("yyyy-mm-dd", "2958465", "9999-12-31"), ("yyyy-mm-dd", "2958466", "#DATE"),
      ("yyyy-mm-dd", "1e300", "#DATE"),
      ("yyyy-mm-dd hh:mm", "45382.999999", "2024-04-01"),
    ])
  func formats(_ code: String, _ stored: String, _ shown: String) throws {
    let xml = MadeWorkbook.rows([[stored]], styles: [1])
    let sheet = try MadeWorkbook.read(MadeWorkbook.excel([("Data", xml)], formats: [code])).sheet()
    #expect(try text(sheet, "A1") == shown)
  }

  @Test("Money knows its currency, by the symbol or the code of the format")
  func currencies() throws {
    let codes = ["\"£\"0", "[$€-2] 0", "[$CHF] 0", "\\$0", "0 ¥", "[$-809]0", "0"]
    let row = [codes.map { _ in "5" }]
    let sheet = try MadeWorkbook.read(
      MadeWorkbook.excel(
        [("Data", MadeWorkbook.rows(row, styles: Array(1...7)))], formats: codes)
    ).sheet()
    let contents = sheet.cells(inRow: 1).map(\.content)
    #expect(
      contents.prefix(5) == [
        .currency(5, "GBP"), .currency(5, "EUR"), .currency(5, "CHF"), .currency(5, "USD"),
        .currency(5, "JPY"),
      ])
    #expect(contents.suffix(2) == [.number(5), .number(5)])
  }

  @Test("Beyond eight currencies money has no known currency, and is money still")
  func manyCurrencies() throws {
    let codes = (0..<12).map { "[$AA\(UnicodeScalar(UInt8(65 + $0)))] 0" }
    let sheet = try MadeWorkbook.read(
      MadeWorkbook.excel(
        [("Data", MadeWorkbook.rows([codes.map { _ in "5" }], styles: Array(1...12)))], formats: codes)
    ).sheet()
    let contents = sheet.cells(inRow: 1).map(\.content)
    #expect(contents[6] == .currency(5, "AAG"))
    #expect(contents[7] == .currency(5, "") && contents[11] == .currency(5, ""))
  }

  @Test("Excel's own formats are known by number")
  func builtIn() throws {
    let ids = [0, 9, 10, 14, 17, 20, 22, 44, 46, 2, 49, 27, 55]
    let sheet = try MadeWorkbook.read(
      MadeWorkbook.excel(
        [("Data", MadeWorkbook.rows([ids.map { _ in "45382.5" }], styles: Array(1...13)))], builtIn: ids)
    ).sheet()
    #expect(
      sheet.cells(inRow: 1).map(\.content.text) == [
        "45382.5", "4538250", "4538250", "2024-03-31", "2024-03", "1089180:00:00", "2024-03-31T12:00:00",
        "45382.5",
        "1089180:00:00", "45382.5", "45382.5", "2024-03-31", "1089180:00:00",
      ])
  }

  @Test("A workbook of 1904 counts its days from there")
  func macintosh() throws {
    let book = try MadeWorkbook.read(
      MadeWorkbook.excel(
        [("Data", MadeWorkbook.rows([["0", "43920", "60"]], styles: [1, 1, 1]))], formats: ["dd/mm/yyyy"],
        properties: "<workbookPr date1904=\"1\"/>"))
    #expect(
      try book.sheet().cells(inRow: 1).map(\.content.text) == ["1904-01-01", "2024-03-31", "1904-03-01"])
  }

  @Test("Each kind of cell is read as what it is")
  func kinds() throws {
    let xml = """
      <sheetData><row r="2">
      <c r="A2" t="s"><v>1</v></c><c r="B2" t="b"><v>1</v></c><c r="C2" t="b"><v>0</v></c>
      <c r="D2" t="e"><v>#DIV/0!</v></c><c r="E2" t="str"><f>A1</f><v>six</v></c><c r="F2"><f>A1</f></c>
      <c r="G2" t="str"><f>A1</f><v></v></c><c r="H2"><f>A1</f><v>7</v></c><c r="I2" t="d"><v>2024-03-31</v></c>
      <c r="J2" t="n"><v>8</v></c><c r="K2" s="5"/><c r="L2" t="s"><v>2</v></c><c r="M2" t="s"><v>0</v></c>
      <c t="inlineStr"><is><r><t>in</t></r><r><t xml:space="preserve"> line</t></r></is></c>
      <c r="P2" t="d"><v>2024-03-31T09:30:00.000</v></c></row>
      <row><c><v>1</v></c><c r="C3"><v>3</v></c></row></sheetData>
      """
    let shared = [
      "<t/>",
      "<r><rPr><b/></rPr><t>rich</t></r><r><t xml:space=\"preserve\"> te_x0058_t</t></r><rPh sb=\"0\" eb=\"1\"><t>kana</t></rPh>",
      "<t>a_x000D__x005F_b_xD800__x</t>",
    ]
    let sheet = try MadeWorkbook.read(MadeWorkbook.excel([("Data", xml)], shared: shared)).sheet()
    let day = try #require(CivilDate("2024-03-31"))
    #expect(
      sheet.cells(inRow: 2).map(\.content) == [
        .text("rich teXt"), .boolean(true), .boolean(false), .error("#DIV/0!"), .text("six"),
        .formulaWithoutValue,
        .number(7), .date(day), .number(8), .text("a\r_b_xD800__x"), .text("in line"),
        .dateTime(day, seconds: 34_200),
      ])
    #expect(
      sheet.cells(inRow: 2).map(\.isFormula) == [
        false, false, false, false, true, true, true, false, false, false, false, false,
      ])
    #expect(sheet.cells(inRow: 3).map(\.address.description) == ["A3", "C3"])
    #expect(sheet.cells(inRow: 9).isEmpty)
    #expect(sheet.rowNumbers == [2, 3])
    #expect(sheet.usedRange?.description == "A2:P3")
    #expect(sheet[try #require(CellAddress("K2"))].content == .blank)
    #expect(
      sheet.notes == [
        "book.xlsx: sheet \"Data\" has 1 formula whose result is not stored, the first in cell F2",
        "book.xlsx: sheet \"Data\" has 1 cell that shows an error, the first in cell D2",
      ])
  }

  @Test("Sheets are listed in order with the hidden ones marked, and one is picked by its name")
  func sheets() throws {
    let bytes = MadeWorkbook.excel(
      [
        ("First", MadeWorkbook.rows([["1"]])), ("Second &amp; last", MadeWorkbook.rows([["2"]])),
        ("Third", MadeWorkbook.rows([["3"]])),
      ],
      states: ["", "hidden", "veryHidden"])
    let book = try MadeWorkbook.read(bytes)
    #expect(book.format == .excel)
    #expect(book.sheets.map(\.name) == ["First", "Second & last", "Third"])
    #expect(book.sheets.map(\.visibility) == [.visible, .hidden, .veryHidden])
    #expect(try book.sheet().name == "First")
    #expect(try text(book.sheet(named: "Second & last"), "A1") == "2")
    #expect(try text(book.sheet(named: " third "), "A1") == "3")
    let message = MadeWorkbook.message { _ = try book.sheet(named: "Fourth") }
    #expect(
      message
        == "--sheet: book.xlsx has no sheet \"Fourth\"; it has \"First\", \"Second & last\" (hidden), \"Third\" (hidden)"
    )
  }

  @Test("Where several sheets are shown, one must be named; a chart has no cells")
  func choice() throws {
    let chart = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    var bytes = MadeWorkbook.excel([("A", MadeWorkbook.rows([["1"]])), ("B", MadeWorkbook.rows([["2"]]))])
    let book = try MadeWorkbook.read(bytes)
    #expect(
      MadeWorkbook.message { _ = try book.sheet() }
        == "--sheet: book.xlsx shows 2 sheets; say which of \"A\", \"B\" to read")
    bytes = MadeWorkbook.zip([
      (
        "xl/workbook.xml",
        "<workbook xmlns:r=\"\(chart)\"><sheets><sheet name=\"C\" r:id=\"a\"/><sheet name=\"D\" r:id=\"b\"/></sheets></workbook>"
      ),
      (
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships><Relationship Id="a" Type="x/chartsheet" Target="chartsheets/sheet1.xml"/>
        <Relationship Id="b" Type="x/worksheet" Target="file:///etc/passwd" TargetMode="External"/><Relationship/></Relationships>
        """
      ),
    ])
    let charts = try MadeWorkbook.read(bytes)
    #expect(charts.sheets.map(\.hasCells) == [false, false])
    #expect(
      MadeWorkbook.message { _ = try charts.sheet(named: "C") }
        == "--sheet: \"C\" (a chart) of book.xlsx has no cells; name another sheet")
    #expect(MadeWorkbook.message { _ = try charts.sheet(named: "D") }.contains("has no cells"))
  }

  @Test("A merged range has its value in all its cells, and is known")
  func merged() throws {
    let book = try MadeWorkbook.book([["Area", "x"], ["", "y"], ["z"]], merged: ["A1:A2", "B3:D3", "F1"])
    let sheet = try book.sheet()
    #expect(sheet.mergedRanges.map(\.description) == ["A1:A2", "B3:D3"])
    let below = sheet[try #require(CellAddress("A2"))]
    #expect(below.content == .text("Area"))
    #expect(below.mergedRange?.description == "A1:A2")
    #expect(sheet[try #require(CellAddress("C3"))].content == .blank)
    #expect(sheet[try #require(CellAddress("B2"))].mergedRange == nil)
  }

  @Test("The merged range of a cell is the one that holds it, however the ranges lie")
  func mergedProperty() throws {
    var generator = SeededGenerator(state: 3)
    for _ in 0..<20 {
      var ranges: [(rows: ClosedRange<Int>, columns: ClosedRange<Int>)] = []
      for _ in 0..<60 {
        let (row, column) = (
          Int.random(in: 1...40, using: &generator), Int.random(in: 1...12, using: &generator)
        )
        let (height, width) = (
          Int.random(in: 0...(Bool.random(using: &generator) ? 1 : 20), using: &generator),
          Int.random(in: 0...3, using: &generator)
        )
        let new = (rows: row...row + height, columns: column...column + width)
        if height + width > 0,
          !ranges.contains(where: { $0.rows.overlaps(new.rows) && $0.columns.overlaps(new.columns) })
        {
          ranges.append(new)
        }
      }
      let names = ranges.map {
        "\(CellAddress.letters(ofColumn: $0.columns.lowerBound))\($0.rows.lowerBound):\(CellAddress.letters(ofColumn: $0.columns.upperBound))\($0.rows.upperBound)"
      }
      let sheet = try MadeWorkbook.book([["1"]], merged: names).sheet()
      #expect(sheet.mergedRanges.count == ranges.count)
      for row in 1...62 {
        for column in 1...17 {
          let expected = ranges.firstIndex { $0.rows.contains(row) && $0.columns.contains(column) }.map {
            names[$0]
          }
          let address = try #require(CellAddress(row: row, column: column))
          #expect(sheet[address].mergedRange?.description == expected)
        }
      }
    }
  }

  @Test("Hidden rows and columns are read and said")
  func hidden() throws {
    let xml = """
      <cols><col min="2" max="3" hidden="1"/><col min="4" max="4"/><col min="3" max="5" hidden="true"/><col min="9" max="1" hidden="1"/></cols>
      <sheetData><row r="1" hidden="1"><c><v>1</v></c></row><row r="2" hidden="true"/><row r="4" hidden="1"/><row r="5" hidden="0"/></sheetData>
      """
    let sheet = try MadeWorkbook.read(MadeWorkbook.excel([("Data", xml)])).sheet()
    #expect(
      sheet.notes == [
        "book.xlsx: sheet \"Data\" has 3 hidden rows, read like all others: 1 to 2, 4",
        "book.xlsx: sheet \"Data\" has 4 hidden columns, read like all others: B to E",
      ])
    #expect(sheet.isHidden(row: 2) && !sheet.isHidden(row: 3) && !sheet.isHidden(row: 9))
    #expect(sheet.isHidden(column: 5) && !sheet.isHidden(column: 6))
    #expect(try text(sheet, "A1") == "1")
  }

  @Test("A gzip around a workbook, and a workbook on disk, are read; none is said")
  func files() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("any.name", MadeWorkbook.excel([("Data", MadeWorkbook.rows([["5"]]))]))
    #expect(try text(Workbook(path: path).sheet(), "A1") == "5")
    let none = folder.path + "/none.xlsx"
    #expect(throws: EvidenceError.noSuchFile(path: none)) { try Workbook(path: none) }
  }

  @Test("Ranges are named by the workbook, with their sheet")
  func namedRanges() throws {
    let names = """
      <definedNames><definedName name="Plans">'Jo''s data'!$A$2:$B$4</definedName>
      <definedName name="Two">Other!$A$1,Other!$B$2</definedName><definedName name="Sum">SUM(1)</definedName></definedNames>
      """
    let table = MadeWorkbook.rows([["x"], ["Area", "2023"], ["Sefton", "5"], ["Wirral", "6"]])
    let book = try MadeWorkbook.read(
      MadeWorkbook.excel([("Jo's data", table), ("Other", table)], names: names))
    #expect(book.rangeNames == ["Plans", "Two", "Sum"])
    let found = try book.table(range: "plans")
    #expect(found.sheet.name == "Jo's data")
    #expect(found.columns.map(\.name) == ["Area", "2023"])
    #expect(
      MadeWorkbook.message { _ = try book.table(sheet: "Other", range: "Plans") }.contains(
        "--range: Plans of book.xlsx lies in sheet \"Jo's data\""))
    #expect(
      MadeWorkbook.message { _ = try book.table(range: "Sum") }.contains(
        "stands for SUM(1), which is not one range of cells"))
    #expect(MadeWorkbook.message { _ = try book.table(range: "Two") }.contains("not one range"))
    #expect(
      MadeWorkbook.message { _ = try book.table(range: "Nine") }.hasSuffix(
        "or a name of the workbook's: Plans, Two, Sum"))
    #expect(try book.table(sheet: "Other", range: "A2:B4").rows == [3, 4])
  }
}
