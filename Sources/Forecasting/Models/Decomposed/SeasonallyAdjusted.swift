/// Any model on the seasonally adjusted series: the season is taken out by loess on the model's scale, the model
/// forecasts the rest, and the season of the last year is added again (the "STL method" of Hyndman and Athanasopoulos,
/// 2021, section 5.7).
///
/// Use it to give a season to a model that has none. The season is additive on the model's scale, so on logarithms it
/// multiplies.
public struct SeasonallyAdjusted: ForecastModel {
  /// The model of the adjusted series.
  public let base: any ForecastModel
  /// The decomposition.
  public let decomposition: SeasonalTrendLoess
  /// The length of the season; nil takes that of the series.
  public let season: Int?
  /// The name of the model on the command line and in every output.
  public let specification: String

  /// Describes the model.
  ///
  /// - Parameters:
  ///   - base: the model of the adjusted series.
  ///   - decomposition: how the season is found.
  ///   - season: the length of the season; nil takes that of the series.
  public init(
    _ base: any ForecastModel, decomposition: SeasonalTrendLoess = SeasonalTrendLoess(), season: Int? = nil
  ) {
    self.init(
      base, decomposition: decomposition, season: season,
      specification: "stl(\(Self.nested(base.specification))\(Self.options(decomposition, season)))")
  }

  private init(
    _ base: any ForecastModel, decomposition: SeasonalTrendLoess, season: Int?, specification: String
  ) {
    self.base = base
    self.decomposition = decomposition
    self.season = season
    self.specification = specification
  }

  /// One sentence: what the model says about the future.
  public var summary: String { "the season of the last year stays, and for the rest: \(base.summary)" }

  /// Fewer observations than this are refused; more than two seasons are needed besides.
  public var minimumObservations: Int { max(base.minimumObservations, 5) }

  /// The scale of the model of the adjusted series.
  public var scaleChoice: ScaleChoice { base.scaleChoice }

  /// Fits the model to a sample.
  ///
  /// A model of counts finds none behind adjusted values, and refuses.
  ///
  /// - Throws: what ``SeasonalTrendLoess/decompose(_:season:)`` and the model of the adjusted series throw.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    let length = try sample.seasonForDecomposition(season, method: specification)
    let plan = try decomposition.plan(for: sample, season: length)
    let parts = plan.decompose(sample.values)
    let adjustment = SeasonalAdjustment(parts, plan: plan)
    let fitted = try base.fit(adjustment.adjusted(sample))
    // The model of the rest may be the outcome of a choice: it is the one chosen that is named.
    let resolved = "stl(\(Self.nested(fitted.specification))\(Self.options(decomposition, season)))"
    return SeasonallyAdjustedFit(
      specification: resolved, sample: sample, base: fitted, adjustment: adjustment,
      components: parts.components,
      cost: try SeasonalCost(parameters: adjustment.parameterCount, base: fitted, model: specification))
  }
}

extension SeasonallyAdjusted {
  /// `stl(drift)`, `stl(damped-trend, window=7, robust)`, and `stl(drift)12` for `stl(drift, season=12)`.
  static let family = ModelFamily(
    "stl",
    usage: "stl(MODEL, window=periodic|YEARS, trend=PERIODS, low-pass=PERIODS, season=PERIODS, robust)",
    summary: "a season by loess, and any other model for the seasonally adjusted rest",
    example: "stl(drift)", takesSeason: true
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let isRobust = arguments.flag("robust")
    let window = arguments.take("window", byPlace: false)
    let trend = try odd("trend", of: &arguments, in: expression)
    let lowPass = try odd("low-pass", of: &arguments, in: expression)
    let season = arguments.take("season", byPlace: false)
    guard let inner = arguments.take("model") else {
      throw expression.error(
        at: max(1, expression.end - 1),
        "the model of the adjusted series is missing; write stl(drift), for example")
    }
    try arguments.finish()
    let base = try ModelCatalogue.model(inner, in: expression)
    let settings = SeasonalTrendLoess(
      seasonalWindow: try seasonalWindow(window, in: expression), trendWindow: trend, lowPassWindow: lowPass,
      isRobust: isRobust)
    return SeasonallyAdjusted(
      base, decomposition: settings, season: try length(season, in: expression),
      specification: expression.text)
  }

  private static func odd(
    _ key: String, of arguments: inout ArgumentReader, in expression: ModelExpression
  ) throws(ForecastingError) -> Int? {
    guard let argument = arguments.take(key, byPlace: false) else { return nil }
    return try odd(argument, "\(key) is an odd number of periods, from 3 to 9999", in: expression)
  }

  private static func odd(
    _ argument: ModelExpression.Argument, _ accepted: String, in expression: ModelExpression
  ) throws(ForecastingError) -> Int {
    guard argument.arguments == nil, let number = Int(argument.word), (3...9999).contains(number),
      !number.isMultiple(of: 2)
    else { throw expression.error(at: argument, "\"\(argument.word)\" will not do; \(accepted)") }
    return number
  }

  private static func seasonalWindow(
    _ argument: ModelExpression.Argument?, in expression: ModelExpression
  ) throws(ForecastingError) -> SeasonalTrendLoess.SeasonalWindow {
    guard let argument, argument.word != "periodic" else { return .periodic }
    return .years(
      try odd(argument, "window is periodic or an odd number of years, from 3 to 9999", in: expression))
  }

  private static func length(
    _ argument: ModelExpression.Argument?, in expression: ModelExpression
  ) throws(ForecastingError) -> Int? {
    guard let argument else {
      guard let season = expression.season else { return nil }
      guard (2...1000).contains(season) else {
        throw expression.error(
          at: expression.end, "\(season) will not do; a season has a whole number of periods, from 2 to 1000")
      }
      return season
    }
    if let season = expression.season {
      throw expression.error(at: expression.end, "the season is given twice; leave \(season) out")
    }
    guard argument.arguments == nil, let number = Int(argument.word), (2...1000).contains(number) else {
      throw expression.error(
        at: argument, "\"\(argument.word)\" will not do; season is a whole number of periods, from 2 to 1000")
    }
    return number
  }

  /// A specification as it is written inside another.
  static func nested(_ specification: String) -> String {
    let isPlain = (try? ModelExpression(specification)).map { $0.groups.count <= 1 && $0.season == nil }
    return isPlain == true ? specification : ModelExpression.quoted(specification)
  }

  /// The settings that differ from what is usual, as they are written.
  private static func options(_ decomposition: SeasonalTrendLoess, _ season: Int?) -> String {
    var text = ""
    if case .years(let years) = decomposition.seasonalWindow { text += ",window=\(years)" }
    if let trend = decomposition.trendWindow { text += ",trend=\(trend)" }
    if let lowPass = decomposition.lowPassWindow { text += ",low-pass=\(lowPass)" }
    if let season { text += ",season=\(season)" }
    if decomposition.isRobust { text += ",robust" }
    return text
  }
}
