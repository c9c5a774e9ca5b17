import TimeSeries

/// A rectangle of cells, both ends included.
public struct CellRange: Hashable, Sendable {
  /// The rows, from 1.
  public let rows: ClosedRange<Int>
  /// The columns, from 1.
  public let columns: ClosedRange<Int>

  init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
    self.rows = rows
    self.columns = columns
  }

  /// Every cell that a sheet can have.
  public static let wholeSheet = CellRange(rows: 1...SheetExtent.lastRow, columns: 1...SheetExtent.lastColumn)

  /// Reads a range: `A1:F20`, one cell `B3`, whole columns `A:F`, whole rows `5:9`, or an open end, `A5:` (all that
  /// lies to the right of A5 and below it) and `:F20`. Capitals and dollar signs do not count.
  ///
  /// - Throws: `UnreadableText` for any other text, for cells that no sheet has, and for ends the wrong way round.
  public init(parsing text: some StringProtocol) throws(UnreadableText) {
    let trimmed = String(text.prefix(60)).filter { !$0.isWhitespace }
    let ends = trimmed.split(separator: ":", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count), trimmed != ":", !trimmed.isEmpty else { throw Self.unreadable(text) }
    let first = CellAddress.Part(ends[0])
    let last = ends.count == 2 ? CellAddress.Part(ends[1]) : first
    guard first != nil || ends[0].isEmpty, last != nil || ends[ends.count - 1].isEmpty,
      ends.count == 2 || (first?.row != nil && first?.column != nil)
    else { throw Self.unreadable(text) }
    // What an end leaves open reaches to the border of the sheet.
    let top = first?.row ?? 1
    let left = first?.column ?? 1
    let bottom = last?.row ?? SheetExtent.lastRow
    let right = last?.column ?? SheetExtent.lastColumn
    guard top <= bottom, left <= right else {
      throw UnreadableText(
        text: String(text), problem: "has its ends the wrong way round",
        remedy: "write the upper left cell first and the lower right one last, such as A1:F20")
    }
    self.init(rows: top...bottom, columns: left...right)
  }

  private static func unreadable(_ text: some StringProtocol) -> UnreadableText {
    UnreadableText(
      text: String(text.prefix(60)), problem: "is not a range of cells",
      remedy:
        "write A1:F20, A:F for whole columns, 5:9 for whole rows, B3 for one cell or A5: for all that follows"
    )
  }

  /// Whether a cell lies in the range.
  public func contains(_ cell: CellAddress) -> Bool {
    rows.contains(cell.row) && columns.contains(cell.column)
  }

  /// The upper left cell.
  public var firstCell: CellAddress { CellAddress(checkedRow: rows.lowerBound, columns.lowerBound) }

  /// The lower right cell.
  public var lastCell: CellAddress { CellAddress(checkedRow: rows.upperBound, columns.upperBound) }

  /// The cells that both ranges have; nil when there are none.
  public func intersection(_ other: CellRange) -> CellRange? {
    guard rows.overlaps(other.rows), columns.overlaps(other.columns) else { return nil }
    return CellRange(rows: rows.clamped(to: other.rows), columns: columns.clamped(to: other.columns))
  }
}

extension CellRange: CustomStringConvertible {
  /// The range as it is written: `A1:F20`, or `B3` for one cell.
  public var description: String {
    firstCell == lastCell ? "\(firstCell)" : "\(firstCell):\(lastCell)"
  }
}
