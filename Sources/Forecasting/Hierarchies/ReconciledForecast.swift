import LinearAlgebra
import Statistics

/// Forecasts of parts and totals that add up: not in their means alone, but in every simulated future.
///
/// Base forecasts, made series by series with any models on any scales, are drawn as joint paths in the unit
/// of the series; each path is reconciled; means, quantiles and intervals are read off what comes out. In
/// every path the aggregates are the sums of their members, so means add up too; quantiles do not, and must
/// not: not all parts are high at once.
public struct ReconciledForecast: Sendable {
  /// What adds up.
  public let hierarchy: Hierarchy
  /// How it was made to.
  public let method: ReconciliationMethod
  /// The number of periods ahead.
  public let horizon: Int
  /// The number of joint paths.
  public let paths: Int
  /// What the reader must know beside the numbers, each a sentence without its full stop.
  public let remarks: [String]
  /// The bottom values, step after step, series after series, path after path.
  private let draws: [Double]
  /// The means of the bottom series, for each step.
  private let means: [[Double]]

  /// The number of paths that are drawn unless more or fewer are asked for.
  public static let usualPaths = 2000

  /// The greatest number of values, series by periods by paths, that are drawn at once: 400 MB of them.
  public static let mostValues = 50_000_000

  /// Reconciles the forecasts of all series.
  ///
  /// - Parameters:
  ///   - base: a forecast for every series of the hierarchy, parts and totals, by its name; all of them from
  ///     one last period over one horizon, in a unit that adds up.
  ///   - hierarchy: what adds up.
  ///   - method: how.
  ///   - nonnegative: whether no part may be below zero in any path. With minimum trace this is the nearest
  ///     such forecast, exactly (Wickramasuriya, Turlach and Hyndman, 2020); with the other methods negatives
  ///     become zero.
  ///   - paths: the number of joint paths, 2 to a million, and not so many that there were more than ``mostValues``.
  ///   - seed: the seed of the random streams; the same seed gives the same bytes.
  /// - Throws: ``ForecastingError/hierarchy(problem:)`` where the forecasts do not belong together or cannot
  ///   be reconciled, and what the forecasts themselves throw.
  public init(
    _ base: [String: Forecast], hierarchy: Hierarchy, method: ReconciliationMethod,
    nonnegative: Bool = false, paths: Int = ReconciledForecast.usualPaths, seed: UInt64 = 1
  ) throws(ForecastingError) {
    guard (2...1_000_000).contains(paths) else {
      throw .hierarchy(problem: "\(paths) joint paths were asked for; 2 to 1000000 can be drawn")
    }
    let base = try BaseForecasts(base, for: hierarchy)
    let values = hierarchy.count * base.horizon
    guard paths <= Self.mostValues / values else {
      let most = Self.mostValues / values
      throw .hierarchy(
        problem: "\(hierarchy.count) series over \(base.horizon) periods in \(paths) paths are more than the "
          + "\(Self.mostValues) values that can be held; "
          + (most >= 2 ? "ask for at most \(most) paths, or for" : "ask for") + " fewer periods or series")
    }
    let panel = ErrorPanel(base.forecasts.map(\.model))
    let means = try base.means()
    let reconciler = try Reconciler(
      hierarchy, method: method, base: base, means: means, panel: panel, nonnegative: nonnegative)
    // Not shrunk, because nothing is inverted here: parts that are taken to move together less than they do
    // would pass for independent witnesses of their total, and make it seem surer than it is.
    let together = try ErrorCovariance(panel, shrunk: false, floor: 1e-10)
    let joint = try JointDraws(
      base.forecasts, names: hierarchy.nodes, horizon: base.horizon,
      correlation: together.correlations ?? Matrix.identity(hierarchy.count), paths: paths, seed: seed)
    var draws: [Double] = []
    draws.reserveCapacity(base.horizon * hierarchy.bottom.count * paths)
    var bottomMeans: [[Double]] = []
    for step in 1...base.horizon {
      var elements = [Double](repeating: 0, count: hierarchy.count * paths)
      for node in 0..<hierarchy.count {
        for (path, value) in joint.draws(series: node, step: step).enumerated() {
          elements[path * hierarchy.count + node] = value
        }
      }
      let bottom = try reconciler.bottom(elements, columns: paths, step: step)
      for series in hierarchy.bottom.indices { draws.append(contentsOf: bottom.row(series)) }
      if nonnegative {
        // Cutting off what is negative moves the mean; the paths know by how much.
        bottomMeans.append(
          hierarchy.bottom.indices.map { bottom.row($0).reduce(0) { $0 + $1 / Double(paths) } })
      } else {
        bottomMeans.append(try reconciler.bottom(means[step - 1], columns: 1, step: step).column(0))
      }
    }
    self.hierarchy = hierarchy
    self.method = method
    self.paths = paths
    horizon = base.horizon
    remarks = reconciler.remarks
    self.draws = draws
    self.means = bottomMeans
  }

  /// The mean of a series at a step; the means of parts add up to those of totals.
  ///
  /// Without `nonnegative` it is the reconciled mean of the base forecasts, free of the chance of simulation.
  ///
  /// - Throws: ``ForecastingError/horizon(_:)`` or ``ForecastingError/hierarchy(problem:)`` where there is no
  ///   such step or series.
  public func mean(of node: String, step: Int) throws(ForecastingError) -> Double {
    try sum(of: node, step: step, 0.0) { $0 += means[step - 1][$1] }
  }

  /// The median of a series at a step.
  public func median(of node: String, step: Int) throws(ForecastingError) -> Double {
    try quantile(0.5, of: node, step: step)
  }

  /// A quantile of a series at a step, between the ordered paths (Hyndman and Fan's type 7).
  ///
  /// - Throws: ``ForecastingError/probability(_:)`` unless the probability lies strictly between 0 and 1, and
  ///   what ``mean(of:step:)`` throws.
  public func quantile(
    _ probability: Double, of node: String, step: Int
  ) throws(ForecastingError) -> Double {
    try quantiles([probability], of: node, step: step)[0]
  }

  /// The interval that holds the given share of the paths with equal tails.
  public func interval(
    _ level: Double, of node: String, step: Int
  ) throws(ForecastingError) -> ClosedRange<Double> {
    guard level > 0, level < 1 else { throw .probability(level) }
    let ends = try quantiles([(1 - level) / 2, (1 + level) / 2], of: node, step: step)
    return ends[0]...max(ends[0], ends[1])
  }

  /// The values of a series at a step in every path. Path for path, the parts add up to the totals.
  public func draws(of node: String, step: Int) throws(ForecastingError) -> [Double] {
    try sum(of: node, step: step, [Double](repeating: 0, count: paths)) { sum, member in
      let start = ((step - 1) * hierarchy.bottom.count + member) * paths
      for path in sum.indices { sum[path] += draws[start + path] }
    }
  }

  /// Joint paths of a series, one after another: path `p` fills `horizon` places from `(p - first) *
  /// horizon`. Paths that were not drawn, or for which the buffer has no room, are left out.
  ///
  /// Path `p` of one series belongs to path `p` of every other.
  public func drawPaths(
    _ paths: Range<Int>, of node: String, into buffer: UnsafeMutableBufferPointer<Double>
  ) throws(ForecastingError) {
    for step in 1...horizon {
      let values = try draws(of: node, step: step)
      for path in paths.prefix(buffer.count / horizon) where values.indices.contains(path) {
        buffer[(path - paths.lowerBound) * horizon + step - 1] = values[path]
      }
    }
  }

  private func quantiles(
    _ probabilities: [Double], of node: String, step: Int
  ) throws(ForecastingError) -> [Double] {
    for probability in probabilities where !(probability > 0 && probability < 1) {
      throw .probability(probability)
    }
    do {
      return try QuantileSummary(of: try draws(of: node, step: step), at: probabilities).quantiles
    } catch let error as ForecastingError {
      throw error
    } catch {
      throw .hierarchy(problem: "the paths of \"\(node)\" have no quantiles: \(error)")
    }
  }

  /// Adds up something of the bottom series of a series.
  private func sum<Value>(
    of node: String, step: Int, _ start: Value, _ add: (inout Value, Int) -> Void
  ) throws(ForecastingError) -> Value {
    guard step >= 1, step <= horizon else { throw .horizon(step) }
    guard let position = hierarchy.position(of: node) else {
      throw .hierarchy(problem: "\"\(node)\" is not among the series that add up")
    }
    var sum = start
    if position < hierarchy.aggregates.count {
      for member in hierarchy.members(ofAggregate: position) { add(&sum, member) }
    } else {
      add(&sum, position - hierarchy.aggregates.count)
    }
    return sum
  }
}
