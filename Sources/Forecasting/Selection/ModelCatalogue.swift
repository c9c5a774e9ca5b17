/// Every model that can be asked for by name. Adding a family means adding its file and one line here.
public enum ModelCatalogue {
  /// Simple models that suit short series of any kind, simplest first.
  public static let candidates: [any ForecastModel] = [
    Naive(),
    Drift(),
    LinearTrend(),
    ExponentialSmoothing(trend: .none),
    ExponentialSmoothing(trend: .additive),
    ExponentialSmoothing(trend: .damped),
    Theta(),
  ]

  /// The families that a specification can name, in the order in which they are listed.
  public static let families: [ModelFamily] = [
    ModelFamily(Automatic()),
    // What every other model has to beat.
    ModelFamily(Naive()),
    SeasonalNaive.family,
    ModelFamily(Drift()),
    ModelFamily(Mean()),
    WindowMean.family,
    // A trend as a function of time.
    ModelFamily(LinearTrend()),
    TrendRegression.family,
    PiecewiseTrend.family,
    PenalisedSpline.family,
    GaussianProcess.family,
    HodrickPrescottTrend.family,
    // Counts and shares as such.
    CountRegression.family(.poisson),
    CountRegression.family(.quasiPoisson),
    CountRegression.family(.negativeBinomial(size: nil)),
    CountRegression.family(.binomial(.logit)),
    // What follows recent values.
    ModelFamily(ExponentialSmoothing(trend: .none)),
    ModelFamily(ExponentialSmoothing(trend: .additive)),
    ModelFamily(ExponentialSmoothing(trend: .damped)),
    ETS.family,
    HoltWinters.family,
    ThetaMethod.family,
    ARIMA.family,
    StructuralModel.family(of: .level),
    StructuralModel.family(of: .linear),
    StructuralModel.family(of: .smooth),
    StructuralModel.family,
    // What many series say together.
    ModelFamily(PooledTrend()),
    // A season for any of them.
    SeasonallyAdjusted.family,
    // Any of them without the shocks of the past.
    ShockAdjusted.family,
    // Several together, and intervals that earlier errors calibrate.
    Combination.family,
    Conformal.family,
  ]

  /// How a scale is asked for among the options of any family.
  public static let scaleUsage = RescaledModel.usage

  /// What stands for `TERMS` in the usage of a family.
  public static let termsUsage = RegressionTerm.usage

  /// The model that a specification describes, such as `drift`, `ets(A,Ad,N)` or `arima(0,1,1)(0,1,1)12`.
  ///
  /// Every family also takes `scale=`, which replaces the scale that suits the unit.
  ///
  /// - Throws: ``ForecastingError/unknownModel(_:known:)``, which lists the names, and
  ///   ``ForecastingError/specification(_:position:problem:)``, which names the position.
  public static func model(named specification: String) throws(ForecastingError) -> any ForecastModel {
    try model(try ModelExpression(specification))
  }

  /// The model that stands as an argument inside another, such as the `drift` of `stl(drift)`.
  ///
  /// - Throws: ``ForecastingError/specification(_:position:problem:)``, which names the position in the whole.
  static func model(
    _ argument: ModelExpression.Argument, in whole: ModelExpression
  ) throws(ForecastingError) -> any ForecastModel {
    do {
      return try model(try ModelExpression(argument, in: whole))
    } catch {
      guard case .unknownModel = error else { throw error }
      throw whole.error(at: argument, error.description)
    }
  }

  /// The model that an expression describes.
  ///
  /// - Throws: as ``model(named:)`` does.
  public static func model(_ expression: ModelExpression) throws(ForecastingError) -> any ForecastModel {
    guard let family = families.first(where: { $0.name == expression.name }) else {
      throw .unknownModel(expression.name, known: families.map(\.name))
    }
    let (rest, scale) = try RescaledModel.separate(expression)
    let model = try family.model(rest)
    guard let scale else { return model }
    return RescaledModel(
      base: model, specification: expression.text, scaleChoice: scale.choice, written: scale.written)
  }
}
