import TimeSeries

/// How a measure grows to its full effect after its first day.
public enum Ramp: Hashable, Sendable {
  /// All of it from the first day.
  case immediate
  /// From nothing on the first day to all of it after so many months, in a straight line.
  case months(Double)
  /// The share of it, 0 to 1, in the first twelve months, in the next twelve, and so on; the last share stays.
  case years([Double])

  /// What is wrong with it; nil where nothing is.
  var fault: String? {
    switch self {
    case .immediate: nil
    case .months(let months):
      months.isFinite && months >= 0
        ? nil : "the ramp takes \(grouped(months)) months; give a number of months, 0 or more"
    case .years(let shares):
      shares.isEmpty
        ? "the ramp has no years; give the share of full effect in the first twelve months, the next, and so on"
        : shares.first { !(0...1).contains($0) }.map {
          "the ramp has a share of \(grouped($0)); each must be 0 to 1"
        }
    }
  }

  /// The share of full effect, on average over a stretch of time, of what is in place for a part of it.
  ///
  /// - Parameters:
  ///   - window: the stretch, such as a financial year.
  ///   - active: when the measure is in place; its ramp begins at the start.
  func strength(over window: MonthSpan, active: MonthSpan) -> Double {
    let part = active.within(window)
    guard part.months > 0 else { return 0 }
    let from = part.start - active.start
    let to = part.end - active.start
    return area(from: from, to: to) / window.months
  }

  /// The full effect times months between two ages of the measure, in months.
  private func area(from: Double, to: Double) -> Double {
    switch self {
    case .immediate: return to - from
    case .months(let months):
      guard months > 0 else { return to - from }
      let rising = (min(from, months), min(to, months))
      // Twice the mean level times the length: no squares, which would cancel late in a long ramp.
      return (rising.1 - rising.0) * ((rising.0 + rising.1) / (2 * months)) + max(0, to - max(from, months))
    case .years(let shares):
      var sum = 0.0
      for (index, share) in shares.enumerated() {
        let begin = Double(12 * index)
        let end = index == shares.count - 1 ? .infinity : begin + 12
        sum += share * max(0, min(to, end) - max(from, begin))
      }
      return sum
    }
  }
}
