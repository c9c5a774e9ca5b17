import TimeSeries

/// Reads the contents of an OpenDocument spreadsheet: the names of its sheets, and the cells of one of them.
final class OpenDocumentContent: PartReader {
  private(set) var sheets: [SheetName] = []
  private(set) var definedNames: [DefinedName] = []
  /// The sheet that was asked for, once its end has been reached.
  private(set) var sheet: Sheet?
  private let wanted: Int?
  private let limits: SheetLimits
  private var draft: SheetDraft?
  private var styles: OpenDocumentStyles
  /// The last column of each run of columns with a style, and the style.
  private var columnStyles: [(last: Int, style: String)] = []
  private var isInTable = false
  private var cell: OpenDocumentCell?
  private var row = Row()
  private var columns = 0
  /// How deep within a paragraph of the cell the reader stands; 0 outside.
  private var paragraphDepth = 0
  /// How deep within something that is left out.
  private var ignoredDepth = 0

  private struct Row {
    var repeated = 1
    var isHidden = false
    var isFiltered = false
    var merges: [CellRange] = []
  }

  /// - Parameters:
  ///   - file: the file, as it was named.
  ///   - limits: how much is read.
  ///   - wanted: the position of the sheet whose cells are read, from 0; nil for none.
  ///   - styles: the styles that the workbook keeps beside its contents.
  init(file: String, limits: SheetLimits, wanted: Int?, styles: OpenDocumentStyles = OpenDocumentStyles()) {
    self.limits = limits
    self.styles = styles
    self.wanted = wanted
    super.init(file: file)
  }

  override var place: String? { draft?.place }

  override func start(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    if ignoredDepth > 0 {
      ignoredDepth += 1
    } else if paragraphDepth > 0 {
      startInParagraph(name, attributes)
    } else if cell != nil {
      startInCell(name)
    } else if isInTable {
      try startInTable(name, attributes)
    } else {
      try startOutside(name, attributes)
    }
  }

  private func startOutside(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    switch name {
    case "table": try startTable(attributes)
    case "named-range":
      guard let title = attributes["name", in: OpenDocumentCell.table],
        let range = attributes["cell-range-address", in: OpenDocumentCell.table]
      else { return }
      guard definedNames.count < limits.entries else {
        throw problem("the workbook has more than \(limits.entries) named ranges")
      }
      definedNames.append(
        DefinedName(name: title.text, reference: String(range.text.prefix(4096)), sheetPosition: nil))
    case "tracked-changes", "content-validations", "annotation", "encryption-data": ignoredDepth = 1
    default: try styles.start(name, attributes, limits, file)
    }
  }

  private func startTable(_ attributes: XMLAttributes) throws(EvidenceError) {
    guard sheets.count < limits.entries else {
      throw problem("the workbook lists more than \(limits.entries) sheets")
    }
    let title = attributes["name", in: OpenDocumentCell.table]?.text ?? "Sheet\(sheets.count + 1)"
    let isHidden =
      attributes["style-name", in: OpenDocumentCell.table].map { styles.hiddenTables.contains($0.text) }
      ?? false
    if sheets.count == wanted { draft = SheetDraft(file: file, name: title, limits: limits) }
    sheets.append(SheetName(name: title, visibility: isHidden ? .hidden : .visible))
    isInTable = true
    columns = 0
    columnStyles = []
  }

  private func startInTable(_ name: XMLBytes, _ attributes: XMLAttributes) throws(EvidenceError) {
    switch name {
    case "table-row":
      let visibility = attributes["visibility", in: OpenDocumentCell.table]
      row = Row(
        repeated: max(1, attributes["number-rows-repeated", in: OpenDocumentCell.table]?.wholeNumber ?? 1),
        isHidden: visibility.map { $0 == "collapse" } ?? false,
        isFiltered: visibility.map { $0 == "filter" } ?? false)
      try draft?.begin(row: nil, isHidden: row.isHidden, isFiltered: row.isFiltered)
    case "table-cell":
      guard draft != nil else {
        ignoredDepth = 1
        return
      }
      let style = attributes["style-name", in: OpenDocumentCell.table]?.text ?? columnStyle
      cell = OpenDocumentCell(attributes, format: style.flatMap { styles.formats[$0] } ?? .date)
    case "covered-table-cell":
      draft?.skip(
        columns: attributes["number-columns-repeated", in: OpenDocumentCell.table]?.wholeNumber ?? 1)
      ignoredDepth = 1
    case "table-column":
      let count = max(1, attributes["number-columns-repeated", in: OpenDocumentCell.table]?.wholeNumber ?? 1)
      let first = columns + 1
      columns += count
      let visibility = attributes["visibility", in: OpenDocumentCell.table]
      if let style = attributes["default-cell-style-name", in: OpenDocumentCell.table], draft != nil,
        columnStyles.count < limits.entries
      {
        columnStyles.append((columns, style.text))
      }
      if visibility.map({ $0 == "collapse" || $0 == "filter" }) == true {
        draft?.hide(columns: first...columns)
      }
    case "table-header-rows", "table-rows", "table-row-group", "table-header-columns", "table-columns",
      "table-column-group":
      break
    default: ignoredDepth = 1
    }
  }

  /// The style of the next cell's column.
  private var columnStyle: String? {
    let column = draft?.nextColumn ?? 1
    let position = columnStyles.partitioningIndex { $0.last >= column }
    return position < columnStyles.count ? columnStyles[position].style : nil
  }

  private func startInCell(_ name: XMLBytes) {
    guard name == "p" || name == "h" else {
      ignoredDepth = 1
      return
    }
    paragraphDepth = 1
    if let paragraphs = cell?.paragraphs, paragraphs > 0 { append([0x0A]) }
    cell?.paragraphs += 1
  }

  private func startInParagraph(_ name: XMLBytes, _ attributes: XMLAttributes) {
    switch name {
    case "annotation", "annotation-end", "note", "ruby-text", "frame", "custom-shape":
      ignoredDepth = 1
      return
    case "s":
      let count = attributes["c", in: OpenDocumentCell.inText]?.wholeNumber ?? 1
      append([UInt8](repeating: 0x20, count: min(max(1, count), limits.cellText + 1)))
    case "tab": append([0x09])
    case "line-break": append([0x0A])
    default: break
    }
    paragraphDepth += 1
  }

  override func text(_ bytes: UnsafeBufferPointer<UInt8>) throws(EvidenceError) {
    guard paragraphDepth > 0, ignoredDepth == 0, draft != nil else { return }
    cell?.text.append(contentsOf: bytes)
    try checkLength()
  }

  private func append(_ bytes: [UInt8]) {
    guard draft != nil, let count = cell?.text.count, count <= limits.cellText else { return }
    cell?.text.append(contentsOf: bytes)
  }

  private func checkLength() throws(EvidenceError) {
    guard let cell, cell.text.count > limits.cellText else { return }
    throw problem(at: place, "the cell holds more than \(limits.cellText) bytes; shorten it")
  }

  override func end(_ name: XMLBytes) throws(EvidenceError) {
    if ignoredDepth > 0 {
      ignoredDepth -= 1
    } else if paragraphDepth > 0 {
      paragraphDepth -= 1
    } else if let cell {
      try checkLength()
      self.cell = nil
      try finish(cell)
    } else if isInTable {
      switch name {
      case "table-row":
        try finishRow()
      case "table":
        isInTable = false
        sheet = try draft?.finished() ?? sheet
        draft = nil
      default: break
      }
    }
  }

  private func finish(_ cell: OpenDocumentCell) throws(EvidenceError) {
    guard draft != nil else { return }
    guard let content = cell.content else {
      try draft?.move(toColumn: nil)
      throw problem(
        at: place,
        "the cell says that it is \"\(cell.kind.prefix(20))\" and stores \"\(cell.value.prefix(40))\"; open the workbook and save it anew"
      )
    }
    if content == .blank, cell.spannedRows == 1, cell.spannedColumns == 1 {
      draft?.skip(columns: cell.repeated)
      return
    }
    for _ in 0..<cell.repeated {
      try draft?.move(toColumn: nil)
      try draft?.put(content, isFormula: cell.hasFormula)
      if content == .blank { break }
    }
    if cell.repeated == 1, cell.spannedRows > 1 || cell.spannedColumns > 1 { try merge(cell) }
  }

  private func merge(_ cell: OpenDocumentCell) throws(EvidenceError) {
    guard let first = draft?.address,
      let last = CellAddress(
        row: first.row + cell.spannedRows - 1, column: first.column + cell.spannedColumns - 1)
    else { throw problem(at: place, "the cell is merged with cells that no sheet has") }
    let range = CellRange(rows: first.row...last.row, columns: first.column...last.column)
    try draft?.merge(range)
    if cell.spannedRows == 1 { row.merges.append(range) }
  }

  private func finishRow() throws(EvidenceError) {
    guard row.repeated > 1, let first = draft?.row else { return }
    let isBlank = draft?.isRowBlank ?? true
    try draft?.repeatRow(row.repeated - 1, isHidden: row.isHidden, isFiltered: row.isFiltered)
    guard !isBlank else { return }
    for range in row.merges {
      for number in first + 1...first + row.repeated - 1 {
        try draft?.merge(CellRange(rows: number...number, columns: range.columns))
      }
    }
  }
}
