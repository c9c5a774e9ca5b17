/// One linear programme: how far a figure can be moved while its relations hold.
struct ProgramRun {
  private let cells: [Int]
  private let target: Int
  private let wanted: Int
  private let direction: Int
  private var tableau: IntegerTableau
  private var isSound = true
  /// The moves, each over `unit`.
  private var moves: [Int]
  private var unit = 1
  private var isBasic: [Bool]
  /// Where the way ended in fractions, how many whole steps could be had at most; nil where it did not.
  private(set) var reached: Int?

  /// - Parameters:
  ///   - near: the figures that may move, and their relations.
  ///   - cell: the figure.
  ///   - amount: by how much; negative for down.
  ///   - isReversed: whether of equals the last is taken and not the first, which leads to another solution.
  ///   - state: what is held back.
  init(
    _ near: FigureNeighbourhood, cell: Int, by amount: Int, isReversed: Bool = false,
    _ state: inout SuppressionState
  ) {
    cells = isReversed ? near.cells.reversed() : near.cells
    direction = amount < 0 ? -1 : 1
    let slack = state.slack[cell]
    wanted = min(Int(amount.magnitude), direction > 0 ? slack.up : slack.down)
    var columns: [Int: Int] = [:]
    for (position, one) in cells.enumerated() { columns[one] = position }
    target = columns[cell] ?? 0
    tableau = IntegerTableau(rows: near.relations.count, columns: near.cells.count)
    moves = Array(repeating: 0, count: near.cells.count)
    isBasic = Array(repeating: false, count: near.cells.count)
    for (row, relation) in near.relations.enumerated() {
      for term in state.table.relations[relation] {
        if let column = columns[term.cell] { tableau[row, column] = term.coefficient }
      }
    }
    // The figure itself is solved for first, and then those that may move most freely.
    let cells = cells
    let order = cells.indices.sorted {
      let (left, right) = (state.slack[cells[$0]], state.slack[cells[$1]])
      return (left.isNone ? 1 : 0, $0) < (right.isNone ? 1 : 0, $1)
    }
    isSound = tableau.solve(preferring: [target] + order.filter { $0 != target })
    for column in tableau.basis.compactMap({ $0 }) { isBasic[column] = true }
    state.work += tableau.work
  }

  /// Moves the figure as far as asked or as far as possible.
  mutating func push(mayWithhold: Bool, _ state: inout SuppressionState) -> MoveResult {
    var withheld: [Int] = []
    guard isSound, wanted > 0 else { return MoveResult(isExhaustive: isSound) }
    guard let row = tableau.basis.firstIndex(of: target) else {
      // In no relation: it moves as it likes.
      moves[target] = direction * wanted
      return result(withheld, isExhaustive: true)
    }
    var steps = 0
    var isExhaustive = false
    let limit = 60 * (tableau.rows + 10)
    while moves[target] != direction * wanted * unit, steps < limit, !state.isExhausted {
      steps += 1
      let current = tableau.basis.firstIndex(of: target) ?? row
      guard let entering = entering(current, { state.slack[cells[$0]] }) else {
        guard mayWithhold, let bought = cheapest(current, state) else {
          isExhaustive = true
          break
        }
        state.withhold(cells[bought])
        withheld.append(cells[bought])
        continue
      }
      let before = tableau.work
      guard step(entering.column, entering.sign, state) else {
        return MoveResult(withheld: withheld, isExhaustive: false)
      }
      state.work += tableau.work - before + tableau.rows + tableau.columns
    }
    return result(withheld, isExhaustive: isExhaustive)
  }

  /// The unknowns that are not solved for and would move the figure on, with the direction in which they would.
  private func gains(_ row: Int, _ column: Int) -> Int? {
    let entry = tableau[row, column]
    return entry == 0 || isBasic[column] ? nil : (entry > 0 ? -direction : direction)
  }

  private func entering(_ row: Int, _ slack: (Int) -> SuppressionState.Slack) -> (column: Int, sign: Int)? {
    for column in cells.indices where tableau[row, column] != 0 {
      guard let sign = gains(row, column), room(column, sign, slack(column)) > 0 else { continue }
      return (column, sign)
    }
    return nil
  }

  /// The cheapest figure that would move the figure on if it were held back.
  private func cheapest(_ row: Int, _ state: SuppressionState) -> Int? {
    var best: (price: Int, column: Int)?
    for column in cells.indices where tableau[row, column] != 0 {
      guard let price = state.price(cells[column]), let sign = gains(row, column),
        room(column, sign, state.withheldSlack[cells[column]]) > 0
      else { continue }
      if best.map({ price < $0.price }) ?? true { best = (price, column) }
    }
    return best?.column
  }

  /// How far an unknown can still go, over `unit`.
  private func room(_ column: Int, _ sign: Int, _ slack: SuppressionState.Slack) -> Int {
    let bound = sign > 0 ? slack.up : slack.down
    if bound >= SuppressionState.Slack.unbounded / 2 { return SuppressionState.Slack.unbounded }
    let (scaled, tooLarge) = bound.multipliedReportingOverflow(by: unit)
    return tooLarge ? SuppressionState.Slack.unbounded : scaled - sign * moves[column]
  }

  /// Moves an unknown until it, or one that follows it, is at a bound; that one then leaves.
  private mutating func step(_ column: Int, _ sign: Int, _ state: SuppressionState) -> Bool {
    let denominator = tableau.denominator
    // How far each can go, as a step of the entering one: room times denominator over the entry.
    var least = (top: room(column, sign, state.slack[cells[column]]), bottom: 1)
    var leaving: Int?
    for row in 0..<tableau.rows {
      guard let basic = tableau.basis[row] else { continue }
      let entry = tableau[row, column]
      if entry == 0 { continue }
      let way = entry > 0 ? -sign : sign
      let slack = state.slack[cells[basic]]
      let left =
        basic == target && way == direction
        ? wanted * unit - direction * moves[target] : room(basic, way, slack)
      if left >= SuppressionState.Slack.unbounded / 2 { continue }
      let (top, tooLarge) = left.multipliedReportingOverflow(by: denominator)
      let bottom = Int(entry.magnitude)
      let (mine, first) = top.multipliedReportingOverflow(by: least.bottom)
      let (other, second) = least.top.multipliedReportingOverflow(by: bottom)
      guard !tooLarge, !first else { return false }
      let isLess = second || mine < other
      let isTie = !second && mine == other
      if isLess || (isTie && leaving.map { basic < (tableau.basis[$0] ?? 0) || basic == target } ?? true) {
        least = (top, bottom)
        leaving = row
      }
    }
    guard least.top < SuppressionState.Slack.unbounded / 2 else { return false }
    guard let size = scaled(least, column) else { return false }
    moves[column] += sign * size
    for row in 0..<tableau.rows {
      guard let basic = tableau.basis[row], tableau[row, column] != 0 else { continue }
      moves[basic] -= sign * (tableau[row, column] * size / denominator)
    }
    guard let leaving else { return true }
    // The figure itself never leaves: when it is what stops the step, it is where it should be.
    guard let out = tableau.basis[leaving], out != target else { return true }
    isBasic[out] = false
    isBasic[column] = true
    return tableau.pivot(row: leaving, column: column)
  }

  /// The step in whole multiples of the unit, which is made finer where it must be.
  private mutating func scaled(_ step: (top: Int, bottom: Int), _ column: Int) -> Int? {
    if step.top == 0 { return 0 }
    let denominator = tableau.denominator
    let isWhole =
      step.top.isMultiple(of: step.bottom)
      && (0..<tableau.rows).allSatisfy { row in
        let (product, tooLarge) = tableau[row, column].multipliedReportingOverflow(by: step.top / step.bottom)
        return !tooLarge && product.isMultiple(of: denominator)
      }
    if isWhole { return step.top / step.bottom }
    let (factor, tooLarge) = step.bottom.multipliedReportingOverflow(by: denominator)
    guard !tooLarge, factor < 1 << 10, unit < 1 << 10 else { return nil }
    unit *= factor
    for position in moves.indices { moves[position] *= factor }
    return step.top * denominator
  }

  /// What was reached, if it is in whole numbers; a fraction proves nothing for people.
  private mutating func result(_ withheld: [Int], isExhaustive: Bool) -> MoveResult {
    guard moves.allSatisfy({ $0.isMultiple(of: unit) }) else {
      reached = isExhaustive ? Int((moves[target] / unit).magnitude) : wanted
      return MoveResult(withheld: withheld, isExhaustive: false)
    }
    return MoveResult(
      achieved: Int((moves[target] / unit).magnitude),
      moves: cells.indices.filter { moves[$0] != 0 }.map {
        FigureMove(cell: cells[$0], by: moves[$0] / unit)
      },
      withheld: withheld, isExhaustive: isExhaustive)
  }
}
