/// Seasonal ARIMA with regressors, by exact maximum likelihood:
///
///     yₜ = xₜ'β + ηₜ,      φ(B) Φ(Bᵐ) (1 − B)ᵈ (1 − Bᵐ)ᴰ ηₜ = θ(B) Θ(Bᵐ) εₜ
///
/// (Box and Jenkins, 1970). The likelihood is that of the differenced series, in which β is solved for by generalised
/// least squares and every start is the stationary one; nothing is conditioned on and no diffuse prior is
/// approximated. Moving averages with a root on the unit circle are within the region that is searched, autoregressions
/// are stationary. Missing values are taken out exactly.
public struct ARIMA: ForecastModel, Hashable {
  /// The degrees of one pair of polynomials and how often their factor of differences is taken.
  public struct Order: Hashable, Sendable {
    /// The degree p of the autoregressive polynomial.
    public let autoregressive: Int
    /// How often d the series is differenced.
    public let differences: Int
    /// The degree q of the moving-average polynomial.
    public let movingAverage: Int

    /// An order (p, d, q).
    public init(_ autoregressive: Int, _ differences: Int, _ movingAverage: Int) {
      self.autoregressive = autoregressive
      self.differences = differences
      self.movingAverage = movingAverage
    }

    /// No polynomial and no difference.
    public static let none = Order(0, 0, 0)
  }

  /// What the differenced series varies around.
  public enum Constant: String, Hashable, Sendable, CaseIterable {
    /// Zero.
    case none
    /// A mean of the series itself, which is not differenced.
    case mean
    /// A straight line in time, for a series that is differenced once.
    case drift
  }

  /// The order (p, d, q).
  public let order: Order
  /// The seasonal order (P, D, Q).
  public let seasonal: Order
  /// The season m that was asked for; nil takes that of the sample.
  public let season: Int?
  /// The constant.
  public let constant: Constant
  /// The terms of the regression: regressors, dated changes, seasons. Each is differenced with the series.
  public let terms: [RegressionTerm]

  /// The greatest degree of a polynomial.
  public static let greatestDegree = 12
  /// The greatest degree of a seasonal polynomial.
  public static let greatestSeasonalDegree = 4
  /// The greatest number of differences, and of seasonal ones.
  public static let greatestDifferences = 2
  /// More missing periods than this are refused: each is one more unknown of the likelihood.
  public static let mostGaps = 60
  /// The greatest season, and the greatest lag that all factors together may reach back.
  public static let greatestLag = 366

  /// Describes a model; orders outside what is accepted are refused when it is fitted.
  ///
  /// - Parameters:
  ///   - order: (p, d, q).
  ///   - seasonal: (P, D, Q).
  ///   - season: m; nil takes that of the sample.
  ///   - constant: a mean for a series that is not differenced, a drift for one that is differenced once.
  ///   - terms: the terms of the regression; regressors must be known over the history and over the horizon.
  public init(
    order: Order, seasonal: Order = .none, season: Int? = nil, constant: Constant,
    terms: [RegressionTerm] = []
  ) {
    self.order = order
    self.seasonal = seasonal
    self.season = season
    self.constant = constant
    self.terms = terms
  }

  /// Describes a model with the constant that is usual: a mean where nothing is differenced, and none otherwise.
  ///
  /// A series that is not differenced would be fitted about zero without one.
  public init(
    order: Order, seasonal: Order = .none, season: Int? = nil, terms: [RegressionTerm] = []
  ) {
    self.init(
      order: order, seasonal: seasonal, season: season,
      constant: Self.usualConstant(differences: order.differences + seasonal.differences), terms: terms)
  }

  /// The constant of a model that does not name one.
  static func usualConstant(differences: Int) -> Constant { differences == 0 ? .mean : .none }

  /// The specification: `arima(0,1,1)(0,1,1)12`, `arima(1,0,0,mean)`, `arima(1,0,0,no-mean)`.
  public var specification: String {
    var arguments = ["\(order.autoregressive)", "\(order.differences)", "\(order.movingAverage)"]
    if constant != .none {
      arguments.append(constant.rawValue)
    } else if order.differences + seasonal.differences == 0 {
      arguments.append("no-mean")
    }
    arguments += terms.map(\.description)
    var text = "arima(\(arguments.joined(separator: ",")))"
    guard seasonal != .none else { return text }
    text += "(\(seasonal.autoregressive),\(seasonal.differences),\(seasonal.movingAverage))"
    return text + (season.map(String.init) ?? "")
  }

  /// One sentence: what the model says about the future.
  public var summary: String {
    "changes repeat what earlier changes and surprises were followed by (seasonal ARIMA)"
  }

  /// Fewer observations than this are refused: two more than are differenced away and estimated. A season that is left
  /// to the sample counts as soon as that is known.
  public var minimumObservations: Int { minimumObservations(season: season ?? 1) }

  func minimumObservations(season: Int) -> Int {
    max(3, differencedAway(season: season) + coefficientCount + 2)
  }

  /// The number of observations that differencing takes.
  func differencedAway(season: Int) -> Int { order.differences + season * seasonal.differences }

  /// The number of coefficients, at least one for each term of the regression.
  var coefficientCount: Int {
    order.autoregressive + order.movingAverage + seasonal.autoregressive + seasonal.movingAverage
      + (constant == .none ? 0 : 1) + terms.count
  }

  /// Fits the model to a sample.
  ///
  /// - Throws: ``ForecastingError`` for orders that are not accepted, a sample that is too short for them or has no
  ///   season, a series of which differencing leaves nothing, and regressors that are missing or say the same.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try fitted(sample)
  }

  func fitted(_ sample: Sample) throws(ForecastingError) -> FittedARIMA {
    try FittedARIMA(model: self, design: try ARIMADesign(self, sample))
  }
}
