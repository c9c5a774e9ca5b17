import Statistics
import TimeSeries

/// Any model, with its intervals made as wide as its own earlier errors say they should have been.
///
/// The model forecasts again from earlier ends of the series. Each error is measured as the model itself would have:
/// by the normal score of the probability that it gave to what came (``ScoreCalibration``). From the sizes of
/// the scores comes a map that stretches every later forecast about its median. It is conformal prediction (Vovk,
/// Gammerman and Shafer, 2005) with the model's own spread as the measure, which holds whatever the model, as far as the
/// errors to come are exchangeable with those that were.
///
/// A series by itself has few errors. They are taken together for all steps, and those from one origin count as one; the fewer
/// there are, the nearer the forecast stays to the model's own. In a pool, ``fit(pool:horizon:)``, the errors of all series
/// calibrate each step by itself: that is the strong form (Stankeviciute, Alaa and van der Schaar, 2021, calibrate
/// over series in the same way).
///
/// A change that makes later errors larger than all before breaks the exchangeability, and no calibration foresees it
/// (Barber, Candès, Ramdas and Tibshirani, 2023).
public struct Conformal: ForecastModel {
  /// The model whose forecasts are calibrated.
  public let base: any ForecastModel
  /// The number of earlier ends that it forecasts again from.
  public let origins: Int
  /// The name of the model on the command line and in every output.
  public let specification: String

  /// The origins that are taken where none are asked for.
  public static let usualOrigins = 12
  /// The number of steps ahead that errors are taken for where a series is fitted by itself.
  static let usualHorizon = 3

  /// Describes the calibration of a model.
  ///
  /// - Parameters:
  ///   - base: the model.
  ///   - origins: the number of earlier ends that it forecasts again from, at least one.
  public init(_ base: any ForecastModel, origins: Int = Self.usualOrigins) {
    self.init(
      base, origins: max(1, origins), specification: Self.written(base.specification, max(1, origins)))
  }

  init(_ base: any ForecastModel, origins: Int, specification: String) {
    self.base = base
    self.origins = origins
    self.specification = specification
  }

  /// One sentence: what the model says about the future.
  public var summary: String { "\(base.summary); intervals are as wide as earlier errors were" }

  /// Fewer observations than this are refused.
  public var minimumObservations: Int { base.minimumObservations }

  /// The scale of the model that is calibrated.
  public var scaleChoice: ScaleChoice { base.scaleChoice }

  /// Fits the model, and forecasts again from the earlier ends.
  ///
  /// - Throws: what the model throws.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    let fitted = try base.fit(sample)
    let past = PastForecasts(
      base, pool: [sample], horizon: Self.usualHorizon, origins: origins, isPooled: false)
    let ends = Set(past.entries.map { sample.positions[$0.target] - $0.step })
    let calibration = ScoreCalibration(
      scores: try past.entries.map { (entry) throws(ForecastingError) in try Self.score(entry, of: sample) },
      independent: Double(ends.count))
    return calibrated(fitted, [calibration])
  }

  /// Fits the model to the pool, and calibrates each step by the errors of all its series.
  public func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    let horizon = min(max(horizon, 1), Forecast.longestHorizon)
    let past = PastForecasts(base, pool: pool, horizon: horizon, origins: origins, isPooled: true)
    var scores = [[Double]](repeating: [], count: horizon)
    var series = [Set<Int>](repeating: [], count: horizon)
    for entry in past.entries {
      // A forecast without quantiles is none.
      guard let score = try? Self.score(entry, of: pool[entry.series]) else { continue }
      scores[entry.step - 1].append(score)
      series[entry.step - 1].insert(entry.series)
    }
    var calibrations: [ScoreCalibration] = []
    for step in 0..<horizon where !scores[step].isEmpty || !calibrations.isEmpty {
      guard !scores[step].isEmpty else {
        calibrations.append(calibrations[step - 1])
        continue
      }
      // Forecasts of several steps from one origin and the next overlap, and share what happened in between.
      let separate = Double(scores[step].count) / Double(step + 1)
      calibrations.append(
        ScoreCalibration(scores: scores[step], independent: max(Double(series[step].count), separate)))
    }
    return base.fit(pool: pool, horizon: horizon).map { result in
      result.map { calibrated($0, calibrations.isEmpty ? [ScoreCalibration(spread: 1)] : calibrations) }
    }
  }

  private func calibrated(_ fitted: any FittedModel, _ calibrations: [ScoreCalibration]) -> FittedConformal {
    FittedConformal(
      specification: Self.written(fitted.specification, origins), base: fitted, calibrations: calibrations)
  }

  private static func score(
    _ entry: PastForecasts.Entry, of sample: Sample
  ) throws(ForecastingError) -> Double {
    let value = entry.known.scale.transformed(sample.observed[entry.target])
    return try NormalScores(entry.distribution).score(of: value)
  }

  private static func written(_ model: String, _ origins: Int) -> String {
    "conformal(\(ModelExpression.nested(model))\(origins == usualOrigins ? "" : ",origins=\(origins)"))"
  }
}

extension Conformal {
  /// `conformal(damped-trend)` and `conformal(combination(naive,drift), origins=20)`.
  static let family = ModelFamily(
    "conformal", usage: "conformal(MODEL, origins=K)",
    summary: "any model, with intervals as wide as its earlier errors say they should have been",
    example: "conformal(drift)"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let origins = try arguments.whole("origins", in: 1...1000, default: usualOrigins, byPlace: false)
    guard let inner = arguments.take("model") else {
      throw expression.error(
        at: max(1, expression.end - 1),
        "the model that is to be calibrated is missing; write conformal(drift), for example")
    }
    try arguments.finish()
    return Conformal(
      try ModelCatalogue.model(inner, in: expression), origins: origins, specification: expression.text)
  }
}
