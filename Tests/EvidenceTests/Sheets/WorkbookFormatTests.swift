import Evidence
import Testing

struct WorkbookFormatTests {
  private func message(_ bytes: [UInt8]) -> String {
    MadeWorkbook.message { _ = try MadeWorkbook.read(bytes) }
  }

  @Test("What is no workbook is refused with what it is and what to do")
  func refusals() {
    let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    let encrypted = ole + Array("EncryptedPackage".utf8).flatMap { [$0, 0] }
    let cases: [([UInt8], String)] = [
      ([], "the file is empty"), (ole, "is an old Excel workbook (.xls); save it as .xlsx"),
      (encrypted, "is a workbook protected with a password; save it without one"),
      (Array("%PDF-1.7".utf8), "is a PDF; ask the publisher"),
      (Array("a,b\n1,2\n".utf8), "is not a workbook; name an .xlsx"),
      (Array("<html><table></table></html>".utf8), "is a web page; open it"),
      (Array("<?xml version=\"1.0\"?><office:document>".utf8), "is a workbook in one XML file; save it as"),
      (MadeWorkbook.zip([("xl/workbook.bin", "x")]), "is a binary Excel workbook (.xlsb); save it as .xlsx"),
      (MadeWorkbook.zip([("Index/Document.iwa", "x")]), "is a Numbers document; export it as .xlsx"),
      (MadeWorkbook.zip([("word/document.xml", "x")]), "is a Word document"),
      (MadeWorkbook.zip([("data.csv", "x")]), "is a zip archive that holds no workbook"),
      (
        MadeWorkbook.zip([("mimetype", "application/vnd.oasis.opendocument.text")]),
        "is \"application/vnd.oasis.opendocument.text\", not a spreadsheet"
      ),
      (
        MadeWorkbook.zip([
          ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
          ("META-INF/manifest.xml", "<manifest:encryption-data/>"),
        ]), "is protected with a password; save it without one"
      ),
      (
        MadeWorkbook.zip([("mimetype", "application/vnd.oasis.opendocument.spreadsheet")]),
        "has no part \"content.xml\""
      ),
      (MadeWorkbook.excel([]), "lists no sheets"),
      (
        MadeWorkbook.zip([("xl/workbook.xml", "<workbook><sheets><sheet/></sheets></workbook>")]),
        "lists a sheet without a name"
      ),
    ]
    for (bytes, part) in cases {
      let found = message(bytes)
      #expect(found.contains(part) && found.hasPrefix("book.xlsx: "), "\(part): \(found)")
    }
  }

  @Test("A workbook larger than the limit is refused before it is looked at")
  func tooLarge() {
    var limits = SheetLimits()
    limits.fileBytes = 10
    #expect(throws: EvidenceError.tooLarge(path: "book.xlsx", limit: 10)) {
      try MadeWorkbook.read([UInt8](repeating: 0x50, count: 11), limits: limits)
    }
  }

  @Test("A template of OpenDocument and a manifest without encryption are read")
  func template() throws {
    let bytes = MadeWorkbook.openDocument("<table:table/>")
    #expect(try MadeWorkbook.read(bytes).sheets.map(\.name) == ["Sheet1"])
  }
}
