import TimeSeries

/// The unit that the label of an axis means.
///
/// | label | unit |
/// | --- | --- |
/// | `% gap`, anything with `%` and `gap` | percentage points, which may be negative |
/// | anything else with `%`, `Percentage …` | per cent |
/// | `Rate per 10,000 …` | so many per 10,000 |
/// | `Spend`, `Unit Cost`, anything with `£` | pounds |
/// | anything with `Score` | points of a score |
/// | `Number …`, `Total cases`, `Entries` | a count, where every value is a whole number |
/// | any other | a unit of that name |
enum UnitLabel {
  /// The unit of a label.
  ///
  /// - Parameters:
  ///   - label: the label.
  ///   - isWhole: whether every value is a whole number, and none is below zero.
  static func unit(_ label: String, isWhole: Bool) -> Unit {
    let lowered = label.lowercased()
    if lowered.contains("%") || lowered.hasPrefix("percentage") {
      return lowered.contains("gap") ? .other("percentage points") : .percentage
    }
    if let per = population(lowered) { return .rate(per: per) }
    if lowered.contains("£") || lowered == "spend" || lowered == "unit cost" { return .pounds }
    if lowered.contains("score") { return .score }
    if isWhole, lowered.hasPrefix("number") || lowered == "total cases" || lowered == "entries" {
      return .count
    }
    return .other(label)
  }

  /// The number after `per`: 10000 in `rate per 10,000 of 10-17 population`.
  static func population(_ text: String) -> Double? {
    let words = text.split { $0 == " " || $0 == "_" || $0 == "(" || $0 == ")" }
    for (word, next) in zip(words, words.dropFirst()) where word == "per" {
      var digits = next.filter { $0 != "," }
      var factor = 1.0
      if digits.hasSuffix("k") {
        digits.removeLast()
        factor = 1000
      }
      if digits.utf8.allSatisfy({ (48...57).contains($0) }), let value = PlainDecimal.value(of: digits),
        value > 1
      {
        return value * factor
      }
    }
    return nil
  }
}
