// How regressions of counts are written.

extension CountRegression {
  /// A family of regressions: `poisson(TERMS)`, `quasi-poisson(TERMS)`, `negative-binomial(TERMS)` or
  /// `binomial(TERMS,link=logit|probit)`.
  static func family(_ family: ResponseFamily) -> ModelFamily {
    ModelFamily(
      family.name,
      usage: "\(family.name)(constant|TERMS\(family.hasTrials ? ",link=logit|probit" : "")) with TERMS of "
        + RegressionTerm.usage,
      summary: family.summary
    ) { (expression: ModelExpression) throws(ForecastingError) in
      try read(family, expression)
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
    let isConstant = arguments.flag(constant)
    let written = arguments.takeAll()
    try arguments.finish()
    let terms = try RegressionTerm.read(written, of: expression)
    if isConstant, let first = written.first {
      throw expression.error(
        at: first, "\(constant) says that there are no terms, and \(terms[0]) is one; write either")
    }
    return CountRegression(family, terms: isConstant ? [] : terms.isEmpty ? [.trend(degree: 1)] : terms)
  }
}
