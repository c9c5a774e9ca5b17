/// Moves in a table whose relations form a network: every figure stands in at most two of them, with opposite signs
/// once the signs of whole relations are chosen well.
///
/// Tables of two ways with their totals are such, and so are those in which one of the two ways is a tree (authority,
/// region, nation). A figure is then an edge between two relations, a move from the truth is a circulation, and to move
/// a figure by so much is to send so much flow from one end of its edge to the other through the figures that are held
/// back. Flow along the cheapest path through published figures says which to hold back besides (Kelly, Golden and Assad
/// 1992; Castro 2002). All is in whole numbers, and what a network does not let through, no fraction passes either: there
/// the search is an exact audit.
struct NetworkSearch: MoveSearch {
  private struct Arc {
    let cell: Int
    let next: Int
    let direction: Int
  }

  private let arcs: [[Arc]]
  private let ends: [Int: (plus: Int, minus: Int)]
  private var flow: [Int: Int] = [:]

  /// The network of a part of a table, or nil when it is none.
  ///
  /// - Parameters:
  ///   - relations: the relations of the part.
  ///   - state: the table.
  init?(_ relations: [Int], _ state: SuppressionState) {
    var local: [Int: Int] = [:]
    for (position, relation) in relations.enumerated() { local[relation] = position }
    let outside = relations.count
    // The figures that can move, with their relations and signs.
    var entries: [Int: [(relation: Int, sign: Int)]] = [:]
    var order: [Int] = []
    for (position, relation) in relations.enumerated() {
      for term in state.table.relations[relation] where state.isMovable(term.cell) {
        guard term.coefficient.magnitude == 1 else { return nil }
        if entries[term.cell] == nil { order.append(term.cell) }
        entries[term.cell, default: []].append((position, term.coefficient))
        if entries[term.cell, default: []].count > 2 { return nil }
      }
    }
    guard let signs = Self.signs(relations.count, order.compactMap { entries[$0] }) else { return nil }
    var arcs: [[Arc]] = Array(repeating: [], count: relations.count + 1)
    var ends: [Int: (plus: Int, minus: Int)] = [:]
    for cell in order {
      var plus = outside
      var minus = outside
      for entry in entries[cell] ?? [] {
        if entry.sign * signs[entry.relation] > 0 { plus = entry.relation } else { minus = entry.relation }
      }
      ends[cell] = (plus, minus)
      arcs[minus].append(Arc(cell: cell, next: plus, direction: 1))
      arcs[plus].append(Arc(cell: cell, next: minus, direction: -1))
    }
    self.arcs = arcs
    self.ends = ends
  }

  /// Signs of relations that give every figure opposite signs in its two; nil when there are none.
  private static func signs(_ count: Int, _ pairs: [[(relation: Int, sign: Int)]]) -> [Int]? {
    var neighbours: [[(Int, Int)]] = Array(repeating: [], count: count)
    for pair in pairs where pair.count == 2 {
      let product = -pair[0].sign * pair[1].sign
      neighbours[pair[0].relation].append((pair[1].relation, product))
      neighbours[pair[1].relation].append((pair[0].relation, product))
    }
    var signs = Array(repeating: 0, count: count)
    for start in 0..<count where signs[start] == 0 {
      signs[start] = 1
      var waiting = [start]
      while let relation = waiting.popLast() {
        for (other, product) in neighbours[relation] {
          let wanted = signs[relation] * product
          if signs[other] == 0 {
            signs[other] = wanted
            waiting.append(other)
          } else if signs[other] != wanted {
            return nil
          }
        }
      }
    }
    return signs
  }

  mutating func push(
    _ cell: Int, by amount: Int, mayWithhold: Bool, _ state: inout SuppressionState
  ) -> MoveResult {
    var result = MoveResult()
    flow = [:]
    let direction = amount < 0 ? -1 : 1
    let slack = state.slack[cell]
    let wanted = min(Int(amount.magnitude), direction > 0 ? slack.up : slack.down)
    guard wanted > 0 else { return result }
    guard let own = ends[cell] else {
      // In no relation, it moves alone.
      return MoveResult(achieved: wanted, moves: [FigureMove(cell: cell, by: direction * wanted)])
    }
    let (from, to) = direction > 0 ? (own.plus, own.minus) : (own.minus, own.plus)
    while result.achieved < wanted, !state.isExhausted {
      let rest = wanted - result.achieved
      var path = freePath(from, to, avoiding: cell, &state)
      if path == nil, mayWithhold {
        // One figure that carries all is better than several that share.
        path =
          cheapestPath(from, to, avoiding: cell, carrying: rest, &state)
          ?? cheapestPath(from, to, avoiding: cell, carrying: 1, &state)
      }
      guard let path else { break }
      for arc in path where residual(arc, state.slack[arc.cell]) == 0 {
        state.withhold(arc.cell)
        result.withheld.append(arc.cell)
      }
      let sent = path.reduce(rest) { min($0, residual($1, state.slack[$1.cell])) }
      guard sent > 0 else { break }
      for arc in path { flow[arc.cell, default: 0] += arc.direction * sent }
      result.achieved += sent
    }
    result.isExhaustive = !state.isExhausted
    result.moves =
      [FigureMove(cell: cell, by: direction * result.achieved)]
      + flow.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
        FigureMove(cell: $0.key, by: $0.value)
      }
    return result
  }

  /// How much more a figure can carry.
  private func residual(_ arc: Arc, _ slack: SuppressionState.Slack) -> Int {
    let now = flow[arc.cell] ?? 0
    return arc.direction > 0 ? slack.up - now : slack.down + now
  }

  /// The shortest path through figures that can move as things stand, breadth first.
  private func freePath(
    _ from: Int, _ to: Int, avoiding cell: Int, _ state: inout SuppressionState
  ) -> [Arc]? {
    if from == to { return [] }
    var before: [(node: Int, arc: Arc)?] = Array(repeating: nil, count: arcs.count)
    var waiting = [from]
    var next = 0
    while next < waiting.count {
      let node = waiting[next]
      next += 1
      state.work += arcs[node].count
      for arc in arcs[node] where arc.cell != cell && arc.next != from && before[arc.next] == nil {
        let slack = state.slack[arc.cell]
        guard !slack.isNone, residual(arc, slack) > 0 else { continue }
        before[arc.next] = (node, arc)
        if arc.next == to { return Self.trace(before, to) }
        waiting.append(arc.next)
      }
    }
    return nil
  }

  /// The cheapest path, where figures still published cost their price (Dijkstra 1959).
  private func cheapestPath(
    _ from: Int, _ to: Int, avoiding cell: Int, carrying least: Int, _ state: inout SuppressionState
  ) -> [Arc]? {
    if from == to { return [] }
    var before: [(node: Int, arc: Arc)?] = Array(repeating: nil, count: arcs.count)
    var distance = Array(repeating: Int.max, count: arcs.count)
    var isDone = Array(repeating: false, count: arcs.count)
    var queue = SearchQueue()
    distance[from] = 0
    queue.insert(from, priority: 0)
    while let node = queue.popLeast() {
      if isDone[node] { continue }
      isDone[node] = true
      if node == to { return Self.trace(before, to) }
      state.work += arcs[node].count
      for arc in arcs[node] where arc.cell != cell && !isDone[arc.next] {
        let cost: Int
        if residual(arc, state.slack[arc.cell]) >= least {
          // A step costs a little, so that of equals the shorter is taken.
          cost = 1
        } else if let price = state.price(arc.cell),
          residual(arc, state.withheldSlack[arc.cell]) >= least
        {
          cost = price
        } else {
          continue
        }
        let reached = distance[node] + cost
        guard reached < distance[arc.next] else { continue }
        distance[arc.next] = reached
        before[arc.next] = (node, arc)
        queue.insert(arc.next, priority: reached)
      }
    }
    return nil
  }

  private static func trace(_ before: [(node: Int, arc: Arc)?], _ to: Int) -> [Arc] {
    var path: [Arc] = []
    var node = to
    // The start has nothing before it.
    while let step = before[node] {
      path.append(step.arc)
      node = step.node
    }
    return path.reversed()
  }
}
