import LinearAlgebra
import RealModule

/// The likelihood of the parameters of a Gaussian process given a sample, the coefficients of its mean integrated out
/// under a flat prior (Rasmussen and Williams, 2006, section 2.7).
///
/// Parameters are logarithms, in this order: the length scale in periods; the variances of the trend and of the noise; and
/// with a season the variance of the season and its length scale. Variances are in units of ``unit`` squared.
struct GaussianProcessLikelihood: Sendable {
  let kernel: CovarianceKernel
  /// The length of the season; nil for none.
  let season: Int?
  let positions: [Int]
  /// The observations in units of ``unit``.
  let values: [Double]
  /// Known sampling variances in units of ``unit`` squared; zeros where none are known.
  let knownVariances: [Double]
  /// The columns of the mean: ones, and for a line the distance from ``centre``.
  let mean: Matrix
  let centre: Double
  /// The standard deviation about the mean by least squares.
  let unit: Double
  /// The least and the greatest value of each parameter.
  let lower: [Double]
  let upper: [Double]

  /// - Throws: what linear algebra says of a mean that cannot be fitted.
  init(sample: Sample, kernel: CovarianceKernel, isLinear: Bool, season: Int?) throws(LinearAlgebraError) {
    let count = sample.count
    let times = sample.positions.map(Double.init)
    let centre = times.reduce(0) { $0 + $1 / Double(count) }
    mean = Matrix(rows: count, columns: isLinear ? 2 : 1) { $1 == 0 ? 1 : times[$0] - centre }
    let fit = try LeastSquaresProblem(design: mean).fit(sample.values)
    let spread = (fit.residualVariance ?? 0).squareRoot()
    // Values without spread are known to rounding only.
    let unit = max(spread, sample.roundingVariance.squareRoot(), 1e-150)
    self.kernel = kernel
    self.season = season
    self.centre = centre
    self.unit = unit
    positions = sample.positions
    values = sample.values.map { $0 / unit }
    let known = sample.samplingVariances.flatMap { $0.allSatisfy { $0 >= 0 && $0.isFinite } ? $0 : nil }
    knownVariances = (known ?? times.map { _ in 0 }).map { $0 / (unit * unit) }
    let span = Double(max(1, sample.positions.last ?? 1))
    // Below one period a trend is noise; three times the series is as good as its mean.
    let rounding = sample.roundingVariance / (unit * unit)
    lower =
      [0, Double.log(1e-6), Double.log(max(1e-5, min(1, rounding)))]
      + (season == nil ? [] : [Double.log(1e-6), Double.log(0.3)])
    upper =
      [Double.log(3 * span), Double.log(1e3), Double.log(1e2)]
      + (season == nil ? [] : [Double.log(1e3), Double.log(3)])
  }

  /// The number of coefficients of the mean.
  var coefficients: Int { mean.columns }

  /// Covariances by distance: the parts of trend and season, and their derivatives by the logarithms of the length scales.
  struct Covariances {
    var trend: [Double]
    var trendSlope: [Double]
    var season: [Double]
    var seasonSlope: [Double]
  }

  /// Covariances for distances of zero to `furthest` periods.
  func covariances(_ parameters: UnsafeBufferPointer<Double>, furthest: Int) -> Covariances {
    let (length, variance) = (Double.exp(parameters[0]), Double.exp(parameters[1]))
    let zeros = [Double](repeating: 0, count: furthest + 1)
    var result = Covariances(trend: zeros, trendSlope: zeros, season: zeros, seasonSlope: zeros)
    for distance in 0...furthest {
      let (value, slope) = kernel.correlation(Double(distance) / length)
      result.trend[distance] = variance * value
      result.trendSlope[distance] = variance * slope
    }
    guard let season, parameters.count > 4 else { return result }
    let (seasonVariance, seasonLength) = (Double.exp(parameters[3]), Double.exp(parameters[4]))
    for distance in 0...furthest {
      let (value, slope) = CovarianceKernel.periodic(distance, period: season, lengthScale: seasonLength)
      result.season[distance] = seasonVariance * value
      result.seasonSlope[distance] = seasonVariance * slope
    }
    return result
  }

  /// The covariance matrix of the observations.
  func matrix(_ covariances: Covariances, noise: Double) -> Matrix {
    Matrix(rows: positions.count, columns: positions.count) { row, column in
      let distance = abs(positions[row] - positions[column])
      return covariances.trend[distance] + covariances.season[distance]
        + (row == column ? noise + knownVariances[row] : 0)
    }
  }

  /// Minus the log-likelihood, and its gradient where there is room for one; infinite where the covariance matrix is not
  /// positive definite in double precision.
  func loss(
    _ parameters: UnsafeBufferPointer<Double>, gradient: UnsafeMutableBufferPointer<Double>?
  ) -> Double {
    let covariances = covariances(parameters, furthest: positions.last ?? 0)
    let noise = Double.exp(parameters[2])
    guard let solved = try? Solved(self, matrix(covariances, noise: noise)) else { return .infinity }
    guard let gradient else { return -solved.logLikelihood }
    guard let projection = try? solved.projection(mean: mean) else { return .infinity }
    for index in gradient.indices { gradient[index] = 0 }
    // ∂/∂θ = ½ (tr(P ∂Σ/∂θ) − αᵀ(∂Σ/∂θ)α), with α = Py and P the inverse less what the mean takes out of it. Every
    // derivative depends on the distance alone, so the cells are gathered by distance first.
    var byDistance = [Double](repeating: 0, count: covariances.trend.count)
    projection.withUnsafeColumnMajor { cells, stride in
      for column in positions.indices {
        for row in column..<positions.count {
          let share = cells[column * stride + row] - solved.weights[row] * solved.weights[column]
          byDistance[positions[row] - positions[column]] += row == column ? share / 2 : share
        }
      }
    }
    gradient[2] = noise * byDistance[0]
    for (distance, share) in byDistance.enumerated() {
      gradient[0] += share * covariances.trendSlope[distance]
      gradient[1] += share * covariances.trend[distance]
      guard gradient.count > 4 else { continue }
      gradient[3] += share * covariances.season[distance]
      gradient[4] += share * covariances.seasonSlope[distance]
    }
    return -solved.logLikelihood
  }

  /// The generalised least squares problem for one covariance matrix, solved.
  struct Solved: Sendable {
    let factor: CholeskyFactorisation
    /// Σ⁻¹H.
    let inverseMean: Matrix
    /// HᵀΣ⁻¹H, factorised.
    let information: CholeskyFactorisation
    /// The coefficients of the mean.
    let coefficients: [Double]
    /// α = Σ⁻¹(y − Hβ).
    let weights: [Double]
    /// (y − Hβ)ᵀΣ⁻¹(y − Hβ).
    let quadratic: Double
    let logLikelihood: Double

    init(_ problem: GaussianProcessLikelihood, _ covariance: Matrix) throws(LinearAlgebraError) {
      factor = try CholeskyFactorisation(covariance)
      inverseMean = try factor.solve(problem.mean)
      let cross = try problem.mean.transposedTimes(inverseMean)
      information = try CholeskyFactorisation(
        Matrix(rows: cross.rows, columns: cross.columns) { (cross[$0, $1] + cross[$1, $0]) / 2 })
      coefficients = try information.solve(try inverseMean.transposedTimes(problem.values))
      let fitted = try problem.mean * coefficients
      let residuals = zip(problem.values, fitted).map { $0 - $1 }
      weights = try factor.solve(residuals)
      quadratic = zip(residuals, weights).reduce(0) { $0 + $1.0 * $1.1 }
      let freedom = Double(problem.values.count - problem.coefficients)
      logLikelihood =
        -0.5
        * (freedom * Double.log(2 * Double.pi) + factor.logDeterminant + information.logDeterminant
          + quadratic)
    }

    /// P = Σ⁻¹ − Σ⁻¹H (HᵀΣ⁻¹H)⁻¹ HᵀΣ⁻¹.
    func projection(mean: Matrix) throws(LinearAlgebraError) -> Matrix {
      let inverse = try factor.solve(Matrix.identity(factor.order))
      let taken = try information.solve(inverseMean.transposed)
      let product = try inverseMean * taken
      return Matrix(rows: factor.order, columns: factor.order) { inverse[$0, $1] - product[$0, $1] }
    }
  }
}
