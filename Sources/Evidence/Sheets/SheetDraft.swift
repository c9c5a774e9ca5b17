import TimeSeries

/// A sheet while it is being read: holds the cells to their order and to the limits.
struct SheetDraft {
  let file: String
  let name: String
  let limits: SheetLimits
  private(set) var store: CellStore
  private(set) var hiddenRows = IndexRuns()
  private(set) var hiddenColumns = IndexRuns()
  private var merges: [CellRange] = []
  /// The row at hand, from 1; 0 before the first.
  private(set) var row = 0
  private var column = 0
  /// Whether the row at hand is among the rows of the store.
  private var isRowOpen = false
  private var filteredRows = 0
  private var withoutValue = Tally()
  private var errors = Tally()
  private var impossibleDates = Tally()

  /// How often something was met, and where first.
  private struct Tally {
    var count = 0
    var first: CellAddress?

    mutating func count(_ address: CellAddress) {
      count += 1
      first = first ?? address
    }
  }

  init(file: String, name: String, limits: SheetLimits, texts: TextTable = TextTable()) {
    self.file = file
    self.name = name
    self.limits = limits
    store = CellStore(texts: texts)
  }

  /// The sheet, and the cell at hand, for a message.
  var place: String {
    guard row > 0 else { return "sheet \"\(name)\"" }
    return column > 0 ? place(CellAddress(checkedRow: row, column)) : "sheet \"\(name)\", row \(row)"
  }

  func place(_ address: CellAddress) -> String { "sheet \"\(name)\", cell \(address)" }

  func problem(at place: String? = nil, _ message: String) -> EvidenceError {
    .badData(Problem(file: file, message: "\(place ?? self.place): \(message)"))
  }

  /// The cell at hand; nil before the first and outside what a sheet can have.
  var address: CellAddress? { CellAddress(row: row, column: column) }

  /// The column after the cell at hand.
  var nextColumn: Int { column + 1 }

  /// Whether the row at hand holds nothing yet.
  var isRowBlank: Bool { !isRowOpen }

  /// Begins a row.
  ///
  /// - Parameter number: its number; nil for the one after the last.
  mutating func begin(row number: Int?, isHidden: Bool = false, isFiltered: Bool = false)
    throws(EvidenceError)
  {
    let next = number ?? row + 1
    column = 0
    guard next > row else {
      throw problem(
        at: "sheet \"\(name)\", row \(next)",
        "the row stands after row \(row); the sheet is damaged, save it anew")
    }
    row = next
    isRowOpen = false
    if isHidden || isFiltered, next <= SheetExtent.lastRow { hide(rows: next...next, isFiltered: isFiltered) }
  }

  private mutating func hide(rows: ClosedRange<Int>, isFiltered: Bool) {
    hiddenRows.append(rows)
    if isFiltered { filteredRows += rows.count }
  }

  /// Moves to a cell of the row.
  ///
  /// - Parameter number: its column; nil for the one after the last.
  mutating func move(toColumn number: Int?) throws(EvidenceError) {
    let next = number ?? column + 1
    guard next > column else {
      let address = CellAddress(checkedRow: max(1, row), next)
      throw problem(
        at: place(address),
        "the cell stands after column \(CellAddress.letters(ofColumn: column)) of its row; "
          + "the sheet is damaged, save it anew")
    }
    column = next
  }

  /// Passes over cells that hold nothing.
  mutating func skip(columns count: Int) { column = min(column + max(0, count), SheetExtent.lastColumn) }

  /// Puts a content in the cell at hand.
  mutating func put(_ content: CellContent, isFormula: Bool) throws(EvidenceError) {
    if case .blank = content { return }
    try openRow()
    let address = CellAddress(checkedRow: row, column)
    switch content {
    case .formulaWithoutValue: withoutValue.count(address)
    case .error: errors.count(address)
    case .impossibleDate: impossibleDates.count(address)
    case .text(let text):
      guard text.utf8.count <= limits.cellText else {
        throw problem("the text is longer than \(limits.cellText) bytes; shorten it")
      }
    default: break
    }
    store.append(column: column, content, isFormula: isFormula)
    guard store.textBytes <= limits.textBytes else {
      throw problem(
        "the texts of the sheet take more than \(limits.textBytes) bytes up to here; split the sheet")
    }
  }

  /// Puts one of the texts that were given at the start in the cell at hand.
  mutating func put(text number: Int32, isFormula: Bool) throws(EvidenceError) {
    try openRow()
    store.append(column: column, text: number, isFormula: isFormula)
  }

  private mutating func openRow() throws(EvidenceError) {
    guard row <= SheetExtent.lastRow, column <= SheetExtent.lastColumn else {
      throw problem(
        at: "sheet \"\(name)\"",
        """
        something stands in row \(row), column \(column), and no sheet has more than \(SheetExtent.lastRow) rows and \
        \(SheetExtent.lastColumn) columns
        """)
    }
    guard store.count < limits.cells else {
      throw problem("the sheet has more than \(limits.cells) cells up to here; split it")
    }
    if !isRowOpen {
      store.begin(row: row)
      isRowOpen = true
    }
  }

  /// Repeats the row at hand, which costs a few bytes a row.
  mutating func repeatRow(_ count: Int, isHidden: Bool, isFiltered: Bool) throws(EvidenceError) {
    guard count > 0 else { return }
    let last = row + count
    column = 0
    if isRowOpen, last > SheetExtent.lastRow {
      throw problem("the row is repeated to row \(last), and no sheet has more than \(SheetExtent.lastRow)")
    }
    let end = min(last, SheetExtent.lastRow)
    if isHidden || isFiltered, end > row { hide(rows: row + 1...end, isFiltered: isFiltered) }
    if isRowOpen {
      for number in row + 1...end { store.repeatRow(number) }
    }
    row = max(row, end)
  }

  /// Hides columns, which come in order.
  mutating func hide(columns: ClosedRange<Int>) {
    let after = hiddenColumns.runs.last.map { $0.upperBound + 1 } ?? 1
    guard columns.upperBound >= after, columns.lowerBound <= SheetExtent.lastColumn else { return }
    hiddenColumns.append(max(after, columns.lowerBound)...min(columns.upperBound, SheetExtent.lastColumn))
  }

  /// Merges a range of cells.
  mutating func merge(_ range: CellRange) throws(EvidenceError) {
    guard range.firstCell != range.lastCell else { return }
    guard merges.count < limits.merges else {
      throw problem(at: "sheet \"\(name)\"", "more than \(limits.merges) ranges are merged; unmerge them")
    }
    merges.append(range)
  }

  /// The sheet.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for merged ranges that overlap.
  func finished() throws(EvidenceError) -> Sheet {
    switch MergedRanges.checked(merges) {
    case .success(let checked): return Sheet(self, merges: checked)
    case .failure(let overlap):
      throw problem(
        at: "sheet \"\(name)\"",
        "the merged ranges \(overlap.first) and \(overlap.second) overlap; unmerge one of them")
    }
  }

  /// What the reader should know of the sheet.
  var notes: [String] {
    var notes: [String] = []
    let sheet = "\(file): sheet \"\(name)\""
    func note(_ tally: Tally, _ one: String, _ many: String) {
      guard let first = tally.first else { return }
      notes.append("\(sheet) has \(tally.count) \(tally.count == 1 ? one : many), the first in cell \(first)")
    }
    if hiddenRows.count > 0 {
      let filtered = filteredRows > 0 ? " (\(filteredRows) by a filter)" : ""
      notes.append(
        "\(sheet) has \(hiddenRows.count) hidden row\(hiddenRows.count == 1 ? "" : "s")\(filtered), read like all others: "
          + hiddenRows.words { String($0) })
    }
    if hiddenColumns.count > 0 {
      notes.append(
        "\(sheet) has \(hiddenColumns.count) hidden column\(hiddenColumns.count == 1 ? "" : "s"), read like all others: "
          + hiddenColumns.words(CellAddress.letters))
    }
    note(
      withoutValue, "formula whose result is not stored", "formulas whose results are not stored")
    note(errors, "cell that shows an error", "cells that show an error")
    note(impossibleDates, "cell with a date that does not exist", "cells with dates that do not exist")
    return notes
  }
}
