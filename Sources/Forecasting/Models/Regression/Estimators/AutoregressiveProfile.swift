import LinearAlgebra
import RealModule
import Statistics

/// The likelihood of autoregressive errors as a function of their correlation alone, coefficients and variance at
/// their best, or integrated out.
///
/// Works on an orthonormal basis of the design, `X = QR`, and on the errors of ordinary least squares in place of
/// the response, so that normal equations lose nothing. One evaluation takes O(n k² + k³) and allocates nothing.
struct AutoregressiveProfile {
  private let count: Int
  private let columns: Int
  private let steps: [Int]
  private let floor: Double
  /// Q and the errors, row by row: `columns + 1` values each.
  private let rows: [Double]
  /// `QᵀV⁻¹Q` and at its end `QᵀV⁻¹e`, then overwritten by the Cholesky factor L and `L⁻¹QᵀV⁻¹e`.
  private var moments: [Double]
  /// R of the design.
  let triangle: Matrix

  /// The largest correlation in size that is considered.
  static let bound = 0.999

  init(
    design: Matrix, errors: [Double], positions: [Int], floor: Double
  ) throws(LinearAlgebraError) {
    let factor = try QRFactorisation(design)
    let basis = try factor.orthogonalBasis()
    (count, columns) = (design.rows, design.columns)
    var rows: [Double] = []
    rows.reserveCapacity(design.rows * (design.columns + 1))
    for row in 0..<design.rows {
      for column in 0..<design.columns { rows.append(basis[row, column]) }
      rows.append(errors[row])
    }
    self.rows = rows
    self.floor = floor
    triangle = factor.upper
    steps = zip(positions.dropFirst(), positions).map { $0 - $1 }
    moments = [Double](repeating: 0, count: (design.columns + 1) * (design.columns + 1))
  }

  /// What the errors say at one correlation.
  struct Point {
    /// The residual sum of squares of the whitened problem.
    var sumOfSquares: Double
    /// `log |R|` of the errors.
    var logDeterminant: Double
    /// `log |QᵀV⁻¹Q|`.
    var logInformation: Double
  }

  /// Evaluates one correlation; afterwards the storage holds the Cholesky factor and the reduced right-hand side.
  mutating func point(_ rho: Double) -> Point {
    let (count, width) = (count, columns + 1)
    var logDeterminant = 0.0
    moments.withUnsafeMutableBufferPointer { moments in
      rows.withUnsafeBufferPointer { rows in
        moments.update(repeating: 0)
        var (step, power, logPrecision) = (0, 0.0, 0.0)
        for row in 0..<count {
          // Most steps are of one length, whose power and logarithm are kept.
          if row > 0, steps[row - 1] != step {
            step = steps[row - 1]
            power = Double.pow(rho, step)
            logPrecision = -Double.log(1 - power * power)
          }
          let precision = 1 / (1 - power * power)
          if row > 0 { logDeterminant -= logPrecision }
          let (here, before) = (row * width, max(0, row - 1) * width)
          for i in 0..<width {
            let left = precision * (rows[here + i] - power * rows[before + i])
            for j in 0...i { moments[i * width + j] += left * (rows[here + j] - power * rows[before + j]) }
          }
        }
        // Cholesky by rows; the last row becomes the reduced right-hand side and its corner what is left over.
        for i in 0..<width {
          for j in 0...i {
            var sum = moments[i * width + j]
            for k in 0..<j { sum -= moments[i * width + k] * moments[j * width + k] }
            if i == j {
              moments[i * width + i] =
                i < width - 1 ? max(sum, .leastNormalMagnitude).squareRoot() : max(sum, 0)
            } else {
              moments[i * width + j] = sum / moments[j * width + j]
            }
          }
        }
      }
    }
    var logInformation = 0.0
    for i in 0..<columns { logInformation += 2 * Double.log(moments[i * width + i]) }
    return Point(
      sumOfSquares: moments[width * width - 1], logDeterminant: logDeterminant, logInformation: logInformation
    )
  }

  /// Twice the negative log-likelihood at its best in all but ρ, without constants.
  mutating func deviance(_ rho: Double) -> Double {
    let point = point(rho)
    let variance = max(point.sumOfSquares / Double(count), floor)
    return Double(count) * Double.log(variance) + point.sumOfSquares / variance + point.logDeterminant
  }

  /// The correlation of greatest likelihood: the best of a grid, then Brent's search between its neighbours.
  mutating func maximum() -> Double {
    let nodes = 40
    func node(_ index: Int) -> Double { Self.bound * (2 * Double(index) / Double(nodes) - 1) }
    var best = 0
    var least = Double.infinity
    for index in 0...nodes {
      let value = deviance(node(index))
      if value < least { (least, best) = (value, index) }
    }
    let found = try? minimiseUnivariate(
      lower: node(max(0, best - 1)), upper: node(min(nodes, best + 1)), tolerance: 1e-9
    ) { deviance($0) }
    guard let found, found.value <= least else { return node(best) }
    return found.point
  }

  /// The standard error of the correlation, from the curvature of the profile at its maximum; nil at the bound.
  mutating func standardError(at rho: Double) -> Double? {
    let step = 1e-4 * (1 - rho * rho)
    guard abs(rho) + step < Self.bound else { return nil }
    let curvature = (deviance(rho + step) - 2 * deviance(rho) + deviance(rho - step)) / (step * step)
    return curvature > 0 ? (2 / curvature).squareRoot() : nil
  }
}

extension AutoregressiveProfile {
  /// One correlation with its share of the posterior, and what the coefficients are if it is the true one.
  struct Node: Sendable {
    var weight: Double
    let rho: Double
    /// The residual sum of squares over n − k, and no less than the floor.
    let variance: Double
    /// Coefficients of the basis, from those of ordinary least squares.
    let shift: [Double]
    /// The lower Cholesky factor L of `QᵀV⁻¹Q`, row by row.
    let factor: [Double]
  }

  /// What the coefficients and the variance are if one correlation is the true one; its weight is the logarithm
  /// of its posterior density, up to a constant.
  mutating func node(_ rho: Double) -> Node {
    let freedom = Double(count - columns)
    let width = columns + 1
    let point = point(rho)
    let variance = max(point.sumOfSquares / freedom, floor, .leastNormalMagnitude)
    var shift = [Double](repeating: 0, count: columns)
    for i in stride(from: columns - 1, through: 0, by: -1) {
      var sum = moments[columns * width + i]
      for k in (i + 1)..<max(i + 1, columns) { sum -= moments[k * width + i] * shift[k] }
      shift[i] = sum / moments[i * width + i]
    }
    var factor = [Double](repeating: 0, count: columns * columns)
    for i in 0..<columns { for j in 0...i { factor[i * columns + j] = moments[i * width + j] } }
    let logDensity =
      -0.5 * (point.logDeterminant + point.logInformation + freedom * Double.log(variance))
    return Node(weight: logDensity, rho: rho, variance: variance, shift: shift, factor: factor)
  }

  /// The posterior of the correlation on a grid around its likeliest value, under a uniform prior for ρ and the
  /// usual ones for coefficients and variance (Zellner, 1971, section 4.1, with all observations).
  ///
  /// - Parameter centre: the correlation of greatest likelihood.
  /// - Returns: nodes whose weights sum to one.
  mutating func posterior(around centre: Double) -> [Node] {
    // Fisher's transformation makes the spread about 1/√(n − k) everywhere; its derivative is that of a uniform
    // prior.
    let spacing = 0.2 / Double(count - columns).squareRoot()
    let middle = Double.atanh(centre)
    let limit = Double.atanh(Self.bound)
    var nodes: [Node] = []
    for index in -20...20 {
      let z = middle + spacing * Double(index)
      guard abs(z) <= limit else { continue }
      var node = node(Double.tanh(z))
      node.weight += Double.log(1 - node.rho * node.rho)
      nodes.append(node)
    }
    let highest = nodes.reduce(-Double.infinity) { max($0, $1.weight) }
    for index in nodes.indices { nodes[index].weight = Double.exp(nodes[index].weight - highest) }
    let total = nodes.reduce(0) { $0 + $1.weight }
    for index in nodes.indices { nodes[index].weight /= total }
    return nodes
  }
}
