import Statistics

/// A smooth curve through the observations, by penalised splines (Eilers and Marx, 1996); beyond them it goes on straight,
/// and how straight is as uncertain as the past was bent.
///
/// The penalty on second differences leaves a straight line free. How much bending it allows is settled by restricted
/// maximum likelihood, and averaged over in the forecast, or by generalised cross-validation.
public struct PenalisedSpline: ForecastModel {
  /// What settles how smooth the curve is.
  public enum Criterion: String, Hashable, Sendable, CaseIterable {
    /// Restricted maximum likelihood of the mixed model (Wand, 2003; Wood, 2011).
    case restrictedLikelihood = "reml"
    /// Generalised cross-validation (Craven and Wahba, 1979).
    case crossValidation = "gcv"
  }

  /// The number of equal intervals between knots; half the number of observations, 4 to 40, where it is nil.
  public let knots: Int?
  /// The degree of the pieces.
  public let degree: Int
  /// What settles how smooth the curve is.
  public let criterion: Criterion

  /// The intervals that may be asked for.
  static let knotRange = 2...200

  /// A description of the spline.
  ///
  /// - Parameters:
  ///   - knots: the number of equal intervals between the first observation and the last, 2 to 200; nil for half the
  ///     number of observations, 4 to 40. More cost time and change little, because the penalty settles the smoothness.
  ///   - degree: of the pieces, 1 to 5; moved to the nearest of these.
  ///   - criterion: what settles how smooth the curve is.
  public init(knots: Int? = nil, degree: Int = 3, criterion: Criterion = .restrictedLikelihood) {
    self.knots = knots.map { min(max($0, Self.knotRange.lowerBound), Self.knotRange.upperBound) }
    self.degree = min(max(1, degree), SplineBasis.highestDegree)
    self.criterion = criterion
  }

  /// `spline`, with the options that are not the usual ones.
  public var specification: String {
    let options =
      (knots.map { ["knots=\($0)"] } ?? []) + (degree == 3 ? [] : ["degree=\(degree)"])
      + (criterion == .restrictedLikelihood ? [] : ["criterion=\(criterion.rawValue)"])
    return options.isEmpty ? "spline" : "spline(\(options.joined(separator: ",")))"
  }

  /// One sentence: what the model says about the future.
  public let summary = "a smooth curve through all observations goes on straight (penalised spline)"

  /// Fewer observations than this are refused.
  public let minimumObservations = 6

  /// Fits the model to a sample, gaps included.
  ///
  /// - Throws: ``ForecastingError`` when the sample is too short or the equations cannot be solved.
  public func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    let basis = SplineBasis(
      degree: degree, intervals: knots ?? min(40, max(4, sample.count / 2)), span: sample.positions.last ?? 1)
    let search = SplineSearch(sample: sample, basis: basis)
    guard let found = search.learn(criterion) else {
      throw .numerical(
        series: sample.name, model: specification, reason: "its normal equations are not positive definite")
    }
    return FittedPenalisedSpline(
      specification: specification, sample: sample, smoother: search.smoother, best: found.best,
      nodes: found.nodes)
  }

  /// How the model is written.
  static let family = ModelFamily(
    "spline", usage: "spline(knots=K, degree=K, criterion=reml|gcv)",
    summary: "a smooth curve through all observations goes on straight (penalised spline)"
  ) { (expression: ModelExpression) throws(ForecastingError) in
    var arguments = ArgumentReader(expression)
    var knots: Int?
    if let argument = arguments.take("knots", byPlace: false) {
      guard argument.arguments == nil, let number = Int(argument.word), knotRange.contains(number) else {
        throw expression.error(
          at: argument,
          "\"\(argument.word)\" is not a value of knots; write a whole number from \(knotRange.lowerBound) to "
            + "\(knotRange.upperBound)")
      }
      knots = number
    }
    let degree = try arguments.whole("degree", in: 1...SplineBasis.highestDegree, default: 3, byPlace: false)
    let criterion = try arguments.choice(
      "criterion", among: Criterion.allCases.map { ($0.rawValue, $0) }, default: .restrictedLikelihood,
      byPlace: false)
    try arguments.finish()
    return PenalisedSpline(knots: knots, degree: degree, criterion: criterion)
  }
}
