import RealModule
import TimeSeries

/// What lies between rare events: days, where the series gives the days of the events, or whatever it counts itself.
struct RareEvents {
  /// A point for each event from the second on, or for each number between events.
  let points: [ControlPoint]
  let unit: TimeSeries.Unit
  /// Whether the points are days between events of a daily series.
  let areDays: Bool

  /// The most events that are charted: more than these are not rare.
  private static let mostEvents = 100_000

  init(_ series: Series, _ name: String) throws(IndicatorsError) {
    switch series.kind {
    case .day:
      points = try Self.days(series, name)
      unit = .other("days between events")
      areDays = true
    case .index, nil:
      points = try ControlChartDraft.spaced(series, name).points.map { point throws(IndicatorsError) in
        if let value = point.value, !(value >= 0 && value.isFinite) {
          throw .impossibleCount(series: name, period: point.period.label, count: value)
        }
        return ControlPoint(period: point.period, value: point.value)
      }
      unit = series.measure.unit
      areDays = false
    default:
      throw .unfit(
        series: name, method: "a g chart", reason: "its periods are neither days nor plain numbers",
        remedy: "give the day of each event, or number the events and give the days or cases between them")
    }
  }

  /// The days from each event to the next; two events of one day have none between them.
  private static func days(_ series: Series, _ name: String) throws(IndicatorsError) -> [ControlPoint] {
    var points: [ControlPoint] = []
    var total = 0.0
    var last: Period?
    for point in series.points {
      guard let count = point.value else {
        throw .unfit(
          series: name, method: "a g chart",
          reason: "whether anything happened on \(point.period) is not known",
          remedy: "leave the day out, or write how many events it had")
      }
      guard count >= 0, count.isFinite, count == count.rounded() else {
        throw .impossibleCount(series: name, period: point.period.label, count: count)
      }
      total += count
      guard total <= Double(mostEvents) else {
        throw .unfit(
          series: name, method: "a g chart",
          reason: "it has more than \(mostEvents) events, which are not rare",
          remedy: "chart the number of events a month")
      }
      for _ in 0..<Int(count) {
        if let last {
          points.append(
            ControlPoint(period: point.period, value: Double(last.distance(to: point.period) ?? 0)))
        }
        last = point.period
      }
    }
    return points
  }

  /// The lines for events with a mean number between them.
  ///
  /// The number between events that happen with the probability p a day, or a case, is geometric: at most x with the
  /// probability 1 - (1 - p)^(x + 1), and its mean is (1 - p) / p. The lines lie where a normal figure's would by
  /// probability: 0.135%, 2.275%, the median, 97.725% and 99.865%, between whole numbers as the formula has it. The median,
  /// and not the mean, is the centre of runs: of skewed figures, most lie below their mean (Benneyan, 2001).
  ///
  /// - Parameter mean: the mean number, above 0.
  static func limits(mean: Double) -> ControlLimits {
    // log(1 - p), without loss where events are very rare.
    let logNone = -Double.log(onePlus: 1 / mean)
    func quantile(_ beyond: Double) -> Double { Double.log(beyond) / logNone - 1 }
    return ControlLimits(
      centre: quantile(0.5), lower: quantile(0.99865), upper: quantile(0.00135), nearLower: quantile(0.97725),
      nearUpper: quantile(0.02275))
  }
}
