import TimeSeries

/// How often a plan wants a measure taken, in its own words, against how often a series has figures.
enum StatedFrequency {
  /// The months from one measurement to the next; nil for words that do not say.
  static func months(_ text: String) -> Int? {
    switch text.lowercased().filter({ !$0.isWhitespace && $0 != "-" }) {
    case "monthly", "everymonth": 1
    case "quarterly", "everyquarter": 3
    case "biannually", "biannual", "halfyearly", "sixmonthly", "twiceayear": 6
    case "annual", "annually", "yearly", "everyyear": 12
    default: nil
    }
  }

  /// What is wrong with judging a measure by a series that has figures less often than the plan wants them; nil where
  /// nothing is, or nobody says.
  static func complaint(about series: Series, wanted text: String?) -> String? {
    guard let text, let wanted = months(text), let frequency = series.frequency, let found = frequency.months,
      found > wanted
    else { return nil }
    return
      "\"\(series.id)\" is \(frequency) and the plan wants the measure \"\(text)\", so that several milestones would be "
      + "judged by one figure"
  }
}
