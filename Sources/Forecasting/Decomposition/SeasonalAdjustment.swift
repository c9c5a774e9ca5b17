/// A season that is taken out of a sample before a model sees it, and put back into what the model says.
struct SeasonalAdjustment: Sendable {
  /// How the season belongs to the rest.
  let kind: ClassicalDecomposition.Kind
  /// What the season adds at each observation, or multiplies with.
  let fitted: [Double]
  /// The same in the seasons to come: that of the first step first, one whole season long.
  let ahead: [Double]
  /// The variance of each of ``ahead`` as an estimate.
  let aheadVariance: [Double]
  /// How many quantities were estimated for it.
  let parameterCount: Int
  /// What the reader must know of it.
  let remarks: [String]

  /// The sample without its season.
  func adjusted(_ sample: Sample) -> Sample {
    let values = zip(sample.values, fitted).map { kind == .additive ? $0 - $1 : $0 / $1 }
    return Sample(sample, values: values)
  }

  /// The place in ``ahead`` of a step.
  func place(_ step: Int) -> Int { (step - 1) % ahead.count }
}

extension SeasonalAdjustment {
  /// The season of a classical decomposition.
  init(_ decomposition: ClassicalDecomposition, of sample: Sample, remarks: [String] = []) {
    let season = decomposition.season
    kind = decomposition.kind
    fitted = sample.values.indices.map { decomposition.indices[$0 % season] }
    ahead = (0..<season).map { decomposition.indices[(sample.count + $0) % season] }
    aheadVariance = Array(repeating: decomposition.indexVariance, count: season)
    parameterCount = season - 1
    self.remarks =
      remarks + ["the season is taken to stay as it was on average over all years"]
  }

  /// The season of a decomposition by loess, which stays as in its last year.
  init(_ decomposition: SeasonalTrendDecomposition, plan: SeasonalTrendPlan) {
    let count = decomposition.season.count
    let period = decomposition.period
    kind = .additive
    fitted = decomposition.season
    ahead = Array(decomposition.season.suffix(period))
    // Given its weights the smoother is linear: its trace tells how many parameters it stands for (Cleveland and others,
    // 1990, section 4).
    let noise = plan.seasonNoise(weights: decomposition.weights)
    parameterCount = min(count - 1, max(period - 1, Int(noise.trace.rounded(.up))))
    let squares = zip(decomposition.remainder, decomposition.weights).reduce(0) { $0 + $1.1 * $1.0 * $1.0 }
    let weight = decomposition.weights.reduce(0, +)
    let freedom = max(weight - Double(parameterCount), 1)
    let variance = squares / freedom
    aheadVariance = noise.lastVariances.map { variance * $0 }
    remarks = [
      "the season is taken to stay as in its last year; that it is estimated widens the forecast, that it may change "
        + "does not"
    ]
  }
}

extension Sample {
  /// The same observations at the same places with other values on the model's scale.
  ///
  /// What rounding leaves, and the bounds that a forecast keeps to, stay those of the sample; so do its breaks, unless
  /// they are given.
  init(_ sample: Sample, values: [Double], breaks: [Int]? = nil) {
    name = sample.name
    positions = sample.positions
    observed = values.map(sample.scale.restored)
    self.values = values
    samplingVariances = sample.samplingVariances
    scale = sample.scale
    roundingVariance = sample.roundingVariance
    ceiling = sample.ceiling
    floor = sample.floor
    periodLabels = sample.periodLabels
    season = sample.season
    firstPeriod = sample.firstPeriod
    // The counts behind a value are not those behind a value without its season.
    counts = nil
    exposure = nil
    unit = sample.unit
    regressors = sample.regressors
    self.breaks = breaks ?? sample.breaks
    provisional = sample.provisional
    estimated = sample.estimated
    // Bounds are of the figures as they were published.
    coarse = nil
  }
}
