/// ARIMA with automatic orders, after R. J. Hyndman and Y. Khandakar, "Automatic time series forecasting" (2008).
///
/// 1. One seasonal difference is taken where the season is strong, then first differences as long as the test of
///    Kwiatkowski and others rejects stationarity (``ARIMA/Order/differences``).
/// 2. The orders with the least corrected information criterion of the exact likelihood win: among all of them where
///    there is no season; otherwise from five simple models on, step by step to the best neighbour, from the three
///    best ends.
/// 3. A model with a root within one per cent of the unit circle is refused: it was differenced too often or too seldom,
///    or two of its factors nearly cancel.
public struct AutomaticARIMA: ForecastModel, Hashable {
  /// The greatest p + q + P + Q that is tried.
  public let maximumOrder: Int
  /// The terms of the regression.
  public let terms: [RegressionTerm]
  /// Fewer observations than this are refused.
  public let minimumObservations = 5

  /// The total order that is tried where none is asked for.
  public static let standardTotalOrder = 5
  /// The greatest total order that is accepted.
  public static let greatestTotalOrder = 10
  /// The greatest regular degree, and the greatest seasonal one, that are tried.
  static let greatestDegrees = (regular: 5, seasonal: 2)
  /// Roots of either polynomial must be farther from the origin than this.
  static let leastRoot = 1.01

  /// Describes the choice.
  ///
  /// - Parameters:
  ///   - maximumOrder: the greatest p + q + P + Q, 0 to ``greatestTotalOrder``; moved there if outside.
  ///   - terms: the terms of the regression.
  public init(maximumOrder: Int = Self.standardTotalOrder, terms: [RegressionTerm] = []) {
    self.maximumOrder = min(max(0, maximumOrder), Self.greatestTotalOrder)
    self.terms = terms
  }

  /// `arima`, with the options that differ from the standard.
  public var specification: String {
    let options =
      (maximumOrder == Self.standardTotalOrder ? [] : ["max-order=\(maximumOrder)"])
      + terms.map(\.description)
    return options.isEmpty ? "arima" : "arima(\(options.joined(separator: ",")))"
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    "changes repeat what earlier changes and surprises were followed by, with orders chosen by AICc"
  }

  /// Chooses the orders and fits them; throws what ``choose(_:)`` throws.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try choose(sample).fitted
  }

  /// One model that was tried.
  public struct Candidate: Hashable, Sendable {
    /// The model.
    public let model: ARIMA
    /// Its corrected information criterion; nil where it was refused.
    public let criterion: Double?
    /// Why it was refused, a phrase without a full stop.
    public let refusal: String?
  }

  /// The outcome of the choice.
  public struct Choice: Sendable {
    /// The best model, fitted.
    public let fitted: any FittedModel
    /// Every model that was tried, best first and the refused ones last.
    public let ranking: [Candidate]
  }

  /// The best orders, with everything that was tried.
  ///
  /// - Throws: ``ForecastingError`` for a sample that is too short or does not vary, for regressors that are missing, and
  ///   ``ForecastingError/noCandidate(series:reasons:)`` where every model was refused.
  public func choose(_ sample: Sample) throws(ForecastingError) -> Choice {
    try requireObservations(sample)
    // White noise with a mean, refused where the regression or the series itself is at fault.
    let plain = ARIMA(order: .none, constant: .mean, terms: terms)
    let base = try ARIMADesign(plain, sample)
    let season = sample.count > 2 * sample.season ? sample.season : 1
    var values = terms.isEmpty ? base.completed : base.withoutRegression
    let seasonalDifferences = DifferencingOrder.seasonal(values, season: season)
    if seasonalDifferences > 0 { values = zip(values.dropFirst(season), values).map { $0 - $1 } }
    let differences = DifferencingOrder.regular(values)

    var search = ARIMAOrderSearch(
      sample: sample, terms: terms, differences: differences, seasonalDifferences: seasonalDifferences,
      season: season, maximumOrder: maximumOrder)
    search.run()
    let ranking = search.ranking
    guard let best = ranking.first, best.criterion != nil else {
      throw .noCandidate(
        series: sample.name,
        reasons: ranking.compactMap { each in each.refusal.map { "\(each.model.specification) \($0)" } })
    }
    return Choice(fitted: try best.model.fit(sample), ranking: ranking)
  }
}
