/// Why a matrix could not be made, factorised or used to fit: each case says what is wrong, where, and what
/// would be accepted. Rows and columns are stored from zero and described from one.
public enum LinearAlgebraError: Error, Equatable, Sendable {
  /// A matrix without rows or without columns was given where numbers are needed.
  case empty(rows: Int, columns: Int)
  /// The sizes of two arguments do not fit together.
  case shapeMismatch(what: String, expected: Int, found: Int)
  /// A matrix written row by row has a row of another length than the first.
  case raggedRow(row: Int, expected: Int, found: Int)
  /// A matrix has more rows or columns than LAPACK can count (2³¹ − 1).
  case tooLarge(dimension: Int)
  /// A cell of a matrix is infinite or not a number.
  case nonFinite(column: ColumnReference, row: Int)
  /// A response is infinite or not a number.
  case nonFiniteResponse(row: Int)
  /// A weight is negative, infinite or not a number.
  case invalidWeight(row: Int)
  /// Fewer rows (with a weight above zero) than columns: the coefficients are not determined.
  case tooFewRows(rows: Int, columns: Int)
  /// A column is zero or a linear combination of others.
  case rankDeficient(column: ColumnReference, dependsOn: [ColumnReference], rank: Int, columns: Int)
  /// The columns are so nearly dependent that double precision cannot tell their coefficients apart.
  case illConditioned(column: ColumnReference, conditionEstimate: Double)
  /// The result for a column is too large or too small for a double.
  case overflow(column: ColumnReference)
  /// A matrix that must be symmetric differs from its transpose at this cell.
  case notSymmetric(row: Int, column: Int)
  /// A matrix that must be positive definite has a leading block, ending at this column, that is not.
  case notPositiveDefinite(column: ColumnReference)
  /// A nearest correlation matrix was asked to have no eigenvalue below a floor that no correlation matrix can keep.
  case invalidEigenvalueFloor(Double)
  /// A polynomial was asked to have a degree below zero.
  case negativeDegree(Int)
  /// A polynomial was asked of fewer separate abscissae than it has coefficients.
  case tooFewDistinctAbscissae(found: Int, degree: Int)
  /// An iterative routine of LAPACK gave up.
  case notConverged(routine: String)
  /// A routine of LAPACK refused an argument: a defect of this module.
  case routineRefused(routine: String, argument: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// The error as a sentence for the person who can mend it.
  public var description: String {
    switch self {
    case .empty(let rows, let columns):
      "The matrix has \(rows) rows and \(columns) columns; at least one of each is needed."
    case .shapeMismatch(let what, let expected, let found):
      "There are \(found) \(what), but \(expected) are needed."
    case .raggedRow(let row, let expected, let found):
      "Row \(row + 1) has \(found) values, but the first row has \(expected); all must be equally long."
    case .tooLarge(let dimension):
      "A matrix with a side of \(dimension) is beyond what LAPACK can count; at most 2147483647 is accepted."
    case .nonFinite(let column, let row):
      "The value in row \(row + 1) of \(column) is infinite or not a number; leave the row out or supply one."
    case .nonFiniteResponse(let row):
      "The response in row \(row + 1) is infinite or not a number; leave the row out or supply one."
    case .invalidWeight(let row):
      "The weight in row \(row + 1) is not a finite number of zero or more."
    case .tooFewRows(let rows, let columns):
      "\(rows) rows that carry weight cannot determine \(columns) coefficients; at least \(columns) are needed."
    case .rankDeficient(let column, let dependsOn, let rank, let columns):
      Self.describeDependence(column, dependsOn, rank, columns)
    case .illConditioned(let column, let conditionEstimate):
      "The columns are too nearly dependent to be told apart in double precision, \(column) first of all "
        + "(condition about \(conditionEstimate)); leave it out, or centre and rescale it."
    case .overflow(let column):
      "The result for \(column) is too large or too small for a double; rescale the column or the response."
    case .notSymmetric(let row, let column):
      "The matrix is not symmetric: row \(row + 1), column \(column + 1) differs from its mirror image."
    case .notPositiveDefinite(let column):
      "The matrix is not positive definite: it fails at \(column), which is zero, negative or a combination of "
        + "the columns before it."
    case .invalidEigenvalueFloor(let floor):
      "No correlation matrix has all its eigenvalues at or above \(floor), since they average one; a floor from zero "
        + "to below one is accepted."
    case .negativeDegree(let degree):
      "A polynomial cannot have the degree \(degree); zero or more is accepted."
    case .tooFewDistinctAbscissae(let found, let degree):
      "A polynomial of degree \(degree) needs at least \(degree + 1) clearly different abscissae that carry "
        + "weight; there are \(found)."
    case .notConverged(let routine):
      "The iteration inside \(routine) did not converge; the matrix may be badly scaled."
    case .routineRefused(let routine, let argument):
      "\(routine) refused its argument \(argument); this is a defect of LinearAlgebra, please report it."
    }
  }

  private static func describeDependence(
    _ column: ColumnReference, _ others: [ColumnReference], _ rank: Int, _ columns: Int
  ) -> String {
    let reason =
      others.isEmpty
      ? "is zero in every row that carries weight"
      : "is a linear combination of " + others.map(\.description).joined(separator: ", ")
    return "The design has \(columns) columns but rank \(rank): \(column) \(reason); leave it out."
  }
}
