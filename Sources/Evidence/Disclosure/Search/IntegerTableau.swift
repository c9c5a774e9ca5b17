/// Equations with whole coefficients, solved for some of their unknowns exactly: every entry is a whole number over one
/// common denominator, so that no division is ever rounded (Edmonds 1967; Bareiss 1968).
struct IntegerTableau {
  let rows: Int
  let columns: Int
  private(set) var entries: [Int]
  /// What all entries are over; above zero.
  private(set) var denominator = 1
  /// The unknown for which each row is solved; nil before.
  private(set) var basis: [Int?]
  /// The operations that pivots took.
  private(set) var work = 0

  /// Rows of coefficients, each row a sum that is zero.
  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    entries = Array(repeating: 0, count: rows * columns)
    basis = Array(repeating: nil, count: rows)
  }

  subscript(row: Int, column: Int) -> Int {
    get { entries[row * columns + column] }
    set { entries[row * columns + column] = newValue }
  }

  /// Solves a row for an unknown, and takes it out of all others.
  ///
  /// - Returns: false where a number would not fit; the tableau is of no use then.
  mutating func pivot(row: Int, column: Int) -> Bool {
    let start = row * columns
    if self[row, column] < 0 {
      for place in start..<(start + columns) { entries[place] = -entries[place] }
    }
    let pivot = self[row, column]
    guard pivot > 0 else { return false }
    var isSound = true
    let (count, width, denominator) = (rows, columns, denominator)
    var steps = 0
    entries.withUnsafeMutableBufferPointer { cells in
      // Sums of people mostly have the pivot 1, and then only where the row has something does anything change.
      let isPlain = pivot == denominator
      let places = isPlain ? (0..<width).filter { cells[start + $0] != 0 } : Array(0..<width)
      for other in 0..<count where other != row {
        let own = other * width
        let factor = cells[own + column]
        if factor == 0, isPlain { continue }
        steps += places.count
        for place in places {
          let (taken, first) = factor.multipliedReportingOverflow(by: cells[start + place])
          let (scaled, second) =
            isPlain
            ? (cells[own + place], false) : cells[own + place].multipliedReportingOverflow(by: pivot)
          let (difference, third) = scaled.subtractingReportingOverflow(isPlain ? taken / denominator : taken)
          if first || second || third {
            isSound = false
            return
          }
          cells[own + place] = isPlain ? difference : difference / denominator
        }
      }
      steps += count + width
    }
    work += steps
    self.denominator = pivot
    basis[row] = column
    return isSound
  }

  /// Solves for unknowns in an order of preference until every row is solved or empty.
  ///
  /// - Returns: false where a number would not fit.
  mutating func solve(preferring order: some Sequence<Int>) -> Bool {
    var unsolved = Array(0..<rows)
    for column in order where !unsolved.isEmpty {
      guard let place = unsolved.firstIndex(where: { self[$0, column] != 0 }) else { continue }
      guard pivot(row: unsolved[place], column: column) else { return false }
      unsolved.remove(at: place)
    }
    return true
  }
}
