extension RatesDocument {
  /// What a test of trend says of a series, or of a stretch of it.
  public struct Trend: Codable, Hashable, Sendable {
    /// `recent-trend`, `recent-trend-logistic`, `mann-kendall`, `cochran-armitage`, `joinpoint` or `joinpoint-average`.
    public let test: String
    /// The first period that it looks at.
    public let first: String?
    /// The last period that it looks at.
    public let last: String?
    /// The slope, in ``slopeUnit``.
    public let slope: Double?
    /// The unit of the slope.
    public let slopeUnit: String?
    /// The limits of the slope.
    public let limits: [Limits]
    /// The statistic of the test.
    public let statistic: Double?
    /// What the statistic is.
    public let statisticName: String?
    /// The probability of such a statistic where nothing changes.
    public let p: Double?
    /// `increasing`, `decreasing` or `none`.
    public let direction: String?
    /// The marker in words.
    public let marker: String?
    /// How it was worked out.
    public let method: String?
    /// Remarks, and where limits come from.
    public let remark: String?
    /// Why it cannot be worked out.
    public let reason: String?

    /// A trend, or why there is none.
    public init(
      test: String, first: String? = nil, last: String? = nil, slope: Double? = nil, slopeUnit: String? = nil,
      limits: [Limits] = [], statistic: Double? = nil, statisticName: String? = nil, p: Double? = nil,
      direction: String? = nil, marker: String? = nil, method: String? = nil, remark: String? = nil,
      reason: String? = nil
    ) {
      self.test = test
      self.first = first
      self.last = last
      self.slope = slope
      self.slopeUnit = slopeUnit
      self.limits = limits
      self.statistic = statistic
      self.statisticName = statisticName
      self.p = p
      self.direction = direction
      self.marker = marker
      self.method = method
      self.remark = remark
      self.reason = reason
    }
  }
}
