import RealModule
import Statistics

/// A straight trend that may have changed anywhere, averaged over where it did.
///
/// The present line goes on, with what is not known of it and of when it began; from each period to come it may
/// change with its prior probability, and is then as uncertain as the prior says.
public struct FittedChangingTrend: FittedModel {
  /// The specification of the model that was fitted.
  public let specification: String
  /// What it was fitted to.
  public let sample: Sample
  /// Where the trend changed, as far as the series tells.
  public let posterior: ChangepointPosterior
  /// Deviations from the average trend, from the second observation on.
  public let residuals: [Double]
  /// The prior probability of a change at each period to come.
  private let hazards: [Double]
  /// The probabilities of the states, summed up.
  private let cumulative: [Double]

  init(
    _ sample: Sample, prior: ChangePrior, minimumLength: Int, specification: String
  ) throws(ForecastingError) {
    let probabilities = try prior.probabilities(
      sample, ahead: Forecast.longestHorizon, model: specification)
    guard
      let posterior = ChangepointPosterior(
        values: sample.values, positions: sample.positions, probabilities: probabilities,
        minimumLength: minimumLength, floor: sample.roundingVariance)
    else {
      throw .numerical(
        series: sample.name, model: specification,
        reason: "its numbers are too large or too small to be weighed")
    }
    self.specification = specification
    self.sample = sample
    self.posterior = posterior
    hazards = Array(probabilities[(sample.positions[sample.count - 1] + 1)...])
    residuals = zip(sample.values, sample.positions).dropFirst().map { $0 - posterior.trend[$1].mean }
    var sum = 0.0
    cumulative = posterior.states.map {
      sum += $0.weight
      return sum
    }
  }

  /// Height and slope of the trend at the last observation, what is expected of changes, and the width of errors.
  public var parameters: [FittedParameter] {
    let last = Double(sample.positions[sample.count - 1])
    func parameter(
      _ name: String, about base: Double, _ mean: (SegmentEvidence.Line) -> Double,
      _ variance: (SegmentEvidence.Line) -> Double
    ) -> FittedParameter {
      let centre = posterior.states.reduce(0) { $0 + $1.weight * mean($1.line) }
      let square = posterior.states.reduce(0) {
        $0 + $1.weight * (variance($1.line) + (mean($1.line) - centre) * (mean($1.line) - centre))
      }
      return FittedParameter(name, base + centre, standardError: square.squareRoot())
    }
    let base = posterior.evidence.line(last)
    return [
      parameter("level", about: base, { $0.mean(last) }, { $0.variance(last) }),
      parameter(
        "slope", about: posterior.evidence.line(last + 1) - base, { $0.slope }, { $0.slopeVariance }),
      FittedParameter("expected changes", posterior.expectedChanges),
      FittedParameter("probability of no change", posterior.noChange),
      FittedParameter("sigma", posterior.sigma),
    ]
  }

  /// Two for each line, one for each change as far as it is expected, and the width of errors.
  public var parameterCount: Int { 3 + Int((3 * posterior.expectedChanges).rounded()) }

  /// The trend, averaged over where it may have changed, and what remains.
  public var components: [SeriesComponent] {
    let errors = zip(sample.values, sample.positions).map { $0 - posterior.trend[$1].mean }
    return [
      SeriesComponent(
        "trend", posterior.trend.map(\.mean), standardErrors: posterior.trend.map { $0.variance.squareRoot() }
      ),
      SeriesComponent(
        "remainder",
        RegressionComponents.remainder(
          errors, positions: sample.positions, rho: 0, length: posterior.trend.count)),
    ]
  }

  /// The changes that are more likely than not.
  public var remarks: [String] {
    let likely = posterior.changeProbabilities.indices.filter { posterior.changeProbabilities[$0] > 0.5 }
    guard !likely.isEmpty else { return ["no change of trend at any one period is more likely than not"] }
    return likely.map { index in
      let percent = min(99, Int((100 * posterior.changeProbabilities[index]).rounded(.down)))
      return "a change of trend at \(sample.labels[index]) has a probability of \(percent) per cent or more"
    }
  }

  /// The predictive distribution: normal for each line that may be the present one and each width of errors,
  /// averaged.
  public func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let position = Double(sample.positions[sample.count - 1] + step)
    let base = posterior.evidence.line(position)
    var stays = 1.0
    for hazard in hazards.prefix(step) { stays *= 1 - hazard }
    var components = posterior.states.map { state in
      StudentMixture.Component(
        weight: stays * state.weight, location: base + state.line.mean(position),
        scale: (state.variance + state.line.variance(position)).squareRoot())
    }
    let ages = changedAges(step: step)
    var widths: [(variance: Double, weight: Double)] = []
    for state in posterior.states {
      if let index = widths.firstIndex(where: { $0.variance == state.variance }) {
        widths[index].weight += state.weight
      } else {
        widths.append((state.variance, state.weight))
      }
    }
    for age in ages where age.weight > 0 {
      let spread =
        posterior.evidence.levelVariance + age.squaredAge / age.weight * posterior.evidence.slopeVariance
      for width in widths {
        components.append(
          StudentMixture.Component(
            weight: age.weight * width.weight, location: base, scale: (width.variance + spread).squareRoot()))
      }
    }
    return try mixture(components, degreesOfFreedom: Self.normal)
  }

  /// Degrees of freedom beyond which Student's distribution is the normal one to the last digit of a double.
  private static let normal = 1e17

  /// For a step, the probability that the latest change to come lies so many periods back, gathered into classes
  /// of ages 0, 1, 2 to 3, 4 to 7 …, each with the sum of weighted squared ages.
  private func changedAges(step: Int) -> [(weight: Double, squaredAge: Double)] {
    var classes: [(weight: Double, squaredAge: Double)] = []
    var stays = 1.0
    for age in 0..<step {
      let hazard = hazards[step - age - 1]
      let index = age == 0 ? 0 : Int.bitWidth - age.leadingZeroBitCount
      while classes.count <= index { classes.append((0, 0)) }
      classes[index].weight += hazard * stays
      classes[index].squaredAge += hazard * stays * Double(age) * Double(age)
      stays *= 1 - hazard
    }
    return classes
  }

  /// Draws one joint path: a present line and a width of errors, then changes as they come.
  public func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let place = stream.uniform()
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > place { high = middle } else { low = middle + 1 }
    }
    let state = posterior.states[low]
    let sigma = state.variance.squareRoot()
    let last = sample.positions[sample.count - 1]
    var slope = state.line.slope + state.line.slopeVariance.squareRoot() * stream.normal()
    var level =
      state.line.level + state.line.levelVariance.squareRoot() * stream.normal()
      + slope * (Double(last) - state.line.centre)
    for index in path.indices {
      let hazard = index < hazards.count ? hazards[index] : 0
      if hazard > 0, stream.uniform() < hazard {
        level = posterior.evidence.levelVariance.squareRoot() * stream.normal()
        slope = posterior.evidence.slopeVariance.squareRoot() * stream.normal()
      } else {
        level += slope
      }
      path[index] =
        posterior.evidence.line(Double(last + index + 1)) + level + sigma * stream.normal()
    }
  }
}
