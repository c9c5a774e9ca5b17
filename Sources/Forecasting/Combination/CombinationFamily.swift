extension Combination {
  /// `combination(naive, damped-trend, theta)`, `combination(drift, ets(A,Ad,N), weights=stacked, origins=12)`.
  static let family = ModelFamily(
    "combination", usage: "combination(MODEL, …, weights=median|mean|inverse-error|stacked, origins=K)",
    summary: "several models speak together, by their median or by weights learned from earlier forecasts",
    example: "combination(naive,drift,damped-trend)"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let weighting = try arguments.choice(
      "weights", among: CombinationWeighting.allCases.map { ($0.rawValue, $0) }, default: .median,
      byPlace: false)
    let given = expression.groups.first?.first { $0.key == "origins" }
    let origins = try arguments.whole("origins", in: 1...100, default: usualOrigins, byPlace: false)
    if let given, !weighting.isLearned {
      throw expression.error(
        at: given,
        "origins counts for learned weights alone; add weights=inverse-error or weights=stacked, or leave origins out"
      )
    }
    let inner = arguments.takeAll(offering: ["models"])
    try arguments.finish()
    guard !inner.isEmpty else {
      throw expression.error(
        at: max(1, expression.end - 1),
        "the models are missing; write combination(naive,drift,damped-trend), for example")
    }
    var models: [any ForecastModel] = []
    for argument in inner { models.append(try ModelCatalogue.model(argument, in: expression)) }
    return Combination(models, weighting: weighting, origins: origins, specification: expression.text)
  }
}
