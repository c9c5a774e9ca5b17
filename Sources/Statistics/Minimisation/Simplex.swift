/// The moving simplex of ``NelderMead``: n + 1 vertices and three trial points in one block of memory, taken once.
struct Simplex {
  private let n: Int
  private let settings: NelderMead
  private let reflection: Double
  private let expansion: Double
  private let contraction: Double
  private let shrinkage: Double

  // Rows of n: vertices 0...n, then the centroid, the reflected point and the second trial; then the n + 1 values,
  // and the lower and upper bounds.
  private let storage: UnsafeMutableBufferPointer<Double>
  private(set) var evaluations = 0

  init(start: [Double], lower: [Double]?, upper: [Double]?, settings: NelderMead) {
    n = start.count
    self.settings = settings
    switch settings.coefficients {
    case .standard: (reflection, expansion, contraction, shrinkage) = (1, 2, 0.5, 0.5)
    case .adaptive:
      let size = Double(max(n, 2))
      (reflection, expansion, contraction, shrinkage) = (1, 1 + 2 / size, 0.75 - 0.5 / size, 1 - 1 / size)
    }
    storage = .allocate(capacity: (n + 4) * n + (n + 1) + 2 * n)
    storage.initialize(repeating: 0)
    for j in 0..<n {
      lowerBound[j] = lower?[j] ?? -.infinity
      upperBound[j] = upper?[j] ?? .infinity
      row(0)[j] = min(max(start[j], lowerBound[j]), upperBound[j])
    }
    values[0] = .nan
  }

  func deallocate() { storage.deallocate() }

  var best: Double { values[0] }
  var bestPoint: [Double] { Array(row(0)) }

  private func row(_ i: Int) -> UnsafeMutableBufferPointer<Double> {
    UnsafeMutableBufferPointer(rebasing: storage[i * n..<(i + 1) * n])
  }
  private var centroid: UnsafeMutableBufferPointer<Double> { row(n + 1) }
  private var reflected: UnsafeMutableBufferPointer<Double> { row(n + 2) }
  private var trial: UnsafeMutableBufferPointer<Double> { row(n + 3) }
  private var values: UnsafeMutableBufferPointer<Double> {
    let base = (n + 4) * n
    return UnsafeMutableBufferPointer(rebasing: storage[base..<base + n + 1])
  }
  private var lowerBound: UnsafeMutableBufferPointer<Double> {
    let base = (n + 4) * n + n + 1
    return UnsafeMutableBufferPointer(rebasing: storage[base..<base + n])
  }
  private var upperBound: UnsafeMutableBufferPointer<Double> {
    let base = (n + 4) * n + n + 1 + n
    return UnsafeMutableBufferPointer(rebasing: storage[base..<base + n])
  }

  /// Builds a fresh simplex about the best vertex and moves it until it is small and level (true) or the evaluations
  /// are used up (false).
  mutating func descend(_ objective: (UnsafeBufferPointer<Double>) -> Double) -> Bool {
    spread(objective)
    sort()
    while !hasConverged {
      guard evaluations < settings.maximumEvaluations else { return false }
      step(objective)
    }
    return true
  }

  private mutating func evaluate(
    _ point: UnsafeMutableBufferPointer<Double>, _ objective: (UnsafeBufferPointer<Double>) -> Double
  ) -> Double {
    evaluations += 1
    return ordered(objective(UnsafeBufferPointer(point)))
  }

  private mutating func spread(_ objective: (UnsafeBufferPointer<Double>) -> Double) {
    if values[0].isNaN { values[0] = evaluate(row(0), objective) }
    for i in 1...n {
      let j = i - 1
      let vertex = row(i)
      for k in 0..<n { vertex[k] = row(0)[k] }
      let x = vertex[j]
      let step = x == 0 ? settings.initialStep : settings.initialStep * abs(x)
      // Towards the inside where the first side is shut.
      let forward = min(max(x + step, lowerBound[j]), upperBound[j])
      let backward = min(max(x - step, lowerBound[j]), upperBound[j])
      vertex[j] = abs(forward - x) >= abs(backward - x) ? forward : backward
      values[i] = evaluate(vertex, objective)
    }
  }

  private mutating func step(_ objective: (UnsafeBufferPointer<Double>) -> Double) {
    for j in 0..<n {
      var sum = 0.0
      for i in 0..<n { sum += row(i)[j] }
      centroid[j] = sum / Double(n)
    }
    place(reflected, at: reflection)
    let first = evaluate(reflected, objective)
    if first < values[0] {
      place(trial, at: reflection * expansion)
      let second = evaluate(trial, objective)
      if second < first { accept(trial, second) } else { accept(reflected, first) }
    } else if first < values[n - 1] {
      accept(reflected, first)
    } else {
      let outside = first < values[n]
      place(trial, at: outside ? reflection * contraction : -contraction)
      let second = evaluate(trial, objective)
      if outside ? second <= first : second < values[n] {
        accept(trial, second)
      } else {
        shrink(objective)
      }
    }
  }

  /// Puts into `point` the clamped point at centroid + factor (centroid − worst).
  private func place(_ point: UnsafeMutableBufferPointer<Double>, at factor: Double) {
    let worst = row(n)
    for j in 0..<n {
      let x = centroid[j] + factor * (centroid[j] - worst[j])
      point[j] = min(max(x, lowerBound[j]), upperBound[j])
    }
  }

  private func accept(_ point: UnsafeMutableBufferPointer<Double>, _ value: Double) {
    let worst = row(n)
    for j in 0..<n { worst[j] = point[j] }
    values[n] = value
    sink(n)
  }

  private mutating func shrink(_ objective: (UnsafeBufferPointer<Double>) -> Double) {
    for i in 1...n {
      let vertex = row(i)
      for j in 0..<n { vertex[j] = row(0)[j] + shrinkage * (vertex[j] - row(0)[j]) }
      values[i] = evaluate(vertex, objective)
    }
    sort()
  }

  /// Insertion sort by value; stable, so that ties keep the older vertex in front.
  private func sort() {
    for i in 1...n { sink(i) }
  }

  private func sink(_ index: Int) {
    var i = index
    while i > 0, values[i] < values[i - 1] {
      values.swapAt(i, i - 1)
      let (a, b) = (row(i), row(i - 1))
      for j in 0..<n {
        let kept = a[j]
        a[j] = b[j]
        b[j] = kept
      }
      i -= 1
    }
  }

  private var hasConverged: Bool {
    let gap = values[n] - values[0]
    // Equal infinities differ by NaN: level, but nowhere.
    let isLevel = gap <= settings.valueTolerance * (1 + abs(values[0])) || values[n] == values[0]
    guard isLevel else { return false }
    for j in 0..<n {
      let x = row(0)[j]
      let limit = settings.pointTolerance * (1 + abs(x))
      for i in 1...n where !(abs(row(i)[j] - x) <= limit) { return false }
    }
    return true
  }
}
