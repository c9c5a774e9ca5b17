/// One spelling for each area of a file whose releases spell it in several ways: the first.
struct AreaSpellings {
  private var areas: [String: (area: PublishedArea, row: Int)] = [:]
  private var variants: [String: Set<String>] = [:]
  private var example: (String, String)?
  private var doubted: Set<String> = []

  /// The area under its first spelling.
  ///
  /// - Parameters:
  ///   - key: what tells areas of the file apart: a number, or a level and a name without capitals.
  ///   - area: the area as the row spells it.
  ///   - row: the row.
  ///   - figures: takes a warning where one number goes with two names that have nothing in common.
  /// - Returns: the area as it was spelled first.
  mutating func area(
    _ key: String, _ area: PublishedArea, row: Int, figures: inout PublishedFigures
  ) -> PublishedArea {
    guard let first = areas[key] else {
      areas[key] = (area, row)
      return area
    }
    guard first.area.name != area.name else { return first.area }
    if variants[key, default: []].insert(area.name).inserted, example == nil {
      example = (first.area.name, area.name)
    }
    let (one, other) = (Self.letters(first.area.name), Self.letters(area.name))
    if !one.contains(other), !other.contains(one), doubted.insert("\(key)\u{1}\(other)").inserted {
      figures.warn(
        row: row,
        """
        number \(area.number ?? area.code ?? "") is "\(PublishedText.shown(area.name))" here and \
        "\(PublishedText.shown(first.area.name))" in row \(first.row); mend the number if they are two areas
        """)
    }
    return first.area
  }

  /// How many areas are spelled in several ways, as a sentence; nil where none is.
  var note: String? {
    guard let example else { return nil }
    let number = variants.count
    return """
      \(number) area\(number == 1 ? " is" : "s are") spelled in more than one way, such as "\(example.0)" and \
      "\(example.1)"; each goes by its first spelling
      """
  }

  private static func letters(_ text: String) -> String {
    String(text.lowercased().filter { $0.isLetter || $0.isNumber })
  }
}
