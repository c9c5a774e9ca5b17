import LinearAlgebra
import RealModule
import Statistics

/// A straight line through the series on the model's scale, by least squares through LAPACK; weighted by the
/// known sampling variance where counts are given.
///
/// On the logarithm a straight line is growth by a constant percentage; on the log odds it bends towards the
/// bounds. Weights say how sure one observation is against another; how far the points scatter about the line is
/// estimated from the series, because real change comes on top of sampling noise.
public struct LinearTrend: ForecastModel {
  /// The name of the model on the command line and in every output.
  public let specification = "linear-trend"
  /// One sentence: what the model says about the future.
  public let summary = "a straight line through all observations, on the scale of the unit, goes on"
  /// Fewer observations than this are refused.
  public let minimumObservations = 4

  /// A description of the model; it has no settings.
  public init() {}

  /// Fits the model to a sample; throws ``ForecastingError`` when it is too short, has gaps or cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return try FittedLinearTrend(sample, specification: specification)
  }
}

/// A fitted line, held by its height at the weighted middle of the times, where height and slope are
/// uncorrelated.
struct FittedLinearTrend: FittedModel {
  let specification: String
  let sample: Sample
  let residuals: [Double]
  let parameterCount = 3
  private let centre: Double
  private let level: Double
  private let slope: Double
  private let futureWeight: Double
  private let variance: ErrorVariance
  /// Variances of level and slope in units of the error variance.
  private let levelFactor: Double
  private let slopeFactor: Double

  init(_ sample: Sample, specification: String) throws(ForecastingError) {
    self.specification = specification
    self.sample = sample
    let times = sample.positions.map(Double.init)
    let weights = Self.weights(sample)
    let centre = zip(weights, times).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    let fit: LeastSquaresFit
    do {
      let design = Matrix(rows: times.count, columns: 2) { row, column in
        column == 0 ? 1 : times[row] - centre
      }
      fit = try LeastSquaresProblem(design: design, columnNames: ["level", "slope"])
        .fit(sample.values, weights: weights)
    } catch {
      throw .numerical(series: sample.name, model: specification, reason: "\(error)")
    }
    self.centre = centre
    level = fit.coefficients[0]
    slope = fit.coefficients[1]
    levelFactor = fit.unscaledCovariance[0, 0]
    slopeFactor = fit.unscaledCovariance[1, 1]
    let futureWeight = weights[weights.count - 1]
    self.futureWeight = futureWeight
    variance = ErrorVariance(
      sumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: times.count - 2,
      floor: sample.roundingVariance * futureWeight)
    residuals = zip(fit.residuals, weights).dropFirst().map { $0 * $1.squareRoot() }
  }

  /// One over the sampling variances, with a geometric mean of one from the second observation on: then the error
  /// variance is that of a typical observation, and the weights drop out of the likelihood.
  private static func weights(_ sample: Sample) -> [Double] {
    guard let variances = sample.samplingVariances, variances.allSatisfy({ $0 > 0 && $0.isFinite }) else {
      return sample.positions.map { _ in 1 }
    }
    let logs = variances.map { -Double.log($0) }
    let mean = logs.dropFirst().reduce(0, +) / Double(logs.count - 1)
    return logs.map { Double.exp($0 - mean) }
  }

  var parameters: [FittedParameter] {
    let sigma = variance.estimate.squareRoot()
    return [
      FittedParameter("level", level, standardError: sigma * levelFactor.squareRoot()),
      FittedParameter("slope", slope, standardError: sigma * slopeFactor.squareRoot()),
      FittedParameter("sigma", sigma),
    ]
  }

  private func distance(step: Int) -> Double {
    Double(sample.positions[sample.count - 1]) + Double(step) - centre
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let x = distance(step: step)
    return try variance.predictive(
      location: level + slope * x, varianceFactor: levelFactor + x * x * slopeFactor + 1 / futureWeight,
      of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let drawnLevel = level + sigma * levelFactor.squareRoot() * stream.normal()
    let drawnSlope = slope + sigma * slopeFactor.squareRoot() * stream.normal()
    let error = sigma / futureWeight.squareRoot()
    for index in path.indices {
      path[index] = drawnLevel + drawnSlope * distance(step: index + 1) + error * stream.normal()
    }
  }
}
