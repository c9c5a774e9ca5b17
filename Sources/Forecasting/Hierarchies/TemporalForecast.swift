import LinearAlgebra
import Statistics

/// Forecasts of months, quarters, half-years and years that add up.
///
/// Each width of period is forecast by a model of its own and all are reconciled year by year
/// (Athanasopoulos, Hyndman, Kourentzes and Petropoulos, 2017). The widths say different things of one
/// future, not of different ones: their paths are put in the order of the sums of the shortest periods' paths
/// (as the Schaake shuffle of Clark and others, 2004, does with past records), so that a year that is high in
/// a path is high at every width. Treating them as independent would make intervals too narrow.
public struct TemporalForecast: Sendable {
  /// What one width of period is weighed against another by.
  public enum Weights: String, Hashable, Sendable, CaseIterable {
    /// A variance in proportion to the number of shortest periods in the longer one.
    case structural
    /// The variance of the one-step errors at each width.
    case variance
  }

  /// The series at each width of period.
  public let hierarchy: TemporalHierarchy
  /// The number of years ahead.
  public let years: Int
  /// The models, in the order of ``TemporalHierarchy/levels``.
  public let models: [any FittedModel]
  /// The number of joint paths.
  public let paths: Int
  /// The means of the shortest periods, step by step.
  private let means: [Double]
  /// The draws of the shortest periods, step after step, path after path.
  private let draws: [Double]

  /// Forecasts every width of period with one model.
  ///
  /// - Throws: what the model throws for any of the widths; what suits twelve seasons may not suit one.
  public init(
    _ hierarchy: TemporalHierarchy, years: Int, model: any ForecastModel, weights: Weights = .variance,
    nonnegative: Bool = false, paths: Int = ReconciledForecast.usualPaths, seed: UInt64 = 1
  ) throws(ForecastingError) {
    try self.init(
      hierarchy, years: years, weights: weights, nonnegative: nonnegative, paths: paths, seed: seed
    ) { (level: TemporalHierarchy.Level) throws(ForecastingError) in
      try model.fit(level.sample(scale: model.scaleChoice))
    }
  }

  /// Forecasts every width of period with a model of its own.
  ///
  /// - Parameters:
  ///   - hierarchy: the series at each width.
  ///   - years: the number of years ahead, so that all widths go equally far.
  ///   - weights: what the widths are weighed by.
  ///   - nonnegative: whether no shortest period may be below zero in any path.
  ///   - paths: the number of joint paths, 2 to a million.
  ///   - seed: the seed of the random streams.
  ///   - fit: fits a model to one width.
  /// - Throws: ``ForecastingError/horizon(_:)`` for a number of years that cannot be forecast, and what the
  ///   models throw.
  public init(
    _ hierarchy: TemporalHierarchy, years: Int, weights: Weights = .variance, nonnegative: Bool = false,
    paths: Int = ReconciledForecast.usualPaths, seed: UInt64 = 1,
    fit: (TemporalHierarchy.Level) throws(ForecastingError) -> any FittedModel
  ) throws(ForecastingError) {
    let perYear = hierarchy.calendar.base.perYear
    guard years >= 1, years <= Forecast.longestHorizon / perYear else { throw .horizon(years) }
    guard (2...1_000_000).contains(paths) else {
      throw .hierarchy(problem: "\(paths) joint paths were asked for; 2 to 1000000 can be drawn")
    }
    var models: [any FittedModel] = []
    var forecasts: [Forecast] = []
    for level in hierarchy.levels {
      let model = try fit(level)
      models.append(model)
      forecasts.append(try Forecast(model, horizon: years * level.span.perYear))
    }
    let tree = YearTree(hierarchy.levels.map(\.span))
    let solver = try MinimumTrace(
      tree.hierarchy,
      covariance: ErrorCovariance(variances: Self.variances(weights, hierarchy, tree: tree, models: models)))
    let projection =
      nonnegative ? NonnegativeProjection(covariance: try solver.bottomCovariance()) : nil
    let joint = try LevelDraws(forecasts, hierarchy: hierarchy, years: years, paths: paths, seed: seed)
    var means: [Double] = []
    var draws: [Double] = []
    for year in 0..<years {
      var base: [Double] = []
      for node in tree.nodes {
        let step = year * tree.spans[node.level].perYear + node.block + 1
        base.append(try forecasts[node.level].mean(step: step) * joint.factors[node.level])
      }
      let bottom = try Self.bottom(
        tree.hierarchy.count, 1, base, solver: solver, projection: nil)
      var elements = [Double](repeating: 0, count: tree.hierarchy.count * paths)
      for (row, node) in tree.nodes.enumerated() {
        let step = year * tree.spans[node.level].perYear + node.block
        for (path, value) in joint.draws(level: node.level, step: step).enumerated() {
          elements[path * tree.hierarchy.count + row] = value
        }
      }
      let reconciled = try Self.bottom(
        tree.hierarchy.count, paths, elements, solver: solver, projection: projection)
      for row in 0..<perYear {
        let values = reconciled.row(row)
        draws.append(contentsOf: values)
        means.append(
          nonnegative ? values.reduce(0) { $0 + $1 / Double(paths) } : bottom[row, 0])
      }
    }
    self.hierarchy = hierarchy
    self.years = years
    self.models = models
    self.paths = paths
    self.means = means
    self.draws = draws
  }

  /// The mean of a period, in the unit of the series; a sum or mean of those of the periods within it.
  ///
  /// - Parameters:
  ///   - span: the width of the period.
  ///   - step: which period of that width after the last figure, from 1.
  /// - Throws: ``ForecastingError/horizon(_:)`` for a step beyond the years, or a width shorter than the
  ///   series' own.
  public func mean(_ span: TemporalHierarchy.Span, step: Int) throws(ForecastingError) -> Double {
    let (steps, divisor) = try steps(of: span, step: step)
    return steps.reduce(0) { $0 + means[$1] } / divisor
  }

  /// The median of a period.
  public func median(_ span: TemporalHierarchy.Span, step: Int) throws(ForecastingError) -> Double {
    try distribution(span, step: step).quantile(0.5)
  }

  /// A quantile of a period.
  ///
  /// - Throws: ``ForecastingError/probability(_:)`` or ``ForecastingError/horizon(_:)`` outside their ranges.
  public func quantile(
    _ probability: Double, _ span: TemporalHierarchy.Span, step: Int
  ) throws(ForecastingError) -> Double {
    try distribution(span, step: step).quantile(probability)
  }

  /// The interval that holds the given share of the paths with equal tails.
  public func interval(
    _ level: Double, _ span: TemporalHierarchy.Span, step: Int
  ) throws(ForecastingError) -> ClosedRange<Double> {
    guard level > 0, level < 1 else { throw .probability(level) }
    let distribution = try distribution(span, step: step)
    let lower = try distribution.quantile((1 - level) / 2)
    return lower...max(lower, try distribution.quantile((1 + level) / 2))
  }

  /// The values of a period in every path.
  public func draws(
    _ span: TemporalHierarchy.Span, step: Int
  ) throws(ForecastingError) -> [Double] {
    let (steps, divisor) = try steps(of: span, step: step)
    var sums = [Double](repeating: 0, count: paths)
    for step in steps {
      for path in 0..<paths { sums[path] += draws[step * paths + path] }
    }
    return divisor == 1 ? sums : sums.map { $0 / divisor }
  }

  /// A period after the last figure as it is written, from step 1.
  public func label(_ span: TemporalHierarchy.Span, step: Int) -> String {
    hierarchy.calendar.label(span, ahead: step)
  }

  private func distribution(
    _ span: TemporalHierarchy.Span, step: Int
  ) throws(ForecastingError) -> SimulatedDistribution {
    guard let distribution = SimulatedDistribution(try draws(span, step: step)) else {
      throw .numerical(
        series: hierarchy.name, model: "the temporal hierarchy", reason: "a path of it is not a number")
    }
    return distribution
  }

  /// The shortest periods within a period, from 0, and what their sum is divided by.
  private func steps(
    of span: TemporalHierarchy.Span, step: Int
  ) throws(ForecastingError) -> (steps: Range<Int>, divisor: Double) {
    let base = hierarchy.calendar.base
    guard span.rawValue >= base.rawValue, step >= 1, step <= years * span.perYear else {
      throw .horizon(step)
    }
    let width = span.rawValue / base.rawValue
    return (
      ((step - 1) * width)..<(step * width), hierarchy.aggregation == .mean ? Double(width) : 1
    )
  }

  /// The variances by which the nodes of a year are weighed, all widths taken as sums.
  private static func variances(
    _ weights: Weights, _ hierarchy: TemporalHierarchy, tree: YearTree, models: [any FittedModel]
  ) -> [Double] {
    switch weights {
    case .structural: return tree.hierarchy.sizes.map(Double.init)
    case .variance:
      let variances = zip(models, hierarchy.levels).map { model, level in
        let factor =
          hierarchy.aggregation == .mean
          ? Double(level.span.rawValue / hierarchy.calendar.base.rawValue) : 1
        return (ErrorPanel([model]).variances.first ?? 1) * factor * factor
      }
      return tree.nodes.map { variances[$0.level] }
    }
  }

  private static func bottom(
    _ rows: Int, _ columns: Int, _ elements: [Double], solver: MinimumTrace,
    projection: NonnegativeProjection?
  ) throws(ForecastingError) -> Matrix {
    let base = Matrix(rows: rows, columns: columns) { elements[$1 * rows + $0] }
    let free = try solver.bottom(base)
    return try projection?.projected(free) ?? free
  }
}
