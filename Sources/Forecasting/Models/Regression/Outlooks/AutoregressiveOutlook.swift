import LinearAlgebra
import RealModule
import Statistics

/// Errors to come that begin where the last one stood and fall back to zero, averaged over what the series says
/// of their correlation.
///
/// Given ρ, the best linear unbiased prediction h periods ahead is `xᵀβ + ρ^h e_n`, and its variance
/// `σ²(1 − ρ^{2h} + dᵀ(XᵀR⁻¹X)⁻¹d)` with `d = x − ρ^h x_n` (Goldberger, 1962).
struct AutoregressiveOutlook: RegressionOutlook {
  /// Coefficients of ordinary least squares, from which those of each node are counted.
  private let origin: [Double]
  private let nodes: [AutoregressiveProfile.Node]
  /// The weights of the nodes, summed up.
  private let cumulative: [Double]
  /// R of the design, by rows.
  private let triangle: [Double]
  private let columns: Int
  /// The last row of the design in the coordinates of the basis, and the last error of ordinary least squares.
  private let lastRow: [Double]
  private let lastError: Double
  let degreesOfFreedom: Double

  init(
    origin: [Double], nodes: [AutoregressiveProfile.Node], triangle: Matrix, lastRow: [Double],
    lastError: Double, degreesOfFreedom: Int
  ) {
    self.origin = origin
    self.nodes = nodes
    var sum = 0.0
    cumulative = nodes.map {
      sum += $0.weight
      return sum
    }
    columns = origin.count
    self.triangle = (0..<triangle.rows).flatMap { triangle.row($0) }
    self.lastError = lastError
    self.degreesOfFreedom = Double(degreesOfFreedom)
    self.lastRow = Self.coordinates(lastRow, triangle: self.triangle)
  }

  /// `R⁻ᵀx`: a row of the design in the coordinates of the basis.
  private static func coordinates(_ row: [Double], triangle: [Double]) -> [Double] {
    var solution = row
    let order = row.count
    for i in 0..<order {
      for k in 0..<i { solution[i] -= triangle[k * order + i] * solution[k] }
      solution[i] /= triangle[i * order + i]
    }
    return solution
  }

  func components(row: [Double], step: Int) -> [StudentMixture.Component] {
    let place = Self.coordinates(row, triangle: triangle)
    let base = zip(row, origin).reduce(0) { $0 + $1.0 * $1.1 }
    return nodes.map { node in
      let carried = Double.pow(node.rho, step)
      var location = base + carried * lastError
      var form = 0.0
      // d, solved by L as it goes.
      var solved = [Double](repeating: 0, count: columns)
      for i in 0..<columns {
        let difference = place[i] - carried * lastRow[i]
        location += difference * node.shift[i]
        var value = difference
        for k in 0..<i { value -= node.factor[i * columns + k] * solved[k] }
        value /= node.factor[i * columns + i]
        solved[i] = value
        form += value * value
      }
      return StudentMixture.Component(
        weight: node.weight, location: location,
        scale: (node.variance * (1 - carried * carried + form)).squareRoot())
    }
  }

  func plugInVariance(step: Int) -> Double {
    guard let node = nodes.max(by: { $0.weight < $1.weight }) else { return .nan }
    let carried = Double.pow(node.rho, step)
    return node.variance * (1 - carried * carried)
  }

  func draw(
    path: UnsafeMutableBufferPointer<Double>, design: RegressionDesign, from stream: inout RandomStream
  ) {
    let place = stream.uniform()
    let node = nodes[min(cumulative.firstIndex { place < $0 } ?? nodes.count - 1, nodes.count - 1)]
    let chiSquared = max(stream.chiSquared(degreesOfFreedom: degreesOfFreedom), 1e-12)
    let sigma = (node.variance * degreesOfFreedom / chiSquared).squareRoot()
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { drawn in
      // γ = shift + σ L⁻ᵀz, then the last error, then β = origin + R⁻¹γ.
      for index in 0..<columns { drawn[index] = sigma * stream.normal() }
      for i in stride(from: columns - 1, through: 0, by: -1) {
        for k in (i + 1)..<max(i + 1, columns) { drawn[i] -= node.factor[k * columns + i] * drawn[k] }
        drawn[i] /= node.factor[i * columns + i]
      }
      var error = lastError
      for index in 0..<columns {
        drawn[index] += node.shift[index]
        error -= lastRow[index] * drawn[index]
      }
      for i in stride(from: columns - 1, through: 0, by: -1) {
        for k in (i + 1)..<max(i + 1, columns) { drawn[i] -= triangle[i * columns + k] * drawn[k] }
        drawn[i] /= triangle[i * columns + i]
      }
      for index in 0..<columns { drawn[index] += origin[index] }
      let width = sigma * (1 - node.rho * node.rho).squareRoot()
      design.forEachRow(path, coefficients: drawn) { step, mean in
        error = node.rho * error + width * stream.normal()
        path[step] = mean + error
      }
    }
  }
}
