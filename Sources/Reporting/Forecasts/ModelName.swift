import Forecasting

/// A model's specification with what it says in people's words.
enum ModelName {
  /// `drift (the average change since the first observation goes on)`; a model outside the catalogue by its name alone.
  static func explained(_ specification: String) -> String {
    summary(of: specification).map { "\(specification) (\($0))" } ?? specification
  }

  /// What the model says about the future; nil for a model outside the catalogue.
  static func summary(of specification: String) -> String? {
    try? ModelCatalogue.model(named: specification).summary
  }
}
