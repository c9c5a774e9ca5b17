import LinearAlgebra
import RealModule
import Statistics

/// A piecewise linear trend with its changes in place.
struct FittedPiecewiseTrend: FittedModel {
  let specification: String
  let sample: Sample
  let parameters: [FittedParameter]
  let residuals: [Double]
  let parameterCount: Int
  let components: [SeriesComponent]
  let likelihood: Likelihood?
  /// The positions at which the trend changes.
  let changes: [Int]
  private let joint: PiecewiseTrend.Joint
  private let coefficients: [Double]
  private let factor: CovarianceFactor
  private let variance: ErrorVariance

  /// - Parameter places: indices of observations, as ``PiecewiseTrend/places(_:)`` gives them.
  init(
    _ sample: Sample, changes places: [Int], joint: PiecewiseTrend.Joint, specification: String
  ) throws(ForecastingError) {
    let changes = places.map { sample.positions[$0] }
    let count = sample.count
    let used = PiecewiseTrend.freedomUsed(by: changes.count, joint)
    guard count - used >= 1 else {
      throw .tooFewObservations(series: sample.name, model: specification, found: count, needed: used + 2)
    }
    let columns = 2 + (joint == .continuous ? 1 : 2) * changes.count
    let rows = sample.positions.map { Self.row($0, changes, joint) }
    do {
      let fit = try LeastSquaresProblem(design: Matrix(rows: count, columns: columns) { rows[$0][$1] })
        .fit(sample.values)
      // The places of the changes were fitted as well.
      let variance = ErrorVariance(
        sumOfSquares: fit.residualSumOfSquares, degreesOfFreedom: count - used, floor: sample.roundingVariance
      )
      let covariance = fit.unscaledCovariance.scaled(by: variance.estimate)
      factor = try CovarianceFactor(fit.unscaledCovariance)
      self.variance = variance
      coefficients = fit.coefficients
      residuals = Array(fit.residuals.dropFirst())
      parameters = Self.parameters(
        sample, changes: changes, joint: joint, coefficients: fit.coefficients, covariance: covariance,
        sigma: variance.estimate.squareRoot())
      components = Self.components(
        sample, changes: changes, joint: joint, coefficients: fit.coefficients, covariance: covariance,
        errors: fit.residuals)
      let believed = max(
        fit.residualSumOfSquares / Double(count), sample.roundingVariance, .leastNormalMagnitude)
      likelihood = Likelihood(
        -0.5
          * (Double(count) * Double.log(2 * .pi * believed) + fit.residualSumOfSquares / believed),
        convention: .full, observations: count, parameters: used + 1)
    } catch {
      throw RegressionDesign.failure(error, sample: sample, model: specification)
    }
    self.specification = specification
    self.sample = sample
    self.changes = changes
    self.joint = joint
    parameterCount = used + 1
  }

  /// Level, slope, and for each change its bend or its leap and bend.
  private static func row(_ position: Int, _ changes: [Int], _ joint: PiecewiseTrend.Joint) -> [Double] {
    [1, Double(position)]
      + changes.flatMap { change -> [Double] in
        let since = Double(max(0, position - change))
        return joint == .continuous ? [since] : [position >= change ? 1 : 0, since]
      }
  }

  /// The level at the start, then the slope of each piece by the period in which it begins.
  private static func parameters(
    _ sample: Sample, changes: [Int], joint: PiecewiseTrend.Joint, coefficients: [Double],
    covariance: Matrix, sigma: Double
  ) -> [FittedParameter] {
    func parameter(_ name: String, _ combination: [Double]) -> FittedParameter {
      FittedParameter(
        name, zip(combination, coefficients).reduce(0) { $0 + $1.0 * $1.1 },
        standardError: max(0, covariance.quadraticForm(combination)).squareRoot())
    }
    var slope = coefficients.indices.map { $0 == 1 ? 1.0 : 0 }
    var list = [
      parameter("level", coefficients.indices.map { $0 == 0 ? 1 : 0 }), parameter("slope", slope),
    ]
    let width = joint == .continuous ? 1 : 2
    for (index, change) in changes.enumerated() {
      let place = 2 + index * width
      if joint == .broken {
        list.append(
          parameter("leap at \(sample.label(at: change))", coefficients.indices.map { $0 == place ? 1 : 0 }))
      }
      slope[place + width - 1] = 1
      list.append(parameter("slope from \(sample.label(at: change))", slope))
    }
    return list + [FittedParameter("sigma", sigma)]
  }

  private static func components(
    _ sample: Sample, changes: [Int], joint: PiecewiseTrend.Joint, coefficients: [Double],
    covariance: Matrix, errors: [Double]
  ) -> [SeriesComponent] {
    let length = (sample.positions.last ?? 0) + 1
    let rows = (0..<length).map { row($0, changes, joint) }
    return [
      SeriesComponent(
        "trend", rows.map { zip($0, coefficients).reduce(0) { $0 + $1.0 * $1.1 } },
        standardErrors: rows.map { max(0, covariance.quadraticForm($0)).squareRoot() }),
      SeriesComponent(
        "remainder",
        RegressionComponents.remainder(errors, positions: sample.positions, rho: 0, length: length)),
    ]
  }

  var remarks: [String] {
    changes.isEmpty
      ? ["no change of trend was found"]
      : [
        "the trend changes at \(ArgumentReader.list(changes.map { sample.label(at: $0) }, joining: "and")), "
          + "which the forecast takes as known"
      ]
  }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    let row = Self.row(sample.positions[sample.count - 1] + step, changes, joint)
    return try variance.predictive(
      location: zip(row, coefficients).reduce(0) { $0 + $1.0 * $1.1 },
      varianceFactor: factor.quadraticForm(row) + 1, of: self)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    let sigma = variance.drawStandardDeviation(from: &stream)
    let last = sample.positions[sample.count - 1]
    let width = joint == .continuous ? 1 : 2
    withUnsafeTemporaryAllocation(of: Double.self, capacity: coefficients.count) { drawn in
      for index in drawn.indices { drawn[index] = coefficients[index] }
      factor.addDraw(to: drawn, scale: sigma, from: &stream)
      // After the last change the trend is one line: its height at the last observation, and its slope.
      var level = drawn[0] + drawn[1] * Double(last)
      var slope = drawn[1]
      for (index, change) in changes.enumerated() {
        let place = 2 + index * width
        if joint == .broken { level += drawn[place] }
        level += drawn[place + width - 1] * Double(last - change)
        slope += drawn[place + width - 1]
      }
      for index in path.indices {
        path[index] = level + slope * Double(index + 1) + sigma * stream.normal()
      }
    }
  }
}
