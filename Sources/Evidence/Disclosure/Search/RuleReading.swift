/// What a rule makes of each figure of a table, before anything is held back for the sake of others.
struct RuleReading {
  private typealias Slack = SuppressionState.Slack
  private let table: DisclosureTable
  private let rule: DisclosureRule
  private let tellsPrimary: Bool
  /// For each figure that is a denominator, the largest of its numerators in each version.
  private let largestPart: [Int: [Int]]

  init(_ table: DisclosureTable, rule: DisclosureRule, tellsPrimary: Bool) {
    self.table = table
    self.rule = rule
    self.tellsPrimary = tellsPrimary
    var largest: [Int: [Int]] = [:]
    for cell in table.cells {
      guard let denominator = cell.denominator else { continue }
      let known = largest[denominator] ?? cell.values
      largest[denominator] = zip(known, cell.values).map(max)
    }
    largestPart = largest
  }

  /// Whether a figure is held back for its own sake, in any version.
  func isPrimary(_ position: Int) -> Bool {
    let cell = table.cells[position]
    guard cell.visibility != .known else { return false }
    return (0..<table.versions).contains { withholds(cell, $0) || withholdsRest(cell, $0) }
  }

  private func withholds(_ cell: DisclosureCell, _ version: Int) -> Bool {
    rule.withholds(cell.count(version), isNational: cell.standing == .national)
  }

  /// Whether what is left of the denominator is too small.
  private func withholdsRest(_ cell: DisclosureCell, _ version: Int) -> Bool {
    guard rule.protectsComplement, cell.isCount, let denominator = cell.denominator else { return false }
    return rule.withholds(
      table.cells[denominator].values[version] - cell.values[version],
      isNational: cell.standing == .national)
  }

  /// How far a figure that is held back must be able to move, so that what remains unknown is what the rule wants.
  func need(_ position: Int) -> (down: Int, up: Int) {
    let cell = table.cells[position]
    var down = 0
    var up = 0
    guard let bounds = rule.withheld else { return (0, 0) }
    for version in 0..<table.versions {
      let value = cell.values[version]
      if withholds(cell, version) {
        if cell.isCount {
          down = max(down, value - bounds.lowerBound)
          up = max(up, bounds.upperBound - value)
        } else {
          // An amount is to remain unknown to a tenth, either way (the p% rule: Hundepool and others 2012, 4.2.2).
          let margin = max(1, (Int(value.magnitude) + 9) / 10)
          down = max(down, margin)
          up = max(up, margin)
        }
      }
      if withholdsRest(cell, version), let denominator = cell.denominator {
        let rest = table.cells[denominator].values[version] - value
        down = max(down, bounds.upperBound - rest)
        up = max(up, rest - bounds.lowerBound)
      }
    }
    // That a part is no larger than its whole is known to everybody.
    for version in 0..<table.versions {
      let share = shareSlack(position, version)
      (down, up) = (min(down, share.down), min(up, share.up))
    }
    return (down, up)
  }

  /// How far a figure can move that is held back.
  func withheldSlack(_ position: Int) -> SuppressionState.Slack {
    let cell = table.cells[position]
    guard cell.visibility != .known else { return .none }
    var slack = Slack(down: Slack.unbounded, up: Slack.unbounded)
    // A reader who knows that zero is always published knows that what is held back is not zero.
    let everZero = cell.values.contains(0)
    let floor = cell.visibility == .hidden || rule.protectsZero || everZero || !cell.isCount ? 0 : 1
    for version in 0..<table.versions {
      let value = cell.values[version]
      if !cell.mayBeNegative { slack.down = min(slack.down, value - min(floor, value)) }
      if tellsPrimary, cell.isCount, cell.visibility == .published, let bounds = rule.withheld {
        if withholds(cell, version) {
          slack = slack.meet(Slack(down: value - bounds.lowerBound, up: bounds.upperBound - value))
        } else if value > bounds.upperBound {
          slack.down = min(slack.down, value - bounds.upperBound - 1)
        }
      }
      slack = slack.meet(shareSlack(position, version))
    }
    return slack
  }

  /// How far a figure can move that is published.
  func publishedSlack(_ position: Int) -> SuppressionState.Slack {
    let cell = table.cells[position]
    switch cell.visibility {
    case .known: return .none
    case .hidden: return withheldSlack(position)
    case .published: break
    }
    guard cell.isCount, !cell.isExactWhenPublished else { return .none }
    var slack = Slack(down: Slack.unbounded, up: Slack.unbounded)
    for version in 0..<table.versions {
      let value = cell.values[version]
      let known = rule.known(ofPublished: value, isNational: cell.standing == .national)
      slack = slack.meet(Slack(down: value - known.lowerBound, up: known.upperBound - value))
        .meet(shareSlack(position, version))
    }
    return slack
  }

  /// A numerator stays at or below its denominator, and a denominator at or above its numerators, each being moved while
  /// the other stands as it is.
  private func shareSlack(_ position: Int, _ version: Int) -> SuppressionState.Slack {
    let cell = table.cells[position]
    var slack = Slack(down: Slack.unbounded, up: Slack.unbounded)
    if let denominator = cell.denominator {
      slack.up = max(0, table.cells[denominator].values[version] - cell.values[version])
    }
    if let parts = largestPart[position] { slack.down = max(0, cell.values[version] - parts[version]) }
    return slack
  }

  /// What it costs to hold a figure back for the sake of others: sums more than details, the nation most, large figures
  /// more than small. Nil where it is not published anyway, or where it would protect nothing: zero that every rule but
  /// those that protect it shows.
  func cost(_ position: Int) -> Int? {
    let cell = table.cells[position]
    guard cell.visibility == .published, !isPrimary(position), !withheldSlack(position).isNone,
      !cell.values.allSatisfy({ $0 == 0 })
    else { return nil }
    let standing =
      switch cell.standing {
      case .detail: 100
      case .total: 500
      case .national: 5_000
      }
    let largest = cell.values.map(\.magnitude).max() ?? 0
    return standing + 4 * (UInt.bitWidth - largest.leadingZeroBitCount)
  }
}
