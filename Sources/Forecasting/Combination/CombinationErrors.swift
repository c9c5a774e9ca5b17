import RealModule

/// One model of a combination with the samples of a pool on its own scale.
struct CombinationCandidate {
  let model: any ForecastModel
  /// A sample for each series of the pool, or why the model's scale does not suit it.
  let samples: [Result<Sample, ForecastingError>]

  init(_ model: any ForecastModel, pool: [Sample], isRescaled: Bool) {
    self.model = model
    samples = pool.map { sample in
      guard isRescaled else { return .success(sample) }
      do throws(ForecastingError) {
        return .success(try sample.rescaled(model.scaleChoice))
      } catch {
        return .failure(error)
      }
    }
  }

  /// The model fitted to every series that its scale suits.
  func fit(horizon: Int, isPooled: Bool) -> [Result<any FittedModel, ForecastingError>] {
    let (places, known) = usable
    var results = samples.map { sample in
      sample.flatMap { _ in
        Result<any FittedModel, ForecastingError>.failure(.noCandidate(series: "", reasons: []))
      }
    }
    if isPooled {
      for (place, result) in zip(places, model.fit(pool: known, horizon: horizon)) { results[place] = result }
      return results
    }
    for (place, sample) in zip(places, known) {
      do throws(ForecastingError) {
        results[place] = .success(try model.fit(sample))
      } catch {
        results[place] = .failure(error)
      }
    }
    return results
  }

  /// The indices of the series that the scale suits, and their samples.
  var usable: (places: [Int], samples: [Sample]) {
    var (places, known) = ([Int](), [Sample]())
    for (place, result) in samples.enumerated() {
      guard let sample = try? result.get() else { continue }
      places.append(place)
      known.append(sample)
    }
    return (places, known)
  }
}

enum CombinationErrors {
  private struct Cell: Hashable {
    let series: Int
    /// The position of the last observation known.
    let origin: Int
    let step: Int
  }

  /// The errors that all candidates made in forecasting the same earlier values, on the scale that they are combined
  /// on, in units of the series' own naive error.
  ///
  /// - Parameters:
  ///   - order: the series in an order that does not depend on that of the pool, in which sums are taken.
  ///   - isMixed: whether the models are combined in the unit of the series, and not on the scale of the pool.
  static func learn(
    _ candidates: [CombinationCandidate], pool: [Sample], order: [Int], horizon: Int, origins: Int,
    isPooled: Bool, isMixed: Bool
  ) -> SharedErrors {
    var medians: [Cell: [Double?]] = [:]
    var targets: [Cell: Int] = [:]
    for (index, candidate) in candidates.enumerated() {
      let (places, known) = candidate.usable
      let past = PastForecasts(
        candidate.model, pool: known, horizon: horizon, origins: origins, isPooled: isPooled)
      for entry in past.entries {
        guard let median = try? entry.distribution.quantile(0.5) else { continue }
        let series = places[entry.series]
        let cell = Cell(
          series: series, origin: pool[series].positions[entry.target] - entry.step, step: entry.step)
        medians[cell, default: candidates.map { _ in nil }][index] =
          isMixed ? entry.known.restored(median) : median
        targets[cell] = entry.target
      }
    }
    let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1, $0) })
    let cells = medians.keys.filter { medians[$0]?.allSatisfy { $0?.isFinite == true } == true }
      .sorted {
        (rank[$0.series] ?? 0, $0.origin, $0.step) < (rank[$1.series] ?? 0, $1.origin, $1.step)
      }
    var together: [Cell: Double] = [:]
    for cell in cells { together[Cell(series: cell.series, origin: cell.origin, step: 0), default: 0] += 1 }
    var units: [Int: Double] = [:]
    var rows: [SharedErrors.Row] = []
    for cell in cells {
      guard let target = targets[cell], let forecasts = medians[cell] else { continue }
      let sample = pool[cell.series]
      let values = isMixed ? sample.observed : sample.values
      let unit = units[cell.series] ?? naiveError(values, of: sample, isMixed: isMixed)
      units[cell.series] = unit
      let errors = forecasts.map { (values[target] - ($0 ?? 0)) / unit }
      guard errors.allSatisfy(\.isFinite) else { continue }
      let count = together[Cell(series: cell.series, origin: cell.origin, step: 0)] ?? 1
      rows.append(SharedErrors.Row(series: cell.series, errors: errors, weight: 1 / count))
    }
    return SharedErrors(rows: rows, models: candidates.count)
  }

  /// The mean absolute change from one season to the next (from one observation to the next, where there is no season
  /// or too little of it); never less than what rounding alone makes of it.
  private static func naiveError(_ values: [Double], of sample: Sample, isMixed: Bool) -> Double {
    let lag = sample.count > sample.season ? sample.season : 1
    var sum = 0.0
    for index in values.indices.dropFirst(lag) { sum += abs(values[index] - values[index - lag]) }
    let slope = isMixed ? sample.observed.last.map(sample.scale.slope) ?? 1 : 1
    let rounding = sample.roundingVariance.squareRoot() / max(slope, .leastNormalMagnitude)
    return max(sum / Double(max(1, values.count - lag)), rounding, .leastNormalMagnitude)
  }
}
