import RealModule

/// Weights for the series of a pool: one set for all, or two for series that differ in one feature, whichever
/// would have forecast better.
///
/// A split is considered at the median of each feature of ``SeriesFeatures``, where either side has at least ``fewest``
/// series with errors. It is taken when its weights, learned from four fifths of the series, forecast the other
/// fifth better than those of no split, by more than one standard error of the difference. The weights of a side are drawn
/// towards those of the whole pool.
struct FeatureGroups {
  /// Series with errors that each side of a split must have.
  static let fewest = 20
  private static let folds = 5

  /// The feature that the pool was split by, with the value up to which a series is on the first side.
  struct Split {
    let feature: String
    let value: @Sendable (SeriesFeatures) -> Double
    let limit: Double
  }

  /// The split; nil where one set of weights serves all.
  let split: Split?
  /// One set of weights, or those up to the limit and those above it.
  let weights: [[Double]]
  private let features: [SeriesFeatures]

  /// The features that a pool may be split by.
  private static let candidates: [(name: String, value: @Sendable (SeriesFeatures) -> Double)] = [
    ("length", { $0.length }), ("strength of trend", { $0.trendStrength }),
    ("strength of season", { $0.seasonalStrength }), ("persistence", { $0.persistence }),
    ("noise", { $0.noise }),
  ]

  /// - Parameters:
  ///   - errors: what the models made of earlier values of the pool.
  ///   - pool: the samples, by which the errors name their series.
  ///   - order: the series in an order that does not depend on that of the pool.
  init(_ weighting: CombinationWeighting, _ errors: SharedErrors, pool: [Sample], order: [Int]) {
    let equal = [Double](repeating: 1 / Double(max(errors.models, 1)), count: errors.models)
    let whole = WeightLearning.weights(weighting, errors, prior: equal)
    let present = Set(errors.rows.map(\.series))
    guard present.count >= 2 * Self.fewest else {
      (split, weights, features) = (nil, [whole], [])
      return
    }
    let features = pool.map { SeriesFeatures($0) }
    var fold = [Int](repeating: 0, count: pool.count)
    let ranked = order.filter(present.contains)
    for (rank, series) in ranked.enumerated() { fold[series] = rank % Self.folds }
    let plain = Self.losses(weighting, errors, fold: fold, prior: equal, isFirst: nil)
    var best: (split: Split, gain: Double)?
    for candidate in Self.candidates {
      let values = ranked.map { candidate.value(features[$0]) }
      let limit = values.sorted()[(values.count - 1) / 2]
      let first = values.count { $0 <= limit }
      guard first >= Self.fewest, values.count - first >= Self.fewest else { continue }
      let losses = Self.losses(
        weighting, errors, fold: fold, prior: equal, isFirst: { candidate.value(features[$0]) <= limit })
      let gains = ranked.map { (plain[$0] ?? 0) - (losses[$0] ?? 0) }
      let count = Double(gains.count)
      let mean = gains.reduce(0, +) / count
      let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
      guard mean > (variance / count).squareRoot(), mean > best?.gain ?? 0 else { continue }
      best = (Split(feature: candidate.name, value: candidate.value, limit: limit), mean)
    }
    self.features = features
    guard let split = best?.split else {
      (self.split, weights) = (nil, [whole])
      return
    }
    self.split = split
    weights = [true, false].map { side in
      WeightLearning.weights(
        weighting, errors.filtered { (split.value(features[$0]) <= split.limit) == side }, prior: whole)
    }
  }

  /// The weights of a series and, where the pool was split, its side in words.
  func weights(of series: Int) -> (weights: [Double], side: String?) {
    guard let split else { return (weights[0], nil) }
    let isFirst = split.value(features[series]) <= split.limit
    let limit = NumberText.plain((split.limit * 1000).rounded() / 1000)
    return (
      weights[isFirst ? 0 : 1],
      "the series whose \(split.feature) is \(isFirst ? "at most" : "above") \(limit)"
    )
  }

  /// The mean absolute error of each series under weights learned without its fold.
  private static func losses(
    _ weighting: CombinationWeighting, _ errors: SharedErrors, fold: [Int], prior: [Double],
    isFirst: ((Int) -> Bool)?
  ) -> [Int: Double] {
    var sums: [Int: (loss: Double, weight: Double)] = [:]
    for held in 0..<folds {
      let learning = errors.filtered { fold[$0] != held }
      let whole = WeightLearning.weights(weighting, learning, prior: prior)
      var sides = [whole, whole]
      if let isFirst {
        for side in [0, 1] {
          sides[side] = WeightLearning.weights(
            weighting, learning.filtered { isFirst($0) == (side == 0) }, prior: whole)
        }
      }
      for row in errors.rows where fold[row.series] == held {
        let weights = sides[isFirst?(row.series) == false ? 1 : 0]
        let error = zip(weights, row.errors).reduce(0) { $0 + $1.0 * $1.1 }
        let before = sums[row.series] ?? (0, 0)
        sums[row.series] = (before.loss + row.weight * abs(error), before.weight + row.weight)
      }
    }
    return sums.mapValues { $0.loss / $0.weight }
  }
}

extension SharedErrors {
  /// The errors of some of the series.
  func filtered(_ isIncluded: (Int) -> Bool) -> SharedErrors {
    SharedErrors(rows: rows.filter { isIncluded($0.series) }, models: models)
  }
}
