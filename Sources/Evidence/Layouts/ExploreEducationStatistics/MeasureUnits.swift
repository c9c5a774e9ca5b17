import TimeSeries

/// The unit of a column of Explore Education Statistics, by the words of its name.
///
/// The first that fits:
///
/// | words | unit |
/// | --- | --- |
/// | `pp`, `percentage_point` | percentage points, which may be negative |
/// | `per_10000`, `per_1000`, `per_10k` | so many per 10,000 |
/// | `pc`, `pct`, `perc`, `percent`, `percentage` | per cent |
/// | `fte` | full-time equivalents |
/// | `expenditure`, `spend`, `spending`, `cost`, `costs`, `budget`, `income`, `funding`, `amount`, `salary`, `gbp`, `pounds` | pounds |
/// | `score`, `scores`, `progress8`, `attainment8` | points of a score |
/// | `avg`, `average`, `mean`, `median` with `weeks` | weeks |
/// | `avg`, `average`, `mean`, `median`, `ratio`, `rate` | a unit of its own |
///
/// Any other is a count where every value is a whole number and none is below zero, and a unit of its own otherwise.
enum MeasureUnits {
  /// The words of a name.
  static func words(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }

  /// The unit of a column.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - isWhole: whether it has values, every one a whole number, none below zero.
  static func unit(_ name: String, isWhole: Bool) -> Unit {
    let words = words(name)
    func has(_ any: Set<String>) -> Bool { !any.isDisjoint(with: words) }
    if has(["pp", "ppt"]) || name.lowercased().contains("percentage_point") {
      return .other("percentage points")
    }
    if let per = UnitLabel.population(words.joined(separator: " ")) { return .rate(per: per) }
    if has(["pc", "pct", "perc", "percent", "percentage"]) { return .percentage }
    if has(["fte"]) { return .other("full-time equivalents") }
    if has([
      "expenditure", "spend", "spending", "cost", "costs", "budget", "income", "funding", "amount", "salary",
      "gbp",
      "pounds",
    ]) {
      return .pounds
    }
    if has(["score", "scores", "progress8", "attainment8"]) { return .score }
    if has(["avg", "average", "mean", "median"]) {
      return has(["weeks"]) ? .weeks : .other("unit not given")
    }
    if has(["ratio", "rate"]) { return .other("unit not given") }
    return isWhole ? .count : .other("unit not given")
  }
}
