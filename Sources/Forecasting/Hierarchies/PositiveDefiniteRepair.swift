import LinearAlgebra

/// The correlations nearest to given ones, or nearly so, that are those of some random variables with none
/// determined by the others.
///
/// Correlations from fewer periods than series, or each from periods of its own, need not be positive
/// definite. Their eigenvalues are raised to a share of the largest and the diagonal is brought back to one:
/// the first step of the alternating projections of N. J. Higham, "Computing the nearest correlation matrix"
/// (2002), with a floor above zero.
struct PositiveDefiniteRepair {
  /// Positive definite correlations: those given, where they are.
  let correlations: Matrix
  /// The number of eigenvalues that were raised.
  let raised: Int

  /// - Parameter floor: the smallest eigenvalue that is left, as a share of the largest.
  init(_ given: Matrix, floor: Double) throws(LinearAlgebraError) {
    let decomposition = try SymmetricEigendecomposition(given)
    let least = floor * (decomposition.values.last ?? 1)
    raised = decomposition.values.count { $0 < least }
    guard raised > 0 else {
      correlations = given
      return
    }
    let vectors = decomposition.vectors
    let scaled = Matrix(rows: vectors.columns, columns: vectors.rows) { row, column in
      max(decomposition.values[row], least) * vectors[column, row]
    }
    let product = try vectors * scaled
    let roots = product.diagonal.map { $0.squareRoot() }
    correlations = Matrix(rows: given.rows, columns: given.columns) { row, column in
      row == column
        ? 1 : (product[row, column] + product[column, row]) / 2 / (roots[row] * roots[column])
    }
  }
}
