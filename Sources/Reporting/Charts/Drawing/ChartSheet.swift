/// The sheet that a chart is drawn on: a heading, drawings below each other, notes. Its height follows from
/// what stands on it.
///
/// The document that comes of it is complete by itself: no script, no style sheet and no font from elsewhere,
/// and a title and a description for readers who do not see it.
struct ChartSheet {
  /// The size of letters where nothing else is said.
  static let letters = 12.0
  /// The space left free on every side.
  static let margin = 16.0
  /// The widths between which a chart is laid out: a telephone, and a wide page.
  static let widths = 360.0...2000.0

  /// The width of the sheet.
  let width: Double
  /// How far down the sheet is taken.
  private(set) var y = 8.0
  private var elements: [String] = []

  /// An empty sheet as wide as asked for, or the nearest width for which charts are laid out; 760 where no
  /// width is a number.
  init(width: Double) { self.width = Self.width(width) }

  /// The nearest width for which charts are laid out; 760 where a width is no number.
  static func width(_ width: Double) -> Double {
    width.isFinite ? min(max(width, widths.lowerBound), widths.upperBound) : 760
  }

  /// The width between the margins.
  var room: Double { width - 2 * Self.margin }
  /// The right end of the room.
  var right: Double { width - Self.margin }

  /// Puts an element on the sheet.
  mutating func draw(_ element: String?) {
    if let element { elements.append(element) }
  }

  /// Puts elements on the sheet.
  mutating func draw(_ more: [String]) { elements += more }

  /// Leaves some height free.
  mutating func skip(_ height: Double) { y += height }

  /// Takes some height for a drawing, and gives its upper end.
  mutating func take(_ height: Double) -> Double {
    defer { y += height }
    return y
  }

  /// Writes the heading: what the chart finds, and below it what it shows.
  mutating func head(_ title: String, _ subtitle: String) {
    // What is said last, such as how likely it is, must not be cut off on a telephone.
    write(title, size: 15, weight: .bold, leading: 19, most: width < 520 ? 7 : 4)
    write(subtitle, size: 12, colour: .faint, leading: 16, most: 4)
    skip(8)
  }

  /// Writes lines of text across the room.
  mutating func write(
    _ text: String, size: Double = ChartSheet.letters, weight: SVGElement.Weight = .normal,
    colour: ChartColour = .ink,
    leading: Double, most: Int = .max
  ) {
    for line in WrappedText.lines(text, width: room, size: weight.measured(size), most: most) {
      y += leading
      draw(SVGElement.text(line, x: Self.margin, y: y, size: size, weight: weight, colour: colour))
    }
  }

  /// Writes notes at the foot, each from a line of its own.
  mutating func note(_ notes: [String]) {
    guard !notes.isEmpty else { return }
    skip(6)
    for text in notes { write(text, size: 11, colour: .faint, leading: 15, most: 6) }
  }

  /// The document.
  ///
  /// - Parameters:
  ///   - identifier: what ids begin with; charts on one page need different ones.
  ///   - title: what the chart is called where it is not seen.
  ///   - description: what a reader who does not see it is told.
  func document(identifier: String, title: String, description: String) -> String {
    Self.document(
      elements, width: width, height: (y + 12).rounded(.up), identifier: identifier, title: title,
      description: description)
  }

  /// A document of some elements.
  static func document(
    _ elements: [String], width: Double, height: Double, identifier: String, title: String,
    description: String
  ) -> String {
    let id = name(identifier)
    let (width, height) = (SVGElement.coordinate(width), SVGElement.coordinate(height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="\(id)-title \(id)-desc" \
      viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" \
      font-size="\(SVGElement.coordinate(letters))">
      <title id="\(id)-title">\(SVGElement.escaped(title))</title>
      <desc id="\(id)-desc">\(SVGElement.escaped(description))</desc>
      <rect width="\(width)" height="\(height)" \(ChartColour.paper.fill)/>
      \(elements.joined(separator: "\n"))
      </svg>

      """
  }

  /// A text as a name in a document: letters, digits and hyphens, beginning with a letter.
  private static func name(_ text: String) -> String {
    let name = String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
    return name.first?.isLetter == true ? name : "chart-" + name
  }
}
