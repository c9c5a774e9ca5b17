/// Which rows belong to which series.
struct RowLayout: Sendable {
  /// Whether the rows of every series stand together in the file.
  let isGrouped: Bool
  /// Where the rows of each series begin in `order`, and after them the end.
  private let starts: [Int]
  /// The rows by series; nil when they stand so, in the order of the series.
  private(set) var order: [Int32]?

  /// Sorts rows by series, by counting; rows of a series keep their order.
  init(series: [Int32], seriesCount: Int) {
    var starts = [Int](repeating: 0, count: seriesCount + 1)
    var last: Int32 = 0
    var isSorted = true
    for number in series {
      starts[Int(number) + 1] += 1
      if number < last { isSorted = false }
      last = number
    }
    for number in 0..<seriesCount { starts[number + 1] += starts[number] }
    self.starts = starts
    isGrouped = isSorted
    if isSorted { return }
    var next = starts
    var order = [Int32](repeating: 0, count: series.count)
    for (row, number) in series.enumerated() {
      order[next[Int(number)]] = Int32(clamping: row)
      next[Int(number)] += 1
    }
    self.order = order
  }

  /// The places of the rows of a series.
  func places(of series: Int32) -> Range<Int> { starts[Int(series)]..<starts[Int(series) + 1] }

  /// The row at a place.
  func row(at place: Int) -> Int { order.map { Int($0[place]) } ?? place }

  /// Puts the rows of a series into another order, where they do not stand together anyway.
  mutating func reorder(_ series: Int32, by keys: [UInt64]) {
    guard order != nil else { return }
    for (place, key) in zip(places(of: series), keys) { order?[place] = Int32(truncatingIfNeeded: key) }
  }

  /// Forgets the order of the rows: they have been put into it.
  mutating func removeOrder() { order = nil }
}
