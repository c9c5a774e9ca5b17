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

  /// What was kept of each column.
  var texts: [String] {
    zip([0] + ends, ends).map { String(decoding: bytes[$0..<$1], as: UTF8.self) }
  }

  /// Whether what was kept is less than what a row says in these columns, the first that differs deciding, byte by byte.
  func isLess(_ row: DelimitedReader, _ columns: [Int]) -> Bool {
    var start = 0
    for (column, end) in zip(columns, ends) {
      let kept = bytes[start..<end]
      let order = row.withBytes(column) { field in
        kept.elementsEqual(field) ? 0 : kept.lexicographicallyPrecedes(field) ? -1 : 1
      }
      if order != 0 { return order < 0 }
      start = end
    }
    return false
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
