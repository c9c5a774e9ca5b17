/// A polynomial in one variable, usually time, fitted by weighted least squares.
///
/// Powers of a year such as 2024 are so nearly proportional to each other that a solver fed with them loses
/// most of its digits before it begins: rounding x¹⁰ to double is already too much. The trend is therefore
/// fitted on polynomials orthogonal over the abscissae themselves (Forsythe 1957), on a mapped domain, in
/// double-double throughout; the coefficients of the raw powers are converted back in double-double as well.
///
/// Cost: O(m · degree) for m abscissae. A trend of a high degree follows the noise and must not be
/// extrapolated.
public struct PolynomialTrend: Equatable, Sendable {
  /// The degree of the polynomial.
  public let degree: Int
  /// The smallest and the largest abscissa that carry weight.
  public let domain: ClosedRange<Double>
  /// β₀ … β_degree of `β₀ + β₁x + β₂x² + …` in powers of the abscissa as it was given.
  ///
  /// Where the abscissae lie far from zero these are large numbers that cancel each other. They are right to
  /// nearly all their digits; evaluating the power sum in double precision is not, so take ``value(at:)`` for
  /// that.
  public let coefficients: [Double]
  /// The standard errors of ``coefficients``; nil when no degree of freedom is left.
  public let standardErrors: [Double]?
  /// The polynomial at the abscissae.
  public let fitted: [Double]
  /// The response less the polynomial, not multiplied by the weights.
  public let residuals: [Double]
  /// `Σ wᵢ rᵢ²`; infinity where no double can hold it (residuals beyond about 10¹⁵⁴), as is the variance then.
  public let residualSumOfSquares: Double
  /// The residual sum of squares over the degrees of freedom; nil when there are none.
  public let residualVariance: Double?
  /// The abscissae that carry weight less the number of coefficients, zero or more.
  public let degreesOfFreedom: Int
  private let basis: OrthogonalPolynomialBasis
  private let basisCoefficients: [DoubleDouble]
  /// The standard deviation of a response whose scaled weight is one.
  private let residualScale: Double?

  /// Fits a polynomial.
  ///
  /// - Parameters:
  ///   - degree: zero or more; fewer than the different abscissae.
  ///   - abscissae: m values of x, in any order, repeated or not.
  ///   - response: m values of y.
  ///   - weights: m weights of zero or more, inverse to the variances; nil for equal ones.
  /// - Throws: `negativeDegree`, `empty`, `shapeMismatch`, `nonFinite` (the abscissae are column 1),
  ///   `nonFiniteResponse`, `invalidWeight`, `tooFewDistinctAbscissae`, or `overflow` naming the power whose
  ///   coefficient no double can hold.
  public init(
    degree: Int, abscissae: [Double], response: [Double], weights: [Double]? = nil
  ) throws(LinearAlgebraError) {
    let scaledWeights = try Self.check(degree, abscissae, response, weights)
    let carrying = abscissae.indices.filter { scaledWeights.values?[$0] != 0 }.map { abscissae[$0] }
    let sorted = carrying.sorted()
    let distinct = zip(sorted, sorted.dropFirst()).count { $0 < $1 } + (sorted.isEmpty ? 0 : 1)
    guard distinct > degree, let first = sorted.first, let last = sorted.last else {
      throw .tooFewDistinctAbscissae(found: distinct, degree: degree)
    }
    self.degree = degree
    domain = first...last
    basis = try OrthogonalPolynomialBasis(
      degree: degree, abscissae: abscissae, weights: scaledWeights.values, domain: domain)

    let exponent = response.reduce(0) { max($0, $1.magnitude) }.binaryExponent
    var rest = DoubleDoubleVector(response.map { $0.scaled(byPowerOfTwo: -exponent) })
    let scaled = rest
    basisCoefficients = Self.project(&rest, on: basis, weights: scaledWeights.values).map {
      $0.scaled(byPowerOfTwo: exponent)
    }
    residuals = abscissae.indices.map { rest[$0].scaled(byPowerOfTwo: exponent).rounded }
    fitted = abscissae.indices.map { (scaled[$0] - rest[$0]).scaled(byPowerOfTwo: exponent).rounded }

    var squares = DoubleDouble.zero
    for index in abscissae.indices {
      squares += rest[index] * rest[index] * (scaledWeights.values?[index] ?? 1)
    }
    let squaresExponent = 2 * (exponent + scaledWeights.exponent)
    degreesOfFreedom = carrying.count - degree - 1
    residualSumOfSquares = squares.scaled(byPowerOfTwo: squaresExponent).rounded

    let powers = basis.powers
    coefficients = Self.combine(basisCoefficients, powers)
    if degreesOfFreedom > 0 {
      let variance = squares / DoubleDouble(Double(degreesOfFreedom))
      residualVariance = variance.scaled(byPowerOfTwo: squaresExponent).rounded
      residualScale = variance.rounded.squareRoot().scaled(byPowerOfTwo: exponent)
      standardErrors = Self.spread(powers, basis.squaredNorms).map {
        (variance * $0).rounded.squareRoot().scaled(byPowerOfTwo: exponent)
      }
    } else {
      (residualVariance, residualScale, standardErrors) = (nil, nil, nil)
    }
    for power in 0...degree {
      guard coefficients[power].isFinite, standardErrors?[power].isFinite ?? true else {
        throw .overflow(column: ColumnReference(index: power, name: "power \(power)"))
      }
    }
  }

  /// The polynomial at `x`, evaluated on the orthogonal basis in double-double.
  public func value(at x: Double) -> Double {
    let values = basis.evaluate(at: x)
    var sum = DoubleDouble.zero
    for (coefficient, value) in zip(basisCoefficients, values) { sum += coefficient * value }
    return sum.rounded
  }

  /// The standard error of the polynomial (the mean, not a new observation) at `x`; nil when no degree of
  /// freedom is left.
  public func standardError(at x: Double) -> Double? {
    guard let residualScale else { return nil }
    var sum = DoubleDouble.zero
    for (norm, value) in zip(basis.squaredNorms, basis.evaluate(at: x)) { sum += value * value / norm }
    return residualScale * sum.rounded.squareRoot()
  }
}
