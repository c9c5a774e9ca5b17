import Statistics

/// A model fitted to every completion of a sample, whose forecast is the mixture of theirs in equal shares.
///
/// Steps are counted from the last observation of the sample. Where a completion ends later, because a suppressed figure
/// comes last, the first steps are what was drawn for those periods.
struct FittedImputation: FittedModel {
  /// The sample, on the scale of the fits; on the natural one, where theirs differ.
  let sample: Sample
  /// The fits to the completions that could be fitted, in their order; at least one.
  let fits: [any FittedModel]
  let imputation: Imputation
  /// The completion that each fit is of.
  private let places: [Int]
  /// Whether the forecasts of the fits are carried to the unit of the series before they are mixed.
  private let isRestored: Bool
  /// What carries the drawn values to the scale of ``sample``.
  private let drawnOn: Sample
  private let refusal: String?

  /// Puts together the fits.
  ///
  /// - Throws: the first error where no completion could be fitted.
  init(
    _ sample: Sample, _ imputation: Imputation, fits: [Result<any FittedModel, ForecastingError>]
  ) throws(ForecastingError) {
    var made: [any FittedModel] = []
    var places: [Int] = []
    var first: ForecastingError?
    for (place, fit) in fits.enumerated() {
      do throws(ForecastingError) {
        made.append(try fit.get())
        places.append(place)
      } catch {
        first = first ?? error
      }
    }
    guard let scale = made.first?.sample.scale else {
      throw first
        ?? .numerical(series: sample.name, model: "any model", reason: "there is no completion to fit to")
    }
    isRestored = made.contains { $0.sample.scale != scale }
    self.sample = try sample.rescaled(.exactly(isRestored ? .natural : scale))
    self.fits = made
    self.places = places
    self.imputation = imputation
    drawnOn = sample
    refusal = first.map { "\(fits.count - made.count) of the completions could not be fitted: \($0)" }
  }

  private var main: any FittedModel { fits[0] }

  var specification: String { main.specification }
  var parameterScale: String? { main.parameterScale }
  var parameterCount: Int { main.parameterCount }
  var dynamicParameterCount: Int? { DynamicParameters.count(of: main) }
  var remarks: [String] { main.remarks + [imputation.remark] + (refusal.map { [$0] } ?? []) }

  /// The means over the completions with Rubin's (1987) standard errors, √(W + (1 + 1/m) B): W is the mean of their
  /// variances, B the variance between them. Those of the first completion, where not all have the same.
  var parameters: [FittedParameter] {
    let all = fits.map(\.parameters)
    guard let first = all.first, all.allSatisfy({ $0.map(\.name) == first.map(\.name) }) else {
      return main.parameters
    }
    let count = Double(all.count)
    return first.indices.map { index in
      let estimates = all.map { $0[index] }
      let mean = estimates.reduce(0) { $0 + $1.value / count }
      guard estimates.allSatisfy({ $0.standardError != nil }) else {
        return FittedParameter(first[index].name, mean)
      }
      let within = estimates.reduce(0) { $0 + ($1.standardError ?? 0) * ($1.standardError ?? 0) / count }
      let squares = estimates.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
      let between = count > 1 ? squares / (count - 1) : 0
      return FittedParameter(
        first[index].name, mean, standardError: (within + (1 + 1 / count) * between).squareRoot())
    }
  }

  /// The means of the errors over the completions, at observations; those of the first where not all made the same.
  var residuals: [Double] { errors.map(\.error) }

  var residualPositions: [Int] { errors.map(\.position) }

  private var errors: [(position: Int, error: Double)] {
    let observed = Set(sample.positions)
    let positions = main.residualPositions
    let own = main.residuals
    let agree = fits.allSatisfy { $0.residualPositions == positions && $0.residuals.count == own.count }
    let all = agree ? fits.map(\.residuals) : [own]
    return zip(positions, own.indices).compactMap { position, index in
      let place = position - imputation.lead
      guard observed.contains(place) else { return nil }
      return (place, all.reduce(0) { $0 + $1[index] / Double(all.count) })
    }
  }

  /// What the models have to say, each by its mean share over the completions.
  var voices: [Voice] {
    var names: [String] = []
    var shares: [String: Double] = [:]
    for fit in fits {
      for voice in fit.voices {
        if shares[voice.specification] == nil { names.append(voice.specification) }
        shares[voice.specification, default: 0] += voice.weight / Double(fits.count)
      }
    }
    return names.map { Voice($0, weight: shares[$0] ?? 0) }
  }

  /// The means of the parts over the completions; those of the first where not all see the same.
  var components: [SeriesComponent] {
    let length = (sample.positions.last ?? 0) + 1
    let all = fits.map(\.components)
    guard let first = all.first else { return [] }
    let agree = all.allSatisfy { parts in
      parts.map(\.name) == first.map(\.name) && parts.map(\.values.count) == first.map(\.values.count)
    }
    let used = agree ? all : [first]
    return first.indices.map { part in
      let values = first[part].values.indices.map { index in
        used.reduce(0) { $0 + $1[part].values[index] / Double(used.count) }
      }
      return SeriesComponent(first[part].name, Array(values.dropFirst(imputation.lead).prefix(length)))
    }
  }
}

// MARK: Forecasts

extension FittedImputation {
  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    guard step > imputation.tail else { return try drawn(step) }
    var parts: [any PredictiveDistribution] = []
    for fit in fits { parts.append(try carried(fit.predictive(step: step - imputation.tail), of: fit)) }
    return try mixed(parts)
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    var steps: [any PredictiveDistribution] = []
    steps.reserveCapacity(horizon)
    for step in 1...horizon where step <= imputation.tail { steps.append(try drawn(step)) }
    let ahead = horizon - imputation.tail
    guard ahead > 0 else { return steps }
    var parts = [[any PredictiveDistribution]](repeating: [], count: ahead)
    for fit in fits {
      for (index, step) in try fit.predictive(horizon: ahead).enumerated() {
        parts[index].append(carried(step, of: fit))
      }
    }
    for part in parts { steps.append(try mixed(part)) }
    return steps
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let chosen = min(Int(stream.uniform() * Double(fits.count)), fits.count - 1)
    let tail = min(imputation.tail, path.count)
    for index in 0..<tail { path[index] = carried(imputation.tailValues[places[chosen]][index]) }
    guard tail < path.count else { return }
    let rest = UnsafeMutableBufferPointer(rebasing: path[tail...])
    let fit = fits[chosen]
    fit.draw(path: rest, from: &stream)
    guard isRestored else { return }
    let own = fit.sample
    for index in rest.indices { rest[index] = own.restored(rest[index]) }
  }

  /// What is known of a period after the last observation for which values were drawn.
  private func drawn(_ step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    guard let distribution = SimulatedDistribution(imputation.tailDraws[step - 1].map(carried)) else {
      throw .numerical(
        series: sample.name, model: specification,
        reason: "the values drawn within the bounds of step \(step) are too large to be computed with")
    }
    return distribution
  }

  /// A drawn value on the scale of ``sample``.
  private func carried(_ drawn: Double) -> Double {
    sample.scale == drawnOn.scale ? drawn : sample.scale.transformed(drawnOn.restored(drawn))
  }

  private func carried(
    _ distribution: any PredictiveDistribution, of fit: any FittedModel
  ) -> any PredictiveDistribution {
    isRestored ? RestoredDistribution(distribution, sample: fit.sample) : distribution
  }

  /// The mixture in equal shares, in closed form where all parts have one of a kind.
  private func mixed(
    _ parts: [any PredictiveDistribution]
  ) throws(ForecastingError) -> any PredictiveDistribution {
    if parts.count == 1 { return parts[0] }
    if let students = StudentBlend(parts) { return students }
    let drawn = parts.compactMap { ($0 as? SimulatedDistribution)?.draws }
    if drawn.count == parts.count, Set(drawn.map(\.count)).count == 1,
      let together = SimulatedDistribution(drawn.flatMap(\.self))
    {
      return together
    }
    guard let mixture = WeightedMixture(parts.map { (1, $0) }) else {
      throw .numerical(
        series: sample.name, model: specification, reason: "its completions have no forecasts to be mixed")
    }
    return mixture
  }
}
