/// Moves in a table whose relations form no network: tables of three ways, two trees at once, running totals by area.
///
/// A linear programme in exact whole numbers: the figure is moved by the simplex method from the truth, which needs no
/// first phase because not moving at all is a solution. When the figures that are held back let it go no further, the
/// cheapest published figure whose release would is held back too, and the method goes on from where it stands. Bland's
/// rule (1977) makes it end.
///
/// It looks at the figures near the one to be protected first and at more when that does not suffice: all others standing
/// still is an answer as good as any. When the part that it may look at is exhausted, it has shown nothing, and more is
/// held back.
struct ProgramSearch: MoveSearch {
  /// The sizes of neighbourhood that are tried, in relations.
  static let reaches = [16, 48, 120, 300, 700]
  /// The most entries of a tableau.
  private static let largestTableau = 1_000_000

  private let reaches: [Int]

  /// - Parameter reaches: the sizes of neighbourhood that are tried, rising.
  init(reaches: [Int] = Self.reaches) { self.reaches = reaches }

  mutating func push(
    _ cell: Int, by amount: Int, mayWithhold: Bool, _ state: inout SuppressionState
  ) -> MoveResult {
    var best = MoveResult(isExhaustive: false)
    // Far away there is always something to hold back, and seldom something that is held back already.
    let reaches = mayWithhold ? self.reaches[...] : self.reaches.prefix(2)
    for reach in reaches where !state.isExhausted {
      let near = FigureNeighbourhood(of: cell, reach: reach, mayWithhold: mayWithhold, &state)
      guard near.relations.count * near.cells.count <= Self.largestTableau else { break }
      // Nothing is held back for a try that fails, unless it is the last.
      let isLast = reach == reaches.last || near.isWhole
      var trial = state
      var push = Self.run(near, cell, amount, mayWithhold, &trial)
      push.isExhaustive = push.isExhaustive && near.isWhole
      state.work = trial.work
      let isDone = push.achieved == amount.magnitude
      if isDone || push.achieved > best.achieved || push.isExhaustive { best = push }
      if isDone || isLast { break }
    }
    for withheld in best.withheld { state.withhold(withheld) }
    return best
  }

  /// One programme; where it ends in fractions, of which people have none, others that end elsewhere.
  private static func run(
    _ near: FigureNeighbourhood, _ cell: Int, _ amount: Int, _ mayWithhold: Bool,
    _ trial: inout SuppressionState
  ) -> MoveResult {
    var withheld: [Int] = []
    var wanted = Int(amount.magnitude)
    var isLess = false
    while wanted > 0, !trial.isExhausted {
      var bound = wanted
      for isReversed in [false, true] {
        var run = ProgramRun(
          near, cell: cell, by: amount < 0 ? -wanted : wanted, isReversed: isReversed, &trial)
        var push = run.push(mayWithhold: mayWithhold, &trial)
        withheld += push.withheld
        push.withheld = withheld
        if isLess, push.achieved == wanted { push.isExhaustive = true }
        guard let reached = run.reached else { return push }
        bound = min(bound, reached)
      }
      // Whole numbers may reach what fractions do not pass; when they do not, nothing is shown.
      guard bound < wanted, !isLess else { break }
      wanted = bound
      isLess = true
    }
    return MoveResult(withheld: withheld, isExhaustive: wanted == 0)
  }
}

/// The figures that are near another, chosen so that few relations hold many of them: those that need no relation besides
/// the ones taken already come at once, then those that need one more, the cheapest first. In a table of many ways that
/// grows small blocks, and it is around blocks that figures move.
struct FigureNeighbourhood {
  private(set) var relations: [Int] = []
  private(set) var cells: [Int]
  /// Whether nothing lies beyond it.
  private(set) var isWhole = true

  /// The most figures.
  private static let largest = 3_000

  /// - Parameters:
  ///   - cell: the figure in the middle.
  ///   - reach: the most relations.
  ///   - mayWithhold: whether figures that are published so far count.
  ///   - state: what is held back; the work is counted there.
  init(of cell: Int, reach: Int, mayWithhold: Bool, _ state: inout SuppressionState) {
    cells = [cell]
    var isTaken: Set<Int> = []
    var missing: [Int: Int] = [:]
    var waiting = SearchQueue()
    missing[cell] = 0
    take(state.relationsOf[cell], &isTaken, &missing, &waiting, mayWithhold, &state)
    while let next = waiting.popLeast() {
      guard let lacks = missing[next], lacks >= 0 else { continue }
      guard relations.count + lacks <= reach, cells.count < Self.largest else {
        isWhole = false
        continue
      }
      missing[next] = -1
      cells.append(next)
      take(
        state.relationsOf[next].filter { !isTaken.contains($0) }, &isTaken, &missing, &waiting, mayWithhold,
        &state)
    }
  }

  private mutating func take(
    _ new: [Int], _ isTaken: inout Set<Int>, _ missing: inout [Int: Int], _ waiting: inout SearchQueue,
    _ mayWithhold: Bool, _ state: inout SuppressionState
  ) {
    for relation in new where isTaken.insert(relation).inserted {
      relations.append(relation)
      state.work += state.table.relations[relation].count * 4
      for term in state.table.relations[relation] {
        let other = term.cell
        let price = state.slack[other].isNone ? (mayWithhold ? state.price(other) : nil) : 0
        guard let price, other != cells[0] else { continue }
        let lacks = (missing[other] ?? state.relationsOf[other].count) - 1
        guard missing[other] != -1 else { continue }
        missing[other] = lacks
        waiting.insert(other, priority: max(0, lacks) * 150 + price)
      }
    }
  }
}
