import LinearAlgebra
import Statistics

/// A straight line through the series on the model's scale, by least squares; weighted by the known sampling variance
/// where counts are given.
///
/// On the logarithm a straight line is growth by a constant percentage; on the log odds it bends towards the bounds.
/// Weights say how sure one observation is against another; how far the points scatter about the line is estimated
/// from the series, because real change comes on top of sampling noise.
public struct LinearTrend: ForecastModel {
  public let specification = "linear-trend"
  public let summary = "a straight line through all observations, on the scale of the unit, goes on"
  public let minimumObservations = 4

  /// A description of the model; it has no settings.
  public init() {}

  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return try FittedLinearTrend(sample, specification: specification)
  }
}

struct FittedLinearTrend: FittedModel {
  let specification: String
  let sample: Sample
  let parameters: [FittedParameter]
  let residuals: [Double]
  let parameterCount = 3
  private let centre: Double
  private let level: Double
  private let slope: Double
  private let futureWeight: Double
  private let variance: ErrorVariance
  /// Variances and covariance of level and slope in units of the error variance, and their Cholesky factor.
  private let unscaled: (levelLevel: Double, levelSlope: Double, slopeSlope: Double)

  init(_ sample: Sample, specification: String) throws(ForecastingError) {
    self.specification = specification
    self.sample = sample
    let times = sample.positions.map(Double.init)
    let centre = times.reduce(0, +) / Double(times.count)
    // Weights are relative: scaled to a mean of one, so that the error variance keeps its meaning.
    let weights = sample.samplingVariances.flatMap { variances -> [Double]? in
      guard variances.allSatisfy({ $0 > 0 }) else { return nil }
      let inverse = variances.map { 1 / $0 }
      let mean = inverse.reduce(0, +) / Double(inverse.count)
      return inverse.map { $0 / mean }
    }
    let fit: LeastSquaresFit
    let covariance: Matrix
    do {
      var columns = Matrix(rows: times.count, columns: 2, repeating: 1)
      for (row, time) in times.enumerated() { columns[row, 1] = time - centre }
      fit = try LeastSquaresProblem(design: columns, columnNames: ["level", "slope"])
        .fit(sample.values, weights: weights)
      covariance = fit.unscaledCovariance
    } catch {
      throw .numerical(series: sample.name, model: specification, reason: "\(error)")
    }
    self.centre = centre
    level = fit.coefficients[0]
    slope = fit.coefficients[1]
    futureWeight = weights?.last ?? 1
    unscaled = (covariance[0, 0], covariance[0, 1], covariance[1, 1])
    variance = ErrorVariance(
      sumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: times.count - 2,
      floor: sample.roundingVariance * futureWeight)
    residuals = zip(fit.residuals, weights ?? times.map { _ in 1 }).dropFirst()
      .map { $0 * $1.squareRoot() }
    let sigma = variance.estimate.squareRoot()
    parameters = [
      FittedParameter("level", level, standardError: sigma * unscaled.levelLevel.squareRoot()),
      FittedParameter("slope", slope, standardError: sigma * unscaled.slopeSlope.squareRoot()),
      FittedParameter("sigma", sigma),
    ]
  }

  private func distance(step: Int) -> Double {
    Double(sample.positions[sample.count - 1] + step) - centre
  }

  func predictive(step: Int) throws(ForecastingError) -> StudentMixture {
    let x = distance(step: step)
    let ofLine = unscaled.levelLevel + 2 * x * unscaled.levelSlope + x * x * unscaled.slopeSlope
    return try variance.predictive(
      location: level + slope * x, varianceFactor: ofLine + 1 / futureWeight, of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let first = stream.normal()
    let second = stream.normal()
    let deviation = unscaled.levelLevel.squareRoot()
    let link = unscaled.levelSlope / deviation
    let drawnLevel = level + sigma * deviation * first
    let drawnSlope =
      slope + sigma * (link * first + max(0, unscaled.slopeSlope - link * link).squareRoot() * second)
    let error = sigma / futureWeight.squareRoot()
    for index in path.indices {
      path[index] = drawnLevel + drawnSlope * distance(step: index + 1) + error * stream.normal()
    }
  }
}
