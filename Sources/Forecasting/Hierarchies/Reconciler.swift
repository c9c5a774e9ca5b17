import LinearAlgebra

/// A method with everything that it has learned from the base forecasts: a map from the forecasts of all
/// series to those of the bottom series.
struct Reconciler: Sendable {
  private enum Map: Sendable {
    case bottomUp
    case split(TopDownSplit, total: Int)
    case minimumTrace(MinimumTrace, NonnegativeProjection?)
  }

  let hierarchy: Hierarchy
  /// What the reader must know of the method here.
  let remarks: [String]
  private let map: Map
  private let nonnegative: Bool

  /// - Parameters:
  ///   - means: the means of the base forecasts, by step and node.
  ///   - panel: the one-step errors of the base models.
  init(
    _ hierarchy: Hierarchy, method: ReconciliationMethod, base: BaseForecasts, means: [[Double]],
    panel: ErrorPanel, nonnegative: Bool
  ) throws(ForecastingError) {
    self.hierarchy = hierarchy
    self.nonnegative = nonnegative
    switch method {
    case .bottomUp:
      map = .bottomUp
      remarks = ["aggregates are the sums of the bottom forecasts; their own forecasts are not used"]
    case .topDown(let proportions):
      guard let total = hierarchy.total else {
        throw .hierarchy(
          problem:
            "no series is the sum of all, so there is nothing to split from the top; choose bottom-up or "
            + "minimum trace")
      }
      let samples = base.forecasts[hierarchy.aggregates.count...].map(\.model.sample)
      map = .split(
        proportions == .forecast
          ? try TopDownSplit(hierarchy, total: total, means: means)
          : try TopDownSplit(average: proportions == .average, of: samples), total: total)
      remarks = [
        "the proportions are taken as known: the interval of a part holds the doubt about the total alone"
      ]
    case .minimumTrace(let weights):
      let covariance = try Self.covariance(weights, hierarchy: hierarchy, panel: panel)
      let solver = try MinimumTrace(hierarchy, covariance: covariance)
      map = .minimumTrace(
        solver,
        nonnegative ? NonnegativeProjection(covariance: try solver.bottomCovariance()) : nil)
      remarks = covariance.remarks
    }
  }

  /// The covariance W that the weights stand for.
  static func covariance(
    _ weights: ReconciliationMethod.Weights, hierarchy: Hierarchy, panel: ErrorPanel
  ) throws(ForecastingError) -> ErrorCovariance {
    switch weights {
    case .ordinary: return ErrorCovariance(variances: hierarchy.sizes.map { _ in 1 })
    case .structural: return ErrorCovariance(variances: hierarchy.sizes.map(Double.init))
    case .variance: return ErrorCovariance(variances: panel.variances)
    case .shrunkCovariance: return try ErrorCovariance(panel, shrunk: true)
    case .sampleCovariance: return try ErrorCovariance(panel, shrunk: false)
    }
  }

  /// The bottom forecasts of a step.
  ///
  /// - Parameters:
  ///   - base: forecasts of all series, column after column.
  ///   - columns: how many columns there are; each is reconciled by itself.
  ///   - step: from 1.
  func bottom(_ base: [Double], columns: Int, step: Int) throws(ForecastingError) -> Matrix {
    let count = hierarchy.count
    let aggregates = hierarchy.aggregates.count
    let bottom = hierarchy.bottom.count
    switch map {
    case .bottomUp:
      return Matrix(rows: bottom, columns: columns) { row, column in
        let value = base[column * count + aggregates + row]
        return nonnegative ? max(0, value) : value
      }
    case .split(let split, let total):
      let proportions = split.proportions(step: step)
      return Matrix(rows: bottom, columns: columns) { row, column in
        let value = base[column * count + total]
        return proportions[row] * (nonnegative ? max(0, value) : value)
      }
    case .minimumTrace(let solver, let projection):
      let matrix: Matrix
      do { matrix = try Matrix(rows: count, columns: columns, columnMajor: base) } catch {
        throw .hierarchy(problem: "\(error)")
      }
      let free = try solver.bottom(matrix)
      return try projection?.projected(free) ?? free
    }
  }
}
