import RealModule

/// Cholesky's factorisation and substitutions for the small matrices inside a likelihood: rows end to end, lower
/// triangle, no allocation.
enum SmallCholesky {
  /// Factorises A = LLᵀ in place.
  ///
  /// - Returns: log det A, or nil where the matrix is not positive definite.
  static func factorise(_ a: UnsafeMutablePointer<Double>, order: Int) -> Double? {
    var logDeterminant = 0.0
    var product = 1.0
    for j in 0..<order {
      let rowJ = a + j * order
      var pivot = rowJ[j]
      for k in 0..<j { pivot -= rowJ[k] * rowJ[k] }
      guard pivot > 0, pivot.isFinite else { return nil }
      product *= pivot
      // One logarithm for several pivots, before their product leaves the range of a double.
      if product > 1e150 || product < 1e-150 {
        logDeterminant += Double.log(product)
        product = 1
      }
      let root = pivot.squareRoot()
      rowJ[j] = root
      let inverse = 1 / root
      for i in (j + 1)..<max(order, j + 1) {
        let rowI = a + i * order
        var sum = rowI[j]
        for k in 0..<j { sum -= rowI[k] * rowJ[k] }
        rowI[j] = sum * inverse
      }
    }
    return logDeterminant + Double.log(product)
  }

  /// Factorises a matrix that is only semidefinite: a pivot that is zero within rounding leaves a column of zeros.
  static func factoriseSemidefinite(_ a: UnsafeMutablePointer<Double>, order: Int) {
    var largest = 0.0
    for j in 0..<order { largest = max(largest, a[j * order + j]) }
    let threshold = 4 * .ulpOfOne * largest
    for j in 0..<order {
      let rowJ = a + j * order
      var pivot = rowJ[j]
      for k in 0..<j { pivot -= rowJ[k] * rowJ[k] }
      let root = pivot > threshold ? pivot.squareRoot() : 0
      rowJ[j] = root
      for i in (j + 1)..<max(order, j + 1) {
        let rowI = a + i * order
        var sum = rowI[j]
        for k in 0..<j { sum -= rowI[k] * rowJ[k] }
        rowI[j] = root > 0 ? sum / root : 0
      }
    }
  }

  /// Solves LLᵀx = b in place.
  static func solve(_ l: UnsafePointer<Double>, order: Int, _ b: UnsafeMutablePointer<Double>) {
    for i in 0..<order {
      let row = l + i * order
      var sum = b[i]
      for k in 0..<i { sum -= row[k] * b[k] }
      b[i] = sum / row[i]
    }
    for i in stride(from: order - 1, through: 0, by: -1) {
      let value = b[i] / l[i * order + i]
      b[i] = value
      let row = l + i * order
      for k in 0..<i { b[k] -= row[k] * value }
    }
  }
}
