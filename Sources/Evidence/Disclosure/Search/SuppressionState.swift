/// What is held back so far, and by how much each figure of a table could differ from the truth without any published
/// figure, or any bound that readers know, being other than it is.
struct SuppressionState {
  /// How far a figure may move: down and up, in its units, in every version at once.
  struct Slack: Hashable {
    var down: Int
    var up: Int

    static let none = Slack(down: 0, up: 0)
    /// Stands for no bound: beyond any sum of figures.
    static let unbounded = 1 << 50

    var isNone: Bool { down == 0 && up == 0 }

    /// The slack that both leave.
    func meet(_ other: Slack) -> Slack { Slack(down: min(down, other.down), up: min(up, other.up)) }
  }

  /// Why a figure is not published.
  enum Standing: Hashable {
    case open
    case primary
    case secondary
  }

  let table: DisclosureTable
  let rule: DisclosureRule
  /// Whether readers can tell which figures are held back for their own sake, and within which bounds.
  let tellsPrimary: Bool
  private(set) var standings: [Standing]
  /// How far each figure can move as things stand.
  private(set) var slack: [Slack]
  /// How far it could move if it were held back.
  let withheldSlack: [Slack]
  /// What holding it back costs; nil where that is not open to choice.
  let costs: [Int?]
  /// Steps taken, and how many may be taken, in elementary operations: no clock, so that results do not depend on it.
  var work = 0
  let effort: Int
  /// The relations of each figure.
  let relationsOf: [[Int]]
  private let publishedSlack: [Slack]
  private let familyOf: [Int?]
  private var withheldInFamily: [Int]

  init(_ table: DisclosureTable, rule: DisclosureRule, tellsPrimary: Bool, effort: Int) {
    self.table = table
    self.rule = rule
    self.tellsPrimary = tellsPrimary || rule.rounding != nil
    self.effort = effort
    let reading = RuleReading(table, rule: rule, tellsPrimary: self.tellsPrimary)
    standings = table.cells.indices.map { reading.isPrimary($0) ? .primary : .open }
    withheldSlack = table.cells.indices.map { reading.withheldSlack($0) }
    publishedSlack = table.cells.indices.map { reading.publishedSlack($0) }
    slack = publishedSlack
    costs = table.cells.indices.map { reading.cost($0) }
    var families: [String: Int] = [:]
    var familyOf: [Int?] = []
    for cell in table.cells {
      guard let family = cell.family else {
        familyOf.append(nil)
        continue
      }
      let number = families[family] ?? families.count
      families[family] = number
      familyOf.append(number)
    }
    self.familyOf = familyOf
    withheldInFamily = Array(repeating: 0, count: families.count)
    var relationsOf: [[Int]] = Array(repeating: [], count: table.cells.count)
    for (number, relation) in table.relations.enumerated() {
      for term in relation { relationsOf[term.cell].append(number) }
    }
    self.relationsOf = relationsOf
    for cell in table.cells.indices {
      if standings[cell] == .primary || table.cells[cell].visibility == .hidden {
        slack[cell] = withheldSlack[cell]
      }
      if standings[cell] == .primary, let family = familyOf[cell] { withheldInFamily[family] += 1 }
    }
  }

  /// Whether the effort is spent.
  var isExhausted: Bool { work > effort }

  /// The figures that are held back for their own sake, in their order.
  var primaries: [Int] { standings.indices.filter { standings[$0] == .primary } }

  /// Whether a figure can move, or could if it were held back.
  func isMovable(_ cell: Int) -> Bool {
    !slack[cell].isNone || costs[cell] != nil || standings[cell] == .primary
  }

  /// The price of holding a figure back that is published so far; nil where it is not to be had. The same figure in
  /// another year being held back makes it cheaper.
  func price(_ cell: Int) -> Int? {
    guard standings[cell] == .open, let cost = costs[cell] else { return nil }
    guard let family = familyOf[cell], withheldInFamily[family] > 0 else { return cost }
    return cost - 30
  }

  /// Holds a figure back for the sake of others.
  mutating func withhold(_ cell: Int) {
    guard standings[cell] == .open else { return }
    standings[cell] = .secondary
    slack[cell] = withheldSlack[cell]
    if let family = familyOf[cell] { withheldInFamily[family] += 1 }
  }

  /// Publishes a figure that was held back for the sake of others.
  mutating func release(_ cell: Int) {
    guard standings[cell] == .secondary else { return }
    standings[cell] = .open
    slack[cell] = publishedSlack[cell]
    if let family = familyOf[cell] { withheldInFamily[family] -= 1 }
  }

  /// Whether a move is one that no reader could tell from the truth: every relation holds, and every figure stays where
  /// it may be. This is the proof behind every claim of protection, in whole numbers.
  func admits(_ moves: [FigureMove]) -> Bool {
    var deltas: [Int: Int] = [:]
    for move in moves {
      guard move.by >= -slack[move.cell].down, move.by <= slack[move.cell].up,
        deltas.updateValue(move.by, forKey: move.cell) == nil
      else { return false }
    }
    var touched: Set<Int> = []
    for move in moves {
      for relation in relationsOf[move.cell] where touched.insert(relation).inserted {
        let sum = table.relations[relation].reduce(0) { $0 + $1.coefficient * (deltas[$1.cell] ?? 0) }
        if sum != 0 { return false }
      }
    }
    return true
  }
}

/// A figure that is moved from the truth, and by how much.
struct FigureMove: Hashable {
  let cell: Int
  let by: Int
}
