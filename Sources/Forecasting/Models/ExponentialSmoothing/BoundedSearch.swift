/// A smooth function that keeps what it computed at the latest point, so that its gradient there costs no second pass.
protocol SearchedFunction {
  /// The value at a point; not finite where there is none.
  mutating func value(at point: UnsafePointer<Double>) -> Double
  /// The gradient at the point at which the value was last asked for.
  mutating func gradient(into gradient: UnsafeMutablePointer<Double>)
}

/// A quasi-Newton search in a box that starts from a known curvature.
///
/// Where `Statistics.QuasiNewton` keeps the inverse of the Hessian and learns it from nothing, this search keeps the
/// Hessian itself, which a Gauss-Newton matrix can start. The step is then exact in the variables that are free, whichever
/// stand on a bound (Bertsekas, 1982), and a likelihood of seventeen parameters needs some twenty steps, not a hundred.
/// Broyden, Fletcher, Goldfarb and Shanno's update is damped as Powell (1978) does, so the Hessian stays positive
/// definite. Storage is allocated once and serves any number of searches up to its capacity.
struct BoundedSearch: ~Copyable {
  /// Where the search begins, and afterwards the best point.
  let point: UnsafeMutablePointer<Double>
  let lower: UnsafeMutablePointer<Double>
  let upper: UnsafeMutablePointer<Double>
  /// The Hessian to start from, rows of `dimensions`, both triangles.
  let curvature: UnsafeMutablePointer<Double>
  private let gradient: UnsafeMutablePointer<Double>
  private let direction: UnsafeMutablePointer<Double>
  private let trial: UnsafeMutablePointer<Double>
  private let trialGradient: UnsafeMutablePointer<Double>
  private let product: UnsafeMutablePointer<Double>
  private let factor: UnsafeMutablePointer<Double>
  private let free: UnsafeMutablePointer<Int>

  /// The search ends when a step promises less than this, or when two in a row have brought less.
  static let tolerance = 1e-6
  /// A search whose every further step would have to bring this many times what it promises, to reach what another found,
  /// is given up.
  static let hope = 30.0

  init(capacity: Int) {
    let size = max(capacity, 1)
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: 8 * size + 2 * size * size)
    storage.initialize(repeating: 0, count: 8 * size + 2 * size * size)
    point = storage
    lower = point + size
    upper = lower + size
    gradient = upper + size
    direction = gradient + size
    trial = direction + size
    trialGradient = trial + size
    product = trialGradient + size
    curvature = product + size
    factor = curvature + size * size
    free = UnsafeMutablePointer<Int>.allocate(capacity: size)
    free.initialize(repeating: 0, count: size)
  }

  deinit {
    point.deallocate()
    free.deallocate()
  }

  /// Sets the curvature to a multiple of the identity.
  func setCurvature(_ scale: Double, dimensions n: Int) {
    for k in 0..<(n * n) { curvature[k] = 0 }
    for i in 0..<n { curvature[i * n + i] = scale }
  }

  /// Walks downhill from ``point``; the function was last computed at ``point`` when it returns.
  ///
  /// - Parameter rival: the value that another search came to, which this one has to reach to matter.
  /// - Returns: the least value; infinite where the function has none at the start.
  func minimise<Function: SearchedFunction>(
    _ function: inout Function, dimensions n: Int, rival: Double = .infinity, steps: Int = 150
  ) -> Double {
    var value = function.value(at: point)
    guard value.isFinite, n > 0 else { return value.isFinite ? value : .infinity }
    function.gradient(into: gradient)
    var poorSteps = 0
    var isLatest = true
    for count in 0..<steps {
      let slope = step(n)
      // The first steps go by a curvature that may be far off: they are taken whatever they promise.
      guard slope < 0, count < 2 || -slope > Self.tolerance else { break }
      if count >= 4, value + Self.hope * slope > rival { break }
      var length = 1.0
      var next = Double.infinity
      var found = false
      for _ in 0..<30 {
        var predicted = 0.0
        for i in 0..<n {
          trial[i] = min(max(point[i] + length * direction[i], lower[i]), upper[i])
          predicted += gradient[i] * (trial[i] - point[i])
        }
        next = function.value(at: trial)
        isLatest = false
        if next.isFinite, next <= value + 1e-4 * predicted {
          found = true
          break
        }
        let bend = next.isFinite ? next - value - slope * length : .infinity
        let parabola = bend.isFinite && bend > 0 ? -slope * length * length / (2 * bend) : 0
        length = min(max(parabola, 0.1 * length), 0.5 * length)
        // A step too short to change the value cannot be judged.
        if -slope * length < 1e-14 * (1 + abs(value)) { break }
      }
      guard found else { break }
      function.gradient(into: trialGradient)
      isLatest = true
      update(n)
      let gain = value - next
      value = next
      for i in 0..<n {
        point[i] = trial[i]
        gradient[i] = trialGradient[i]
      }
      poorSteps = gain < Self.tolerance ? poorSteps + 1 : 0
      if poorSteps >= 2 { break }
    }
    if !isLatest { _ = function.value(at: point) }
    return value
  }

  /// Puts the quasi-Newton step in the free variables into `direction`.
  ///
  /// - Returns: the slope along it; zero where nothing is free.
  private func step(_ n: Int) -> Double {
    var count = 0
    for i in 0..<n {
      direction[i] = 0
      let isHeld =
        (point[i] <= lower[i] && gradient[i] > 0) || (point[i] >= upper[i] && gradient[i] < 0)
        || upper[i] <= lower[i]
      if !isHeld {
        free[count] = i
        count += 1
      }
    }
    guard count > 0 else { return 0 }
    var ridge = 0.0
    attempts: for _ in 0..<12 {
      for a in 0..<count {
        let row = factor + a * count
        for b in 0...a {
          var sum = curvature[free[a] * n + free[b]]
          // In proportion to each variable's own curvature, so that units do not matter.
          if a == b { sum += ridge * abs(sum) }
          let other = factor + b * count
          for k in 0..<b { sum -= row[k] * other[k] }
          if a == b {
            guard sum > 1e-13 * abs(curvature[free[a] * n + free[a]]), sum.isFinite else {
              ridge = max(10 * ridge, 1e-9)
              continue attempts
            }
            row[a] = sum.squareRoot()
          } else {
            row[b] = sum / other[b]
          }
        }
      }
      for a in 0..<count {
        var sum = -gradient[free[a]]
        for k in 0..<a { sum -= factor[a * count + k] * product[k] }
        product[a] = sum / factor[a * count + a]
      }
      var slope = 0.0
      for a in stride(from: count - 1, through: 0, by: -1) {
        var sum = product[a]
        for k in (a + 1)..<max(count, a + 1) { sum -= factor[k * count + a] * direction[free[k]] }
        direction[free[a]] = sum / factor[a * count + a]
        slope += direction[free[a]] * gradient[free[a]]
      }
      return slope
    }
    return 0
  }

  /// Learns the curvature from the step that was just taken, in `trial`, `trialGradient` and their predecessors.
  private func update(_ n: Int) {
    var along = 0.0
    var quadratic = 0.0
    for i in 0..<n { direction[i] = trial[i] - point[i] }
    for i in 0..<n {
      var sum = 0.0
      for j in 0..<n { sum += curvature[i * n + j] * direction[j] }
      product[i] = sum
      quadratic += sum * direction[i]
      along += (trialGradient[i] - gradient[i]) * direction[i]
    }
    guard quadratic > 0, quadratic.isFinite, along.isFinite else { return }
    // Powell's damping: where the function bends less than a fifth of what was believed, believe a part of both.
    let share = along >= 0.2 * quadratic ? 1 : 0.8 * quadratic / (quadratic - along)
    let bend = share * along + (1 - share) * quadratic
    guard bend > 0 else { return }
    for i in 0..<n {
      let first = share * (trialGradient[i] - gradient[i]) + (1 - share) * product[i]
      for j in 0..<n {
        let second = share * (trialGradient[j] - gradient[j]) + (1 - share) * product[j]
        curvature[i * n + j] += first * second / bend - product[i] * product[j] / quadratic
      }
    }
  }
}
