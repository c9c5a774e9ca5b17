import Needscast

/// What answers when a control is moved.
struct ControlResponse {
  /// The first group whose figures move.
  let group: ControlGroup
  /// By how many pounds the balance of the last year moves between the ends.
  let swing: Double

  init(base: PlanPaths, ends: [PlanPaths], service: String) {
    let years = base.services.first { $0.id == service }?.years ?? []
    let moved = ends.map { end in (end.services.first { $0.id == service })?.years ?? [] }
    func moves(_ figure: (ServiceYear) -> Double?) -> Bool {
      moved.contains { other in
        zip(years, other).contains { before, after in figure(before) != figure(after) }
      }
    }
    func units(_ year: ServiceYear) -> Double? {
      // Weighted by place, so that children who change from one line to another are seen.
      let means = year.lines.filter { $0.part == .spend }.compactMap { $0.units?.mean }
      return means.enumerated().reduce(0) { $0 + Double($1.offset + 1) * $1.element }
    }
    // What would change the past is how the past is read, and no price.
    let movesPast = moves { $0.kind == .outturn ? $0.spend?.mean : nil }
    group =
      if moves({ $0.supply?.mean }) {
        .capacity
      } else if moves({ $0.need?.mean }) || moves({ $0.demand?.mean }) {
        .need
      } else if moves({ $0.unmetNeed?.mean }) || moves(units) {
        .capacity
      } else if moves({ $0.budget?.mean }) {
        .budget
      } else if moves({ $0.spend?.mean }) {
        movesPast ? .other : .price
      } else if moves({ $0.closingBalance?.mean }) {
        .budget
      } else {
        .other
      }
    func balance(_ years: [ServiceYear]) -> Double? {
      let figure = years.contains { $0.closingBalance != nil } ? PlanFigure.closingBalance : .inYearBalance
      return years.last { figure.draws(of: $0) != nil }.flatMap { figure.draws(of: $0)?.mean }
    }
    let balances = (ends.count == 1 ? [years] + moved : moved).compactMap(balance)
    let widest = (balances.max() ?? 0) - (balances.min() ?? 0)
    swing = widest.isFinite ? widest : 0
  }
}
