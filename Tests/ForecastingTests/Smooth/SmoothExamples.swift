import Foundation
import LinearAlgebra
import Statistics
import TimeSeries

@testable import Forecasting

/// A slow wave with noise; nil leaves a gap.
func wave(_ count: Int, noise: Double = 0.3, path: UInt64 = 0, gaps: Set<Int> = []) -> [Double?] {
  var stream = RandomStream(seed: 11, name: "wave", path: path)
  return (0..<count).map { index in
    let value = 20 + 0.2 * Double(index) + 2 * sin(Double(index) / 4) + noise * stream.normal()
    return gaps.contains(index) ? nil : value
  }
}

/// A line with errors that alternate, which bend at every point and which no smooth curve explains.
let zigzag: [Double?] = (0..<20).map { index in
  let error = index % 2 == 0 ? 0.5 : -0.5
  return 5 + Double(index) + error
}

/// A sample of the given values whose sampling variances are known.
func sampled(_ values: [Double], variances: [Double]) -> Sample {
  Sample(
    name: "sampled", positions: Array(values.indices), observed: values,
    labels: values.indices.map { "\($0)" }, scale: .natural, samplingVariances: variances)
}

/// The restricted log-likelihood of a normal vector with a covariance and a mean whose coefficients have a flat prior,
/// from its definition and by dense matrices.
func denseLogLikelihood(_ values: [Double], covariance: Matrix, mean: Matrix) throws -> Double {
  let factor = try CholeskyFactorisation(covariance)
  let solved = try factor.solve(mean)
  let cross = try mean.transposedTimes(solved)
  let information = try CholeskyFactorisation(
    Matrix(rows: cross.rows, columns: cross.columns) { (cross[$0, $1] + cross[$1, $0]) / 2 })
  let beta = try information.solve(try solved.transposedTimes(values))
  let residuals = zip(values, try mean * beta).map { $0 - $1 }
  let quadratic = zip(residuals, try factor.solve(residuals)).reduce(0.0) { $0 + $1.0 * $1.1 }
  let freedom = Double(values.count - mean.columns)
  return -0.5
    * (freedom * log(2 * Double.pi) + factor.logDeterminant + information.logDeterminant + quadratic)
}

/// The mean and covariance of what is predicted for some new rows by generalised least squares with a known covariance
/// (universal kriging), by dense matrices.
func densePrediction(
  _ values: [Double], covariance: Matrix, mean: Matrix, cross: Matrix, newCovariance: Matrix, newMean: Matrix
) throws -> (means: [Double], covariance: Matrix) {
  let factor = try CholeskyFactorisation(covariance)
  let solved = try factor.solve(mean)
  let gram = try mean.transposedTimes(solved)
  let information = try CholeskyFactorisation(
    Matrix(rows: gram.rows, columns: gram.columns) { (gram[$0, $1] + gram[$1, $0]) / 2 })
  let beta = try information.solve(try solved.transposedTimes(values))
  let residuals = zip(values, try mean * beta).map { $0 - $1 }
  let kriged = try cross.transposedTimes(try factor.solve(residuals))
  let means = zip(try newMean * beta, kriged).map { $0 + $1 }
  let taken = try cross.transposedTimes(try factor.solve(cross))
  let explained = try solved.transposedTimes(cross)
  let rest = Matrix(rows: mean.columns, columns: newMean.rows) { newMean[$1, $0] - explained[$0, $1] }
  let added = try rest.transposedTimes(try information.solve(rest))
  return (
    means,
    Matrix(rows: newMean.rows, columns: newMean.rows) {
      newCovariance[$0, $1] - taken[$0, $1] + added[$0, $1]
    }
  )
}
