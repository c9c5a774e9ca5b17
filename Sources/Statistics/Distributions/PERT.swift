#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The PERT distribution of an expert's judgement: a lowest, a most likely and a highest value.
///
/// A beta distribution stretched over minimum...maximum with α = 1 + 4(mode − minimum)/(maximum − minimum) and
/// α + β = 6, so that the mean is (minimum + 4 mode + maximum)/6: D. Vose, *Risk Analysis* (2000). Where minimum
/// equals maximum, all the probability stands on that value.
public struct PERT: ContinuousDistribution, Equatable {
  /// The lowest value possible.
  public let minimum: Double
  /// The most likely value.
  public let mode: Double
  /// The highest value possible.
  public let maximum: Double
  // Nil where the distribution is a single value.
  private let standard: Beta?

  /// A PERT distribution; throws unless minimum ≤ mode ≤ maximum, all finite with a finite range.
  public init(minimum: Double, mode: Double, maximum: Double) throws(StatisticsError) {
    try require(minimum.isFinite, Self.title, "minimum", minimum, "a finite number")
    try require(
      maximum >= minimum && (maximum - minimum).isFinite, Self.title, "maximum", maximum,
      "finite and at least the minimum, \(minimum)")
    try require(
      mode >= minimum && mode <= maximum, Self.title, "mode", mode,
      "from the minimum, \(minimum), to the maximum, \(maximum)")
    self.minimum = minimum
    self.mode = mode
    self.maximum = maximum
    let range = maximum - minimum
    standard =
      range > 0
      ? try Beta(alpha: 1 + 4 * ((mode - minimum) / range), beta: 1 + 4 * ((maximum - mode) / range))
      : nil
  }

  private var range: Double { maximum - minimum }

  /// (minimum + 4 mode + maximum) / 6.
  public var mean: Double { minimum + 4 * (mode - minimum) / 6 + range / 6 }

  /// The square of the range times the variance of the beta distribution beneath.
  public var variance: Double { (standard?.variance ?? 0) * range * range }

  /// minimum...maximum.
  public var support: ClosedRange<Double> { minimum...maximum }

  private func standardised(_ x: Double) -> Double { Swift.min(Swift.max((x - minimum) / range, 0), 1) }

  /// The density, in units of one over the variable's; infinite at a single value.
  public func density(_ x: Double) throws(StatisticsError) -> Double {
    let x = try checked(x, for: "density")
    guard support.contains(x) else { return 0 }
    guard let standard else { return .infinity }
    return try standard.density(standardised(x)) / range
  }

  /// The logarithm of the density.
  public func logDensity(_ x: Double) throws(StatisticsError) -> Double {
    let x = try checked(x, for: "log density")
    guard support.contains(x) else { return -.infinity }
    guard let standard else { return .infinity }
    return try standard.logDensity(standardised(x)) - log(range)
  }

  /// P(X ≤ x).
  public func cumulative(_ x: Double) throws(StatisticsError) -> Double {
    let x = try checked(x, for: "distribution function")
    if x < minimum { return 0 }
    if x >= maximum { return 1 }
    return try standard?.cumulative(standardised(x)) ?? 1
  }

  /// P(X > x).
  public func complement(_ x: Double) throws(StatisticsError) -> Double {
    let x = try checked(x, for: "upper tail")
    if x < minimum { return 1 }
    if x >= maximum { return 0 }
    return try standard?.complement(standardised(x)) ?? 0
  }

  /// The value below which the probability is `p`.
  public func quantile(_ p: Double) throws(StatisticsError) -> Double {
    guard p >= 0, p <= 1 else { throw .invalidProbability(p) }
    guard let standard else { return minimum }
    return p == 1 ? maximum : Swift.min(minimum + range * (try standard.quantile(p)), maximum)
  }

  /// The value above which the probability is `q`.
  public func complementQuantile(_ q: Double) throws(StatisticsError) -> Double {
    guard q >= 0, q <= 1 else { throw .invalidProbability(q) }
    guard let standard else { return minimum }
    return q == 0 ? maximum : Swift.min(minimum + range * (try standard.complementQuantile(q)), maximum)
  }

  /// One draw.
  public func draw(from stream: inout RandomStream) -> Double {
    stream.pert(minimum: minimum, mode: mode, maximum: maximum)
  }
}
