import TimeSeries

/// The people that counts are told by: a series of population estimates, and which of them belongs to which period.
///
/// The estimate of the very period is taken where there is one; else the last estimate whose day lies in the period,
/// such as that of 30 June in a calendar or a financial year; else, as the Department for Education does for a census of
/// 31 March, the last one before the end of the period, if it is no more than a year old. Pooled years have the sum over
/// their years, which are then person-years.
public struct PopulationBase: Sendable {
  /// The estimates.
  public let series: Series

  /// A base.
  ///
  /// - Parameter series: the number of people, as a count.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the unit is not a count.
  public init(_ series: Series) throws(IndicatorsError) {
    guard series.measure.unit == .count else {
      throw .unfit(
        series: series.idWithArea, method: "a population", reason: series.measure.unit.statement,
        remedy: "give a number of people, with unit count")
    }
    self.series = series
  }

  /// The people of a period.
  public struct People: Hashable, Sendable {
    /// How many there are; of pooled years, person-years.
    public let count: Double
    /// Which estimates were taken, such as `2022-06-30`.
    public let source: String
  }

  /// The people of a period.
  ///
  /// - Parameters:
  ///   - period: the period of the count or rate.
  ///   - other: the series whose people are asked for, for a sentence about it.
  /// - Throws: ``IndicatorsError/populationNotKnown(series:period:population:)`` where no estimate belongs to the period,
  ///   or ``IndicatorsError/noPopulation(series:period:denominator:)``; both name the other series.
  public func people(for period: Period, of other: Series) throws(IndicatorsError) -> People {
    if case .pooledYears(let years, let type) = period.kind, series.point(at: period)?.value == nil,
      let first = period.startYear
    {
      var total = 0.0
      var sources: [String] = []
      for year in first..<first + years {
        let part = try people(for: .year(year, type), of: other)
        total += part.count
        sources.append(part.source)
      }
      return People(count: total, source: sources.joined(separator: " + "))
    }
    guard let point = estimate(for: period), let count = point.value else {
      throw .populationNotKnown(
        series: other.idWithArea, period: period.label, population: series.idWithArea)
    }
    guard count > 0, count.isFinite else {
      throw .noPopulation(
        series: other.idWithArea, period: "\(point.period.label), from \(series.idWithArea),",
        denominator: count)
    }
    return People(count: count, source: point.period.label)
  }

  private func estimate(for period: Period) -> DataPoint? {
    if let same = series.point(at: period), same.value != nil { return same }
    guard let start = period.start, let end = period.end else { return nil }
    let known = series.points.filter { $0.value != nil }
    let inside = known.last { point in
      guard let from = point.period.start, let to = point.period.end else { return false }
      return from >= start && to <= end
    }
    if let inside { return inside }
    return known.last { point in
      guard let to = point.period.end else { return false }
      return to <= end && to.days(to: end) <= 366
    }
  }
}
