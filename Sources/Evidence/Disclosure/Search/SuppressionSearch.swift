/// Chooses what to hold back besides the counts that are too small, and proves that these cannot be found then.
///
/// For each figure that is held back for its own sake, and for each end of what must remain possible for it, there is a
/// table of whole numbers that agrees with everything published and with every bound that readers know, in which the
/// figure has that value. A move from the truth to such a table is the proof; every one is checked by addition
/// (``SuppressionState/admits(_:)``). Whoever adds, subtracts, solves the equations or takes bounds from them by linear
/// programming cannot rule out what such tables show.
struct SuppressionSearch {
  /// What must be possible: a figure, and a move of it.
  struct Claim: Hashable {
    let cell: Int
    let by: Int
  }

  /// How well a figure that is held back is protected.
  enum Protection: Hashable {
    /// What remains unknown is what the rule wants.
    case whole
    /// No more can be had, whatever else is held back: how far down and up it may still be.
    case limited(down: Int, up: Int)
    /// Everything that has to do with it is held back, and the search could not prove that this is enough.
    case unproved
  }

  private(set) var state: SuppressionState
  private(set) var protections: [Int: Protection] = [:]
  /// For each figure that was held back for another, which.
  private(set) var reasons: [Int: Int] = [:]
  /// The parts of the table in which the search gave up and held everything back.
  private(set) var abandoned: [[Int]] = []
  private let reading: RuleReading
  private var proofs: [Claim: [FigureMove]] = [:]
  private var isStuck = false
  private var unproved: Set<Int> = []
  /// What is near figures without a proof, and stays held back.
  private var kept: Set<Int> = []

  private let reaches: [Int]

  /// - Parameters:
  ///   - state: the table, with nothing held back for the sake of others.
  ///   - reaches: how far the search looks in tables that are no networks.
  init(_ state: SuppressionState, reaches: [Int] = ProgramSearch.reaches) {
    self.state = state
    self.reaches = reaches
    reading = RuleReading(state.table, rule: state.rule, tellsPrimary: state.tellsPrimary)
  }

  mutating func run() {
    for part in parts() {
      let primaries = part.cells.filter { state.standings[$0] == .primary }
      guard !primaries.isEmpty else { continue }
      var search = search(part.relations)
      let claims = primaries.map { (cell: $0, claims: self.claims(of: $0)) }
      for (cell, claims) in claims where !state.isExhausted { protect(cell, claims, &search) }
      if state.isExhausted {
        abandon(part, claims, &search)
        continue
      }
      releaseWhatIsNotNeeded(part.cells, &search)
      for (cell, claims) in claims {
        let reached = protection(of: cell, claims)
        protections[cell] = unproved.contains(cell) && reached != .whole ? .unproved : reached
      }
    }
  }

  /// A network where the relations are one, if need be without those that follow from the others.
  private mutating func search(_ relations: [Int]) -> any MoveSearch {
    if let network = NetworkSearch(relations, state) { return network }
    let basis = RelationBasis.independent(relations, &state)
    if basis.count < relations.count, let network = NetworkSearch(basis, state) { return network }
    return ProgramSearch(reaches: reaches)
  }

  // MARK: What must be possible

  /// What must be possible of a figure. Where two values are enough there are two claims, of which one must hold.
  private func claims(of cell: Int) -> [Claim] {
    let slack = state.withheldSlack[cell]
    if state.rule.remainder == .twoValues && state.table.cells[cell].isCount {
      return leastClaims(of: cell)
    }
    let need = reading.need(cell)
    let claims = [
      Claim(cell: cell, by: min(need.up, slack.up)), Claim(cell: cell, by: -min(need.down, slack.down)),
    ].filter { $0.by != 0 }
    // Where nothing more can be had, at least another value must be possible.
    return claims.isEmpty ? [Claim(cell: cell, by: slack.up > 0 ? 1 : -1)] : claims
  }

  /// That a figure may be one more, or one less.
  private func leastClaims(of cell: Int) -> [Claim] {
    [Claim(cell: cell, by: 1), Claim(cell: cell, by: -1)]
  }

  private func isEnough(_ cell: Int) -> Bool {
    state.rule.remainder == .twoValues && state.table.cells[cell].isCount
  }

  private mutating func protect(_ cell: Int, _ claims: [Claim], _ search: inout any MoveSearch) {
    defer { isStuck = false }
    if isEnough(cell) {
      if attemptOne(claims, &search) { return }
    } else {
      for claim in claims where !attempt(claim, mayWithhold: false, &search) {
        _ = attempt(claim, mayWithhold: true, &search)
      }
      // Where no end of the bounds can be had, another value at least must be.
      if claims.allSatisfy({ proofs[$0] == nil }), attemptOne(leastClaims(of: cell), &search) { return }
    }
    // What was proved short of the claim stands, and is reported as what it is.
    guard isStuck, claims.allSatisfy({ proofs[$0] == nil }) else { return }
    // The search did not see far enough: hold back all that the figure is summed with, then what that is summed with, and
    // look again each time.
    var near: Set<Int> = [cell]
    for _ in 0..<2 {
      isStuck = false
      var next = near
      for relation in Set(near.flatMap { state.relationsOf[$0] }).sorted() {
        for term in state.table.relations[relation] {
          next.insert(term.cell)
          guard state.price(term.cell) != nil else { continue }
          state.withhold(term.cell)
          reasons[term.cell] = cell
        }
      }
      near = next
      for claim in claims { _ = attempt(claim, mayWithhold: true, &search) }
      if !isStuck || claims.contains(where: { proofs[$0] != nil }) { break }
    }
    if isStuck, claims.allSatisfy({ proofs[$0] == nil }) {
      unproved.insert(cell)
      kept.formUnion(near)
    }
  }

  /// Whether one of some claims can be proved, without holding anything back if possible.
  private mutating func attemptOne(_ claims: [Claim], _ search: inout any MoveSearch) -> Bool {
    for mayWithhold in [false, true] {
      for claim in claims where attempt(claim, mayWithhold: mayWithhold, &search) { return true }
    }
    return false
  }

  /// Whether a claim can be proved; what is found goes among the proofs, also where it is less than claimed.
  private mutating func attempt(_ claim: Claim, mayWithhold: Bool, _ search: inout any MoveSearch) -> Bool {
    let push = search.push(claim.cell, by: claim.by, mayWithhold: mayWithhold, &state)
    if mayWithhold, push.achieved < claim.by.magnitude, !push.isExhaustive { isStuck = true }
    for withheld in push.withheld where reasons[withheld] == nil { reasons[withheld] = claim.cell }
    guard push.achieved > 0, state.admits(push.moves) else { return false }
    if push.achieved == claim.by.magnitude || mayWithhold { proofs[claim] = push.moves }
    return push.achieved == claim.by.magnitude
  }

  private func protection(of cell: Int, _ claims: [Claim]) -> Protection {
    var down = 0
    var up = 0
    for claim in claims + leastClaims(of: cell) {
      guard let moves = proofs[claim], state.admits(moves),
        let own = moves.first(where: { $0.cell == cell })
      else { continue }
      down = max(down, -own.by)
      up = max(up, own.by)
    }
    if isEnough(cell) { return down + up > 0 ? .whole : .limited(down: 0, up: 0) }
    let need = reading.need(cell)
    return up >= need.up && down >= need.down && up + down > 0 ? .whole : .limited(down: down, up: up)
  }

  // MARK: What is not needed after all

  /// Publishes what was held back for others and turned out to be of no use, the costliest first.
  private mutating func releaseWhatIsNotNeeded(_ cells: [Int], _ search: inout any MoveSearch) {
    var users: [Int: Set<Claim>] = [:]
    for (claim, moves) in proofs { for move in moves { users[move.cell, default: []].insert(claim) } }
    let secondary = cells.filter { state.standings[$0] == .secondary && !kept.contains($0) }
      .sorted { (state.costs[$1] ?? 0, $0) < (state.costs[$0] ?? 0, $1) }
    for cell in secondary {
      let before = state
      state.release(cell)
      var changed: [Claim: [FigureMove]] = [:]
      var isFree = !state.isExhausted
      let concerned = (users[cell] ?? []).sorted { ($0.cell, $0.by) < ($1.cell, $1.by) }
      for claim in concerned where isFree {
        let own = proofs[claim]?.first { $0.cell == claim.cell }?.by ?? 0
        let push = search.push(claim.cell, by: own, mayWithhold: false, &state)
        isFree = push.achieved == own.magnitude && state.admits(push.moves)
        changed[claim] = push.moves
      }
      guard isFree else {
        let work = state.work
        state = before
        state.work = work
        continue
      }
      reasons[cell] = nil
      for claim in concerned {
        for move in proofs[claim] ?? [] { users[move.cell]?.remove(claim) }
        proofs[claim] = changed[claim]
        for move in changed[claim] ?? [] { users[move.cell, default: []].insert(claim) }
      }
    }
  }

  // MARK: Giving up

  /// Holds back everything in a part for which no proof was found in reasonable time, and says so.
  private mutating func abandon(
    _ part: Part, _ claims: [(cell: Int, claims: [Claim])], _ search: inout any MoveSearch
  ) {
    for cell in part.cells where state.price(cell) != nil {
      state.withhold(cell)
      reasons[cell] = claims.first?.cell
    }
    for (cell, claims) in claims {
      for claim in claims where proofs[claim] == nil {
        if attempt(claim, mayWithhold: false, &search), isEnough(cell) { break }
      }
      let protection = protection(of: cell, claims)
      protections[cell] = protection == .whole ? .whole : .unproved
    }
    abandoned.append(part.cells)
  }

  // MARK: Parts

  /// Relations, and the figures in them that can move, that have nothing to do with others.
  struct Part {
    var relations: [Int] = []
    var cells: [Int] = []
  }

  private func parts() -> [Part] {
    var parents = Array(0..<state.table.relations.count)
    func root(_ relation: Int) -> Int {
      var relation = relation
      while parents[relation] != relation {
        parents[relation] = parents[parents[relation]]
        relation = parents[relation]
      }
      return relation
    }
    let movable = state.table.cells.indices.filter { state.isMovable($0) }
    for cell in movable {
      guard let first = state.relationsOf[cell].first else { continue }
      for other in state.relationsOf[cell].dropFirst() {
        let (left, right) = (root(first), root(other))
        parents[max(left, right)] = min(left, right)
      }
    }
    var parts: [Int: Part] = [:]
    for relation in parents.indices { parts[root(relation), default: Part()].relations.append(relation) }
    var alone: [Part] = []
    for cell in movable {
      guard let first = state.relationsOf[cell].first else {
        alone.append(Part(cells: [cell]))
        continue
      }
      parts[root(first), default: Part()].cells.append(cell)
    }
    return parts.sorted { $0.key < $1.key }.map(\.value) + alone
  }
}
