import CZip
import Evidence

/// Small workbooks made of their parts, so that a test shows what it is about.
enum MadeWorkbook {
  /// A zip archive with the given parts, deflated.
  static func zip(_ parts: [(name: String, text: String)]) -> [UInt8] {
    zip(parts.map { ($0.name, Array($0.text.utf8)) })
  }

  /// A zip archive with the given parts, deflated.
  static func zip(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var error = zip_error_t()
    zip_error_init(&error)
    defer { zip_error_fini(&error) }
    guard let target = zip_source_buffer_create(nil, 0, 0, &error) else { return [] }
    zip_source_keep(target)
    defer { zip_source_free(target) }
    guard let archive = zip_open_from_source(target, ZIP_CREATE | ZIP_TRUNCATE, &error) else { return [] }
    // The bytes must stay until the archive is closed.
    var held: [UnsafeMutableBufferPointer<UInt8>] = []
    defer { held.forEach { $0.deallocate() } }
    for part in parts {
      let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: max(1, part.bytes.count))
      _ = bytes.update(fromContentsOf: part.bytes)
      held.append(bytes)
      let source = zip_source_buffer(archive, bytes.baseAddress, UInt64(part.bytes.count), 0)
      guard let source, zip_file_add(archive, part.name, source, UInt32(ZIP_FL_ENC_UTF_8)) >= 0 else {
        return []
      }
    }
    guard zip_close(archive) == 0, zip_source_open(target) == 0 else { return [] }
    defer { zip_source_close(target) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let read = block.withUnsafeMutableBytes { buffer in
        buffer.baseAddress.map { zip_source_read(target, $0, UInt64(buffer.count)) } ?? -1
      }
      if read <= 0 { return bytes }
      bytes += block[..<Int(read)]
    }
  }

  /// An xlsx workbook.
  ///
  /// - Parameters:
  ///   - sheets: the names and the XML inside `worksheet`.
  ///   - formats: number formats by code; style 1 is the first. Style 0 is General.
  ///   - builtIn: number formats by Excel's own number; their styles follow those of the codes.
  ///   - shared: the XML of the shared texts, each inside `si`.
  ///   - properties: XML before the sheets of the workbook; `names`: XML after them.
  ///   - extra: further parts.
  static func excel(
    _ sheets: [(name: String, xml: String)], formats: [String] = [], builtIn: [Int] = [],
    shared: [String] = [],
    properties: String = "", names: String = "", states: [String] = [], extra: [(String, String)] = []
  ) -> [UInt8] {
    var parts: [(String, String)] = []
    let list = sheets.enumerated().map { position, sheet in
      let state = position < states.count && !states[position].isEmpty ? " state=\"\(states[position])\"" : ""
      return "<sheet name=\"\(sheet.name)\" sheetId=\"\(position + 1)\" r:id=\"rId\(position + 1)\"\(state)/>"
    }
    parts.append(
      (
        "xl/workbook.xml",
        """
        <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
        <workbook xmlns="\(main)" xmlns:r="\(office)/relationships">\(properties)<sheets>\(list.joined())</sheets>\(names)</workbook>
        """
      ))
    let relations = sheets.indices.map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(office)/relationships/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
    }
    parts.append(
      (
        "xl/_rels/workbook.xml.rels",
        """
        <Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">\(relations.joined())
        <Relationship Id="styles" Type="\(office)/relationships/styles" Target="/xl/styles.xml"/>
        <Relationship Id="texts" Type="\(office)/relationships/sharedStrings" Target="./worksheets/../sharedStrings.xml"/>
        </Relationships>
        """
      ))
    let codes = formats.enumerated().map {
      "<numFmt numFmtId=\"\(200 + $0)\" formatCode=\"\(escaped($1))\"/>"
    }
    let styles = [0] + formats.indices.map { 200 + $0 } + builtIn
    parts.append(
      (
        "xl/styles.xml",
        """
        <styleSheet xmlns="\(main)"><numFmts>\(codes.joined())</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
        <cellXfs>\(styles.map { "<xf numFmtId=\"\($0)\"/>" }.joined())</cellXfs></styleSheet>
        """
      ))
    if !shared.isEmpty {
      parts.append(
        (
          "xl/sharedStrings.xml", "<sst xmlns=\"\(main)\">\(shared.map { "<si>\($0)</si>" }.joined())</sst>"
        ))
    }
    for (position, sheet) in sheets.enumerated() {
      parts.append(
        (
          "xl/worksheets/sheet\(position + 1).xml", "<worksheet xmlns=\"\(main)\">\(sheet.xml)</worksheet>"
        ))
    }
    return zip(parts + extra)
  }

  /// The cells of a sheet, written as people do: rows of texts and numbers; `=…` is a formula with its result after a
  /// second equals sign, or none; `#…` is an error; an empty text is no cell. `styles` gives columns (from A) a style.
  static func rows(_ rows: [[String]], from first: Int = 1, styles: [Int] = []) -> String {
    var xml = "<sheetData>"
    for (offset, row) in rows.enumerated() {
      let number = first + offset
      xml += "<row r=\"\(number)\">"
      for (column, text) in row.enumerated() where !text.isEmpty {
        let place = "\(CellAddress.letters(ofColumn: column + 1))\(number)"
        let style = column < styles.count ? " s=\"\(styles[column])\"" : ""
        if Double(text) != nil {
          xml += "<c r=\"\(place)\"\(style)><v>\(text)</v></c>"
        } else if text.hasPrefix("=") {
          let parts = text.dropFirst().split(separator: "=", maxSplits: 1)
          xml += "<c r=\"\(place)\"\(style)><f>\(parts[0])</f><v>\(parts.count > 1 ? parts[1] : "")</v></c>"
        } else if text.hasPrefix("#") {
          xml += "<c r=\"\(place)\" t=\"e\"><v>\(text)</v></c>"
        } else {
          xml += "<c r=\"\(place)\" t=\"inlineStr\"><is><t>\(escaped(text))</t></is></c>"
        }
      }
      xml += "</row>"
    }
    return xml + "</sheetData>"
  }

  /// A workbook with one sheet of rows.
  static func book(
    _ rows: [[String]], merged: [String] = [], formats: [String] = [], styles: [Int] = []
  ) throws -> Workbook {
    let merges = merged.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
    let xml = Self.rows(rows, styles: styles) + (merged.isEmpty ? "" : "<mergeCells>\(merges)</mergeCells>")
    return try read(excel([("Data", xml)], formats: formats))
  }

  /// A workbook over bytes, named `book.xlsx`.
  static func read(_ bytes: [UInt8], limits: SheetLimits = SheetLimits()) throws -> Workbook {
    try Workbook(FileContents(path: "book.xlsx", bytes: bytes), limits: limits)
  }

  /// An ods workbook.
  ///
  /// - Parameters:
  ///   - tables: the XML of the sheets and what stands beside them.
  ///   - styles: XML of the automatic styles.
  ///   - common: XML of the styles in their own part; none without it.
  static func openDocument(_ tables: String, styles: String = "", common: String? = nil) -> [UInt8] {
    let spaces = ["office", "table", "text", "style", "number", "draw"].map {
      "xmlns:\($0)=\"urn:oasis:names:tc:opendocument:xmlns:\($0 == "number" ? "datastyle" : $0):1.0\""
    }
    let all =
      spaces.joined(separator: " ")
      + " xmlns:calcext=\"urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0\""
    var parts = [
      ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
      (
        "content.xml",
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <office:document-content \(all)><office:automatic-styles>\(styles)</office:automatic-styles><office:body>\
        <office:spreadsheet>\(tables)</office:spreadsheet></office:body></office:document-content>
        """
      ),
    ]
    if let common {
      parts.append(("styles.xml", "<office:document-styles \(all)>\(common)</office:document-styles>"))
    }
    return zip(parts)
  }

  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// The message of an error; empty when nothing was thrown.
  static func message(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch {
      return "\(error)"
    }
  }

  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006"
}
