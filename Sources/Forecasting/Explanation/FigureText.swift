import RealModule
import TimeSeries

/// Numbers of one series as people read them: in its unit, rounded as it is published, estimates a digit finer at most.
struct FigureText {
  private let unit: TimeSeries.Unit?
  /// Proportions are said in per cent.
  private let factor: Double
  private let decimals: Int
  private let fineDecimals: Int
  /// What estimates of six digits and more are rounded to.
  private let grain: Double

  init(_ sample: Sample) {
    unit = sample.unit
    let factor = unit == .proportion ? 100.0 : 1
    self.factor = factor
    let values = sample.observed.map { $0 * factor }
    let largest = values.reduce(0) { max($0, abs($1)) }
    // The place of the first digit of the largest figure; figures have at most four digits, estimates are given three.
    let exponent = largest > 0 ? Int(Double.log10(largest).rounded(.down)) : 0
    let step = Sample.roundingStep(of: values, whole: unit?.whole.map { $0 * factor })
    let published = step >= 1 ? 0 : step > 0 ? Int((-Double.log10(step) - 1e-9).rounded(.up)) : 15
    decimals = max(0, min(published, 3 - exponent))
    let fine = min(max(decimals, 2 - exponent), decimals + 1)
    grain = exponent >= 5 ? Double.pow(10, Double(exponent - 4)) : 0
    // Pounds are written with two decimals or none.
    fineDecimals = unit == .pounds && fine == 1 ? 2 : fine
  }

  /// A published figure.
  func figure(_ value: Double) -> String { inUnit(value * factor, decimals, isChange: false) }

  /// A forecast.
  func estimate(_ value: Double) -> String { inUnit(grained(value * factor), fineDecimals, isChange: false) }

  /// A difference between two published figures; of shares in percentage points.
  func difference(_ value: Double) -> String { inUnit(value * factor, decimals, isChange: true) }

  /// A mean or a middle of differences; of shares in percentage points.
  func change(_ value: Double) -> String { inUnit(grained(value * factor), fineDecimals, isChange: true) }

  private func grained(_ value: Double) -> Double { grain > 0 ? (value / grain).rounded() * grain : value }

  private func inUnit(_ value: Double, _ decimals: Int, isChange: Bool) -> String {
    let text = Self.fixed(value, decimals: decimals)
    switch unit {
    case .count, .score, nil: return text
    case .rate(let per): return "\(text) per \(Self.fixed(per, decimals: 0))"
    case .proportion, .percentage: return text + (isChange ? " percentage points" : " per cent")
    case .pounds: return text.hasPrefix("−") ? "−£\(text.dropFirst())" : "£\(text)"
    case .weeks: return text + " weeks"
    case .other(let name): return name.isEmpty ? text : "\(text) \(name)"
    }
  }

  /// A share in per cent, to one decimal below ten.
  static func percent(_ share: Double) -> String {
    fixed(100 * share, decimals: abs(100 * share) < 9.95 ? 1 : 0) + " per cent"
  }

  /// A probability in whole per cent, and never as sure as none or all.
  static func probability(_ probability: Double) -> String {
    if probability > 0.995 { return "more than 99 per cent" }
    return probability < 0.005 ? "less than 1 per cent" : fixed(100 * probability, decimals: 0) + " per cent"
  }

  /// A number with a fixed count of decimals and commas between its thousands; with an exponent where it has too many
  /// digits for that.
  static func fixed(_ value: Double, decimals: Int) -> String {
    guard decimals <= 9, abs(value) < 1e15 else { return shortened(value) }
    var power = 1
    for _ in 0..<max(0, decimals) { power *= 10 }
    let scaled = (abs(value) * Double(power)).rounded()
    guard scaled < 9e15 else { return shortened(value) }
    let digits = Int(scaled)
    var text = ""
    for (place, digit) in String(digits / power).reversed().enumerated() {
      if place > 0, place.isMultiple(of: 3) { text = "," + text }
      text = String(digit) + text
    }
    if decimals > 0 {
      let fraction = String(digits % power)
      text += "." + String(repeating: "0", count: decimals - fraction.count) + fraction
    }
    return value < 0 && digits > 0 ? "−" + text : text
  }

  /// Three significant digits of a very large or very small number.
  private static func shortened(_ value: Double) -> String {
    guard value != 0, value.isFinite else { return value == 0 ? "0" : "\(value)" }
    let exponent = Int(Double.log10(abs(value)).rounded(.down))
    let mantissa = (abs(value) / Double.pow(10, Double(exponent)) * 100).rounded() / 100
    return (value < 0 ? "−" : "") + NumberText.plain(mantissa) + "e\(exponent)"
  }
}
