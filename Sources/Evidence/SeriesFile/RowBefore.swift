/// What the last row said in the columns that describe its series, byte for byte: the next row mostly says the same.
struct RowBefore {
  private var bytes: [UInt8] = []
  /// Where the field of each column ends.
  private var ends: [Int] = []
  /// The series of the row and under what its period is read; nil when there was something wrong with them.
  private(set) var known: (series: Int32, setting: PeriodTexts.Setting)?
  private var columns: [Int] = []
  /// Whether there has been a row.
  private(set) var hasRow = false

  /// Keeps a row.
  mutating func keep(
    _ row: DelimitedReader, _ columns: [Int], _ known: (series: Int32, setting: PeriodTexts.Setting)?
  ) {
    hasRow = true
    self.columns = columns
    self.known = known
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for column in columns {
      row.withBytes(column) { bytes.append(contentsOf: $0) }
      ends.append(bytes.count)
    }
  }

  /// Whether a row has the same in all columns.
  func isRepeated(by row: DelimitedReader, _ columns: [Int]) -> Bool {
    columns.indices.allSatisfy { isSame(row, $0) }
  }

  /// Whether a row has the same in the column at a position of those that are kept.
  func isSame(_ row: DelimitedReader, _ position: Int) -> Bool {
    let start = position > 0 ? ends[position - 1] : 0
    return row.withBytes(columns[position]) { field in
      field.count == ends[position] - start
        && bytes.withUnsafeBufferPointer {
          ByteHash.areEqual(UnsafeBufferPointer(rebasing: $0[start..<ends[position]]), field)
        }
    }
  }
}
