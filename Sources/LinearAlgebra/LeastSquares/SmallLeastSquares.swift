/// A workspace that solves many small least squares problems of one shape, one after the other, and allocates
/// nothing while it does.
///
/// Each problem is factorised by Householder reflections (Golub 1965) in working precision, in loops written
/// for a few columns: at ten rows and three columns a call into LAPACK costs several times the arithmetic.
/// Use one workspace for each thread. A problem's answer depends on its own numbers alone, so it is the same
/// to the last bit in a batch, alone, and on any thread. Where the last digits matter more than the time,
/// take ``LeastSquaresProblem``.
public struct SmallLeastSquares: Sendable {
  /// How one problem ended.
  public enum Outcome: Equatable, Sendable {
    /// The coefficients were found; with the sum of the squared residuals.
    case solved(residualSumOfSquares: Double)
    /// The column (from zero) is zero or, within rounding, a combination of those before it. No coefficients
    /// were written.
    case rankDeficient(column: Int)
    /// A value is infinite or not a number, or its square leaves the range of doubles. No coefficients were
    /// written. The column is that of the design, or the number of columns for the response.
    case notFinite(column: Int)
  }

  /// The number of rows of each problem.
  public let rows: Int
  /// The number of columns of each problem.
  public let columns: Int
  /// The design and after it the response, overwritten by the factorisation; then the pivots and squared
  /// norms.
  private var workspace: [Double]

  /// A workspace for problems of `rows` × `columns`.
  ///
  /// - Throws: `empty` unless both are above zero; `tooFewRows` when there are fewer rows than columns.
  public init(rows: Int, columns: Int) throws(LinearAlgebraError) {
    guard rows > 0, columns > 0 else { throw .empty(rows: rows, columns: columns) }
    guard rows >= columns else { throw .tooFewRows(rows: rows, columns: columns) }
    (self.rows, self.columns) = (rows, columns)
    workspace = [Double](repeating: 0, count: rows * (columns + 1) + 2 * columns)
  }

  /// Solves one problem.
  ///
  /// - Parameters:
  ///   - design: `rows × columns` values by columns; read only.
  ///   - response: `rows` values; read only.
  ///   - coefficients: receives `columns` values, if the outcome is solved.
  ///   - unscaledVariances: if given, receives the diagonal of `(XᵀX)⁻¹`; times the residual variance it is
  ///     the squared standard errors.
  public mutating func solve(
    design: UnsafePointer<Double>, response: UnsafePointer<Double>,
    coefficients: UnsafeMutablePointer<Double>,
    unscaledVariances: UnsafeMutablePointer<Double>? = nil
  ) -> Outcome {
    let (rows, columns) = (rows, columns)
    return workspace.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return .notFinite(column: 0) }
      let kernel = SmallHouseholder(rows: rows, columns: columns, workspace: base)
      return kernel.solve(
        design: design, response: response, coefficients: coefficients, unscaledVariances: unscaledVariances)
    }
  }

  /// Solves `count` problems that lie one after the other in memory.
  ///
  /// - Parameters:
  ///   - count: the number of problems; none are solved for a number below one.
  ///   - designs: `count × rows × columns` values.
  ///   - responses: `count × rows` values.
  ///   - coefficients: receives `count × columns` values; those of a problem that was not solved stay as they
  ///     were.
  ///   - unscaledVariances: if given, receives `count × columns` values.
  ///   - outcomes: receives `count` outcomes (initialised or trivial memory).
  public mutating func solve(
    count: Int, designs: UnsafePointer<Double>, responses: UnsafePointer<Double>,
    coefficients: UnsafeMutablePointer<Double>,
    unscaledVariances: UnsafeMutablePointer<Double>? = nil,
    outcomes: UnsafeMutablePointer<Outcome>
  ) {
    let (rows, columns) = (rows, columns)
    workspace.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let kernel = SmallHouseholder(rows: rows, columns: columns, workspace: base)
      for problem in 0..<max(0, count) {
        outcomes[problem] = kernel.solve(
          design: designs + problem * rows * columns, response: responses + problem * rows,
          coefficients: coefficients + problem * columns,
          unscaledVariances: unscaledVariances.map { $0 + problem * columns })
      }
    }
  }
}
