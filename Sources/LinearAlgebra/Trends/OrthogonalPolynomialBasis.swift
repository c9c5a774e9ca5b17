/// Polynomials orthogonal over given abscissae and weights, by the three-term recurrence of Forsythe (1957):
///
///     p₀ = 1,  pₖ₊₁(t) = (t − αₖ) pₖ(t) − βₖ pₖ₋₁(t)
///
/// with `αₖ = ⟨t pₖ, pₖ⟩/⟨pₖ, pₖ⟩` and `βₖ = ⟨pₖ, pₖ⟩/⟨pₖ₋₁, pₖ₋₁⟩`. The variable is mapped, `t = (x −
/// centre)/2^halfWidthExponent`, into [−1, 1]. The half-width is a power of two and the difference is kept in
/// two doubles, so the mapping is exact; the rest is done in double-double, where the recurrence keeps its
/// orthogonality for any degree of practical use.
struct OrthogonalPolynomialBasis: Equatable, Sendable {
  let centre: Double
  /// The half-width of the mapped domain is 2 to this power.
  let halfWidthExponent: Int
  let alpha: [DoubleDouble]
  /// `beta[k]` belongs to `pₖ₋₁`; the first is zero.
  let beta: [DoubleDouble]
  /// `⟨pₖ, pₖ⟩`.
  let squaredNorms: [DoubleDouble]
  /// The values of each polynomial at the abscissae.
  let values: [DoubleDoubleVector]

  var degree: Int { squaredNorms.count - 1 }

  /// - Parameters:
  ///   - weights: one for each abscissa, nil for equal ones.
  ///   - domain: the smallest and the largest abscissa.
  /// - Throws: `tooFewDistinctAbscissae` when a polynomial vanishes at all abscissae.
  init(
    degree: Int, abscissae: [Double], weights: [Double]?, domain: ClosedRange<Double>
  ) throws(LinearAlgebraError) {
    let centre = domain.lowerBound / 2 + domain.upperBound / 2
    let halfWidth = max(domain.upperBound - centre, centre - domain.lowerBound)
    let exponent = halfWidth.binaryExponent + (halfWidth > 0 ? 1 : 0)
    let mapped = abscissae.map { DoubleDouble.sum($0, -centre).scaled(byPowerOfTwo: -exponent) }

    var (alpha, beta, norms): ([DoubleDouble], [DoubleDouble], [DoubleDouble]) = ([], [], [])
    var values: [DoubleDoubleVector] = [
      DoubleDoubleVector([Double](repeating: 1, count: abscissae.count))
    ]
    for order in 0...degree {
      let current = values[order]
      var (norm, moment) = (DoubleDouble.zero, DoubleDouble.zero)
      for index in mapped.indices {
        let square = current[index] * current[index] * (weights?[index] ?? 1)
        norm += square
        moment += square * mapped[index]
      }
      // A monic polynomial of order k is of size 2⁻ᵏ on [−1, 1]; far below that only rounding is left of it.
      guard let first = norms.first ?? Optional(norm), norm.high.isFinite,
        norm.high > first.high.scaled(byPowerOfTwo: -2 * order - 180)
      else { throw .tooFewDistinctAbscissae(found: order, degree: degree) }
      norms.append(norm)
      alpha.append(moment / norm)
      beta.append(order == 0 ? .zero : norm / norms[order - 1])
      if order < degree {
        var next = DoubleDoubleVector(zeros: mapped.count)
        for index in mapped.indices {
          let previous = order == 0 ? DoubleDouble.zero : values[order - 1][index]
          next[index] = (mapped[index] - alpha[order]) * current[index] - beta[order] * previous
        }
        values.append(next)
      }
    }
    (self.centre, halfWidthExponent) = (centre, exponent)
    (self.alpha, self.beta, squaredNorms, self.values) = (alpha, beta, norms, values)
  }

  /// `p₀(x) … p_degree(x)`.
  func evaluate(at x: Double) -> [DoubleDouble] {
    let t = DoubleDouble.sum(x, -centre).scaled(byPowerOfTwo: -halfWidthExponent)
    var values = [DoubleDouble.one]
    for order in 0..<degree {
      let previous = order == 0 ? DoubleDouble.zero : values[order - 1]
      values.append((t - alpha[order]) * values[order] - beta[order] * previous)
    }
    return values
  }

  /// The coefficients of each polynomial in powers of x itself, by the same recurrence on coefficients.
  var powers: [[DoubleDouble]] {
    let shift = DoubleDouble(centre.scaled(byPowerOfTwo: -halfWidthExponent))
    var powers: [[DoubleDouble]] = [[.one]]
    for order in 0..<degree {
      var next = [DoubleDouble](repeating: .zero, count: order + 2)
      for (power, coefficient) in powers[order].enumerated() {
        next[power + 1] += coefficient.scaled(byPowerOfTwo: -halfWidthExponent)
        next[power] -= (shift + alpha[order]) * coefficient
      }
      if order > 0 {
        for (power, coefficient) in powers[order - 1].enumerated() {
          next[power] -= beta[order] * coefficient
        }
      }
      powers.append(next)
    }
    return powers
  }
}
