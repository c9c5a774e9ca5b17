import TimeSeries

/// Finds values that leap from the one before them in a way that a slip of the pen explains better than the world does:
/// a figure in the wrong unit, a digit too many, a decimal point lost.
enum LeapCheck {
  /// A leap is to more than so many times the value before, or to less than one part in so many of it.
  private static let factor = 10.0
  /// Small numbers leap by themselves.
  private static let least = 20.0

  /// A warning for each leap of a series of counts, pounds or rates, but where a break is marked or a note
  /// says that its author has seen it.
  static func warnings(of series: Series) -> [Problem] {
    switch series.measure.unit {
    case .count, .pounds, .rate: break
    case .proportion, .percentage, .weeks, .score, .other: return []
    }
    var problems: [Problem] = []
    var before: (value: Double, period: Period)?
    for point in series.points {
      guard let value = point.value else { continue }
      let isBroken = !point.flags.isDisjoint(with: [.definitionBreak, .reportingBreak])
      if let before, let origin = point.origin, !isBroken, point.note == nil,
        isLeap(from: before.value, to: value)
      {
        problems.append(
          Problem(
            file: origin.file, row: origin.row,
            message:
              "series \"\(series.id)\"\(series.area.map { " of \($0)" } ?? "") leaps from \(Observation.value(before.value)) at \(before.period.label) to "
              + "\(Observation.value(value)) at \(point.period.label); check the unit and the digits of both",
            severity: .warning))
      }
      before = (value, point.period)
    }
    return problems
  }

  private static func isLeap(from before: Double, to value: Double) -> Bool {
    let larger = max(abs(before), abs(value))
    return larger > least && larger > factor * min(abs(before), abs(value))
  }
}
