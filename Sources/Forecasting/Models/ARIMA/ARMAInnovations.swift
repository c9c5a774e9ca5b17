import RealModule

/// Regression with stationary ARMA errors, solved once at known coefficients: innovations, regression coefficients, and
/// what remains unknown of the process at the end of the data.
///
/// The process is written as in ``ARMALikelihood``, L_θ⁻¹L_φ w = H v + ε, but the unknowns, v in standard units and then
/// the missing values, are learnt row by row with Givens rotations (Gentleman, 1974): a square-root information filter
/// whose diffuse parts are rows of zeros, so exact from the first observation on. What each row leaves is the innovation
/// over its standard deviation. Being another route to the same numbers, it also checks the fast one.
struct ARMAInnovations {
  /// The regression coefficients.
  let coefficients: [Double]
  /// (X'V⁻¹X)⁻¹ of the regression: times the innovations' variance, the covariance of its coefficients.
  let coefficientCovariance: [[Double]]
  /// The innovations, each over its standard deviation in units of the innovations' variance; none for gaps.
  let standardised: [Double]
  /// The rows of the response that they were made at.
  let observedRows: [Int]
  /// The logarithm of the standard deviation that each was divided by.
  let logScales: [Double]
  /// The sum of their squares.
  let sumOfSquares: Double
  /// The logarithm of the determinant of the covariance of the observed rows, a diffuse gap counted by its information.
  let logDeterminant: Double
  /// What is known of the process after the last row.
  let ending: Ending

  /// Innovations and gaps at the end of the data: their means, and the directions in which each unit of the remaining
  /// doubt, in units of the innovations' standard deviation, moves them.
  struct Ending {
    /// The amounts by which the values filled into the gaps are too high.
    var gapCorrections: [Double]
    /// The last innovations, newest first, as many as the degree of the moving average.
    var innovations: [Double]
    /// The directions that come from the start of the process and from the gaps: independent of those of the
    /// regression.
    var directions: [Direction]
    /// The directions that come from the regression coefficients.
    var regressionDirections: [Direction]

    /// How one standard normal unit of doubt moves what is known.
    struct Direction {
      var coefficients: [Double]
      var gapCorrections: [Double]
      var innovations: [Double]
    }
  }

  /// Solves a regression.
  ///
  /// - Parameters:
  ///   - phi: the coefficients of φ(B) Φ(Bᵐ), stationary.
  ///   - theta: those of θ(B) Θ(Bᵐ).
  /// - Returns: nil where the numbers leave no solution: a process that is not stationary, a gap or regression column
  ///   that nothing tells.
  init?(
    phi: [Double], theta: [Double], orders: ARMAOrders, response: [Double], gaps: [[Double]],
    regressors: [[Double]]
  ) {
    let r = orders.stateDimension
    let rows = response.count
    let start = ARMAStartCovariance(orders: orders)
    var factor = [Double](repeating: 0, count: max(1, r * r))
    let isStationary = factor.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return false }
      return start.factor(phi: phi, theta: theta, into: base)
    }
    guard isStationary else { return nil }

    let phiLags = phi.indices.filter { phi[$0] != 0 }.map { (lag: $0 + 1, value: phi[$0]) }
    let thetaLags = theta.indices.filter { theta[$0] != 0 }.map { (lag: $0 + 1, value: theta[$0]) }
    /// L_θ⁻¹L_φ times a column.
    func filtered(_ column: [Double], autoregressive: Bool = true) -> [Double] {
      var output = [Double](repeating: 0, count: rows)
      for t in 0..<rows {
        var sum = column[t]
        if autoregressive {
          for (lag, value) in phiLags where lag <= t { sum -= value * column[t - lag] }
        }
        for (lag, value) in thetaLags where lag <= t { sum -= value * output[t - lag] }
        output[t] = sum
      }
      return output
    }
    let unknowns =
      (0..<r).map { column in
        filtered((0..<rows).map { $0 < r ? factor[$0 * r + column] : 0 }, autoregressive: false)
      } + gaps.map { filtered($0) }
    let sides = (regressors + [response]).map { filtered($0) }

    let width = unknowns.count + sides.count
    var table = [Double](repeating: 0, count: rows * width)
    for (index, column) in (unknowns + sides).enumerated() {
      for t in 0..<rows { table[t * width + index] = column[t] }
    }

    // The triangle of what is known of the unknowns, begun with the standard start and nothing of the gaps. What it
    // leaves of the right-hand sides are their innovations, again rows of a table.
    var rotations = GivensTriangle(order: unknowns.count, sides: sides.count)
    for index in 0..<r { rotations.setPrior(index) }
    var innovations: [Double] = []
    innovations.reserveCapacity(rows * sides.count)
    var logScales: [Double] = []
    var observedRows: [Int] = []
    for t in 0..<rows {
      guard let logScale = rotations.add(table, at: t * width) else { continue }
      logScales.append(logScale)
      observedRows.append(t)
      for index in sides.indices { innovations.append(rotations.left[index]) }
    }
    guard let logDeterminant = rotations.logDeterminant else { return nil }
    self.logDeterminant = logDeterminant
    self.logScales = logScales
    self.observedRows = observedRows

    // The regression is one of plain least squares on the innovations of its columns.
    var regression = GivensTriangle(order: regressors.count, sides: 1)
    for row in logScales.indices { _ = regression.add(innovations, at: row * sides.count) }
    guard regression.logDeterminant != nil else { return nil }
    let beta = regression.solution(side: 0)
    coefficients = beta
    let spread = regression.inverseColumns()
    coefficientCovariance = beta.indices.map { i in
      beta.indices.map { j in spread.reduce(0) { $0 + $1[i] * $1[j] } }
    }
    standardised = logScales.indices.map { row in
      let own = row * sides.count
      return beta.indices.reduce(innovations[own + beta.count]) { $0 - beta[$1] * innovations[own + $1] }
    }
    sumOfSquares = standardised.reduce(0) { $0 + $1 * $1 }

    let solutions = sides.indices.map { rotations.solution(side: $0) }
    let depth = theta.count
    /// The last innovations that weights on the sides and values of the unknowns leave.
    func last(_ weights: [Double], _ values: [Double]) -> [Double] {
      (0..<depth).map { back in
        let t = rows - 1 - back
        guard t >= 0 else { return 0 }
        var sum = 0.0
        for (index, weight) in weights.enumerated() where weight != 0 { sum += weight * sides[index][t] }
        for (index, value) in values.enumerated() { sum -= value * unknowns[index][t] }
        return sum
      }
    }
    func values(_ weights: [Double]) -> [Double] {
      unknowns.indices.map { unknown in
        zip(weights, solutions).reduce(0) { $0 + $1.0 * $1.1[unknown] }
      }
    }
    let weights = beta.map { -$0 } + [1]
    let known = values(weights)
    ending = Ending(
      gapCorrections: Array(known.dropFirst(r)), innovations: last(weights, known),
      directions: rotations.inverseColumns().map { direction in
        Ending.Direction(
          coefficients: beta.map { _ in 0 }, gapCorrections: Array(direction.dropFirst(r)),
          innovations: last(weights.map { _ in 0 }, direction))
      },
      regressionDirections: spread.map { direction in
        let weights = direction.map { -$0 } + [0]
        let moved = values(weights)
        return Ending.Direction(
          coefficients: direction, gapCorrections: Array(moved.dropFirst(r)),
          innovations: last(weights, moved))
      })
  }
}
