import Commissioning
import TimeSeries

/// How the paper writes amounts, ranges and chances.
struct PaperWords {
  /// Whether there are futures enough to speak of ranges and chances.
  let hasChances: Bool

  /// The unit of a table: thousands as soon as one of its amounts would be lost in millions.
  static func unit(_ amounts: [Double]) -> MoneyUnit {
    let telling = amounts.filter { $0.magnitude >= 500 }
    return telling.contains { $0.magnitude < 1e6 } ? .thousands : MoneyUnit(suiting: telling)
  }

  /// What the unit is called where it is first met.
  static func name(_ unit: MoneyUnit) -> String { unit == .thousands ? "£ thousand" : "£ million" }

  /// An amount of a column.
  static func cell(_ quantity: Quantity?, _ unit: MoneyUnit) -> String {
    quantity.map { unit.cell($0.mean) } ?? NumberText.absent
  }

  /// The middle four fifths of an uncertain figure; a known one says so.
  func range(_ quantity: Quantity?, _ unit: MoneyUnit) -> String { range(quantity, unit.cell) }

  /// The same, written as the caller writes numbers.
  func range(_ quantity: Quantity?, _ text: (Double) -> String) -> String {
    switch quantity {
    case nil: NumberText.absent
    case .known?: "no range"
    case .uncertain(let one)? where hasChances: "\(text(one.p10)) to \(text(one.p90))"
    case .uncertain?: NumberText.absent
    }
  }

  /// A chance in per cent; what is known is no matter of chance.
  func chance(_ probability: Probability?, isOutturn: Bool = false) -> String {
    guard let probability else { return NumberText.absent }
    if isOutturn, probability.error == 0 { return "known" }
    return hasChances ? NumberText.percent(probability) : NumberText.absent
  }

  /// The word for a chance, with its number: `likely (74%)`; `known` for what is no matter of chance.
  func hedged(_ probability: Probability?) -> String {
    guard let probability, hasChances else { return NumberText.absent }
    guard probability.error > 0 else {
      return probability.value == 1 ? "known to happen" : "known not to happen"
    }
    return "\(HedgedWord(probability.value).rawValue) (\(NumberText.percent(probability)))"
  }

  /// A share that somebody stated, with its word: `likely (60%)`.
  static func stated(_ share: Double) -> String {
    "\(HedgedWord(share).rawValue) (\(NumberText.fixed(share, decimals: 0, dividedByTenTo: -2))%)"
  }

  /// Per cent of a share, to one decimal at most.
  static func percent(_ share: Double) -> String {
    let text = NumberText.fixed(share, decimals: 1, dividedByTenTo: -2)
    return (text.hasSuffix(".0") ? String(text.dropLast(2)) : text) + "%"
  }

  /// The years that a board decides about: those that were not over on the plan's day; the last five where all are.
  static func coming(_ years: [FinancialYear], asOf: CivilDate) -> [FinancialYear] {
    let coming = years.filter { $0.lastDay >= asOf }
    return coming.isEmpty ? Array(years.suffix(5)) : coming
  }

  /// How a year came about.
  static func kind(_ kind: YearKind) -> String {
    switch kind {
    case .outturn: "published"
    case .estimate: "estimate"
    case .forecast: "forecast"
    }
  }
}
