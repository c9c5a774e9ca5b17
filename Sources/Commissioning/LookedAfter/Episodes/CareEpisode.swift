import TimeSeries

/// A stretch of care in one placement: a row of the return of children looked after.
public struct CareEpisode: Hashable, Sendable {
  /// The child's identifier.
  public var child: String
  /// The date of birth.
  public var birth: CivilDate
  /// The first day of the episode (DECOM).
  public var start: CivilDate
  /// The day on which it ended (DEC), which is the first day not in it; nil while it goes on.
  public var end: CivilDate?
  /// The placement code (PLACE).
  public var placement: String
  /// Who provides the placement.
  public var provider: PlacementProvider
  /// The distance from home in miles, where it is known.
  public var distance: Double?
  /// Whether the placement lies outside the authority, where it is known.
  public var isOutOfArea: Bool?

  /// An episode as it was recorded; ``CareEpisodes`` checks it.
  public init(
    child: String, birth: CivilDate, start: CivilDate, end: CivilDate?, placement: String,
    provider: PlacementProvider = .notStated, distance: Double? = nil, isOutOfArea: Bool? = nil
  ) {
    self.child = child
    self.birth = birth
    self.start = start
    self.end = end
    self.placement = placement
    self.provider = provider
    self.distance = distance
    self.isOutOfArea = isOutOfArea
  }
}

extension CivilDate {
  /// The day on which somebody born on this date has lived a number of years.
  ///
  /// Somebody born on 29 February comes of age on 1 March of a year without one.
  public func birthday(_ years: Int) -> CivilDate {
    let day = adding(months: 12 * years)
    return day.day == self.day ? day : day.adding(days: 1)
  }

  /// The number of birthdays that somebody born on this date has had by a day; negative before birth.
  public func completedYears(on date: CivilDate) -> Int {
    let years = date.year - year
    return birthday(years) <= date ? years : years - 1
  }
}
