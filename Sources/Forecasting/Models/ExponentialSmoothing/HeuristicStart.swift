/// Starting states read off the first cycles, without a search (Hyndman, Koehler, Ord and Snyder, 2008, section 2.6.1):
/// the season by classical decomposition, level and growth by a straight line through the first ten seasonally adjusted
/// values, or two cycles of them.
struct HeuristicStart {
  let level: Double
  let growth: Double
  /// In the order of time; empty without a season.
  let season: [Double]

  init(form: ETSForm, values: [Double], period: Int) {
    var adjusted = values
    switch form.season {
    case .none: season = []
    case .additive:
      let figure = ClassicalSeason(values, period: period, isMultiplicative: false).figure
      adjusted = values.enumerated().map { $1 - figure[$0 % period] }
      season = figure
    case .multiplicative:
      // A season that comes to nothing could not be divided by.
      let figure = ClassicalSeason(values, period: period, isMultiplicative: true).figure.map {
        max($0, 1e-2)
      }
      let mean = figure.reduce(0, +) / Double(period)
      season = figure.map { $0 / mean }
      adjusted = values.enumerated().map { $1 / (figure[$0 % period] / mean) }
    }
    let head = adjusted.prefix(max(10, 2 * period))
    let line = straightLine(head)
    let mean = head.reduce(0, +) / Double(head.count)
    switch form.trend {
    case .none: (level, growth) = (mean, 0)
    case .additive, .damped: (level, growth) = (line.intercept, line.slope)
    case .multiplicative, .dampedMultiplicative:
      // The factor of the line's second value over its first, as long as both are values that the series could have.
      let first = line.intercept + line.slope
      let factor = first > 0.1 * mean ? max(0.5, min(2, (first + line.slope) / first)) : 1
      (level, growth) = (first > 0.1 * mean ? first / factor : mean, factor)
    }
  }

  /// The states, ready for a trace.
  var state: ETSState { ETSState(level: level, growth: growth, season: season) }
}
