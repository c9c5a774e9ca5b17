/// Every model that can be asked for by name. Adding a model means adding its file and one line here.
public enum ModelCatalogue {
  /// The models, simplest first; a tie in the automatic choice goes to the earlier.
  public static let models: [any ForecastModel] = [
    Naive(),
    Drift(),
    LinearTrend(),
    ExponentialSmoothing(trend: .none),
    ExponentialSmoothing(trend: .additive),
    ExponentialSmoothing(trend: .damped),
    Theta(),
  ]

  /// The model of the given name, or the automatic choice for `automatic`.
  ///
  /// - Throws: ``ForecastingError/unknownModel(_:known:)``, which lists the names.
  public static func model(named specification: String) throws(ForecastingError) -> any ForecastModel {
    if specification == Automatic().specification { return Automatic() }
    guard let model = models.first(where: { $0.specification == specification }) else {
      throw .unknownModel(
        specification, known: [Automatic().specification] + models.map(\.specification))
    }
    return model
  }
}
