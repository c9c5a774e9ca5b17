import TimeSeries

/// Whether the series of a pool are forecast better together or each by itself, found out on earlier ends of the whole
/// pool.
///
/// Both ways forecast again from the last three ends of the pool's calendar; the errors are those of the medians, in
/// units of each series' mean absolute change, averaged over all series. Short series cannot be taken shorter, and
/// there the pool speaks unasked.
struct PoolContest {
  /// The mean scaled errors; nil where there was nothing to score.
  let together: Double
  let alone: Double
  /// The number of forecasts that were scored, each way.
  let count: Int

  /// Fewer observations in the middle series of a pool are not taken shorter.
  static let fewestObservations = 12
  private static let origins = 3
  private static let reach = 3

  /// - Returns: nil for pools of short series, and where nothing could be scored.
  init?(_ pool: [Sample], horizon: Int, alone forecastAlone: (Sample) throws -> any FittedModel) {
    let lengths = pool.map { Double($0.count) }
    guard Middle.median(lengths) >= Double(Self.fewestObservations) else { return nil }
    let ends = pool.map { Self.end($0, of: pool) }
    guard let latest = ends.compactMap({ $0 }).max() else { return nil }
    let reach = min(horizon, Self.reach)
    var sums = (together: 0.0, alone: 0.0)
    var count = 0
    for origin in 0..<Self.origins {
      let cut = latest - reach - origin
      var known: [Sample] = []
      var whole: [(sample: Sample, kept: Int)] = []
      for (sample, end) in zip(pool, ends) {
        guard let end, let last = sample.positions.last else { continue }
        let kept = sample.positions.count { $0 + end - last <= cut }
        guard kept >= Self.fewestObservations / 2, kept < sample.count else { continue }
        known.append(sample.prefix(kept))
        whole.append((sample, kept))
      }
      let pooled = PooledTrend().fits(known, horizon: reach)
      for (index, (sample, kept)) in whole.enumerated() {
        guard let first = pooled[index], let second = try? forecastAlone(known[index]) else { continue }
        let scale = Self.scale(known[index])
        guard scale > 0 else { continue }
        for target in kept..<sample.count {
          let step = sample.positions[target] - sample.positions[kept - 1]
          guard step <= reach, let errors = Self.errors(first, second, step, sample.observed[target]) else {
            continue
          }
          sums.together += errors.0 / scale
          sums.alone += errors.1 / scale
          count += 1
        }
      }
    }
    guard count > 0 else { return nil }
    together = sums.together / Double(count)
    alone = sums.alone / Double(count)
    self.count = count
  }

  /// Whether each series is better forecast by itself.
  var isWonAlone: Bool { alone < together }

  /// The contest in a sentence.
  var remark: String {
    func text(_ error: Double) -> String { NumberText.plain((error * 100).rounded() / 100) }
    return
      "over \(count) earlier forecasts of the pool the series erred by \(text(together)) of a usual change "
      + "together and by \(text(alone)) each by itself"
  }

  /// The last period of a sample in the calendar of the first; samples without dates end together.
  private static func end(_ sample: Sample, of pool: [Sample]) -> Int? {
    guard let reference = pool.lazy.compactMap(\.firstPeriod).first else { return 0 }
    guard let first = sample.firstPeriod, let last = sample.positions.last else { return nil }
    return reference.distance(to: first).map { $0 + last }
  }

  private static func scale(_ sample: Sample) -> Double {
    var sum = 0.0
    for index in sample.observed.indices.dropFirst() {
      sum += abs(sample.observed[index] - sample.observed[index - 1])
    }
    return sum / Double(max(sample.count - 1, 1))
  }

  private static func errors(
    _ first: any FittedModel, _ second: any FittedModel, _ step: Int, _ actual: Double
  ) -> (Double, Double)? {
    guard let together = try? first.predictive(step: step).quantile(0.5),
      let alone = try? second.predictive(step: step).quantile(0.5)
    else { return nil }
    return (abs(first.sample.restored(together) - actual), abs(second.sample.restored(alone) - actual))
  }
}
