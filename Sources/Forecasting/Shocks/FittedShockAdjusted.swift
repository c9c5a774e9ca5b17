import Statistics

/// A model fitted to a history without its shocks, in each of its readings.
struct FittedShockAdjusted: FittedModel {
  /// The model fitted to one reading.
  struct Branch: Sendable {
    /// The probability of the reading, before readings that could not be fitted were left out.
    let weight: Double
    let base: any FittedModel
    let reading: TreatedSample.Reading
    /// What the shocks take of the base model's degrees of freedom.
    let cost: SeasonalCost
    /// The variance that a revision of the last observation adds.
    let revision: Double

    init(_ base: any FittedModel, reading: TreatedSample.Reading, treated: TreatedSample)
      throws(ForecastingError)
    {
      weight = reading.probability
      self.base = base
      self.reading = reading
      revision = treated.revisionVariance
      guard reading.parameterCount > 0 else {
        cost = .none
        return
      }
      let (freedom, keepsTails) = try SeasonalCost.freedom(of: base)
      // At least one degree of freedom is left, which is as wide as a forecast can be made.
      let taken = min(Double(reading.parameterCount), max(freedom - 1, 0))
      cost =
        taken > 0 ? SeasonalCost(parameters: taken, degreesOfFreedom: freedom, keepsTails: keepsTails) : .none
    }

    /// Whether the base model's forecast stands as it is.
    var isPlain: Bool {
      reading.parameterCount == 0 && reading.remainders.isEmpty && reading.recurrences.isEmpty
        && revision == 0
    }
  }

  let specification: String
  let treated: TreatedSample
  /// The readings that were fitted, the most probable first; at least one.
  let branches: [Branch]
  private let further: [String]

  init(specification: String, treated: TreatedSample, branches: [Branch], remarks: [String]) {
    self.specification = specification
    self.treated = treated
    self.branches = branches
    further = remarks
  }

  private var main: Branch { branches[0] }

  var sample: Sample { treated.original }

  var parameters: [FittedParameter] {
    main.base.parameters
      + treated.shocks.map {
        FittedParameter(
          "\($0.kind.name), \($0.label)", $0.size,
          standardError: $0.standardError.isFinite ? $0.standardError : nil)
      }
  }

  var parameterScale: String? { main.base.parameterScale }

  var residuals: [Double] { main.base.residuals }

  /// Positions of the sample, which may begin before the part that was fitted.
  var residualPositions: [Int] {
    let offset =
      (sample.positions.last ?? 0) - (main.reading.sample.positions.last ?? 0)
    return main.base.residualPositions.map { $0 + offset }
  }

  var parameterCount: Int { main.base.parameterCount + main.reading.parameterCount }

  var dynamicParameterCount: Int? { DynamicParameters.count(of: main.base) }

  /// That of the model, where no shock was taken out: of adjusted values there is no likelihood to compare.
  var likelihood: Likelihood? { treated.isUntouched ? main.base.likelihood : nil }

  var voices: [Voice] { main.base.voices }

  var remarks: [String] { main.base.remarks + treated.remarks + further }

  /// Those of the model, and what the shocks did; none where an earlier part was cut off, over which they do not reach.
  var components: [SeriesComponent] {
    if treated.isUntouched { return main.base.components }
    let adjusted = main.reading.sample
    guard adjusted.positions == sample.positions else { return [] }
    var values = [Double](repeating: 0, count: (sample.positions.last ?? 0) + 1)
    for index in sample.values.indices {
      values[sample.positions[index]] = sample.values[index] - adjusted.values[index]
    }
    return main.base.components + [SeriesComponent("shocks", values)]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    var parts: [(weight: Double, distribution: any PredictiveDistribution)] = []
    for branch in branches {
      let base = try branch.base.predictive(step: step)
      parts.append((branch.weight, try disturbed(base, of: branch, step: step)))
    }
    return try mixed(parts)
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    if branches.count == 1, main.isPlain { return try main.base.predictive(horizon: horizon) }
    var parts = [[(weight: Double, distribution: any PredictiveDistribution)]](repeating: [], count: horizon)
    for branch in branches {
      let steps = try branch.base.predictive(horizon: horizon)
      for index in 0..<horizon {
        parts[index].append((branch.weight, try disturbed(steps[index], of: branch, step: index + 1)))
      }
    }
    var result: [any PredictiveDistribution] = []
    result.reserveCapacity(horizon)
    for part in parts { result.append(try mixed(part)) }
    return result
  }

  private func mixed(
    _ parts: [(weight: Double, distribution: any PredictiveDistribution)]
  ) throws(ForecastingError) -> any PredictiveDistribution {
    if parts.count == 1 { return parts[0].distribution }
    guard let mixture = WeightedMixture(parts) else {
      throw .numerical(
        series: sample.name, model: specification, reason: "its readings have no probabilities to mix them by"
      )
    }
    return mixture
  }

  /// The forecast of a reading with what is left of its shocks, and what is not known of them.
  private func disturbed(
    _ distribution: any PredictiveDistribution, of branch: Branch, step: Int
  ) throws(ForecastingError) -> any PredictiveDistribution {
    if branch.isPlain { return distribution }
    let effect = branch.reading.effect(step: step)
    let variance = effect.variance + branch.revision
    // Every shock to come may tell in this period or not.
    var futures = [(weight: 1.0, variance: variance)]
    for recurrence in branch.reading.recurrences {
      let ahead = recurrence.ahead(step)
      futures = futures.flatMap {
        [
          ($0.weight * (1 - ahead.probability), $0.variance),
          ($0.weight * ahead.probability, $0.variance + ahead.variance),
        ]
      }
    }
    futures.removeAll { $0.weight <= 0 }
    guard let mixture = distribution as? StudentMixture else {
      return try mixed(
        try futures.map { (future) throws(ForecastingError) in
          (
            future.weight,
            try SeasonedDistribution(
              distribution, factor: 1, shift: effect.mean, widening: branch.cost.stretch,
              variance: future.variance)
          )
        })
    }
    let components = mixture.components.flatMap { part in
      let spread = branch.cost.stretch * part.scale
      return futures.map { future in
        StudentMixture.Component(
          weight: part.weight * future.weight, location: part.location + effect.mean,
          scale: (spread * spread + future.variance).squareRoot())
      }
    }
    return try self.mixture(
      components, degreesOfFreedom: mixture.degreesOfFreedom - branch.cost.taken)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let branch = branches.count == 1 ? main : chosen(from: &stream)
    branch.base.draw(path: path, from: &stream)
    if branch.isPlain { return }
    branch.cost.widen(path, of: branch.base, from: &stream)
    if branch.revision > 0 {
      let revision = branch.revision.squareRoot() * stream.normal()
      for index in path.indices { path[index] += revision }
    }
    for remainder in branch.reading.remainders {
      let error = remainder.variance.squareRoot() * stream.normal()
      var left = 1.0
      for index in path.indices {
        left *= remainder.decay
        path[index] += left * remainder.mean + (1 - left) * error
      }
    }
    for recurrence in branch.reading.recurrences {
      var level = 0.0
      for index in path.indices {
        let size = stream.uniform() < recurrence.rate ? recurrence.variance.squareRoot() * stream.normal() : 0
        level = recurrence.isLasting ? level + size : size
        path[index] += level
      }
    }
  }

  private func chosen(from stream: inout RandomStream) -> Branch {
    let total = branches.reduce(0) { $0 + $1.weight }
    var left = stream.uniform() * total
    for branch in branches {
      left -= branch.weight
      if left < 0 { return branch }
    }
    return main
  }
}
