/// Elements of a drawing, each the text of one SVG element.
enum SVGElement {
  /// A place, in pixels from the upper left corner.
  typealias Place = (x: Double, y: Double)

  /// How letters are drawn.
  enum Weight: String {
    case normal, bold

    /// The size of ordinary letters that are as wide as letters of a size and this weight.
    func measured(_ size: Double) -> Double { self == .bold ? size * 1.17 : size }
  }

  /// Which end of a text stands at its place.
  enum Anchor: String { case start, middle, end }

  /// A text, whose base line stands at a place.
  static func text(
    _ text: String, x: Double, y: Double, anchor: Anchor = .start, size: Double = ChartSheet.letters,
    weight: Weight = .normal, colour: ChartColour = .ink
  ) -> String {
    let anchored = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
    let sized = size == ChartSheet.letters ? "" : " font-size=\"\(coordinate(size))\""
    let weighed = weight == .normal ? "" : " font-weight=\"bold\""
    return "<text \(at(x, y)) \(colour.fill)\(anchored)\(sized)\(weighed)>\(escaped(text))</text>"
  }

  /// A straight line.
  static func line(
    from: Place, to: Place, colour: ChartColour, width: Double = 1, dashes: String? = nil
  ) -> String {
    "<line x1=\"\(coordinate(from.x))\" y1=\"\(coordinate(from.y))\" x2=\"\(coordinate(to.x))\" "
      + "y2=\"\(coordinate(to.y))\" \(pen(colour, width, dashes))/>"
  }

  /// A line through places; nothing for fewer than two.
  static func polyline(
    _ places: [Place], colour: ChartColour, width: Double = 2, dashes: String? = nil
  ) -> String? {
    guard places.count > 1 else { return nil }
    return
      "<polyline points=\"\(points(places))\" fill=\"none\" \(pen(colour, width, dashes)) "
      + "stroke-linejoin=\"round\"/>"
  }

  /// An area within places; nothing for fewer than three.
  static func polygon(_ places: [Place], colour: ChartColour, edge: ChartColour? = nil) -> String? {
    guard places.count > 2 else { return nil }
    return "<polygon points=\"\(points(places))\" \(filled(colour, edge))/>"
  }

  /// A rectangle between two corners, whichever of them is the upper one.
  static func rectangle(from: Place, to: Place, colour: ChartColour) -> String {
    "<rect \(at(min(from.x, to.x), min(from.y, to.y))) width=\"\(coordinate(abs(to.x - from.x)))\" "
      + "height=\"\(coordinate(abs(to.y - from.y)))\" \(colour.fill)/>"
  }

  /// A dot: full, or a ring of paper.
  static func dot(
    x: Double, y: Double, radius: Double = 3.5, colour: ChartColour, isRing: Bool = false, edge: Double = 1.5
  ) -> String {
    circle(
      x: x, y: y, radius: radius, colour: isRing ? .paper : colour, edge: isRing ? colour : nil, width: edge)
  }

  /// A circle, with an edge where one is given.
  static func circle(
    x: Double, y: Double, radius: Double, colour: ChartColour, edge: ChartColour? = nil, width: Double = 0.8
  ) -> String {
    "<circle cx=\"\(coordinate(x))\" cy=\"\(coordinate(y))\" r=\"\(coordinate(radius))\" "
      + "\(filled(colour, edge, width))/>"
  }

  /// A text that opens no tag, hides no direction of writing and has no line of its own.
  static func escaped(_ text: String) -> String {
    HTMLText.escaped(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }

  /// A coordinate to a hundredth of a pixel.
  static func coordinate(_ value: Double) -> String { NumberText.plain((value * 100).rounded() / 100) }

  private static func at(_ x: Double, _ y: Double) -> String {
    "x=\"\(coordinate(x))\" y=\"\(coordinate(y))\""
  }

  private static func points(_ places: [Place]) -> String {
    places.map { "\(coordinate($0.x)),\(coordinate($0.y))" }.joined(separator: " ")
  }

  private static func filled(_ colour: ChartColour, _ edge: ChartColour?, _ width: Double = 0.8) -> String {
    guard let edge else { return colour.fill }
    return "class=\"f-\(colour.rawValue) s-\(edge.rawValue)\" fill=\"\(colour.light)\" "
      + "stroke=\"\(edge.light)\" stroke-width=\"\(coordinate(width))\""
  }

  private static func pen(_ colour: ChartColour, _ width: Double, _ dashes: String?) -> String {
    colour.stroke + (width == 1 ? "" : " stroke-width=\"\(coordinate(width))\"")
      + (dashes.map { " stroke-dasharray=\"\($0)\"" } ?? "")
  }
}
