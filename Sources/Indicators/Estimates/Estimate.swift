import TimeSeries

/// The limits of an estimate at one level of confidence, in the unit of the estimate.
public struct ConfidenceLimits: Hashable, Sendable {
  /// How sure the interval is meant to be.
  public let confidence: Confidence
  /// The lower limit.
  public let lower: Double
  /// The upper limit.
  public let upper: Double

  /// Limits at a level.
  public init(_ confidence: Confidence, lower: Double, upper: Double) {
    self.confidence = confidence
    self.lower = lower
    self.upper = upper
  }

  /// From the lower limit to the upper.
  public var range: ClosedRange<Double> { lower...max(lower, upper) }
}

/// A rate, a share, a ratio or a mean with its limits, which says what it is and how it was worked out.
public struct Estimate: Hashable, Sendable {
  /// The estimate, in ``unit``.
  public let value: Double
  /// The unit of the value and its limits.
  public let unit: TimeSeries.Unit
  /// What it is, as the profession names it: `crude rate`, `proportion`, `directly standardised rate`.
  public let statistic: String
  /// How its limits were found: `Byar`, `exact Poisson (Garwood)`, `Wilson score`, `Dobson`.
  public let method: String
  /// The limits, one pair for each level that was asked for; none where the method allows none, which ``remark`` explains.
  public let limits: [ConfidenceLimits]
  /// The count above the line, where there is one.
  public let numerator: Double?
  /// The count below the line, or the expected count of a ratio, where there is one.
  public let denominator: Double?
  /// What a reader must know beside the number, a sentence without its full stop: a count too small for the method.
  public let remark: String?

  /// An estimate with all that is known of it.
  public init(
    value: Double, unit: TimeSeries.Unit, statistic: String, method: String, limits: [ConfidenceLimits],
    numerator: Double? = nil, denominator: Double? = nil, remark: String? = nil
  ) {
    self.value = value
    self.unit = unit
    self.statistic = statistic
    self.method = method
    self.limits = limits
    self.numerator = numerator
    self.denominator = denominator
    self.remark = remark
  }

  /// The limits at a level; nil where there are none.
  public func limits(_ confidence: Confidence) -> ConfidenceLimits? {
    limits.first { $0.confidence == confidence }
  }
}
