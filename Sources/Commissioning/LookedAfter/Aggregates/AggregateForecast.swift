import TimeSeries

extension CareAggregates {
  /// What a year counts beside the one after it, where no weights are given: 0.7.
  ///
  /// Chosen with the way in which years differ (each on the one before) on the published totals of 97 authorities, forecast from
  /// 2020, 2021 and 2022 without a population: 80 per cent intervals held 75, 80 and 84 per cent of the children one, two and
  /// three years on, with errors 17, 19 and 9 per cent below those of no change. Years that count alike and differ
  /// independently held 73, 64 and 57 per cent.
  public static let fading = 0.7

  /// Rates of entry and of leaving for one age class.
  ///
  /// Children leave at a rate per child-day, over the mean of a year's two ends. Half an event is added to the entries and
  /// the leavers of all years, after Jeffreys. A category takes its share of both, as of the stock.
  ///
  /// - Parameters:
  ///   - population: people of all ages of childhood by calendar year; without it entries are an absolute number a day.
  ///   - weights: how much each year counts; by ``fading`` where none are given.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for weights that are not one for each year or not above zero,
  ///   or a population that is missing.
  public func rates(population: CarePopulation? = nil, weights: [Double]? = nil) throws(CommissioningError)
    -> CareRates
  {
    let weights = weights ?? years.indices.map { power(Self.fading, Double(years.count - 1 - $0)) }
    guard weights.count == years.count, weights.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      throw PlacementScheme.refusal("\(years.count) weights above zero are needed, one for each year")
    }
    var (personDays, childDays): ([Double], [Double]) = ([], [])
    var before = opening
    for year in years {
      let days = year.year.weeks * 7
      personDays.append(days * (try population?.people(band: 0, year: year.year.start).mean ?? 1))
      childDays.append(days * (before + year.closing) / 2)
      before = year.closing
    }
    func weighted(_ values: [Double]) -> Double { zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } }
    let (starts, ceased) = (years.map(\.starts), years.map(\.ceased))
    let (allStarts, allCeased) = (weighted(starts) + 0.5, weighted(ceased) + 0.5)
    let (people, care) = (weighted(personDays), weighted(childDays))
    /// What each year expects at the rate of all, each counting alike.
    func expected(_ events: [Double], over exposure: [Double]) -> [Double] {
      let rate = events.reduce(0, +) / exposure.reduce(0, +)
      return exposure.map { $0 * rate }
    }
    let categories = scheme.categories.count
    var notes = notes
    notes.append(
      "Yearly totals alone: children have no ages here, do not pass from one placement to another, are placed as those in "
        + "care are, and leave every placement alike. What a change to one age or one move would do cannot be said."
    )
    if population == nil {
      notes.append(
        "Entries are an absolute number a day: no population was given, so they do not follow one.")
    }
    if years.count < 3 { notes.append("Two years do not tell how much years differ; that is left out.") }
    return CareRates(
      scheme: scheme, isPerHead: population != nil,
      entries: shares.map { $0 > 0 ? GammaRate(shape: allStarts * $0, exposure: people) : .zero },
      exits: shares.map {
        $0 > 0
          ? GammaRate(shape: allCeased * $0, exposure: care * $0)
          : GammaRate(shape: allCeased, exposure: care)
      },
      moves: [GammaRate](repeating: .zero, count: categories * categories), tallies: [],
      yearlyVariation: years.count < 3
        ? nil
        : CareRates.YearlyVariation(
          entries: RateSpread(
            counts: starts, expected: expected(starts, over: personDays), scale: YearlyScale.prior
          ).deviation,
          exits: RateSpread(
            counts: ceased, expected: expected(ceased, over: childDays), scale: YearlyScale.prior
          ).deviation),
      hasAges: false, notes: notes)
  }

  /// The forecast of yearly totals: from the end of the last year through a day.
  ///
  /// - Parameters:
  ///   - through: the last day.
  ///   - population: people by calendar year, those of the published years and of the forecast.
  ///   - weights: how much each published year counts.
  ///   - levers: changes to entries and to leaving.
  ///   - dates: days at whose end children are counted, beside every 31 March.
  ///   - accountingDates: days from which child-days are counted apart.
  ///   - drawsRates: whether the doubt about the rates is in the paths.
  ///   - variesByYear: whether the variation between years is in them too.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` as ``rates(population:weights:)`` and ``PlacementForecast``.
  public func forecast(
    through: CivilDate, population: CarePopulation? = nil, weights: [Double]? = nil, levers: [CareLever] = [],
    dates: [CivilDate] = [], accountingDates: [CivilDate] = [], drawsRates: Bool = true,
    variesByYear: Bool = true
  ) throws(CommissioningError) -> PlacementForecast {
    let rates = try rates(population: population, weights: weights)
    let opening = try CareOpening(
      counts: [closingByCategory], on: years[years.count - 1].year.lastDay, scheme: scheme)
    return try PlacementForecast(
      rates: rates, opening: opening, through: through, population: population, levers: levers, dates: dates,
      accountingDates: accountingDates, drawsRates: drawsRates, variesByYear: variesByYear,
      unexplained: unexplained)
  }
}
