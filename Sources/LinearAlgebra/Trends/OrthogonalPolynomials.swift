/// Polynomials orthogonal over given abscissae, as columns of a design: each of mean square one over them, and known
/// beyond them.
///
/// Powers of time are nearly proportional to one another; these are not correlated at all (Forsythe 1957). The
/// recurrence runs in double-double, so that high degrees keep their orthogonality.
public struct OrthogonalPolynomials: Equatable, Sendable {
  private let basis: OrthogonalPolynomialBasis
  /// What makes the mean square of each polynomial one.
  private let factors: [Double]

  /// Polynomials of degree 0 to `degree` over the abscissae, each of which counts the same.
  ///
  /// - Throws: `negativeDegree`, `empty`, `nonFinite`, or `tooFewDistinctAbscissae`.
  public init(degree: Int, abscissae: [Double]) throws(LinearAlgebraError) {
    guard degree >= 0 else { throw .negativeDegree(degree) }
    guard let least = abscissae.min(), let greatest = abscissae.max() else {
      throw .empty(rows: 0, columns: 1)
    }
    if let row = abscissae.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(column: ColumnReference(index: 0), row: row)
    }
    basis = try OrthogonalPolynomialBasis(
      degree: degree, abscissae: abscissae, weights: nil, domain: least...greatest)
    factors = basis.squaredNorms.map { (Double(abscissae.count) / $0.rounded).squareRoot() }
  }

  /// The highest degree.
  public var degree: Int { basis.degree }

  /// The polynomial of one degree at a point, inside or outside the abscissae; NaN for a degree that there is not.
  public func value(ofDegree order: Int, at x: Double) -> Double {
    guard factors.indices.contains(order) else { return .nan }
    let t = DoubleDouble.sum(x, -basis.centre).scaled(byPowerOfTwo: -basis.halfWidthExponent)
    var (previous, current) = (DoubleDouble.zero, DoubleDouble.one)
    for step in 0..<order {
      let next = (t - basis.alpha[step]) * current - basis.beta[step] * previous
      (previous, current) = (current, next)
    }
    return current.rounded * factors[order]
  }
}
