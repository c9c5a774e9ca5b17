/// What a least squares fit found.
///
/// Vectors over the columns are in the order of the design's columns, vectors over the rows in the order of
/// its rows.
public struct LeastSquaresFit: Equatable, Sendable {
  /// β, in units of the response for each unit of the column.
  public let coefficients: [Double]
  /// The standard errors `s √((XᵀWX)⁻¹)ⱼⱼ` of the coefficients; nil when no degree of freedom is left to
  /// estimate s.
  public let standardErrors: [Double]?
  /// `Xβ`.
  public let fitted: [Double]
  /// `y − Xβ`, not multiplied by the weights.
  public let residuals: [Double]
  /// `wᵢ xᵢᵀ(XᵀWX)⁻¹xᵢ`: how much each response pulls its own fitted value. Between 0 and 1; they sum to the
  /// rank.
  public let leverages: [Double]
  /// `Σ wᵢ rᵢ²`; infinity where no double can hold it (residuals beyond about 10¹⁵⁴), as is the variance then.
  public let residualSumOfSquares: Double
  /// s², the residual sum of squares over the degrees of freedom; nil when there are none.
  public let residualVariance: Double?
  /// The rows that carry weight less the columns, zero or more.
  public let degreesOfFreedom: Int
  /// `(XᵀWX)⁻¹`; times ``residualVariance`` it is the covariance of the coefficients.
  public let unscaledCovariance: Matrix
  /// An estimate of the condition number (1-norm) of R after equilibration. The digits a plain solver would
  /// lose are about its decimal logarithm.
  public let conditionEstimate: Double
  /// The number of corrections after the first solution; zero without refinement.
  public let refinementSteps: Int
  /// The share of the weighted sum of squares of the response that is explained: about the weighted mean when
  /// the design ``hasIntercept``, else about zero. Nil when the response does not vary about that point at
  /// all.
  public let rSquared: Double?
  /// Whether a constant is a combination of the columns.
  public let hasIntercept: Bool

  /// - Throws: `illConditioned`, or `overflow` naming the column whose coefficient leaves the range of
  ///   doubles.
  init(_ design: EquilibratedDesign, response: [Double]) throws(LinearAlgebraError) {
    let (rows, columns) = (design.rows, design.columns)
    let (solution, scaled, exponent) = try design.solve(response)
    let exponents = design.columnExponents

    coefficients = (0..<columns).map { column in
      solution.unknowns[column].scaled(byPowerOfTwo: exponent - exponents[column]).rounded
    }
    residuals = (0..<rows).map { solution.residuals[$0].scaled(byPowerOfTwo: exponent).rounded }
    fitted = (0..<rows).map { row in
      (DoubleDouble(scaled[row]) - solution.residuals[row]).scaled(byPowerOfTwo: exponent).rounded
    }

    let weights = design.system.weights
    var squares = DoubleDouble.zero
    for row in 0..<rows {
      let residual = solution.residuals[row]
      squares += residual * residual * (weights?[row] ?? 1)
    }
    let squaresExponent = 2 * (exponent + design.weightExponent)
    residualSumOfSquares = squares.scaled(byPowerOfTwo: squaresExponent).rounded
    degreesOfFreedom = design.effectiveRows - columns

    let inverse = design.inverse
    unscaledCovariance = Matrix(rows: columns, columns: columns) { row, column in
      // Refined column by column; the mean of the two mirror images is symmetric to the last bit.
      let both = inverse[column * columns + row] + inverse[row * columns + column]
      let shift = exponents[row] + exponents[column] + 2 * design.weightExponent + 1
      return both.scaled(byPowerOfTwo: -shift).rounded
    }
    if degreesOfFreedom > 0 {
      let variance = squares / DoubleDouble(Double(degreesOfFreedom))
      residualVariance = variance.scaled(byPowerOfTwo: squaresExponent).rounded
      standardErrors = (0..<columns).map { column in
        // The scale of the weights cancels between s² and (XᵀWX)⁻¹.
        (variance * inverse[column * columns + column]).rounded.squareRoot()
          .scaled(byPowerOfTwo: exponent - exponents[column])
      }
    } else {
      (residualVariance, standardErrors) = (nil, nil)
    }

    leverages = design.leverages
    conditionEstimate = design.system.conditionEstimate
    refinementSteps = solution.steps
    hasIntercept = design.hasIntercept
    let total = Self.totalSquares(scaled, weights: weights, centred: design.hasIntercept)
    rSquared = total.high > 0 ? (DoubleDouble.one - squares / total).rounded : nil

    for column in 0..<columns {
      guard coefficients[column].isFinite, standardErrors?[column].isFinite ?? true else {
        throw .overflow(column: design.system.reference(column))
      }
    }
  }

  private static func totalSquares(
    _ response: [Double], weights: [Double]?, centred: Bool
  ) -> DoubleDouble {
    var (sum, weight) = (DoubleDouble.zero, DoubleDouble.zero)
    for (row, value) in response.enumerated() {
      let share = weights?[row] ?? 1
      sum += .product(value, share)
      weight += DoubleDouble(share)
    }
    let centre = centred ? sum / weight : .zero
    var squares = DoubleDouble.zero
    for (row, value) in response.enumerated() {
      let difference = DoubleDouble(value) - centre
      squares += difference * difference * (weights?[row] ?? 1)
    }
    return squares
  }
}
