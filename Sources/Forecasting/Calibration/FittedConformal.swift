import Statistics

/// A fitted model under the calibration of its earlier errors.
///
/// A path is one of the model's own with every step carried to the quantile of the same rank of the calibrated
/// distribution.
struct FittedConformal: FittedModel {
  let specification: String
  let base: any FittedModel
  /// One calibration for each step, the last for all later ones.
  let calibrations: [ScoreCalibration]
  private let maps = PathMaps()

  init(specification: String, base: any FittedModel, calibrations: [ScoreCalibration]) {
    self.specification = specification
    self.base = base
    self.calibrations = calibrations
  }

  var sample: Sample { base.sample }
  var parameterScale: String? { base.parameterScale }
  var residuals: [Double] { base.residuals }
  var residualPositions: [Int] { base.residualPositions }
  var parameterCount: Int { base.parameterCount }
  var dynamicParameterCount: Int? { base.dynamicParameterCount }
  var likelihood: Likelihood? { base.likelihood }
  var components: [SeriesComponent] { base.components }
  var voices: [Voice] { base.voices }

  /// Those of the model, and how many times wider than its own the 80 and the 95% interval are.
  var parameters: [FittedParameter] {
    var list = base.parameters
    for (index, calibration) in calibrations.enumerated() {
      let step = calibrations.count > 1 ? ", step \(index + 1)" : ""
      for (level, score) in [(80, 1.2815515655446004), (95, 1.959963984540054)] {
        list.append(
          FittedParameter("score stretch at \(level)%\(step)", calibration.calibrated(score) / score))
      }
    }
    return list
  }

  var remarks: [String] {
    guard calibrations.allSatisfy({ $0.errors == 0 }) else { return base.remarks }
    return base.remarks + [
      "no earlier forecast could be made and compared, so the intervals are the model's own"
    ]
  }

  private func calibration(_ step: Int) -> ScoreCalibration {
    calibrations[min(step, calibrations.count) - 1]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    return try RecalibratedDistribution(try base.predictive(step: step), calibration: calibration(step))
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    var steps = try base.predictive(horizon: horizon)
    for index in steps.indices {
      steps[index] = try RecalibratedDistribution(steps[index], calibration: calibration(index + 1))
    }
    return steps
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    guard let maps = maps.value(horizon: path.count, make: pathMaps) else {
      // No forecast of so many steps exists either: predictive(horizon:) says why.
      for index in path.indices { path[index] = .nan }
      return
    }
    base.draw(path: path, from: &stream)
    for index in path.indices { path[index] = maps[index](path[index], drawing: &stream) }
  }

  private func pathMaps(_ horizon: Int) throws(ForecastingError) -> [QuantileMap] {
    var maps: [QuantileMap] = []
    for (index, own) in try base.predictive(horizon: horizon).enumerated() {
      maps.append(
        try QuantileMap(
          from: own, to: try RecalibratedDistribution(own, calibration: calibration(index + 1))))
    }
    return maps
  }
}
