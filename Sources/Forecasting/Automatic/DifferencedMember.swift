/// ARIMA(1,1,1), with or without the mean change as its constant, by conditional least squares (Box and Jenkins, 1970).
struct DifferencedMember: EnsembleMember {
  let name: String
  private let autoregression: Double
  private let movingAverage: Double
  private let drift: Double

  /// Fits at least three consecutive values; a drift of zero is no constant.
  init(_ values: UnsafeBufferPointer<Double>, drift: Double) {
    name = drift == 0 ? "arima(1,1,1)" : "arima(1,1,1,drift)"
    self.drift = drift
    func error(_ point: SIMD4<Double>) -> Double {
      var error = 0.0
      var previous = 0.0
      var squares = 0.0
      for index in 1..<values.count {
        let change = values[index] - values[index - 1] - drift
        error = change - point[0] * previous - point[1] * error
        previous = change
        squares += error * error
      }
      return squares
    }
    var start = SIMD4<Double>()
    var least = Double.infinity
    for first in [-0.4, 0, 0.4, 0.8] {
      for second in [-0.8, -0.4, 0, 0.4] {
        let value = error([first, second, 0, 0])
        if value < least { (start, least) = ([first, second, 0, 0], value) }
      }
    }
    let search = PatternSearch(
      lower: [-0.9, -0.97, 0, 0], upper: [0.95, 0.9, 0, 0], step: [0.15, 0.15, 0, 0], dimensions: 2,
      halvings: 4)
    let point = search.minimise(from: start, error).point
    autoregression = point[0]
    movingAverage = point[1]
  }

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    var error = 0.0
    var previous = 0.0
    for end in 0..<values.count {
      if end > 0 {
        let change = values[end] - values[end - 1] - drift
        error = change - autoregression * previous - movingAverage * error
        previous = change
      }
      guard end >= first else { continue }
      var expected = values[end]
      var change = autoregression * previous + movingAverage * error
      for step in 0..<horizon {
        expected += drift + change
        change *= autoregression
        forecasts[(end - first) * horizon + step] = expected
      }
    }
  }
}
