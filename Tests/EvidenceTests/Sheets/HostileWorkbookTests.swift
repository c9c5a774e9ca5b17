import Evidence
import Testing

struct HostileWorkbookTests {
  private func message(_ bytes: [UInt8], limits: SheetLimits = SheetLimits()) -> String {
    MadeWorkbook.message { _ = try MadeWorkbook.read(bytes, limits: limits).sheet() }
  }

  private func message(_ xml: String, shared: [String] = [], limits: SheetLimits = SheetLimits()) -> String {
    message(MadeWorkbook.excel([("Data", xml)], shared: shared), limits: limits)
  }

  @Test("A part that inflates beyond its ratio or the limit is refused, with its size")
  func bombs() {
    let spaces = String(repeating: " ", count: 20 << 20)
    let found = message("<sheetData>\(spaces)</sheetData>")
    #expect(
      found.contains("has a part \"xl/worksheets/sheet1.xml\" of ")
        && found.contains("inflates beyond 16777216 bytes"))
    var limits = SheetLimits()
    limits.partBytes = 1000
    #expect(
      message("<sheetData>\(spaces.prefix(2000))</sheetData>", limits: limits).contains(
        "inflates beyond 1000 bytes"))
  }

  @Test("A zip inside a workbook is not opened, and too many parts are refused")
  func parts() throws {
    let inner = String(decoding: MadeWorkbook.zip([("a", "b")]).map { $0 & 0x7F }, as: UTF8.self)
    let sheet = ("Data", MadeWorkbook.rows([["5"]]))
    #expect(message(MadeWorkbook.excel([sheet], extra: [("xl/embeddings/inner.zip", inner)])).isEmpty)
    let many = (0..<200).map { ("p\($0)", "") }
    var limits = SheetLimits()
    limits.parts = 100
    #expect(
      message(MadeWorkbook.excel([sheet], extra: many), limits: limits).contains(
        "lists 204 parts, more than the 100"))
  }

  @Test("A document type is refused, whatever it declares: no entity is expanded or fetched")
  func entities() throws {
    let laughs =
      "<!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;&b;&b;\">]>"
    let folder = try TemporaryFolder()
    let secret = try folder.file("secret", "secret")
    let external = "<!DOCTYPE x [<!ENTITY a SYSTEM \"file://\(secret)\">]>"
    let outside = "<!DOCTYPE x SYSTEM \"file://\(secret)\">"
    let parameter = "<!DOCTYPE x [<!ENTITY % a SYSTEM \"file://\(secret)\"> %a;]>"
    for type in [laughs, external, outside, parameter, "<!DOCTYPE x>"] {
      let xml = "\(type)<workbook><sheets>&a;&c;</sheets></workbook>"
      let found = message(MadeWorkbook.zip([("xl/workbook.xml", xml)]))
      #expect(found.contains("it declares a document type"), "\(found)")
      #expect(!found.contains("secret"))
    }
    #expect(message("<sheetData>&a;</sheetData>").contains("cannot be read (Entity 'a' not defined"))
  }

  @Test("An encoding that could hide what is counted is refused, and a million attributes too")
  func encodings() {
    for declared in ["UTF-7", "IBM037", "utf-32"] {
      let xml = "<?xml version=\"1.0\" encoding='\(declared)'?><workbook/>"
      #expect(message(MadeWorkbook.zip([("xl/workbook.xml", xml)])).contains("another encoding than UTF-8"))
    }
    #expect(message(MadeWorkbook.zip([("xl/workbook.xml", "\u{4C}oo")])).contains("another encoding"))
    #expect(
      message(MadeWorkbook.zip([("xl/workbook.xml", "<?xml version=\"1.0\"?><w/>")])).contains("has no part"))
    let attributes = (0..<60_000).map { "a\($0)=\"\"" }.joined(separator: " ")
    #expect(message("<sheetData \(attributes)/>").contains("too many attributes"))
    #expect(message(MadeWorkbook.zip([("xl/workbook.xml", "")])).contains("cannot be read"))
  }

  @Test("UTF-16 is read in either order, with its mark or without, and UTF-32 is not")
  func wideEncodings() throws {
    let plain =
      "<workbook xmlns:r=\"x/relationships\"><sheets><sheet name=\"Größe\" r:id=\"a\"/></sheets></workbook>"
    let relations = Array(
      "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>".utf8)
    let little = plain.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    let big = plain.utf16.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    let marked = Array("<?xml version='1.0' encoding='UTF-8'?>\(plain)".utf8)
    for bytes in [
      [0xFF, 0xFE] + little, [0xFE, 0xFF] + big, [0xEF, 0xBB, 0xBF] + marked, Array(plain.utf8),
    ] {
      let parts = [("xl/workbook.xml", bytes), ("xl/_rels/workbook.xml.rels", relations)]
      #expect(try MadeWorkbook.read(MadeWorkbook.zip(parts)).sheets.map(\.name) == ["Größe"])
    }
    let wide: [UInt8] = [0xFF, 0xFE, 0, 0] + plain.utf8.flatMap { [$0, 0, 0, 0] }
    #expect(message(MadeWorkbook.zip([("xl/workbook.xml", wide)])).contains("another encoding"))
    for bytes in [little, big] {
      // Without its mark UTF-16 must say that it is, or libxml2 refuses it.
      #expect(message(MadeWorkbook.zip([("xl/workbook.xml", bytes)])).contains("workbook"))
    }
  }

  @Test("A workbook cut anywhere is an error, never shorter")
  func truncated() {
    let bytes = MadeWorkbook.excel([("Data", MadeWorkbook.rows([["Area", "2023"], ["Sefton", "5"]]))])
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(!message(Array(bytes[..<length])).isEmpty)
    }
  }

  @Test("Damage to a part is found by its checksum")
  func checksum() throws {
    let text = (0..<200).map { "<c><v>\($0 * 7919 % 1000)</v></c>" }.joined()
    let bytes = MadeWorkbook.excel([("Data", "<sheetData><row>\(text)</row></sheetData>")])
    // The checksum of a part stands 16 bytes into its entry of the directory, which begins with PK 1 2.
    let entries = bytes.indices.dropLast(4).filter { Array(bytes[$0..<$0 + 4]) == [0x50, 0x4B, 1, 2] }
    var damaged = bytes
    damaged[try #require(entries.last) + 16] ^= 1
    #expect(message(damaged).contains("is damaged in part \"xl/worksheets/sheet1.xml\""))
  }

  @Test("A part that is protected with a password is said")
  func encrypted() throws {
    var bytes = MadeWorkbook.excel([("Data", MadeWorkbook.rows([["5"]]))])
    // Bit 0 of the flags of each entry, in the directory and before the part.
    for place in bytes.indices.dropLast(10) where Array(bytes[place..<place + 2]) == [0x50, 0x4B] {
      if bytes[place + 2] == 1, bytes[place + 3] == 2 { bytes[place + 8] |= 1 }
      if bytes[place + 2] == 3, bytes[place + 3] == 4 { bytes[place + 6] |= 1 }
    }
    #expect(message(bytes).contains("is protected with a password"))
  }

  @Test(
    "Absurd cells are refused with their place",
    arguments: [
      (
        "<row r=\"1\"><c r=\"XFD1048577\"><v>1</v></c></row>",
        "a cell is named \"XFD1048577\", which no sheet has"
      ),
      ("<row r=\"1\"><c r=\"A0\"><v>1</v></c></row>", "sheet \"Data\", row 1: a cell is named \"A0\""),
      ("<row r=\"5\"><c r=\"A5\"/></row><row r=\"3\"/>", "sheet \"Data\", row 3: the row stands after row 5"),
      ("<row r=\"1\"/><row r=\"1\"/>", "row 1: the row stands after row 1"),
      ("<row r=\"0\"/>", "there is a row \"0\""),
      ("<row r=\"1048577\"/>", "there is a row \"1048577\""), ("<row r=\"-1\"/>", "there is a row \"-1\""),
      ("<row r=\"1048576\"/><row><c><v>1</v></c></row>", "row 1048577"),
      (
        "<row><c r=\"C1\"/><c r=\"B1\"><v>1</v></c></row>",
        "cell B1: the cell stands after column C of its row"
      ),
      ("<row><c r=\"B1\"/><c r=\"B1\"/></row>", "cell B1: the cell stands after column B"),
      ("<row r=\"2\"><c r=\"B1\"/></row>", "cell B1: the cell stands in row 2 of the file"),
      ("<row><c r=\"XFD1\"/><c><v>1</v></c></row>", "no sheet has more than 1048576 rows and 16384 columns"),
      (
        "<row><c t=\"s\"><v>2</v></c></row>",
        "cell A1: the cell names shared text 2, and the workbook has 1 from 0 on"
      ),
      ("<row><c t=\"s\"><v>-1</v></c></row>", "names shared text -1"),
      ("<row><c t=\"s\"><v>x</v></c></row>", "names shared text x"),
      ("<row><c t=\"zz\"><v>1</v></c></row>", "sheet \"Data\", cell A1: the cell is of a kind \"zz\""),
      ("<row><c><v>abc</v></c></row>", "cell A1: the stored value \"abc\" is not a number"),
      ("<row><c><v>1e999</v></c></row>", "is not a number"),
      ("<row><c><v>NaN</v></c></row>", "is not a number"),
      ("<row><c t=\"d\"><v>soon</v></c></row>", "\"soon\" is not a date"),
      ("<row><c><v>1e308</v></c></row>", ""), ("<row><c s=\"99\"><v>1</v></c></row>", ""),
    ])
  func absurdCells(_ rows: String, _ part: String) {
    let found = message("<sheetData>\(rows)</sheetData>", shared: ["<t>a</t>"])
    #expect(part.isEmpty ? found.isEmpty : found.contains(part), "\(found)")
  }

  @Test("A percentage beyond what a number holds is refused")
  func hugePercentage() {
    let xml = "<sheetData><row><c s=\"1\"><v>1e307</v></c></row></sheetData>"
    #expect(
      message(MadeWorkbook.excel([("Data", xml)], formats: ["0%"])).contains(
        "is not a percentage below 1.8e308"))
  }

  @Test(
    "Merged ranges that overlap, or are none, are refused",
    arguments: [
      (["A1:B2", "B2:C3"], "the merged ranges A1:B2 and B2:C3 overlap"),
      (["A1:A9", "A5:B5"], "A1:A9 and A5:B5 overlap"),
      (["A1:B2", "A1:B2"], "A1:B2 and A1:B2 overlap"), (["B2:A1"], "has its ends the wrong way round"),
      (["A0:B2"], "the merged range"),
      (["A1:XFD1048576"], ""), (["A1:XFD1048576", "C5:D6"], "overlap"),
    ] as [([String], String)])
  func overlaps(_ merges: [String], _ part: String) {
    let found = MadeWorkbook.message { _ = try MadeWorkbook.book([["1"]], merged: merges).sheet() }
    #expect(part.isEmpty ? found.isEmpty : found.contains(part), "\(found)")
  }

  @Test("Each limit is held, and says where")
  func limits() {
    let rows = MadeWorkbook.rows([["Area", "2023"], ["Sefton", "5"], ["Wirral", "6"]])
    func found(_ set: (inout SheetLimits) -> Void, _ xml: String? = nil, shared: [String] = []) -> String {
      var limits = SheetLimits()
      set(&limits)
      return message(xml ?? rows, shared: shared, limits: limits)
    }
    #expect(found({ $0.cells = 3 }).contains("sheet \"Data\", cell B2: the sheet has more than 3 cells"))
    #expect(found({ $0.textBytes = 12 }).contains("cell A3: the texts of the sheet take more than 12 bytes"))
    #expect(found({ $0.cellText = 5 }).contains("cell A2: the cell holds more than 5 bytes"))
    #expect(
      found({ $0.cellText = 3 }, "<sheetData><row><c t=\"str\"><v>abcd</v></c></row></sheetData>").contains(
        "holds more than 3 bytes"))
    #expect(
      found({ $0.merges = 1 }, rows + "<mergeCell ref=\"A5:B5\"/><mergeCell ref=\"A6:B6\"/>").contains(
        "more than 1 ranges are merged"))
    #expect(found({ $0.entries = 0 }).contains("more than 0"))
    #expect(
      found({ $0.cellText = 3 }, rows, shared: ["<t>abcd</t>"]).contains(
        "the shared text 0 is longer than 3 bytes"))
    #expect(found({ $0.textBytes = 3 }, rows, shared: ["<t>abcd</t>"]).contains("take more than 3 bytes"))
  }

  @Test("The limits on lists of an xlsx and an ods workbook are held")
  func listLimits() {
    var limits = SheetLimits()
    limits.entries = 1
    let sheet = ("A", "<sheetData/>")
    let name = "<definedName name=\"n\">A!A1</definedName>"
    #expect(message(MadeWorkbook.excel([sheet, ("B", "")]), limits: limits).contains("more than 1 sheets"))
    #expect(
      message(MadeWorkbook.excel([sheet], names: name + name), limits: limits).contains(
        "more than 1 named ranges"))
    #expect(
      message(MadeWorkbook.excel([sheet], formats: ["0", "0.0"]), limits: limits).contains(
        "more than 1 number formats"))
    #expect(
      message(MadeWorkbook.excel([sheet], builtIn: [9, 10]), limits: limits).contains(
        "more than 1 cell styles"))
    let table = "<table:table table:name=\"A\"/>"
    let range = "<table:named-range table:name=\"a\" table:cell-range-address=\"A.A1\"/>"
    let style = "<number:date-style style:name=\"a\"/><number:date-style style:name=\"b\"/>"
    #expect(message(MadeWorkbook.openDocument(table + table), limits: limits).contains("more than 1 sheets"))
    #expect(
      message(MadeWorkbook.openDocument(table + range + range), limits: limits).contains(
        "more than 1 named ranges"))
    #expect(
      message(MadeWorkbook.openDocument(table, styles: style), limits: limits).contains("more than 1 styles"))
    #expect(
      message(MadeWorkbook.openDocument(table, common: style), limits: limits).contains("more than 1 styles"))
  }

  @Test("Texts of an ods cell are held to the limit, spaces by number too")
  func openDocumentTexts() {
    var limits = SheetLimits()
    limits.cellText = 10
    for text in [
      "abcdefghijk", "<text:s text:c=\"999999999\"/>", String(repeating: "<text:s text:c=\"9\"/>", count: 50),
    ] {
      let xml =
        "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\"><text:p>\(text)</text:p></table:table-cell></table:table-row></table:table>"
      #expect(message(MadeWorkbook.openDocument(xml), limits: limits).contains("sheet \"A\""))
    }
    let stored =
      "<table:table table:name=\"A\"><table:table-row><table:table-cell office:value-type=\"string\" office:string-value=\"abcdefghijkl\"/></table:table-row></table:table>"
    #expect(
      message(MadeWorkbook.openDocument(stored), limits: limits).contains(
        "cell A1: the text is longer than 10 bytes"))
  }

  @Test("Deep nesting and malformed XML are errors with the part")
  func malformed() {
    let deep = String(repeating: "<a>", count: 400) + String(repeating: "</a>", count: 400)
    #expect(
      message("<sheetData>\(deep)</sheetData>").contains(
        "its elements stand more than 256 deep in one another"))
    #expect(message("<sheetData><row>").contains("cannot be read"))
    #expect(
      message("<sheetData><row r=\"7\"><c r=\"B7\"><v>\u{1}</v></c></row></sheetData>").contains(
        "sheet \"Data\", cell B7: the workbook's part"))
    let table = "<table:table table:name=\"A\"><table:table-row><table:table-cell>"
    #expect(message(MadeWorkbook.openDocument(table)).contains("\"content.xml\" cannot be read"))
  }

  @Test("A sheet of 10,000 columns and one of a million rows are read, the largest table is refused in words")
  func extents() throws {
    let wide = try MadeWorkbook.book([(0..<10_000).map { "c\($0)" }, (0..<10_000).map { "\($0)" }])
    let table = try wide.table()
    #expect(table.columns.count == 10_000)
    #expect(table.texts(ofRow: 0).last == "9999")
    let last = """
      <sheetData><row r="1"><c r="A1" t="str"><v>Area</v></c><c r="XFD1" t="str"><v>last</v></c></row>\
      <row r="1048576"><c r="A1048576" t="str"><v>a</v></c><c r="XFD1048576"><v>7</v></c></row></sheetData>
      """
    let far = try MadeWorkbook.read(MadeWorkbook.excel([("Data", last)])).table()
    #expect(far.rows == [1_048_576])
    #expect(far.columns.map(\.letters) == ["A", "XFD"])
    #expect(String(decoding: try far.delimitedText().bytes, as: UTF8.self) == "Area,last\na,7\n")
    #expect(
      MadeWorkbook.message { _ = try table.delimitedText(limit: 1000) }.contains(
        "the table is longer than 1000 bytes"))
  }

  @Test("A few cells far apart in every row do not make a table of thousands of millions")
  func sparse() throws {
    let rows = """
      <table:table-row><table:table-cell office:value-type="string"><text:p>Area</text:p></table:table-cell>\
      <table:table-cell table:number-columns-repeated="16382"/><table:table-cell office:value-type="string"><text:p>n</text:p>\
      </table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048575">\
      <table:table-cell office:value-type="float" office:value="1"/><table:table-cell table:number-columns-repeated="16382"/>\
      <table:table-cell office:value-type="float" office:value="1"/></table:table-row>
      """
    let book = try MadeWorkbook.read(
      MadeWorkbook.openDocument("<table:table table:name=\"A\">\(rows)</table:table>"))
    #expect(
      MadeWorkbook.message { _ = try book.table() }.contains(
        "sheet \"A\": A1:XFD1048576 spans more than 268435456 cells"))
    #expect(try book.table(range: "XFC1:XFD9", headingRows: 1...1).rows.count == 8)
  }

  @Test("Damaged bytes of any kind are read or refused, never more")
  func anyBytes() {
    var generator = SeededGenerator(state: 17)
    let excel = MadeWorkbook.excel(
      [
        (
          "Data",
          MadeWorkbook.rows(
            [["Area", "2022", "2023"], ["Sefton", "5", "6"], ["Wirral", "1,234", "#N/A"]], styles: [0, 1])
        )
      ],
      formats: ["0%"], shared: ["<t>a</t>"],
      names: "<definedNames><definedName name=\"n\">Data!$A$1:$B$2</definedName></definedNames>")
    let open = MadeWorkbook.openDocument(
      "<table:table table:name=\"A\"><table:table-row table:number-rows-repeated=\"3\"><table:table-cell office:value-type=\"float\" office:value=\"1\" table:number-columns-spanned=\"2\"/></table:table-row></table:table>"
    )
    #expect(Workbook.readEverything(in: excel) == 1)
    #expect(Workbook.readEverything(in: open) == 1)
    #expect(Workbook.readEverything(in: [1, 2, 3]) == 0)
    for _ in 0..<300 {
      var bytes = Bool.random(using: &generator) ? excel : open
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bytes[Int.random(in: 0..<bytes.count, using: &generator)] = UInt8.random(
          in: 0...255, using: &generator)
      }
      #expect(Workbook.readEverything(in: bytes) <= 1)
    }
  }

  @Test("Damaged XML of any kind is read or refused, never more")
  func anyXML() {
    var generator = SeededGenerator(state: 29)
    let words = [
      "<row>", "</row>", "<row r=\"5\">", "<c>", "</c>", "<c r=\"B5\" t=\"s\">", "<c t=\"inlineStr\">", "<v>",
      "</v>", "<is>", "</is>", "<t>", "</t>",
      "12", "1e999", "Area", "2023", "<f>", "</f>", "<mergeCell ref=\"A1:C9\"/>", "<rPh>", "</rPh>", "&amp;",
      "<c s=\"1\">", "-60",
    ]
    var read = 0
    for _ in 0..<1500 {
      let xml = (0..<Int.random(in: 1...30, using: &generator)).map { _ in
        words.randomElement(using: &generator) ?? ""
      }.joined()
      read += Workbook.readEverything(
        in: MadeWorkbook.excel(
          [("Data", "<sheetData>\(xml)</sheetData>")], formats: ["yyyy-mm-dd"], shared: ["<t>a</t>"]))
    }
    #expect(read > 0)
  }
}
