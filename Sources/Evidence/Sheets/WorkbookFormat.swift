/// What kind of file a workbook is.
public enum WorkbookFormat: String, Hashable, Sendable {
  /// Office Open XML: `.xlsx` and `.xlsm`.
  case excel = "xlsx"
  /// OpenDocument spreadsheet: `.ods`.
  case openDocument = "ods"

  /// Recognises a workbook by its contents; the name of the file does not count.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` that says what the file is instead and what to do: an old
  ///   `.xls`, a workbook with a password, `.xlsb`, Numbers, a document, a web page, text.
  static func recognise(_ archive: ZipArchive) throws(EvidenceError) -> WorkbookFormat {
    if archive.contains("xl/workbook.xml") { return .excel }
    let file = archive.file
    if archive.contains("mimetype") {
      let kind = String(decoding: try archive.bytes(of: "mimetype", limit: 100), as: UTF8.self)
      if kind.hasPrefix("application/vnd.oasis.opendocument.spreadsheet") {
        try refuseEncryption(archive)
        return .openDocument
      }
      throw refusal(file, "is \"\(kind.prefix(60))\", not a spreadsheet", "name an .xlsx or .ods file")
    }
    let names = archive.names
    if names.contains("xl/workbook.bin") {
      throw refusal(file, "is a binary Excel workbook (.xlsb)", "save it as .xlsx")
    }
    if names.contains(where: { $0.hasPrefix("Index/") || $0 == "Index.zip" }) {
      throw refusal(file, "is a Numbers document", "export it as .xlsx")
    }
    if names.contains("word/document.xml") {
      throw refusal(file, "is a Word document", "copy its table into a workbook and save that as .xlsx")
    }
    throw refusal(
      file, "is a zip archive that holds no workbook", "take the workbook or the CSV file out of it")
  }

  private static func refuseEncryption(_ archive: ZipArchive) throws(EvidenceError) {
    guard archive.contains("META-INF/manifest.xml") else { return }
    let manifest = try archive.bytes(of: "META-INF/manifest.xml", limit: 1 << 20)
    if String(decoding: manifest, as: UTF8.self).contains("encryption-data") {
      throw refusal(archive.file, "is protected with a password", "save it without one")
    }
  }

  /// Refuses what is no zip archive, and so no workbook.
  static func checkStart(_ bytes: [UInt8], file: String) throws(EvidenceError) {
    if bytes.starts(with: [0x50, 0x4B]) { return }
    if bytes.isEmpty { throw refusal(file, "is empty", "fetch it again") }
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      if bytes.firstRange(of: "EncryptedPackage".utf16.flatMap { [UInt8(truncatingIfNeeded: $0), 0] }) != nil
      {
        throw refusal(file, "is a workbook protected with a password", "save it without one")
      }
      throw refusal(file, "is an old Excel workbook (.xls)", "save it as .xlsx")
    }
    if bytes.starts(with: Array("%PDF".utf8)) {
      throw refusal(file, "is a PDF", "ask the publisher for the table as .xlsx, .ods or CSV")
    }
    let head = String(decoding: bytes.prefix(1000), as: UTF8.self).lowercased()
    if head.contains("<html") || head.contains("<table") {
      throw refusal(file, "is a web page", "open it in a spreadsheet program and save it as .xlsx")
    }
    if head.contains("office:document") || head.contains("urn:schemas-microsoft-com:office:spreadsheet") {
      throw refusal(file, "is a workbook in one XML file", "save it as .xlsx or .ods")
    }
    throw refusal(
      file, "is not a workbook", "name an .xlsx or .ods file; delimited text is read as a CSV file")
  }

  private static func refusal(_ file: String, _ problem: String, _ remedy: String) -> EvidenceError {
    .badData(Problem(file: file, message: "the file \(problem); \(remedy)"))
  }
}
