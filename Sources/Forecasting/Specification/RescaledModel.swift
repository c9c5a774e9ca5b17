import Statistics

/// A model on another scale than its own, asked for with `scale=` among its options.
struct RescaledModel: ForecastModel {
  let base: any ForecastModel
  let specification: String
  let scaleChoice: ScaleChoice
  /// The scale as it was asked for, `scale=log`.
  let written: String

  var summary: String { base.summary }
  var minimumObservations: Int { base.minimumObservations }

  func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try rescaled(try base.fit(sample))
  }

  func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
    base.fit(pool: pool, horizon: horizon).map { result in
      result.flatMap { fitted in
        do throws(ForecastingError) {
          return .success(try rescaled(fitted))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  private func rescaled(_ fitted: any FittedModel) throws(ForecastingError) -> any FittedModel {
    RescaledFit(base: fitted, specification: try Self.adding(written, to: fitted.specification))
  }

  /// The specification of what was fitted, which may be the outcome of a choice, with the scale; as it is where it names
  /// its scale.
  private static func adding(_ scale: String, to specification: String) throws(ForecastingError) -> String {
    let expression = try ModelExpression(specification)
    let namesScale = expression.groups.contains { $0.contains { $0.key == "scale" } }
    return namesScale ? specification : ModelExpression.adding(scale, to: specification)
  }

  /// The words that `scale=` accepts.
  static let usage = "scale=unit|natural|log|log-odds|box-cox|box-cox(POWER)"

  /// Takes `scale=` out of an expression.
  ///
  /// - Returns: the expression without it, and the choice, with how it was written, where there was one.
  static func separate(
    _ expression: ModelExpression
  ) throws(ForecastingError) -> (rest: ModelExpression, scale: (choice: ScaleChoice, written: String)?) {
    var scale: (choice: ScaleChoice, written: String)?
    var groups = expression.groups
    for index in groups.indices {
      for argument in groups[index] where argument.key == "scale" {
        guard scale == nil else { throw expression.error(at: argument, "scale is given twice") }
        let power = argument.arguments.map { "(\($0.map(\.word).joined(separator: ",")))" } ?? ""
        scale = (try read(argument, of: expression), "scale=\(argument.word)\(power)")
      }
      groups[index].removeAll { $0.key == "scale" }
    }
    let rest = ModelExpression(
      text: expression.text, name: expression.name, groups: groups, openings: expression.openings,
      season: expression.season, end: expression.end)
    return (rest, scale)
  }

  private static func read(
    _ argument: ModelExpression.Argument, of expression: ModelExpression
  ) throws(ForecastingError) -> ScaleChoice {
    switch (argument.word, argument.arguments) {
    case ("unit", nil): return .unit
    case ("natural", nil): return .natural
    case ("log", nil): return .logarithm
    case ("log-odds", nil): return .logOdds
    case ("box-cox", nil): return .boxCox(nil)
    case ("box-cox", .some):
      var inner = ArgumentReader(expression, of: argument)
      let power = try inner.number("power", in: -5...5)
      try inner.finish()
      return .boxCox(power)
    default:
      throw expression.error(
        at: argument,
        "\"\(argument.word)\" is not a scale; write unit, natural, log, log-odds, box-cox or box-cox(POWER)")
    }
  }
}

/// A fitted model that goes by its own specification with the scale that was asked for.
struct RescaledFit: FittedModel {
  let base: any FittedModel
  let specification: String

  var sample: Sample { base.sample }
  var parameters: [FittedParameter] { base.parameters }
  var residuals: [Double] { base.residuals }
  var residualPositions: [Int] { base.residualPositions }
  var parameterCount: Int { base.parameterCount }
  var likelihood: Likelihood? { base.likelihood }
  var components: [SeriesComponent] { base.components }
  var remarks: [String] { base.remarks }
  var voices: [Voice] { base.voices }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try base.predictive(step: step)
  }

  func predictive(horizon: Int) throws(ForecastingError) -> [any PredictiveDistribution] {
    try base.predictive(horizon: horizon)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    base.draw(path: path, from: &stream)
  }
}
