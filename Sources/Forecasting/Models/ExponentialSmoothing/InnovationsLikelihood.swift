import RealModule

/// The concentrated Gaussian likelihood of the errors of a trace: -n/2 log of the sum of squared errors, less the sum of
/// the logarithms of the expectations where errors are shares of them (Hyndman, Koehler, Ord and Snyder, 2008,
/// equation 5.2, without constants).
struct InnovationsLikelihood {
  let error: ETSForm.ErrorTerm
  /// A sum of squares below this counts as this: errors smaller than a thousand-millionth of the largest figure are
  /// rounding, and a series that a form fits exactly must not be infinitely likely.
  let floor: Double
  /// Whether an expectation of zero or less has no likelihood where errors are shares of it. The density exists for
  /// negative expectations too, but no series of positive values is expected to be negative.
  var needsPositive = true

  init(error: ETSForm.ErrorTerm, largest: Double, count: Int) {
    self.error = error
    let least = error == .additive ? 1e-9 * largest : 1e-9
    floor = max(Double(count) * least * least, .leastNormalMagnitude)
  }

  init(error: ETSForm.ErrorTerm, sample: Sample) {
    self.init(
      error: error, largest: sample.values.reduce(0) { max($0, abs($1)) }, count: sample.count)
  }

  /// The value at a trace, with the parts it is made of; nil where an expectation is not above zero although errors are
  /// shares of it, or a number is too large.
  @inline(__always)
  func value(of trace: SmoothingTrace) -> (logLikelihood: Double, sumOfSquares: Double)? {
    var sum = 0.0
    var logs = 0.0
    switch error {
    case .additive:
      for t in 0..<trace.count { sum += trace.deviation[t] * trace.deviation[t] }
    case .multiplicative:
      // One logarithm for sixteen factors: figures lie between 1e-15 and 1e15, so their product is a Double.
      var product = 1.0
      for t in 0..<trace.count {
        let expectation = trace.values[t] - trace.deviation[t]
        let size = needsPositive ? expectation : abs(expectation)
        guard size > 1e-18, size < 1e18 else { return nil }
        let error = trace.deviation[t] / expectation
        sum += error * error
        product *= size
        if t & 15 == 15 {
          logs += Double.log(product)
          product = 1
        }
      }
      logs += Double.log(product)
    }
    guard sum.isFinite else { return nil }
    return (-0.5 * Double(trace.count) * Double.log(max(sum, floor)) - logs, sum)
  }

  /// Puts the derivatives of the negative log-likelihood with respect to the deviations into `trace.pull`.
  @inline(__always)
  func pull(_ trace: SmoothingTrace, sumOfSquares: Double) {
    // At the floor the sum no longer counts.
    let share = sumOfSquares > floor ? Double(trace.count) / sumOfSquares : 0
    switch error {
    case .additive:
      for t in 0..<trace.count { trace.pull[t] = share * trace.deviation[t] }
    case .multiplicative:
      for t in 0..<trace.count {
        let perExpectation = 1 / (trace.values[t] - trace.deviation[t])
        let error = trace.deviation[t] * perExpectation
        trace.pull[t] = perExpectation * (share * error * trace.values[t] * perExpectation - 1)
      }
    }
  }
}
