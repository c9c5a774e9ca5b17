/// One-step errors at their places in time, on a scale of their own: their root mean square is one.
///
/// The scale changes no test and keeps squares and fourth powers of very small or very large errors in range.
struct ErrorSequence: Sendable {
  /// Periods since some origin, strictly increasing.
  let positions: [Int]
  /// The errors, divided by their root mean square; all zero where the errors were no more than rounding.
  let values: [Double]
  /// Whether there is anything to test: errors of different size, larger than the rounding of the arithmetic.
  let varies: Bool

  /// The number of errors.
  var count: Int { values.count }

  /// The errors of a fitted model where it made them.
  init(_ fitted: any FittedModel) {
    let errors = fitted.residuals
    let positions = fitted.residualPositions
    self.init(
      errors, positions: positions.count == errors.count ? positions : Array(errors.indices),
      size: fitted.sample.values.reduce(0) { max($0, abs($1)) })
  }

  /// Errors at their positions; `size` is that of the values they are errors of.
  init(_ errors: [Double], positions: [Int], size: Double = 0) {
    self.positions = positions
    let largest = errors.reduce(0) { max($0, abs($1)) }
    let range = (errors.max() ?? 0) - (errors.min() ?? 0)
    // Twelve digits: what is left of a perfect fit is the rounding of sums, not an error of the model.
    guard errors.allSatisfy(\.isFinite), largest > 0, range > 1e-12 * max(largest, size) else {
      values = errors.map { _ in 0 }
      varies = false
      return
    }
    let scaled = errors.map { $0 / largest }
    let root = (scaled.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()
    values = scaled.map { $0 / root }
    varies = true
  }

  /// The errors less their mean.
  var centred: [Double] {
    let mean = values.reduce(0) { $0 + $1 / Double(values.count) }
    return values.map { $0 - mean }
  }

  /// The pairs of indices whose errors lie a number of periods apart, earlier one first.
  func pairs(apart lag: Int) -> [(earlier: Int, later: Int)] {
    var pairs: [(earlier: Int, later: Int)] = []
    pairs.reserveCapacity(count)
    var earlier = 0
    for later in positions.indices {
      while positions[earlier] < positions[later] - lag { earlier += 1 }
      if positions[earlier] == positions[later] - lag { pairs.append((earlier, later)) }
    }
    return pairs
  }

  /// Why a test cannot be made, or nil where it can: too few errors, or errors without any difference.
  func obstacle(atLeast needed: Int) -> String? {
    if count < needed {
      return "it needs at least \(needed) errors and there \(count == 1 ? "is" : "are") \(count)"
    }
    return varies ? nil : "the errors are all alike to the last digits, so there is nothing to test"
  }
}
