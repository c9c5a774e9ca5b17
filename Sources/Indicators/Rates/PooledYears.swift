import TimeSeries

/// A series whose counts are summed over years that follow one another, for measures too rare to be told by the year.
///
/// Every pooled period overlaps the next, so that its figures are no test of a trend.
public struct PooledYears: Hashable, Sendable {
  /// The series of pooled years; its figures have the sums as numerator and denominator.
  public let series: Series
  /// Why some stretches of years could not be pooled, in their order.
  public let refusals: [IndicatorsError]

  /// Pools the counts of a yearly series.
  ///
  /// - Parameters:
  ///   - series: a share or a rate with numerator and denominator, by year or by yearly census; censuses are pooled as
  ///     calendar years.
  ///   - years: how many years are pooled, 2 or more.
  /// - Throws: a sentence where the series is not yearly, has another unit or no stretch of years can be pooled; where
  ///   some can, the others are in ``refusals``: a gap, a break, or a count that is not known.
  public init(of series: Series, over years: Int) throws(IndicatorsError) {
    let method = "pooling \(years) years"
    func unfit(_ reason: String, _ remedy: String) -> IndicatorsError {
      .unfit(series: series.idWithArea, method: method, reason: reason, remedy: remedy)
    }
    guard (2...20).contains(years) else {
      throw unfit("\(years) is not a number of years to pool", "give 2 to 20, such as 3")
    }
    guard let multiplier = series.measure.unit.multiplier else {
      throw unfit(series.measure.unit.statement, "give a share or a rate, with its counts")
    }
    switch series.kind {
    case .year?, .census(.yearly)?: break
    case nil:
      throw .tooFewPoints(series: series.idWithArea, method: method, found: 0, needed: years)
    default:
      throw unfit(
        "its periods are not single years, such as \(series.points[0].period.label)",
        "give figures by year")
    }
    guard series.points.count >= years else {
      throw .tooFewPoints(
        series: series.idWithArea, method: method, found: series.points.count, needed: years)
    }
    var pooled: [DataPoint] = []
    var refusals: [IndicatorsError] = []
    for end in (years - 1)..<series.points.count {
      let window = Array(series.points[(end - years + 1)...end])
      do throws(IndicatorsError) {
        pooled.append(try Self.pool(window, of: series, multiplier: multiplier, method: method))
      } catch {
        refusals.append(error)
      }
    }
    if pooled.isEmpty, let first = refusals.first { throw first }
    do throws(TimeSeriesError) {
      self.series = try Series(
        id: series.id, area: series.area, measure: series.measure, points: pooled,
        attributes: series.attributes)
    } catch {
      throw unfit("\(error)", "give years in order")
    }
    self.refusals = refusals
  }

  private static func pool(
    _ window: [DataPoint], of series: Series, multiplier: Double, method: String
  ) throws(IndicatorsError) -> DataPoint {
    let (first, last) = (window[0].period, window[window.count - 1].period)
    guard first.distance(to: last) == window.count - 1 else {
      throw .unfit(
        series: series.idWithArea, method: method,
        reason: "the years to \(last.label) are not in a row: one before it is missing",
        remedy: "add the missing year")
    }
    if let broken = window.dropFirst().first(where: \.breakBefore) {
      throw .unfit(
        series: series.idWithArea, method: method,
        reason: "the series breaks before \(broken.period.label), within the years to \(last.label)",
        remedy: "pool the years since the break")
    }
    var (numerator, denominator) = (0.0, 0.0)
    for point in window {
      let pair = try CountPair(point, of: series, for: method)
      numerator += pair.numerator
      denominator += pair.denominator
    }
    let (from, to, type) =
      if let year = first.startYear, let end = last.startYear, let type = first.yearType {
        (year, end, type)
      } else {
        (first.start?.year ?? 0, last.start?.year ?? 0, YearType.calendar)
      }
    guard let period = Period.pooledYears(from, to, type) else {
      throw .unfit(
        series: series.idWithArea, method: method, reason: "\(first.label) to \(last.label) is no period",
        remedy: "give figures by year")
    }
    return DataPoint(
      period: period, observation: .value(numerator / denominator * multiplier), numerator: numerator,
      denominator: denominator, publication: window[window.count - 1].publication)
  }
}
