/// The factorisation inside ``SmallLeastSquares``, over borrowed memory.
///
/// No column is scaled: Householder reflections do the same arithmetic whatever power of two a column
/// carries.
struct SmallHouseholder {
  let rows: Int
  let columns: Int
  /// The design and the response by columns: rows × (columns + 1).
  private let elements: UnsafeMutablePointer<Double>
  /// The diagonal of R.
  private let diagonal: UnsafeMutablePointer<Double>
  /// A row of R⁻¹ at a time.
  private let inverseRow: UnsafeMutablePointer<Double>

  /// - Parameter workspace: `rows (columns + 1) + 2 columns` doubles.
  init(rows: Int, columns: Int, workspace: UnsafeMutablePointer<Double>) {
    self.rows = rows
    self.columns = columns
    elements = workspace
    diagonal = workspace + rows * (columns + 1)
    inverseRow = diagonal + columns
  }

  func solve(
    design: UnsafePointer<Double>, response: UnsafePointer<Double>,
    coefficients: UnsafeMutablePointer<Double>, unscaledVariances: UnsafeMutablePointer<Double>?
  ) -> SmallLeastSquares.Outcome {
    elements.update(from: design, count: rows * columns)
    (elements + rows * columns).update(from: response, count: rows)
    for column in 0...columns where !squares(column, from: 0).isFinite { return .notFinite(column: column) }
    for column in 0..<columns where !reflect(column) { return .rankDeficient(column: column) }
    substitute(coefficients)
    if let unscaledVariances { writeVariances(unscaledVariances) }
    return .solved(residualSumOfSquares: squares(columns, from: columns))
  }

  private func squares(_ column: Int, from first: Int) -> Double {
    let values = elements + column &* rows
    var sum = 0.0
    var row = first
    while row < rows {
      sum += values[row] * values[row]
      row &+= 1
    }
    return sum
  }

  /// Brings the column to its place in R and applies the reflection to those after it; false if nothing is
  /// left of it.
  private func reflect(_ column: Int) -> Bool {
    let pivot = elements + column &* rows
    let rest = squares(column, from: column)
    // The part above was rotated, not changed in length: together they are the column's own norm.
    var whole = rest
    for row in 0..<column { whole += pivot[row] * pivot[row] }
    let tolerance = Double(rows) * 0x1p-52
    guard rest > tolerance * tolerance * whole else { return false }
    let norm = rest.squareRoot()
    let head = pivot[column]
    let scale = 1 / (norm * (norm + head.magnitude))
    pivot[column] = head < 0 ? head - norm : head + norm
    diagonal[column] = head < 0 ? norm : -norm
    var other = column &+ 1
    while other <= columns {
      let values = elements + other &* rows
      var product = 0.0
      var row = column
      while row < rows {
        product += pivot[row] * values[row]
        row &+= 1
      }
      product *= scale
      row = column
      while row < rows {
        values[row] -= product * pivot[row]
        row &+= 1
      }
      other &+= 1
    }
    return true
  }

  private func substitute(_ coefficients: UnsafeMutablePointer<Double>) {
    let response = elements + columns &* rows
    for column in (0..<columns).reversed() {
      var value = response[column]
      for later in (column + 1)..<columns { value -= elements[later &* rows &+ column] * coefficients[later] }
      coefficients[column] = value / diagonal[column]
    }
  }

  /// The diagonal of `R⁻¹R⁻ᵀ`: the squared norms of the rows of R⁻¹.
  private func writeVariances(_ variances: UnsafeMutablePointer<Double>) {
    for row in 0..<columns {
      inverseRow[row] = 1 / diagonal[row]
      var sum = inverseRow[row] * inverseRow[row]
      for column in (row &+ 1)..<columns {
        var value = 0.0
        for inner in row..<column { value -= inverseRow[inner] * elements[column &* rows &+ inner] }
        inverseRow[column] = value / diagonal[column]
        sum += inverseRow[column] * inverseRow[column]
      }
      variances[row] = sum
    }
  }
}
