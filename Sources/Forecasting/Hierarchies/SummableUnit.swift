import TimeSeries

/// Which units add up over areas, settings and groups of people.
enum SummableUnit {
  /// Refuses a unit whose sum means nothing.
  static func require(_ unit: TimeSeries.Unit, of name: String) throws(ForecastingError) {
    switch unit {
    case .count, .pounds, .other: return
    case .percentage, .proportion, .rate:
      throw .hierarchy(
        problem: "\"\(name)\" is in the unit \(unit), and shares and rates of parts do not add up; "
          + "reconcile the counts above the line and divide by the counts below it afterwards")
    case .weeks, .score:
      throw .hierarchy(
        problem: "\"\(name)\" is in the unit \(unit), which does not add up over parts; "
          + "reconcile counts or pounds")
    }
  }
}
