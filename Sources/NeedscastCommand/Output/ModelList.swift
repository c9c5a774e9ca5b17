import Needscast

/// The models that can be asked for, with what each says about the future.
enum ModelList {
  /// A line for each model.
  static var text: String {
    let models = [Automatic() as any ForecastModel] + ModelCatalogue.models
    let width = models.map(\.specification.count).max() ?? 0
    return models.map { model in
      let padding = String(repeating: " ", count: width - model.specification.count + 2)
      return
        "\(model.specification)\(padding)\(model.summary) (from \(model.minimumObservations) observations)\n"
    }.joined()
  }
}
