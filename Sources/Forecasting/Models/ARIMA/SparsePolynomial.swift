/// A polynomial in the backshift operator, 1 + Σ aₖ Bᵏ over a few powers k, that filters columns of numbers.
///
/// The airline model's moving average has degree 13 and three coefficients: its filters take three products a step.
struct SparsePolynomial: ~Copyable {
  private let count: Int
  private let lags: UnsafeMutablePointer<Int>
  private let values: UnsafeMutablePointer<Double>

  /// A polynomial with the given powers; its coefficients are zero until they are taken.
  init(lags list: [Int]) {
    count = list.count
    lags = .allocate(capacity: max(1, list.count))
    values = .allocate(capacity: max(1, list.count))
    for (index, lag) in list.enumerated() { lags[index] = lag }
    values.initialize(repeating: 0, count: max(1, list.count))
  }

  deinit {
    lags.deallocate()
    values.deallocate()
  }

  /// Takes the coefficients of B, B², … from a dense list, times a sign.
  func take(_ dense: UnsafePointer<Double>, sign: Double = 1) {
    for index in 0..<count { values[index] = sign * dense[lags[index] - 1] }
  }

  /// Solves (1 + Σ aₖBᵏ) output = input; the output must be preceded by as many zeros as the degree, and may be the
  /// input itself.
  func divide(
    _ input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>, count rows: Int
  ) {
    if count == 3 {
      // The airline's pattern, one regular and one seasonal coefficient, with its three products in registers.
      let (a, b, c) = (values[0], values[1], values[2])
      let (i, j, k) = (lags[0], lags[1], lags[2])
      for t in 0..<rows {
        output[t] = (input[t] - b * output[t - j] - c * output[t - k]) - a * output[t - i]
      }
      return
    }
    for t in 0..<rows {
      var sum = input[t]
      for index in 0..<count { sum -= values[index] * output[t - lags[index]] }
      output[t] = sum
    }
  }

  /// Solves for two columns at once, the loops being bound by the time from one output to the next.
  func divide(
    _ first: UnsafePointer<Double>, into firstOutput: UnsafeMutablePointer<Double>, count firstRows: Int,
    _ second: UnsafePointer<Double>, into secondOutput: UnsafeMutablePointer<Double>, count secondRows: Int
  ) {
    let shared = count == 3 && lags[0] == 1 ? min(firstRows, secondRows) : 0
    if shared > 0 {
      let (a, b, c) = (values[0], values[1], values[2])
      let (j, k) = (lags[1], lags[2])
      var (x, y) = (firstOutput[-1], secondOutput[-1])
      for t in 0..<shared {
        x = (first[t] - b * firstOutput[t - j] - c * firstOutput[t - k]) - a * x
        y = (second[t] - b * secondOutput[t - j] - c * secondOutput[t - k]) - a * y
        firstOutput[t] = x
        secondOutput[t] = y
      }
    }
    divide(first + shared, into: firstOutput + shared, count: firstRows - shared)
    divide(second + shared, into: secondOutput + shared, count: secondRows - shared)
  }

  /// Writes (1 + Σ aₖBᵏ) input; the input must be preceded by as many zeros as the degree.
  func multiply(
    _ input: UnsafePointer<Double>, into output: UnsafeMutablePointer<Double>, count rows: Int
  ) {
    for t in 0..<rows {
      var sum = input[t]
      for index in 0..<count { sum += values[index] * input[t - lags[index]] }
      output[t] = sum
    }
  }
}
