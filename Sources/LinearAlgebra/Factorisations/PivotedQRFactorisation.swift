/// The factorisation `AP = QR` with column pivoting (Businger and Golub 1965; LAPACK `dgeqp3`) and the
/// numerical rank read off it.
///
/// The permutation P brings the column that is least explained by those before it to each place, so the
/// diagonal of R falls in magnitude and shows where the matrix runs out of independent columns. The rank
/// depends on the scale of the columns; ``LeastSquaresProblem`` equilibrates them first.
public struct PivotedQRFactorisation: Sendable {
  /// The number of rows of A.
  public let rows: Int
  /// The number of columns of A.
  public let columns: Int
  /// For each column of AP, the column of A it was.
  public let permutation: [Int]
  /// How many columns are independent: those with `|Rₖₖ| > tolerance · |R₁₁|`.
  public let rank: Int
  /// The tolerance used.
  public let tolerance: Double
  let reflectors: [Double]
  let tau: [Double]

  /// Factorises `matrix`, m × n, of any shape.
  ///
  /// - Parameters:
  ///   - matrix: A.
  ///   - tolerance: relative to the largest diagonal element of R; `max(m, n)` times the rounding unit 2⁻⁵²
  ///     when nil.
  /// - Throws: `empty` or `nonFinite`.
  public init(_ matrix: Matrix, tolerance: Double? = nil) throws(LinearAlgebraError) {
    try matrix.checkUsable()
    var elements = matrix.columnMajor
    let (rows, columns) = (matrix.rows, matrix.columns)
    (tau, permutation) = try LAPACK.geqp3(&elements, rows: rows, columns: columns)
    let relative = tolerance ?? Double(max(rows, columns)) * 0x1p-52
    let threshold = relative * elements[0].magnitude
    let diagonal = (0..<min(rows, columns)).map { elements[$0 * rows + $0].magnitude }
    rank = diagonal.firstIndex { !($0 > threshold) } ?? diagonal.count
    (self.rows, self.columns, self.tolerance, reflectors) = (rows, columns, relative, elements)
  }

  /// The upper triangle (or trapezium) R, min(m, n) × n.
  public var upper: Matrix {
    Matrix(rows: min(rows, columns), columns: columns) { $0 <= $1 ? reflectors[$1 * rows + $0] : 0 }
  }

  /// The first min(m, n) columns of Q; those up to the rank span the columns of A.
  ///
  /// - Throws: only what LAPACK reports of itself.
  public func orthogonalBasis() throws(LinearAlgebraError) -> Matrix {
    let width = min(rows, columns)
    var elements = Array(reflectors[..<(rows * width)])
    try LAPACK.orgqr(&elements, tau: tau, rows: rows, columns: width)
    return Matrix(rows: rows, columns: width, compact: elements)
  }

  /// An estimate of the condition number of R in the 1-norm (LAPACK `dtrcon`; Higham 1988), infinity if the
  /// rank is not full.
  ///
  /// - Throws: only what LAPACK reports of itself.
  public func conditionEstimate() throws(LinearAlgebraError) -> Double {
    guard rank == columns else { return .infinity }
    return 1 / (try LAPACK.trcon(triangle: reflectors, leadingDimension: rows, order: columns))
  }

  /// A column that is a combination of others, and those others; nil when the rank is full.
  ///
  /// Of the columns in the combination the last is named as the one to leave out, whatever the pivoting did:
  /// it is the one that brought nothing new when the design was written from left to right.
  ///
  /// - Throws: only what LAPACK reports of itself.
  public func dependence() throws(LinearAlgebraError) -> (column: Int, others: [Int])? {
    guard rank < columns else { return nil }
    let last = permutation[rank]
    guard rank > 0 else { return (last, []) }
    var combination = Array(reflectors[(rank * rows)..<(rank * rows + rank)])
    _ = try LAPACK.trtrs(
      triangle: reflectors, leadingDimension: rows, upper: true, transposed: false, order: rank,
      rightHandSides: &combination, leadingDimensionOfB: rank, columns: 1)
    let noticeable = 0x1p-26
    var involved = (0..<rank).filter { combination[$0].magnitude > noticeable }.map { permutation[$0] }
    // A column of zeros (or of rounding) depends on nothing.
    guard !involved.isEmpty else { return (last, []) }
    involved.append(last)
    involved.sort()
    return (involved.removeLast(), involved)
  }
}
