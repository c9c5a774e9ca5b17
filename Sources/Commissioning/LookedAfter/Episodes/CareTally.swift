import TimeSeries

/// A stretch of days from which rates are learned, and how much it counts.
public struct ReferenceWindow: Hashable, Sendable {
  /// The first day.
  public let from: CivilDate
  /// The last day.
  public let through: CivilDate
  /// How much an event or a day in it counts beside those of other windows.
  public let weight: Double

  /// A window from its first to its last day.
  public init(from: CivilDate, through: CivilDate, weight: Double = 1) {
    self.from = from
    self.through = through
    self.weight = weight
  }

  /// The number of days.
  var days: Int { from.days(to: through) + 1 }

  func check(against episodes: CareEpisodes) throws(CommissioningError) {
    guard from <= through else {
      throw PlacementScheme.refusal("the reference period from \(from) to \(through) ends before it begins")
    }
    guard through <= episodes.observedThrough else {
      throw PlacementScheme.refusal(
        "the reference period runs to \(through), and the episodes are known through \(episodes.observedThrough)"
      )
    }
    guard weight.isFinite, weight > 0 else {
      throw PlacementScheme.refusal(
        "the reference period from \(from) has weight \(plainText(weight)); a weight is above zero")
    }
  }
}

/// What happened to children looked after within a window: days of exposure and counts of events by state.
///
/// Episodes are split at the birthdays on which a child passes from one band to the next, so that days and events belong
/// to the age the child then had. An event belongs to the state the child was in on the day before it.
public struct CareTally: Hashable, Sendable {
  /// The window.
  public let window: ReferenceWindow
  /// Child-days by state.
  public internal(set) var childDays: [Double]
  /// Entries into care by state.
  public internal(set) var entries: [Double]
  /// Exits from care before the birthday on which care ends, by state.
  public internal(set) var exits: [Double]
  /// Moves by state and, within it, category moved to.
  public internal(set) var moves: [Double]
  /// Children who left on the birthday on which care ends, by category.
  public internal(set) var agedOut: [Double]

  init(window: ReferenceWindow, scheme: PlacementScheme) {
    self.window = window
    childDays = [Double](repeating: 0, count: scheme.stateCount)
    entries = childDays
    exits = childDays
    moves = [Double](repeating: 0, count: scheme.stateCount * scheme.categories.count)
    agedOut = [Double](repeating: 0, count: scheme.categories.count)
  }
}

extension CareEpisodes {
  /// Counts days and events within a window.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a window out of order, not observed, or without weight.
  public func tally(_ window: ReferenceWindow) throws(CommissioningError) -> CareTally {
    try window.check(against: self)
    var tally = CareTally(window: window, scheme: scheme)
    let categories = scheme.categories.count
    let (first, beyond) = (window.from.daysSinceEpoch, window.through.daysSinceEpoch + 1)
    for (index, item) in items.enumerated() {
      let birth = births[item.child]
      let leaves = birth.birthday(scheme.leavingAge).daysSinceEpoch
      func state(on day: Int) -> Int? {
        scheme.band(ofAge: birth.completedYears(on: CivilDate(daysSinceEpoch: day)))
          .map { $0 * categories + item.category }
      }
      for (band, limits) in scheme.bands.enumerated() {
        let from = max(item.start, first, birth.birthday(limits.from).daysSinceEpoch)
        let to = min(item.end, beyond, birth.birthday(limits.to).daysSinceEpoch)
        if to > from { tally.childDays[band * categories + item.category] += Double(to - from) }
      }
      let before = index > 0 && items[index - 1].child == item.child ? items[index - 1] : nil
      if before?.end != item.start, (first..<beyond).contains(item.start), let state = state(on: item.start) {
        tally.entries[state] += 1
      }
      guard (first..<beyond).contains(item.end), let state = state(on: max(item.start, item.end - 1)) else {
        continue
      }
      let after = index + 1 < items.count && items[index + 1].child == item.child ? items[index + 1] : nil
      if let after, after.start == item.end {
        if after.category != item.category { tally.moves[state * categories + after.category] += 1 }
      } else if item.end >= leaves {
        tally.agedOut[item.category] += 1
      } else {
        tally.exits[state] += 1
      }
    }
    return tally
  }

  /// Counts days and events of a financial year.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year that is not wholly observed.
  public func tally(_ year: FinancialYear) throws(CommissioningError) -> CareTally {
    try tally(ReferenceWindow(from: year.firstDay, through: year.lastDay))
  }
}
