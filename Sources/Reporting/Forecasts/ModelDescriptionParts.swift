import Forecasting

// What a model's description consists of.

extension ModelDescription {
  /// A forecast explained in plain sentences.
  public struct AccountDocument: Codable, Hashable, Sendable {
    /// What the history says.
    public let history: [String]
    /// What was chosen and why.
    public let choice: [String]
    /// What would change the answer.
    public let doubts: [String]

    init(_ account: ForecastAccount) {
      history = account.history
      choice = account.choice
      doubts = account.doubts
    }
  }

  /// The observations that a model was fitted to.
  public struct SampleDocument: Codable, Hashable, Sendable {
    /// How many there are.
    public let observations: Int
    /// The first period.
    public let first: String
    /// The last period.
    public let last: String
    /// The number of periods between them that have no value.
    public let missing: Int
  }

  /// An estimate.
  public struct Parameter: Codable, Hashable, Sendable {
    /// The field's name for it.
    public let name: String
    /// The estimate.
    public let value: Double
    /// Its standard error; null where the method gives none.
    public let standardError: Double?

    /// Writes every key, null included.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(value, forKey: .value)
      try container.encode(standardError, forKey: .standardError)
    }
  }

  /// A log-likelihood with what it counts and the criteria that follow from it.
  public struct LikelihoodDocument: Codable, Hashable, Sendable {
    /// The maximised log-likelihood.
    public let value: Double
    /// What it counts: log-likelihoods of two models are comparable only within one convention.
    public let convention: String
    /// The number of observations that it is of.
    public let observations: Int
    /// The number of estimated parameters, the error variance among them.
    public let parameters: Int
    /// Akaike's criterion.
    public let aic: Double
    /// Akaike's criterion corrected for small samples; null where there are too few observations for the correction.
    public let aicc: Double?
    /// The Bayesian criterion.
    public let bic: Double

    init(_ likelihood: Likelihood) {
      value = likelihood.value
      convention = likelihood.convention.rawValue
      observations = likelihood.observations
      parameters = likelihood.parameters
      aic = likelihood.akaike
      aicc = likelihood.correctedAkaike.isFinite ? likelihood.correctedAkaike : nil
      bic = likelihood.bayesian
    }

    /// Writes every key, null included.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(value, forKey: .value)
      try container.encode(convention, forKey: .convention)
      try container.encode(observations, forKey: .observations)
      try container.encode(parameters, forKey: .parameters)
      try container.encode(aic, forKey: .aic)
      try container.encode(aicc, forKey: .aicc)
      try container.encode(bic, forKey: .bic)
    }
  }

  /// A part of the series, from its first observation to its last.
  public struct Component: Codable, Hashable, Sendable {
    /// The field's name for it: level, trend, season.
    public let name: String
    /// Its value at every period from the first observation to the last.
    public let values: [Double]
    /// Its standard errors; null where the method gives none.
    public let standardErrors: [Double]?

    /// Writes every key, null included.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(values, forKey: .values)
      try container.encode(standardErrors, forKey: .standardErrors)
    }
  }

  /// A test of the errors of the fit.
  public struct Diagnostic: Codable, Hashable, Sendable {
    /// The name of the test.
    public let test: String
    /// Its statistic; null where there is no test.
    public let statistic: Double?
    /// The degrees of freedom of the statistic: one, two, or none.
    public let degreesOfFreedom: [Int]
    /// The probability of a statistic at least as extreme, were all well; null where there is no test.
    public let pValue: Double?
    /// What the outcome means for the forecast, or why there is no test.
    public let meaning: String

    init(_ outcome: DiagnosticOutcome) {
      test = outcome.name
      statistic = outcome.test?.statistic
      degreesOfFreedom = outcome.test?.degreesOfFreedom ?? []
      pValue = outcome.test?.pValue
      meaning = outcome.test?.meaning ?? outcome.reason ?? ""
    }

    /// Writes every key, null included.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(test, forKey: .test)
      try container.encode(statistic, forKey: .statistic)
      try container.encode(degreesOfFreedom, forKey: .degreesOfFreedom)
      try container.encode(pValue, forKey: .pValue)
      try container.encode(meaning, forKey: .meaning)
    }
  }

  /// What the automatic forecaster found out about one member.
  public struct Candidate: Codable, Hashable, Sendable {
    /// The model.
    public let model: String
    /// Its share of the combination, from 0 to 1; null where it was not tried.
    public let weight: Double?
    /// The mean absolute error of its forecasts from earlier ends of the series, in the unit of the series; null where
    /// there were none.
    public let score: Double?
    /// Why it was not tried; null where it was.
    public let refusal: String?

    /// Writes every key, null included.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(model, forKey: .model)
      try container.encode(weight, forKey: .weight)
      try container.encode(score, forKey: .score)
      try container.encode(refusal, forKey: .refusal)
    }
  }
}
