/// Holt and Winters' smoothing with a fading trend and a season that may change: multiplied, or added (Winters, 1960).
///
/// It starts from the trend and the season that were found in the series by themselves.
struct SeasonMember: EnsembleMember {
  let name: String
  private let weights: SIMD4<Double>
  private let start: TrendMember
  private let season: ShrunkSeason

  /// Fits the series as it is, season and all.
  ///
  /// - Parameters:
  ///   - values: consecutive values.
  ///   - season: the season of the values.
  ///   - start: the damped trend of the values without their season.
  init(_ values: UnsafeBufferPointer<Double>, season: ShrunkSeason, start: TrendMember) {
    name = season.isMultiplied ? "holt-winters(multiplicative,damped)" : "holt-winters(additive,damped)"
    self.start = start
    self.season = season
    let share = start.levelWeight > 0 ? min(0.1, start.trendWeight / start.levelWeight) : 0
    weights = withUnsafeTemporaryAllocation(of: Double.self, capacity: season.indices.count) { indices in
      func error(_ point: SIMD4<Double>) -> Double {
        for place in indices.indices { indices[place] = season.indices[place] }
        var state = State(level: start.level, trend: start.trend, place: 0)
        var squares = 0.0
        for value in values {
          let error = state.update(
            value, weights: point, isMultiplied: season.isMultiplied, indices: indices)
          squares += error * error
        }
        return squares.isFinite ? squares : .greatestFiniteMagnitude
      }
      var first = SIMD4<Double>()
      var least = Double.infinity
      for level in [0.7 * start.levelWeight, start.levelWeight] {
        for seasonal in [0.02, 0.1, 0.3] {
          let point: SIMD4<Double> = [level, share, seasonal, start.damping]
          let value = error(point)
          if value < least { (first, least) = (point, value) }
        }
      }
      let search = PatternSearch(
        lower: [0.01, 0, 0, 0.8], upper: [1, 0.1, 0.9, 0.95], step: [0.1, 0.1, 0.08, 0.05], dimensions: 4,
        halvings: 4)
      return search.minimise(from: first, error).point
    }
  }

  /// Where the recursion stands.
  private struct State {
    var level: Double
    var trend: Double
    /// The place in the season of the next value.
    var place: Int

    /// Takes in a value and gives its one-step error.
    mutating func update(
      _ value: Double, weights: SIMD4<Double>, isMultiplied: Bool,
      indices: UnsafeMutableBufferPointer<Double>
    ) -> Double {
      let base = level + weights[3] * trend
      let index = indices[place]
      let error: Double
      if isMultiplied {
        error = value - base * index
        level = base + weights[0] * error / index
        trend = weights[3] * trend + weights[0] * weights[1] * error / index
        // An index far below any that is seen only keeps the quotient finite.
        if base != 0 { indices[place] = max(0.01, index + weights[2] * error / base) }
      } else {
        error = value - base - index
        level = base + weights[0] * error
        trend = weights[3] * trend + weights[0] * weights[1] * error
        indices[place] = index + weights[2] * error
      }
      place = place + 1 == indices.count ? 0 : place + 1
      return error
    }
  }

  func forecast(
    _ values: UnsafeBufferPointer<Double>, from first: Int, horizon: Int,
    into forecasts: UnsafeMutableBufferPointer<Double>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: season.indices.count) { indices in
      for place in indices.indices { indices[place] = season.indices[place] }
      var state = State(level: start.level, trend: start.trend, place: 0)
      for end in 0..<values.count {
        _ = state.update(
          values[end], weights: weights, isMultiplied: season.isMultiplied, indices: indices)
        guard end >= first else { continue }
        var fade = weights[3]
        var reach = 0.0
        for step in 0..<horizon {
          reach += fade
          fade *= weights[3]
          let base = state.level + reach * state.trend
          let index = indices[(state.place + step) % indices.count]
          forecasts[(end - first) * horizon + step] = season.isMultiplied ? base * index : base + index
        }
      }
    }
  }
}
