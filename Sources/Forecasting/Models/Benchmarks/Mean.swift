import Statistics

/// The mean of all observations: the values scatter independently about a level that does not move.
///
/// The forecast varies by sigma squared times (1 + 1/n), the second term being what is not known of the mean itself
/// (Hyndman and Athanasopoulos, 2021, section 5.2). Gaps change nothing, since no value depends on another.
public struct Mean: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "mean"
  /// One sentence: what the model says about the future.
  public let summary = "values scatter about the mean of all observations"
  /// Fewer observations than this are refused.
  public let minimumObservations = 3

  /// A description of the model; it has no settings.
  public init() {}

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return FittedMean(sample, specification: specification)
  }
}

struct FittedMean: FittedModel {
  let specification: String
  let sample: Sample
  let residuals: [Double]
  let parameterCount = 2
  private let mean: Double
  private let variance: ErrorVariance

  init(_ sample: Sample, specification: String) {
    self.specification = specification
    self.sample = sample
    let count = Double(sample.count)
    // The mean of the values, and then of what is left, so that large values keep their last digits.
    let first = sample.values.reduce(0) { $0 + $1 / count }
    let mean = first + sample.values.reduce(0) { $0 + ($1 - first) / count }
    let errors = sample.values.map { $0 - mean }
    self.mean = mean
    residuals = Array(errors.dropFirst())
    variance = ErrorVariance(
      sumOfSquares: errors.reduce(0) { $0 + $1 * $1 }, degreesOfFreedom: sample.count - 1,
      floor: sample.roundingVariance)
  }

  var parameters: [FittedParameter] {
    [
      FittedParameter(
        "mean", mean, standardError: (variance.estimate / Double(sample.count)).squareRoot()),
      FittedParameter("sigma", variance.estimate.squareRoot()),
    ]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    return try variance.predictive(location: mean, varianceFactor: 1 + 1 / Double(sample.count), of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let drawn = mean + sigma / Double(sample.count).squareRoot() * stream.normal()
    for index in path.indices { path[index] = drawn + sigma * stream.normal() }
  }
}
