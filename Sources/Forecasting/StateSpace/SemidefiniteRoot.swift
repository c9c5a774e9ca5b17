/// A root of a variance that need not be more than positive semidefinite, for drawing.
enum SemidefiniteRoot {
  /// A lower triangular L with L Lᵀ = V, by Cholesky's columns: a column of zeros where nothing but rounding is left of
  /// its pivot.
  ///
  /// - Parameters:
  ///   - variance: V, row by row.
  ///   - order: the number of its rows.
  static func lower(of variance: [Double], order m: Int) -> [Double] {
    var root = Array(repeating: 0.0, count: m * m)
    for j in 0..<m {
      var pivot = variance[j * m + j]
      for k in 0..<j { pivot -= root[j * m + k] * root[j * m + k] }
      guard pivot > 1e-14 * variance[j * m + j] else { continue }
      let length = pivot.squareRoot()
      for i in j..<m {
        var sum = variance[i * m + j]
        for k in 0..<j { sum -= root[i * m + k] * root[j * m + k] }
        root[i * m + j] = sum / length
      }
    }
    return root
  }
}
