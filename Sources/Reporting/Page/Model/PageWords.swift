import Commissioning

/// How figures stand in the cells of the page.
enum PageWords {
  /// How a year's figures came about, in a word.
  static func kind(_ kind: YearKind) -> String {
    switch kind {
    case .outturn: "published"
    case .estimate: "estimate"
    case .forecast: "forecast"
    }
  }

  /// A figure, or a dash.
  static func cell(_ quantity: Quantity?, _ text: (Double) -> String) -> PageTable.Cell {
    .figure(quantity.map { text($0.mean) } ?? NumberText.absent)
  }

  /// The interval that holds a figure in four futures of five; `known` of what is no matter of chance.
  static func range(_ quantity: Quantity?, hasChances: Bool, _ text: (Double) -> String) -> PageTable.Cell {
    switch quantity {
    case .uncertain(let one) where hasChances: .figure("\(text(one.p10)) to \(text(one.p90))")
    case .known: .figure("known")
    default: .figure(NumberText.absent)
    }
  }

  /// A chance as a number; `known` of what has been published.
  static func chance(_ probability: Probability?, of year: YearOutcome, hasChances: Bool) -> PageTable.Cell {
    if year.kind == .outturn, case .known = year.inYearBalance { return .figure("known") }
    guard hasChances, let probability else { return .figure(NumberText.absent) }
    return .figure(NumberText.percent(probability))
  }

  /// A number of people or places.
  static func people(_ number: Double) -> String { NumberText.whole(number) }

  /// A share as per cent.
  static func percent(_ share: Double, decimals: Int = 0) -> String {
    NumberText.fixed(share, decimals: decimals, dividedByTenTo: -2) + "%"
  }

  /// What heads a column of ranges; the section on how to read the report says what they hold.
  static let range = "range"
}
