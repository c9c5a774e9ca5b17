/// What the last row said in the columns that name its series, byte for byte.
struct RowBefore {
  private var bytes: [UInt8] = []
  /// Where the field of each column ends.
  private var ends: [Int] = []
  /// Whether there has been a row.
  private(set) var hasRow = false

  /// Keeps what a row says in some columns.
  mutating func keep(_ row: DelimitedReader, _ columns: [Int]) {
    hasRow = true
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    for column in columns {
      row.withBytes(column) { bytes.append(contentsOf: $0) }
      ends.append(bytes.count)
    }
  }

  /// Whether a row says the same in these columns, which are those that were kept.
  func isSame(_ row: DelimitedReader, _ columns: [Int]) -> Bool {
    guard columns.count == ends.count else { return false }
    var start = 0
    for (column, end) in zip(columns, ends) {
      let isSame = row.withBytes(column) { field in
        bytes.withUnsafeBufferPointer {
          ByteHash.areEqual(UnsafeBufferPointer(rebasing: $0[start..<end]), field)
        }
      }
      if !isSame { return false }
      start = end
    }
    return true
  }
}
