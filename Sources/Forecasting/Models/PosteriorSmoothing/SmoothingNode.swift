import RealModule

/// The level and trend of exponential smoothing at one time.
struct SmoothingState: Hashable, Sendable {
  var level: Double
  var trend: Double
}

/// One setting of the smoothing parameters, with everything the data say once they are given.
///
/// `y = level + phi trend + e`, then `level' = level + phi trend + alpha e` and `trend' = phi trend + beta e`.
struct SmoothingNode: Sendable {
  let alpha: Double
  let beta: Double
  let phi: Double
  /// The number of starting states that were solved for: 1 without a trend, 2 with one.
  let states: Int
  /// The starting state that makes the sum of squared errors least.
  private(set) var start = SmoothingState(level: 0, trend: 0)
  /// That least sum of squares.
  private(set) var sumOfSquares = Double.infinity
  /// The log determinant of the normal equations of the starting state.
  private(set) var logDeterminant = 0.0
  /// The posterior weight among the nodes of a grid; set by the grid.
  var weight = 0.0

  private var final = SmoothingState(level: 0, trend: 0)
  /// The square root of the covariance of the final state, in units of sigma: columns of a 2 x 2 matrix.
  private var rootLevel = (0.0, 0.0)
  private var rootTrend = (0.0, 0.0)

  /// Solves the starting state for the given parameters; two passes over the values, no allocation.
  ///
  /// Returns nil when the equations have no solution.
  init?(alpha: Double, beta: Double, phi: Double, hasTrend: Bool, values: [Double]) {
    self.alpha = alpha
    self.beta = beta
    self.phi = phi
    states = hasTrend ? 2 : 1
    // Three recursions side by side: from the data with a zero start, and from each unit start with zero data. The
    // errors of the whole are those of the first minus the start times those of the others.
    var data = SmoothingState(level: 0, trend: 0)
    var unitLevel = SmoothingState(level: 1, trend: 0)
    var unitTrend = SmoothingState(level: 0, trend: hasTrend ? 1 : 0)
    var ll = 0.0
    var lt = 0.0
    var tt = 0.0
    var ly = 0.0
    var ty = 0.0
    var yy = 0.0
    // The first value is taken out of all of them, so that sums of squares do not cancel.
    guard let origin = values.first else { return nil }
    for value in values {
      let error = value - origin - data.level - phi * data.trend
      let levelPart = unitLevel.level + phi * unitLevel.trend
      let trendPart = unitTrend.level + phi * unitTrend.trend
      ll += levelPart * levelPart
      lt += levelPart * trendPart
      tt += trendPart * trendPart
      ly += levelPart * error
      ty += trendPart * error
      yy += error * error
      data = next(data, error: error)
      unitLevel = next(unitLevel, error: -levelPart)
      unitTrend = next(unitTrend, error: -trendPart)
    }
    let determinant = hasTrend ? ll * tt - lt * lt : ll
    guard determinant > 1e-14 * max(ll, ll * tt), determinant.isFinite else { return nil }
    let level = hasTrend ? (tt * ly - lt * ty) / determinant : ly / ll
    let trend = hasTrend ? (ll * ty - lt * ly) / determinant : 0
    start = SmoothingState(level: origin + level, trend: trend)
    // A second pass with the solved start gives the sum of squares without cancellation, and the final state.
    var state = start
    var sum = 0.0
    for value in values {
      let error = value - state.level - phi * state.trend
      sum += error * error
      state = next(state, error: error)
    }
    guard sum.isFinite else { return nil }
    sumOfSquares = sum
    logDeterminant = Double.log(determinant)
    final = state
    // The start is known to within sigma times the root of the inverse of its normal equations; the final state
    // inherits what the recursion leaves of that.
    let rootA = (hasTrend ? tt / determinant : 1 / ll).squareRoot()
    let rootB = hasTrend ? -lt / determinant / rootA : 0
    let rootC = hasTrend ? max(0, ll / determinant - rootB * rootB).squareRoot() : 0
    rootLevel = (
      unitLevel.level * rootA + unitTrend.level * rootB, unitTrend.level * rootC
    )
    rootTrend = (
      unitLevel.trend * rootA + unitTrend.trend * rootB, unitTrend.trend * rootC
    )
  }

  @inline(__always)
  func next(_ state: SmoothingState, error: Double) -> SmoothingState {
    SmoothingState(
      level: state.level + phi * state.trend + alpha * error, trend: phi * state.trend + beta * error)
  }

  /// The one-step errors from the solved start.
  func errors(of values: [Double]) -> [Double] {
    var state = start
    return values.map { value in
      let error = value - state.level - phi * state.trend
      state = next(state, error: error)
      return error
    }
  }

  /// The centre of the forecast, and its variance in units of the error variance.
  func forecast(step: Int) -> (location: Double, varianceFactor: Double) {
    var damping = 0.0
    var power = 1.0
    var factor = 1.0
    for _ in 1..<max(step, 1) {
      power *= phi
      damping += power
      let response = alpha + beta * damping
      factor += response * response
    }
    damping += power * phi
    let first = rootLevel.0 + damping * rootTrend.0
    let second = rootLevel.1 + damping * rootTrend.1
    return (final.level + damping * final.trend, factor + first * first + second * second)
  }

  /// The final state, drawn from what is not known of the start; `first` and `second` are standard normal.
  func drawFinalState(sigma: Double, first: Double, second: Double) -> SmoothingState {
    let deviation = finalStateDeviation(sigma: sigma, first: first, second: second)
    return SmoothingState(level: final.level + deviation.level, trend: final.trend + deviation.trend)
  }

  /// How far a drawn final state lies from its centre; `first` and `second` are standard normal.
  func finalStateDeviation(sigma: Double, first: Double, second: Double) -> SmoothingState {
    SmoothingState(
      level: sigma * (rootLevel.0 * first + rootLevel.1 * second),
      trend: sigma * (rootTrend.0 * first + rootTrend.1 * second))
  }
}
