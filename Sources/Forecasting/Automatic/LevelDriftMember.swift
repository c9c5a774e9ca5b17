/// The Theta method of Assimakopoulos and Nikolopoulos (2000) in the form of Hyndman and Billah (2003): simple exponential
/// smoothing with half the slope of the line through the series as its drift.
struct LevelDriftMember: EnsembleMember {
  let name = "theta"
  private let weight: Double
  private let level: Double
  private let drift: Double

  /// Fits at least two consecutive values.
  init(_ values: UnsafeBufferPointer<Double>) {
    func error(_ point: SIMD4<Double>) -> Double { Self.pass(values, weight: point[0]).squares }
    var start = 0.5
    var least = Double.infinity
    for weight in [0.1, 0.3, 0.5, 0.7, 0.9] {
      let value = error([weight, 0, 0, 0])
      if value < least { (start, least) = (weight, value) }
    }
    let search = PatternSearch(
      lower: [0.05, 0, 0, 0], upper: [1, 0, 0, 0], step: [0.1, 0, 0, 0], dimensions: 1, halvings: 4)
    weight = search.minimise(from: [start, 0, 0, 0], error).point[0]
    level = Self.pass(values, weight: weight).level
    let count = Double(values.count)
    let mean = values.reduce(0) { $0 + $1 / count }
    var products = 0.0
    for index in values.indices { products += (Double(index) - (count - 1) / 2) * (values[index] - mean) }
    drift = 6 * products / (count * (count * count - 1))
  }

  private static func pass(
    _ values: UnsafeBufferPointer<Double>, weight: Double
  ) -> (squares: Double, level: Double) {
    var level = 0.0
    var gain = 1.0
    var (s00, s01, s11) = (0.0, 0.0, 0.0)
    for value in values {
      let error = value - level
      s00 += error * error
      s01 += error * gain
      s11 += gain * gain
      level += weight * error
      gain *= 1 - weight
    }
    return (max(s00 - s01 * s01 / s11, 0), s01 / s11)
  }

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    var level = level
    var remaining = 1.0
    for end in 0..<values.count {
      level += weight * (values[end] - level)
      remaining *= 1 - weight
      guard end >= first else { continue }
      for step in 0..<horizon {
        forecasts[(end - first) * horizon + step] = level + drift * (Double(step) + (1 - remaining) / weight)
      }
    }
  }
}
