/// The factorisation `A = LLᵀ` of a symmetric positive definite matrix whose cells are zero outside a band around the
/// diagonal (LAPACK `dpbtrf`).
///
/// Smoothers penalise differences of neighbours, so their normal equations have a band of two or three: for `n` rows
/// and a half-width `b` the factorisation costs O(nb²) and each solution O(nb), where the dense one costs O(n³).
public struct BandedCholesky: Sendable {
  /// The number of diagonals below the main one that may hold something other than zero.
  public let bandwidth: Int
  /// The number of rows and columns.
  public let order: Int
  /// L by columns, each from its diagonal cell down: `bandwidth + 1` places a column, as LAPACK stores a band.
  private let factor: [Double]

  /// Factorises the matrix whose lower band `cell` gives.
  ///
  /// - Parameters:
  ///   - bandwidth: the diagonals below the main one; zero for a diagonal matrix. More than `order - 1` counts as that.
  ///   - order: the number of rows and columns, at least one.
  ///   - cell: the value in a row and a column; asked once each for `column <= row <= column + bandwidth`, column by
  ///     column.
  /// - Throws: `empty`, `shapeMismatch` for a bandwidth below zero, `nonFinite`, `tooLarge`, or `notPositiveDefinite`
  ///   with the first column at which it fails.
  public init(
    bandwidth: Int, order: Int, cell: (_ row: Int, _ column: Int) -> Double
  ) throws(LinearAlgebraError) {
    guard order > 0 else { throw .empty(rows: max(0, order), columns: max(0, order)) }
    guard bandwidth >= 0 else {
      throw .shapeMismatch(what: "diagonals below the main one", expected: 0, found: bandwidth)
    }
    let width = min(bandwidth, order - 1)
    let (places, overflow) = (width + 1).multipliedReportingOverflow(by: order)
    guard !overflow, Int32(exactly: order) != nil else { throw .tooLarge(dimension: order) }
    var band = [Double](repeating: 0, count: places)
    for column in 0..<order {
      for row in column...min(column + width, order - 1) {
        let value = cell(row, column)
        guard value.isFinite else { throw .nonFinite(column: ColumnReference(index: column), row: row) }
        band[column * (width + 1) + row - column] = value
      }
    }
    if let column = try LAPACK.pbtrf(&band, order: order, bandwidth: width) {
      throw .notPositiveDefinite(column: ColumnReference(index: column))
    }
    self.bandwidth = width
    self.order = order
    factor = band
  }

  /// The natural logarithm of the determinant of A: `2 Σ log Lᵢᵢ`, which neither overflows nor underflows.
  public var logDeterminant: Double {
    2 * (0..<order).reduce(0) { $0 + naturalLogarithm(factor[$1 * (bandwidth + 1)]) }
  }

  /// Solves `AX = B` for the columns of B.
  ///
  /// - Throws: `shapeMismatch` unless B has as many rows as A, `empty`, or `nonFinite`.
  public func solve(_ rightHandSides: Matrix) throws(LinearAlgebraError) -> Matrix {
    guard rightHandSides.rows == order else {
      throw .shapeMismatch(what: "rows on the right-hand side", expected: order, found: rightHandSides.rows)
    }
    try rightHandSides.checkUsable()
    var values = rightHandSides.columnMajor
    try LAPACK.pbtrs(
      factor, order: order, bandwidth: bandwidth, rightHandSides: &values, columns: rightHandSides.columns)
    return Matrix(rows: order, columns: rightHandSides.columns, compact: values)
  }

  /// Solves `Ax = b`.
  ///
  /// - Throws: `shapeMismatch` unless b has as many values as A has rows, or `nonFinite`.
  public func solve(_ rightHandSide: [Double]) throws(LinearAlgebraError) -> [Double] {
    let column = Matrix(rows: rightHandSide.count, columns: 1, compact: rightHandSide)
    return try solve(column).columnMajor
  }

  /// The band of `A⁻¹`: `band[d][j]` is its cell in row `j + d` and column `j`, for `d` from zero to ``bandwidth``.
  ///
  /// By the recursion of Takahashi, Fagan and Chin (1973), from the last column to the first, in O(nb²): the variances
  /// of a smoother and the trace of its influence matrix (Hutchinson and de Hoog, 1985) without the n² other cells of
  /// the inverse.
  public var inverseBand: [[Double]] {
    let width = bandwidth + 1
    var inverse = [Double](repeating: 0, count: width * order)
    // The cell in a row and a column that lie no further apart than the band is wide.
    func place(_ row: Int, _ column: Int) -> Int {
      min(row, column) * width + abs(row - column)
    }
    for column in stride(from: order - 1, through: 0, by: -1) {
      let last = min(column + bandwidth, order - 1)
      let pivot = factor[column * width]
      for row in stride(from: last, through: column, by: -1) {
        var sum = row == column ? 1 / pivot : 0
        for between in stride(from: column + 1, through: last, by: 1) {
          sum -= inverse[place(row, between)] * factor[column * width + between - column]
        }
        inverse[place(row, column)] = sum / pivot
      }
    }
    return (0...bandwidth).map { diagonal in
      (0..<(order - diagonal)).map { inverse[$0 * width + diagonal] }
    }
  }
}
