import Statistics

/// Paths of one series at every width of period, as sums, with wide periods in the order of the sums of the
/// shortest.
struct LevelDraws: Sendable {
  /// What makes a sum of a figure of each width: the number of shortest periods in it, where figures are
  /// means.
  let factors: [Double]
  private let paths: Int
  /// For each width the draws, step after step, path after path.
  private var values: [[Double]]

  init(
    _ forecasts: [Forecast], hierarchy: TemporalHierarchy, years: Int, paths: Int, seed: UInt64
  ) throws(ForecastingError) {
    self.paths = paths
    let base = hierarchy.calendar.base
    factors = hierarchy.levels.map { level in
      hierarchy.aggregation == .mean ? Double(level.span.rawValue / base.rawValue) : 1
    }
    values = []
    for (index, forecast) in forecasts.enumerated() {
      let steps = forecast.horizon
      var block = [Double](repeating: 0, count: steps * paths)
      block.withUnsafeMutableBufferPointer {
        forecast.model.drawPaths(
          0..<paths, horizon: steps,
          from: RandomStream(seed: seed, name: "\(hierarchy.levels[index].span) of \(hierarchy.name)"),
          into: $0)
      }
      guard block.allSatisfy(\.isFinite) else {
        throw .numerical(
          series: hierarchy.name, model: forecast.model.specification, reason: "a path of it is not a number")
      }
      let factor = factors[index]
      values.append(
        (0..<steps).flatMap { step in (0..<paths).map { block[$0 * steps + step] * factor } })
    }
    let shortest = values[values.count - 1]
    for (index, level) in hierarchy.levels.enumerated().dropLast() {
      let width = level.span.rawValue / base.rawValue
      for step in 0..<forecasts[index].horizon {
        var sums = [Double](repeating: 0, count: paths)
        for part in (step * width)..<((step + 1) * width) {
          for path in 0..<paths { sums[path] += shortest[part * paths + path] }
        }
        let range = (step * paths)..<((step + 1) * paths)
        let sorted = values[index][range].sorted()
        for (rank, path) in JointDraws.order(sums).enumerated() {
          values[index][step * paths + path] = sorted[rank]
        }
      }
    }
  }

  /// The draws of a width at a step, from 0, by path.
  func draws(level: Int, step: Int) -> ArraySlice<Double> {
    values[level][(step * paths)..<((step + 1) * paths)]
  }
}
