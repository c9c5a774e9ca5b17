internal import CLAPACK

/// The routines of LAPACK this module calls, with Swift's integers in and this module's errors out.
///
/// All matrices are column-major. Callers have checked that the numbers are finite and the shapes right, so a
/// refusal (`info < 0`) can only be a defect of this module; it is an error all the same.
enum LAPACK {
  /// A dimension as LAPACK counts it.
  static func dimension(_ value: Int) throws(LinearAlgebraError) -> Int32 {
    guard let dimension = Int32(exactly: value) else { throw .tooLarge(dimension: value) }
    return dimension
  }

  static func check(_ info: Int32, _ routine: String) throws(LinearAlgebraError) {
    if info < 0 { throw .routineRefused(routine: routine, argument: Int(-info)) }
  }

  /// `A = QR`, in place: R above, the reflectors of Q below the diagonal and in `tau`.
  static func geqrf(_ a: inout [Double], rows: Int, columns: Int) throws(LinearAlgebraError) -> [Double] {
    let (m, n) = (try dimension(rows), try dimension(columns))
    var tau = [Double](repeating: 0, count: min(rows, columns))
    try check(LAPACKE_dgeqrf(BLASThreading.columnMajor, m, n, &a, max(1, m), &tau), "dgeqrf")
    return tau
  }

  /// `AP = QR` with column pivoting, in place; the permutation counts from zero.
  static func geqp3(
    _ a: inout [Double], rows: Int, columns: Int
  ) throws(LinearAlgebraError) -> (tau: [Double], permutation: [Int]) {
    let (m, n) = (try dimension(rows), try dimension(columns))
    var tau = [Double](repeating: 0, count: min(rows, columns))
    var pivots = [Int32](repeating: 0, count: columns)
    try check(LAPACKE_dgeqp3(BLASThreading.columnMajor, m, n, &a, max(1, m), &pivots, &tau), "dgeqp3")
    return (tau, pivots.map { Int($0) - 1 })
  }

  /// `C ← QC` or `C ← QᵀC` for the Q of ``geqrf(_:rows:columns:)`` or ``geqp3(_:rows:columns:)``.
  static func ormqr(
    reflectors: [Double], tau: [Double], transposed: Bool, rows: Int, applyingTo c: inout [Double],
    columns: Int
  ) throws(LinearAlgebraError) {
    let (m, n) = (try dimension(rows), try dimension(columns))
    let (left, direction) = (CChar(UInt8(ascii: "L")), CChar(UInt8(ascii: transposed ? "T" : "N")))
    let info = LAPACKE_dormqr(
      BLASThreading.columnMajor, left, direction, m, n, Int32(clamping: tau.count), reflectors, max(1, m),
      tau, &c, max(1, m))
    try check(info, "dormqr")
  }

  /// The first `columns` columns of Q, in place of the reflectors.
  static func orgqr(
    _ a: inout [Double], tau: [Double], rows: Int, columns: Int
  ) throws(LinearAlgebraError) {
    let (m, n) = (try dimension(rows), try dimension(columns))
    try check(LAPACKE_dorgqr(BLASThreading.columnMajor, m, n, n, &a, max(1, m), tau), "dorgqr")
  }

  /// Solves `TX = B` or `TᵀX = B` in place for a triangle T of `order` rows inside `triangle`; true when T is
  /// regular.
  static func trtrs(
    triangle: [Double], leadingDimension: Int, upper: Bool, transposed: Bool, order: Int,
    rightHandSides b: inout [Double], leadingDimensionOfB: Int, columns: Int
  ) throws(LinearAlgebraError) -> Bool {
    let info = LAPACKE_dtrtrs(
      BLASThreading.columnMajor, CChar(UInt8(ascii: upper ? "U" : "L")),
      CChar(UInt8(ascii: transposed ? "T" : "N")),
      CChar(UInt8(ascii: "N")), try dimension(order), try dimension(columns), triangle,
      try dimension(leadingDimension), &b, try dimension(leadingDimensionOfB))
    try check(info, "dtrtrs")
    return info == 0
  }

  /// Estimates the reciprocal condition number in the 1-norm of an upper triangle (Higham 1988).
  static func trcon(
    triangle: [Double], leadingDimension: Int, order: Int
  ) throws(LinearAlgebraError) -> Double {
    var reciprocal = 0.0
    let info = LAPACKE_dtrcon(
      BLASThreading.columnMajor, CChar(UInt8(ascii: "1")), CChar(UInt8(ascii: "U")), CChar(UInt8(ascii: "N")),
      try dimension(order), triangle, try dimension(leadingDimension), &reciprocal)
    try check(info, "dtrcon")
    return reciprocal
  }

  /// `A = LLᵀ` in place, lower triangle; the column at which A stops being positive definite, if it does.
  static func potrf(_ a: inout [Double], order: Int) throws(LinearAlgebraError) -> Int? {
    let n = try dimension(order)
    let info = LAPACKE_dpotrf(BLASThreading.columnMajor, CChar(UInt8(ascii: "L")), n, &a, max(1, n))
    try check(info, "dpotrf")
    return info > 0 ? Int(info) - 1 : nil
  }

  /// `A = LLᵀ` in place for a band, stored by columns from the diagonal down; the column at which A stops being positive
  /// definite, if it does.
  static func pbtrf(
    _ band: inout [Double], order: Int, bandwidth: Int
  ) throws(LinearAlgebraError) -> Int? {
    let (n, kd) = (try dimension(order), try dimension(bandwidth))
    let info = LAPACKE_dpbtrf(
      BLASThreading.columnMajor, CChar(UInt8(ascii: "L")), n, kd, &band, kd + 1)
    try check(info, "dpbtrf")
    return info > 0 ? Int(info) - 1 : nil
  }

  /// Solves `AX = B` in place for the factor of ``pbtrf(_:order:bandwidth:)``.
  static func pbtrs(
    _ factor: [Double], order: Int, bandwidth: Int, rightHandSides b: inout [Double], columns: Int
  ) throws(LinearAlgebraError) {
    let (n, kd) = (try dimension(order), try dimension(bandwidth))
    let info = LAPACKE_dpbtrs(
      BLASThreading.columnMajor, CChar(UInt8(ascii: "L")), n, kd, try dimension(columns), factor, kd + 1, &b,
      n)
    try check(info, "dpbtrs")
  }

  /// Eigenvalues, ascending, and the eigenvectors in place of A.
  static func syevd(_ a: inout [Double], order: Int) throws(LinearAlgebraError) -> [Double] {
    let n = try dimension(order)
    var values = [Double](repeating: 0, count: order)
    let info = LAPACKE_dsyevd(
      BLASThreading.columnMajor, CChar(UInt8(ascii: "V")), CChar(UInt8(ascii: "L")), n, &a, max(1, n), &values
    )
    try check(info, "dsyevd")
    if info > 0 { throw .notConverged(routine: "dsyevd") }
    return values
  }

  /// The thin singular value decomposition; A is destroyed.
  static func gesdd(
    _ a: inout [Double], rows: Int, columns: Int
  ) throws(LinearAlgebraError) -> (left: [Double], values: [Double], rightTransposed: [Double]) {
    let (m, n) = (try dimension(rows), try dimension(columns))
    let k = min(rows, columns)
    var left = [Double](repeating: 0, count: rows * k)
    var values = [Double](repeating: 0, count: k)
    var right = [Double](repeating: 0, count: k * columns)
    let info = LAPACKE_dgesdd(
      BLASThreading.columnMajor, CChar(UInt8(ascii: "S")), m, n, &a, m, &values, &left, m, &right, min(m, n))
    try check(info, "dgesdd")
    if info > 0 { throw .notConverged(routine: "dgesdd") }
    return (left, values, right)
  }
}
