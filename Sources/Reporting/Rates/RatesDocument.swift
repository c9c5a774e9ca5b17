/// What is said of rates, in the form of its JSON: keys are these names.
public struct RatesDocument: Codable, Hashable, Sendable {
  /// Limits at a level.
  public struct Limits: Codable, Hashable, Sendable {
    /// The level, such as 0.95.
    public let level: Double
    /// The lower limit.
    public let lower: Double
    /// The upper limit.
    public let upper: Double

    /// Limits at a level.
    public init(level: Double, lower: Double, upper: Double) {
      self.level = level
      self.lower = lower
      self.upper = upper
    }
  }

  /// How an area stands beside another.
  public struct Comparison: Codable, Hashable, Sendable {
    /// The other area.
    public let area: String
    /// Its value; none where it has none for the period.
    public let value: Double?
    /// The standing: `better`, `similar`, `worse`, `lower`, `higher` or `notCompared`.
    public let standing: String
    /// Why there is none.
    public let reason: String?

    /// A comparison.
    public init(area: String, value: Double?, standing: String, reason: String?) {
      self.area = area
      self.value = value
      self.standing = standing
      self.reason = reason
    }
  }

  /// Where an area stands among its neighbours.
  public struct Peers: Codable, Hashable, Sendable {
    /// Its place; none where no neighbour has a value.
    public let rank: Int?
    /// Of how many, itself included; 0 where it is not to be ranked.
    public let ranked: Int
    /// The quarter, A the best; none where nobody judges, and where ``reason`` says why.
    public let quartile: String?
    /// Standard deviations above the mean of the others.
    public let z: Double?
    /// The median of the others.
    public let median: Double?
    /// The least value of the others.
    public let lowest: Double?
    /// The greatest value of the others.
    public let highest: Double?
    /// The neighbours without a value.
    public let missing: [String]
    /// Why there is no place, or no quarter.
    public let reason: String?

    /// A place among others, or why there is none.
    public init(
      rank: Int?, ranked: Int, quartile: String?, z: Double?, median: Double?, lowest: Double?,
      highest: Double?, missing: [String], reason: String? = nil
    ) {
      self.rank = rank
      self.ranked = ranked
      self.quartile = quartile
      self.z = z
      self.median = median
      self.lowest = lowest
      self.highest = highest
      self.missing = missing
      self.reason = reason
    }
  }

  /// Where a figure lies in a funnel.
  public struct Funnel: Codable, Hashable, Sendable {
    /// The benchmark of the funnel.
    public let benchmark: Double?
    /// The limits for an area of this size.
    public let limits: [Limits]
    /// Where the area lies: `below998`, `below95`, `within`, `above95` or `above998`.
    public let position: String?
    /// Why there is no funnel.
    public let reason: String?

    /// A place in a funnel, or why there is none.
    public init(
      benchmark: Double? = nil, limits: [Limits] = [], position: String? = nil, reason: String? = nil
    ) {
      self.benchmark = benchmark
      self.limits = limits
      self.position = position
      self.reason = reason
    }
  }

  /// How many people or events a published rate makes of a population.
  public struct Expected: Codable, Hashable, Sendable {
    /// The expected count.
    public let value: Double
    /// Its limits, which are those of the rate.
    public let limits: [Limits]

    /// An expected count.
    public init(value: Double, limits: [Limits]) {
      self.value = value
      self.limits = limits
    }
  }

  /// How a figure differs from the one before.
  public struct Change: Codable, Hashable, Sendable {
    /// The period before.
    public let since: String
    /// The difference of shares, or the ratio of rates.
    public let effect: Double?
    /// `difference of proportions` or `ratio of rates`.
    public let statistic: String?
    /// Its limits.
    public let limits: [Limits]
    /// The probability of so great a change by chance.
    public let p: Double?
    /// Whether it is beyond chance at 95%.
    public let beyondChance: Bool?
    /// Why there is no test.
    public let reason: String?

    /// A change.
    public init(
      since: String, effect: Double?, statistic: String?, limits: [Limits], p: Double?, beyondChance: Bool?,
      reason: String?
    ) {
      self.since = since
      self.effect = effect
      self.statistic = statistic
      self.limits = limits
      self.p = p
      self.beyondChance = beyondChance
      self.reason = reason
    }
  }

  /// A figure.
  public struct Figure: Codable, Hashable, Sendable {
    /// The period.
    public let period: String
    /// The value; none where ``reason`` says why.
    public let value: Double?
    /// The limits, one pair for each level.
    public let limits: [Limits]
    /// The count above the line.
    public let numerator: Double?
    /// The count below the line.
    public let denominator: Double?
    /// What the value is.
    public let statistic: String?
    /// How its limits were found.
    public let method: String?
    /// What a reader must know beside it.
    public let remark: String?
    /// Why there is no value.
    public let reason: String?
    /// Beside the benchmark.
    public let benchmark: Comparison?
    /// Beside the region.
    public let region: Comparison?
    /// Among the neighbours.
    public let peers: Peers?
    /// In the funnel.
    public let funnel: Funnel?
    /// Since the figure before.
    public let change: Change?
    /// What a published rate makes of the population; none for rates that were worked out from counts.
    public let expected: Expected?

    /// A figure.
    public init(
      period: String = "", value: Double? = nil, limits: [Limits] = [], numerator: Double? = nil,
      denominator: Double? = nil, statistic: String? = nil, method: String? = nil, remark: String? = nil,
      reason: String? = nil, benchmark: Comparison? = nil, region: Comparison? = nil, peers: Peers? = nil,
      funnel: Funnel? = nil, change: Change? = nil, expected: Expected? = nil
    ) {
      self.period = period
      self.value = value
      self.limits = limits
      self.numerator = numerator
      self.denominator = denominator
      self.statistic = statistic
      self.method = method
      self.remark = remark
      self.reason = reason
      self.benchmark = benchmark
      self.region = region
      self.peers = peers
      self.funnel = funnel
      self.change = change
      self.expected = expected
    }
  }

  /// What is said of a series in an area.
  public struct Entry: Codable, Hashable, Sendable {
    /// The identifier.
    public let series: String
    /// The area, where there is one.
    public let area: String?
    /// What is measured.
    public let measure: String
    /// The unit of its values.
    public let unit: String
    /// Which way it was taken to go: `higherIsBetter`, `lowerIsBetter` or `neutral`.
    public let polarity: String
    /// Why there are no figures.
    public let reason: String?
    /// The figures, in the order of their periods.
    public let figures: [Figure]
    /// The trends; none unless asked for.
    public let trends: [Trend]

    /// An entry.
    public init(
      series: String, area: String?, measure: String, unit: String, polarity: String, reason: String?,
      figures: [Figure], trends: [Trend]
    ) {
      self.series = series
      self.area = area
      self.measure = measure
      self.unit = unit
      self.polarity = polarity
      self.reason = reason
      self.figures = figures
      self.trends = trends
    }
  }

  /// What was reported, in input order.
  public let series: [Entry]
  /// The rules by which it was worked out, as sentences.
  public let rules: [String]
  /// The levels at which limits are given.
  public let levels: [Double]

  /// A document.
  public init(series: [Entry], rules: [String], levels: [Double]) {
    self.series = series
    self.rules = rules
    self.levels = levels
  }
}
