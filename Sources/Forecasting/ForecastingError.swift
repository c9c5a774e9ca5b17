import TimeSeries

/// Why a forecast was refused. Each case is a sentence for the person who can mend it.
public enum ForecastingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The model needs more observations than the series has.
  case tooFewObservations(series: String, model: String, found: Int, needed: Int)
  /// The model needs consecutive periods and the series has a gap after the named one.
  case gap(series: String, model: String, after: String)
  /// A value lies outside what its unit allows.
  case outOfBounds(series: String, period: String, value: Double, unit: String)
  /// A value is not a number, or of a size that no published figure has.
  case unusable(series: String, period: String, value: Double)
  /// The horizon, or a step, is not a whole number from 1 to ``Forecast/longestHorizon``.
  case horizon(Int)
  /// No model of the given name is registered.
  case unknownModel(String, known: [String])
  /// A model's specification cannot be read; the position counts characters from 1.
  case specification(String, position: Int, problem: String)
  /// The values of a series do not allow the scale that was asked for.
  case scale(series: String, problem: String)
  /// The series does not offer what the model needs: a season, a regressor, whole numbers, a denominator.
  case unsuitable(series: String, model: String, problem: String)
  /// The equations of a model could not be solved.
  case numerical(series: String, model: String, reason: String)
  /// No candidate of the automatic choice could be fitted; the reasons are those of the candidates.
  case noCandidate(series: String, reasons: [String])
  /// Series cannot be put together as parts and totals, or their forecasts cannot be reconciled.
  case hierarchy(problem: String)
  /// A backtest cannot be made as it was described.
  case backtest(problem: String)
  /// A probability outside 0 to 1 was asked of a forecast.
  case probability(Double)

  /// The error as a sentence.
  public var description: String {
    switch self {
    case .tooFewObservations(let series, let model, let found, let needed):
      "series \"\(series)\": \(model) needs at least \(needed) observations and \(found) "
        + (found == 1 ? "is" : "are") + " known; add earlier periods or choose a simpler model"
    case .gap(let series, let model, let after):
      "series \"\(series)\": \(model) needs consecutive periods and the one after \(after) is missing; "
        + "supply it, or choose naive, drift or linear-trend"
    case .outOfBounds(let series, let period, let value, let unit):
      "series \"\(series)\": the value \(value) at \(period) is outside what the unit \(unit) allows"
    case .unusable(let series, let period, let value):
      "series \"\(series)\": the value \(value) at \(period) cannot be a published figure; a figure is zero, or "
        + "between \(Sample.sizes.lowerBound) and \(Sample.sizes.upperBound) in size, so check its unit"
    case .horizon(let horizon):
      "a horizon of \(horizon) periods cannot be forecast; give a whole number from 1 to "
        + "\(Forecast.longestHorizon)"
    case .unknownModel(let name, let known):
      "there is no model \"\(name)\"; "
        + (NearestName.of(name, among: known).map { "did you mean \($0)? " } ?? "")
        + "the models are \(known.joined(separator: ", "))"
    case .specification(let text, let position, let problem):
      "the model \"\(text)\" cannot be read at position \(position): \(problem)"
    case .scale(let series, let problem):
      "series \"\(series)\": \(problem)"
    case .unsuitable(let series, let model, let problem):
      "series \"\(series)\": \(model) \(problem)"
    case .numerical(let series, let model, let reason):
      "series \"\(series)\": \(model) could not be solved: \(reason)"
    case .noCandidate(let series, let reasons):
      "series \"\(series)\" cannot be forecast by any model: " + reasons.joined(separator: "; ")
    case .hierarchy(let problem):
      "parts and totals: \(problem)"
    case .backtest(let problem):
      "backtest: \(problem)"
    case .probability(let probability):
      "a quantile at probability \(probability) was asked for; give one between 0 and 1"
    }
  }
}
