import TimeSeries

/// Several models that speak together: the forecast is the weighted average of theirs, quantile by quantile.
///
/// Combining is the oldest way to a better forecast and still among the best (Bates and Granger, 1969; Makridakis,
/// Spiliotis and Assimakopoulos, 2020), and the median or the mean of a few unlike models is hard to beat. Weights are
/// learned only where earlier forecasts are many, above all in a pool: ``fit(pool:horizon:)`` learns them from the
/// rolling-origin errors of all series together, each in units of its own naive error, and where the pool is large
/// from series of its kind (``SeriesFeatures``).
///
/// Models on one scale are combined on it. Where they work on different ones, each is carried to the unit of the series
/// first, and combined there. A model that cannot be fitted is left out and named, and the others share its weight.
public struct Combination: ForecastModel {
  /// The models, in the order in which they are reported.
  public let models: [any ForecastModel]
  /// How their voices are weighed.
  public let weighting: CombinationWeighting
  /// The number of earlier ends of a series that weights are learned from.
  public let origins: Int
  /// The name of the model on the command line and in every output.
  public let specification: String

  /// The origins that are taken where none are asked for.
  public static let usualOrigins = 8
  /// The number of steps ahead that weights are learned for where a series is fitted by itself.
  static let usualHorizon = 3

  /// Describes a combination.
  ///
  /// - Parameters:
  ///   - models: the models; at least one, or every fit is refused.
  ///   - weighting: how they are weighed.
  ///   - origins: the number of earlier ends that weights are learned from, at least one.
  public init(
    _ models: [any ForecastModel], weighting: CombinationWeighting = .median,
    origins: Int = Self.usualOrigins
  ) {
    self.init(
      models, weighting: weighting, origins: max(1, origins),
      specification: Self.written(models.map(\.specification), weighting, max(1, origins)))
  }

  init(
    _ models: [any ForecastModel], weighting: CombinationWeighting, origins: Int, specification: String
  ) {
    self.models = models
    self.weighting = weighting
    self.origins = origins
    self.specification = specification
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    "the \(weighting == .median ? "median" : "average") of \(models.count) models: "
      + models.map(\.specification).joined(separator: ", ")
  }

  /// Fewer observations than this are refused: as many as the least demanding of the models needs.
  public var minimumObservations: Int { models.map(\.minimumObservations).min() ?? 1 }

  /// The scale of the models, where all share one; otherwise that of the unit itself, as measured.
  public var scaleChoice: ScaleChoice { isMixed ? .natural : models.first?.scaleChoice ?? .unit }

  /// Whether the models work on different scales.
  var isMixed: Bool { Set(models.map(\.scaleChoice)).count > 1 }

  /// Fits every model and weighs them.
  ///
  /// - Throws: ``ForecastingError/noCandidate(series:reasons:)``, which lists why each model was refused, when none is
  ///   left.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    let results = fits(of: [sample], horizon: Self.usualHorizon, isPooled: false)
    guard let result = results.first else { throw .noCandidate(series: sample.name, reasons: []) }
    return try result.get()
  }

  /// Fits every model to the pool and learns the weights from all its series.
  public func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    fits(of: pool, horizon: min(max(horizon, 1), Forecast.longestHorizon), isPooled: true)
  }

  private func fits(
    of pool: [Sample], horizon: Int, isPooled: Bool
  ) -> [Result<any FittedModel, ForecastingError>] {
    guard !pool.isEmpty else { return [] }
    let candidates = models.map { CombinationCandidate($0, pool: pool, isRescaled: isMixed) }
    let fitted = candidates.map { $0.fit(horizon: horizon, isPooled: isPooled) }
    // Weights are learned for the models that can be fitted to something.
    let able = models.indices.filter { index in fitted[index].contains { (try? $0.get()) != nil } }
    let order = Self.canonicalOrder(pool)
    var groups: FeatureGroups?
    if weighting.isLearned, able.count > 1 {
      let errors = CombinationErrors.learn(
        able.map { candidates[$0] }, pool: pool, order: order, horizon: horizon, origins: origins,
        isPooled: isPooled, isMixed: isMixed)
      groups = FeatureGroups(weighting, errors, pool: pool, order: order)
      if errors.rows.isEmpty { groups = nil }
    }
    return pool.indices.map { series in
      do throws(ForecastingError) {
        var shares = [Double](repeating: 1 / Double(max(able.count, 1)), count: models.count)
        var remarks: [String] = []
        if let groups {
          let (weights, side) = groups.weights(of: series)
          for (index, weight) in zip(able, weights) { shares[index] = weight }
          if let side { remarks.append("the weights are those of \(side)") }
        } else if weighting.isLearned {
          remarks.append("no earlier value was forecast by all models, so the weights are equal")
        }
        return .success(
          try combined(pool[series], fitted.map { $0[series] }, shares: shares, remarks: remarks))
      } catch {
        return .failure(error)
      }
    }
  }

  /// The voices of one series, those that could not be fitted left out and the weights of the others raised.
  private func combined(
    _ sample: Sample, _ results: [Result<any FittedModel, ForecastingError>], shares: [Double],
    remarks: [String]
  ) throws(ForecastingError) -> FittedCombination {
    var voices: [CombinedVoice] = []
    var refusals: [String] = []
    var total = 0.0
    for (index, result) in results.enumerated() {
      switch result {
      case .success(let fitted):
        voices.append(CombinedVoice(fitted: fitted, weight: shares[index], isRestored: isMixed))
        total += shares[index]
      case .failure(let error): refusals.append("\(models[index].specification) was left out: \(error)")
      }
    }
    guard !voices.isEmpty else { throw .noCandidate(series: sample.name, reasons: refusals) }
    for index in voices.indices {
      voices[index].weight =
        total > 0 ? voices[index].weight / total : 1 / Double(voices.count)
    }
    return FittedCombination(
      specification: Self.written(voices.map(\.fitted.specification), weighting, origins),
      sample: isMixed ? try sample.rescaled(.natural) : sample, voices: voices, weighting: weighting,
      remarks: refusals + remarks)
  }

  /// The series in an order that depends on what they hold and not on where they stand.
  static func canonicalOrder(_ pool: [Sample]) -> [Int] {
    pool.indices.sorted { first, second in
      let (one, other) = (pool[first], pool[second])
      if one.name != other.name { return one.name < other.name }
      if one.observed != other.observed { return one.observed.lexicographicallyPrecedes(other.observed) }
      return first < second
    }
  }

  private static func written(
    _ models: [String], _ weighting: CombinationWeighting, _ origins: Int
  ) -> String {
    var arguments = models.map { ModelExpression.nested($0) }
    if weighting != .median { arguments.append("weights=\(weighting.rawValue)") }
    if weighting.isLearned, origins != usualOrigins { arguments.append("origins=\(origins)") }
    return "combination(\(arguments.joined(separator: ",")))"
  }
}
