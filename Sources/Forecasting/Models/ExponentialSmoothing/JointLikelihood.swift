import RealModule

/// The likelihood of any form over its smoothing parameters and starting states together.
///
/// The point holds the coordinates of the region, then level, growth and all seasons but the last, which follows from
/// their sum (none where seasons add, their number where they multiply). The gradient comes from the adjoint recursion at
/// the cost of two further passes, however many states there are.
struct JointLikelihood: SearchedFunction {
  let form: ETSForm
  let region: UsualRegion
  let trace: SmoothingTrace
  let likelihood: InnovationsLikelihood
  /// Whether the starting states are searched for; otherwise they stay as they stand in the trace.
  let movesStates: Bool
  private let recursion: SmoothingRecursion
  private let hasTrend: Bool
  private let latest: UnsafeMutablePointer<Double>
  private let columns: UnsafeMutablePointer<Double>
  private(set) var weights = SmoothingWeights()
  private(set) var sumOfSquares = Double.infinity

  /// The number of coordinates.
  let dimensions: Int

  init(
    form: ETSForm, region: UsualRegion, trace: SmoothingTrace, likelihood: InnovationsLikelihood,
    movesStates: Bool
  ) {
    self.form = form
    self.region = region
    self.trace = trace
    self.likelihood = likelihood
    self.movesStates = movesStates
    recursion = SmoothingRecursion(form)
    hasTrend = form.trend != .none
    dimensions = region.dimensions + (movesStates ? form.freeStates(period: trace.period) : 0)
    let capacity = max(1, dimensions) * (trace.count + 1)
    latest = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
    latest.initialize(repeating: 0, count: capacity)
    columns = latest + max(1, dimensions)
  }

  /// Gives the storage back.
  func deallocate() { latest.deallocate() }

  /// What the seasons sum to.
  private var seasonTotal: Double { form.season == .multiplicative ? Double(trace.period) : 0 }

  /// Puts the weights and the states that stand in the trace into a point, with the bounds of every coordinate.
  func begin(_ search: borrowing BoundedSearch, at weights: SmoothingWeights) {
    region.point(nearest: weights, into: search.point)
    let (lower, upper, point) = (search.lower, search.upper, search.point)
    region.bounds { index, least, greatest in
      lower[index] = least
      upper[index] = greatest
      point[index] = min(max(point[index], least), greatest)
    }
    guard movesStates else { return }
    var index = region.dimensions
    for i in index..<dimensions {
      lower[i] = -.infinity
      upper[i] = .infinity
    }
    point[index] = trace.level[0]
    index += 1
    if hasTrend {
      point[index] = trace.growth[0]
      index += 1
    }
    if trace.period > 0 {
      for j in 0..<(trace.period - 1) { point[index + j] = trace.season[j] }
    }
  }

  mutating func value(at point: UnsafePointer<Double>) -> Double {
    for i in 0..<dimensions { latest[i] = point[i] }
    weights = region.weights(at: point)
    if movesStates {
      var index = region.dimensions
      trace.level[0] = point[index]
      index += 1
      if hasTrend {
        trace.growth[0] = point[index]
        index += 1
      }
      if trace.period > 0 {
        var last = seasonTotal
        for j in 0..<(trace.period - 1) {
          trace.season[j] = point[index + j]
          last -= point[index + j]
        }
        trace.season[trace.period - 1] = last
      }
    }
    guard recursion.run(trace, weights), let (value, sum) = likelihood.value(of: trace) else {
      return .infinity
    }
    sumOfSquares = sum
    return -value
  }

  mutating func gradient(into gradient: UnsafeMutablePointer<Double>) {
    likelihood.pull(trace, sumOfSquares: sumOfSquares)
    let slopes = recursion.slopes(trace, weights)
    region.pull(slopes.weights, at: latest, into: gradient)
    guard movesStates else { return }
    var index = region.dimensions
    gradient[index] = slopes.level
    index += 1
    if hasTrend {
      gradient[index] = slopes.growth
      index += 1
    }
    if trace.period > 0 {
      let last = trace.seasonPull[trace.period - 1]
      for j in 0..<(trace.period - 1) { gradient[index + j] = trace.seasonPull[j] - last }
    }
  }

  /// Fills the search's curvature with the Gauss-Newton matrix at its point.
  ///
  /// The negative log-likelihood is n/2 log of the sum of squares of e exp(mean log |f|), a nonlinear least-squares
  /// problem, whose residuals are differenced here. Only the speed of the search depends on it.
  ///
  /// - Parameter finals: takes, for each coordinate, the derivatives of final level, growth, seasons and phi.
  /// - Returns: whether the likelihood can be computed at the point.
  mutating func setCurvature(
    of search: borrowing BoundedSearch, finals: UnsafeMutablePointer<Double>? = nil
  ) -> Bool {
    let (point, n, size) = (search.point, trace.count, dimensions)
    guard value(at: point).isFinite else { return false }
    var sum = 0.0
    residuals(into: trace.pull)
    for t in 0..<n { sum += trace.pull[t] * trace.pull[t] }
    let scale = max(abs(trace.level[0]), 1e-9)
    let states = trace.period + 3
    let base = finals == nil ? [] : (0..<states).map(final)
    for i in 0..<size {
      let isState = i >= region.dimensions
      let isRatio =
        form.season == .multiplicative && i >= region.dimensions + (hasTrend ? 2 : 1)
        || form.trend.isMultiplicative && i == region.dimensions + 1
      var step = isState ? 1e-6 * (isRatio ? 1 : scale) : 1e-5
      let place = point[i]
      if !isState, place + step > search.upper[i] { step = -step }
      point[i] = place + step
      // Where one side leaves the positive states the other does not.
      if !value(at: point).isFinite {
        step = -step
        point[i] = place + step
        guard value(at: point).isFinite else {
          point[i] = place
          return false
        }
      }
      point[i] = place
      let column = columns + i * n
      residuals(into: column)
      if let finals {
        for j in 0..<states { finals[i * states + j] = (final(j) - base[j]) / step }
      }
      for t in 0..<n { column[t] = (column[t] - trace.pull[t]) / step }
    }
    let share = Double(n) / max(sum, .leastNormalMagnitude)
    for i in 0..<size {
      for j in 0...i {
        let (first, second) = (columns + i * n, columns + j * n)
        var product = 0.0
        for t in 0..<n { product += first[t] * second[t] }
        search.curvature[i * size + j] = share * product
        search.curvature[j * size + i] = share * product
      }
    }
    return true
  }

  /// The final level, growth, seasons and phi, in this order.
  private func final(_ index: Int) -> Double {
    switch index {
    case 0: trace.level[trace.count]
    case 1: trace.growth[trace.count]
    case trace.period + 2: weights.phi
    default: trace.season[trace.count + index - 2]
    }
  }

  /// The residuals of the least-squares problem that the likelihood is: e, or e times the geometric mean of f.
  private func residuals(into residuals: UnsafeMutablePointer<Double>) {
    guard form.error == .multiplicative else {
      for t in 0..<trace.count { residuals[t] = trace.deviation[t] }
      return
    }
    var logs = 0.0
    var product = 1.0
    for t in 0..<trace.count {
      let expectation = trace.values[t] - trace.deviation[t]
      residuals[t] = trace.deviation[t] / expectation
      product *= expectation
      if t & 15 == 15 {
        logs += Double.log(product)
        product = 1
      }
    }
    let mean = Double.exp((logs + Double.log(product)) / Double(trace.count))
    for t in 0..<trace.count { residuals[t] *= mean }
  }
}
