// How regressions of counts are written.

extension CountRegression {
  /// A family of regressions: `poisson(TERMS)`, `quasi-poisson(TERMS)`, `negative-binomial(TERMS,size=THETA)` or
  /// `binomial(TERMS,link=logit|probit)`.
  static func family(_ family: ResponseFamily) -> ModelFamily {
    ModelFamily(
      family.name,
      usage: "\(family.name)(constant|TERMS\(options(family)))SEASON",
      summary: family.summary, takesSeason: true
    ) { (expression: ModelExpression) throws(ForecastingError) in
      try read(family, expression)
    }
  }

  /// What can be written beside the terms.
  private static func options(_ family: ResponseFamily) -> String {
    switch family {
    case .binomial: ", link=logit|probit"
    case .negativeBinomial: ", size=THETA"
    case .poisson, .quasiPoisson: ""
    }
  }

  private static func read(
    _ family: ResponseFamily, _ expression: ModelExpression
  ) throws(ForecastingError) -> CountRegression {
    var arguments = ArgumentReader(expression)
    var family = family
    if family.hasTrials {
      family = .binomial(
        try arguments.choice(
          "link", among: [("logit", LinkFunction.logit), ("probit", .probit)], default: .logit, byPlace: false
        ))
    }
    if case .negativeBinomial = family {
      family = .negativeBinomial(
        size: try arguments.number("size", in: NegativeBinomialSize.range, byPlace: false))
    }
    let isConstant = arguments.flag(constant)
    let written = arguments.takeAll(offering: RegressionTerm.words)
    try arguments.finish()
    let terms = try RegressionTerm.read(written, of: expression)
    if isConstant, let first = written.first {
      throw expression.error(
        at: first, "\(constant) says that there are no terms, and \(terms[0]) is one; write either")
    }
    return CountRegression(
      family, terms: isConstant ? [] : terms.isEmpty ? [.trend(degree: 1)] : terms,
      season: try season(expression))
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
