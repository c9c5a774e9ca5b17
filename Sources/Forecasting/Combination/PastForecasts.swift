import TimeSeries

/// Forecasts that a model makes again from earlier ends of one series or of all series of a pool.
///
/// In a pool every series is cut at the same period, so that no series knows what happened to another after the
/// origin. Whatever a model cannot forecast from an origin is missing and stops no other.
struct PastForecasts {
  /// One forecast of a value that is known by now.
  struct Entry {
    /// The index of the series in the pool.
    let series: Int
    /// The number of periods from the last known observation.
    let step: Int
    /// The index of the observation that was forecast.
    let target: Int
    /// The forecast, on the scale of the fitted model.
    let distribution: any PredictiveDistribution
    /// What the model was fitted to.
    let known: Sample
  }

  /// The forecasts, by origin from the latest, series and step.
  let entries: [Entry]

  /// Makes the forecasts.
  ///
  /// - Parameters:
  ///   - model: the model, fitted to every series by itself where there is one and to the pool where there are more.
  ///   - pool: the samples, on the scale of the model.
  ///   - horizon: the greatest number of steps ahead.
  ///   - origins: the greatest number of earlier ends.
  ///   - isPooled: whether the model learns from the pool together.
  init(_ model: any ForecastModel, pool: [Sample], horizon: Int, origins: Int, isPooled: Bool) {
    let offsets = Self.offsets(pool)
    var entries: [Entry] = []
    for cutoff in Self.cutoffs(pool, offsets: offsets, count: origins) {
      var members: [(series: Int, known: Sample, targets: [(index: Int, step: Int)])] = []
      for (series, sample) in pool.enumerated() {
        let end = sample.positions.count { $0 + offsets[series] <= cutoff }
        guard end > 0, end < sample.count else { continue }
        let last = sample.positions[end - 1]
        let targets = (end..<sample.count).map { (index: $0, step: sample.positions[$0] - last) }
          .filter { $0.step <= horizon }
        if !targets.isEmpty { members.append((series, sample.prefix(end), targets)) }
      }
      let fits = Self.fits(model, members.map(\.known), horizon: horizon, isPooled: isPooled)
      for (member, fit) in zip(members, fits) {
        guard let fit, let furthest = member.targets.last?.step,
          let ahead = try? fit.predictive(horizon: furthest)
        else { continue }
        for target in member.targets {
          entries.append(
            Entry(
              series: member.series, step: target.step, target: target.index,
              distribution: ahead[target.step - 1], known: fit.sample))
        }
      }
    }
    self.entries = entries
  }

  private static func fits(
    _ model: any ForecastModel, _ known: [Sample], horizon: Int, isPooled: Bool
  ) -> [(any FittedModel)?] {
    if isPooled { return model.fit(pool: known, horizon: horizon).map { try? $0.get() } }
    return known.map { sample in
      if let refitted = model as? any RefittedModel { return try? refitted.refit(sample) }
      return try? model.fit(sample)
    }
  }

  /// Where each sample begins on a count of periods that all share; samples without periods, or with periods of unlike
  /// kinds, are taken to end together.
  static func offsets(_ pool: [Sample]) -> [Int] {
    guard let first = pool.first?.firstPeriod else { return pool.map { -($0.positions.last ?? 0) } }
    var offsets: [Int] = []
    for sample in pool {
      guard let offset = sample.firstPeriod.flatMap({ first.distance(to: $0) }) else {
        return pool.map { -($0.positions.last ?? 0) }
      }
      offsets.append(offset)
    }
    return offsets
  }

  /// The latest periods in which some series was observed that was observed again later.
  private static func cutoffs(_ pool: [Sample], offsets: [Int], count: Int) -> [Int] {
    var periods: Set<Int> = []
    for (sample, offset) in zip(pool, offsets) {
      for position in sample.positions.dropLast().suffix(count) { periods.insert(position + offset) }
    }
    return Array(periods.sorted(by: >).prefix(count))
  }
}
