import RealModule
import Statistics

/// The random walk: what was last seen is the best guess, and uncertainty grows with the square root of time.
///
/// The benchmark that every other model has to beat. A gap of k periods between two observations counts as one change
/// with k times the variance.
public struct Naive: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "naive"
  /// One sentence: what the model says about the future.
  public let summary = "the last value stays; steps up and down are equally likely"
  /// Fewer observations than this are refused.
  public let minimumObservations = 3

  /// A description of the model; it has no settings.
  public init() {}

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short, has gaps or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return FittedRandomWalk(sample, model: self, hasDrift: false)
  }
}

/// The random walk with drift: the average change goes on.
public struct Drift: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "drift"
  /// One sentence: what the model says about the future.
  public let summary = "the average change since the first observation goes on"
  /// Fewer observations than this are refused.
  public let minimumObservations = 4

  /// A description of the model; it has no settings.
  public init() {}

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short, has gaps or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return FittedRandomWalk(sample, model: self, hasDrift: true)
  }
}

/// A random walk with or without drift, fitted by generalised least squares over gaps of any length.
///
/// With drift, h periods ahead of n observed periods the forecast varies by sigma squared times h (1 + h/n): the second
/// term is what is not known of the drift itself (Hyndman and Athanasopoulos, 2021, section 5.2).
struct FittedRandomWalk: FittedModel {
  let specification: String
  let sample: Sample
  let residuals: [Double]
  let parameterCount: Int
  private let drift: Double
  private let hasDrift: Bool
  private let span: Double
  private let variance: ErrorVariance

  init(_ sample: Sample, model: some ForecastModel, hasDrift: Bool) {
    specification = model.specification
    self.sample = sample
    self.hasDrift = hasDrift
    let lengths = zip(sample.positions.dropFirst(), sample.positions).map { Double($0 - $1) }
    let changes = zip(sample.values.dropFirst(), sample.values).map { $0 - $1 }
    let span = lengths.reduce(0, +)
    let drift = hasDrift ? changes.reduce(0, +) / span : 0
    let errors = zip(changes, lengths).map { ($0 - drift * $1) / $1.squareRoot() }
    let meanLog = lengths.reduce(0) { $0 + Double.log($1) } / Double(lengths.count)
    let unit = Double.exp(meanLog / 2)
    residuals = errors.map { $0 * unit }
    self.drift = drift
    self.span = span
    parameterCount = hasDrift ? 2 : 1
    variance = ErrorVariance(
      sumOfSquares: errors.reduce(0) { $0 + $1 * $1 },
      degreesOfFreedom: errors.count - (hasDrift ? 1 : 0), floor: sample.roundingVariance)
  }

  var parameters: [FittedParameter] {
    let sigma = FittedParameter("sigma", variance.estimate.squareRoot())
    guard hasDrift else { return [sigma] }
    return [
      FittedParameter("drift", drift, standardError: (variance.estimate / span).squareRoot()), sigma,
    ]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let ahead = Double(step)
    return try variance.predictive(
      location: sample.values[sample.count - 1] + drift * ahead,
      varianceFactor: ahead + (hasDrift ? ahead * ahead / span : 0), of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let change = hasDrift ? drift + sigma / span.squareRoot() * stream.normal() : 0
    var level = sample.values[sample.count - 1]
    for index in path.indices {
      level += change + sigma * stream.normal()
      path[index] = level
    }
  }
}
