/// The recursion of Holt and Winters over a series, from start values that are read off its first cycles.
struct HoltWintersRecursion: Sendable {
  let values: [Double]
  let season: ETSForm.Season
  let hasTrend: Bool
  /// The states before the first value that is forecast.
  let start: ETSState

  /// What one pass found.
  struct Run {
    var sumOfSquares = 0.0
    /// One-step errors from the first value that is forecast.
    var errors: [Double] = []
    var final: ETSState
    /// The states before each value that is forecast.
    var states: [ETSState] = []
  }

  /// The first value that is forecast; those before it are the start.
  var first: Int { season == .none ? (hasTrend ? 2 : 1) : start.season.count }

  /// The start values of R's `HoltWinters`: with a season, the classical decomposition of the first two cycles and the line
  /// through its trend; without, the first values themselves.
  static func start(
    _ values: [Double], season: ETSForm.Season, hasTrend: Bool, period: Int
  ) -> ETSState {
    guard season != .none else {
      return hasTrend
        ? ETSState(level: values[1], growth: values[1] - values[0], season: [])
        : ETSState(level: values[0], growth: 0, season: [])
    }
    let cycles = ClassicalSeason(
      Array(values.prefix(2 * period)), period: period, isMultiplicative: season == .multiplicative)
    let line = straightLine(cycles.trend)
    return ETSState(level: line.intercept, growth: hasTrend ? line.slope : 0, season: cycles.figure)
  }

  /// One pass; nil where a season that multiplies came to a level of zero, or a number is too large.
  ///
  /// - Parameter keepsStates: whether errors and states are kept, which a search does not need.
  func run(_ weights: SmoothingWeights, keepsStates: Bool = false) -> Run? {
    var run = Run(final: start)
    let period = start.season.count
    var place = 0
    for value in values[first...] {
      if keepsStates {
        run.states.append(
          ETSState(
            level: run.final.level, growth: run.final.growth, season: Self.turned(run.final.season, by: place)
          ))
      }
      let expected = expectation(run.final, place: place)
      let error = value - expected
      guard Self.step(&run.final, place: place, value: value, weights: weights, season: season) else {
        return nil
      }
      run.sumOfSquares += error * error
      if keepsStates { run.errors.append(error) }
      if period > 0 { place = (place + 1) % period }
    }
    run.final.season = Self.turned(run.final.season, by: place)
    return run.sumOfSquares.isFinite ? run : nil
  }

  func expectation(_ state: ETSState, place: Int) -> Double {
    let base = state.level + state.growth
    switch season {
    case .none: return base
    case .additive: return base + state.season[place]
    case .multiplicative: return base * state.season[place]
    }
  }

  /// Seasons in the order in which they come next, from the place of the next one.
  private static func turned(_ season: [Double], by place: Int) -> [Double] {
    Array(season[place...] + season[..<place])
  }

  /// Takes up one value.
  ///
  /// - Returns: whether there was nothing to divide by zero.
  static func step(
    _ state: inout ETSState, place: Int, value: Double, weights: SmoothingWeights, season: ETSForm.Season
  ) -> Bool {
    let base = state.level + state.growth
    let old = season == .none ? 0 : state.season[place]
    let adjusted: Double
    switch season {
    case .none: adjusted = value
    case .additive: adjusted = value - old
    case .multiplicative:
      guard old != 0 else { return false }
      adjusted = value / old
    }
    let level = weights.alpha * adjusted + (1 - weights.alpha) * base
    state.growth = weights.beta * (level - state.level) + (1 - weights.beta) * state.growth
    state.level = level
    switch season {
    case .none: break
    case .additive:
      state.season[place] = weights.gamma * (value - level) + (1 - weights.gamma) * old
    case .multiplicative:
      guard level != 0 else { return false }
      state.season[place] = weights.gamma * (value / level) + (1 - weights.gamma) * old
    }
    return true
  }
}
