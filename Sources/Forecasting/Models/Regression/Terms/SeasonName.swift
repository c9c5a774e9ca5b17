import TimeSeries

extension Sample {
  /// The name of a season of a cycle, counted from the first observation: a month or a quarter where the periods
  /// say so, else its number from 1.
  func seasonName(_ phase: Int, length: Int) -> String {
    guard let first = firstPeriod, length == first.frequency.seasonalPeriod else {
      return "season \(phase + 1)"
    }
    let period = first.advanced(by: phase)
    switch first.frequency {
    case .monthly:
      // Censuses of a month and windows that end with it are named by their last day.
      guard let month = period.end?.components.month else { return "season \(phase + 1)" }
      return Self.months[month - 1]
    case .quarterly:
      guard let mark = period.label.lastIndex(of: "Q") else { return "season \(phase + 1)" }
      return String(period.label[mark...])
    default: return "season \(phase + 1)"
    }
  }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
  ]

  /// What a period is called in errors: its label, or its number where the sample carries no periods.
  func label(at position: Int) -> String {
    firstPeriod.map { $0.advanced(by: position).labelAsWritten } ?? "period \(position + 1)"
  }
}
