import Statistics
import TimeSeries

/// A description of a model, not yet fitted to anything.
///
/// A model is one file: a small value that conforms to this protocol, and the fitted type that its ``fit(_:)`` returns.
/// One line in ``ModelCatalogue`` makes the command and the plan know it.
public protocol ForecastModel: Sendable {
  /// How the model is named on the command line and in every output, for example `damped-trend`.
  var specification: String { get }
  /// One sentence: what the model says about the future.
  var summary: String { get }
  /// Fewer observations than this are refused rather than fitted.
  var minimumObservations: Int { get }
  /// The scale that the model works on; ``ScaleChoice/unit`` unless the model says otherwise.
  var scaleChoice: ScaleChoice { get }
  /// Learns the model's parameters from a sample.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short, has gaps the method cannot take, or leaves the
  ///   equations without a solution.
  func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel
  /// Learns from the samples of a pool together: series that measure the same thing and lend each other strength.
  ///
  /// The result has one entry for every sample, in their order; what fails stops no other. The order of the samples
  /// changes no answer.
  ///
  /// - Parameters:
  ///   - pool: samples whose periods are of one kind; their lengths, last periods and gaps may differ.
  ///   - horizon: the number of periods that will be asked for. What is learned for these steps is continued to later ones.
  func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>]
}

/// A model that has learned from a sample and can forecast.
public protocol FittedModel: Sendable {
  /// The specification of the model that was fitted.
  var specification: String { get }
  /// What it was fitted to.
  var sample: Sample { get }
  /// The estimated parameters, in the order in which they are reported.
  var parameters: [FittedParameter] { get }
  /// The scale of the parameters in words, where it is not that of the sample.
  var parameterScale: String? { get }
  /// One-step errors on the model's scale for the second observation onwards, each divided by its standard deviation
  /// in units that make the product of those deviations one.
  ///
  /// Models that start from the first observation and models that estimate a start are compared on these alone. Where
  /// all errors are equally sure the divisor is one; after a gap, or with weights, it is not, and with a product of one
  /// the sum of squares alone still tells the likelihood.
  var residuals: [Double] { get }
  /// The positions in the sample, periods since its first observation, at which the ``residuals`` were made, in order.
  ///
  /// Models that leave out only a start have them at the last observations, and inherit that.
  var residualPositions: [Int] { get }
  /// The number of estimated quantities, the error variance among them.
  var parameterCount: Int { get }
  /// The number of estimated parameters that shape how the errors depend on one another; nil where their names tell.
  ///
  /// Ljung and Box's statistic loses a degree of freedom for each.
  var dynamicParameterCount: Int? { get }
  /// The predictive distribution on the model's scale, parameter uncertainty included, `step` periods after the last
  /// observation (1 is the first).
  ///
  /// - Throws: ``ForecastingError/horizon(_:)`` for a step below 1 or beyond ``Forecast/longestHorizon``, and
  ///   ``ForecastingError/numerical(series:model:reason:)`` when the numbers are too large to be forecast.
  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution
  /// The predictive distributions of steps 1 to `horizon`, in order.
  ///
  /// A model that has to simulate draws all steps at once; the others inherit this from ``predictive(step:)``.
  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution]
  /// Draws one joint path on the model's scale: parameters, scale of error and errors are drawn together, so the
  /// steps of a path belong to one another.
  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream)
  /// The maximised log-likelihood, where the model has one.
  var likelihood: Likelihood? { get }
  /// The parts that the model sees in the series; none for models that see no parts.
  var components: [SeriesComponent] { get }
  /// What the reader must know beside the numbers, each a sentence without its full stop: a variance estimated as zero,
  /// a parameter at its bound, a denominator held at its last value.
  var remarks: [String] { get }
  /// The models that spoke in this forecast and how much each had to say; none where one model speaks alone.
  var voices: [Voice] { get }
}

extension ForecastModel {
  /// The scale that suits the unit of the series.
  public var scaleChoice: ScaleChoice { .unit }

  /// Each sample by itself: a model that has nothing to learn from others.
  public func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    pool.map { sample in
      do throws(ForecastingError) {
        return .success(try fit(sample))
      } catch {
        return .failure(error)
      }
    }
  }

  /// The sample that the model would be fitted to, on the scale that it works on.
  ///
  /// - Throws: what ``Sample/init(_:scale:)`` throws.
  public func sample(_ series: Series) throws(ForecastingError) -> Sample {
    try Sample(series, scale: scaleChoice)
  }
}

extension FittedModel {
  /// The predictive distributions of steps 1 to `horizon`, one by one.
  public func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    guard horizon >= 1, horizon <= Forecast.longestHorizon else { throw .horizon(horizon) }
    var steps: [any PredictiveDistribution] = []
    steps.reserveCapacity(horizon)
    for step in 1...horizon { steps.append(try predictive(step: step)) }
    return steps
  }

  /// None: the parameters are on the scale of the sample.
  public var parameterScale: String? { nil }

  /// As many of the last observations as there are residuals.
  public var residualPositions: [Int] { Array(sample.positions.suffix(residuals.count)) }

  /// Not known: the names of the parameters tell.
  public var dynamicParameterCount: Int? { nil }

  /// None.
  public var likelihood: Likelihood? { nil }

  /// None.
  public var components: [SeriesComponent] { [] }

  /// None.
  public var remarks: [String] { [] }

  /// None: the model speaks alone.
  public var voices: [Voice] { [] }
}

/// A named, estimated quantity of a fitted model, on the model's scale.
public struct FittedParameter: Hashable, Sendable {
  /// The field's name for it, for example `slope` or `alpha`.
  public let name: String
  /// The estimate.
  public let value: Double
  /// Its standard error, where the method gives one.
  public let standardError: Double?

  /// Names an estimate and, where known, its standard error.
  public init(_ name: String, _ value: Double, standardError: Double? = nil) {
    self.name = name
    self.value = value
    self.standardError = standardError
  }
}

extension ForecastModel {
  /// Refuses a sample that is shorter than the model's minimum.
  func requireObservations(_ sample: Sample) throws(ForecastingError) {
    guard sample.count >= minimumObservations else {
      throw .tooFewObservations(
        series: sample.name, model: specification, found: sample.count, needed: minimumObservations)
    }
  }

  /// Refuses a sample in which a period is missing.
  func requireConsecutive(_ sample: Sample) throws(ForecastingError) {
    for index in sample.positions.indices.dropFirst()
    where sample.positions[index] != sample.positions[index - 1] + 1 {
      throw .gap(series: sample.name, model: specification, after: sample.labels[index - 1])
    }
  }
}
