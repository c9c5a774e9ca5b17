// How the terms of a regression are written.

extension RegressionTerm {
  /// The terms that can be written, for the usage of a family.
  public static let usage =
    "linear|quadratic|polynomial(K), season|season(effects), fourier(K), regressors(NAME, …), "
    + "step(PERIOD, LAST), pulse(PERIOD), slope(PERIOD, LAST), knot(PERIOD)"

  /// The terms by their words, for a list of options.
  static let words = [
    "linear", "quadratic", "polynomial(…)", "season", "fourier(…)", "regressors(…)", "step(…)", "pulse(…)",
    "slope(…)", "knot(…)",
  ]

  /// Reads the terms of a regression.
  ///
  /// `linear`, `quadratic`, `polynomial(K)`; `season`, `season(dummies)`, `season(effects)`, each with a length
  /// where it is not that of the series, as in `season(effects,12)`; `fourier(K)` and `fourier(K,LENGTH)`;
  /// `regressor(NAME)` and `regressors(A,B)`; `step(PERIOD)`, `pulse(PERIOD)`,
  /// `slope(PERIOD)` (or `ramp(PERIOD)`), of which step and slope may name a last period; `knot(PERIOD)`.
  ///
  /// - Parameters:
  ///   - arguments: the arguments without a key, as `ArgumentReader.takeAll()` gives them.
  ///   - expression: the specification they stand in, for errors.
  /// - Throws: ``ForecastingError/specification(_:position:problem:)``, which names the position.
  public static func read(
    _ arguments: [ModelExpression.Argument], of expression: ModelExpression
  ) throws(ForecastingError) -> [RegressionTerm] {
    var terms: [RegressionTerm] = []
    var hasTrend = false
    for argument in arguments {
      for term in try read(argument, of: expression) {
        if case .trend = term {
          guard !hasTrend else {
            throw expression.error(
              at: argument,
              "\(term) stands beside another trend; write one of linear, quadratic or polynomial(K), "
                + "each of which includes the lower degrees")
          }
          hasTrend = true
        }
        guard !terms.contains(term) else {
          throw expression.error(at: argument, "\(term) stands there twice; write it once")
        }
        terms.append(term)
      }
    }
    return terms
  }

  private static func read(
    _ argument: ModelExpression.Argument, of expression: ModelExpression
  ) throws(ForecastingError) -> [RegressionTerm] {
    var inner = ArgumentReader(expression, of: argument)
    let terms: [RegressionTerm]
    switch argument.word {
    case "linear": terms = [.trend(degree: 1)]
    case "quadratic": terms = [.trend(degree: 2)]
    case "polynomial":
      terms = [.trend(degree: try inner.whole("degree", in: 1...highestDegree))]
    case "season":
      let coding: SeasonalCoding = inner.flag("effects") ? .effects : .dummies
      _ = coding == .dummies && inner.flag("dummies")
      terms = [.season(coding, length: try length(&inner))]
    case "fourier":
      let harmonics = try inner.whole("harmonics", in: 1...mostHarmonics)
      terms = [.fourier(harmonics: harmonics, length: try length(&inner))]
    case "regressor": terms = [.regressor(try word("name", in: &inner, of: argument, expression))]
    case "regressors":
      let names = inner.takeAll(offering: ["names of columns"])
      guard !names.isEmpty else {
        throw expression.error(at: argument, "name the columns: regressors(A,B)")
      }
      terms = names.map { .regressor($0.word) }
    case "step", "slope", "ramp":
      let start = try word("period", in: &inner, of: argument, expression)
      terms = [
        .intervention(
          Intervention(
            argument.word == "step" ? .step : .slope, from: start, until: inner.take("until")?.word))
      ]
    case "pulse":
      terms = [
        .intervention(Intervention(.pulse, from: try word("period", in: &inner, of: argument, expression)))
      ]
    case "knot": terms = [.knot(try word("period", in: &inner, of: argument, expression))]
    default:
      throw expression.error(
        at: argument, "\"\(argument.word)\" is not a term of a regression; write \(usage)")
    }
    try inner.finish()
    return terms
  }

  /// A word that a term cannot do without.
  private static func word(
    _ key: String, in reader: inout ArgumentReader, of argument: ModelExpression.Argument,
    _ expression: ModelExpression
  ) throws(ForecastingError) -> String {
    guard let found = reader.take(key), !found.word.isEmpty else {
      throw expression.error(
        at: argument, "\(argument.word) needs a \(key); write \(argument.word)(\(key.uppercased()))")
    }
    return found.word
  }

  /// The length of a season, where it is written.
  private static func length(_ reader: inout ArgumentReader) throws(ForecastingError) -> Int? {
    reader.remaining > 0 ? try reader.whole("length", in: 2...longestSeason) : nil
  }

  /// The longest season that anyone could mean: a leap year of days.
  static let longestSeason = 366
}
