/// The observations of a sample with its gaps filled: what a recursion over consecutive values needs.
///
/// A gap is filled with the line between its neighbours on the scale of the sample. What was filled in is never compared
/// with a forecast.
struct ConsecutiveValues {
  /// One value for each period from the first observation to the last, in the unit of the series.
  let values: [Double]
  /// The index in the sample of the observation of each period; nil where it was filled in.
  let observation: [Int?]

  /// The longest stretch of time that is filled, in periods.
  private static let longest = 100_000

  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` where more than half of a long stretch of time has no
  ///   observation.
  init(_ sample: Sample, model: String) throws(ForecastingError) {
    let span = (sample.positions.last ?? 0) + 1
    guard span == sample.count || span <= max(Self.longest, 2 * sample.count) else {
      throw .unsuitable(
        series: sample.name, model: model,
        problem: "needs observations that lie closer together: \(sample.count) stand in \(span) periods")
    }
    guard span > sample.count else {
      values = sample.observed
      observation = Array(sample.values.indices)
      return
    }
    var values = [Double](repeating: 0, count: span)
    var observation = [Int?](repeating: nil, count: span)
    for index in sample.positions.indices {
      let position = sample.positions[index]
      values[position] = sample.observed[index]
      observation[position] = index
      guard index > 0 else { continue }
      let before = sample.positions[index - 1]
      for gap in (before + 1)..<max(before + 1, position) {
        let part = Double(gap - before) / Double(position - before)
        values[gap] = sample.restored(
          sample.values[index - 1] + part * (sample.values[index] - sample.values[index - 1]))
      }
    }
    self.values = values
    self.observation = observation
  }
}
