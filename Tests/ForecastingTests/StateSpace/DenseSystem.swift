import LinearAlgebra
import RealModule
import Statistics

@testable import Forecasting

/// A state-space model as one large normal distribution: the observations that were made and all states, with their
/// means, their joint covariance and their loadings on the diffuse start. Nothing here is recursive in the way of the
/// filter; what it says of likelihood and states comes from Cholesky factors of the whole.
struct DenseSystem {
  let observed: [Int]
  /// y less the proper mean.
  let residual: [Double]
  /// Ω, the covariance of the observations given the diffuse start.
  let covariance: Matrix
  /// X, their loadings on the diffuse start; no column where the start is proper.
  let design: Matrix
  /// For each time, m × n: the covariance of state and observations.
  let stateCovariances: [Matrix]
  let stateVariances: [Matrix]
  let stateMeans: [[Double]]
  let stateDesigns: [Matrix]

  init(_ system: StateSpace, _ series: ObservedSeries) throws {
    let m = system.dimension
    let n = series.count
    let r = system.diffuseRank
    let transition = Matrix(rows: m, columns: m) { system.transition[$0 * m + $1] }
    let disturbance = Matrix(rows: m, columns: m) { system.disturbance[$0 * m + $1] }
    var mean = system.initialState
    var variance = Matrix(rows: m, columns: m) { system.initialVariance[$0 * m + $1] }
    var directions = Matrix(rows: m, columns: max(r, 1)) { r == 0 ? 0 : system.diffuse[$1 * m + $0] }
    var means: [[Double]] = []
    var variances: [Matrix] = []
    var designs: [Matrix] = []
    for _ in 0..<n {
      means.append(mean)
      variances.append(variance)
      designs.append(directions)
      mean = zip(try transition * mean, system.intercept).map { $0 + $1 }
      let moved = try transition * variance * transition.transposed
      variance = Matrix(rows: m, columns: m) { moved[$0, $1] + disturbance[$0, $1] }
      directions = try transition * directions
    }
    let loadings = (0..<n).map { time in
      (0..<m).map { i in
        let covariate = i - (m - system.covariates)
        return covariate >= 0 ? series.covariates[time * system.covariates + covariate] : system.loading[i]
      }
    }
    let times = (0..<n).filter { !series.values[$0].isNaN }
    // Cov(α(s), y(t)) for all s and the observed t, from Cov(α(s), α(t)) = Var(α(s)) (T^(t−s))ᵀ for s ≤ t.
    var powers = [Matrix.identity(m)]
    for _ in 0..<n { powers.append(try transition * powers[powers.count - 1]) }
    func covariance(_ s: Int, _ t: Int) throws -> [Double] {
      let block =
        s <= t ? try variances[s] * powers[t - s].transposed : try powers[s - t] * variances[t]
      return try block * loadings[t]
    }
    var crossed: [[[Double]]] = []
    for s in 0..<n { crossed.append(try times.map { try covariance(s, $0) }) }
    func dot(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
    observed = times
    residual = times.map { series.values[$0] - dot(loadings[$0], means[$0]) }
    self.covariance = Matrix(rows: times.count, columns: times.count) { i, j in
      let known = series.knownVariances.isEmpty ? 0 : series.knownVariances[times[i]]
      return dot(loadings[times[i]], crossed[times[i]][j]) + (i == j ? system.noise + known : 0)
    }
    design = Matrix(rows: times.count, columns: r) { i, j in
      dot(loadings[times[i]], designs[times[i]].column(j))
    }
    stateCovariances = (0..<n).map { s in
      Matrix(rows: m, columns: times.count) { i, j in crossed[s][j][i] }
    }
    stateVariances = variances
    stateMeans = means
    stateDesigns = designs
  }

  /// −½ {n log 2π + log|Ω| + log|Xᵀ Ω⁻¹ X| + eᵀ Ω⁻¹ e} with the generalised least squares residual e.
  func logLikelihood() throws -> Double {
    let factor = try CholeskyFactorisation(covariance)
    var value = Double(observed.count) * Double.log(2 * Double.pi) + factor.logDeterminant
    var residual = residual
    if design.columns > 0 {
      let weighted = try factor.solve(design)
      let information = try CholeskyFactorisation(design.transposedTimes(weighted))
      value += information.logDeterminant
      let start = try information.solve(weighted.transposedTimes(residual))
      residual = zip(residual, try design * start).map { $0 - $1 }
    }
    value += zip(residual, try factor.solve(residual)).reduce(0) { $0 + $1.0 * $1.1 }
    return -0.5 * value
  }

  /// The log-likelihood with a start of variance κ instead of a diffuse one, the factors √κ taken out: for systems
  /// whose observations have no variance but that of the start.
  func logLikelihood(startVariance: Double) throws -> Double {
    let start = try design * design.transposed
    let factor = try CholeskyFactorisation(
      Matrix(rows: observed.count, columns: observed.count) {
        covariance[$0, $1] + startVariance * start[$0, $1]
      })
    let square = zip(residual, try factor.solve(residual)).reduce(0) { $0 + $1.0 * $1.1 }
    let determinant = factor.logDeterminant - Double(design.columns) * Double.log(startVariance)
    return -0.5 * (Double(observed.count) * Double.log(2 * Double.pi) + determinant + square)
  }

  /// The mean and the variance of the state at a time given all observations.
  func state(_ time: Int) throws -> (mean: [Double], variance: Matrix) {
    let factor = try CholeskyFactorisation(covariance)
    let m = stateMeans[time].count
    // C Ω⁻¹, transposed.
    let weights = try factor.solve(stateCovariances[time].transposed)
    let explained = try stateCovariances[time] * weights
    var residual = residual
    var mean = stateMeans[time]
    var variance = Matrix(rows: m, columns: m) { stateVariances[time][$0, $1] - explained[$0, $1] }
    if design.columns > 0 {
      let weighted = try factor.solve(design)
      let information = try CholeskyFactorisation(design.transposedTimes(weighted))
      let start = try information.solve(weighted.transposedTimes(residual))
      residual = zip(residual, try design * start).map { $0 - $1 }
      mean = zip(mean, try stateDesigns[time] * start).map { $0 + $1 }
      let foreseen = try weights.transposedTimes(design)
      let rest = Matrix(rows: m, columns: design.columns) { stateDesigns[time][$0, $1] - foreseen[$0, $1] }
      let doubt = try rest * information.solve(rest.transposed)
      let proper = variance
      variance = Matrix(rows: m, columns: m) { proper[$0, $1] + doubt[$0, $1] }
    }
    mean = zip(mean, try weights.transposedTimes(residual)).map { $0 + $1 }
    return (mean, variance)
  }
}
