import TimeSeries

/// A change to how children come into care, move and leave, between two dates.
public struct CareLever: Sendable {
  /// The way that is changed; nil stands for every age band or category.
  public enum Route: Hashable, Sendable {
    /// Into care, to a category, at the ages of a band.
    case entry(category: String?, band: String? = nil)
    /// Out of care before the birthday on which it ends.
    case exit(category: String?, band: String? = nil)
    /// From one category to another.
    case move(from: String?, to: String, band: String? = nil)
  }

  /// What happens to it.
  public enum Change: Sendable {
    /// Every rate of the route times a factor, 0 or more.
    case multiply(Draws)
    /// More, 0 or above: of exits and moves, events per child-day in the state; of entries, children a day in all, shared
    /// out over the route's states as its own entries are.
    case add(Draws)
    /// A number of children each month, on its first day, whatever the rates: they come into care in a category and at the
    /// ages of a band, both named, or are taken at random from those who can go the route. A fraction adds up over months.
    case children(perMonth: Double)
  }

  /// The way that is changed.
  public let route: Route
  /// What happens to it.
  public let change: Change
  /// The first day on which it does.
  public let from: CivilDate
  /// The last day; nil for no end.
  public let through: CivilDate?

  /// A change to a route from a day on.
  public init(_ route: Route, _ change: Change, from: CivilDate, through: CivilDate? = nil) {
    self.route = route
    self.change = change
    self.from = from
    self.through = through
  }
}

/// A lever whose names have been found in a scheme.
struct ResolvedLever: Sendable {
  enum Kind: Sendable { case entry, exit, move }

  let kind: Kind
  /// The states that the route leads from; of entries, those it leads to.
  let states: [Int]
  /// The category moved to, of moves.
  let destination: Int
  let change: CareLever.Change
  /// The first day.
  let from: Int
  /// The day after the last.
  let to: Int

  init(_ lever: CareLever, rates: CareRates, from first: CivilDate, through last: CivilDate)
    throws(CommissioningError)
  {
    let scheme = rates.scheme
    let categories = scheme.categories.count
    let (kind, category, band, destination): (Kind, String?, String?, String?) =
      switch lever.route {
      case .entry(let category, let band): (.entry, category, band, nil)
      case .exit(let category, let band): (.exit, category, band, nil)
      case .move(let from, let to, let band): (.move, from, band, to)
      }
    let chosenCategory = try category.map { name throws(CommissioningError) in try scheme.categoryIndex(name)
    }
    let chosenBand = try band.map { name throws(CommissioningError) in try scheme.bandIndex(name) }
    let target = try destination.map { name throws(CommissioningError) in try scheme.categoryIndex(name) }
    states = (0..<scheme.stateCount).filter { state in
      (chosenCategory ?? state % categories) == state % categories && state % categories != target
        && (chosenBand ?? state / categories) == state / categories
    }
    self.kind = kind
    self.destination = target ?? 0
    change = lever.change
    if let through = lever.through, through < lever.from {
      throw PlacementScheme.refusal("a lever from \(lever.from) ends before that, on \(through)")
    }
    guard lever.from <= last, lever.through ?? last >= first else {
      throw PlacementScheme.refusal(
        "a lever from \(lever.from)\(lever.through.map { " through \($0)" } ?? "") lies outside the forecast, which runs "
          + "from \(first) through \(last)")
    }
    guard !states.isEmpty else {
      throw PlacementScheme.refusal("a move from \"\(category ?? "")\" to itself is no move")
    }
    try Self.check(lever.change, kind: kind, states: states.count)
    if kind == .entry, case .add = lever.change, states.count > 1,
      !states.contains(where: { rates.entries[$0].mean > 0 })
    {
      throw PlacementScheme.refusal(
        "a lever adds entries to \"\(category ?? "")\", into which nobody came in the reference period; name an age band"
      )
    }
    from = max(lever.from, first).daysSinceEpoch
    to = min(lever.through ?? last, last).daysSinceEpoch + 1
  }

  private static func check(_ change: CareLever.Change, kind: Kind, states: Int) throws(CommissioningError) {
    func isFaulty(_ value: Double) -> Bool { !(value >= 0 && value.isFinite) }
    switch change {
    case .multiply(let draws):
      if let worst = draws.worst(where: isFaulty) {
        throw PlacementScheme.refusal(
          "a lever multiplies by \(plainText(worst)); a factor is a number from 0")
      }
    case .add(let draws):
      if let worst = draws.worst(where: isFaulty) {
        throw PlacementScheme.refusal(
          "a lever adds \(plainText(worst)) to a rate; add a number from 0, and multiply by less than 1 to lower a rate"
        )
      }
    case .children(let perMonth):
      guard !isFaulty(perMonth), perMonth <= 10_000 else {
        throw PlacementScheme.refusal(
          "a lever moves \(plainText(perMonth)) children a month; 0 to 10,000 are accepted")
      }
      guard kind != .entry || states == 1 else {
        throw PlacementScheme.refusal(
          "a lever that brings a number of children into care names one category and one age band")
      }
    }
  }

  /// How many children go the route in the month that begins on a day, by the whole months since the lever began.
  func children(inMonthOf day: CivilDate) -> Int {
    guard case .children(let perMonth) = change else { return 0 }
    let start = CivilDate(daysSinceEpoch: from)
    let first = start.day == 1 ? start : start.lastOfMonth.adding(days: 1)
    let month = Double((day.year - first.year) * 12 + day.month - first.month)
    return Int(((month + 1) * perMonth + 1e-9).rounded(.down) - (month * perMonth + 1e-9).rounded(.down))
  }
}
