import LinearAlgebra
import Statistics

/// What a regression says of the periods to come, given their rows of the design: the doubt about the
/// coefficients and the errors to come, as one distribution for each step and as joint paths.
protocol RegressionOutlook: Sendable {
  /// The degrees of freedom of every component.
  var degreesOfFreedom: Double { get }
  /// The predictive distribution of the value `step` periods after the last observation.
  func components(row: [Double], step: Int) -> [StudentMixture.Component]
  /// The variance of the value at a step if all parameters were known.
  func plugInVariance(step: Int) -> Double
  /// Draws one path; a step whose regressors are not known becomes NaN.
  func draw(
    path: UnsafeMutableBufferPointer<Double>, design: RegressionDesign, from stream: inout RandomStream)
}

/// A factor F of a covariance, `FFᵀ = C`, for quadratic forms and for draws.
///
/// Through the eigenvectors of the correlations, so that covariances which are only semidefinite, or mix
/// coefficients of very different size, do no harm.
struct CovarianceFactor: Sendable {
  let order: Int
  /// F by rows.
  private let elements: [Double]

  init(_ covariance: Matrix) throws(LinearAlgebraError) {
    let order = covariance.rows
    let scales = covariance.diagonal.map { max($0, 0).squareRoot() }
    let correlations = Matrix(rows: order, columns: order) { row, column in
      let product = scales[row] * scales[column]
      return product > 0 ? covariance[row, column] / product : row == column ? 1 : 0
    }
    let eigen = try SymmetricEigendecomposition(correlations)
    var elements: [Double] = []
    elements.reserveCapacity(order * order)
    for row in 0..<order {
      for column in 0..<order {
        elements.append(scales[row] * eigen.vectors[row, column] * max(eigen.values[column], 0).squareRoot())
      }
    }
    self.order = order
    self.elements = elements
  }

  /// `xᵀCx`.
  func quadraticForm(_ x: [Double]) -> Double {
    var sum = 0.0
    for column in 0..<order {
      var product = 0.0
      for row in 0..<order { product += elements[row * order + column] * x[row] }
      sum += product * product
    }
    return sum
  }

  /// Adds `s Fz` for standard normal z to a vector.
  func addDraw(
    to vector: UnsafeMutableBufferPointer<Double>, scale: Double, from stream: inout RandomStream
  ) {
    for column in 0..<order {
      let z = scale * stream.normal()
      for row in 0..<order { vector[row] += elements[row * order + column] * z }
    }
  }
}

extension RegressionDesign {
  /// Calls a body with the row of each step of a path, without allocating; a row that is not known is NaN.
  func forEachRow(
    _ path: UnsafeMutableBufferPointer<Double>, coefficients: UnsafeMutableBufferPointer<Double>,
    _ body: (_ step: Int, _ mean: Double) -> Void
  ) {
    let last = sample.positions.last ?? 0
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columns.count) { row in
      for index in path.indices {
        _ = fill(row, at: last + index + 1)
        var mean = 0.0
        for column in row.indices { mean += row[column] * coefficients[column] }
        body(index, mean)
      }
    }
  }
}
