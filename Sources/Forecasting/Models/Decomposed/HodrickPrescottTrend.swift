import RealModule
import Statistics

/// A smooth trend whose slope walks at random, under noise: the model of which the Hodrick-Prescott filter is the
/// smoother (Harvey and Jaeger, 1993).
///
///     y(t) = τ(t) + e(t),    Δ²τ(t) = n(t),    variance of n = variance of e / λ
///
/// With λ given by convention everything else is generalised least squares: the trend has the covariance σ² (W + λ K'K)⁻¹,
/// σ² is the penalised sum of squares over n - 2, and the forecast goes on from the last two trend values,
/// exactly Student's t with n - 2 degrees of freedom. h periods ahead the trend to come adds
/// (1² + 2² + … + h²)/λ to the variance, so the doubt grows with the cube of the horizon.
public struct HodrickPrescottTrend: ForecastModel {
  /// The filter.
  public let filter: HodrickPrescott
  /// The name of the model on the command line and in every output.
  public var specification: String {
    filter.penalty.map { "hodrick-prescott(\(NumberText.plain($0)))" } ?? "hodrick-prescott"
  }
  /// One sentence: what the model says about the future.
  public let summary = "the slope at the end of a smooth trend goes on, and is less sure each period"
  /// Fewer observations than this are refused.
  public let minimumObservations = 4

  /// Describes the model of a filter.
  public init(_ filter: HodrickPrescott = HodrickPrescott()) { self.filter = filter }

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short or the penalty is out of range.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return FittedHodrickPrescottTrend(
      specification: specification, sample: sample, decomposition: try filter.decompose(sample),
      isConventional: filter.penalty == nil)
  }

  /// `hodrick-prescott`, `hodrick-prescott(1600)` and `hodrick-prescott(lambda=1600)`.
  static let family = ModelFamily(
    "hodrick-prescott", usage: "hodrick-prescott(LAMBDA)", summary: HodrickPrescottTrend().summary
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let penalty = try arguments.number("lambda", in: HodrickPrescott.penalties)
    try arguments.finish()
    return HodrickPrescottTrend(HodrickPrescott(penalty: penalty))
  }
}

struct FittedHodrickPrescottTrend: FittedModel {
  let specification: String
  let sample: Sample
  let decomposition: HodrickPrescottDecomposition
  let residuals: [Double]
  /// Level, slope and variance.
  let parameterCount = 3
  private let isConventional: Bool
  private let variance: ErrorVariance
  private let level: Double
  private let slope: Double
  /// The covariance of level and slope at the end, in units of the error variance.
  private let levelFactor: Double
  private let slopeFactor: Double
  private let crossFactor: Double

  init(
    specification: String, sample: Sample, decomposition: HodrickPrescottDecomposition, isConventional: Bool
  ) {
    self.specification = specification
    self.sample = sample
    self.decomposition = decomposition
    self.isConventional = isConventional
    let trend = decomposition.trend
    let last = trend.count - 1
    level = trend[last]
    slope = trend[last] - trend[last - 1]
    let (own, before) = (decomposition.trendVariance[last], decomposition.trendVariance[last - 1])
    levelFactor = own
    crossFactor = own - decomposition.lastCovariance
    slopeFactor = max(0, own + before - 2 * decomposition.lastCovariance)
    variance = ErrorVariance(
      sumOfSquares: decomposition.penalisedSquares, degreesOfFreedom: sample.count - 2,
      floor: sample.roundingVariance)
    residuals = SmoothTrendInnovations(sample, penalty: decomposition.penalty).standardised
  }

  var parameters: [FittedParameter] {
    let sigma = variance.estimate.squareRoot()
    return [
      FittedParameter("lambda", decomposition.penalty),
      FittedParameter("final level", level, standardError: sigma * levelFactor.squareRoot()),
      FittedParameter("final slope", slope, standardError: sigma * slopeFactor.squareRoot()),
      FittedParameter("sigma", sigma),
    ]
  }

  /// The likelihood given the first level and slope, which nothing is known of, at the given penalty.
  var likelihood: Likelihood? {
    let count = Double(sample.count)
    let free = count - 2
    let steps = Double(decomposition.trend.count - 2)
    let squares = max(decomposition.penalisedSquares, free * sample.roundingVariance, .leastNormalMagnitude)
    let value =
      -0.5 * count * Double.log(2 * Double.pi) - 0.5 * free * Double.log(squares / free) - 0.5 * free
      + 0.5 * steps * Double.log(decomposition.penalty) - 0.5 * decomposition.logDeterminant
    return Likelihood(value, convention: .diffuse, observations: sample.count, parameters: parameterCount)
  }

  var components: [SeriesComponent] { decomposition.components(sample, variance: variance.estimate) }

  var remarks: [String] {
    var list: [String] = []
    if isConventional {
      list.append(
        "lambda is \(NumberText.plain(decomposition.penalty)) by convention (Ravn and Uhlig, 2002), not estimated from the series"
      )
    }
    if sample.season > 1 {
      list.append("the season is not modelled; stl(hodrick-prescott) takes it out first")
    }
    return list
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let ahead = Double(step)
    // One squared, two squared and so on: what the slope's steps to come add up to.
    let wandering = ahead * (ahead + 1) * (2 * ahead + 1) / 6 / decomposition.penalty
    let known = levelFactor + 2 * ahead * crossFactor + ahead * ahead * slopeFactor
    return try variance.predictive(
      location: level + ahead * slope, varianceFactor: 1 + known + wandering, of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let stepSize = sigma / decomposition.penalty.squareRoot()
    let first = levelFactor.squareRoot()
    let shared = crossFactor / first
    let own = max(0, slopeFactor - shared * shared).squareRoot()
    let common = stream.normal()
    var trend = level + sigma * first * common
    var rise = slope + sigma * (shared * common + own * stream.normal())
    for index in path.indices {
      rise += stepSize * stream.normal()
      trend += rise
      path[index] = trend + sigma * stream.normal()
    }
  }
}
