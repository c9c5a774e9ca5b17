/// A family of models that a specification can name, and how its options are written.
///
/// One file describes a family beside its models; one line in ``ModelCatalogue/families`` makes every part of the
/// product know it.
public struct ModelFamily: Sendable {
  /// The word that a specification begins with.
  public let name: String
  /// How it is written, options and all: `ets(ERROR,TREND,SEASON)`.
  public let usage: String
  /// One sentence: what the family says about the future.
  public let summary: String
  /// A specification that works on an ordinary series, for lists and tests.
  public let example: String
  /// How many pairs of parentheses may follow the name.
  let mostGroups: Int
  /// Whether the length of a season may follow the last of them.
  let takesSeason: Bool
  private let read: @Sendable (ModelExpression) throws(ForecastingError) -> any ForecastModel

  /// Describes a family.
  ///
  /// - Parameters:
  ///   - name: the word that a specification begins with.
  ///   - usage: how it is written; the name alone where there are no options.
  ///   - summary: one sentence without its full stop.
  ///   - example: a specification that works on an ordinary series; the name alone by default.
  ///   - mostGroups: how many pairs of parentheses may follow the name.
  ///   - takesSeason: whether the length of a season may follow the last of them.
  ///   - read: the model that an expression describes, or the error that names the position.
  public init(
    _ name: String, usage: String? = nil, summary: String, example: String? = nil, mostGroups: Int = 1,
    takesSeason: Bool = false,
    read: @escaping @Sendable (ModelExpression) throws(ForecastingError) -> any ForecastModel
  ) {
    self.name = name
    self.usage = usage ?? name
    self.summary = summary
    self.example = example ?? name
    self.mostGroups = mostGroups
    self.takesSeason = takesSeason
    self.read = read
  }

  /// A family of one model, which has no options.
  public init(_ model: some ForecastModel) {
    self.init(model.specification, summary: model.summary) {
      (expression: ModelExpression) throws(ForecastingError) in
      try ArgumentReader(expression).finish()
      return model
    }
  }

  /// The model that an expression describes.
  ///
  /// Whatever is written is meant and must not be passed over: parentheses or the length of a season that the family does
  /// not have are refused here, options that it does not have by ``ArgumentReader/finish()``.
  ///
  /// - Throws: ``ForecastingError/specification(_:position:problem:)``, which names the position.
  public func model(_ expression: ModelExpression) throws(ForecastingError) -> any ForecastModel {
    if expression.groups.count > mostGroups {
      let surplus = expression.openings.dropFirst(mostGroups).first ?? expression.end
      throw expression.error(
        at: surplus,
        mostGroups == 1
          ? "\(name) has one list of options; write them all between the first parentheses"
          : "\(name) has at most \(mostGroups) pairs of parentheses; leave the others out")
    }
    if let season = expression.season, !takesSeason {
      throw expression.error(
        at: expression.end, "\(name) takes no length of a season after its options; leave \(season) out")
    }
    return try read(expression)
  }
}
