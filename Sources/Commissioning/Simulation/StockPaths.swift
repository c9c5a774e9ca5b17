import TimeSeries

/// A yearly count of children carried into the future as a rate per 10,000 of a population times that population.
///
/// The rate is computed from the two counts, never read from a rounded publication, and keeps them as numerator and
/// denominator, so that a trend can be weighted by what chance alone would do. Where a count was published before the
/// population it is divided by, the mean of the simulated population takes its place, so that the latest count is
/// never lost. No count is above its population: a rate drawn from very few years could otherwise be any number.
struct StockPaths {
  /// The rate per 10,000.
  let rate: SeriesPaths
  /// What a reader must know of how the rate came about.
  let notes: [String]
  private let counts: Series
  private let population: AnnualPopulation
  private let average: YearAverage
  private let service: String
  /// The stock by calendar year of its census, where scenario or measures have changed its flows.
  private var changed: [Int: Draws] = [:]
  private static let per = 10_000.0

  /// The last census with a published count.
  var lastCensus: Period? { counts.latest.map(\.period) }

  /// The same stock with other counts at censuses that have not been published.
  func changed(to stock: [Int: Draws]) -> StockPaths {
    var result = self
    result.changed = stock
    return result
  }

  init(
    counts id: String, population populationID: String, average: YearAverage, fallback: String? = nil,
    in context: SimulationContext, service: String
  ) throws(CommissioningError) {
    let counts = try context.requiredSeries(id, for: service)
    let example = try average.censuses(of: context.years.upperBound, service: service).later
    try context.requireKind(of: counts, like: example, for: service)
    population = try AnnualPopulation(populationID, in: context, service: service)
    self.counts = counts
    self.average = average
    self.service = service
    var notes: [String] = []
    var points: [DataPoint] = []
    for point in counts.points {
      guard let count = point.value, let day = point.period.end else { continue }
      let period = population.period(onOrBefore: day)
      guard let denominator = population.people(at: period)?.mean else {
        notes.append(
          "\"\(id)\" at \(point.period.label) has no population before it and does not enter the rate.")
        continue
      }
      guard denominator > 0 else {
        throw .invalid(service: service, reason: "\"\(populationID)\" is \(denominator) at \(period.label)")
      }
      guard (0...denominator).contains(count) else {
        try context.refuse(
          .implausible(
            service: service, series: id, area: counts.area, period: point.period, value: grouped(count),
            wanted: "a count from 0 to the \(grouped(denominator.rounded())) of \"\(populationID)\""))
        continue
      }
      if !population.isPublished(at: period) {
        notes.append(
          "The population of \(period.label) had not been published; the rate of \(point.period.label) is on its forecast."
        )
      }
      points.append(
        DataPoint(
          period: point.period, observation: .value(count / denominator * Self.per),
          rounding: point.rounding.map { $0 / denominator * Self.per }, numerator: count,
          denominator: denominator, flags: point.flags))
    }
    self.notes = notes
    let series: Series
    do {
      series = try Series(
        id: "\(id) per 10,000 of \(populationID)", area: counts.area,
        measure: Measure(id: id, unit: .rate(per: Self.per)), points: points)
    } catch {
      throw .forecast(service: service, reason: "\(error)")
    }
    let comparators = context.comparators(of: counts).compactMap { other in
      context.series(populationID, ofOther: other.area).flatMap { Self.rate(of: other, in: $0) }
    }
    rate = try context.paths(
      of: series, among: comparators, countedBy: counts, fallback: fallback, service: service)
  }

  /// Another area's count as a rate of its own latest population; nil where none of its counts has one.
  private static func rate(of counts: Series, in population: Series) -> Series? {
    let estimates = population.points.compactMap { point in
      point.period.end.flatMap { day in point.value.map { (day: day, people: $0) } }
    }
    let points = counts.points.compactMap { point -> DataPoint? in
      guard let count = point.value, let day = point.period.end,
        let people = estimates.last(where: { $0.day <= day })?.people, people > 0,
        (0...people).contains(count)
      else { return nil }
      return DataPoint(
        period: point.period, observation: .value(count / people * per),
        rounding: point.rounding.map { $0 / people * per }, numerator: count, denominator: people,
        flags: point.flags)
    }
    return try? Series(
      id: counts.id, area: counts.area, measure: Measure(id: counts.id, unit: .rate(per: per)), points: points
    )
  }

  /// The count at a census: as published, or rate times population in every simulated future; nil in a gap.
  func count(at census: Period) -> Draws? {
    if let value = counts.point(matching: census)?.value { return Draws(value) }
    if let year = census.end?.year, let count = changed[year] { return count }
    guard let rate = rate.at(census), let day = census.end,
      let people = population.people(at: population.period(onOrBefore: day))
    else { return nil }
    return rate.lesser(Draws(Self.per)) * people / Self.per
  }

  /// The average count over a financial year; nil where the census within it is neither published nor forecast.
  func average(in year: FinancialYear) throws(CommissioningError) -> Draws? {
    try average.average(in: year, service: service) { count(at: $0) }
  }

  /// The population at the same censuses, averaged over a financial year as the count is; nil where it is not known.
  func people(in year: FinancialYear) throws(CommissioningError) -> Draws? {
    try average.average(in: year, service: service) { census in
      census.end.flatMap { population.people(at: population.period(onOrBefore: $0)) }
    }
  }

  /// The mean of the count within a financial year as a share of its population; nil where it is not known.
  func share(in year: FinancialYear) throws(CommissioningError) -> Double? {
    let census = try average.censuses(of: year, service: service).later
    guard let count = count(at: census), let day = census.end,
      let people = population.people(at: population.period(onOrBefore: day))
    else { return nil }
    return (count / people).mean
  }

  /// The years whose average rests on the later census alone.
  func oneSided(_ years: [FinancialYear]) throws(CommissioningError) -> [FinancialYear] {
    try average.oneSided(years, service: service) { count(at: $0) }
  }

  /// The counts that will be published for the plan's years.
  func tracked(
    name: String, through last: FinancialYear
  ) throws(CommissioningError) -> [TrackedFigure] {
    var result: [TrackedFigure] = []
    let final = try average.censuses(of: last, service: service).later
    var census = rate.lastPublished.advanced(by: 1)
    while let distance = census.distance(to: final), distance >= 0 {
      if let count = count(at: census) {
        result.append(TrackedFigure(id: counts.id, name: name, period: census, draws: count))
      }
      census = census.advanced(by: 1)
    }
    return result
  }
}
