/// The decomposition of a series into season, trend and remainder by loess: STL (R. B. Cleveland, W. S. Cleveland,
/// J. E. McRae and I. Terpenning, "STL: a seasonal-trend decomposition procedure based on loess", 1990).
///
/// The inner loop smooths each season over the years, takes from the season what a low-pass filter leaves of trend in
/// it, and smooths what remains into a trend. The outer loop weighs down observations with large remainders, so that
/// an unusual month does not bend season and trend. Windows and jumps that are not given are those of R's `stl`.
///
/// Use it to see, or to take out, a season that may change slowly. Do not use it on fewer than three or four years, on
/// which any season can be found. The time is O(n) times windows, over jumps.
public struct SeasonalTrendLoess: Hashable, Sendable {
  /// How much of the past and future of one season is smoothed together.
  public enum SeasonalWindow: Hashable, Sendable {
    /// The season is the same in every year.
    case periodic
    /// An odd number of years, seven or more as a rule: the smaller, the faster the season may change.
    case years(Int)
  }

  /// How many years of one season are smoothed together.
  public var seasonalWindow: SeasonalWindow
  /// The number of periods in the window of the trend, odd; nil takes the least odd number of at least
  /// 1.5 m / (1 - 1.5 / seasonal window) for a season of m periods.
  public var trendWindow: Int?
  /// The number of periods in the window of the low-pass filter, odd; nil takes the least odd number of at least m.
  public var lowPassWindow: Int?
  /// The degree of the regression on one season: 0 for a constant, 1 for a line. Always 0 for a periodic season.
  public var seasonalDegree: Int
  /// The degree of the regression for the trend, 0 or 1.
  public var trendDegree: Int
  /// The degree of the regression in the low-pass filter, 0 or 1; nil takes that of the trend.
  public var lowPassDegree: Int?
  /// The distances between the places at which season, trend and low-pass filter are fitted; nil takes a tenth of each
  /// window, rounded up.
  public var jumps: Jumps?
  /// Whether observations with large remainders are weighed down.
  public var isRobust: Bool
  /// The number of inner loops; nil takes two, or one where robust.
  public var innerLoops: Int?
  /// The number of outer loops; nil takes none, or fifteen where robust.
  public var outerLoops: Int?

  /// The distances between the places at which regressions are made.
  public struct Jumps: Hashable, Sendable {
    /// Along one season, in years.
    public var season: Int
    /// Along the trend, in periods.
    public var trend: Int
    /// Along the low-pass filter, in periods.
    public var lowPass: Int

    /// Three distances of at least one; 1 makes a regression everywhere.
    public init(season: Int = 1, trend: Int = 1, lowPass: Int = 1) {
      self.season = season
      self.trend = trend
      self.lowPass = lowPass
    }
  }

  /// Describes the decomposition; see the properties for what each setting means.
  public init(
    seasonalWindow: SeasonalWindow = .periodic, trendWindow: Int? = nil, lowPassWindow: Int? = nil,
    seasonalDegree: Int = 0, trendDegree: Int = 1, lowPassDegree: Int? = nil, jumps: Jumps? = nil,
    isRobust: Bool = false, innerLoops: Int? = nil, outerLoops: Int? = nil
  ) {
    self.seasonalWindow = seasonalWindow
    self.trendWindow = trendWindow
    self.lowPassWindow = lowPassWindow
    self.seasonalDegree = seasonalDegree
    self.trendDegree = trendDegree
    self.lowPassDegree = lowPassDegree
    self.jumps = jumps
    self.isRobust = isRobust
    self.innerLoops = innerLoops
    self.outerLoops = outerLoops
  }

  /// Decomposes a sample on its own scale.
  ///
  /// - Parameters:
  ///   - sample: consecutive periods, more than two seasons of them.
  ///   - season: the length of the season; nil takes that of the series.
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for a series without a season, a window that is
  ///   not odd or a degree that is not 0 or 1; ``ForecastingError/tooFewObservations(series:model:found:needed:)``;
  ///   ``ForecastingError/gap(series:model:after:)``.
  public func decompose(
    _ sample: Sample, season: Int? = nil
  ) throws(ForecastingError) -> SeasonalTrendDecomposition {
    let length = try sample.seasonForDecomposition(season, method: Self.method)
    let plan = try plan(for: sample, season: length)
    return plan.decompose(sample.values)
  }

  static let method = "the decomposition by loess"

  /// The settings with nothing left open.
  func plan(for sample: Sample, season: Int) throws(ForecastingError) -> SeasonalTrendPlan {
    func refusal(_ problem: String) -> ForecastingError {
      .unsuitable(series: sample.name, model: Self.method, problem: problem)
    }
    func odd(_ window: Int, _ name: String) throws(ForecastingError) -> Int {
      guard window >= 3, !window.isMultiple(of: 2) else {
        throw refusal("needs an odd window of three or more for \(name), and \(window) was given")
      }
      return window
    }
    var degrees = [seasonalDegree, trendDegree, lowPassDegree ?? trendDegree]
    for degree in degrees where degree != 0 && degree != 1 {
      throw refusal("fits a constant (degree 0) or a line (degree 1), and a degree of \(degree) was given")
    }
    let seasonWindow: Int
    switch seasonalWindow {
    case .periodic:
      // A window far wider than the series makes a mean of each season.
      seasonWindow = 10 * sample.count + 1
      degrees[0] = 0
    case .years(let years): seasonWindow = try odd(years, "the season")
    }
    let widest = (1.5 * Double(season) / (1 - 1.5 / Double(seasonWindow))).rounded(.up)
    let trend = try odd(trendWindow ?? Int(widest) | 1, "the trend")
    let lowPass = try odd(lowPassWindow ?? season | 1, "the low-pass filter")
    let tenths =
      jumps ?? Jumps(season: (seasonWindow + 9) / 10, trend: (trend + 9) / 10, lowPass: (lowPass + 9) / 10)
    let inner = innerLoops ?? (isRobust ? 1 : 2)
    let outer = outerLoops ?? (isRobust ? 15 : 0)
    guard tenths.season >= 1, tenths.trend >= 1, tenths.lowPass >= 1 else {
      throw refusal("needs distances between fits of at least one period")
    }
    guard (1...1000).contains(inner), (0...1000).contains(outer) else {
      throw refusal(
        "needs 1 to 1000 inner loops and 0 to 1000 outer ones, and \(inner) and \(outer) were given")
    }
    return SeasonalTrendPlan(
      period: season, season: LoessSmoother(window: seasonWindow, degree: degrees[0], jump: tenths.season),
      trend: LoessSmoother(window: trend, degree: degrees[1], jump: tenths.trend),
      lowPass: LoessSmoother(window: lowPass, degree: degrees[2], jump: tenths.lowPass),
      innerLoops: inner, outerLoops: outer, isPeriodic: seasonalWindow == .periodic)
  }
}
