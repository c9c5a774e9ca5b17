import TimeSeries

extension CareRates {
  /// Learns rates from episodes over a reference period.
  ///
  /// Each transition's rates at the several ages have a gamma prior about a centre. How strong it is, in events, is
  /// estimated from how much the ages differ beyond chance; so a rare transition is drawn to the centre and a common one
  /// hardly. The posterior is gamma again. A transition that neither the authority nor its comparator has seen at any age
  /// has a rate of zero, except leaving care, which can happen to every child.
  ///
  /// - Parameters:
  ///   - episodes: the episodes.
  ///   - windows: the reference period, in one window or several that do not overlap; later ones may weigh more.
  ///   - population: people by age band; without it entries are an absolute number a day.
  ///   - centre: towards what rates are drawn.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a window that is out of order, not observed or that
  ///   overlaps another, a period without a child in care, a population that is missing, or a comparator of other states
  ///   or that has never seen what happened here.
  public static func estimated(
    from episodes: CareEpisodes, windows: [ReferenceWindow], population: CarePopulation? = nil,
    centre: RateCentre = .allAges
  ) throws(CommissioningError) -> CareRates {
    let scheme = episodes.scheme
    try check(windows)
    var tallies: [CareTally] = []
    for window in windows { tallies.append(try episodes.tally(window)) }
    var atRisk: [(CareTally, personDays: [Double])] = []
    var estimation = RateEstimation(scheme: scheme)
    for tally in tallies {
      let people = try personDays(of: tally.window, scheme: scheme, population: population)
      estimation.add(tally, personDays: people)
      atRisk.append((tally, people))
    }
    guard estimation.childDays.contains(where: { $0 > 0 }) else {
      throw PlacementScheme.refusal(
        "no child was in care in the reference period from \(windows[0].from); rates need a period with exposure"
      )
    }
    if case .comparator(let other) = centre {
      guard other.scheme == scheme, other.isPerHead == (population != nil) else {
        throw PlacementScheme.refusal(
          "the comparator has other age bands, categories or another base of entries; estimate it alike")
      }
    }
    let (entries, entriesUnseen) = try estimation.entryRates(centre)
    let (exits, _) = try estimation.exitRates(centre)
    let (moves, movesUnseen) = try estimation.moveRates(centre)
    var notes: [String] = []
    if population == nil {
      notes.append(
        "Entries are an absolute number a day: no population was given, so they do not follow one.")
    }
    if entriesUnseen + movesUnseen > 0 {
      notes.append(
        "\(entriesUnseen) categories without an entry and \(movesUnseen) moves between categories were never seen at any "
          + "age and are taken never to happen.")
    }
    notes.append("Children who enter are spread evenly over the ages of their band.")
    return CareRates(
      scheme: scheme, isPerHead: population != nil, entries: entries, exits: exits, moves: moves,
      tallies: tallies,
      yearlyVariation: estimation.yearlyVariation(atRisk), hasAges: true, notes: notes)
  }

  private static func check(_ windows: [ReferenceWindow]) throws(CommissioningError) {
    guard !windows.isEmpty else {
      throw PlacementScheme.refusal("there is no reference period; give one window or more")
    }
    let sorted = windows.sorted { $0.from < $1.from }
    for (window, next) in zip(sorted, sorted.dropFirst()) where next.from <= window.through {
      throw PlacementScheme.refusal(
        "the reference window from \(next.from) begins before the one through \(window.through) ends; "
          + "windows must not overlap")
    }
  }

  /// Person-days of each age band within a window; without a population, days times years of age.
  private static func personDays(
    of window: ReferenceWindow, scheme: PlacementScheme, population: CarePopulation?
  ) throws(CommissioningError) -> [Double] {
    guard let population else { return scheme.bands.map { $0.width * Double(window.days) } }
    guard population.scheme == scheme else {
      throw PlacementScheme.refusal("the population has other age bands than the episodes")
    }
    var result = [Double](repeating: 0, count: scheme.bands.count)
    var day = window.from
    while day <= window.through {
      guard let newYear = CivilDate(year: day.year, month: 12, day: 31)?.adding(days: 1) else {
        throw PlacementScheme.refusal("the reference window reaches beyond the year 9999")
      }
      let end = min(newYear, window.through.adding(days: 1))
      for band in scheme.bands.indices {
        result[band] += try population.people(band: band, year: day.year).mean * Double(day.days(to: end))
      }
      day = end
    }
    return result
  }
}
