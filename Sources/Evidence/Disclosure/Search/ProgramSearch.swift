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
  private static let reaches = [12, 40, 120]
  /// The most entries of a tableau.
  private static let largestTableau = 400_000

  mutating func push(
    _ cell: Int, by amount: Int, mayWithhold: Bool, _ state: inout SuppressionState
  ) -> Push {
    var best = Push(isExhaustive: false)
    for reach in Self.reaches where !state.isExhausted {
      let near = Neighbourhood(of: cell, reach: reach, mayWithhold: mayWithhold, state)
      guard near.relations.count * near.cells.count <= Self.largestTableau else { break }
      // Nothing is held back for a try that fails, unless it is the last.
      let isLast = reach == Self.reaches.last || near.isWhole
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
    _ near: Neighbourhood, _ cell: Int, _ amount: Int, _ mayWithhold: Bool, _ trial: inout SuppressionState
  ) -> Push {
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
    return Push(withheld: withheld, isExhaustive: wanted == 0)
  }
}

/// The figures that are near another: those of which every relation is among some.
struct Neighbourhood {
  let relations: [Int]
  let cells: [Int]
  /// Whether nothing lies beyond it.
  let isWhole: Bool

  init(of cell: Int, reach: Int, mayWithhold: Bool, _ state: SuppressionState) {
    var found: [Int] = []
    var isFound: Set<Int> = []
    func take(_ relations: [Int]) {
      for relation in relations where found.count < reach && isFound.insert(relation).inserted {
        found.append(relation)
      }
    }
    take(state.relationsOf[cell])
    var next = 0
    var candidates: Set<Int> = [cell]
    var order = [cell]
    while next < found.count {
      let movable = state.table.relations[found[next]].map(\.cell).filter {
        !state.slack[$0].isNone || (mayWithhold && state.price($0) != nil)
      }
      next += 1
      // What can move already first, then what costs least.
      let sorted = movable.map { (price: state.slack[$0].isNone ? state.price($0) ?? 0 : 0, cell: $0) }.sorted
      { $0 < $1 }
      for one in sorted {
        if candidates.insert(one.cell).inserted { order.append(one.cell) }
        take(state.relationsOf[one.cell])
      }
    }
    let inside = order.filter { state.relationsOf[$0].allSatisfy { isFound.contains($0) } }
    relations = found
    cells = Array(inside.prefix(3_000))
    isWhole = inside.count == order.count && cells.count == inside.count
  }
}
