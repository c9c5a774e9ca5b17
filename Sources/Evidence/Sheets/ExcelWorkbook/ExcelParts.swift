/// What an xlsx workbook says of itself: its sheets, named ranges and count of days.
final class ExcelWorkbookPart: PartReader {
  /// A sheet as the workbook lists it.
  struct Entry {
    let name: String
    let relation: String
    let visibility: SheetName.Visibility
  }

  private(set) var sheets: [Entry] = []
  private(set) var definedNames: [DefinedName] = []
  private(set) var is1904 = false
  private let limits: SheetLimits
  private var name: (name: String, sheet: Int?)?
  private var nameText: [UInt8] = []

  init(file: String, limits: SheetLimits) {
    self.limits = limits
    super.init(file: file)
  }

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    switch name {
    case "workbookPr": is1904 = attributes["date1904"]?.isTrue ?? false
    case "sheet":
      guard let title = attributes["name"], let relation = attributes["id", in: "/relationships"] else {
        throw problem("the workbook lists a sheet without a name or a part, so it is damaged; save it anew")
      }
      guard sheets.count < limits.entries else {
        throw problem("the workbook lists more than \(limits.entries) sheets")
      }
      let state = attributes["state"]
      sheets.append(
        Entry(
          name: title.text, relation: relation.text,
          visibility: state.map { $0 == "veryHidden" ? .veryHidden : $0 == "hidden" ? .hidden : .visible }
            ?? .visible))
    case "definedName":
      self.name = attributes["name"].map { ($0.text, attributes["localSheetId"]?.wholeNumber) }
      nameText = []
    default: break
    }
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) {
    if name != nil, nameText.count < 4096 { nameText.append(contentsOf: bytes) }
  }

  override func end(_ element: XMLBytes) throws(EvidenceError) {
    guard element == "definedName", let name else { return }
    self.name = nil
    guard definedNames.count < limits.entries else {
      throw problem("the workbook has more than \(limits.entries) named ranges")
    }
    let reference = String(decoding: nameText, as: UTF8.self)
    definedNames.append(DefinedName(name: name.name, reference: reference, sheetPosition: name.sheet))
  }
}

/// A name for a range of cells.
struct DefinedName: Hashable, Sendable {
  let name: String
  /// What it stands for, as the workbook writes it: `Data!$A$1:$F$20`.
  let reference: String
  /// The sheet, from 0, in which alone the name is known; nil for the whole workbook.
  let sheetPosition: Int?
}

/// Where an xlsx workbook keeps its parts.
final class ExcelRelations: PartReader {
  /// Targets by identifier, as paths in the archive.
  private(set) var targets: [String: String] = [:]
  /// The last words of the types, such as `worksheet`, by identifier.
  private(set) var types: [String: String] = [:]

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    guard name == "Relationship", let id = attributes["Id"], let target = attributes["Target"] else { return }
    guard targets.count < 100_000 else { throw problem("the workbook lists more than 100000 parts") }
    let type = attributes["Type"]?.text.split(separator: "/").last.map(String.init) ?? ""
    types[id.text] = attributes["TargetMode"].map { $0 == "External" } == true ? "external file" : type
    targets[id.text] = Self.path(target.text)
  }

  /// The part of a type; nil where there is none.
  func target(ofType type: String) -> String? {
    types.filter { $0.value == type }.keys.min().flatMap { targets[$0] }
  }

  /// A target as a path: relative to `xl/` unless it begins with a slash.
  private static func path(_ target: String) -> String {
    var parts: [Substring] = target.hasPrefix("/") ? [] : ["xl"]
    for part in target.split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return parts.joined(separator: "/")
  }
}

/// The number formats of an xlsx workbook's cell styles.
final class ExcelStyles: PartReader {
  /// The format of each cell style.
  private(set) var formats: [NumberFormat] = []
  private var codes: [Int: NumberFormat] = [:]
  private var isInCellStyles = false
  private let limits: SheetLimits

  init(file: String, limits: SheetLimits) {
    self.limits = limits
    super.init(file: file)
  }

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    switch name {
    case "numFmt":
      guard codes.count < limits.entries else {
        throw problem("the workbook has more than \(limits.entries) number formats")
      }
      if let id = attributes["numFmtId"]?.wholeNumber, let code = attributes["formatCode"], codes[id] == nil {
        codes[id] = NumberFormat(code: String(code.text.prefix(1024)))
      }
    case "cellXfs": isInCellStyles = true
    case "xf":
      guard isInCellStyles else { return }
      guard formats.count < limits.entries else {
        throw problem("the workbook has more than \(limits.entries) cell styles")
      }
      let id = attributes["numFmtId"]?.wholeNumber ?? 0
      formats.append(codes[id] ?? NumberFormat(builtIn: id))
    default: break
    }
  }

  override func end(_ name: XMLBytes) {
    if name == "cellXfs" { isInCellStyles = false }
  }
}
