import Statistics

/// A predictive distribution stretched by what its model's past errors have shown: the quantile of score z is the
/// model's own at the score that the ``ScoreCalibration`` says.
///
/// The map rises, so quantiles do not cross; it leaves the median. Skewness is kept: each side is stretched by its own
/// measure. Scores beyond 3.5 continue in proportion to the distance from the median, so that
/// a model whose intervals are many times too narrow can be mended too.
public struct RecalibratedDistribution: PredictiveDistribution {
  /// The model's own distribution.
  public var base: any PredictiveDistribution { scores.base }
  /// What its scores are mapped by.
  public let calibration: ScoreCalibration
  let scores: NormalScores

  /// A distribution under a calibration.
  ///
  /// - Throws: what the quantiles of the distribution throw.
  public init(
    _ base: any PredictiveDistribution, calibration: ScoreCalibration
  ) throws(ForecastingError) {
    scores = try NormalScores(base)
    self.calibration = calibration
  }

  /// The model's quantile at the calibrated score.
  public func quantile(_ probability: Double) throws(ForecastingError) -> Double {
    guard probability > 0, probability < 1 else { throw .probability(probability) }
    return try atScore(StandardNormal.quantile(probability))
  }

  /// The probability of a value no greater than `x`; NaN for NaN.
  public func cumulative(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    guard base is StudentMixture else {
      // A distribution with steps has several scores for one value; the greatest is wanted.
      guard let score = try? byScore.greatestScore(notAbove: x) else { return .nan }
      return StandardNormal.cumulative(score)
    }
    return StandardNormal.cumulative(calibration.original(scores.score(of: x)).score)
  }

  /// The density, by the chain rule.
  public func density(_ x: Double) -> Double {
    guard !x.isNaN else { return .nan }
    let (score, slope) = calibration.original(scores.score(of: x))
    return StandardNormal.density(score) * slope * scores.slope(at: x)
  }

  /// The mean on the model's scale.
  public var mean: Double { (try? curve.mean()) ?? .nan }

  /// The mean in the unit of the series, bounds and ceiling of the sample included.
  public func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double {
    try curve.mean(restoredBy: sample, natural: sample.scale == .natural ? mean : 0)
  }

  /// Its quantiles, for work that needs many of them.
  private var curve: ScoreIntegral { ScoreIntegral(quantile: QuantileCurve(self).callAsFunction) }

  private var byScore: ScoreIntegral { ScoreIntegral(quantile: atScore) }

  private func atScore(_ score: Double) throws(ForecastingError) -> Double {
    try scores.value(at: calibration.calibrated(score))
  }
}
