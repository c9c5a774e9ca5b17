/// The classical decomposition into a centred moving average over one period, a season that never changes, and the rest
/// (Persons, 1919; as in R's `decompose`).
struct ClassicalSeason {
  /// The season of the first to the last place in the period: sum zero, or mean one.
  let figure: [Double]
  /// The centred moving average; it begins half a period after the first value and ends half a period before the last.
  let trend: [Double]

  /// Decomposes at least two whole periods.
  init(_ values: [Double], period: Int, isMultiplicative: Bool) {
    let half = period / 2
    let ends = period % 2 == 0 ? 0.5 : 1.0
    trend = (half..<max(half, values.count - half)).map { centre in
      var sum = ends * (values[centre - half] + values[centre + half])
      for offset in (1 - half)..<max(half, 1 - half) { sum += values[centre + offset] }
      return sum / Double(period)
    }
    var sums = [Double](repeating: 0, count: period)
    var counts = [Double](repeating: 0, count: period)
    for (index, level) in trend.enumerated() {
      let place = index + half
      sums[place % period] += isMultiplicative ? values[place] / level : values[place] - level
      counts[place % period] += 1
    }
    let figure = zip(sums, counts).map { $0 / max($1, 1) }
    let mean = figure.reduce(0, +) / Double(period)
    self.figure = figure.map { isMultiplicative ? $0 / mean : $0 - mean }
  }
}

/// The intercept and the slope of the straight line through values at 1, 2, 3 ….
func straightLine(_ values: some Collection<Double>) -> (intercept: Double, slope: Double) {
  let count = Double(values.count)
  let centre = (count + 1) / 2
  let mean = values.reduce(0, +) / count
  var product = 0.0
  for (index, value) in values.enumerated() { product += (Double(index + 1) - centre) * (value - mean) }
  let squares = count * (count * count - 1) / 12
  let slope = squares > 0 ? product / squares : 0
  return (mean - slope * centre, slope)
}
