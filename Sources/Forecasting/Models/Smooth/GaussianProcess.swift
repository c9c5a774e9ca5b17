import LinearAlgebra
import Statistics

/// A trend drawn from a Gaussian process about a constant or a line (Rasmussen and Williams, 2006): near times have near
/// values, and far ahead the forecast returns to the mean.
///
/// Length scale, amplitude and noise maximise the marginal likelihood, in which the coefficients of the mean are
/// integrated out; the forecast averages over length scales. Known sampling variances are added to the noise, so that
/// chance in small numbers is not taken for change.
public struct GaussianProcess: ForecastModel {
  /// What the process varies about.
  public enum Mean: String, Hashable, Sendable, CaseIterable {
    /// A constant.
    case constant
    /// A straight line.
    case linear
  }

  /// How alike the process is at two times.
  public let kernel: CovarianceKernel
  /// What it varies about.
  public let mean: Mean
  /// Whether a part that repeats with the season is added.
  public let isSeasonal: Bool

  /// A description of the process.
  ///
  /// - Parameters:
  ///   - kernel: how alike the process is at two times.
  ///   - mean: what it varies about.
  ///   - isSeasonal: whether a part that repeats with the season is added.
  public init(
    kernel: CovarianceKernel = .squaredExponential, mean: Mean = .linear, isSeasonal: Bool = false
  ) {
    self.kernel = kernel
    self.mean = mean
    self.isSeasonal = isSeasonal
  }

  /// `gaussian-process`, with the options that are not the usual ones.
  public var specification: String {
    let options =
      (kernel == .squaredExponential ? [] : ["kernel=\(kernel.rawValue)"])
      + (mean == .linear ? [] : ["mean=\(mean.rawValue)"]) + (isSeasonal ? ["season"] : [])
    return options.isEmpty ? Self.name : "\(Self.name)(\(options.joined(separator: ",")))"
  }

  /// One sentence: what the model says about the future.
  public var summary: String { Self.summary }

  /// Fewer observations than this are refused.
  public var minimumObservations: Int { isSeasonal ? 10 : 6 }

  /// The covariance matrix of more observations than this costs more than it can tell.
  static let mostObservations = 500
  private static let name = "gaussian-process"
  private static let summary =
    "a smooth trend about a constant or a line goes on for a while and returns to it"

  /// Fits the model to a sample, gaps included.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short or too long, has no season where one is asked for, or
  ///   the equations cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    guard sample.count <= Self.mostObservations else {
      throw .unsuitable(
        series: sample.name, model: specification,
        problem:
          "takes at most \(Self.mostObservations) observations, and there are \(sample.count); begin the series "
          + "later, or choose spline or smooth-trend, to which long series cost little")
    }
    if isSeasonal {
      guard sample.season > 1 else {
        throw .unsuitable(
          series: sample.name, model: specification,
          problem: "asks for a season, and the periods of the series have none; leave season out")
      }
      guard (sample.positions.last ?? 0) + 1 >= 2 * sample.season else {
        throw .unsuitable(
          series: sample.name, model: specification,
          problem: "needs two whole seasons of \(sample.season) periods to learn one; leave season out")
      }
    }
    do {
      let likelihood = try GaussianProcessLikelihood(
        sample: sample, kernel: kernel, isLinear: mean == .linear, season: isSeasonal ? sample.season : nil)
      guard let found = GaussianProcessSearch(likelihood: likelihood).learn() else {
        throw LinearAlgebraError.notPositiveDefinite(column: ColumnReference(index: 0))
      }
      var nodes: [(weight: Double, posterior: GaussianProcessPosterior)] = []
      for node in found.nodes {
        nodes.append(
          (
            node.weight,
            try GaussianProcessPosterior(
              likelihood, parameters: node.parameters, roundingVariance: sample.roundingVariance)
          ))
      }
      return FittedGaussianProcess(
        specification: specification, sample: sample,
        best: try GaussianProcessPosterior(
          likelihood, parameters: found.best, roundingVariance: sample.roundingVariance), nodes: nodes)
    } catch {
      throw .numerical(series: sample.name, model: specification, reason: "\(error)")
    }
  }

  /// How the model is written.
  static let family = ModelFamily(
    name,
    usage: "gaussian-process(kernel=squared-exponential|matern-3/2|matern-5/2, mean=linear|constant, season)",
    summary: summary
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let kernel = try arguments.choice(
      "kernel", among: CovarianceKernel.allCases.map { ($0.rawValue, $0) }, default: .squaredExponential,
      byPlace: false)
    let mean = try arguments.choice(
      "mean", among: Mean.allCases.map { ($0.rawValue, $0) }, default: .linear, byPlace: false)
    let isSeasonal = arguments.flag("season")
    try arguments.finish()
    return GaussianProcess(kernel: kernel, mean: mean, isSeasonal: isSeasonal)
  }
}
