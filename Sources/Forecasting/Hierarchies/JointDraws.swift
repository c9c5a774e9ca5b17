import LinearAlgebra
import Statistics

/// Paths of several series that belong to one another, made from the paths of each.
///
/// Every model draws its own paths and knows nothing of the others. They are put in an order in which they go
/// together, as in the Schaake shuffle (Clark and others, 2004) but to the order of a Gaussian copula in
/// place of past records, of which a short series has too few. The distribution of each series at each step
/// is untouched, draw for draw. The copula has two parts:
///
/// - along time, the correlation that the normal scores of a series' own paths have between steps, Tᵢ =
///   LᵢLᵢᵀ;
/// - across series, the correlation R of the one-step errors, which the shocks of every step have.
///
/// The scores are g = Lᵢ u with the shocks u of all series at a step drawn from N(0, R): any R and Tᵢ so put
/// together are the correlation of something.
struct JointDraws: Sendable {
  /// The number of paths.
  let paths: Int
  private let horizon: Int
  /// The draws, series after series, step after step, path after path.
  private var values: [Double]

  /// - Parameters:
  ///   - forecasts: the forecasts, each of `horizon` steps.
  ///   - correlation: R, positive definite.
  ///   - seed: what the random streams are made from; a series draws from a stream of its own name.
  init(
    _ forecasts: [Forecast], names: [String], horizon: Int, correlation: Matrix, paths: Int, seed: UInt64
  ) throws(ForecastingError) {
    self.paths = paths
    self.horizon = horizon
    values = [Double](repeating: 0, count: forecasts.count * horizon * paths)
    var block = [Double](repeating: 0, count: horizon * paths)
    for (series, forecast) in forecasts.enumerated() {
      block.withUnsafeMutableBufferPointer {
        forecast.model.drawPaths(
          0..<paths, horizon: horizon,
          from: RandomStream(seed: seed, name: "reconciliation of \(names[series])"), into: $0)
      }
      guard block.allSatisfy(\.isFinite) else {
        throw .numerical(
          series: names[series], model: forecast.model.specification, reason: "a path of it is not a number")
      }
      for step in 0..<horizon {
        let start = (series * horizon + step) * paths
        for path in 0..<paths { values[start + path] = block[path * horizon + step] }
      }
    }
    do {
      try join(count: forecasts.count, correlation: correlation, seed: seed)
    } catch {
      throw .hierarchy(problem: "the paths of the series cannot be joined: \(error)")
    }
  }

  /// The draws of one series at one step, from 1, by path.
  func draws(series: Int, step: Int) -> ArraySlice<Double> {
    let start = (series * horizon + step - 1) * paths
    return values[start..<(start + paths)]
  }

  private mutating func join(count: Int, correlation: Matrix, seed: UInt64) throws(LinearAlgebraError) {
    let shocks = try shocks(count: count, correlation: correlation, seed: seed)
    let scores = (0..<paths).map { StandardNormal.quantile((Double($0) + 0.5) / Double(paths)) }
    for series in 0..<count {
      var own = Matrix(rows: paths, columns: horizon) { path, step in
        shocks[series, step * paths + path]
      }
      var orders: [[Int]] = []
      for step in 0..<horizon {
        orders.append(Self.order(Array(draws(series: series, step: step + 1))))
      }
      if horizon > 1 { own = try Self.persisting(own, orders: orders, scores: scores) }
      for step in 0..<horizon {
        let start = (series * horizon + step) * paths
        let sorted = orders[step].map { values[start + $0] }
        for (rank, path) in Self.order(own.column(step)).enumerated() { values[start + path] = sorted[rank] }
      }
    }
  }

  /// Standard normal shocks with the correlation R across series: a row for each series, a column for each
  /// step and path.
  private func shocks(count: Int, correlation: Matrix, seed: UInt64) throws(LinearAlgebraError) -> Matrix {
    let stream = RandomStream(seed: seed, name: "reconciliation")
    var independent = [Double](repeating: 0, count: count * horizon * paths)
    for path in 0..<paths {
      var own = stream.path(UInt64(path))
      for step in 0..<horizon {
        let start = (step * paths + path) * count
        for series in 0..<count { independent[start + series] = own.normal() }
      }
    }
    let lower = try CholeskyFactorisation(correlation).lower
    return try lower * Matrix(rows: count, columns: horizon * paths, columnMajor: independent)
  }

  /// Shocks turned into scores that persist from step to step as the model's own paths do.
  private static func persisting(
    _ shocks: Matrix, orders: [[Int]], scores: [Double]
  ) throws(LinearAlgebraError) -> Matrix {
    var ranked = [Double](repeating: 0, count: shocks.rows * shocks.columns)
    for (step, order) in orders.enumerated() {
      for (rank, path) in order.enumerated() { ranked[step * shocks.rows + path] = scores[rank] }
    }
    let ranks = try Matrix(rows: shocks.rows, columns: shocks.columns, columnMajor: ranked)
    let products = try ranks.transposedTimes(ranks)
    let squares = scores.reduce(0) { $0 + $1 * $1 }
    let temporal = Matrix(rows: shocks.columns, columns: shocks.columns) {
      $0 == $1 ? 1 : (products[$0, $1] + products[$1, $0]) / 2 / squares
    }
    let lower = try CholeskyFactorisation(try PositiveDefiniteRepair(temporal, floor: 1e-10).correlations)
      .lower
    return try shocks * lower.transposed
  }

  /// The indices of values from the smallest to the largest; of equal values the earlier is first.
  static func order(_ values: [Double]) -> [Int] {
    values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
  }
}
