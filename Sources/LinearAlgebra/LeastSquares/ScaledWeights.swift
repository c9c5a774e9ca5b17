/// Weights checked and scaled by a power of four, so that the largest lies in [1, 4): exact, and so are their
/// scaled roots' exponents.
struct ScaledWeights: Sendable {
  /// The scaled weights; nil when every weight is one.
  let values: [Double]?
  /// Their square roots, rounded.
  let roots: [Double]?
  /// The given weights are `4^exponent` times ``values``.
  let exponent: Int
  /// The number of weights above zero.
  let effectiveRows: Int

  /// - Throws: `shapeMismatch` or `invalidWeight`.
  init(_ weights: [Double]?, rows: Int) throws(LinearAlgebraError) {
    guard let weights else {
      (values, roots, exponent, effectiveRows) = (nil, nil, 0, rows)
      return
    }
    guard weights.count == rows else {
      throw .shapeMismatch(what: "weights", expected: rows, found: weights.count)
    }
    if let row = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) { throw .invalidWeight(row: row) }
    let largest = weights.reduce(0, max).binaryExponent
    let half = largest >= 0 ? largest / 2 : -((1 - largest) / 2)
    let scaled = weights.map { $0.scaled(byPowerOfTwo: -2 * half) }
    (values, exponent) = (scaled, half)
    roots = scaled.map { $0.squareRoot() }
    effectiveRows = scaled.count { $0 > 0 }
  }
}
