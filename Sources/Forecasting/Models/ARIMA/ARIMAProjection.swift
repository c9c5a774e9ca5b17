import RealModule
import Statistics

/// The way from what is known at the end of a sample to the periods to come.
///
/// The errors ηₜ of the regression follow one recursion, Σ φ*ₖ ηₜ₋ₖ + εₜ + Σ θₖ εₜ₋ₖ, in which φ* is the product of all
/// autoregressive and difference factors. Their last values and the last innovations are its state: known up to the
/// doubt about the start of the process, the gaps and the regression coefficients, each as a direction of the state.
struct ARIMAProjection: Sendable {
  private let autoregression: [(lag: Int, value: Double)]
  private let movingAverage: [(lag: Int, value: Double)]
  private let depth: Int
  private let innovationDepth: Int
  private let coefficients: [Double]
  /// η, newest first, and then ε, newest first.
  private let state: [Double]
  private let directions: [[Double]]
  private let regressionDirections: [[Double]]
  private let coefficientDirections: [[Double]]

  init(
    design: ARIMADesign, phi: [Double], theta: [Double], ending: ARMAInnovations.Ending,
    coefficients: [Double]
  ) {
    let full = ARMAPolynomials.product([1] + phi.map { -$0 }, design.difference)
    autoregression = full.indices.dropFirst().compactMap { full[$0] == 0 ? nil : ($0, -full[$0]) }
    movingAverage = theta.indices.compactMap { theta[$0] == 0 ? nil : ($0 + 1, theta[$0]) }
    let depth = full.count - 1
    self.depth = depth
    innovationDepth = theta.count
    self.coefficients = coefficients
    let last = design.completed.count - 1
    /// The last errors of the regression, given weights on the series, its columns and its gaps.
    func errors(_ series: Double, _ columns: [Double], _ gaps: [Double]) -> [Double] {
      (0..<depth).map { back in
        let t = last - back
        guard t >= 0 else { return 0 }
        var sum = series * design.completed[t]
        for (index, value) in columns.enumerated() { sum -= value * design.columns[index][t] }
        for (index, value) in gaps.enumerated() where design.gaps[index] == t { sum -= value }
        return sum
      }
    }
    state = errors(1, coefficients, ending.gapCorrections) + ending.innovations
    directions = ending.directions.map { errors(0, [], $0.gapCorrections) + $0.innovations }
    regressionDirections = ending.regressionDirections.map {
      errors(0, $0.coefficients, $0.gapCorrections) + $0.innovations
    }
    coefficientDirections = ending.regressionDirections.map(\.coefficients)
  }

  /// Means of steps 1 to `rows.count`, and their variances in units of the innovations' variance.
  ///
  /// - Parameter rows: the columns of the regression at the periods to come.
  /// - Returns: variances with and without the doubt about the regression coefficients.
  func forecast(_ rows: [[Double]]) -> (means: [Double], variances: [Double], plugIn: [Double]) {
    let horizon = rows.count
    func regression(_ weights: [Double]) -> [Double] {
      rows.map { row in zip(row, weights).reduce(0) { $0 + $1.0 * $1.1 } }
    }
    var means = run(state, horizon: horizon)
    for (index, value) in regression(coefficients).enumerated() { means[index] += value }
    // The response to one innovation, from nothing.
    let impulse = run([Double](repeating: 0, count: state.count), horizon: horizon, impulse: 1)
    var plugIn: [Double] = []
    var sum = 0.0
    for value in impulse {
      sum += value * value
      plugIn.append(sum)
    }
    for direction in directions {
      for (index, value) in run(direction, horizon: horizon).enumerated() { plugIn[index] += value * value }
    }
    var variances = plugIn
    for (direction, weights) in zip(regressionDirections, coefficientDirections) {
      let path = zip(run(direction, horizon: horizon), regression(weights)).map { $0 + $1 }
      for (index, value) in path.enumerated() { variances[index] += value * value }
    }
    return (means, variances, plugIn)
  }

  private func run(_ start: [Double], horizon: Int, impulse: Double = 0) -> [Double] {
    var path = [Double](repeating: 0, count: horizon)
    path.withUnsafeMutableBufferPointer { buffer in
      start.withUnsafeBufferPointer { state in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: horizon) { shocks in
          shocks.initialize(repeating: 0)
          if horizon > 0 { shocks[0] = impulse }
          recur(state, shocks: shocks, into: buffer)
        }
      }
    }
    return path
  }

  /// The recursion itself, from a state and the innovations to come.
  private func recur(
    _ state: UnsafeBufferPointer<Double>, shocks: UnsafeMutableBufferPointer<Double>,
    into path: UnsafeMutableBufferPointer<Double>
  ) {
    for step in path.indices {
      var sum = shocks[step]
      for (lag, value) in autoregression {
        sum += value * (lag <= step ? path[step - lag] : state[lag - step - 1])
      }
      for (lag, value) in movingAverage {
        sum += value * (lag <= step ? shocks[step - lag] : state[depth + lag - step - 1])
      }
      path[step] = sum
    }
  }

  /// Draws one joint path: the state with all doubt about it, and every innovation to come.
  ///
  /// - Parameters:
  ///   - sigma: the standard deviation of the innovations, drawn.
  ///   - row: the columns of the regression at a step; nil where they are not known, which leaves no number.
  func draw(
    path: UnsafeMutableBufferPointer<Double>, sigma: Double, from stream: inout RandomStream,
    row: (Int) -> [Double]?
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: state.count + coefficients.count + path.count) {
      storage in
      storage.initialize(repeating: 0)
      let drawn = UnsafeMutableBufferPointer(rebasing: storage[..<state.count])
      let beta = UnsafeMutableBufferPointer(
        rebasing: storage[state.count..<(state.count + coefficients.count)])
      let shocks = UnsafeMutableBufferPointer(rebasing: storage[(state.count + coefficients.count)...])
      for index in drawn.indices { drawn[index] = state[index] }
      for index in beta.indices { beta[index] = coefficients[index] }
      for direction in directions {
        let amount = sigma * stream.normal()
        for index in drawn.indices { drawn[index] += amount * direction[index] }
      }
      for index in regressionDirections.indices {
        let amount = sigma * stream.normal()
        for place in drawn.indices { drawn[place] += amount * regressionDirections[index][place] }
        for place in beta.indices { beta[place] += amount * coefficientDirections[index][place] }
      }
      for step in shocks.indices { shocks[step] = sigma * stream.normal() }
      recur(UnsafeBufferPointer(drawn), shocks: shocks, into: path)
      guard !beta.isEmpty else { return }
      for step in path.indices {
        guard let columns = row(step + 1) else {
          path[step] = .nan
          continue
        }
        for index in beta.indices { path[step] += beta[index] * columns[index] }
      }
    }
  }
}
