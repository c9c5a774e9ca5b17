/// How often a series is to be differenced before it can be taken for stationary.
enum DifferencingOrder {
  /// The 5 per cent point of the statistic of Kwiatkowski, Phillips, Schmidt and Shin (1992), their table 1.
  static let criticalValue = 0.463
  /// A season that explains more than this share of the variance beside the trend is differenced (Hyndman and
  /// Athanasopoulos, 2021, section 9.1).
  static let seasonalStrengthLimit = 0.64

  /// The test of Kwiatkowski, Phillips, Schmidt and Shin (1992) for stationarity around a level, with Bartlett's
  /// weights up to lag ⌊3√n / 13⌋.
  ///
  /// - Returns: the statistic; 0 for values that do not vary.
  static func levelStatistic(_ values: [Double]) -> Double {
    let count = Double(values.count)
    guard values.count > 1 else { return 0 }
    let mean = values.reduce(0, +) / count
    let residuals = values.map { $0 - mean }
    var variance = residuals.reduce(0) { $0 + $1 * $1 }
    guard variance > 0 else { return 0 }
    let lags = Int(3 * count.squareRoot() / 13)
    for lag in 1..<max(1, lags + 1) {
      let product = zip(residuals.dropFirst(lag), residuals).reduce(0) { $0 + $1.0 * $1.1 }
      variance += 2 * (1 - Double(lag) / Double(lags + 1)) * product
    }
    var sum = 0.0
    var squares = 0.0
    for residual in residuals {
      sum += residual
      squares += sum * sum
    }
    return squares / (count * variance)
  }

  /// The number of first differences, at most two: one more as long as the test rejects stationarity at 5 per cent
  /// (Hyndman and Khandakar, 2008).
  static func regular(_ values: [Double]) -> Int {
    var current = values
    for order in 0..<ARIMA.greatestDifferences {
      guard levelStatistic(current) > criticalValue else { return order }
      current = zip(current.dropFirst(), current).map { $0 - $1 }
      let size = values.reduce(0) { max($0, abs($1)) }
      // A series of which nothing is left was a straight line.
      if current.allSatisfy({ abs($0 - current[0]) <= 1e-12 * size }) { return order + 1 }
    }
    return ARIMA.greatestDifferences
  }

  /// One seasonal difference where the season is strong, from two seasons and five observations on.
  static func seasonal(_ values: [Double], season: Int) -> Int {
    guard season > 1, values.count >= 2 * season + 5 else { return 0 }
    return seasonalStrength(values, season: season) > seasonalStrengthLimit ? 1 : 0
  }

  /// The strength of a season, max(0, 1 − var(R) / var(S + R)) (Wang, Smith and Hyndman, 2006), in a classical
  /// decomposition: a centred moving average over one season is the trend, the local average of what is left at each
  /// season is S, and R remains.
  static func seasonalStrength(_ values: [Double], season: Int) -> Double {
    let half = season / 2
    guard values.count >= 2 * season else { return 0 }
    let interior = half..<(values.count - half)
    let detrended = interior.map { t in
      var sum =
        season % 2 == 0 ? (values[t - half] + values[t + half]) / 2 : values[t - half] + values[t + half]
      for index in (t - half + 1)..<max(t + half, t - half + 1) { sum += values[index] }
      return values[t] - sum / Double(season)
    }
    var remainder: [Double] = []
    var compared: [Double] = []
    for time in detrended.indices {
      guard let level = seasonalLevel(detrended, at: time, season: season) else { continue }
      // An average that the value itself is part of leaves too little; this has the variance that is meant.
      remainder.append((detrended[time] - level.value) / (1 - level.ownWeight).squareRoot())
      compared.append(detrended[time])
    }
    guard compared.count >= season else { return 0 }
    func variance(_ list: [Double]) -> Double {
      let mean = list.reduce(0, +) / Double(list.count)
      return list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    let whole = variance(compared)
    return whole > 0 ? max(0, 1 - variance(remainder) / whole) : 0
  }

  /// The level of a season at one time: the same season of the nearest eleven years, weighted by tricubes of their
  /// distance, as the cycle-subseries of STL are smoothed (Cleveland and others, 1990), so that a season may grow.
  ///
  /// - Returns: the level and the weight of the value itself in it; nil where there is no other year.
  private static func seasonalLevel(
    _ values: [Double], at time: Int, season: Int
  ) -> (value: Double, ownWeight: Double)? {
    let own = Array(stride(from: time % season, to: values.count, by: season))
    let distances = own.map { abs($0 - time) / season }
    let span = 11
    let reach = Double(distances.sorted().prefix(span).last ?? 0) + Double(max(0, span - own.count)) / 2
    guard own.count > 1 else { return nil }
    var sum = 0.0
    var total = 0.0
    for (index, distance) in zip(own, distances) {
      let share = Double(distance) / reach
      guard share < 1 else { continue }
      let cube = 1 - share * share * share
      let weight = cube * cube * cube
      sum += weight * values[index]
      total += weight
    }
    // The value itself has a tricube weight of one.
    return total > 1 ? (sum / total, 1 / total) : nil
  }
}
