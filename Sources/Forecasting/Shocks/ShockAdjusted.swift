/// Any model on the history without its shocks: outliers and the pandemic years are taken out, the part before a level
/// shift or a flagged break is moved to the present level, and the model forecasts from there.
///
/// Where the last observations leave open whether a change stays, the model is fitted to each reading of them, and the
/// forecast is the mixture.
public struct ShockAdjusted: ForecastModel {
  /// The model of the adjusted history.
  public let base: any ForecastModel
  /// How shocks are found.
  public let treatment: ShockTreatment
  /// The name of the model on the command line and in every output.
  public let specification: String

  /// Describes the model.
  ///
  /// - Parameters:
  ///   - base: the model of the adjusted history.
  ///   - treatment: how shocks are found.
  public init(_ base: any ForecastModel, treatment: ShockTreatment = ShockTreatment()) {
    self.init(base, treatment: treatment, specification: Self.text(base.specification, treatment))
  }

  private init(_ base: any ForecastModel, treatment: ShockTreatment, specification: String) {
    self.base = base
    self.treatment = treatment
    self.specification = specification
  }

  /// One sentence: what the model says about the future.
  public var summary: String { "without the shocks of the past: \(base.summary)" }

  /// Fewer observations than this are refused.
  public var minimumObservations: Int { base.minimumObservations }

  /// The scale of the model of the adjusted history.
  public var scaleChoice: ScaleChoice { base.scaleChoice }

  /// Fits the model to a sample.
  ///
  /// Where there is nothing to take out, the forecast is that of the model alone. A model of counts finds none behind
  /// adjusted values, and refuses.
  ///
  /// - Throws: what the model of the adjusted history throws.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return try fitted(treatment.treat(sample)) { (reading, _) throws(ForecastingError) in
      try base.fit(reading)
    }
  }

  /// Fits the model to a pool, whose samples share their shocks.
  public func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    let treated = treatment.treat(pool: pool)
    let most = treated.reduce(1) { max($0, $1.readings.count) }
    // The first reading of every sample, then the second of those that have one beside the first of the others.
    let fits = (0..<most).map { place in
      base.fit(
        pool: treated.map { $0.readings.indices.contains(place) ? $0.readings[place].sample : $0.sample },
        horizon: horizon)
    }
    return treated.indices.map { index in
      do throws(ForecastingError) {
        return .success(
          try fitted(treated[index]) { (_, place) throws(ForecastingError) in try fits[place][index].get() })
      } catch {
        return .failure(error)
      }
    }
  }

  /// The fits of all readings; a reading that the model refuses is left out where another stands.
  private func fitted(
    _ treated: TreatedSample, fit: (Sample, Int) throws(ForecastingError) -> any FittedModel
  ) throws(ForecastingError) -> FittedShockAdjusted {
    var branches: [FittedShockAdjusted.Branch] = []
    var refusal: ForecastingError?
    for (place, reading) in treated.readings.enumerated() {
      do throws(ForecastingError) {
        branches.append(
          try FittedShockAdjusted.Branch(try fit(reading.sample, place), reading: reading, treated: treated))
      } catch {
        refusal = refusal ?? error
      }
    }
    guard let first = branches.first else {
      throw refusal
        ?? .numerical(
          series: treated.original.name, model: specification, reason: "there is nothing to fit to")
    }
    return FittedShockAdjusted(
      specification: Self.text(first.base.specification, treatment), treated: treated, branches: branches,
      remarks: refusal.map { ["one reading of the last observations is left out: \($0)"] } ?? [])
  }

  private static func text(_ base: String, _ treatment: ShockTreatment) -> String {
    "shocks(\(SeasonallyAdjusted.nested(base))\(options(treatment)))"
  }

  /// The settings that differ from what is usual, as they are written.
  private static func options(_ treatment: ShockTreatment) -> String {
    switch treatment.searches {
    case [.pandemic]: ",search=pandemic"
    case []: ",search=flagged"
    default: ""
    }
  }
}

extension ShockAdjusted {
  /// `shocks(drift)`, `shocks(damped-trend, search=pandemic)`.
  static let family = ModelFamily(
    "shocks", usage: "shocks(MODEL, search=all|pandemic|flagged)",
    summary:
      "outliers, level shifts, the pandemic years and flagged breaks taken out, and any other model for the rest",
    example: "shocks(drift)"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let choices: [(word: String, value: ShockTreatment.Search)] = [
      ("all", [.anywhere, .pandemic]), ("pandemic", [.pandemic]), ("flagged", []),
    ]
    let searches = try arguments.choice("search", among: choices, default: choices[0].value, byPlace: false)
    guard let inner = arguments.take("model") else {
      throw expression.error(
        at: max(1, expression.end - 1),
        "the model of the history without its shocks is missing; write shocks(drift), for example")
    }
    try arguments.finish()
    return ShockAdjusted(
      try ModelCatalogue.model(inner, in: expression), treatment: ShockTreatment(searches: searches))
  }
}
