// How a regression on time is written.

extension TrendRegression {
  /// The family `regression(TERMS…)`, for the catalogue.
  public static let family = ModelFamily(
    "regression",
    usage:
      "regression(TERMS, errors=independent|weighted|ar1|prais-winsten|newey-west, lags=K, small-sample, "
      + "fit=least-squares|huber|median, no-intercept)SEASON",
    summary: "trend, season, regressors and dated changes as terms of a regression",
    example: "regression(linear,errors=ar1)", takesSeason: true
  ) { (expression: ModelExpression) throws(ForecastingError) in try read(expression) }

  private static func read(_ expression: ModelExpression) throws(ForecastingError) -> TrendRegression {
    var arguments = ArgumentReader(expression)
    let kind = try arguments.choice(
      "errors",
      among: [
        ("independent", Errors.independent), ("weighted", .weighted), ("ar1", .autoregressive),
        ("prais-winsten", .praisWinsten), ("newey-west", .neweyWest(lags: nil, smallSample: false)),
      ], default: .independent, byPlace: false)
    let loss = try arguments.choice(
      "fit", among: Loss.allCases.map { ($0.rawValue, $0) }, default: .leastSquares, byPlace: false)
    let lagsArgument = expression.groups.first?.first { $0.key == "lags" }
    let lags = try arguments.whole("lags", in: 0...1000, default: -1, byPlace: false)
    let smallSample = arguments.flag("small-sample")
    let hasIntercept = !arguments.flag("no-intercept")
    let terms = try RegressionTerm.read(arguments.takeAll(offering: RegressionTerm.words), of: expression)
    try arguments.finish()
    if case .neweyWest = kind {
      return TrendRegression(
        terms, errors: .neweyWest(lags: lags < 0 ? nil : lags, smallSample: smallSample), loss: loss,
        hasIntercept: hasIntercept, season: try season(expression))
    }
    if let lagsArgument {
      throw expression.error(
        at: lagsArgument, "lags belongs to errors=newey-west; write that too, or leave it out")
    }
    guard !smallSample else {
      throw expression.error(
        at: expression.end, "small-sample belongs to errors=newey-west; write that too, or leave it out")
    }
    return TrendRegression(
      terms, errors: kind, loss: loss, hasIntercept: hasIntercept, season: try season(expression))
  }

  private static func season(_ expression: ModelExpression) throws(ForecastingError) -> Int? {
    guard let season = expression.season else { return nil }
    guard (2...RegressionTerm.longestSeason).contains(season) else {
      throw expression.error(
        at: expression.end,
        "\(season) is not the length of a season; write 2 to \(RegressionTerm.longestSeason)")
    }
    return season
  }
}
