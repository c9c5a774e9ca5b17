import LinearAlgebra
import RealModule

/// Huber's M-estimate of regression (1964, 1973): errors count by their square up to k times the scale and by
/// their size beyond, so that a few wild observations bend the line no further.
///
/// The scale is the median absolute residual over 0.6745, estimated anew in each round of iteratively reweighted
/// least squares, from a least squares start, until neither moves: the estimate of `MASS::rlm` (Venables and
/// Ripley, 2002, section 6.5), carried on to convergence.
public struct HuberRegression: Hashable, Sendable {
  /// Where the square gives way to the size, in units of the scale; 1.345 keeps 95 per cent of the efficiency of
  /// least squares when errors are normal.
  public let tuning: Double

  /// An estimator with its tuning constant.
  public init(tuning: Double = 1.345) { self.tuning = tuning }

  /// What Huber's regression found.
  public struct Fit: Sendable {
    /// The coefficients.
    public let coefficients: [Double]
    /// `y − Xβ`.
    public let residuals: [Double]
    /// The weight of each observation: 1 up to the tuning constant, less beyond.
    public let weights: [Double]
    /// The robust scale of the errors.
    public let scale: Double
    /// The covariance of the coefficients: `κ²/(n − k) Σψ² / mean(ψ′)² (XᵀX)⁻¹` in units of the scale (Huber,
    /// 1981, section 7.6).
    public let covariance: Matrix
    /// How often least squares were weighted anew.
    public let iterations: Int
  }

  /// Fits a response.
  ///
  /// - Parameters:
  ///   - design: one row for each observation, one column for each term.
  ///   - columnNames: what the columns are called in errors; nil counts them.
  ///   - response: the observations.
  ///   - floor: the least scale that is believed: where more than half of the residuals are nothing, they are not
  ///     all.
  /// - Returns: the fit, or nil where the iteration does not settle.
  public func fit(
    design: Matrix, columnNames: [String]? = nil, response: [Double], floor: Double = 0
  ) throws(LinearAlgebraError) -> Fit? {
    let problem = try LeastSquaresProblem(design: design, columnNames: columnNames)
    let start = try problem.fit(response)
    var current = start
    var scale = 0.0
    let rounding = 4 * .ulpOfOne * response.reduce(0) { max($0, abs($1)) }
    for iteration in 1...Self.mostIterations {
      scale = max(Self.scale(of: current.residuals), floor)
      guard scale > 0 else { return nil }
      let weights = current.residuals.map { min(1, tuning * scale / max(abs($0), .leastNormalMagnitude)) }
      let next = try problem.fit(response, weights: weights)
      let change = zip(next.residuals, current.residuals).reduce(0) { max($0, abs($1.0 - $1.1)) }
      current = next
      guard change > max(1e-11 * scale, rounding) else {
        return Fit(
          coefficients: current.coefficients, residuals: current.residuals, weights: weights, scale: scale,
          covariance: covariance(current.residuals, scale: scale, unscaled: start.unscaledCovariance),
          iterations: iteration)
      }
    }
    return nil
  }

  private static let mostIterations = 2000

  /// The median absolute residual in units of a normal standard deviation.
  private static func scale(of residuals: [Double]) -> Double {
    let sizes = residuals.map(\.magnitude).sorted()
    guard !sizes.isEmpty else { return 0 }
    let middle = sizes.count / 2
    let median = sizes.count % 2 == 1 ? sizes[middle] : (sizes[middle - 1] + sizes[middle]) / 2
    return median / 0.6745
  }

  private func covariance(_ residuals: [Double], scale: Double, unscaled: Matrix) -> Matrix {
    let (n, k) = (Double(residuals.count), Double(unscaled.rows))
    let psi = residuals.map { max(-tuning * scale, min(tuning * scale, $0)) }
    // ψ′ is one inside and zero outside, so its mean is the share of errors inside.
    let inside = Double(residuals.count { $0.magnitude <= tuning * scale })
    let mean = inside / n
    let spread = mean * (1 - mean) * n / (n - 1)
    let kappa = 1 + k * spread / (n * mean * mean)
    let sumOfSquares = psi.reduce(0) { $0 + $1 * $1 }
    let factor = kappa * kappa * sumOfSquares / (n - k) / (mean * mean)
    return Matrix(rows: unscaled.rows, columns: unscaled.columns) { factor * unscaled[$0, $1] }
  }
}
