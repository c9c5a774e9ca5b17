import TimeSeries

/// A published figure on a card: what it is, of when, and how old it is.
public struct ScorecardFigure: Hashable, Sendable {
  /// The period.
  public let period: Period
  /// The value, in the unit of the series.
  public let value: Double
  /// When it became public; nil where that is not known.
  public let publication: Publication?
  /// The days from the end of the period to publication; nil where either is not known.
  public let lagDays: Int?
  /// The days from the end of the period to the day of the card; nil for a plain count of periods.
  public let ageDays: Int?

  /// The figure of a point; nil where it has no value.
  init?(_ point: DataPoint, asOf: CivilDate) {
    guard let value = point.value else { return nil }
    period = point.period
    self.value = value
    publication = point.publication
    let end = point.period.end
    lagDays = end.flatMap { end in point.publication.map { end.days(to: $0.date) } }
    ageDays = end.map { $0.days(to: asOf) }
  }
}

/// What is forecast for a period that is not published.
public struct ScorecardForecast: Hashable, Sendable {
  /// The period.
  public let period: Period
  /// The median.
  public let median: Double
  /// The lower end of the interval that holds it in 80 of 100 futures.
  public let lower80: Double
  /// The upper end of that interval.
  public let upper80: Double
  /// The number of other areas whose movement lent strength.
  public let comparatorCount: Int
  /// Why other areas could not be used although there were some; nil otherwise.
  public let remark: String?
}
