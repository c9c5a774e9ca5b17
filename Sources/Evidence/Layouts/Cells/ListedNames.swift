/// Names in a sentence.
enum ListedNames {
  /// The first names with commas between them, and how many more there are.
  static func of(_ names: some Collection<String>, limit: Int = 12) -> String {
    let shown = names.prefix(limit).joined(separator: ", ")
    return names.count > limit ? "\(shown) and \(names.count - limit) more" : shown
  }
}
