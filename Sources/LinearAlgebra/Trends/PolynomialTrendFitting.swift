// The steps of a fit on the orthogonal basis and back.
extension PolynomialTrend {
  /// Refuses what cannot be fitted.
  static func check(
    _ degree: Int, _ abscissae: [Double], _ response: [Double], _ weights: [Double]?
  ) throws(LinearAlgebraError) -> ScaledWeights {
    guard degree >= 0 else { throw .negativeDegree(degree) }
    guard !abscissae.isEmpty else { throw .empty(rows: 0, columns: degree + 1) }
    guard response.count == abscissae.count else {
      throw .shapeMismatch(what: "responses", expected: abscissae.count, found: response.count)
    }
    if let row = abscissae.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(column: ColumnReference(index: 0, name: "abscissa"), row: row)
    }
    if let row = response.firstIndex(where: { !$0.isFinite }) { throw .nonFiniteResponse(row: row) }
    return try ScaledWeights(weights, rows: abscissae.count)
  }

  /// The coefficients `⟨y, pₖ⟩/⟨pₖ, pₖ⟩`; leaves the residuals in `rest`.
  ///
  /// Each is taken from what the lower orders left over, so that what little orthogonality rounding costs is
  /// made good.
  static func project(
    _ rest: inout DoubleDoubleVector, on basis: OrthogonalPolynomialBasis, weights: [Double]?
  ) -> [DoubleDouble] {
    zip(basis.values, basis.squaredNorms).map { values, norm in
      var moment = DoubleDouble.zero
      for index in 0..<rest.count { moment += rest[index] * values[index] * (weights?[index] ?? 1) }
      let coefficient = moment / norm
      for index in 0..<rest.count { rest[index] = rest[index] - coefficient * values[index] }
      return coefficient
    }
  }

  /// The coefficients of the powers of x: those of each basis polynomial times its coefficient, summed.
  static func combine(_ coefficients: [DoubleDouble], _ powers: [[DoubleDouble]]) -> [Double] {
    coefficients.indices.map { power in
      var sum = DoubleDouble.zero
      for order in power..<coefficients.count { sum += coefficients[order] * powers[order][power] }
      return sum.rounded
    }
  }

  /// The variances of the raw coefficients over the residual variance. The coefficients on the orthogonal
  /// basis are uncorrelated with variances one over the squared norms, so these are sums of positive terms:
  /// nothing cancels.
  static func spread(_ powers: [[DoubleDouble]], _ squaredNorms: [DoubleDouble]) -> [DoubleDouble] {
    squaredNorms.indices.map { power in
      var sum = DoubleDouble.zero
      for order in power..<squaredNorms.count {
        sum += powers[order][power] * powers[order][power] / squaredNorms[order]
      }
      return sum
    }
  }
}
