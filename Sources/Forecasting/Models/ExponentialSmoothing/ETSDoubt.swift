import LinearAlgebra

/// How well the parameters and the final states of a fit are known.
///
/// The inverse of the Gauss-Newton matrix of the likelihood is the covariance of smoothing parameters and starting
/// states; exact for the states of a linear form. A share of its range that the figures say nothing about is as uncertain as the
/// range is wide: the variance of a uniform variate is added as a prior. The final states take up this doubt through
/// their derivatives.
struct ETSDoubt: Sendable {
  /// Standard errors of the smoothing parameters that were estimated.
  struct Errors: Sendable {
    var alpha: Double?
    var beta: Double?
    var gamma: Double?
    var phi: Double?
  }

  private(set) var standardErrors = Errors()
  private(set) var startingLevelError: Double?
  private(set) var startingGrowthError: Double?
  /// The deviations of final level, growth, seasons and phi from their estimates are these rows times independent
  /// standard normal variates times the standard deviation of the errors.
  let rows: [[Double]]
  /// The number of those variates.
  let dimensions: Int

  /// Everything taken as known.
  static let none = ETSDoubt(rows: [])

  private init(rows: [[Double]]) {
    self.rows = rows
    dimensions = 0
  }

  init(estimate: ETSEstimate, sample: Sample, fixed: ETS.Fixed, movesStates: Bool, sigma: Double) {
    let form = estimate.form
    let trace = SmoothingTrace(count: sample.count, period: form.season == .none ? 0 : estimate.period)
    defer { trace.deallocate() }
    for (t, value) in sample.values.enumerated() { trace.values[t] = value }
    estimate.start.place(in: trace)
    let region = UsualRegion(form, fixed: fixed)
    let likelihood = InnovationsLikelihood(error: form.error, sample: sample)
    var joint = JointLikelihood(
      form: form, region: region, trace: trace, likelihood: likelihood, movesStates: movesStates)
    defer { joint.deallocate() }
    let size = joint.dimensions
    let search = BoundedSearch(capacity: size)
    joint.begin(search, at: estimate.weights)
    let finals = trace.period + 3
    let differences = UnsafeMutablePointer<Double>.allocate(capacity: max(1, size) * finals)
    differences.initialize(repeating: 0, count: max(1, size) * finals)
    defer { differences.deallocate() }
    let freedom = Double(sample.count) / Double(max(1, sample.count - estimate.degreesUsed))
    guard size > 0, joint.setCurvature(of: search, finals: differences),
      let factor = Self.factor(search, size: size, region: region)
    else {
      rows = []
      dimensions = 0
      return
    }
    /// The inverse of the factor times a vector; its squared length is a variance.
    func solved(_ element: (Int) -> Double) -> [Double] {
      var solution = [Double](repeating: 0, count: size)
      for i in 0..<size {
        var sum = element(i)
        for k in 0..<i { sum -= factor[i, k] * solution[k] }
        solution[i] = sum / factor[i, i]
      }
      return solution
    }
    func error(_ element: (Int) -> Double) -> Double {
      (freedom * solved(element).reduce(0) { $0 + $1 * $1 }).squareRoot()
    }
    // The derivative of a weight with respect to the coordinates makes its standard error from theirs.
    func error(of slopes: SmoothingWeights, given: Double?) -> Double? {
      guard given == nil else { return nil }
      var gradient = [Double](repeating: 0, count: max(1, size))
      gradient.withUnsafeMutableBufferPointer {
        guard let address = $0.baseAddress else { return }
        region.pull(slopes, at: search.point, into: address)
      }
      return error { $0 < region.dimensions ? gradient[$0] : 0 }
    }
    standardErrors.alpha = error(of: SmoothingWeights(alpha: 1, phi: 0), given: fixed.alpha)
    standardErrors.beta = error(of: SmoothingWeights(beta: 1, phi: 0), given: fixed.beta)
    standardErrors.gamma = error(of: SmoothingWeights(gamma: 1, phi: 0), given: fixed.gamma)
    standardErrors.phi = error(of: SmoothingWeights(phi: 1), given: fixed.phi)
    if movesStates {
      startingLevelError = error { $0 == region.dimensions ? 1 : 0 }
      if form.trend != .none { startingGrowthError = error { $0 == region.dimensions + 1 ? 1 : 0 } }
    }
    let unit = freedom.squareRoot() / sigma
    rows = (0..<finals).map { row in
      solved { differences[$0 * finals + row] }.map { $0 * unit }
    }
    dimensions = size
  }

  /// The lower triangle of the curvature with its prior, factorised.
  private static func factor(
    _ search: borrowing BoundedSearch, size: Int, region: UsualRegion
  ) -> Matrix? {
    let curvature = search.curvature
    region.bounds { index, lower, upper in
      let width = max(upper - lower, 1e-6)
      curvature[index * size + index] += 12 / (width * width)
    }
    for ridge in [0, 1e-12, 1e-9, 1e-6] {
      let matrix = Matrix(rows: size, columns: size) { row, column in
        let (low, high) = (min(row, column), max(row, column))
        return curvature[high * size + low] * (row == column ? 1 + ridge : 1)
      }
      if let factorisation = try? CholeskyFactorisation(matrix) { return factorisation.lower }
    }
    return nil
  }

  /// What the doubt adds to the variance of a step of a linear form, in units of the error variance.
  func varianceFactor(step: Int, estimate: ETSEstimate) -> Double {
    guard dimensions > 0 else { return 0 }
    let phi = estimate.weights.phi
    var damping = 0.0
    var dampingSlope = 0.0
    var power = 1.0
    for j in 1...step {
      dampingSlope += Double(j) * power
      power *= phi
      damping += power
    }
    let season = rows.count > 3 ? 2 + (step - 1) % (rows.count - 3) : nil
    var sum = 0.0
    for k in 0..<dimensions {
      var part = rows[0][k] + damping * rows[1][k]
      part += dampingSlope * estimate.final.growth * rows[rows.count - 1][k]
      if let season { part += rows[season][k] }
      sum += part * part
    }
    return sum
  }
}
