import TimeSeries

/// A yearly count of children carried into the future as a rate per 10,000 of a population times that population.
///
/// The rate is computed from the two counts, never read from a rounded publication, and keeps them as numerator and
/// denominator, so that a trend can be weighted by what chance alone would do. A census is divided by the latest
/// mid-year population before it, as the official rates are.
struct StockPaths {
  /// The rate per 10,000.
  let rate: SeriesPaths
  private let counts: Series
  private let population: SeriesPaths
  private static let per = 10_000.0

  init(
    counts id: String, population populationID: String, through period: Period, fallback: String?,
    in context: SimulationContext, service: String
  ) throws(CommissioningError) {
    let counts = try context.requiredSeries(id, for: service)
    let lastDay = period.end ?? context.asOf
    let populationSeries = try context.requiredSeries(populationID, for: service)
    guard let first = populationSeries.points.first?.period else {
      throw .nothingPublished(
        id: populationID, area: context.area, asOf: "\(context.asOf)", service: service)
    }
    population = try context.paths(
      of: populationSeries, through: Self.midYear(before: lastDay, like: first), service: service)
    self.counts = counts
    var points: [DataPoint] = []
    for point in counts.points {
      guard let count = point.value, let day = point.period.end,
        let denominator = population.series.point(at: Self.midYear(before: day, like: first))?.value
      else { continue }
      points.append(
        DataPoint(
          period: point.period, observation: .value(count / denominator * Self.per), numerator: count,
          denominator: denominator, flags: point.flags))
    }
    let series: Series
    do {
      series = try Series(
        id: "\(id) per 10,000 of \(populationID)", area: counts.area,
        measure: Measure(id: id, unit: .rate(per: Self.per)), points: points)
    } catch {
      throw .forecast(service: service, reason: "\(error)")
    }
    rate = try context.paths(of: series, through: period, fallback: fallback, service: service)
  }

  /// The count at a census: as published, or rate times population in every simulated future; nil in a gap.
  func count(at census: Period) -> Draws? {
    if let value = counts.point(at: census)?.value { return Draws(value) }
    guard let rate = rate.at(census), let day = census.end,
      let people = population(before: day)
    else { return nil }
    return rate * people / Self.per
  }

  /// Whether the count at a census was published.
  func isPublished(at census: Period) -> Bool { counts.point(at: census)?.value != nil }

  /// The population at the latest mid-year before a day.
  func population(before day: CivilDate) -> Draws? {
    guard let first = population.series.points.first?.period else { return nil }
    return population.at(Self.midYear(before: day, like: first))
  }

  /// The latest 30 June (or whatever day the estimates are of) before a day.
  private static func midYear(before day: CivilDate, like first: Period) -> Period {
    guard let start = first.end else { return first }
    let sameYear = first.advanced(by: day.year - start.year)
    return (sameYear.end ?? day) < day ? sameYear : sameYear.advanced(by: -1)
  }
}
