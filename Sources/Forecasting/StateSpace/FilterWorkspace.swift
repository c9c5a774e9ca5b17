/// The buffers of a Kalman filter, allocated once: the system in the form that the recursions read, and the state of
/// the pass.
///
/// The transition is kept by its elements other than zero, row by row: a season of dummies has few, and the companion
/// form of an autoregression no more than two in a row.
final class FilterWorkspace {
  let dimension: Int
  /// a(t), the predicted state.
  let state: UnsafeMutablePointer<Double>
  /// P(t), its proper variance.
  let variance: UnsafeMutablePointer<Double>
  /// A(t), the directions in which it is still diffuse, one after another: P∞ = A Aᵀ.
  let directions: UnsafeMutablePointer<Double>
  /// The number of those directions.
  var rank = 0
  /// The number of directions that a singular transition made indistinguishable from others before they were seen.
  var forgotten = 0
  /// Z(t).
  let loading: UnsafeMutablePointer<Double>
  /// M = P Zᵀ.
  let covariance: UnsafeMutablePointer<Double>
  /// M∞ = P∞ Zᵀ while the start is diffuse; afterwards the M of the step before.
  let diffuseCovariance: UnsafeMutablePointer<Double>
  /// w = Aᵀ Zᵀ.
  let diffuseLoading: UnsafeMutablePointer<Double>
  let intercept: UnsafeMutablePointer<Double>
  let disturbance: UnsafeMutablePointer<Double>
  private let scratch: UnsafeMutablePointer<Double>
  private let elements: UnsafeMutablePointer<Double>
  private let columns: UnsafeMutablePointer<Int32>
  private let rowStarts: UnsafeMutablePointer<Int32>
  private let storage: UnsafeMutablePointer<Double>
  private let indices: UnsafeMutablePointer<Int32>

  init(dimension: Int) {
    let m = dimension
    self.dimension = m
    let size = 7 * m + 5 * m * m
    storage = .allocate(capacity: size)
    storage.initialize(repeating: 0, count: size)
    indices = .allocate(capacity: m * m + m + 1)
    indices.initialize(repeating: 0, count: m * m + m + 1)
    state = storage
    loading = storage + m
    covariance = storage + 2 * m
    diffuseCovariance = storage + 3 * m
    diffuseLoading = storage + 4 * m
    intercept = storage + 5 * m
    // One more vector is room for the state while it moves on.
    let matrices = storage + 7 * m
    variance = matrices
    directions = matrices + m * m
    disturbance = matrices + 2 * m * m
    scratch = matrices + 3 * m * m
    elements = matrices + 4 * m * m
    columns = indices
    rowStarts = indices + m * m
  }

  deinit {
    storage.deallocate()
    indices.deallocate()
  }

  /// Takes a system and puts the filter before its first observation.
  func load(_ system: StateSpace) {
    let m = dimension
    precondition(system.dimension == m, "the filter was made for another number of states")
    rank = system.diffuseRank
    forgotten = 0
    var filled: Int32 = 0
    for i in 0..<m {
      state[i] = system.initialState[i]
      loading[i] = system.loading[i]
      intercept[i] = system.intercept[i]
      rowStarts[i] = filled
      for j in 0..<m {
        let element = system.transition[i * m + j]
        variance[i * m + j] = system.initialVariance[i * m + j]
        disturbance[i * m + j] = system.disturbance[i * m + j]
        if element != 0 {
          elements[Int(filled)] = element
          columns[Int(filled)] = Int32(j)
          filled += 1
        }
      }
    }
    rowStarts[m] = filled
    for k in 0..<(rank * m) { directions[k] = system.diffuse[k] }
  }

  /// T x for one vector, which is replaced.
  func advance(_ x: UnsafeMutablePointer<Double>) {
    let m = dimension
    for i in 0..<m {
      var sum = 0.0
      for k in Int(rowStarts[i])..<Int(rowStarts[i + 1]) { sum += elements[k] * x[Int(columns[k])] }
      scratch[i] = sum
    }
    for i in 0..<m { x[i] = scratch[i] }
  }

  /// a ← T a + c.
  func advanceState() {
    advance(state)
    for i in 0..<dimension { state[i] += intercept[i] }
  }

  /// P ← T P Tᵀ + V; only the upper triangle is computed, so that P stays symmetric to the last digit.
  func advanceVariance() {
    let m = dimension
    for i in 0..<m {
      let row = scratch + i * m
      for j in 0..<m { row[j] = 0 }
      for k in Int(rowStarts[i])..<Int(rowStarts[i + 1]) {
        let element = elements[k]
        let source = variance + Int(columns[k]) * m
        for j in 0..<m { row[j] += element * source[j] }
      }
    }
    for j in 0..<m {
      let from = Int(rowStarts[j])
      let to = Int(rowStarts[j + 1])
      for i in 0...j {
        let row = scratch + i * m
        var sum = disturbance[i * m + j]
        for k in from..<to { sum += elements[k] * row[Int(columns[k])] }
        variance[i * m + j] = sum
        variance[j * m + i] = sum
      }
    }
  }

  /// A ← T A.
  func advanceDirections() {
    for column in 0..<rank { advance(directions + column * dimension) }
  }
}
