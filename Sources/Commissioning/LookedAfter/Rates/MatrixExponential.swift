/// The exponential of a small square matrix, stored row by row.
///
/// Scaling and squaring with the diagonal Padé approximant of degree 13, whose error is below rounding for a 1-norm up to
/// 5.37 (N. J. Higham, "The scaling and squaring method for the matrix exponential revisited", 2005). Generators of
/// placements have few states and modest norms, so the lower degrees of the paper would save nothing worth their code.
enum MatrixExponential {
  private static let coefficients: [Double] = [
    64_764_752_532_480_000, 32_382_376_266_240_000, 7_771_770_303_897_600, 1_187_353_796_428_800,
    129_060_195_264_000, 10_559_470_521_600, 670_442_572_800, 33_522_128_640, 1_323_241_920, 40_840_800,
    960_960, 16_380, 182, 1,
  ]
  private static let largestNorm = 5.371920351148152

  /// exp(A); nil for a matrix that is not square or not finite, or whose exponential is too large to hold.
  static func of(_ matrix: [Double], order: Int) -> [Double]? {
    guard order > 0, matrix.count == order * order, matrix.allSatisfy(\.isFinite) else { return nil }
    var norm = 0.0
    for column in 0..<order {
      norm = max(norm, (0..<order).reduce(0) { $0 + abs(matrix[$1 * order + column]) })
    }
    guard norm.isFinite else { return nil }
    var scale = 1.0
    var squarings = 0
    while norm * scale > largestNorm {
      scale /= 2
      squarings += 1
    }
    let a = matrix.map { $0 * scale }
    let a2 = product(a, a, order)
    let a4 = product(a2, a2, order)
    let a6 = product(a4, a2, order)
    let b = coefficients
    func polynomial(_ c0: Double, _ c2: Double, _ c4: Double, _ c6: Double) -> [Double] {
      a.indices.map { index in
        let identity = index / order == index % order ? c0 : 0
        return c6 * a6[index] + c4 * a4[index] + c2 * a2[index] + identity
      }
    }
    let odd = product(
      a, sum(product(a6, polynomial(0, b[9], b[11], b[13]), order), polynomial(b[1], b[3], b[5], b[7])), order
    )
    let even = sum(product(a6, polynomial(0, b[8], b[10], b[12]), order), polynomial(b[0], b[2], b[4], b[6]))
    guard var result = solve(zip(even, odd).map { $0 - $1 }, sum(even, odd), order) else { return nil }
    for _ in 0..<squarings { result = product(result, result, order) }
    return result.allSatisfy(\.isFinite) ? result : nil
  }

  static func product(_ left: [Double], _ right: [Double], _ order: Int) -> [Double] {
    var result = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for inner in 0..<order {
        let factor = left[row * order + inner]
        guard factor != 0 else { continue }
        for column in 0..<order { result[row * order + column] += factor * right[inner * order + column] }
      }
    }
    return result
  }

  private static func sum(_ left: [Double], _ right: [Double]) -> [Double] {
    zip(left, right).map { $0 + $1 }
  }

  /// Solves A X = B by elimination with partial pivoting; nil when A is singular.
  private static func solve(_ matrix: [Double], _ right: [Double], _ order: Int) -> [Double]? {
    var a = matrix
    var b = right
    for step in 0..<order {
      let pivot = (step..<order).max { abs(a[$0 * order + step]) < abs(a[$1 * order + step]) } ?? step
      guard abs(a[pivot * order + step]) > 0 else { return nil }
      if pivot != step {
        for column in 0..<order {
          a.swapAt(pivot * order + column, step * order + column)
          b.swapAt(pivot * order + column, step * order + column)
        }
      }
      for row in (step + 1)..<max(order, step + 1) {
        let factor = a[row * order + step] / a[step * order + step]
        guard factor != 0 else { continue }
        for column in step..<order { a[row * order + column] -= factor * a[step * order + column] }
        for column in 0..<order { b[row * order + column] -= factor * b[step * order + column] }
      }
    }
    for row in (0..<order).reversed() {
      for column in 0..<order {
        var value = b[row * order + column]
        for inner in (row + 1)..<max(order, row + 1) {
          value -= a[row * order + inner] * b[inner * order + column]
        }
        b[row * order + column] = value / a[row * order + row]
      }
    }
    return b
  }
}
