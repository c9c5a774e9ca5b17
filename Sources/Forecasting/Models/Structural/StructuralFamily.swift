// How structural models are written.

extension StructuralModel {
  /// What every structural model can have beside its trend.
  private static let options = "regressors(NAME, …), step(PERIOD), noise=both|known|estimated"

  /// A trend by itself, such as `local-level`, which can have regressors, steps and a kind of noise.
  static func family(of trend: Trend) -> ModelFamily {
    let described = StructuralModel(trend: trend)
    return ModelFamily(
      described.specification, usage: "\(described.specification)(\(options))", summary: described.summary
    ) { (expression: ModelExpression) throws(ForecastingError) in
      var arguments = ArgumentReader(expression)
      var model = described
      try model.takeCommon(from: &arguments, of: expression)
      return model
    }
  }

  /// `structural(TREND, season=…, cycle, …)SEASON`.
  static let family = ModelFamily(
    "structural",
    usage:
      "structural(level|trend|smooth-trend|damped-trend, season=dummy|trigonometric|none, cycle, \(options))SEASON",
    summary: "a level, a slope, a season and a cycle that each change as much as the series shows go on",
    example: "structural(trend)", takesSeason: true
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let trend = try arguments.choice("trend", among: Trend.allCases.map { ($0.rawValue, $0) })
    var model = StructuralModel(trend: trend)
    // `season` alone means the season of dummies.
    let hasSeason = arguments.flag("season")
    model.season = try arguments.choice(
      "season", among: Season.allCases.map { ($0.rawValue, $0) }, default: hasSeason ? .dummy : Season.none,
      byPlace: false)
    model.hasCycle = arguments.flag("cycle")
    try model.takeCommon(from: &arguments, of: expression)
    guard let length = expression.season else { return model }
    guard model.season != .none else {
      throw expression.error(
        at: expression.end,
        "a season's length is given and no season; write season=dummy or season=trigonometric")
    }
    guard StructuralDesign.seasonLengths.contains(length) else {
      let (least, most) = (
        StructuralDesign.seasonLengths.lowerBound, StructuralDesign.seasonLengths.upperBound
      )
      throw expression.error(at: expression.end, "a season has \(least) to \(most) periods, not \(length)")
    }
    model.seasonLength = length
    return model
  }

  /// Takes regressors, steps and the kind of noise, and refuses whatever is left.
  private mutating func takeCommon(
    from arguments: inout ArgumentReader, of expression: ModelExpression
  ) throws(ForecastingError) {
    let kinds: [(word: String, value: Noise?)] = Noise.allCases.map { ($0.rawValue, $0) }
    noise = try arguments.choice("noise", among: kinds, default: Noise?.none, byPlace: false)
    for argument in arguments.takeAll(offering: ["regressors(…)", "step(…)"]) {
      let names = argument.arguments ?? []
      if let odd = names.first(where: { $0.key != nil || $0.arguments != nil }) {
        throw expression.error(at: odd, "\"\(odd.word)\" is not a plain word; put it between quotation marks")
      }
      switch argument.word {
      case "regressors" where !names.isEmpty: regressors += names.map(\.word)
      case "step" where !names.isEmpty: steps += names.map(\.word)
      case "regressors", "step":
        throw expression.error(
          at: argument,
          "\(argument.word) needs \(argument.word == "step" ? "a period, such as step(2020/21)" : "names, such as regressors(births)")"
        )
      default:
        throw expression.error(
          at: argument,
          "\"\(argument.word)\" is not an option of \(expression.name); write regressors(…), step(…) or noise=…"
            + (expression.name == "structural" ? ", season, season=… or cycle" : ""))
      }
    }
    try arguments.finish()
  }
}
