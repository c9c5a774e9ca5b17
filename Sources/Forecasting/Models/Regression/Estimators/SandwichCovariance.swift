import LinearAlgebra
import RealModule

/// The covariance of least squares coefficients when the errors are not independent or not equally wide:
/// `(XᵀX)⁻¹ Ω (XᵀX)⁻¹`, with Ω estimated from the residuals.
public enum SandwichCovariance: Hashable, Sendable {
  /// Errors of unequal width (White, 1980); the correction is that of MacKinnon and White (1985), 0 to 3.
  case heteroscedastic(Correction)
  /// Errors of unequal width that are correlated up to some lag: Newey and West (1987), with Bartlett's weights
  /// and no prewhitening. The small-sample option multiplies by n/(n − k).
  case neweyWest(lags: Int, smallSample: Bool)

  /// How squared residuals are corrected for having been fitted.
  public enum Correction: Int, Hashable, Sendable, CaseIterable {
    /// Not at all (HC0).
    case none
    /// By n/(n − k) (HC1).
    case degreesOfFreedom
    /// By 1/(1 − h) for leverage h (HC2).
    case leverage
    /// By 1/(1 − h)² (HC3).
    case squaredLeverage
  }

  /// The number of lags by the rule of Newey and West (1994): the whole part of 4 (n/100)^(2/9), and fewer than
  /// n.
  public static func lags(observations: Int) -> Int {
    max(0, min(observations - 1, Int(4 * Double.pow(Double(observations) / 100, 2.0 / 9))))
  }

  /// The covariance of the coefficients.
  ///
  /// A lag is a distance in time: with gaps between the observations, pairs that are not observed add nothing,
  /// and the estimate stays positive semidefinite.
  ///
  /// - Parameters:
  ///   - fit: an unweighted least squares fit.
  ///   - design: its design, n × k.
  ///   - positions: the periods of the rows, strictly increasing.
  /// - Returns: a symmetric matrix, k × k.
  public func matrix(of fit: LeastSquaresFit, design: Matrix, positions: [Int]) throws(LinearAlgebraError)
    -> Matrix
  {
    let (rows, columns) = (design.rows, design.columns)
    // On an orthonormal basis, X = QR, so that columns of very different size do not cancel: the covariance is
    // R⁻¹ Ω R⁻ᵀ with the scores of Q in Ω.
    let factor = try QRFactorisation(design)
    let basis = try factor.orthogonalBasis()
    let scores = Matrix(rows: rows, columns: columns) { row, column in
      basis[row, column] * fit.residuals[row] * rootFactor(leverage: fit.leverages[row])
    }
    var meat = try scores.transposedTimes(scores)
    if case .neweyWest(let lags, _) = self, lags > 0 {
      for row in 1..<max(1, rows) {
        for earlier in stride(from: row - 1, through: 0, by: -1) {
          let lag = positions[row] - positions[earlier]
          guard lag <= lags else { break }
          let weight = 1 - Double(lag) / Double(lags + 1)
          for i in 0..<columns {
            for j in 0..<columns {
              meat[i, j] +=
                weight * (scores[row, i] * scores[earlier, j] + scores[earlier, i] * scores[row, j])
            }
          }
        }
      }
    }
    let half = try SquareSystem.solve(factor.upper, meat)
    let covariance = try SquareSystem.solve(factor.upper, half.transposed)
    let sample = sampleFactor(rows: rows, columns: columns)
    return Matrix(rows: columns, columns: columns) {
      sample * (covariance[$0, $1] + covariance[$1, $0]) / 2
    }
  }

  private func rootFactor(leverage: Double) -> Double {
    // A leverage of one is an observation that fits itself; its residual is zero whatever it is multiplied by.
    let rest = max(1 - leverage, .leastNormalMagnitude)
    return switch self {
    case .heteroscedastic(.leverage): 1 / rest.squareRoot()
    case .heteroscedastic(.squaredLeverage): 1 / rest
    default: 1
    }
  }

  private func sampleFactor(rows: Int, columns: Int) -> Double {
    switch self {
    case .heteroscedastic(.degreesOfFreedom), .neweyWest(_, smallSample: true):
      Double(rows) / Double(max(1, rows - columns))
    default: 1
    }
  }
}
