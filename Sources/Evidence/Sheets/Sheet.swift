import TimeSeries

/// A sheet of a workbook, read whole: the cells that hold something, and what is known of them.
///
/// Blank cells cost nothing, so a sheet with a million empty formatted rows is as small as its table.
public struct Sheet: Sendable {
  /// The workbook's file, as it was named.
  public let file: String
  /// The name on the tab.
  public let name: String
  /// What the reader should know, as sentences: hidden rows, formulas without results, errors.
  public let notes: [String]
  let store: CellStore
  private(set) var merges: MergedRanges
  let hiddenRows: IndexRuns
  let hiddenColumns: IndexRuns

  init(_ draft: SheetDraft, merges: MergedRanges) {
    file = draft.file
    name = draft.name
    store = draft.store
    self.merges = merges
    hiddenRows = draft.hiddenRows
    hiddenColumns = draft.hiddenColumns
    notes = draft.notes
  }

  /// The smallest range with every cell that holds something; nil for an empty sheet.
  public var usedRange: CellRange? { usedRange(in: .wholeSheet) }

  /// The smallest range within another with every cell that holds something.
  func usedRange(in range: CellRange) -> CellRange? {
    var used: CellRange?
    for position in positions(in: range) {
      let cells = store.rows[position].cells
      var columns: ClosedRange<Int>?
      for cell in cells where range.columns.contains(store.column(cell)) {
        let column = store.column(cell)
        columns = min(columns?.lowerBound ?? column, column)...column
      }
      guard let columns else { continue }
      let row = store.rows[position].number
      let known = used ?? CellRange(rows: row...row, columns: columns)
      used = CellRange(
        rows: known.rows.lowerBound...row,
        columns: min(
          known.columns.lowerBound, columns.lowerBound)...max(
            known.columns.upperBound, columns.upperBound))
    }
    return used
  }

  /// The positions of the rows of a range that hold something.
  func positions(in range: CellRange) -> Range<Int> {
    let first = store.firstRow(from: range.rows.lowerBound)
    return first..<max(first, store.firstRow(from: range.rows.upperBound + 1))
  }

  /// The merged ranges, row by row.
  public var mergedRanges: [CellRange] { merges.ranges }

  /// The sheet with those merged ranges alone that reach into a range: a table then looks at no more of them in a row
  /// than it has columns.
  func withMerges(in range: CellRange) -> Sheet {
    var sheet = self
    sheet.merges = merges.reaching(into: range)
    return sheet
  }

  /// Whether a row is hidden, by hand or by a filter.
  public func isHidden(row: Int) -> Bool { hiddenRows.contains(row) }

  /// Whether a column is hidden.
  public func isHidden(column: Int) -> Bool { hiddenColumns.contains(column) }

  /// A cell; in a merged range, with what the range holds.
  public subscript(address: CellAddress) -> SheetCell {
    let merged = merges.range(of: address)
    let source = merged?.firstCell ?? address
    let cell = store.position(ofRow: source.row).flatMap { store.cell(inRow: $0, column: source.column) }
    return SheetCell(
      address: address, content: cell.map(store.content) ?? .blank,
      isFormula: cell.map(store.isFormula) ?? false,
      mergedRange: merged)
  }

  /// The cells of a row that hold something, from left to right; of merged ranges, the first cell alone.
  public func cells(inRow row: Int) -> [SheetCell] {
    guard let position = store.position(ofRow: row) else { return [] }
    return store.rows[position].cells.map { cell in
      let address = CellAddress(checkedRow: row, store.column(cell))
      return SheetCell(
        address: address, content: store.content(cell), isFormula: store.isFormula(cell),
        mergedRange: merges.range(of: address))
    }
  }

  /// The numbers of the rows that hold something, in order.
  public var rowNumbers: [Int] { store.rows.map(\.number) }

  /// The place of a cell for a message: `sheet "Data", cell C17`.
  func place(_ address: CellAddress) -> String { "sheet \"\(name)\", cell \(address)" }
}

/// Whole numbers kept as runs, so that a million hidden rows are one entry.
struct IndexRuns: Hashable, Sendable {
  private(set) var runs: [ClosedRange<Int>] = []

  /// How many numbers there are.
  var count: Int { runs.reduce(0) { $0 + $1.count } }

  /// Adds numbers that lie above all before them.
  mutating func append(_ range: ClosedRange<Int>) {
    if let last = runs.last, last.upperBound + 1 == range.lowerBound {
      runs[runs.count - 1] = last.lowerBound...range.upperBound
    } else {
      runs.append(range)
    }
  }

  func contains(_ number: Int) -> Bool {
    let position = runs.partitioningIndex { $0.upperBound >= number }
    return position < runs.count && runs[position].contains(number)
  }

  /// The first few runs in words: `5, 9 to 12 and others`.
  func words(_ name: (Int) -> String) -> String {
    let shown = runs.prefix(5).map { run in
      run.count == 1 ? name(run.lowerBound) : "\(name(run.lowerBound)) to \(name(run.upperBound))"
    }
    return shown.joined(separator: ", ") + (runs.count > shown.count ? " and others" : "")
  }
}
