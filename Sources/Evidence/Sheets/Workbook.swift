import TimeSeries

/// A workbook as people keep it: `.xlsx` or `.ods`, recognised by its contents.
///
/// The file is held in memory as it is; its parts are inflated and read as a stream, each within ``SheetLimits``. What is
/// damaged, protected or made to exhaust a reader is refused with a sentence. Formulas are not computed: their stored
/// results are read, and formulas without one are said. Comments are left out.
///
/// ```swift
/// let book = try Workbook(path: "returns.xlsx")
/// let table = try book.table(sheet: "Data", range: "A3:F40")
/// let rows = try table.unpivoted()
/// ```
public struct Workbook: Sendable {
  /// The file, as it was named.
  public let file: String
  /// What kind of file it is.
  public let format: WorkbookFormat
  /// The sheets, in the order of their tabs.
  public let sheets: [SheetName]
  let definedNames: [DefinedName]
  let bytes: [UInt8]
  let limits: SheetLimits
  private let excel: Excel?

  /// What an xlsx workbook says of its parts.
  private struct Excel: Sendable {
    let paths: [String?]
    let formats: [NumberFormat]
    let is1904: Bool
    let sharedStrings: String?
  }

  /// Reads what a file says of its sheets; a name that ends in `.gz` is read too.
  ///
  /// - Throws: what ``init(_:limits:)`` throws, and ``EvidenceError`` for a file that is not there or cannot be read.
  public init(path: String, limits: SheetLimits = SheetLimits()) throws(EvidenceError) {
    try self.init(FileContents.read(path, limit: limits.fileBytes), limits: limits)
  }

  /// Reads what a workbook says of its sheets.
  ///
  /// - Parameters:
  ///   - contents: the file.
  ///   - limits: how much of it is read.
  /// - Throws: ``EvidenceError``: too large; bad data for what is no workbook, is damaged or goes beyond the limits.
  public init(_ contents: FileContents, limits: SheetLimits = SheetLimits()) throws(EvidenceError) {
    guard contents.bytes.count <= limits.fileBytes else {
      throw .tooLarge(path: contents.path, limit: limits.fileBytes)
    }
    file = contents.path
    bytes = contents.bytes
    self.limits = limits
    try WorkbookFormat.checkStart(bytes, file: file)
    let archive = { (bytes: UnsafeBufferPointer<UInt8>) throws(EvidenceError) in
      try ZipArchive(bytes, file: contents.path, limits: limits)
    }
    let format = try bytes.withUnsafeBufferPointer { (bytes) throws(EvidenceError) in
      try WorkbookFormat.recognise(archive(bytes))
    }
    self.format = format
    switch format {
    case .excel:
      (sheets, definedNames, excel) = try bytes.withUnsafeBufferPointer { (bytes) throws(EvidenceError) in
        try Self.excel(archive(bytes), limits)
      }
    case .openDocument:
      (sheets, definedNames) = try bytes.withUnsafeBufferPointer { (bytes) throws(EvidenceError) in
        let archive = try archive(bytes)
        let reader = OpenDocumentContent(
          file: contents.path, limits: limits, wanted: nil,
          styles: try Self.openDocumentStyles(archive, limits))
        try XMLPart.read("content.xml", of: archive, into: reader)
        return (reader.sheets, reader.definedNames)
      }
      excel = nil
    }
    guard !sheets.isEmpty else {
      throw .badData(
        Problem(file: file, message: "the workbook lists no sheets, so it is damaged; save it anew"))
    }
  }

  private static func excel(
    _ archive: ZipArchive, _ limits: SheetLimits
  ) throws(EvidenceError) -> ([SheetName], [DefinedName], Excel?) {
    let book = ExcelWorkbookPart(file: archive.file, limits: limits)
    try XMLPart.read("xl/workbook.xml", of: archive, into: book)
    let relations = ExcelRelations(file: archive.file)
    try XMLPart.read("xl/_rels/workbook.xml.rels", of: archive, into: relations)
    let styles = ExcelStyles(file: archive.file, limits: limits)
    if let path = relations.target(ofType: "styles"), archive.contains(path) {
      try XMLPart.read(path, of: archive, into: styles)
    }
    let strings = relations.target(ofType: "sharedStrings").flatMap { archive.contains($0) ? $0 : nil }
    let isSheet = book.sheets.map { relations.types[$0.relation] == "worksheet" }
    let names = zip(book.sheets, isSheet).map {
      SheetName(name: $0.name, visibility: $0.visibility, hasCells: $1)
    }
    let paths = zip(book.sheets, isSheet).map { $1 ? relations.targets[$0.relation] : nil }
    return (
      names, book.definedNames,
      Excel(paths: paths, formats: styles.formats, is1904: book.is1904, sharedStrings: strings)
    )
  }

  private static func openDocumentStyles(
    _ archive: ZipArchive, _ limits: SheetLimits
  ) throws(EvidenceError) -> OpenDocumentStyles {
    let reader = OpenDocumentStylesPart(file: archive.file, limits: limits)
    if archive.contains("styles.xml") { try XMLPart.read("styles.xml", of: archive, into: reader) }
    return reader.styles
  }

  /// Reads a sheet whole.
  ///
  /// - Parameter name: the name on its tab, whatever its capitals; nil where the workbook shows one sheet alone.
  /// - Throws: ``EvidenceError/badArgument(_:)`` for a sheet that is not there, or none where there are several;
  ///   ``EvidenceError/badData(problems:omitted:)`` with the cell for what is damaged or goes beyond the limits.
  public func sheet(named name: String? = nil) throws(EvidenceError) -> Sheet {
    let position = try position(ofSheet: name)
    return try bytes.withUnsafeBufferPointer { (bytes) throws(EvidenceError) in
      let archive = try ZipArchive(bytes, file: file, limits: limits)
      guard let excel else { return try openDocumentSheet(position, archive) }
      let shared = ExcelSharedStrings(file: file, limits: limits)
      if let path = excel.sharedStrings { try XMLPart.read(path, of: archive, into: shared) }
      let reader = ExcelSheetPart(
        name: sheets[position].name, file: file, limits: limits, styles: excel.formats, is1904: excel.is1904,
        shared: shared)
      guard let path = excel.paths[position] else {
        throw .badArgument(
          "--sheet: \(sheets[position].description) of \(file) has no cells; name another sheet")
      }
      try XMLPart.read(path, of: archive, into: reader)
      return try reader.draft.finished()
    }
  }

  private func openDocumentSheet(_ position: Int, _ archive: ZipArchive) throws(EvidenceError) -> Sheet {
    let reader = OpenDocumentContent(
      file: file, limits: limits, wanted: position, styles: try Self.openDocumentStyles(archive, limits))
    try XMLPart.read("content.xml", of: archive, into: reader)
    guard let sheet = reader.sheet else {
      throw .badData(
        Problem(file: file, message: "the sheet \"\(sheets[position].name)\" does not end; save it anew"))
    }
    return sheet
  }

  private func position(ofSheet name: String?) throws(EvidenceError) -> Int {
    let listed = sheets.prefix(30).map(\.description).joined(separator: ", ")
    guard let name else {
      let shown = sheets.indices.filter { sheets[$0].visibility == .visible && sheets[$0].hasCells }
      if shown.count == 1 { return shown[0] }
      throw .badArgument("--sheet: \(file) shows \(shown.count) sheets; say which of \(listed) to read")
    }
    if let exact = sheets.firstIndex(where: { $0.name == name }) { return exact }
    let wanted = LooseText.trimmed(name).lowercased()
    let like = sheets.indices.filter { LooseText.trimmed(sheets[$0].name).lowercased() == wanted }
    if like.count == 1 { return like[0] }
    throw .badArgument("--sheet: \(file) has no sheet \"\(name)\"; it has \(listed)")
  }
}
