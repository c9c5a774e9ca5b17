import TimeSeries

/// Children by placement as the authority's own episodes carry them forward: who comes, moves, leaves and has a birthday.
///
/// Episodes know what published totals do not: ages, moves and where those who come are placed. They take the place of the
/// published shares of a published total in every year after the last return.
struct PlacementEpisodes {
  /// The last day on which the children are known.
  let known: CivilDate
  /// The children on it.
  let opening: Double
  /// What a reader must know of how they came about.
  let notes: [String]
  private let paths: PlacementPaths
  private let years: ClosedRange<FinancialYear>

  /// The flows that scenarios and measures may change.
  static let names = PlacementFlows.names.filter { $0.id != "unexplained" }

  /// - Returns: nil where the service has no episodes, or none of the plan's years lies after the last return.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where no return of the reference period had been made, or as
  ///   ``PlacementForecast``.
  init?(_ service: Placements, in context: SimulationContext) throws(CommissioningError) {
    guard let evidence = service.episodeEvidence else { return nil }
    // A return is of a year to 31 March: what has happened since is in none.
    let lastReturn = FinancialYear.containing(context.asOf.adding(days: 1)).firstDay.adding(days: -1)
    let known = min(lastReturn, evidence.episodes.observedThrough)
    let through = min(known, evidence.through)
    guard evidence.from <= through else {
      throw .invalid(
        service: service.id,
        reason:
          "the reference period of the episodes begins on \(evidence.from), and by \(context.asOf) they are known "
          + "through \(known) alone; begin it earlier")
    }
    let first = FinancialYear.containing(known.adding(days: 1))
    let begins = first.firstDay > known ? first : first.next
    guard begins <= context.years.upperBound else { return nil }
    years = begins...context.years.upperBound
    let episodes = try evidence.episodes.known(on: known)
    let rates = try CareRates.estimated(
      from: episodes, windows: Self.windows(from: evidence.from, through: through))
    let children = try episodes.children(on: known)
    let forecast = try PlacementForecast(
      rates: rates, opening: CareOpening(children, on: known, scheme: episodes.scheme),
      through: context.years.upperBound.lastDay,
      levers: Self.levers(of: service.id, from: begins, in: context))
    paths = try forecast.simulate(paths: context.draws, seed: context.seed, jobs: context.jobs)
    self.known = known
    opening = Double(children.count)
    notes =
      evidence.notes + [
        "From \(begins) on children by placement come from the authority's own episodes, known through \(known): their "
          + "entries, moves and leaving of \(evidence.from) to \(through) go on, and children grow older. Published shares are "
          + "not used there."
      ] + rates.notes
  }

  /// A window for each financial year of the reference period, so that what years differ by is seen.
  private static func windows(from: CivilDate, through: CivilDate) -> [ReferenceWindow] {
    var windows: [ReferenceWindow] = []
    var day = from
    while day <= through {
      let end = min(FinancialYear.containing(day).lastDay, through)
      windows.append(ReferenceWindow(from: day, through: end))
      day = end.adding(days: 1)
    }
    return windows
  }

  /// What scenario and measures do to entries and to leaving, year by year, in every placement alike.
  private static func levers(
    of service: String, from begins: FinancialYear, in context: SimulationContext
  ) -> [CareLever] {
    var levers: [CareLever] = []
    var year = begins
    while year <= context.years.upperBound {
      let (first, last, days) = (year.firstDay, year.lastDay, year.weeks * 7)
      for (name, route) in [
        ("entries", CareLever.Route.entry(category: nil)), ("exits", CareLever.Route.exit(category: nil)),
      ] {
        let change = context.flows.change(of: name, in: service, year: year)
        if change.factor.knownValue != 1 {
          levers.append(CareLever(route, .multiply(change.factor), from: first, through: last))
        }
        // Children a year, or for a child-year, are added by the day.
        if change.addition.knownValue != 0 {
          levers.append(CareLever(route, .add(change.addition / days), from: first, through: last))
        }
      }
      year = year.next
    }
    return levers
  }

  /// Whether a year comes from episodes.
  func covers(_ year: FinancialYear) -> Bool { years.contains(year) }

  /// The average number of children over a year, in a placement or in all: child-days over the days of the year.
  func average(in year: FinancialYear, placement: String? = nil) throws(CommissioningError) -> Draws {
    try paths.average(in: year, category: placement)
  }

  /// The children at the end of a year.
  func children(atEndOf year: FinancialYear) throws(CommissioningError) -> Draws {
    try paths.children(on: year.lastDay)
  }

  /// The movement of a year from one 31 March to the next.
  func lines(of year: FinancialYear) throws(CommissioningError) -> [ServiceFlow] {
    let before = year.previous.lastDay
    let opening = before == known ? Draws(self.opening) : try paths.children(on: before)
    return PlacementFlows.lines(
      opening: opening, starts: try paths.flow(.starts, in: year), ceased: try paths.flow(.ceased, in: year),
      unexplained: Draws(0), closing: try paths.children(on: year.lastDay))
  }

  /// How far the episodes and the number from published series are apart, on the last day that both know and on the last of
  /// the plan.
  func comparison(
    with number: (CivilDate) -> Draws?, isPublished: Bool
  ) throws(CommissioningError) -> [String] {
    var notes: [String] = []
    func apart(_ own: Double, _ other: Double) -> String {
      let difference = (own - other).rounded()
      return difference == 0
        ? "as many" : "\(grouped(abs(difference))) \(difference > 0 ? "more" : "fewer")"
    }
    if let there = number(known)?.mean {
      notes.append(
        "On \(plainDate(known)) the episodes hold \(grouped(opening)) children, and the published series "
          + "\(grouped(there.rounded())): \(apart(opening, there)).")
    }
    let last = years.upperBound.lastDay
    let own = try paths.children(on: last).mean
    if let there = number(last)?.mean {
      notes.append(
        "On \(plainDate(last)) the episodes come to \(grouped(own.rounded())) children on average, and the published numbers "
          + "\(isPublished ? "with their flows" : "by themselves") to \(grouped(there.rounded())): \(apart(own, there))."
      )
    }
    return notes
  }
}
