import Evidence
import Testing
import TimeSeries

struct OpenDocumentTests {
  private func sheet(_ rows: String, styles: String = "", common: String? = nil) throws -> Sheet {
    try MadeWorkbook.read(
      MadeWorkbook.openDocument(
        "<table:table table:name=\"Data\">\(rows)</table:table>", styles: styles, common: common)
    ).sheet()
  }

  private func cell(_ kind: String, _ value: String, _ shown: String = "", more: String = "") -> String {
    "<table:table-cell office:value-type=\"\(kind)\" \(value) \(more)><text:p>\(shown)</text:p></table:table-cell>"
  }

  private func row(_ cells: String, _ attributes: String = "") -> String {
    "<table:table-row \(attributes)>\(cells)</table:table-row>"
  }

  @Test("Each kind of cell is read as what it is")
  func kinds() throws {
    let cells = [
      cell("float", "office:value=\"1.50\"", "1.5"), cell("percentage", "office:value=\"0.124\"", "12%"),
      cell("currency", "office:value=\"9\" office:currency=\"GBP\"", "£9"),
      cell("float", "office:value=\"8\"", "£8"),
      cell("date", "office:date-value=\"2024-03-31\"", "31/03/24"),
      cell("date", "office:date-value=\"2024-03-31T09:30:00.5Z\"", ""),
      cell("date", "office:date-value=\"2024-03-31T09:30\"", ""),
      cell("date", "office:date-value=\"2024-03-31T00:00:00\"", ""),
      cell("time", "office:time-value=\"PT37H30M01.5S\"", ""),
      cell("time", "office:time-value=\"-P1DT2M\"", ""),
      cell("boolean", "office:boolean-value=\"true\"", "TRUE"),
      cell("boolean", "office:boolean-value=\"false\"", "FALSE"),
      cell("float", "office:value=\"1\"", "TRUE"), cell("float", "office:value=\"0\"", "FALSE"),
      cell("string", "", "a <text:span>b</text:span><text:s text:c=\"2\"/>c<text:tab/>d<text:line-break/>e"),
      cell("string", "office:string-value=\"stored\"", "shown"),
      cell("string", "calcext:value-type=\"error\" office:string-value=\"\"", "#N/A"),
      cell("float", "office:value=\"0\"", "#DIV/0!", more: "table:formula=\"of:=1/0\""),
      cell("float", "office:value=\"3\"", "3", more: "table:formula=\"of:=1+2\""),
      "<table:table-cell table:formula=\"of:=1+2\"/>", cell("", "", "bare"),
      "<table:table-cell office:value-type=\"string\"><text:p>one</text:p><text:p>two</text:p></table:table-cell>",
    ]
    let found = try sheet(row(cells.joined())).cells(inRow: 1)
    let day = try #require(CivilDate("2024-03-31"))
    #expect(
      found.map(\.content) == [
        .number(1.5), .percentage(12.4), .currency(9, "GBP"), .currency(8, "GBP"), .date(day),
        .dateTime(day, seconds: 34_200), .dateTime(day, seconds: 34_200), .date(day),
        .duration(seconds: 135_001),
        .duration(seconds: -86_520), .boolean(true), .boolean(false), .boolean(true), .boolean(false),
        .text("a b  c\td\ne"), .text("stored"), .error("#N/A"), .error("#DIV/0!"), .number(3),
        .formulaWithoutValue,
        .text("bare"), .text("one\ntwo"),
      ])
    #expect(found.filter(\.isFormula).map(\.address.description) == ["R1", "S1", "T1"])
  }

  @Test("Comments, shapes, notes, phonetic guides and tables inside cells are left out")
  func leftOut() throws {
    let found = try sheet(
      "<table:shapes><draw:frame><text:p>drawn</text:p></draw:frame></table:shapes>"
        + row(
          """
          <table:table-cell office:value-type="string"><office:annotation><text:p>comment</text:p></office:annotation>\
          <text:p>kept<text:note><text:p>note</text:p></text:note><text:ruby><text:ruby-base>!</text:ruby-base>\
          <text:ruby-text>kana</text:ruby-text></text:ruby></text:p><draw:frame><text:p>drawn</text:p></draw:frame>\
          <table:table table:name="inner"><table:table-row><table:table-cell><text:p>x</text:p></table:table-cell>\
          </table:table-row></table:table></table:table-cell>
          """))
    #expect(found.cells(inRow: 1).map(\.content) == [.text("kept!")])
  }

  @Test("A million blank rows and columns cost nothing, and rows that repeat hold the same cells")
  func repeats() throws {
    let rows =
      row(
        "<table:table-cell table:number-columns-repeated=\"16384\"/>", "table:number-rows-repeated=\"999998\""
      )
      + row(
        cell("float", "office:value=\"7\"", "7", more: "table:number-columns-repeated=\"3\"")
          + "<table:table-cell table:number-columns-repeated=\"16380\"/>"
          + cell("float", "office:value=\"8\"", "8"),
        "table:number-rows-repeated=\"3\"")
      + row(
        "<table:table-cell table:number-columns-repeated=\"99999999\"/>",
        "table:number-rows-repeated=\"999999999\"")
      + row("<table:table-cell/>")
    let found = try sheet(rows)
    #expect(found.usedRange?.description == "A999999:XFD1000001")
    #expect(found.rowNumbers == [999_999, 1_000_000, 1_000_001])
    #expect(
      found.cells(inRow: 1_000_001).map(\.address.description) == [
        "A1000001", "B1000001", "C1000001", "XFD1000001",
      ])
  }

  @Test(
    "What stands outside of a sheet is refused",
    arguments: [
      ("table:number-rows-repeated=\"1048577\"", "", "row 1048577"),
      (
        "", "table:number-columns-repeated=\"16385\"", "no sheet has more than 1048576 rows and 16384 columns"
      ),
      ("", "table:number-columns-spanned=\"16385\"", "merged with cells that no sheet has"),
    ])
  func outside(_ rowRepeat: String, _ more: String, _ message: String) {
    #expect(
      MadeWorkbook.message {
        _ = try sheet(row(cell("float", "office:value=\"7\"", "7", more: more), rowRepeat))
      }.contains(message))
  }

  @Test(
    "A value that is not of its kind is refused with its cell",
    arguments: [
      ("float", "office:value=\"seven\""), ("float", "office:value=\"1e999\""),
      ("percentage", "office:value=\"1e308\""), ("date", "office:date-value=\"31/03/2024\""),
      ("date", "office:date-value=\"2024-03-31T25:00\""), ("date", "office:date-value=\"2024-03-31T1\""),
      ("time", "office:time-value=\"12:00\""), ("time", "office:time-value=\"P1Y\""),
      ("time", "office:time-value=\"P\""), ("boolean", "office:boolean-value=\"maybe\""), ("colour", ""),
      ("float", ""),
    ])
  func wrongValues(_ kind: String, _ value: String) {
    let message = MadeWorkbook.message { _ = try sheet(row("<table:table-cell/>" + cell(kind, value))) }
    #expect(message.hasPrefix("book.xlsx: sheet \"Data\", cell B1: the cell says that it is \"\(kind)\""))
  }

  @Test("Merged cells have the value of the first, and those they cover are passed over")
  func merged() throws {
    let rows =
      row(
        cell("string", "", "Boys", more: "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"2\"")
          + "<table:covered-table-cell><text:p>hidden</text:p></table:covered-table-cell>"
          + cell("string", "", "c"))
      + row("<table:covered-table-cell table:number-columns-repeated=\"2\"/>" + cell("string", "", "d"))
      + row(
        cell("string", "", "wide", more: "table:number-columns-spanned=\"2\" table:number-rows-spanned=\"1\"")
          + "<table:covered-table-cell/>", "table:number-rows-repeated=\"2\"")
      + row("<table:table-cell table:number-columns-spanned=\"2\"/>", "table:number-rows-repeated=\"1000\"")
    let found = try sheet(rows)
    #expect(found.mergedRanges.map(\.description) == ["A1:B2", "A3:B3", "A4:B4", "A5:B5"])
    #expect(found[try #require(CellAddress("B2"))].content == .text("Boys"))
    #expect(found[try #require(CellAddress("B4"))].content == .text("wide"))
    #expect(found.cells(inRow: 2).map(\.address.description) == ["C2"])
  }

  @Test("Hidden sheets, rows and columns and filtered rows are known")
  func hidden() throws {
    let styles =
      "<style:style style:name=\"ta2\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>"
    let bytes = MadeWorkbook.openDocument(
      """
      <table:table table:name="Shown"><table:table-column table:number-columns-repeated="2"/>\
      <table:table-column table:visibility="collapse"/>\(row(cell("float", "office:value=\"1\"", "1"), "table:visibility=\"filter\" table:number-rows-repeated=\"3\""))\
      \(row("<table:table-cell/>", "table:visibility=\"collapse\""))</table:table>
      <table:table table:name="Kept" table:style-name="ta2"/>
      """, styles: styles)
    let book = try MadeWorkbook.read(bytes)
    #expect(book.format == .openDocument)
    #expect(book.sheets.map(\.visibility) == [.visible, .hidden])
    #expect(
      try book.sheet().notes == [
        "book.xlsx: sheet \"Shown\" has 4 hidden rows (3 by a filter), read like all others: 1 to 4",
        "book.xlsx: sheet \"Shown\" has 1 hidden column, read like all others: C",
      ])
    #expect(try book.sheet(named: "Kept").usedRange == nil)
  }

  @Test("A date shows as a month or a year where its style does, by the cell or its column")
  func months() throws {
    let dateStyle = """
      <number:date-style style:name="N1"><number:month/><number:text>-</number:text><number:year/></number:date-style>\
      <number:time-style style:name="N2"><number:hours/></number:time-style>\
      <number:date-style style:name="N3"><number:year/></number:date-style>\
      <number:date-style style:name="N4"><number:day/><number:month/><number:year/></number:date-style>\
      <number:date-style style:name="N5"><number:year/><number:hours/></number:date-style>\
      <style:style style:name="base" style:family="table-cell" style:data-style-name="N1"/>
      """
    let styles =
      (1...5).map {
        "<style:style style:name=\"ce\($0)\" style:family=\"table-cell\" style:data-style-name=\"N\($0)\"/>"
      }
      .joined()
      + "<style:style style:name=\"ce6\" style:family=\"table-cell\" style:parent-style-name=\"base\"/>"
    let date = "office:date-value=\"2024-04-01\""
    let cells = (1...6).map { cell("date", date, "", more: "table:style-name=\"ce\($0)\"") }.joined()
    let columns =
      "<table:table-column table:number-columns-repeated=\"6\" table:default-cell-style-name=\"Default\"/><table:table-column table:default-cell-style-name=\"ce1\"/>"
    let found = try sheet(
      columns + row(cells + cell("date", date, "") + cell("date", date, "")), styles: styles,
      common: dateStyle)
    #expect(
      found.cells(inRow: 1).map(\.content.text) == [
        "2024-04", "2024-04-01", "2024", "2024-04-01", "2024-04-01", "2024-04", "2024-04", "2024-04-01",
      ])
  }

  @Test("Named ranges of OpenDocument are known")
  func names() throws {
    let cells =
      row(cell("string", "", "Area") + cell("string", "", "2023"))
      + row(cell("string", "", "Sefton") + cell("float", "office:value=\"5\"", "5"))
    let book = try MadeWorkbook.read(
      MadeWorkbook.openDocument(
        """
        <table:table table:name="My data">\(cells)</table:table><table:named-expressions><table:named-range table:name="Plans" \
        table:cell-range-address="$'My data'.$A$1:.$B$2"/><table:named-range table:name="Broken"/></table:named-expressions>
        """))
    #expect(book.rangeNames == ["Plans"])
    #expect(try book.table(range: "Plans").texts(ofRow: 0) == ["Sefton", "5"])
  }
}
