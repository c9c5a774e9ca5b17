import TimeSeries

/// The figures that a trajectory is judged by.
public struct TrajectoryFigures: Sendable {
  /// The measure in the area of the plan; nil where nobody has given any figures.
  public let own: Series?
  /// Why the series is not quite the plan's measure; nil where it is.
  public let proxy: String?
  /// Why figures that were given cannot be used, so that there are none; nil where none were given, or they can.
  public let refusal: String?
  /// The same measure in the whole country, where there is one.
  public let national: Series?
  /// The same measure in other areas, whose movement lends strength to a forecast.
  public let comparators: [Series]

  /// Figures; none unless given.
  public init(
    own: Series? = nil, proxy: String? = nil, national: Series? = nil, comparators: [Series] = [],
    refusal: String? = nil
  ) {
    self.own = own
    self.proxy = proxy
    self.refusal = refusal
    self.national = national
    self.comparators = comparators
  }

  /// The figures as they were known on a day.
  public func known(asOf date: CivilDate) -> TrajectoryFigures {
    TrajectoryFigures(
      own: own?.known(asOf: date), proxy: proxy, national: national?.known(asOf: date),
      comparators: comparators.map { $0.known(asOf: date) }, refusal: refusal)
  }
}
