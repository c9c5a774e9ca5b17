import TimeSeries

/// Finds an area whose figures are in another unit than those of the others, although the file says nothing of it.
///
/// England's rate is an average of its authorities' rates, each weighted by its population, so that it lies between the
/// lowest and the highest of them; a figure outside, period after period, is in other units. So is an authority whose
/// level is a hundred times that of the middle one, or a hundredth of it, and further out than any other is from the rest.
enum LevelCheck {
  /// The authorities that must be known in a period for England to be set beside them.
  private static let leastAuthorities = 20
  /// The periods in which England must stand outside.
  private static let leastPeriods = 2
  /// How far outside England must stand, as a ratio: suppressed and small authorities may hide the true ends.
  private static let outside = 1.5
  /// How far from the middle an authority must be, as a ratio.
  private static let farAway = 50.0

  /// Warnings for a measure.
  static func problems(of measure: MeasureAcrossAreas) -> [Problem] {
    let units = Set(measure.series.map(\.series.measure.unit))
    guard units.count == 1, let unit = units.first, unit.isAverage else { return [] }
    return nation(measure) + authorities(measure)
  }

  private static func nation(_ measure: MeasureAcrossAreas) -> [Problem] {
    guard let england = measure.series.first(where: { $0.kind == .nation })?.series else { return [] }
    var ranges: [Period: (low: Double, high: Double, count: Int)] = [:]
    for (series, kind) in measure.series where kind == .authority {
      for point in series.points {
        guard let value = point.value, value.isFinite else { continue }
        let known = ranges[point.period] ?? (value, value, 0)
        ranges[point.period] = (min(known.low, value), max(known.high, value), known.count + 1)
      }
    }
    var compared = 0
    var outliers: [(point: DataPoint, value: Double, low: Double, high: Double)] = []
    for point in england.points {
      guard let value = point.value, let range = ranges[point.period], range.count >= leastAuthorities,
        range.low >= 0
      else { continue }
      compared += 1
      if value > range.high * outside || value < range.low / outside {
        outliers.append((point, value, range.low, range.high))
      }
    }
    guard outliers.count >= leastPeriods, outliers.count * 2 > compared, let last = outliers.last,
      let origin = last.point.origin
    else { return [] }
    return [
      Problem(
        file: origin.file, row: origin.row,
        message: """
          "\(measure.id)" of \(england.area ?? "the nation") is \(last.point.observation) at \(last.point.period.label), \
          and its authorities lie between \(Observation.value(last.low)) and \(Observation.value(last.high)): it stands \
          outside them in \(outliers.count) of \(compared) periods, so it is in another unit than they are; do not \
          compare them, and leave it out or convert it
          """, severity: .warning)
    ]
  }

  private static func authorities(_ measure: MeasureAcrossAreas) -> [Problem] {
    var levels: [(series: Series, level: Double)] = []
    for (series, kind) in measure.series where kind == .authority {
      let values = series.points.compactMap(\.value).filter { $0.isFinite && $0 > 0 }.sorted()
      if !values.isEmpty { levels.append((series, values[values.count / 2])) }
    }
    guard levels.count >= leastAuthorities else { return [] }
    let sorted = levels.map(\.level).sorted()
    let middle = sorted[sorted.count / 2]
    // A measure whose authorities are spread over orders of magnitude has no level to be far from.
    let spread = sorted[sorted.count * 9 / 10] / sorted[sorted.count / 10]
    guard spread < farAway / 5 else { return [] }
    return levels.compactMap { series, level in
      guard level > middle * farAway || level < middle / farAway, let origin = series.points.first?.origin
      else {
        return nil
      }
      return Problem(
        file: origin.file, row: origin.row,
        message: """
          "\(measure.id)" of \(series.area ?? "this area") is about \(Observation.value(level)), and that of the middle \
          authority about \(Observation.value(middle)); check whether it is in another unit, such as a proportion among \
          percentages
          """, severity: .warning)
    }
  }
}

extension Unit {
  /// Whether the figure of a whole lies between those of its parts: rates, shares, weeks; not counts and pounds.
  fileprivate var isAverage: Bool {
    switch self {
    case .rate, .proportion, .percentage, .weeks: true
    case .count, .pounds, .score, .other: false
    }
  }
}
