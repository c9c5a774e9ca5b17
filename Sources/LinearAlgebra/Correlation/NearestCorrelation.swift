/// The correlation matrix nearest to a symmetric matrix that is none: correlations estimated pair by pair, from unequal
/// samples, need not fit together.
///
/// Nearest in the Frobenius norm among matrices with a unit diagonal and no eigenvalue below a floor, by alternating
/// projections with Dykstra's correction: N. J. Higham, "Computing the nearest correlation matrix: a problem from
/// finance", IMA Journal of Numerical Analysis 22 (2002), 329–343. Each step costs one eigendecomposition.
public struct NearestCorrelation: Sendable {
  /// The nearest correlation matrix: symmetric, with ones on the diagonal.
  public let matrix: Matrix
  /// How far it lies from the matrix that was given, in the Frobenius norm; zero when that was a correlation matrix
  /// already.
  public let distance: Double
  /// The number of alternating projections it took; zero when there was nothing to mend.
  public let iterations: Int

  /// Finds the correlation matrix nearest to `matrix`.
  ///
  /// - Parameters:
  ///   - matrix: symmetric, of any diagonal.
  ///   - eigenvalueFloor: the least eigenvalue allowed, zero or more and below one; above zero, so that the result has a
  ///     Cholesky factor.
  ///   - tolerance: the change from one projection to the next, relative to the matrix, at which the search ends.
  ///   - maximumIterations: the projections after which it gives up.
  /// - Throws: `empty`, `nonFinite`, `shapeMismatch` when not square, `notSymmetric`, `invalidEigenvalueFloor`, or
  ///   `notConverged`.
  public init(
    of matrix: Matrix, eigenvalueFloor: Double = 0, tolerance: Double = 1e-10, maximumIterations: Int = 2000
  ) throws(LinearAlgebraError) {
    guard eigenvalueFloor >= 0, eigenvalueFloor < 1 else {
      throw .invalidEigenvalueFloor(eigenvalueFloor)
    }
    let order = matrix.rows
    let given = try SymmetricEigendecomposition(matrix)
    let hasUnitDiagonal = matrix.diagonal.allSatisfy { $0 == 1 }
    if hasUnitDiagonal, let least = given.values.first, least >= eigenvalueFloor {
      self.matrix = Matrix(rows: order, columns: order) { matrix[max($0, $1), min($0, $1)] }
      (distance, iterations) = (0, 0)
      return
    }
    var candidate = matrix
    var correction = Matrix(rows: order, columns: order, repeating: 0)
    for iteration in 1...max(1, maximumIterations) {
      let corrected = Matrix(rows: order, columns: order) {
        candidate[max($0, $1), min($0, $1)] - correction[max($0, $1), min($0, $1)]
      }
      let projected = try Self.raised(corrected, floor: eigenvalueFloor)
      correction = Matrix(rows: order, columns: order) { projected[$0, $1] - corrected[$0, $1] }
      let next = Matrix(rows: order, columns: order) { $0 == $1 ? 1 : projected[$0, $1] }
      // Both sequences must have come to rest, and on each other: a small step alone may be a slow one.
      let scale = max(1, Self.norm(next))
      let change = max(Self.distance(next, candidate), Self.distance(next, projected))
      candidate = next
      if change <= tolerance * scale {
        self.matrix = candidate
        distance = Self.distance(candidate, matrix)
        iterations = iteration
        return
      }
    }
    throw .notConverged(routine: "the search for the nearest correlation matrix")
  }

  /// The nearest symmetric matrix without an eigenvalue below `floor`.
  private static func raised(_ matrix: Matrix, floor: Double) throws(LinearAlgebraError) -> Matrix {
    let parts = try SymmetricEigendecomposition(matrix)
    let order = matrix.rows
    let scaled = Matrix(rows: order, columns: order) { parts.vectors[$0, $1] * max(parts.values[$1], floor) }
    let product = try scaled * parts.vectors.transposed
    return Matrix(rows: order, columns: order) { product[max($0, $1), min($0, $1)] }
  }

  private static func norm(_ matrix: Matrix) -> Double {
    matrix.columnMajor.reduce(0) { $0 + $1 * $1 }.squareRoot()
  }

  private static func distance(_ left: Matrix, _ right: Matrix) -> Double {
    zip(left.columnMajor, right.columnMajor).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }
}
