import Forecasting
import TimeSeries

/// A fitted model as it is described: what it says, what it was fitted to, its parameters, and how it was chosen.
public struct ModelDescription: Codable, Hashable, Sendable {
  /// The series.
  public let series: String
  /// Its area; null where it has none.
  public let area: String?
  /// The unit of its values.
  public let unit: String
  /// The model.
  public let model: String
  /// What the model says about the future; null for a model that is not in the catalogue.
  public let summary: String?
  /// The models that spoke and the share of each; empty where one model speaks alone.
  public let models: [ForecastDocument.VoiceDocument]
  /// What it was fitted to.
  public let sample: SampleDocument
  /// The scale of the estimates: `as measured`, `logarithms`, `log odds between 0 and 100`, or for counts `logarithms of
  /// the expected count`.
  public let scale: String
  /// The estimates, on that scale, in the order in which the model reports them.
  public let parameters: [Parameter]
  /// The maximised log-likelihood and the criteria that follow from it; null where the model has none.
  public let likelihood: LikelihoodDocument?
  /// The parts that the model sees in the series, on its scale; empty for a model that sees none.
  public let components: [Component]
  /// Tests of the one-step errors of the fit, on the model's scale.
  public let diagnostics: [Diagnostic]
  /// What the reader must know beside the numbers, a sentence each.
  public let remarks: [String]
  /// What the automatic forecaster found out about its members; empty where the model was asked for by name.
  public let candidates: [Candidate]
  /// The number of earlier forecasts that the intervals were learned from; zero where the width was assumed, and null
  /// where the model was asked for by name.
  public let forecastsScored: Int?
  /// The forecast in plain sentences; null where no horizon was asked for.
  public let account: AccountDocument?

  /// Describes a fitted model.
  public init(
    series: Series, fitted: any FittedModel, choice: Automatic.Choice? = nil, account: ForecastAccount? = nil
  ) {
    let sample = fitted.sample
    self.series = series.id
    area = series.area
    unit = "\(series.measure.unit)"
    model = fitted.specification
    summary = ModelName.summary(of: fitted.specification)
    models = fitted.voices.map(ForecastDocument.VoiceDocument.init)
    self.sample = SampleDocument(
      observations: sample.count, first: sample.labels.first ?? "", last: sample.labels.last ?? "",
      missing: (sample.positions.last ?? 0) - (sample.positions.first ?? 0) + 1 - sample.count)
    scale = fitted.parameterScale ?? sample.scale.text
    parameters = fitted.parameters.map {
      Parameter(name: $0.name, value: $0.value, standardError: $0.standardError)
    }
    likelihood = fitted.likelihood.map(LikelihoodDocument.init)
    components = fitted.components.map {
      Component(name: $0.name, values: $0.values, standardErrors: $0.standardErrors)
    }
    diagnostics = ResidualDiagnostics(fitted: fitted).outcomes.map(Diagnostic.init)
    remarks = fitted.remarks
    candidates = (choice?.candidates ?? []).map {
      Candidate(
        model: $0.specification, weight: $0.weight, score: $0.score, refusal: $0.refusal)
    }
    forecastsScored = choice?.forecastsScored
    self.account = account.map(AccountDocument.init)
  }

  /// Describes the model of a forecast.
  public init(_ forecast: SeriesForecast) {
    self.init(
      series: forecast.series, fitted: forecast.forecast.model, choice: forecast.choice,
      account: forecast.account)
  }

  /// Writes every key, null included.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(series, forKey: .series)
    try container.encode(area, forKey: .area)
    try container.encode(unit, forKey: .unit)
    try container.encode(model, forKey: .model)
    try container.encode(summary, forKey: .summary)
    try container.encode(models, forKey: .models)
    try container.encode(sample, forKey: .sample)
    try container.encode(scale, forKey: .scale)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(likelihood, forKey: .likelihood)
    try container.encode(components, forKey: .components)
    try container.encode(diagnostics, forKey: .diagnostics)
    try container.encode(remarks, forKey: .remarks)
    try container.encode(candidates, forKey: .candidates)
    try container.encode(forecastsScored, forKey: .forecastsScored)
    try container.encode(account, forKey: .account)
  }

  /// Descriptions as JSON, `{"models": [...]}`, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` for an estimate that is not a finite number.
  public static func json(_ descriptions: [ModelDescription]) throws(ReportingError) -> String {
    try JSONText.text(["models": descriptions])
  }
}

extension Scale {
  /// The scale in words.
  var text: String {
    switch self {
    case .natural: "as measured"
    case .logarithm(let offset):
      offset == 0 ? "logarithms" : "logarithms of the value plus \(NumberText.plain(offset))"
    case .logOdds(let lower, let upper, let offset):
      "log odds between \(NumberText.plain(lower)) and \(NumberText.plain(upper))"
        + (offset == 0 ? "" : ", with \(NumberText.plain(offset)) added at both ends")
    case .boxCox(let power, let offset):
      "Box-Cox transformation of power \(NumberText.plain(power))"
        + (offset == 0 ? "" : " of the value plus \(NumberText.plain(offset))")
    }
  }
}
