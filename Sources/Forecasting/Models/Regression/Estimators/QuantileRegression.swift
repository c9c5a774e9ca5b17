import LinearAlgebra
import RealModule
import Statistics

/// Regression of a quantile (Koenker and Bassett, 1978): the coefficients that minimise `Σ ρ_τ(y − xᵀβ)`, where
/// `ρ_τ(r) = r (τ − [r < 0])`. For τ = ½ it is median regression, least absolute deviations.
///
/// Exact: a best solution passes through k of the observations, and the search goes from one such set to the next
/// along the edges between them (Barrodale and Roberts, 1973; Koenker and d'Orey, 1987), each time as far as the
/// objective falls, which a weighted median tells. Where several observations lie on one plane, the response is
/// moved by less than rounding at publication while the search lasts; signs of residuals, and so the proof that
/// the end is a minimum, are those of the response as given. One step takes O(n k² + n log n).
public struct QuantileRegression: Hashable, Sendable {
  /// The probability of the quantile, strictly between 0 and 1.
  public let probability: Double

  /// Median regression.
  public static let median = QuantileRegression(checked: 0.5)

  /// The regression of a quantile; nil unless the probability lies strictly between 0 and 1.
  public init?(_ probability: Double) {
    guard probability > 0, probability < 1 else { return nil }
    self.init(checked: probability)
  }

  private init(checked probability: Double) { self.probability = probability }

  /// What the regression of a quantile found.
  public struct Fit: Sendable {
    /// The coefficients.
    public let coefficients: [Double]
    /// `y − Xβ`, exactly zero for the observations in ``basis``.
    public let residuals: [Double]
    /// `Σ ρ_τ(residual)`.
    public let objective: Double
    /// The rows of the k observations that the solution passes through, in increasing order.
    public let basis: [Int]
    /// The covariance of the coefficients if the errors are alike: `τ(1 − τ) s² (XᵀX)⁻¹`, where the sparsity s is
    /// a quotient of differences of residual quantiles over the width of Hall and Sheather (1988) (Koenker, 2005,
    /// section 3.4).
    public let covariance: Matrix
    /// How many edges were walked.
    public let steps: Int
  }

  /// Fits a response.
  ///
  /// - Throws: what `LeastSquaresProblem` throws of a design; `notConverged` should the search
  ///   not end.
  public func fit(
    design: Matrix, columnNames: [String]? = nil, response: [Double]
  ) throws(LinearAlgebraError) -> Fit {
    let start = try LeastSquaresProblem(design: design, columnNames: columnNames).fit(response)
    var search = try QuantileVertexSearch(design: design, errors: start.residuals, probability: probability)
    try search.run()
    let basis = search.basis.sorted()
    let square = Matrix(rows: basis.count, columns: basis.count) { design[basis[$0], $1] }
    let coefficients = try LeastSquaresProblem(design: square, columnNames: columnNames)
      .fit(basis.map { response[$0] }).coefficients
    var residuals = zip(response, try design * coefficients).map { $0 - $1 }
    for row in basis { residuals[row] = 0 }
    let objective = residuals.reduce(0) { $0 + loss($1) }
    let factor = probability * (1 - probability) * Double.pow(sparsity(residuals, columns: design.columns), 2)
    return Fit(
      coefficients: coefficients, residuals: residuals, objective: objective, basis: basis,
      covariance: Matrix(rows: design.columns, columns: design.columns) {
        factor * start.unscaledCovariance[$0, $1]
      }, steps: search.steps)
  }

  /// `ρ_τ` of a residual.
  public func loss(_ residual: Double) -> Double {
    residual * (residual < 0 ? probability - 1 : probability)
  }

  /// One over the density of the errors at their quantile.
  ///
  /// The k residuals that are zero because the solution passes through them are counted once: as they would be if
  /// they were free, somewhere about zero.
  private func sparsity(_ residuals: [Double], columns: Int) -> Double {
    let count = Double(residuals.count)
    let z = StandardNormal.quantile(probability)
    let density = Double.exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    let width =
      Double.pow(count, -1.0 / 3) * Double.pow(1.959963984540054, 2.0 / 3)
      * Double.pow(1.5 * density * density / (2 * z * z + 1), 1.0 / 3)
    // At least so wide that the observations passed through do not fill it.
    let half = max(width, Double(columns + 1) / count)
    let (lower, upper) = (max(0, probability - half), min(1, probability + half))
    let sorted = residuals.sorted()
    func quantile(_ p: Double) -> Double {
      let place = p * Double(sorted.count - 1)
      let below = min(Int(place), sorted.count - 1)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    return (quantile(upper) - quantile(lower)) / (upper - lower)
      * (count / max(1, count - Double(columns))).squareRoot()
  }
}
