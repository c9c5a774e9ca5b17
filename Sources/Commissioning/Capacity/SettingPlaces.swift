import TimeSeries

/// The places of one setting over time: how many there were on a day, what opens and closes since, and the part of them
/// that can be filled.
public struct SettingPlaces: Sendable {
  /// The setting, by the name that demand uses.
  public let setting: String
  /// The number of places on the day of ``startingOn``.
  public let starting: Draws
  /// The day on which that many were counted.
  public let startingOn: CivilDate
  /// What opens and closes afterwards.
  public let changes: [PlaceChange]
  /// The part of places that can be filled, 0 to 1: some stand empty between children, or do not suit the next one.
  public let usable: Draws

  /// Describes the places of a setting; ``Capacity`` checks it.
  public init(
    setting: String, starting: Draws, on startingOn: CivilDate, changes: [PlaceChange] = [],
    usable: Draws = Draws(1)
  ) {
    self.setting = setting
    self.starting = starting
    self.startingOn = startingOn
    self.changes = changes
    self.usable = usable
  }

  /// The number of places on average over some days, filled or not: every month counts as a twelfth of a year and a day
  /// as its part of its month, so that places that open in September are seven twelfths of themselves in their first
  /// financial year.
  public func places(over days: ClosedRange<CivilDate>) -> Draws {
    let window = MonthSpan(days)
    return changes.reduce(starting) { sum, change in
      let share = change.span.share(of: window)
      guard share > 0 else { return sum }
      let part = change.places * share
      return change.direction == .opening ? sum + part : sum - part
    }
  }

  /// The number of places on a day, such as that of a census.
  public func places(on day: CivilDate) -> Draws { places(over: day...day) }

  /// Pounds of capital for the places that open in a financial year, all in the year of their first day.
  public func capitalCost(in year: FinancialYear) -> Draws {
    Draws.sum(
      changes.filter { year.days.contains($0.from) }.map { $0.places * $0.capitalCostPerPlace })
  }

  /// Every uncertain quantity of it.
  var quantities: [Draws] {
    [starting, usable] + changes.flatMap { [$0.places, $0.capitalCostPerPlace] }
  }

  /// What is wrong with it; nil where nothing is.
  func fault(horizon: ClosedRange<CivilDate>) -> String? {
    if startingOn > horizon.lowerBound {
      return
        "the starting number of places is that of \(plainDate(startingOn)), and the plan begins on "
        + "\(plainDate(horizon.lowerBound)); give the number of that day, or of an earlier one"
    }
    if let wrong = starting.firstValue(outside: 0 ... .infinity) {
      return "the starting number of places is \(grouped(wrong)), and 0 or more are needed"
    }
    if let wrong = usable.firstValue(outside: 0...1) {
      return "the usable part of places is \(grouped(wrong)), and a share, 0 to 1 or 0% to 100%, is needed"
    }
    for change in changes {
      if let fault = change.fault(from: startingOn, horizon: horizon) { return fault }
    }
    if let fault = Draws.futuresFault(quantities) { return fault }
    // The number changes on these days alone.
    let days = changes.flatMap { change in [change.from] + (change.until.map { [$0.adding(days: 1)] } ?? []) }
    for day in days.sorted() {
      if let wrong = places(on: day).firstValue(outside: 0 ... .infinity) {
        return
          "more places close than there are: \(grouped(wrong)) would be left on \(plainDate(day)) in at least one "
          + "future; close fewer"
      }
    }
    return nil
  }
}
