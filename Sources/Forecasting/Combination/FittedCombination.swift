import Statistics
import Synchronization

/// A fitted model of a combination, with its share.
struct CombinedVoice: Sendable {
  let fitted: any FittedModel
  var weight: Double
  /// Whether it is carried to the unit of the series, because the voices work on different scales.
  let isRestored: Bool

  /// Its distributions on the scale of the combination.
  func aligned(_ distribution: any PredictiveDistribution) -> any PredictiveDistribution {
    isRestored ? RestoredDistribution(distribution, sample: fitted.sample) : distribution
  }
}

/// Several fitted models that speak together.
///
/// A path is that of one voice, drawn by weight, with every step carried to the quantile of the same rank of the
/// combination: its steps go with one another as those of the voice do, and each has the combined distribution.
struct FittedCombination: FittedModel {
  let specification: String
  let sample: Sample
  /// The models that speak, with shares of sum one.
  let speaking: [CombinedVoice]
  let weighting: CombinationWeighting
  private let ownRemarks: [String]
  private let maps = PathMaps()

  init(
    specification: String, sample: Sample, voices: [CombinedVoice], weighting: CombinationWeighting,
    remarks: [String]
  ) {
    self.specification = specification
    self.sample = sample
    speaking = voices
    self.weighting = weighting
    ownRemarks = remarks
  }

  var voices: [Voice] { speaking.map { Voice($0.fitted.specification, weight: $0.weight) } }

  var parameters: [FittedParameter] {
    speaking.map { FittedParameter("weight of \($0.fitted.specification)", $0.weight) }
  }

  /// The parameters of the voices by weight, rounded up, and the weights that were learned.
  var parameterCount: Int {
    let own = speaking.reduce(0) { $0 + $1.weight * Double($1.fitted.parameterCount) }
    return Int((own - 1e-9).rounded(.up)) + (weighting.isLearned ? speaking.count - 1 : 0)
  }

  var residuals: [Double] { joinedErrors.map(\.error) }

  var residualPositions: [Int] { joinedErrors.map(\.position) }

  /// The errors of the voices by weight, at the positions where all have one; of voices on different scales in the unit
  /// of the series, by the slope of their scale at what was observed.
  private var joinedErrors: [(position: Int, error: Double)] {
    var sums: [Int: (voices: Int, error: Double)] = [:]
    var observed: [Int: Double] = [:]
    for (position, value) in zip(sample.positions, sample.observed) { observed[position] = value }
    for voice in speaking {
      let own = voice.fitted
      for (position, error) in zip(own.residualPositions, own.residuals) {
        let slope = voice.isRestored ? observed[position].map(own.sample.scale.slope) ?? 1 : 1
        let before = sums[position] ?? (0, 0)
        sums[position] = (before.voices + 1, before.error + voice.weight * error / slope)
      }
    }
    return sums.filter { $0.value.voices == speaking.count && $0.value.error.isFinite }
      .map { ($0.key, $0.value.error) }.sorted { $0.0 < $1.0 }
  }

  var remarks: [String] {
    ownRemarks
      + speaking.flatMap { voice in voice.fitted.remarks.map { "\(voice.fitted.specification): \($0)" } }
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    var parts: [any PredictiveDistribution] = []
    for voice in speaking { parts.append(voice.aligned(try voice.fitted.predictive(step: step))) }
    return try combined(parts)
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    try steps(horizon).map(\.combined)
  }

  /// What the voices and what the combination say of each step.
  private func steps(
    _ horizon: Int
  ) throws(ForecastingError) -> [(parts: [any PredictiveDistribution], combined: any PredictiveDistribution)]
  {
    var ahead: [[any PredictiveDistribution]] = []
    for voice in speaking { ahead.append(try voice.fitted.predictive(horizon: horizon)) }
    var steps: [(parts: [any PredictiveDistribution], combined: any PredictiveDistribution)] = []
    for step in 0..<horizon {
      var parts: [any PredictiveDistribution] = []
      for (voice, own) in zip(speaking, ahead) { parts.append(voice.aligned(own[step])) }
      steps.append((parts, try combined(parts)))
    }
    return steps
  }

  /// The average by quantiles; for the median moved to the median of the voices' medians.
  private func combined(
    _ parts: [any PredictiveDistribution]
  ) throws(ForecastingError) -> any PredictiveDistribution {
    var shift = 0.0
    if weighting == .median, parts.count > 2 {
      var medians: [Double] = []
      for part in parts { medians.append(try part.quantile(0.5)) }
      let average = zip(medians, speaking).reduce(0) { $0 + $1.0 * $1.1.weight }
      medians.sort()
      let half = medians.count / 2
      let middle =
        medians.count.isMultiple(of: 2)
        ? medians[half - 1] / 2 + medians[half] / 2 : medians[half]
      shift = middle - average
    }
    guard
      let average = QuantileAverage(
        zip(speaking, parts).map { (weight: $0.weight, distribution: $1) }, shift: shift)
    else {
      throw .numerical(
        series: sample.name, model: specification, reason: "its forecast is too large for a number to hold")
    }
    return average
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    guard let maps = maps.value(horizon: path.count, make: pathMaps) else {
      // No forecast of so many steps exists either: predictive(horizon:) says why.
      for index in path.indices { path[index] = .nan }
      return
    }
    var mark = stream.uniform()
    var chosen = 0
    while chosen < speaking.count - 1, mark > speaking[chosen].weight {
      mark -= speaking[chosen].weight
      chosen += 1
    }
    let voice = speaking[chosen]
    voice.fitted.draw(path: path, from: &stream)
    for index in path.indices {
      let value = voice.isRestored ? voice.fitted.sample.restored(path[index]) : path[index]
      path[index] = maps[index * speaking.count + chosen](value, drawing: &stream)
    }
  }

  /// A map for each step and voice.
  private func pathMaps(_ horizon: Int) throws(ForecastingError) -> [QuantileMap] {
    var maps: [QuantileMap] = []
    for step in try steps(horizon) {
      let to = try QuantileMap.quantiles(step.combined)
      for part in step.parts { maps.append(QuantileMap(from: try QuantileMap.quantiles(part), to: to)) }
    }
    return maps
  }
}

/// The maps that the paths of a fitted model are carried by, made when a path is first drawn.
final class PathMaps: Sendable {
  private let storage = Mutex<(horizon: Int, maps: [QuantileMap])?>(nil)

  /// The maps for a number of steps, or for more; nil where they cannot be made.
  func value(
    horizon: Int, make: (Int) throws(ForecastingError) -> [QuantileMap]
  ) -> [QuantileMap]? {
    guard horizon > 0 else { return [] }
    return storage.withLock { stored in
      if let stored, stored.horizon >= horizon { return stored.maps }
      guard let maps = try? make(horizon) else { return nil }
      stored = (horizon, maps)
      return maps
    }
  }
}
