import RealModule

/// The starting states of a linear form with additive errors, solved by least squares for given smoothing parameters.
///
/// The deviations are linear in the starting states, so their sum of squares has its least value in closed form, and the
/// search is left with one to four smoothing parameters (variable projection, Golub and Pereyra, 1973). The response of
/// the deviations to the season that is used at time j is that to the first season, j periods later: only the figures, one
/// season and the growth have to be run, side by side. Their products fill by
///
///     G[j+1, k+1] = G[j, k] - r[n-1-j] r[n-1-k]
///
/// so that the normal equations of a monthly form cost three passes for each season, not one for each pair. The starting
/// level is not solved for where there is a season: a level and a season that moves by the same amount every period are
/// one and the same, and the seasons take it up; it is separated afterwards, as the mean of the seasons.
struct SolvedStates: SearchedFunction {
  let form: ETSForm
  let region: UsualRegion
  let trace: SmoothingTrace
  let likelihood: InnovationsLikelihood
  private let recursion: SmoothingRecursion
  /// Columns that are shifted copies of one response: the seasons, or the level alone.
  private let shifted: Int
  private let unknowns: Int
  private let hasTrend: Bool
  private let centre: Double
  private let storage: UnsafeMutablePointer<Double>
  /// The deviations of the figures themselves, from states of zero.
  private let base: UnsafeMutablePointer<Double>
  /// The responses of the deviations to the first season (or the level) and to the growth.
  private let first: UnsafeMutablePointer<Double>
  private let ramp: UnsafeMutablePointer<Double>
  private let gram: UnsafeMutablePointer<Double>
  private let solution: UnsafeMutablePointer<Double>
  private let lanes: UnsafeMutablePointer<SIMD4<Double>>
  /// The weights at the latest point, and the coordinates they came from.
  private(set) var weights = SmoothingWeights()
  private let latest: UnsafeMutablePointer<Double>
  private(set) var sumOfSquares = Double.infinity
  /// The sum of squared deviations from states of zero, and what the solved states take off it.
  private var total = 0.0
  private var explained = 0.0
  /// Whether the trace belongs to the latest point.
  private var isRun = false

  /// - Parameters:
  ///   - form: a linear form; its errors are taken as additive.
  ///   - trace: holds the values, and takes the states.
  init(form: ETSForm, region: UsualRegion, trace: SmoothingTrace, likelihood: InnovationsLikelihood) {
    self.form = form
    self.region = region
    self.trace = trace
    self.likelihood = likelihood
    recursion = SmoothingRecursion(form)
    hasTrend = form.trend != .none
    shifted = form.season == .none ? 1 : trace.period
    unknowns = shifted + (hasTrend ? 1 : 0)
    var sum = 0.0
    let head = min(trace.count, max(trace.period, 4))
    for t in 0..<head { sum += trace.values[t] }
    centre = sum / Double(head)
    let capacity = 3 * trace.count + unknowns * unknowns + 2 * unknowns + 4
    storage = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
    storage.initialize(repeating: 0, count: capacity)
    base = storage
    first = base + trace.count
    ramp = first + trace.count
    gram = ramp + trace.count
    solution = gram + unknowns * unknowns
    latest = solution + 2 * unknowns
    lanes = UnsafeMutablePointer<SIMD4<Double>>.allocate(capacity: trace.count + trace.period)
    lanes.initialize(repeating: SIMD4(), count: trace.count + trace.period)
  }

  /// Gives the storage back.
  func deallocate() {
    storage.deallocate()
    lanes.deallocate()
  }

  /// The negative log-likelihood at a point of the region, with the states that make it least (``state``).
  mutating func value(at point: UnsafePointer<Double>) -> Double {
    for i in 0..<region.dimensions { latest[i] = point[i] }
    return value(at: region.weights(at: point))
  }

  /// The gradient with respect to the coordinates. By the envelope theorem it is that at fixed states.
  mutating func gradient(into gradient: UnsafeMutablePointer<Double>) {
    if !isRun {
      isRun = true
      place()
      _ = recursion.run(trace, weights)
    }
    likelihood.pull(trace, sumOfSquares: sumOfSquares)
    let slopes = recursion.slopes(trace, weights)
    region.pull(slopes.weights, at: latest, into: gradient)
  }

  /// The negative log-likelihood at given weights.
  mutating func value(at weights: SmoothingWeights) -> Double {
    self.weights = weights
    isRun = false
    guard trace.period > 0 ? solveSeasons(weights) : solveLevel(weights) else { return .infinity }
    // The sum of squares of the solution, where subtraction leaves enough digits of it; else that of a pass.
    guard explained < (1 - 1e-6) * total else {
      guard runs() else { return .infinity }
      return 0.5 * Double(trace.count) * Double.log(max(sumOfSquares, likelihood.floor))
    }
    sumOfSquares = total - explained
    return 0.5 * Double(trace.count) * Double.log(max(sumOfSquares, likelihood.floor))
  }

  /// Runs the recursion from the solved states, which fills the trace.
  private mutating func runs() -> Bool {
    isRun = true
    place()
    guard recursion.run(trace, weights), let (_, sum) = likelihood.value(of: trace) else { return false }
    sumOfSquares = sum
    return true
  }

  /// The starting states at the latest point.
  var state: ETSState {
    place()
    return ETSState(
      level: trace.level[0], growth: trace.growth[0], season: (0..<trace.period).map { trace.season[$0] })
  }

  /// Solves for level and growth: their responses and the figures run side by side, and only products are kept.
  @inline(__always)
  private mutating func solveLevel(_ weights: SmoothingWeights) -> Bool {
    let (alpha, beta, phi) = (weights.alpha, weights.beta, weights.phi)
    var data = (level: 0.0, growth: 0.0)
    var first = (level: 1.0, growth: 0.0)
    var ramp = (level: 0.0, growth: hasTrend ? 1.0 : 0.0)
    var (yy, ly, ty, ll, lt, tt) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for t in 0..<trace.count {
      data.growth *= phi
      first.growth *= phi
      ramp.growth *= phi
      data.level += data.growth
      first.level += first.growth
      ramp.level += ramp.growth
      let error = trace.values[t] - centre - data.level
      let (level, growth) = (first.level, ramp.level)
      yy += error * error
      ly += level * error
      ty += growth * error
      ll += level * level
      lt += level * growth
      tt += growth * growth
      data.level += alpha * error
      data.growth += beta * error
      first.level -= alpha * level
      first.growth -= beta * level
      ramp.level -= alpha * growth
      ramp.growth -= beta * growth
    }
    total = yy
    guard hasTrend else {
      guard ll > 0, yy.isFinite else { return false }
      solution[0] = ly / ll
      explained = solution[0] * ly
      return true
    }
    let determinant = ll * tt - lt * lt
    guard determinant > 1e-13 * ll * tt, yy.isFinite else { return false }
    solution[0] = (tt * ly - lt * ty) / determinant
    solution[1] = (ll * ty - lt * ly) / determinant
    explained = solution[0] * ly + solution[1] * ty
    return true
  }

  /// Runs figures, first season and growth side by side.
  @inline(__always)
  private mutating func respond(_ weights: SmoothingWeights) {
    let (alpha, beta, gamma, phi) = (weights.alpha, weights.beta, weights.gamma, weights.phi)
    let period = trace.period
    var level = SIMD4<Double>()
    var growth = SIMD4<Double>(0, 0, hasTrend ? 1 : 0, 0)
    var sum = 0.0
    for j in 0..<period { lanes[j] = SIMD4(0, j == 0 ? 1 : 0, 0, 0) }
    for t in 0..<trace.count {
      let faded = phi * growth
      let q = level + faded
      let season = lanes[t]
      let deviation = SIMD4(trace.values[t] - centre, 0, 0, 0) - q - season
      lanes[t + period] = season + gamma * deviation
      level = q + alpha * deviation
      growth = faded + beta * deviation
      base[t] = deviation[0]
      first[t] = deviation[1]
      ramp[t] = deviation[2]
      sum += deviation[0] * deviation[0]
    }
    total = sum
  }

  /// Fills and solves the normal equations for the seasons and the growth that the deviations are least with.
  @inline(__always)
  private mutating func solveSeasons(_ weights: SmoothingWeights) -> Bool {
    respond(weights)
    let n = trace.count
    let size = unknowns
    for j in 0..<shifted {
      var product = 0.0
      var moment = 0.0
      var slope = 0.0
      for t in 0..<max(0, n - j) {
        let response = first[t]
        product += response * first[t + j]
        moment += response * base[t + j]
        slope += response * ramp[t + j]
      }
      gram[j * size] = product
      solution[j] = -moment
      if hasTrend { gram[(size - 1) * size + j] = slope }
    }
    for j in 1..<max(shifted, 1) {
      for k in 1...j {
        gram[j * size + k] = gram[(j - 1) * size + k - 1] - first[n - j] * first[n - k]
      }
    }
    if hasTrend {
      var product = 0.0
      var moment = 0.0
      for t in 0..<n {
        product += ramp[t] * ramp[t]
        moment += ramp[t] * base[t]
      }
      gram[size * size - 1] = product
      solution[size - 1] = -moment
    }
    explained = 0
    // Cholesky's factor in place, row by row, and the two triangular solutions.
    for a in 0..<size {
      let row = gram + a * size
      let diagonal = row[a]
      var sum = solution[a]
      for b in 0..<a {
        let other = gram + b * size
        var entry = row[b]
        for k in 0..<b { entry -= row[k] * other[k] }
        entry *= other[b]
        row[b] = entry
        sum -= entry * solution[b]
      }
      var pivot = diagonal
      for k in 0..<a { pivot -= row[k] * row[k] }
      guard pivot > 1e-13 * diagonal, pivot.isFinite else { return false }
      // The diagonal keeps its inverse: one division for each row.
      row[a] = 1 / pivot.squareRoot()
      solution[a] = sum * row[a]
      explained += solution[a] * solution[a]
    }
    for a in stride(from: size - 1, through: 0, by: -1) {
      let value = solution[a] * gram[a * size + a]
      solution[a] = value
      let row = gram + a * size
      for k in 0..<a { solution[k] -= row[k] * value }
    }
    return true
  }

  /// Puts the solved states at the beginning of the trace, the level apart from the seasons.
  @inline(__always)
  private func place() {
    trace.growth[0] = hasTrend ? solution[unknowns - 1] : 0
    guard trace.period > 0 else {
      trace.level[0] = centre + solution[0]
      return
    }
    var mean = 0.0
    for j in 0..<shifted { mean += solution[j] }
    mean /= Double(shifted)
    trace.level[0] = centre + mean
    for j in 0..<shifted { trace.season[j] = solution[j] - mean }
  }
}
