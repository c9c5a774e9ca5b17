import RealModule

/// What was learned from a pool, shared by the forecasts of its series.
final class PooledLearning: Sendable {
  let table: PoolTable
  let movement: SharedMovement
  let own: OwnMovement
  /// The common changes that were seen.
  let changes: [SharedMovement.Change]
  /// The number of steps whose distributions were prepared.
  let horizon: Int
  /// The common path at each column.
  private let path: [Double]
  /// The tails of the errors, one step ahead and further.
  private let tails: [ErrorTails]
  /// The sums for the rows that end with the pool, by step.
  private let prepared: [PooledErrors]
  /// The least and the greatest typical change of a row.
  private let range: ClosedRange<Double>

  init(_ table: PoolTable, horizon: Int) {
    self.table = table
    self.horizon = horizon
    changes = Self.commonChanges(table)
    var path = [Double](repeating: 0, count: table.width)
    var next = changes.makeIterator()
    var change = next.next()
    for column in path.indices.dropFirst() {
      path[column] = path[column - 1]
      if let known = change, known.to == table.columns[column] {
        path[column] += known.size
        change = next.next()
      }
    }
    self.path = path
    own = OwnMovement(table, common: path, horizon: horizon)
    let typical = table.rows.indices.map(own.typical)
    let greatest = typical.max() ?? 1
    range = max(typical.min() ?? 1, 1e-3 * greatest, 1e-12)...max(greatest, 1e-12)
    // A row that ended earlier asks for fewer of the changes to come than the others.
    movement = SharedMovement(
      changes, typical: Middle.median(typical), last: table.columns.last ?? 0, horizon: horizon)
    tails = own.steps.map { ErrorTails($0.errors) ?? .assumed }
    var prepared: [PooledErrors] = []
    if table.rows.contains(where: { $0.last == table.width - 1 }) {
      for step in 1...horizon {
        let (shape, factor) = Self.tails(tails, step: step)
        prepared.append(
          PooledErrors(
            common: movement.nodes(step: step), tails: shape.table,
            range: (range.lowerBound * shape.scale * factor)...(range.upperBound * shape.scale * factor)))
      }
    }
    self.prepared = prepared
  }

  /// The distribution of the relative value of a row `step` periods after its last observation.
  func distribution(row: Int, step: Int, centre: Double, leastSize: Double) -> QuantileTable {
    let place = table.rows[row]
    let (shape, factor) = Self.tails(tails, step: step)
    let size = max(max(own.typical(row), range.lowerBound) * shape.scale * factor, leastSize)
    let end = table.columns[place.last] + step
    let last = table.columns[table.width - 1]
    let known = commonPath(at: min(end, last)) - path[place.last]
    let middle = centre + known + own.expected(row, step: step)
    if place.last == table.width - 1, step <= horizon, size <= range.upperBound * shape.scale * factor {
      return prepared[step - 1].table(size: size, centre: middle)
    }
    // What was not asked for beforehand, or lies outside the pool's range, is worked out by itself.
    let nodes =
      end - last <= horizon
      ? movement.nodes(step: max(end - last, 0))
      : SharedMovement(
        changes, typical: Middle.median(table.rows.indices.map(own.typical)), last: last,
        horizon: end - last
      ).nodes(step: end - last)
    return PooledErrors(common: nodes, tails: shape.table, range: size...size)
      .table(size: size, centre: middle)
  }

  /// The shape of the errors at a step, and the factor of its scale: beyond what was learned the variance grows with
  /// the steps.
  private static func tails(_ tails: [ErrorTails], step: Int) -> (ErrorTails, Double) {
    guard !tails.isEmpty else { return (.assumed, Double(step).squareRoot()) }
    let known = min(step, tails.count)
    return (tails[known - 1], (Double(step) / Double(known)).squareRoot())
  }

  /// The common path at a period of the calendar, on a straight line between columns.
  private func commonPath(at period: Int) -> Double {
    var column = table.width - 1
    while column > 0, table.columns[column] > period { column -= 1 }
    guard column + 1 < table.width, table.columns[column] < period else { return path[column] }
    let share =
      Double(period - table.columns[column]) / Double(table.columns[column + 1] - table.columns[column])
    return path[column] + share * (path[column + 1] - path[column])
  }

  /// The mean of the middle half of the changes between neighbouring columns, where there are enough.
  private static func commonChanges(_ table: PoolTable) -> [SharedMovement.Change] {
    let width = table.width
    var changes: [SharedMovement.Change] = []
    for column in 1..<max(width, 1) {
      var sizes: [Double] = []
      for row in table.rows.indices {
        let change = table.values[row * width + column] - table.values[row * width + column - 1]
        if change.isFinite { sizes.append(change) }
      }
      guard sizes.count >= PoolTable.fewestShared else { continue }
      changes.append(
        SharedMovement.Change(
          size: Middle.interquartileMean(sizes), from: table.columns[column - 1], to: table.columns[column],
          isPandemic: table.isPandemic[column]))
    }
    return changes
  }
}
