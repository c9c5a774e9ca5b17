import RealModule

/// What the series of a pool do beside the common movement, and how one period follows from those before it.
///
/// From every earlier end of every series the next changes are regressed on what was known then: the last change, the
/// distance from the series' own mean, and the distance of its level from the others'. Coefficients are those of the
/// whole pool, for each step ahead by itself, by Huber's (1964) M-estimate with a ridge (Hoerl and Kennard, 1970):
/// rolling origins over the panel, in place of eight numbers. Momentum, return to the mean and convergence of areas
/// are so learned where the pool shows them, and are close to zero where it does not.
///
/// A series' typical change, in which all is measured, is the geometric mean of its own and the pool's, weighed as the
/// number of its changes to two: a series with little history borrows its noise.
struct OwnMovement {
  /// What is learned for one step ahead.
  struct Step {
    /// What the last change, the distance from the mean and the distance from the others count for.
    let coefficients: (momentum: Double, mean: Double, others: Double)
    /// The errors left, in units of the typical change.
    let errors: [Double]
  }

  /// What was known of a series at a column, in units of its typical change.
  private struct State {
    var momentum = 0.0
    var mean = 0.0
    var others = 0.0
    var typical = 0.0
    var isKnown = false
  }

  /// The changes that count as much as the pool when a series' typical change is estimated.
  private static let poolCounts = 2.0
  /// The ridge, as a share of the mean diagonal of the cross-products.
  private static let ridge = 0.2
  private static let fewestErrors = 20
  private static let farthestStep = 8

  private let table: PoolTable
  /// The values without the common path, gaps bridged by a straight line; NaN outside a series' observations.
  private let paths: [Double]
  /// The states by column and row.
  private var states: [[State]] = []
  /// What is learned for 1, 2, ... steps ahead; none where there is too little to learn from.
  private(set) var steps: [Step] = []

  /// - Parameters:
  ///   - table: the pool.
  ///   - common: the common path at each column.
  ///   - horizon: the number of steps to learn.
  init(_ table: PoolTable, common: [Double], horizon: Int) {
    self.table = table
    paths = Self.paths(table, common: common)
    let width = table.width
    let distances = Self.distances(table)
    states = (0..<width).map { _ in [State](repeating: State(), count: table.rows.count) }
    for column in 0..<width { describe(column, distances) }
    var step = 1
    while step <= min(horizon, Self.farthestStep), let learned = learn(step) {
      steps.append(learned)
      step += 1
    }
  }

  /// The typical change of a row at its last observation.
  func typical(_ row: Int) -> Double { states[table.rows[row].last][row].typical }

  /// The expected own change of a row over `step` periods after its last observation.
  func expected(_ row: Int, step: Int) -> Double {
    guard !steps.isEmpty else { return 0 }
    let state = states[table.rows[row].last][row]
    return Self.predicted(state, steps[min(step, steps.count) - 1]) * state.typical
  }

  /// The errors of the row one step ahead, with their columns, from its second observation on.
  func errors(_ row: Int) -> [(column: Int, error: Double)] {
    let place = table.rows[row]
    guard place.last > place.first else { return [] }
    return ((place.first + 1)...place.last).compactMap { column in
      guard !table.values[row * table.width + column].isNaN else { return nil }
      let change = paths[row * table.width + column] - paths[row * table.width + column - 1]
      let before = states[column - 1][row]
      let expected = before.isKnown ? steps.first.map { Self.predicted(before, $0) * before.typical } : nil
      return (column, change - (expected ?? 0))
    }
  }

  private static func predicted(_ state: State, _ step: Step) -> Double {
    state.momentum * step.coefficients.momentum + state.mean * step.coefficients.mean + state.others
      * step.coefficients.others
  }

  /// The values less the common path, with straight lines over gaps.
  private static func paths(_ table: PoolTable, common: [Double]) -> [Double] {
    var paths = table.values
    let width = table.width
    for (row, place) in table.rows.enumerated() {
      var before = place.first
      for column in place.first...place.last where !paths[row * width + column].isNaN {
        paths[row * width + column] -= common[column]
        let start = paths[row * width + before]
        let slope = (paths[row * width + column] - start) / Double(max(column - before, 1))
        for missing in (before + 1)..<max(column, before + 1) {
          paths[row * width + missing] = start + slope * Double(missing - before)
        }
        before = column
      }
    }
    return paths
  }

  /// How far each level lies from the others', in robust standard deviations of their logarithms, at most three.
  private static func distances(_ table: PoolTable) -> [Double] {
    let width = table.width
    var distances = table.logarithms
    for column in 0..<width {
      let known = table.rows.indices.compactMap { row in
        let value = distances[row * width + column]
        return value.isNaN ? nil : value
      }
      let centre = Middle.median(known)
      for row in table.rows.indices { distances[row * width + column] -= centre }
    }
    let spread = 1.4826 * Middle.median(distances.filter { !$0.isNaN }.map(abs)) + 1e-9
    return distances.map { $0.isNaN ? 0 : max(-3, min(3, $0 / spread)) }
  }

  /// Fills the states of one column.
  private mutating func describe(_ column: Int, _ distances: [Double]) {
    let width = table.width
    var logarithms: [Double] = []
    var own = [(size: Double, count: Int)](repeating: (0, 0), count: table.rows.count)
    for (row, place) in table.rows.enumerated() where place.first <= column && place.last >= column {
      var size = 0.0
      let count = column - place.first
      if count > 0 {
        for step in (place.first + 1)...column {
          size += abs(paths[row * width + step] - paths[row * width + step - 1])
        }
        size /= Double(count)
      }
      own[row] = (size, count)
      if size > 0 { logarithms.append(Double.log(size)) }
    }
    // A pool in which nothing ever moved is known to nine digits.
    let centre = logarithms.isEmpty ? Double.log(1e-9) : Middle.median(logarithms)
    for (row, place) in table.rows.enumerated() where place.first <= column && place.last >= column {
      let (size, count) = own[row]
      let share = size > 0 ? Double(count) / (Double(count) + Self.poolCounts) : 0
      let logarithm = size > 0 ? Double.log(size) : centre
      let typical = Double.exp(centre + share * (logarithm - centre))
      let now = paths[row * width + column]
      var mean = 0.0
      for step in place.first...column { mean += paths[row * width + step] / Double(count + 1) }
      states[column][row] = State(
        momentum: count > 0 ? (now - paths[row * width + column - 1]) / typical : 0,
        mean: (now - mean) / typical, others: distances[row * width + column], typical: typical,
        isKnown: count > 0 && column > 1 && logarithms.count >= PoolTable.fewestShared)
    }
  }

  /// What the changes over `step` periods say; nil where too few are known.
  private func learn(_ step: Int) -> Step? {
    let width = table.width
    guard width > step + 2 else { return nil }
    var problem = RobustRidge()
    for (row, place) in table.rows.enumerated() {
      for column in 2..<(width - step)
      where column > place.first && column + step <= place.last
        && !table.values[row * width + column + step].isNaN
      {
        let state = states[column][row]
        guard state.isKnown, !table.values[row * width + column].isNaN else { continue }
        problem.append(
          (state.momentum, state.mean, state.others),
          (paths[row * width + column + step] - paths[row * width + column]) / state.typical)
      }
    }
    guard problem.count >= Self.fewestErrors else { return nil }
    let coefficients = problem.solve(ridge: Self.ridge)
    return Step(coefficients: coefficients, errors: problem.errors)
  }
}
