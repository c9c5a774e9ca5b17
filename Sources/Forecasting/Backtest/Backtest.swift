import TimeSeries

/// Forecasts made again from earlier ends of series, as they would have been made then, and scored by what came.
///
/// At origin k, the last k to k + h − 1 periods are what was to come: everything after the origin is hidden, and the h
/// periods that follow it are forecast and scored. A series by itself is counted back from its own last value. A pool
/// is counted back from the last value of any of its series, and all are cut at the same period, so that no series tells
/// of the years that are hidden in another; a series that ends earlier takes part as far as it reaches. The sample is
/// made anew from what is left: its scale, ceiling and rounding are those that were known then. Covariates of hidden
/// periods stay, because a forecast with regressors is given them.
///
/// L. J. Tashman, "Out-of-sample tests of forecasting accuracy" (2000).
public struct Backtest: Sendable {
  /// The number of periods that are forecast from each origin.
  public let horizon: Int
  /// The number of origins; the latest leaves exactly `horizon` periods to be forecast, each other one a period more.
  public let origins: Int
  /// The number of periods up to the origin that are learned from; nil for all there are.
  public let window: Int?
  /// The levels of the intervals, as shares.
  public let levels: [Double]
  /// Whether an origin is a day: what had been published when the figures of its last period came out.
  ///
  /// The day is the one by which at least half of the dated figures of that period had been published. Figures that
  /// were published later are hidden, whatever their period; figures without a date are hidden by their period.
  public let followsPublication: Bool

  /// The greatest number of origins.
  public static let mostOrigins = 10_000

  /// Describes a backtest.
  ///
  /// - Throws: ``ForecastingError/horizon(_:)``, ``ForecastingError/probability(_:)`` for a level that is not between 0 and
  ///   1, and ``ForecastingError/backtest(problem:)`` for a number of origins or a window that is not.
  public init(
    horizon: Int, origins: Int, window: Int? = nil, levels: [Double] = [0.8, 0.95],
    followsPublication: Bool = false
  ) throws(ForecastingError) {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    guard origins >= 1, origins <= Self.mostOrigins else {
      throw .backtest(
        problem: "\(origins) origins were asked for; give a whole number from 1 to \(Self.mostOrigins)")
    }
    guard window.map({ $0 >= 1 }) ?? true else {
      throw .backtest(problem: "a window of \(window ?? 0) periods was asked for; give 1 or more")
    }
    for level in levels where !(level > 0 && level < 1) { throw .probability(level) }
    self.horizon = horizon
    self.origins = origins
    self.window = window
    self.levels = levels
    self.followsPublication = followsPublication
  }

  /// A model with the name that results give it.
  public struct Contender: Sendable {
    /// The name: the specification as it was asked for.
    public let name: String
    /// The model.
    public let model: any ForecastModel

    /// Names a model; by its own specification unless given.
    public init(_ model: any ForecastModel, name: String? = nil) {
      self.model = model
      self.name = name ?? model.specification
    }
  }

  /// What a series is counted among.
  public struct Place: Hashable, Sendable {
    /// The series with this value are forecast together; nil for a series by itself.
    public let pool: String?
    /// The group that its measures are averaged in.
    public let group: String

    /// Names a pool and a group.
    public init(pool: String? = nil, group: String = Place.everything) {
      self.pool = pool
      self.group = group
    }

    /// The group of all series, where they are not divided.
    public static let everything = "all"
  }
}
