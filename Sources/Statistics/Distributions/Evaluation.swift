// The part that every distribution shares: what happens at NaN, outside the support, and when Boost gives NaN.

extension Distribution {
  /// The name used in messages: that of the type.
  static var title: String { "\(Self.self)" }

  func checked(_ x: Double, for quantity: String) throws(StatisticsError) -> Double {
    guard !x.isNaN else { throw .argumentNotANumber(distribution: Self.title, quantity: quantity) }
    return x
  }

  func established(
    _ value: Double, _ quantity: String, at argument: Double
  ) throws(StatisticsError) -> Double {
    guard !value.isNaN else {
      throw .notComputed(distribution: Self.title, quantity: quantity, argument: argument)
    }
    return value
  }

  /// P(X ≤ x) from `function`, which is called only between the ends of the support.
  func lowerTail(at x: Double, _ function: (Double) -> Double) throws(StatisticsError) -> Double {
    let quantity = "distribution function"
    _ = try checked(x, for: quantity)
    if x < support.lowerBound { return 0 }
    if x >= support.upperBound { return 1 }
    return try established(function(x), quantity, at: x)
  }

  /// P(X > x) from `function`, which is called only between the ends of the support.
  func upperTail(at x: Double, _ function: (Double) -> Double) throws(StatisticsError) -> Double {
    let quantity = "upper tail"
    _ = try checked(x, for: quantity)
    if x < support.lowerBound { return 1 }
    if x >= support.upperBound { return 0 }
    return try established(function(x), quantity, at: x)
  }

  /// The value of `function` inside the support, `outside` elsewhere and at the infinities.
  func inside(
    _ x: Double, _ quantity: String, outside: Double, _ function: (Double) -> Double
  ) throws(StatisticsError) -> Double {
    _ = try checked(x, for: quantity)
    guard support.contains(x), x.isFinite else { return outside }
    return try established(function(x), quantity, at: x)
  }

  /// The value of `function` at a probability strictly between 0 and 1, and the given ends at 0 and 1.
  func inverse(
    at p: Double, zero: Double, one: Double, _ function: (Double) -> Double
  ) throws(StatisticsError) -> Double {
    guard p >= 0, p <= 1 else { throw .invalidProbability(p) }
    if p == 0 { return zero }
    if p == 1 { return one }
    return try established(function(p), "quantile", at: p)
  }
}

extension DiscreteDistribution {
  /// The smallest count of the support at which `reached` holds, where `reached` is false and then true.
  ///
  /// From where the normal distribution puts the quantile, in doubling steps until it is enclosed and then by
  /// bisection: the steps grow with the logarithm of the correction, they always end, and the answer agrees exactly
  /// with ``Distribution/cumulative(_:)``. (Boost's own search for a count may never end; see CBoostMath.h.)
  private func smallestCount(
    at p: Double, z: Double, where reached: (Double) throws(StatisticsError) -> Bool
  ) throws(StatisticsError) -> Double {
    let start = (mean + standardDeviation * z).rounded(.down)
    var upper = Swift.min(Swift.max(start, support.lowerBound), support.upperBound)
    var lower: Double
    var step = 1.0
    if try reached(upper) {
      lower = upper - 1
      while lower >= support.lowerBound, try reached(lower) {
        upper = lower
        step *= 2
        lower = Swift.max(upper - step, support.lowerBound - 1)
      }
    } else {
      repeat {
        lower = upper
        upper = Swift.min(lower + step, support.upperBound)
        step *= 2
        guard upper.isFinite else {
          throw .notComputed(distribution: Self.title, quantity: "quantile", argument: p)
        }
      } while try !reached(upper)
    }
    while upper - lower > 1 {
      let middle = lower + ((upper - lower) / 2).rounded(.down)
      guard middle > lower, middle < upper else { break }
      if try reached(middle) { upper = middle } else { lower = middle }
    }
    return upper
  }

  /// The smallest count at which the distribution function reaches `p`.
  func countQuantile(_ p: Double) throws(StatisticsError) -> Double {
    guard p >= 0, p <= 1 else { throw .invalidProbability(p) }
    if p == 0 { return support.lowerBound }
    if p == 1 { return support.upperBound }
    return try smallestCount(at: p, z: StandardNormal.quantile(p)) { (k) throws(StatisticsError) in
      try cumulative(k) >= p
    }
  }

  /// The smallest count at which the upper tail has fallen to `q`.
  func countComplementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    guard q >= 0, q <= 1 else { throw .invalidProbability(q) }
    if q == 0 { return support.upperBound }
    if q == 1 { return support.lowerBound }
    return try smallestCount(at: q, z: -StandardNormal.quantile(q)) { (k) throws(StatisticsError) in
      try complement(k) <= q
    }
  }

  func atCount(
    _ count: Double, _ quantity: String, otherwise: Double, _ function: (Double) -> Double
  ) throws(StatisticsError) -> Double {
    try inside(count, quantity, outside: otherwise) { k in
      k == k.rounded(.down) ? function(k) : otherwise
    }
  }
}

/// Throws unless `isValid`; keeps the initialisers of the distributions to one line for each parameter.
func require(
  _ isValid: Bool, _ distribution: String, _ parameter: String, _ value: Double, _ accepted: String
) throws(StatisticsError) {
  guard isValid else {
    throw .invalidParameter(
      distribution: distribution, parameter: parameter, value: value, accepted: accepted)
  }
}

/// Whether `value` is a finite number above zero.
func isPositive(_ value: Double) -> Bool { value > 0 && value.isFinite }

/// Whether `value` is a mean, shape or number of trials for which the incomplete gamma and beta functions of Boost 1.74
/// are right. From 10¹¹ up its gamma is wrong in the first digits without saying so; to 10⁹ both have been compared
/// with independent values.
func isWithinReach(_ value: Double) -> Bool { value >= 0 && value <= 1e9 }
