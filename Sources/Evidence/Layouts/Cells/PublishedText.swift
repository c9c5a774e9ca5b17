/// Texts of published files.
enum PublishedText {
  /// A text as far as a sentence can show it: at most 60 characters.
  static func shown(_ text: String) -> String {
    text.utf8.count > 60 && text.count > 60 ? "\(text.prefix(60))…" : text
  }

  /// A code that a spreadsheet made a number of, as it was: `343` for `343.0`.
  static func wholeCode(_ text: String) -> String { text.hasSuffix(".0") ? String(text.dropLast(2)) : text }

  /// A number and a noun, in the plural where the number asks for it: `1 row`, `2 rows`.
  ///
  /// - Parameter plural: the plural, where it is not the noun with an s.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
