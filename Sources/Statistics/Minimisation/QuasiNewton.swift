/// The quasi-Newton search of Broyden, Fletcher, Goldfarb and Shanno with bounds: a local minimum of a smooth function
/// of a few variables, from its values and its gradient.
///
/// Bounds are kept by projection (Bertsekas 1982, "Projected Newton methods for optimization problems with simple
/// constraints"): a variable that stands on a bound and would leave is held there, the step is taken in the others, and
/// every trial point is moved to the nearest point of the box. The inverse Hessian is kept dense, which suits the five
/// to thirty parameters of a forecasting model. NaN and +∞ count as "too far", so an objective may refuse a point.
///
/// All storage is allocated once, before the first call of the objective.
public struct QuasiNewton: Sendable, Equatable {
  /// Converged when no coordinate of the projected gradient exceeds this, relative to 1 + |value|.
  public var gradientTolerance: Double
  /// … or when a step improves the value by no more than this, relative to 1 + |value|, twice in a row.
  public var valueTolerance: Double
  /// The most steps that are taken.
  public var maximumIterations: Int
  /// The step of the central differences, relative to 1 + |coordinate|, where no gradient is given.
  public var differenceStep: Double

  /// A search with the given settings.
  public init(
    gradientTolerance: Double = 1e-7, valueTolerance: Double = 1e-12, maximumIterations: Int = 200,
    differenceStep: Double = 6e-6
  ) {
    self.gradientTolerance = gradientTolerance
    self.valueTolerance = valueTolerance
    self.maximumIterations = maximumIterations
    self.differenceStep = differenceStep
  }

  /// Searches for a minimum of a function whose gradient is taken by central differences (one-sided at a bound).
  ///
  /// - Parameters:
  ///   - start: The first point, of n ≥ 1 finite coordinates; moved to the nearest point of the box if outside.
  ///   - lower: The least value of each coordinate; −∞ or nil for none.
  ///   - upper: The greatest value of each coordinate; +∞ or nil for none.
  ///   - objective: The function, called with the n coordinates in a buffer that is valid during the call.
  /// - Throws: ``StatisticsError/invalidSearch(method:problem:accepted:)`` for a start or bounds that cannot be used.
  @inlinable
  public func minimise(
    from start: [Double], lower: [Double]? = nil, upper: [Double]? = nil,
    _ objective: (UnsafeBufferPointer<Double>) -> Double
  ) throws(StatisticsError) -> Minimum<[Double]> {
    let box = try SearchBox(method: "The quasi-Newton search", start: start, lower: lower, upper: upper)
    let trial = UnsafeMutableBufferPointer<Double>.allocate(capacity: start.count)
    defer { trial.deallocate() }
    var evaluations = 0
    let minimum = try minimise(from: start, lower: lower, upper: upper) { x, gradient in
      evaluations += 1
      let value = objective(x)
      guard value.isFinite, let gradient else { return value }
      for i in 0..<x.count { trial[i] = x[i] }
      for i in 0..<x.count {
        let step = differenceStep * (1 + abs(x[i]))
        let above = min(x[i] + step, box.upper[i])
        let below = max(x[i] - step, box.lower[i])
        guard above > below else {
          gradient[i] = 0
          continue
        }
        trial[i] = above
        let valueAbove = above == x[i] ? value : objective(UnsafeBufferPointer(trial))
        trial[i] = below
        let valueBelow = below == x[i] ? value : objective(UnsafeBufferPointer(trial))
        trial[i] = x[i]
        evaluations += 2
        // Where one side cannot be computed the other has to do.
        if valueAbove.isFinite, valueBelow.isFinite {
          gradient[i] = (valueAbove - valueBelow) / (above - below)
        } else if valueAbove.isFinite {
          gradient[i] = (valueAbove - value) / (above - x[i])
        } else if valueBelow.isFinite {
          gradient[i] = (value - valueBelow) / (x[i] - below)
        } else {
          gradient[i] = 0
        }
      }
      return value
    }
    return Minimum(
      point: minimum.point, value: minimum.value, evaluations: evaluations, converged: minimum.converged)
  }

  /// Searches for a minimum of a function that gives its own gradient.
  ///
  /// - Parameters:
  ///   - start: The first point, of n ≥ 1 finite coordinates; moved to the nearest point of the box if outside.
  ///   - lower: The least value of each coordinate; −∞ or nil for none.
  ///   - upper: The greatest value of each coordinate; +∞ or nil for none.
  ///   - objective: Returns the value at a point and, where the second buffer is given, fills it with the n partial
  ///     derivatives there.
  /// - Throws: ``StatisticsError/invalidSearch(method:problem:accepted:)`` for a start or bounds that cannot be used.
  @inlinable
  public func minimise(
    from start: [Double], lower: [Double]? = nil, upper: [Double]? = nil,
    _ objective: (UnsafeBufferPointer<Double>, UnsafeMutableBufferPointer<Double>?) -> Double
  ) throws(StatisticsError) -> Minimum<[Double]> {
    let box = try SearchBox(method: "The quasi-Newton search", start: start, lower: lower, upper: upper)
    let n = start.count
    let storage = UnsafeMutableBufferPointer<Double>.allocate(capacity: n * (n + 7))
    storage.initialize(repeating: 0)
    defer { storage.deallocate() }
    func vector(_ k: Int) -> UnsafeMutableBufferPointer<Double> {
      UnsafeMutableBufferPointer(rebasing: storage[(n * n + k * n)..<(n * n + (k + 1) * n)])
    }
    let inverse = UnsafeMutableBufferPointer(rebasing: storage[0..<(n * n)])
    let x = vector(0)
    let gradient = vector(1)
    let direction = vector(2)
    let trial = vector(3)
    let trialGradient = vector(4)
    let change = vector(5)
    let product = vector(6)
    for i in 0..<n { x[i] = box.clamped(start[i], i) }
    var evaluations = 1
    var value = objective(UnsafeBufferPointer(x), gradient)
    guard value.isFinite else {
      return Minimum(point: Array(x), value: .infinity, evaluations: evaluations, converged: false)
    }
    var isFresh = true
    var isScaled = false
    var poorSteps = 0
    var converged = false
    for _ in 0..<maximumIterations {
      if isFresh {
        for k in 0..<(n * n) { inverse[k] = 0 }
        for i in 0..<n { inverse[i * n + i] = 1 }
        isScaled = false
      }
      var largest = 0.0
      for i in 0..<n where !box.holds(x[i], gradient[i], i) { largest = max(largest, abs(gradient[i])) }
      if largest <= gradientTolerance * (1 + abs(value)) {
        converged = true
        break
      }
      // The step in the variables that are free; those held at a bound neither move nor pull on the others.
      var slope = 0.0
      for i in 0..<n {
        direction[i] = 0
        if box.holds(x[i], gradient[i], i) { continue }
        for j in 0..<n where !box.holds(x[j], gradient[j], j) {
          direction[i] -= inverse[i * n + j] * gradient[j]
        }
        slope += direction[i] * gradient[i]
      }
      if !(slope < 0) {
        // Rounding has spoilt the inverse Hessian: begin again downhill, once.
        if isFresh { break }
        isFresh = true
        continue
      }
      if isFresh {
        // The first step has no scale: go as far as a unit of the largest coordinate at most.
        let length = min(1, 1 / largest)
        for i in 0..<n { direction[i] *= length }
        slope *= length
      }
      var step = 1.0
      var found = false
      var next = value
      for _ in 0..<40 {
        var predicted = 0.0
        for i in 0..<n {
          trial[i] = box.clamped(x[i] + step * direction[i], i)
          predicted += gradient[i] * (trial[i] - x[i])
        }
        evaluations += 1
        next = objective(UnsafeBufferPointer(trial), nil)
        if next.isFinite, next <= value + 1e-4 * predicted {
          found = true
          break
        }
        // The parabola through the two values and the slope, kept between a tenth and a half.
        let curvature = next.isFinite ? next - value - slope * step : .infinity
        let parabola = curvature > 0 && curvature.isFinite ? -slope * step * step / (2 * curvature) : 0
        step = min(max(parabola, 0.1 * step), 0.5 * step)
      }
      guard found else {
        if isFresh { break }
        isFresh = true
        continue
      }
      evaluations += 1
      let improved = value - next
      _ = objective(UnsafeBufferPointer(trial), trialGradient)
      var curvature = 0.0
      var changeSquared = 0.0
      var gradientChangeSquared = 0.0
      for i in 0..<n {
        change[i] = trial[i] - x[i]
        let gradientChange = trialGradient[i] - gradient[i]
        direction[i] = gradientChange
        curvature += change[i] * gradientChange
        changeSquared += change[i] * change[i]
        gradientChangeSquared += gradientChange * gradientChange
        x[i] = trial[i]
        gradient[i] = trialGradient[i]
      }
      value = next
      isFresh = false
      if curvature > 1e-10 * (changeSquared * gradientChangeSquared).squareRoot(), curvature > 0 {
        if !isScaled {
          // Shanno and Phua (1978): the first curvature sets the scale of the inverse Hessian.
          let scale = curvature / gradientChangeSquared
          for i in 0..<n { inverse[i * n + i] = scale }
          isScaled = true
        }
        var quadratic = 0.0
        for i in 0..<n {
          var sum = 0.0
          for j in 0..<n { sum += inverse[i * n + j] * direction[j] }
          product[i] = sum
          quadratic += sum * direction[i]
        }
        let weight = (1 + quadratic / curvature) / curvature
        for i in 0..<n {
          for j in 0..<n {
            inverse[i * n + j] +=
              weight * change[i] * change[j] - (change[i] * product[j] + product[i] * change[j]) / curvature
          }
        }
      }
      poorSteps = improved <= valueTolerance * (1 + abs(value)) ? poorSteps + 1 : 0
      if poorSteps >= 2 {
        converged = true
        break
      }
    }
    return Minimum(point: Array(x), value: value, evaluations: evaluations, converged: converged)
  }
}
