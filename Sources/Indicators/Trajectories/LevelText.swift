import TimeSeries

/// Levels in sentences: the number, and its unit as people say it.
public enum LevelText {
  /// A number without the digits that arithmetic in binary leaves behind.
  public static func plain(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e9 else { return "\(number)" }
    let rounded = (number * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  /// A value with its unit: `58%`, `8 weeks`, `-4.1`.
  public static func text(_ value: Double, _ unit: Unit) -> String {
    let number = plain(value)
    switch unit {
    case .percentage: return number + "%"
    case .weeks: return value == 1 ? "1 week" : "\(number) weeks"
    case .pounds: return value < 0 ? "-£" + plain(-value) : "£" + number
    case .count, .proportion, .score: return number
    case .rate, .other: return "\(number) \(unit)"
    }
  }
}
