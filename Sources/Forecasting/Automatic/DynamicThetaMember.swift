/// The dynamic optimised Theta model of Fiorucci and others (2016): a level followed by smoothing beside a line through
/// all values so far, whose share is estimated.
struct DynamicThetaMember: EnsembleMember {
  let name = "dynamic-theta"
  private let weight: Double
  private let theta: Double
  private let level: Double

  /// The smoothing weights and shares of the line that are considered.
  private static let weights = 0.1...0.99
  private static let thetas = 1.0...30.0

  /// Fits at least three consecutive values by least squares of the one-step errors after the first.
  init(_ values: UnsafeBufferPointer<Double>) {
    func error(_ point: SIMD4<Double>) -> Double {
      Self.pass(values, weight: point[0], theta: point[1]).squares
    }
    var start = SIMD4<Double>()
    var least = Double.infinity
    for weight in [0.1, 0.3, 0.5, 0.8] {
      for theta in [1.3, 2, 4] {
        let value = error([weight, theta, 0, 0])
        if value < least { (start, least) = ([weight, theta, 0, 0], value) }
      }
    }
    let search = PatternSearch(
      lower: [Self.weights.lowerBound, Self.thetas.lowerBound, 0, 0],
      upper: [Self.weights.upperBound, Self.thetas.upperBound, 0, 0],
      step: [0.1, 0.6, 0, 0], dimensions: 2, halvings: 4)
    let point = search.minimise(from: start, error).point
    weight = point[0]
    theta = point[1]
    level = Self.pass(values, weight: weight, theta: theta).level
  }

  /// The line through all values so far, kept as it grows.
  private struct Line {
    var count = 0.0
    var mean = 0.0
    var slope = 0.0
    /// (1 - weight) to the power of the number of values.
    var remaining = 1.0

    /// What the line adds to the next forecast.
    func addition(weight: Double) -> Double {
      let intercept = mean - (count + 1) / 2 * slope
      return remaining * intercept + (1 - remaining * (1 - weight)) / weight * slope
    }

    mutating func add(_ value: Double, weight: Double) {
      let error = value - mean
      count += 1
      slope = count < 2 ? 0 : ((count - 2) * slope + 6 / count * error) / (count + 1)
      mean += error / count
      remaining *= 1 - weight
    }
  }

  private static func pass(
    _ values: UnsafeBufferPointer<Double>, weight: Double, theta: Double
  ) -> (squares: Double, level: Double) {
    let share = 1 - 1 / theta
    var line = Line()
    var level = 0.0
    var gain = 1.0
    var (s00, s01, s11) = (0.0, 0.0, 0.0)
    for index in values.indices {
      if index > 0 {
        let error = values[index] - level - share * line.addition(weight: weight)
        s00 += error * error
        s01 += error * gain
        s11 += gain * gain
      }
      level += weight * (values[index] - level)
      gain *= 1 - weight
      line.add(values[index], weight: weight)
    }
    guard s11 > 0 else { return (s00, values[0]) }
    return (max(s00 - s01 * s01 / s11, 0), s01 / s11)
  }

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    let share = 1 - 1 / theta
    var line = Line()
    var level = level
    for end in 0..<values.count {
      level += weight * (values[end] - level)
      line.add(values[end], weight: weight)
      guard end >= first else { continue }
      // The line goes on through the forecasts as if they had come true.
      var aheadLine = line
      var aheadLevel = level
      for step in 0..<horizon {
        let expected = aheadLevel + share * aheadLine.addition(weight: weight)
        forecasts[(end - first) * horizon + step] = expected
        aheadLevel += weight * (expected - aheadLevel)
        aheadLine.add(expected, weight: weight)
      }
    }
  }
}
