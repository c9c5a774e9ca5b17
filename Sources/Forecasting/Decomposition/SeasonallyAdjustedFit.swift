import RealModule
import Statistics

/// A model of the seasonally adjusted series, with the season put back.
///
/// An index that is multiplied or added is itself an estimate: its variance is added to that of the model, and a path
/// draws it once, so that all Januaries of one path share their error.
struct SeasonallyAdjustedFit: FittedModel {
  let specification: String
  let sample: Sample
  /// The model that saw the adjusted series.
  let base: any FittedModel
  let adjustment: SeasonalAdjustment
  let components: [SeriesComponent]
  private let further: [String]
  /// What the season takes of the base model's degrees of freedom.
  private let cost: SeasonalCost

  /// - Parameter cost: what the season takes of the base model's degrees of freedom; nothing where the base model was told
  ///   of the season and has taken it off itself.
  init(
    specification: String, sample: Sample, base: any FittedModel, adjustment: SeasonalAdjustment,
    components: [SeriesComponent], remarks: [String] = [], cost: SeasonalCost = .none
  ) {
    self.cost = cost
    self.specification = specification
    self.sample = sample
    self.base = base
    self.adjustment = adjustment
    self.components = components
    further = remarks
  }

  var parameters: [FittedParameter] {
    base.parameters
      + adjustment.ahead.indices.map {
        FittedParameter(
          "season, step \($0 + 1)", adjustment.ahead[$0],
          standardError: adjustment.aheadVariance[$0].squareRoot())
      }
  }

  var residuals: [Double] {
    guard adjustment.kind == .multiplicative else { return base.residuals }
    // An error counts in proportion to its season; divided by seasons whose product is one, it is the adjusted error
    // in units of the seasons' geometric mean.
    let logs = adjustment.fitted.suffix(base.residuals.count).map { Double.log($0) }
    let unit = Double.exp(logs.reduce(0) { $0 + $1 / Double(logs.count) })
    return base.residuals.map { $0 * unit }
  }

  var residualPositions: [Int] { base.residualPositions }

  var parameterCount: Int { base.parameterCount + adjustment.parameterCount }

  /// Those of the model of the adjusted series.
  var dynamicParameterCount: Int? { DynamicParameters.count(of: base) }

  var likelihood: Likelihood? {
    guard let own = base.likelihood else { return nil }
    let jacobian =
      adjustment.kind == .additive
      ? 0 : adjustment.fitted.suffix(own.observations).reduce(0) { $0 + Double.log($1) }
    return Likelihood(
      own.value - jacobian, convention: own.convention, observations: own.observations,
      parameters: own.parameters + adjustment.parameterCount)
  }

  var voices: [Voice] { base.voices }

  var remarks: [String] { base.remarks + adjustment.remarks + further }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    return try seasoned(try base.predictive(step: step), step: step)
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    var steps = try base.predictive(horizon: horizon)
    for index in steps.indices { steps[index] = try seasoned(steps[index], step: index + 1) }
    return steps
  }

  private func seasoned(
    _ distribution: any PredictiveDistribution, step: Int
  ) throws(ForecastingError) -> any PredictiveDistribution {
    let place = adjustment.place(step)
    let index = adjustment.ahead[place]
    let variance = adjustment.aheadVariance[place]
    let isProduct = adjustment.kind == .multiplicative
    if let mixture = distribution as? StudentMixture {
      let components = mixture.components.map { part in
        let spread = cost.stretch * (isProduct ? index * part.scale : part.scale)
        let doubt = variance * (isProduct ? part.location * part.location : 1)
        return StudentMixture.Component(
          weight: part.weight, location: isProduct ? index * part.location : index + part.location,
          scale: (spread * spread + doubt).squareRoot())
      }
      return try self.mixture(components, degreesOfFreedom: mixture.degreesOfFreedom - cost.taken)
    }
    return try SeasonedDistribution(
      distribution, factor: isProduct ? index : 1, shift: isProduct ? 0 : index, widening: cost.stretch,
      variance: variance * (isProduct ? distribution.mean * distribution.mean : 1))
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    base.draw(path: path, from: &stream)
    cost.widen(path, of: base, from: &stream)
    let season = adjustment.ahead.count
    withUnsafeTemporaryAllocation(of: Double.self, capacity: season) { drawn in
      for place in 0..<season {
        drawn.initializeElement(
          at: place,
          to: adjustment.ahead[place] + adjustment.aheadVariance[place].squareRoot() * stream.normal())
      }
      for index in path.indices {
        let part = drawn[index % season]
        path[index] = adjustment.kind == .additive ? path[index] + part : path[index] * part
      }
    }
  }
}
