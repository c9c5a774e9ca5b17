/// Branch and bound on the tangents of a shortfall.
///
/// Every column is measured by the share of its most units, the shortfall by its scale, and every condition by its
/// largest weight, so that one tolerance serves all.
struct AllocationSearch {
  /// A number of units that an option must have, or must not pass.
  struct Change {
    let option: Int
    let relation: AllocationProblem.Limit.Relation
    let units: Double
  }

  /// A plan with what it leaves, in the unit of the shortfall.
  struct Found {
    let values: [Double]
    let objective: Double
    let bound: Double
  }

  /// The share of the shortfall to which plans are told apart.
  static let tolerance = 1e-7
  /// Of plans that leave as little, the cheapest is taken: money weighs this much of the shortfall for all of the sum.
  private static let thrift = 1e-9
  private static let mostNodes = 20_000
  private static let mostTangents = 3000

  /// The sum, then the further conditions.
  let limits: [AllocationProblem.Limit]
  private let problem: AllocationProblem
  private let futures: AllocationFutures
  private var tangents: [LinearProgram.Row] = []

  init(_ problem: AllocationProblem, futures: AllocationFutures) {
    self.problem = problem
    self.futures = futures
    limits = [problem.sumLimit] + problem.limits
  }

  // MARK: The programme

  private var columns: [AllocationFutures.Column] { futures.columns }

  private var costs: [Double] {
    let all = max(1, columns.reduce(0) { $0 + $1.cost * $1.most })
    return columns.map { Self.thrift * $0.cost * $0.most / all } + [1]
  }

  /// A condition as a row, with the factor by which it was divided.
  private func row(_ limit: AllocationProblem.Limit) -> (row: LinearProgram.Row, factor: Double) {
    let sign: Double = limit.relation == .atLeast ? 1 : -1
    let weights = columns.map { column in
      column.option.map { sign * (limit.weights[problem.options[$0].id] ?? 0) * column.most } ?? 0
    }
    let factor = max(weights.map(\.magnitude).max() ?? 0, limit.bound.magnitude)
    let divisor = factor > 0 ? factor : 1
    return (
      LinearProgram.Row(
        coefficients: weights.map { $0 / divisor } + [0], bound: sign * limit.bound / divisor), divisor
    )
  }

  private func row(_ change: Change) -> LinearProgram.Row {
    row(
      AllocationProblem.Limit(
        name: "", weights: [problem.options[change.option].id: 1], relation: change.relation,
        bound: change.units)
    ).row
  }

  private func row(column: Int, _ sign: Double, _ bound: Double) -> LinearProgram.Row {
    var coefficients = [Double](repeating: 0, count: columns.count + 1)
    coefficients[column] = sign
    return LinearProgram.Row(coefficients: coefficients, bound: sign * bound)
  }

  /// Whatever holds of every plan, the conditions apart.
  private var bounds: [LinearProgram.Row] {
    var rows = columns.indices.map { row(column: $0, -1, 1) }
    for (index, column) in columns.enumerated() {
      guard let (left, right) = column.pair else { continue }
      for (own, first, second, bound) in [(1.0, -1.0, -1.0, -1.0), (-1, 1, 0, 0), (-1, 0, 1, 0)] {
        var coefficients = [Double](repeating: 0, count: columns.count + 1)
        coefficients[index] = own
        coefficients[left] = first
        coefficients[right] = second
        rows.append(LinearProgram.Row(coefficients: coefficients, bound: bound))
      }
    }
    return rows
  }

  private func units(_ shares: [Double]) -> [Double] {
    zip(columns, shares).map { column, share in
      let units = min(column.most, share * column.most)
      let whole = units.rounded()
      return abs(units - whole) < 1e-7 * max(1, column.most) ? whole : units
    }
  }

  /// Adds the tangent at a place, and gives the function there.
  private mutating func touch(_ units: [Double]) -> Double {
    let tangent = futures.tangent(at: units)
    let slopes = zip(tangent.slopes, columns).map { $0 * $1.most / futures.scale }
    let value = tangent.value / futures.scale
    let shares = zip(units, columns).map { $0 / $1.most }
    if tangents.count < Self.mostTangents {
      tangents.append(
        LinearProgram.Row(
          coefficients: slopes.map { -$0 } + [1],
          bound: value - zip(slopes, shares).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    return value
  }

  // MARK: Feasibility

  /// Refuses conditions that no plan can meet, by the fewest of them that contradict one another: conditions are left
  /// out one after another, and stay out while the rest contradict (Chinneck and Dravnieks 1991).
  func requireFeasible() throws(CommissioningError) {
    if isFeasible(limits) { return }
    var kept = limits
    for limit in limits {
      let fewer = kept.filter { $0 != limit }
      if !isFeasible(fewer) { kept = fewer }
    }
    let names = kept.map { limit in "\(limit.name) \(limit.relation.rawValue) \(grouped(limit.bound))" }
    throw .invalid(
      service: "optimise",
      reason: kept.count == 1
        ? "no plan meets the condition \(names[0]); ease it"
        : "no plan meets these conditions together: \(names.joined(separator: "; ")); ease one of them")
  }

  private func isFeasible(_ limits: [AllocationProblem.Limit]) -> Bool {
    let fixed = bounds + limits.map { row($0).row }
    var open: [[LinearProgram.Row]] = [[]]
    var nodes = 0
    while let node = open.popLast(), nodes < Self.mostNodes {
      nodes += 1
      guard
        case .solved(let solution) = LinearProgram(
          costs: costs, rows: fixed + node
        ).solve()
      else { continue }
      guard let split = branching(units(Array(solution.values.dropLast()))) else { return true }
      open.append(node + [split.up])
      open.append(node + [split.down])
    }
    return false
  }

  // MARK: The search

  /// The column that is farthest from a whole number, and the two ways on from it; nil where all are whole.
  private func branching(_ units: [Double]) -> (down: LinearProgram.Row, up: LinearProgram.Row)? {
    var chosen: Int?
    var farthest = 1e-6
    for (index, column) in columns.enumerated() where column.isWhole {
      let distance = abs(units[index] - units[index].rounded())
      if distance > farthest { (farthest, chosen) = (distance, index) }
    }
    return chosen.map { index in
      let whole = units[index].rounded(.down)
      let most = columns[index].most
      return (row(column: index, -1, whole / most), row(column: index, 1, (whole + 1) / most))
    }
  }

  /// The prices of the conditions, in the unit of the shortfall for one of each bound, with options bought in parts.
  mutating func relaxation() throws(CommissioningError) -> (objective: Double, prices: [Double]) {
    let rows = limits.map { row($0) }
    guard let solution = try relax(rows.map(\.row), whole: []) else {
      throw .invalid(service: "optimise", reason: "the conditions cannot be met")
    }
    return (
      solution.objective * futures.scale,
      rows.enumerated().map { index, row in solution.prices[index] * futures.scale / row.factor }
    )
  }

  /// The least of the function where some rows hold, in parts of units; nil where they contradict one another.
  ///
  /// - Returns: the lower bound, the place, and the prices of `rows`.
  private mutating func relax(
    _ rows: [LinearProgram.Row], whole: [LinearProgram.Row], below cutoff: Double = .infinity
  ) throws(CommissioningError) -> (objective: Double, shares: [Double], prices: [Double])? {
    let fixed = rows + whole + bounds
    while true {
      let programme = LinearProgram(costs: costs, rows: fixed + tangents)
      switch programme.solve() {
      case .infeasible: return nil
      case .unfinished:
        throw .invalid(
          service: "optimise",
          reason: "the numbers are too far apart for rounding; name fewer options at a time")
      case .solved(let solution):
        let result = (
          solution.objective, Array(solution.values.dropLast()), Array(solution.prices.prefix(rows.count))
        )
        if solution.objective >= cutoff { return result }
        let value = touch(units(Array(solution.values.dropLast())))
        let below = solution.values.last ?? 0
        if value - below <= Self.tolerance / 2 || tangents.count >= Self.mostTangents { return result }
      }
    }
  }

  /// The best plan that meets the conditions and some further ones; nil where there is none, or none better than a bound.
  ///
  /// - Parameters:
  ///   - changes: numbers of units that some options must have.
  ///   - cutoff: what a plan must leave less than, in the unit of the shortfall.
  mutating func best(
    also changes: [Change], below cutoff: Double? = nil
  ) throws(CommissioningError) -> Found? {
    let rows = limits.map { row($0).row } + changes.map { row($0) }
    var incumbent: (units: [Double], key: Double, value: Double)?
    var limit = cutoff.map { $0 / futures.scale } ?? .infinity
    var open: [(rows: [LinearProgram.Row], bound: Double)] = [([], -.infinity)]
    var nodes = 0
    // The least that any part of the search which was cut short, or closed within the tolerance, could still hold.
    var closed = Double.infinity
    while let index = open.indices.min(by: { open[$0].bound < open[$1].bound }) {
      let node = open.remove(at: index)
      nodes += 1
      guard node.bound < limit - Self.tolerance / 2, nodes <= Self.mostNodes else {
        closed = min(closed, node.bound)
        continue
      }
      guard let relaxed = try relax(rows, whole: node.rows, below: limit) else { continue }
      closed = min(closed, relaxed.objective >= limit - Self.tolerance / 2 ? relaxed.objective : .infinity)
      guard relaxed.objective < limit - Self.tolerance / 2 else { continue }
      let units = units(relaxed.shares)
      guard let split = branching(units) else {
        let plan = paired(units)
        let value = futures.tangent(at: plan).value / futures.scale
        let key = value + thrift(plan)
        if key < limit { (incumbent, limit) = ((plan, key, value), key) }
        closed = min(closed, relaxed.objective)
        continue
      }
      open.append((node.rows + [split.down], relaxed.objective))
      open.append((node.rows + [split.up], relaxed.objective))
    }
    guard let incumbent else { return nil }
    return Found(
      values: incumbent.units, objective: incumbent.key * futures.scale,
      bound: min(closed, incumbent.value) * futures.scale)
  }

  /// What the cost of a plan weighs beside what it leaves.
  private func thrift(_ plan: [Double]) -> Double {
    zip(costs, zip(plan, columns)).reduce(0) { $0 + $1.0 * $1.1.0 / $1.1.1.most }
  }

  /// The same plan with whole units exactly whole, and pairs exactly where both are bought.
  private func paired(_ units: [Double]) -> [Double] {
    var plan = units
    for (index, column) in columns.enumerated() where column.isWhole { plan[index].round() }
    for (index, column) in columns.enumerated() {
      if let (left, right) = column.pair { plan[index] = min(plan[left], plan[right]) }
    }
    return plan
  }
}
