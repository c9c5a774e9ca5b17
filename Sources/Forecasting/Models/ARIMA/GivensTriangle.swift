import RealModule

/// The triangle R of a least squares problem whose rows come one by one (Gentleman, 1974), with the rotated right-hand
/// sides beside it.
///
/// An unknown without a prior has a row of zeros until the first row that tells anything of it.
struct GivensTriangle {
  private let order: Int
  private let width: Int
  /// Rows of R and, after them, of the right-hand sides.
  private var cells: [Double]
  private var row: [Double]
  /// What the last row added leaves of each right-hand side: its innovation over its standard deviation.
  private(set) var left: [Double]

  /// A triangle of `order` unknowns of which nothing is known.
  init(order: Int, sides: Int) {
    self.order = order
    width = order + sides
    cells = [Double](repeating: 0, count: order * (order + sides))
    row = [Double](repeating: 0, count: order + sides)
    left = [Double](repeating: 0, count: sides)
  }

  /// Gives an unknown the standard normal prior.
  mutating func setPrior(_ unknown: Int) { cells[unknown * width + unknown] = 1 }

  /// Adds one row: the coefficients of the unknowns and then the right-hand sides, from `offset` in a table of rows.
  ///
  /// - Returns: the logarithm of the standard deviation of its innovation in units of the error's, or nil where the row
  ///   was used up by an unknown of which nothing had been known.
  mutating func add(_ table: [Double], at offset: Int) -> Double? {
    let (order, width) = (order, width)
    var nothing = 0.0
    for index in 0..<width {
      row[index] = table[offset + index]
      if index < order { nothing = max(nothing, abs(row[index])) }
    }
    // What rotations leave of a coefficient within rounding of nothing tells nothing.
    nothing *= 1e-11
    let cosines = cells.withUnsafeMutableBufferPointer { cells in
      row.withUnsafeMutableBufferPointer { row in
        Self.rotate(row, into: cells, order: order, width: width, nothing: nothing)
      }
    }
    guard let cosines else { return nil }
    for index in left.indices { left[index] = row[order + index] }
    return -Double.log(cosines)
  }

  /// Rotates a row into the triangle; returns the product of the cosines, or nil where the row was used up.
  private static func rotate(
    _ row: UnsafeMutableBufferPointer<Double>, into cells: UnsafeMutableBufferPointer<Double>, order: Int,
    width: Int, nothing: Double
  ) -> Double? {
    var cosines = 1.0
    for j in 0..<order where row[j] != 0 {
      let base = j * width
      let diagonal = cells[base + j]
      if diagonal == 0 {
        guard abs(row[j]) > nothing else { continue }
        let sign: Double = row[j] < 0 ? -1 : 1
        for k in j..<width { cells[base + k] = sign * row[k] }
        return nil
      }
      let length = (diagonal * diagonal + row[j] * row[j]).squareRoot()
      let (cosine, sine) = (diagonal / length, row[j] / length)
      for k in j..<width {
        let (above, below) = (cells[base + k], row[k])
        cells[base + k] = cosine * above + sine * below
        row[k] = cosine * below - sine * above
      }
      cosines *= cosine
    }
    return cosines
  }

  /// log det R'R; nil while there is an unknown of which nothing is known.
  var logDeterminant: Double? {
    var sum = 0.0
    for j in 0..<order {
      let diagonal = cells[j * width + j]
      guard diagonal > 0, diagonal.isFinite else { return nil }
      sum += 2 * Double.log(diagonal)
    }
    return sum
  }

  /// The unknowns that solve the problem for one right-hand side, once all are known.
  func solution(side: Int) -> [Double] {
    var values = [Double](repeating: 0, count: order)
    for j in stride(from: order - 1, through: 0, by: -1) {
      var sum = cells[j * width + order + side]
      for k in (j + 1)..<max(order, j + 1) { sum -= cells[j * width + k] * values[k] }
      values[j] = sum / cells[j * width + j]
    }
    return values
  }

  /// The columns of R⁻¹: the directions in which independent standard normal units move the unknowns.
  func inverseColumns() -> [[Double]] {
    (0..<order).map { column in
      var values = [Double](repeating: 0, count: order)
      for j in stride(from: column, through: 0, by: -1) {
        var sum = j == column ? 1.0 : 0
        for k in (j + 1)..<max(order, j + 1) { sum -= cells[j * width + k] * values[k] }
        values[j] = sum / cells[j * width + j]
      }
      return values
    }
  }
}
