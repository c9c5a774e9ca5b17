// How a piecewise linear trend is written.

extension PiecewiseTrend {
  /// The family `piecewise(…)`, for the catalogue.
  public static let family = ModelFamily(
    "piecewise",
    usage: "piecewise(changepoints=auto|K, continuous|broken, prior(PROBABILITY, PERIOD=PROBABILITY, …), "
      + "minimum=LENGTH)",
    summary: "the last of a few straight pieces goes on; where the trend changed the series tells"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    let count = try count(&arguments, expression)
    let length = try arguments.whole("minimum", in: 2...1000, default: usualLength, byPlace: false)
    let isBroken = arguments.flag("broken")
    let isContinuous = arguments.flag("continuous")
    let rest = arguments.takeAll(offering: ["prior(…)"])
    guard let first = rest.first else {
      try arguments.finish()
      guard !(isBroken && isContinuous) else {
        throw expression.error(at: expression.end, "a trend is continuous or broken; write one of the two")
      }
      return PiecewiseTrend(
        changes: count.map(Changes.count) ?? .automatic, joint: isBroken ? .broken : .continuous,
        minimumLength: length)
    }
    guard first.word == "prior", rest.count == 1 else {
      let wrong = first.word == "prior" ? rest[1] : first
      throw expression.error(
        at: wrong,
        "\"\(wrong.word)\" is not an option of piecewise; write changepoints=K, minimum=LENGTH, continuous, "
          + "broken or prior(PROBABILITY)")
    }
    try arguments.finish()
    guard count == nil, !isContinuous else {
      throw expression.error(
        at: first,
        "a prior leaves the number of changes open and its pieces broken; leave "
          + (count == nil ? "continuous" : "changepoints=") + " out, or the prior")
    }
    return PiecewiseTrend(changes: .prior(try prior(first, expression)), minimumLength: length)
  }

  private static func count(
    _ arguments: inout ArgumentReader, _ expression: ModelExpression
  ) throws(ForecastingError) -> Int? {
    guard let argument = arguments.take("changepoints", byPlace: false), argument.word != "auto" else {
      return nil
    }
    guard let count = Int(argument.word), (0...100).contains(count), argument.arguments == nil else {
      throw expression.error(
        at: argument,
        "\"\(argument.word)\" is not a number of changes; write auto, or a whole number from 0 to 100")
    }
    return count
  }

  private static func prior(
    _ argument: ModelExpression.Argument, _ expression: ModelExpression
  ) throws(ForecastingError) -> ChangePrior {
    var perPeriod: Double?
    var named: [ChangePrior.NamedProbability] = []
    for entry in argument.arguments ?? [] {
      guard let probability = Double(entry.word), probability >= 0, probability <= 1, entry.arguments == nil,
        entry.key != nil || (probability > 0 && probability < 1)
      else {
        throw expression.error(
          at: entry, "\"\(entry.word)\" is not a probability of change; write a number between 0 and 1")
      }
      if let period = entry.key {
        named.append(ChangePrior.NamedProbability(period, probability))
      } else if perPeriod == nil {
        perPeriod = probability
      } else {
        throw expression.error(
          at: entry,
          "a prior has one probability for all periods; name the period of any other, as in 2020-04=0.5")
      }
    }
    return ChangePrior(perPeriod: perPeriod, named: named)
  }
}
