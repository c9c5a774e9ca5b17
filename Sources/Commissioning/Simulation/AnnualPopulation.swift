import TimeSeries

/// A population that is estimated once a year, as published and then as simulated.
///
/// Two services that name the same series share its simulated futures. Beyond the last estimate it is the forecast of
/// the estimates, times what the plan assumes of them: an official projection is not read.
struct AnnualPopulation {
  private let paths: SeriesPaths
  private let assumed: Draws
  private let first: Period
  private let firstYear: Int

  /// - Throws: ``CommissioningError`` when nothing was known, or when the estimates are not yearly.
  init(_ id: String, in context: SimulationContext, service: String) throws(CommissioningError) {
    let series = try context.requiredSeries(id, for: service)
    paths = try context.paths(of: series, among: context.comparators(of: series), service: service)
    guard let first = series.points.first?.period, let day = first.end else {
      throw .invalid(service: service, reason: "\"\(id)\" has no dates; a population is of a day or a year")
    }
    self.first = first
    firstYear = day.year
    assumed = try context.populationBeyondEstimates(for: service)
  }

  /// The population of a period: as estimated, or as forecast and assumed; nil in a gap.
  func people(at period: Period) -> Draws? {
    guard let people = paths.at(period) else { return nil }
    return paths.isPublished(at: period) ? people : people * assumed
  }

  /// The period of the last estimate.
  var lastPublished: Period { paths.lastPublished }

  /// Whether the estimate of a period was published.
  func isPublished(at period: Period) -> Bool { paths.isPublished(at: period) }

  /// The estimate for the calendar year in which a financial year begins: at mid-year, its third month.
  func estimate(for year: FinancialYear) -> Draws? { people(at: period(in: year.start)) }

  /// The latest estimate that is of a day or of one before it: the denominator of a rate on that day.
  ///
  /// A count on 31 March is divided by the middle of the year before, as the official rates are; one on 30 June by
  /// the estimate of that very day.
  func period(onOrBefore day: CivilDate) -> Period {
    let sameYear = period(in: day.year)
    guard let end = sameYear.end, end > day else { return sameYear }
    return sameYear.advanced(by: -1)
  }

  private func period(in year: Int) -> Period { first.advanced(by: year - firstYear) }
}
