import TimeSeries

/// Levels in sentences: the number, and its unit as people say it.
public enum LevelText {
  /// A number without the digits that arithmetic in binary leaves behind.
  public static func plain(_ number: Double) -> String {
    guard number.isFinite, number.magnitude < 1e9 else { return "\(number)" }
    let rounded = (number * 1e6).rounded() / 1e6
    return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
  }

  /// Why a level cannot be one of a unit; nil where it can.
  public static func impossibility(of level: Double, _ unit: Unit) -> String? {
    let bounds = (unit.lowerBound, unit.upperBound)
    if let least = bounds.0, level < least {
      return "nothing that is counted in \(unit) is below \(plain(least))"
    }
    if let greatest = bounds.1, level > greatest {
      return "nothing that is counted in \(unit) is above \(plain(greatest))"
    }
    return nil
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
