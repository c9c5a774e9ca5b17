/// The airline model, ARIMA(0,1,1)(0,1,1), by conditional least squares (Box and Jenkins, 1970, chapter 9).
struct AirlineMember: EnsembleMember {
  let name: String
  private let season: Int
  private let regular: Double
  private let seasonal: Double

  /// Fits more than one season and one value.
  init(_ values: UnsafeBufferPointer<Double>, season: Int) {
    name = "arima(0,1,1)(0,1,1)\(season)"
    self.season = season
    let count = values.count
    let lag = season + 1
    let point = withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * count) { room in
      let errors = UnsafeMutableBufferPointer(rebasing: room[..<count])
      let changes = UnsafeMutableBufferPointer(rebasing: room[count...])
      for index in 0..<count {
        errors[index] = 0
        changes[index] =
          index < lag
          ? 0 : values[index] - values[index - 1] - values[index - season] + values[index - lag]
      }
      func error(_ point: SIMD4<Double>) -> Double {
        let product = point[0] * point[1]
        var squares = 0.0
        for index in lag..<count {
          let error =
            changes[index] + point[0] * errors[index - 1] + point[1] * errors[index - season]
            - product * errors[index - lag]
          errors[index] = error
          squares += error * error
        }
        return squares
      }
      var start = SIMD4<Double>()
      var least = Double.infinity
      for first in [0.2, 0.5, 0.8] {
        for second in [0.3, 0.6, 0.85] {
          let value = error([first, second, 0, 0])
          if value < least { (start, least) = ([first, second, 0, 0], value) }
        }
      }
      let search = PatternSearch(
        lower: [-0.5, 0, 0, 0], upper: [0.97, 0.95, 0, 0], step: [0.12, 0.12, 0, 0], dimensions: 2,
        halvings: 4)
      return search.minimise(from: start, error).point
    }
    regular = point[0]
    seasonal = point[1]
  }

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    let count = values.count
    let lag = season + 1
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * (count + horizon)) { room in
      let errors = UnsafeMutableBufferPointer(rebasing: room[..<(count + horizon)])
      let path = UnsafeMutableBufferPointer(rebasing: room[(count + horizon)...])
      for index in errors.indices { errors[index] = 0 }
      for index in path.indices { path[index] = index < count ? values[index] : 0 }
      for end in 0..<count {
        if end >= lag {
          errors[end] =
            values[end] - values[end - 1] - values[end - season] + values[end - lag]
            + regular * errors[end - 1] + seasonal * errors[end - season]
            - regular * seasonal * errors[end - lag]
        }
        guard end >= first else { continue }
        for step in 0..<horizon {
          let index = end + 1 + step
          guard end >= season else {
            // Before there is a season to difference with, the last value stands.
            forecasts[(end - first) * horizon + step] = values[end]
            continue
          }
          var expected = path[index - 1] + path[index - season] - path[index - lag]
          if index - 1 <= end { expected -= regular * errors[index - 1] }
          if index - season <= end { expected -= seasonal * errors[index - season] }
          if index - lag <= end { expected += regular * seasonal * errors[index - lag] }
          path[index] = expected
          forecasts[(end - first) * horizon + step] = expected
        }
        for index in (end + 1)..<max(end + 1, min(count, end + 1 + horizon)) { path[index] = values[index] }
      }
    }
  }
}
