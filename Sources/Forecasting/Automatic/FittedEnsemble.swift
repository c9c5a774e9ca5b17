import RealModule
import Statistics
import Synchronization

/// A combination of forecasters fitted to one series, with intervals learned from its own earlier errors.
struct FittedEnsemble: FittedModel {
  let specification: String
  let sample: Sample
  /// The members and their weights.
  let ensemble: Ensemble
  /// How far the combination errs.
  let spread: ErrorSpread
  let residuals: [Double]
  let residualPositions: [Int]
  let remarks: [String]
  /// The level below which the root of the level is not followed; nil where errors do not grow with the level.
  private let levelFloor: Double?
  private let centres = Centres()

  /// What a figure is taken to change by from one period to the next, as a share of itself, where one or two observations
  /// cannot tell.
  static let assumedChange = 0.1
  /// Errors at levels below this share of the mean are taken to be those at it.
  private static let lowestLevel = 0.2

  /// Fits a sample.
  ///
  /// - Throws: ``ForecastingError/unsuitable(series:model:problem:)`` for one or two observations of zero, and
  ///   what ``ConsecutiveValues`` throws.
  init(_ sample: Sample, specification: String) throws(ForecastingError) {
    self.specification = specification
    self.sample = sample
    let filled = try ConsecutiveValues(sample, model: specification)
    let ensemble = Ensemble(filled.values, season: sample.season)
    self.ensemble = ensemble
    let count = filled.values.count
    let isPositive = filled.values.allSatisfy { $0 > 0 }
    let level = filled.values.reduce(0) { $0 + abs($1) / Double(count) }
    levelFloor = sample.scale == .natural && isPositive ? Self.lowestLevel * level : nil
    guard sample.count >= 3 else {
      let change = Self.assumedChange * (sample.observed.reduce(0) { max($0, abs($1)) })
      guard change > 0 else {
        throw .unsuitable(
          series: sample.name, model: specification,
          problem:
            "cannot tell from \(sample.count == 1 ? "a single zero" : "two zeros") how far the figures may move; add "
            + "earlier periods")
      }
      let slope = sample.observed.last.map(sample.scale.slope) ?? 1
      let own = sample.count == 2 ? sample.values[1] - sample.values[0] : 0
      let root = levelFloor.map { max(sample.observed[sample.count - 1], $0).squareRoot() } ?? 1
      let variance = max(change * change * slope * slope, own * own, sample.roundingVariance)
      spread = ErrorSpread(assumed: variance / (root * root))
      residuals = []
      residualPositions = []
      remarks = [
        "\(sample.count == 1 ? "one observation" : "two observations") cannot show how the series moves: the forecast is "
          + "no change, and its width assumes that figures like this change by a tenth of themselves from one period to "
          + "the next" + (sample.count == 2 ? ", or by as much as this one did" : "")
      ]
      return
    }
    let reachable = sample.reachable
    let reach = ensemble.reach
    var errors = [Double](repeating: .nan, count: ensemble.earlier.count)
    var ones: [Double] = []
    var positions: [Int] = []
    for end in ensemble.firstEnd..<count {
      for step in 0..<reach {
        guard end + 1 + step < count, let index = filled.observation[end + 1 + step] else { continue }
        let place = (end - ensemble.firstEnd) * reach + step
        let expected = ensemble.earlier[place]
        let error =
          sample.values[index]
          - sample.scale.transformed(min(max(expected, reachable.lowerBound), reachable.upperBound))
        errors[place] = levelFloor.map { error / max(expected, $0).squareRoot() } ?? error
        if step == 0 {
          ones.append(error)
          positions.append(end + 1)
        }
      }
    }
    residuals = ones
    residualPositions = positions
    // A step of the series itself is what a first error may be like; rounding alone leaves no less.
    var steps = 0.0
    for index in sample.values.indices.dropFirst() {
      let step = sample.values[index] - sample.values[index - 1]
      steps += step * step / (levelFloor.map { max(sample.observed[index], $0) } ?? 1)
    }
    let rounding =
      sample.roundingVariance / (levelFloor.map { max(sample.observed[sample.count - 1], $0) } ?? 1)
    spread = ErrorSpread(
      errors: errors, reach: reach, count: count, isSeasonal: sample.season > 1,
      priorVariance: max(steps / Double(sample.count - 1), rounding, .leastNormalMagnitude))
    remarks = EnsembleAccount.remarks(ensemble, spread: spread, filled: count - sample.count)
  }

  var parameters: [FittedParameter] {
    [
      FittedParameter("growth of errors", spread.growth),
      FittedParameter("correlation of errors", spread.correlation),
    ]
  }

  var parameterCount: Int { ensemble.parts.count + 2 }

  var dynamicParameterCount: Int? { 0 }

  var voices: [Voice] { ensemble.parts.map { Voice($0.name, weight: $0.weight) } }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    guard let last = try predictive(horizon: step).last else { throw .horizon(step) }
    return last
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    var steps: [any PredictiveDistribution] = []
    steps.reserveCapacity(horizon)
    for (index, centre) in centres(horizon).prefix(horizon).enumerated() {
      let component = StudentMixture.Component(
        weight: 1, location: centre.location, scale: centre.scale)
      guard let step = StudentMixture([component], degreesOfFreedom: spread.degreesOfFreedom) else {
        throw .numerical(
          series: sample.name, model: specification,
          reason: "the forecast \(index + 1) periods ahead is too large to be computed")
      }
      steps.append(step)
    }
    return steps
  }

  /// The errors of a path keep to the marginal distribution of each step and to the correlation that the errors of
  /// successive steps have had: an autoregression of normal variates, divided by one root of a chi-squared variate.
  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    guard !path.isEmpty else { return }
    let centres = centres(path.count)
    let correlation = spread.correlation
    let rest = (1 - correlation * correlation).squareRoot()
    let freedom = spread.degreesOfFreedom
    let root = (stream.gamma(shape: freedom / 2) * 2 / freedom).squareRoot()
    // Far below anything that is drawn in practice: it only keeps the quotient finite.
    let divisor = max(root, 1e-6)
    var variate = stream.normal()
    for index in path.indices {
      if index > 0 { variate = correlation * variate + rest * stream.normal() }
      let centre = centres[index]
      path[index] = centre.location + centre.scale * variate / divisor
    }
  }

  /// The middle and the scale of each step on the scale of the sample.
  private func centres(_ count: Int) -> [Centres.Step] {
    centres.steps(count) { count in
      let reachable = sample.reachable
      let rounding = sample.roundingVariance.squareRoot()
      return ensemble.forecast(horizon: count).enumerated().map { index, value in
        let location = sample.scale.transformed(min(max(value, reachable.lowerBound), reachable.upperBound))
        let root = levelFloor.map { max(value, $0).squareRoot() } ?? 1
        return Centres.Step(location: location, scale: max(root * spread.scale(step: index + 1), rounding))
      }
    }
  }

  /// The forecasts of as many steps as have been asked for.
  private final class Centres: Sendable {
    struct Step {
      let location: Double
      let scale: Double
    }

    private let storage = Mutex<[Step]>([])

    /// At least the first `count` steps.
    ///
    /// Steps that were computed for a longer horizon are the same, so who asks first changes nothing.
    func steps(_ count: Int, _ compute: (Int) -> [Step]) -> [Step] {
      storage.withLock { stored in
        if stored.count < count { stored = compute(count) }
        return stored
      }
    }
  }
}
