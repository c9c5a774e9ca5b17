import Forecasting

/// A model's specification with what it says in people's words.
enum ModelName {
  /// `drift (the average change since the first observation goes on)`; a model outside the catalogue by its name alone.
  static func explained(_ specification: String) -> String {
    summary(of: specification).map { "\(specification) (\($0))" } ?? specification
  }

  /// A sentence with each model that carries something forward explained where it is named.
  static func explaining(_ sentence: String) -> String {
    let mark = "carried forward by "
    guard let found = sentence.firstRange(of: mark) else { return sentence }
    let name = sentence[found.upperBound...].prefix { $0.isLetter || $0 == "-" }
    let rest = explaining(String(sentence[name.endIndex...]))
    return sentence[..<found.upperBound] + explained(String(name)) + rest
  }

  /// What the model says about the future; nil for a model outside the catalogue.
  static func summary(of specification: String) -> String? {
    try? ModelCatalogue.model(named: specification).summary
  }
}
