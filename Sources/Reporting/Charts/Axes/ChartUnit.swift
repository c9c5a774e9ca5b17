/// What the figures of a chart count.
public enum ChartUnit: Hashable, Sendable {
  /// Pounds, shown in the unit that suits them.
  case pounds
  /// Per cent.
  case percentage
  /// Anything else, by its name: `plans`, `per 10,000 children`.
  case count(String)
}

/// How the figures of a chart are written: in one unit, with the decimals that suit the greatest of them.
struct FigureText: Hashable {
  /// What the figures count.
  let unit: ChartUnit
  /// The pounds of one unit of the axis; 1 where it does not count pounds.
  let divisor: Double
  /// The digits after the point of a figure in a label.
  private(set) var decimals: Int

  /// The way that suits some figures.
  ///
  /// - Parameters:
  ///   - unit: what they count.
  ///   - figures: the figures.
  ///   - tellsApart: whether percentages that lie close together have a decimal, because they are compared.
  init(_ unit: ChartUnit, showing figures: [Double], tellsApart: Bool = false) {
    self.unit = unit
    let finite = figures.filter(\.isFinite)
    let greatest = finite.map(\.magnitude).max() ?? 0
    switch unit {
    case .pounds:
      divisor = greatest >= 1e6 ? 1e6 : greatest >= 1e4 ? 1e3 : 1
      decimals = divisor == 1e6 ? (greatest >= 1e9 ? 0 : 1) : 0
    case .percentage:
      divisor = 1
      let isClose = (finite.max() ?? 0) - (finite.min() ?? 0) < 20
      decimals = greatest >= 10 && !(tellsApart && isClose) ? 0 : 1
    case .count:
      divisor = 1
      decimals = NumberText.decimals(showing: figures)
    }
  }

  /// The same with up to two more digits, as many as it takes that no figure beside nothing is written as nothing, and
  /// that percentages that differ by a tenth are not written alike.
  func telling(_ figures: [Double]) -> FigureText {
    var one = self
    let finite = figures.filter(\.isFinite)
    while one.decimals < decimals + 2 {
      let isLost = finite.contains {
        $0 != 0 && !Self.isVast($0 / divisor)
          && NumberText.fixed($0, decimals: one.decimals, dividedByTenTo: power).allSatisfy {
            "-0.,".contains($0)
          }
      }
      let tenths = Set(finite.map { ($0 * 10).rounded() })
      let isAlike = unit == .percentage && one.decimals == 0 && tenths.count > Set(finite.map(text)).count
      guard isLost || isAlike else { return one }
      one.decimals += 1
    }
    return one
  }

  /// The power of ten of one unit of the axis.
  private var power: Int { divisor == 1e6 ? 6 : divisor == 1e3 ? 3 : 0 }

  /// The name of the axis.
  var axisName: String {
    switch unit {
    case .pounds: divisor == 1e6 ? "£ million" : divisor == 1e3 ? "£ thousand" : "£"
    case .percentage: "per cent"
    case .count(let name): name
    }
  }

  /// What a description says of figures whose texts do not name their unit: `Unit: plans.`
  var unitNote: String {
    if case .count(let name) = unit, !name.isEmpty { "Unit: \(name)." } else { "" }
  }

  /// A figure in a label or a sentence: `-£12.4m`, `53%`, `1,204`.
  func text(_ figure: Double) -> String {
    if unit == .pounds, figure == 0 { return "£0" }
    let number =
      Self.isVast(figure / divisor)
      ? NumberText.significant(figure / divisor)
      : NumberText.fixed(figure, decimals: decimals, dividedByTenTo: power)
    switch unit {
    case .count: return number
    case .percentage: return number + "%"
    case .pounds:
      let suffix = power == 6 ? "m" : power == 3 ? "k" : ""
      return number.hasPrefix("-") ? "-£\(number.dropFirst())\(suffix)" : "£\(number)\(suffix)"
    }
  }

  /// A change in a label: `+£1.2m`, `-£0.4m`.
  func change(_ figure: Double) -> String {
    let text = text(figure)
    return figure > 0 && !text.hasPrefix("-") ? "+" + text : text
  }

  /// A figure beside the axis, in the unit of its name.
  func tick(_ value: Double, decimals: Int) -> String {
    (Self.isVast(value) || decimals > 6
      ? NumberText.significant(value) : NumberText.fixed(value, decimals: decimals))
      + (unit == .percentage ? "%" : "")
  }

  /// Whether a number has more digits than a label has room for.
  private static func isVast(_ number: Double) -> Bool { number.magnitude >= 1e9 }
}
