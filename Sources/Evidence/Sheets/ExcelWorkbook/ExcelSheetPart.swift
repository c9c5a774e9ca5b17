import TimeSeries

/// Reads a sheet of an xlsx workbook.
final class ExcelSheetPart: PartReader {
  private(set) var draft: SheetDraft
  private let styles: [NumberFormat]
  private let dates: SerialDate
  private let shared: ExcelSharedStrings
  private var cell = Cell()
  private var isInData = false
  /// Whether the texts that come belong to the value of a cell.
  private var isInValue = false

  /// The cell at hand.
  private struct Cell {
    var isOpen = false
    var kind = Kind.number
    var style = 0
    var hasFormula = false
    var hasValue = false
    var value: [UInt8] = []
    var inline = ExcelText()
  }

  private enum Kind { case number, shared, inline, formulaText, boolean, error, date }

  init(
    name: String, file: String, limits: SheetLimits, styles: [NumberFormat], is1904: Bool,
    shared: ExcelSharedStrings
  ) {
    draft = SheetDraft(file: file, name: name, limits: limits, texts: shared.texts)
    self.styles = styles
    dates = SerialDate(is1904: is1904)
    self.shared = shared
    super.init(file: file)
  }

  override var place: String? { draft.place }

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    guard !cell.isOpen else {
      switch name {
      case "v":
        isInValue = true
        cell.hasValue = true
      case "f": cell.hasFormula = true
      default: cell.inline.start(name)
      }
      return
    }
    switch name {
    case "c": if isInData { try startCell(attributes) }
    case "row": if isInData { try startRow(attributes) }
    case "sheetData": isInData = true
    case "col": hide(attributes)
    case "mergeCell":
      guard let range = attributes["ref"] else { return }
      try merge(range.text)
    default: break
    }
  }

  private func merge(_ text: String) throws(EvidenceError) {
    let range: CellRange
    do throws(UnreadableText) {
      range = try CellRange(parsing: text)
    } catch {
      throw problem(at: "sheet \"\(draft.name)\"", "the merged range \(error)")
    }
    try draft.merge(range)
  }

  private func startRow(_ attributes: XMLAttributes) throws(EvidenceError) {
    var number: Int?
    if let text = attributes["r"] {
      guard let row = text.wholeNumber, row >= 1, row <= SheetExtent.lastRow else {
        throw problem(
          at: "sheet \"\(draft.name)\"",
          "there is a row \"\(text.text.prefix(20))\"; rows are numbered from 1 to \(SheetExtent.lastRow)")
      }
      number = row
    }
    try draft.begin(row: number, isHidden: attributes["hidden"]?.isTrue ?? false)
  }

  private func startCell(_ attributes: XMLAttributes) throws(EvidenceError) {
    var column: Int?
    if let text = attributes["r"] {
      guard let address = CellAddress(text.text) else {
        throw problem(
          at: draft.place,
          "a cell is named \"\(text.text.prefix(20))\", which no sheet has; the sheet is damaged")
      }
      guard address.row == draft.row else {
        throw problem(
          at: draft.place(address),
          "the cell stands in row \(draft.row) of the file; the sheet is damaged, save it anew")
      }
      column = address.column
    }
    try draft.move(toColumn: column)
    cell.isOpen = true
    cell.kind = try kind(attributes["t"])
    cell.style = attributes["s"]?.wholeNumber ?? 0
    cell.hasFormula = false
    cell.hasValue = false
    cell.value.removeAll(keepingCapacity: true)
    cell.inline.clear()
  }

  private func kind(_ text: XMLBytes?) throws(EvidenceError) -> Kind {
    guard let text else { return .number }
    switch text {
    case "s": return .shared
    case "n": return .number
    case "str": return .formulaText
    case "inlineStr": return .inline
    case "b": return .boolean
    case "e": return .error
    case "d": return .date
    default:
      throw problem(at: draft.place, "the cell is of a kind \"\(text.text.prefix(20))\" that is not known")
    }
  }

  private func hide(_ attributes: XMLAttributes) {
    guard attributes["hidden"]?.isTrue ?? false, let first = attributes["min"]?.wholeNumber,
      let last = attributes["max"]?.wholeNumber, first >= 1, first <= last
    else { return }
    draft.hide(columns: first...last)
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(EvidenceError) {
    guard cell.isOpen else { return }
    var fits = true
    if isInValue {
      cell.value.append(contentsOf: bytes)
      fits = cell.value.count <= draft.limits.cellText
    } else {
      fits = cell.inline.append(bytes, limit: draft.limits.cellText)
    }
    guard fits else {
      throw problem(at: draft.place, "the cell holds more than \(draft.limits.cellText) bytes; shorten it")
    }
  }

  override func end(_ name: XMLBytes) throws(EvidenceError) {
    switch name {
    case "v": isInValue = false
    case "c":
      guard cell.isOpen else { return }
      cell.isOpen = false
      try finishCell()
    case "sheetData": isInData = false
    default: if cell.isOpen { cell.inline.end(name) }
    }
  }

  private func finishCell() throws(EvidenceError) {
    if cell.kind == .inline {
      let text = cell.inline.text
      return try draft.put(text.isEmpty ? .blank : .text(text), isFormula: cell.hasFormula)
    }
    // Programs that write formulas without computing them leave the value empty; a computed empty text says so.
    guard cell.hasValue, !cell.value.isEmpty else {
      let isEmptyText = cell.hasValue && cell.kind == .formulaText
      return try draft.put(
        cell.hasFormula && !isEmptyText ? .formulaWithoutValue : .blank, isFormula: cell.hasFormula)
    }
    if cell.kind == .shared { return try finishShared() }
    try draft.put(try content(), isFormula: cell.hasFormula)
  }

  private func finishShared() throws(EvidenceError) {
    let index = cell.value.withUnsafeBufferPointer { XMLBytes(bytes: $0).wholeNumber }
    guard let index, index < shared.numbers.count else {
      throw problem(
        at: draft.place,
        """
        the cell names shared text \(String(decoding: cell.value.prefix(20), as: UTF8.self)), and the workbook has \
        \(shared.numbers.count) from 0 on; it is damaged, save it anew
        """)
    }
    guard !shared.texts.isEmpty(shared.numbers[index]) else { return }
    try draft.put(text: shared.numbers[index], isFormula: cell.hasFormula)
  }

  private func content() throws(EvidenceError) -> CellContent {
    switch cell.kind {
    case .formulaText: return .text(ExcelText.decoded(cell.value))
    case .boolean: return .boolean(cell.value.withUnsafeBufferPointer { XMLBytes(bytes: $0).isTrue })
    case .error: return .error(String(decoding: cell.value, as: UTF8.self))
    case .date:
      let text = String(decoding: cell.value, as: UTF8.self)
      guard let content = OpenDocumentValue.date(text) else {
        throw unreadable(text, "a date such as 2024-03-31")
      }
      return content
    case .number, .shared, .inline: break
    }
    guard let number = cell.value.withUnsafeBufferPointer({ PlainDecimal.value(of: $0) }), number.isFinite
    else {
      throw unreadable(String(decoding: cell.value, as: UTF8.self), "a number")
    }
    let format = cell.style < styles.count ? styles[cell.style] : .number
    switch format {
    case .number: return .number(number)
    case .percentage:
      let percentage = Percentage.shown(number)
      guard percentage.isFinite else {
        throw unreadable(CellContent.plain(number), "a percentage below 1.8e308")
      }
      return .percentage(percentage)
    case .currency(let code): return .currency(number, code)
    case .date, .month, .year, .dateTime, .time: return dates.content(number, format)
    }
  }

  private func unreadable(_ text: String, _ wanted: String) -> EvidenceError {
    problem(
      at: draft.place,
      "the stored value \"\(text.prefix(40))\" is not \(wanted); the sheet is damaged, save it anew")
  }
}
