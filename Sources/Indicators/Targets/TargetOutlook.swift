import Forecasting
import TimeSeries

/// Whether a target is met, where the period is published, and how likely it is to be met, where it is not.
public struct TargetOutlook: Hashable, Sendable {
  /// What is said of the period in which a target falls due.
  public enum Verdict: Hashable, Sendable {
    /// The figure is published, and meets the target or does not.
    case known(value: Double, isMet: Bool)
    /// The figure is not published yet: its median, the interval that holds it in 80 of 100 futures, and the probability
    /// that it meets the target.
    case forecast(median: Double, lower80: Double, upper80: Double, probability: Double)
  }

  /// The target.
  public let target: Target
  /// The period by which it is judged: the last one that is over on the target's date.
  public let period: Period
  /// What is said of it.
  public let verdict: Verdict
  /// The number of other areas whose movement lent strength to the forecast; 0 where it was made from the series
  /// alone, and where the figure is known.
  public let comparatorCount: Int
  /// Why other areas could not be used for the forecast although there were some; nil otherwise.
  public let remark: String?

  /// What stands behind the forecast, in words: `with 12 other areas`, `from the series alone`.
  public var strengthText: String {
    switch comparatorCount {
    case 0: "from the series alone"
    case 1: "with 1 other area"
    default: "with \(comparatorCount) other areas"
    }
  }

  /// The most steps ahead for which a probability is given: beyond, a trend says nothing.
  public static let longestHorizon = 60

  /// The last period of a series' kind that is over on a date; nil for a series of plain counts or without figures.
  public static func period(of series: Series, by date: CivilDate) -> Period? {
    guard let last = series.points.last?.period, let end = last.end else { return nil }
    var period = last
    if end <= date {
      while period != last.advanced(by: Int(Int16.max)), let next = period.advanced(by: 1).end, next <= date {
        period = period.advanced(by: 1)
      }
    } else {
      while let end = period.end, end > date, period != last.advanced(by: -Int(Int16.max)) {
        period = period.advanced(by: -1)
      }
    }
    return period
  }

  /// Reads off the published figure, or forecasts it.
  ///
  /// Figures before the last break of the series say nothing of a target that is set on what is measured now, and the
  /// automatic forecaster bridges breaks by itself; so the whole series is forecast, in the pool of the same measure of
  /// other areas where they are given.
  ///
  /// - Parameters:
  ///   - target: the target, in the unit of the series.
  ///   - series: the measure in the area that the target is for.
  ///   - comparators: the same measure of other areas, whose movement lends strength.
  /// - Throws: ``IndicatorsError/forecast(series:reason:)`` where the series has no figure, the date is before its first,
  ///   or it cannot be forecast.
  public init(
    _ target: Target, for series: Series, among comparators: [Series] = []
  ) throws(IndicatorsError) {
    guard let first = series.points.first?.period, let last = series.latest?.period,
      let due = Self.period(of: series, by: target.date)
    else { throw .forecast(series: series.id, reason: "it has no figures at dated periods") }
    self.target = target
    period = due
    if let value = series.point(at: due)?.value {
      verdict = .known(value: value, isMet: target.isMet(by: value))
      comparatorCount = 0
      remark = nil
      return
    }
    guard let steps = last.distance(to: due), steps >= 1 else {
      throw .forecast(
        series: series.id,
        reason:
          "the target falls due at \(due.label), for which nothing is published between \(first.label) and \(last.label)"
      )
    }
    guard steps <= Self.longestHorizon else {
      throw .forecast(
        series: series.id,
        reason:
          "the target falls due \(steps) periods after the last figure; at most \(Self.longestHorizon) are forecast"
      )
    }
    do throws(ForecastingError) {
      let made = try MeasureForecast(of: series, among: comparators, horizon: steps)
      let forecast = made.forecast
      let interval = try forecast.interval(0.8, step: steps)
      verdict = .forecast(
        median: try forecast.median(step: steps), lower80: interval.lowerBound, upper80: interval.upperBound,
        probability: try target.aim == .atLeast
          ? forecast.probability(atLeast: target.level, step: steps)
          : forecast.probability(atMost: target.level, step: steps))
      comparatorCount = made.comparatorCount
      remark = made.remark
    } catch {
      throw .forecast(series: series.id, reason: "\(error)")
    }
  }

  /// The probability that the target is met: 0 or 1 where that is known.
  public var probability: Double {
    switch verdict {
    case .known(_, let isMet): isMet ? 1 : 0
    case .forecast(_, _, _, let probability): probability
    }
  }
}
