/// The merged ranges of a sheet, none of which overlap.
struct MergedRanges: Sendable {
  /// The ranges by their first rows, then first columns.
  let ranges: [CellRange]
  /// The ranges by height: those of 2^n to 2^(n+1) - 1 rows at n, each in the same order. Ranges that do not overlap
  /// stand no denser than their height allows, so that few must be looked at to find those that reach a row.
  private let byHeight: [[CellRange]]

  /// The ranges in order, or two of them that share a cell.
  static func checked(_ ranges: [CellRange]) -> Result<MergedRanges, Overlap> {
    let sorted = ranges.sorted {
      ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
    }
    // The ranges that reach the row at hand, by their first columns: none of them share a column.
    var open: [CellRange] = []
    for range in sorted {
      let position = open.partitioningIndex { $0.columns.upperBound >= range.columns.lowerBound }
      while position < open.count, open[position].columns.lowerBound <= range.columns.upperBound {
        guard open[position].rows.upperBound < range.rows.lowerBound else {
          return .failure(Overlap(first: open[position], second: range))
        }
        open.remove(at: position)
      }
      open.insert(range, at: position)
    }
    return .success(MergedRanges(ranges: sorted))
  }

  /// Two ranges that share a cell.
  struct Overlap: Error {
    let first: CellRange
    let second: CellRange
  }

  private init(ranges: [CellRange]) {
    self.ranges = ranges
    var byHeight: [[CellRange]] = []
    for range in ranges {
      let power = range.rows.count.bitWidth - 1 - range.rows.count.leadingZeroBitCount
      while byHeight.count <= power { byHeight.append([]) }
      byHeight[power].append(range)
    }
    self.byHeight = byHeight
  }

  /// The ranges that share a cell with another range.
  func reaching(into range: CellRange) -> MergedRanges {
    MergedRanges(ranges: ranges.filter { $0.intersection(range) != nil })
  }

  /// The range that a cell belongs to.
  func range(of cell: CellAddress) -> CellRange? {
    reaching(row: cell.row).first { $0.columns.contains(cell.column) }
  }

  /// The ranges that reach a row, from the left.
  func reaching(row: Int) -> [CellRange] {
    guard !ranges.isEmpty else { return [] }
    var reaching: [CellRange] = []
    for (power, ranges) in byHeight.enumerated() where !ranges.isEmpty {
      let first = ranges.partitioningIndex { $0.rows.lowerBound > row - (2 << power) }
      let last = ranges.partitioningIndex { $0.rows.lowerBound > row }
      reaching += ranges[first..<last].filter { $0.rows.contains(row) }
    }
    return reaching.sorted { $0.columns.lowerBound < $1.columns.lowerBound }
  }
}

extension Array {
  /// The position of the first element for which a claim holds that, once true, stays true.
  func partitioningIndex(where holds: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
