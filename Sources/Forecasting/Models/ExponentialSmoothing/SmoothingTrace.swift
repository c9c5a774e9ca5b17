/// One pass of the recursion over a sample: states before and after every observation, and the errors.
///
/// The season of observation t stands at `season[t]` and the one that replaces it at `season[t + period]`; so the first
/// `period` places are the starting seasons, in the order of time, and the last ones the final seasons. Level and growth
/// before observation t stand at index t. All storage is one allocation for a fit.
struct SmoothingTrace {
  let count: Int
  /// The length of the season; 0 for forms without.
  let period: Int
  let values: UnsafeMutablePointer<Double>
  let level: UnsafeMutablePointer<Double>
  let growth: UnsafeMutablePointer<Double>
  let season: UnsafeMutablePointer<Double>
  /// Observation less expectation, in the unit of the values also where errors are multiplicative.
  let deviation: UnsafeMutablePointer<Double>
  /// The derivative of the objective with respect to each deviation.
  let pull: UnsafeMutablePointer<Double>
  /// The derivative of the objective with respect to each season, while the adjoint recursion runs; at its end the
  /// first `period` hold those of the starting seasons.
  let seasonPull: UnsafeMutablePointer<Double>

  init(count: Int, period: Int) {
    self.count = count
    self.period = period
    let capacity = 5 * count + 2 + 2 * (count + period)
    let storage = UnsafeMutablePointer<Double>.allocate(capacity: capacity)
    storage.initialize(repeating: 0, count: capacity)
    values = storage
    level = values + count
    growth = level + count + 1
    season = growth + count + 1
    deviation = season + count + period
    pull = deviation + count
    seasonPull = pull + count
  }

  /// Gives the storage back; the trace must not be used afterwards.
  func deallocate() { values.deallocate() }
}
