import TimeSeries

/// Places that open or close on a day.
public struct PlaceChange: Sendable {
  /// Whether places come or go.
  public enum Direction: String, Sendable {
    /// Places come.
    case opening
    /// Places go.
    case closure
  }

  /// Whether places come or go.
  public let direction: Direction
  /// How many: a known number, or one for each simulated future.
  public let places: Draws
  /// The first day on which they are there, or gone.
  public let from: CivilDate
  /// The last such day; nil where it stays so.
  public let until: CivilDate?
  /// Pounds of capital for each new place; nothing for a closure.
  public let capitalCostPerPlace: Draws
  /// Why.
  public let reason: String

  private init(
    _ direction: Direction, places: Draws, from: CivilDate, until: CivilDate?, capital: Draws, reason: String
  ) {
    self.direction = direction
    self.places = places
    self.from = from
    self.until = until
    self.capitalCostPerPlace = capital
    self.reason = reason
  }

  /// Places that open on a day, and close again after the last day where one is given.
  public static func opening(
    places: Draws, from: CivilDate, until: CivilDate? = nil, capitalCostPerPlace: Draws = Draws(0),
    reason: String
  ) -> PlaceChange {
    PlaceChange(
      .opening, places: places, from: from, until: until, capital: capitalCostPerPlace, reason: reason)
  }

  /// Places that close on a day, and open again after the last day where one is given.
  public static func closure(
    places: Draws, from: CivilDate, until: CivilDate? = nil, reason: String
  ) -> PlaceChange {
    PlaceChange(.closure, places: places, from: from, until: until, capital: Draws(0), reason: reason)
  }

  /// When they are there, or gone.
  var span: MonthSpan { MonthSpan(from: from, through: until) }

  /// What is wrong with it by itself; nil where nothing is.
  func fault(from first: CivilDate, horizon: ClosedRange<CivilDate>) -> String? {
    let name = "the \(direction.rawValue) of \(plainDate(from))"
    if reason.allSatisfy(\.isWhitespace) { return "\(name) has no reason; give one" }
    if let until, until < from {
      return "\(name) ends on \(plainDate(until)), before it begins; exchange the two"
    }
    if from <= first {
      return
        "\(name) lies on or before \(plainDate(first)), the day of the starting number, which holds it already; leave "
        + "it out, or give the number of an earlier day"
    }
    if from > horizon.upperBound {
      return
        "\(name) lies after the plan, which ends on \(plainDate(horizon.upperBound)); plan further, or leave it out"
    }
    for (value, what) in [(places, "places"), (capitalCostPerPlace, "pounds of capital for each place")] {
      if let wrong = value.firstValue(outside: 0 ... .infinity) {
        return "\(name) has \(grouped(wrong)) \(what), and 0 or more are needed"
      }
    }
    return nil
  }
}
