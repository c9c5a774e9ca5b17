/// Which rows belong to which series.
struct RowLayout: Sendable {
  /// Whether the rows of every series stand together.
  let isGrouped: Bool
  /// Where the rows of each series begin in `order`, and after them the end.
  private let starts: [Int]
  /// The rows by series; nil when they stand so in the file, in the order of the series.
  private let order: [Int32]?

  /// Sorts rows by series, by counting; rows of a series keep their order.
  init(series: [Int32], seriesCount: Int) {
    var starts = [Int](repeating: 0, count: seriesCount + 1)
    for number in series { starts[Int(number) + 1] += 1 }
    for number in 0..<seriesCount { starts[number + 1] += starts[number] }
    self.starts = starts
    let isSorted = zip(series, series.dropFirst()).allSatisfy { $0 <= $1 }
    isGrouped = isSorted
    if isSorted {
      order = nil
    } else {
      var next = starts
      var order = [Int32](repeating: 0, count: series.count)
      for (row, number) in series.enumerated() {
        order[next[Int(number)]] = Int32(clamping: row)
        next[Int(number)] += 1
      }
      self.order = order
    }
  }

  /// The rows of a series, in the order of the file.
  func rows(of series: Int32) -> [Int] {
    let range = starts[Int(series)]..<starts[Int(series) + 1]
    guard let order else { return Array(range) }
    return order[range].map { Int($0) }
  }

  /// What the rows of a series give, in the order of the file.
  func points<Point>(of series: Int32, _ point: (Int) -> Point?) -> [Point] {
    let range = starts[Int(series)]..<starts[Int(series) + 1]
    var points: [Point] = []
    points.reserveCapacity(range.count)
    for place in range {
      if let one = point(order.map { Int($0[place]) } ?? place) { points.append(one) }
    }
    return points
  }
}
