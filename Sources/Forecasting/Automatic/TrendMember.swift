/// A level and a trend that may fade, followed by exponential smoothing (Holt, 1957; Gardner and McKenzie, 1985).
///
/// The start enters the errors linearly, so it is solved for exactly in every pass; the search is left with the smoothing
/// weights. A single observation's worth of belief that there is no trend keeps the start of a short series sober.
struct TrendMember: EnsembleMember {
  let name: String
  /// What a one-step error adds to the level.
  let levelWeight: Double
  /// What a one-step error adds to the trend.
  let trendWeight: Double
  /// What remains of the trend after a step.
  let damping: Double
  /// The level before the first value.
  let level: Double
  /// The trend before the first value.
  let trend: Double

  /// The greatest and least damping, and the greatest share of the level's weight that goes to the trend.
  ///
  /// A season leaves noise in what it is taken out of, which a lively trend would follow.
  private static let dampings = 0.8...0.95
  private static let greatestShare = (plain: 1.0, seasonal: 0.1)

  /// Fits by least squares of the one-step errors.
  ///
  /// - Parameters:
  ///   - values: at least two consecutive values.
  ///   - damped: whether the trend fades.
  ///   - isSeasonal: whether a season was taken out of the values.
  init(_ values: UnsafeBufferPointer<Double>, damped: Bool, isSeasonal: Bool) {
    name = damped ? "damped-trend" : "holt"
    let share = isSeasonal ? Self.greatestShare.seasonal : Self.greatestShare.plain
    let search = PatternSearch(
      lower: [0.05, 0, damped ? Self.dampings.lowerBound : 1, 0],
      upper: [1, share, damped ? Self.dampings.upperBound : 1, 0],
      step: [0.15, 0.12, 0.05, 0], dimensions: damped ? 3 : 2, halvings: 4)
    func error(_ point: SIMD4<Double>) -> Double {
      Self.pass(values, level: point[0], trend: point[0] * point[1], damping: point[2]).squares
    }
    var start = SIMD4<Double>()
    var least = Double.infinity
    for level in [0.1, 0.4, 0.8] {
      for part in [0.02, min(0.2, share)] {
        for damping in damped ? [0.85, 0.93] : [1] {
          let value = error([level, part, damping, 0])
          if value < least { (start, least) = ([level, part, damping, 0], value) }
        }
      }
    }
    let point = search.minimise(from: start, error).point
    let solved = Self.pass(values, level: point[0], trend: point[0] * point[1], damping: point[2])
    levelWeight = point[0]
    trendWeight = point[0] * point[1]
    damping = point[2]
    level = solved.level
    trend = solved.trend
  }

  /// The start that makes the sum of squared errors least, and that sum.
  ///
  /// Every number is carried as a triple: its value where the start is nothing, and what it gains for each unit of the
  /// first level and of the first trend.
  private static func pass(
    _ values: UnsafeBufferPointer<Double>, level alpha: Double, trend beta: Double, damping: Double
  ) -> (squares: Double, level: Double, trend: Double) {
    var level = SIMD4<Double>(0, 1, 0, 0)
    var trend = SIMD4<Double>(0, 0, 1, 0)
    var (s00, s01, s02, s11, s12, s22) = (0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
    for value in values {
      let faded = damping * trend
      let expected = level + faded
      let error = SIMD4<Double>(value, 0, 0, 0) - expected
      level = expected + alpha * error
      trend = faded + beta * error
      s00 += error[0] * error[0]
      s01 += error[0] * error[1]
      s02 += error[0] * error[2]
      s11 += error[1] * error[1]
      s12 += error[1] * error[2]
      s22 += error[2] * error[2]
    }
    let determinant = s11 * s22 - s12 * s12
    guard determinant > 1e-12 * s11 * s22 else { return (.infinity, values[0], 0) }
    let first = (s02 * s12 - s01 * s22) / determinant
    let slope = (s01 * s12 - s02 * s11) / determinant
    let squares =
      s00 + 2 * (first * s01 + slope * s02) + first * first * s11 + 2 * first * slope * s12
      + slope * slope * s22
    return (max(squares, 0), first, slope)
  }

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    var level = level
    var trend = trend
    for end in 0..<values.count {
      let expected = level + damping * trend
      let error = values[end] - expected
      level = expected + levelWeight * error
      trend = damping * trend + trendWeight * error
      guard end >= first else { continue }
      var fade = damping
      var reach = 0.0
      for step in 0..<horizon {
        reach += fade
        fade *= damping
        forecasts[(end - first) * horizon + step] = level + reach * trend
      }
    }
  }
}
