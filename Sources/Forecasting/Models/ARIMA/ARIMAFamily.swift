// How an ARIMA model is written.

extension ARIMA {
  /// The family `arima`, for the catalogue: with orders a ``ARIMA``, without them an ``AutomaticARIMA``.
  public static let family = ModelFamily(
    "arima",
    usage: "arima(P,D,Q, mean|no-mean|drift, TERMS)(P,D,Q)SEASON or arima(max-order=K, TERMS)",
    summary: "changes repeat what earlier changes and surprises were followed by (seasonal ARIMA)",
    mostGroups: 2, takesSeason: true
  ) { (expression: ModelExpression) throws(ForecastingError) in try read(expression) }

  private static func read(_ expression: ModelExpression) throws(ForecastingError) -> any ForecastModel {
    let first = expression.groups.first ?? []
    guard first.contains(where: { $0.key == "p" || $0.key == nil && Int($0.word) != nil }) else {
      return try automatic(expression)
    }
    var arguments = ArgumentReader(expression)
    let order = try order(&arguments, greatest: greatestDegree, ("p", "d", "q"))
    let hasMean = arguments.flag("mean")
    let hasNoMean = arguments.flag("no-mean")
    let hasDrift = arguments.flag("drift")
    let terms = try RegressionTerm.read(arguments.takeAll(offering: RegressionTerm.words), of: expression)
    try arguments.finish()
    var seasonal = Order.none
    if expression.groups.count == 2 {
      var second = ArgumentReader(expression, group: 1)
      seasonal = try self.order(&second, greatest: greatestSeasonalDegree, ("P", "D", "Q"))
      try second.finish()
    } else if expression.season != nil {
      throw expression.error(at: expression.end, "a season needs seasonal orders, as in (0,1,1)12, before it")
    }
    if let season = expression.season, !(2...greatestLag).contains(season) {
      throw expression.error(
        at: expression.end, "\(season) is not the length of a season; write 2 to \(greatestLag)")
    }
    let differences = order.differences + seasonal.differences
    if hasMean, differences > 0 || hasDrift {
      throw expression.error(
        at: position(of: "mean", in: first),
        "a mean is estimated only without differences and without drift; write drift, or leave it out")
    }
    if hasNoMean, differences > 0 || hasMean || hasDrift {
      throw expression.error(
        at: position(of: "no-mean", in: first),
        "no-mean leaves out the mean of a series that is not differenced, and goes with no other constant")
    }
    if hasDrift, differences != 1 {
      throw expression.error(
        at: position(of: "drift", in: first),
        "a drift is estimated only with one difference in all, and there are \(differences)")
    }
    return ARIMA(
      order: order, seasonal: seasonal, season: expression.season,
      constant: hasDrift ? .drift : hasNoMean ? .none : usualConstant(differences: differences), terms: terms)
  }

  private static func position(of word: String, in group: [ModelExpression.Argument]) -> Int {
    group.first { $0.word == word }?.position ?? 1
  }

  private static func order(
    _ arguments: inout ArgumentReader, greatest: Int, _ names: (String, String, String)
  ) throws(ForecastingError) -> Order {
    let autoregressive = try arguments.whole(names.0, in: 0...greatest)
    let differences = try arguments.whole(names.1, in: 0...greatestDifferences)
    return Order(autoregressive, differences, try arguments.whole(names.2, in: 0...greatest))
  }

  private static func automatic(_ expression: ModelExpression) throws(ForecastingError) -> any ForecastModel {
    guard expression.groups.count <= 1, expression.season == nil else {
      throw expression.error(
        at: expression.end,
        "orders are chosen automatically, the seasonal ones too; write all of them or none")
    }
    var arguments = ArgumentReader(expression)
    let greatest = try arguments.whole(
      "max-order", in: 0...AutomaticARIMA.greatestTotalOrder, default: AutomaticARIMA.standardTotalOrder,
      byPlace: false)
    let terms = try RegressionTerm.read(arguments.takeAll(offering: RegressionTerm.words), of: expression)
    try arguments.finish()
    return AutomaticARIMA(maximumOrder: greatest, terms: terms)
  }
}
