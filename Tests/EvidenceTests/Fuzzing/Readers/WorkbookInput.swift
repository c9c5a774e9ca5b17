@testable import Evidence

/// Bytes that stand for a workbook, or for one part of it.
///
/// Most of what a fuzzer makes of a whole archive is no archive. The first byte therefore says what the rest is: `s` a
/// sheet of Excel, `t` its styles and shared texts, `w` its list of sheets, `o` the contents and the styles of an OpenDocument workbook,
/// each in a sound archive; anything else begins the bytes of a file.
package enum WorkbookInput {
  /// What the readers promise and did not keep on this input; none where all is well, whether the input was accepted or
  /// refused.
  package static func defects(_ bytes: [UInt8], in folder: FuzzFolder) -> [String] {
    let book = workbook(bytes)
    Workbook.readEverything(in: book)
    let path = folder.file("workbook.xlsx", book)
    let input = LayoutInput(path)
    var defects: [String] = []
    do throws(EvidenceError) {
      _ = try LayoutChoice(recognising: input).sentence
    } catch {
      if error.description.isEmpty { defects.append("a workbook is refused without a reason") }
    }
    for layout: any PublishedLayout.Type in [ExcelSheetLayout.self, PlainSeriesLayout.self] {
      do throws(EvidenceError) {
        let figures = try Layouts.read(input, as: layout)
        let tally = figures.tally
        if tally.figures != figures.series.reduce(0, { $0 + $1.figures.count }) {
          defects.append("\(layout.name): figures do not add up: \(tally)")
        }
        _ = figures.panel()
        _ = SeriesFileText(figures).rowCount
      } catch {
        _ = error.description
      }
    }
    return defects
  }

  /// The workbook that an input stands for.
  package static func workbook(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.first else { return [] }
    let rest = Array(bytes.dropFirst())
    switch Character(Unicode.Scalar(first)) {
    case "s": return excel(sheet: rest)
    case "t": return excel(styles: rest, strings: rest)
    case "w": return excel(book: rest)
    case "o":
      let name = "office:document-content"
      let content = Array("<\(name)\(namespaces)>".utf8) + rest + Array("</\(name)>".utf8)
      return StoredArchive.zip([
        ("mimetype", Array("application/vnd.oasis.opendocument.spreadsheet".utf8)), ("content.xml", content),
        ("styles.xml", content),
      ])
    default: return bytes
    }
  }

  /// The namespaces of an OpenDocument workbook, without which its attributes say nothing.
  private static let namespaces = ["office", "table", "text", "style", "number"].map { prefix in
    let name = prefix == "number" ? "datastyle" : prefix
    return " xmlns:\(prefix)=\"urn:oasis:names:tc:opendocument:xmlns:\(name):1.0\""
  }.joined()

  private static func excel(
    book: [UInt8]? = nil, sheet: [UInt8]? = nil, styles: [UInt8]? = nil, strings: [UInt8]? = nil
  ) -> [UInt8] {
    StoredArchive.zip([
      ("xl/workbook.xml", book ?? Array(Self.book.utf8)),
      ("xl/_rels/workbook.xml.rels", Array(relations.utf8)),
      ("xl/styles.xml", styles ?? Array(Self.styles.utf8)),
      ("xl/strings.xml", strings ?? Array(Self.strings.utf8)),
      ("xl/sheet.xml", sheet ?? Array(Self.sheet.utf8)),
    ])
  }

  private static let book = """
    <workbook xmlns:r="x/relationships"><sheets><sheet name="D" r:id="a"/></sheets><definedNames><definedName \
    name="n">D!A1:C9</definedName></definedNames></workbook>
    """
  private static let relations = """
    <R><Relationship Id="a" Type="x/worksheet" Target="sheet.xml"/><Relationship Id="b" Type="x/styles" \
    Target="styles.xml"/><Relationship Id="c" Type="x/sharedStrings" Target="strings.xml"/></R>
    """
  private static let styles = """
    <s><numFmts><numFmt numFmtId="200" formatCode="dd/mm/yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="9"/><xf \
    numFmtId="200"/><xf numFmtId="17"/><xf numFmtId="44"/><xf numFmtId="22"/><xf numFmtId="46"/></cellXfs></s>
    """
  private static let strings = "<sst><si><t>Area</t></si><si><t>2023/24</t></si><si><t>1,234</t></si></sst>"
  private static let sheet = """
    <s><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" \
    t="inlineStr"><is><t>Here</t></is></c><c r="B2" s="1"><v>0.5</v></c></row></sheetData></s>
    """
}

/// A zip archive whose parts are stored as they are, without compression.
enum StoredArchive {
  static func zip(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var archive: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in parts {
      let size = little(bytes.count, 4)
      let head =
        little(20, 2) + little(0, 6) + little(0x21, 2) + little(checksum(bytes), 4) + size + size
        + little(name.utf8.count, 2) + little(0, 2)
      directory +=
        [0x50, 0x4B, 1, 2] + little(20, 2) + head + little(0, 10) + little(archive.count, 4)
        + Array(name.utf8)
      archive += [0x50, 0x4B, 3, 4] + head + Array(name.utf8) + bytes
    }
    return archive + directory + [0x50, 0x4B, 5, 6] + little(0, 4) + little(parts.count, 2)
      + little(parts.count, 2) + little(directory.count, 4) + little(archive.count, 4) + little(0, 2)
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * min($0, 7))) }
  }

  /// The cyclic redundancy check of ISO 3309 that zip uses.
  private static func checksum(_ bytes: [UInt8]) -> Int {
    var remainder: UInt32 = 0xFFFF_FFFF
    for byte in bytes { remainder = table[Int((remainder ^ UInt32(byte)) & 0xFF)] ^ (remainder >> 8) }
    return Int(remainder ^ 0xFFFF_FFFF)
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
  }
}
