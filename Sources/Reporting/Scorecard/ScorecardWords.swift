import Indicators
import TimeSeries

/// What the text, the table and the document of a card have in common: its numbers and reasons in words.
enum ScorecardWords {
  /// A figure for a person: its own digits, two decimals at most.
  static func number(_ value: Double) -> String {
    let plain = NumberText.plain(value)
    let places = plain.firstIndex(of: ".").map { plain.distance(from: $0, to: plain.endIndex) - 1 } ?? 0
    return NumberText.fixed(value, decimals: min(2, places))
  }

  /// A number that is added: with its sign.
  static func signed(_ value: Double) -> String {
    var text = NumberText.fixed(value, decimals: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return value > 0 && text != "0" ? "+" + text : text
  }

  /// A forecast to as many digits as its interval can bear.
  static func interval(_ forecast: ScorecardForecast) -> String {
    span(median: forecast.median, lower: forecast.lower80, upper: forecast.upper80)
  }

  /// A median and the interval that holds it in 80 of 100 futures.
  static func span(median: Double, lower: Double, upper: Double) -> String {
    let width = (upper - lower).magnitude
    let decimals = width >= 10 ? 0 : width >= 1 ? 1 : 2
    func text(_ value: Double) -> String { NumberText.fixed(value, decimals: decimals) }
    return "\(text(median)) (\(text(lower)) to \(text(upper)))"
  }

  /// A reason without the name of the series before it, so that lines with the same reason can be told together.
  static func bare(_ reason: String, of result: ScorecardResult, area: String) -> String {
    guard let series = result.indicator.evidence.series else { return reason }
    for prefix in ["\(series), \(area): ", "\(series), \(area), ", "\(series): "]
    where reason.hasPrefix(prefix) {
      return String(reason.dropFirst(prefix.count))
    }
    return reason
  }

  /// A probability as people say it; what is merely forecast is never certain.
  static func chance(_ probability: Double) -> String {
    if probability < 0.01 { return "<1%" }
    if probability > 0.99 { return ">99%" }
    return NumberText.fixed(probability, decimals: 0, dividedByTenTo: -2) + "%"
  }

  /// A p-value: two decimals, and below a hundredth that.
  static func smallProbability(_ value: Double) -> String {
    value < 0.01 ? "<0.01" : NumberText.fixed(value, decimals: 2)
  }

  /// The tone of a colour's word in a table; `(p)` may stand behind it.
  static func tone(_ word: String) -> TextStyle.Tone? {
    let colour = word.prefix { $0 != " " }.lowercased()
    return colour == "green" ? .good : colour == "amber" ? .warning : colour == "red" ? .bad : nil
  }

  /// What stands of a target: met, missed, or how likely.
  static func status(_ outlook: Availability<TargetOutlook>?) -> String {
    switch outlook {
    case nil: "none set"
    case .unavailable: "not judged"
    case .available(let outlook):
      switch outlook.verdict {
      case .known(_, let isMet): isMet ? "met" : "missed"
      case .forecast: "forecast"
      }
    }
  }
}
