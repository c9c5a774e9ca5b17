/// What the one-step errors of a fitted model say about it: whether they follow one another, come from a bell
/// curve and stay equally wide.
///
/// The tests look at ``FittedModel/residuals``, which are on the model's scale and made equally sure. Each
/// says in one sentence what its outcome means; where there are too few errors for a test it is absent, with
/// the reason. None is a proof: with ten errors only gross faults show, and of twenty tests of a good model
/// one fails by chance.
public struct ResidualDiagnostics: Sendable {
  /// The number of errors.
  public let count: Int
  /// The autocorrelations of the errors at lags 1, 2, ... up to those that ``ljungBox`` looks at; none where
  /// there is no such test.
  public let autocorrelations: [Double]
  /// Whether the errors follow one another.
  public let ljungBox: DiagnosticOutcome
  /// Whether the errors come from a normal distribution, by their order: the better test for short series.
  public let shapiroWilk: DiagnosticOutcome
  /// Whether the errors come from a normal distribution, by their skewness and kurtosis.
  public let jarqueBera: DiagnosticOutcome
  /// Whether large errors come in runs.
  public let conditionalVariance: DiagnosticOutcome
  /// Whether the last third of the errors is as wide as the first.
  public let varianceRatio: DiagnosticOutcome

  /// Examines the errors of a fitted model.
  ///
  /// - Parameters:
  ///   - fitted: any fitted model.
  ///   - dynamicParameters: the number of estimated parameters that shape the dependence between errors,
  ///     which Ljung and Box's degrees of freedom lose; nil counts them by their names (see the guide).
  public init(fitted: any FittedModel, dynamicParameters: Int? = nil) {
    let sample = fitted.sample
    self.init(
      ErrorSequence(fitted), season: sample.season,
      dynamicParameters: dynamicParameters ?? DynamicParameters.count(of: fitted))
  }

  /// Examines a sequence of errors.
  init(_ errors: ErrorSequence, season: Int, dynamicParameters: Int) {
    count = errors.count
    let portmanteau = LjungBox(errors, season: season, dynamicParameters: dynamicParameters)
    autocorrelations = portmanteau.autocorrelations
    ljungBox = portmanteau.outcome
    shapiroWilk = ShapiroWilk.outcome(errors)
    jarqueBera = JarqueBera.outcome(errors)
    conditionalVariance = ConditionalVariance.outcome(errors)
    varianceRatio = VarianceRatio.outcome(errors)
  }

  /// Every outcome, in the order in which they are reported.
  public var outcomes: [DiagnosticOutcome] {
    [ljungBox, shapiroWilk, jarqueBera, conditionalVariance, varianceRatio]
  }

  /// The tests that were made.
  public var tests: [DiagnosticTest] { outcomes.compactMap(\.test) }
}
