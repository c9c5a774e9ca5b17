import Statistics

/// How the coefficients of a penalised spline go on beyond the observations: each new one lies on the line through the two
/// before it, but for a step of variance σ²/λ.
///
/// Only the last `degree + 1` coefficients matter for what comes; they are carried from knot to knot as the state of a
/// filter is, and nothing depends on how far anyone will ask.
struct SplineContinuation: Sendable {
  private let basis: SplineBasis
  /// The last coefficients, and their covariance in units of the error variance, row by row.
  private let mean: [Double]
  private let covariance: [Double]
  /// The variance of a step in units of the error variance.
  private let stepVariance: Double
  /// The lower triangle of a root of the covariance, which a stiff penalty makes nearly singular.
  private let root: [Double]

  init(_ solution: SplineSmoother.Solution, basis: SplineBasis) {
    self.basis = basis
    let width = basis.degree + 1
    mean = Array(solution.coefficients.suffix(width))
    covariance = solution.lastCovariance
    stepVariance = 1 / solution.penalty
    root = SemidefiniteRoot.lower(of: solution.lastCovariance, order: width)
  }

  /// The mean of the curve `step` periods after the last observation, and its variance in units of the error variance.
  func forecast(step: Int) -> (mean: Double, variance: Double) {
    let width = basis.degree + 1
    var (centre, spread) = (mean, covariance)
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: width) { values in
      values.initialize(repeating: 0)
      let first = basis.values(at: basis.span + step, into: values)
      for _ in (basis.intervals - 1)..<first { advance(&centre, &spread) }
      var (value, variance) = (0.0, 0.0)
      for i in 0..<width {
        value += values[i] * centre[i]
        for j in 0..<width { variance += values[i] * values[j] * spread[i * width + j] }
      }
      return (value, max(0, variance))
    }
  }

  /// Moves the window of coefficients one knot on.
  private func advance(_ centre: inout [Double], _ spread: inout [Double]) {
    let width = basis.degree + 1
    let next = 2 * centre[width - 1] - centre[width - 2]
    centre.removeFirst()
    centre.append(next)
    // The covariance of the new coefficient with those that stay, and with itself.
    var new = (0..<width).map { 2 * spread[(width - 1) * width + $0] - spread[(width - 2) * width + $0] }
    new.append(2 * new[width - 1] - new[width - 2] + stepVariance)
    for row in 0..<(width - 1) {
      for column in 0..<(width - 1) { spread[row * width + column] = spread[(row + 1) * width + column + 1] }
    }
    for column in 0..<(width - 1) {
      spread[(width - 1) * width + column] = new[column + 1]
      spread[column * width + width - 1] = new[column + 1]
    }
    spread[width * width - 1] = new[width]
  }

  /// Draws one path of the curve, its coefficients drawn together; `sigma` is the standard deviation of an error.
  func draw(
    path: UnsafeMutableBufferPointer<Double>, sigma: Double, from stream: inout RandomStream
  ) {
    let width = basis.degree + 1
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * width) { storage in
      storage.initialize(repeating: 0)
      let values = UnsafeMutableBufferPointer(rebasing: storage[0..<width])
      let window = UnsafeMutableBufferPointer(rebasing: storage[width..<(2 * width)])
      let normals = UnsafeMutableBufferPointer(rebasing: storage[(2 * width)...])
      for row in 0..<width {
        normals[row] = stream.normal()
        window[row] = mean[row]
        for column in 0...row { window[row] += sigma * root[row * width + column] * normals[column] }
      }
      var last = basis.intervals - 1
      for index in path.indices {
        let first = basis.values(at: basis.span + index + 1, into: values)
        while last < first {
          let next =
            2 * window[width - 1] - window[width - 2] + sigma * stepVariance.squareRoot() * stream.normal()
          for place in 0..<(width - 1) { window[place] = window[place + 1] }
          window[width - 1] = next
          last += 1
        }
        var value = 0.0
        for place in 0..<width { value += values[place] * window[place] }
        path[index] = value
      }
    }
  }
}
