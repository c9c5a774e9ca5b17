import Indicators

/// The mark of a point: a colour of Making Data Count, and a shape for those who do not see colours.
enum ControlChartMark: Hashable {
  /// A grey circle.
  case common
  /// A blue diamond.
  case improvement
  /// An orange triangle that points up.
  case concernHigh
  /// An orange triangle that points down.
  case concernLow
  /// A purple square.
  case neutral
  /// A circle with nothing in it: there are no limits to judge the point by.
  case unjudged

  init(_ icon: VariationIcon?) {
    self =
      switch icon {
      case .commonCause: .common
      case .improvementHigh, .improvementLow: .improvement
      case .concernHigh: .concernHigh
      case .concernLow: .concernLow
      case .neutralHigh, .neutralLow: .neutral
      case nil: .unjudged
      }
  }

  var colour: String {
    switch self {
    case .common: "#a6a6a6"
    case .improvement: "#00b0f0"
    case .concernHigh, .concernLow: "#e46c0a"
    case .neutral: "#490092"
    case .unjudged: "#ffffff"
    }
  }

  /// The mark about a place; the size is half of its width.
  func shape(x: Double, y: Double, size: Double) -> String {
    let style = "fill=\"\(colour)\" stroke=\"#222222\" stroke-width=\"0.8\""
    func polygon(_ corners: [(Double, Double)]) -> String {
      let places = corners.map { SVGShape.pair(x + $0.0 * size, y + $0.1 * size) }.joined(separator: " ")
      return "<polygon points=\"\(places)\" \(style)/>"
    }
    switch self {
    case .common, .unjudged:
      return
        "<circle cx=\"\(SVGText.coordinate(x))\" cy=\"\(SVGText.coordinate(y))\" r=\"\(SVGText.coordinate(size * 0.85))\" \(style)/>"
    case .improvement: return polygon([(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)])
    case .concernHigh: return polygon([(0, -1.3), (1.25, 0.95), (-1.25, 0.95)])
    case .concernLow: return polygon([(0, 1.3), (1.25, -0.95), (-1.25, -0.95)])
    case .neutral: return polygon([(-1, -1), (1, -1), (1, 1), (-1, 1)])
    }
  }

  /// What the marks of a chart mean, those that it has.
  static func legend(of chart: ControlChart) -> [(ControlChartMark, String)] {
    let used = Set(
      chart.points.filter { $0.value != nil }.map { ControlChartMark($0.variation(chart.polarity)) })
    let all: [(ControlChartMark, String)] = [
      (.common, "common cause"), (.improvement, "special cause: improvement"),
      (.concernHigh, "special cause: concern, high"),
      (.concernLow, "special cause: concern, low"), (.neutral, "special cause: neither good nor bad"),
      (.unjudged, "no limits"),
    ]
    return all.filter { used.contains($0.0) }
  }

  /// A mark and what it means, at a place.
  static func legend(_ mark: ControlChartMark, _ text: String, x: Double, y: Double) -> [String] {
    [mark.shape(x: x + 6, y: y - 4, size: 5), SVGShape.label(text, x: x + 18, y: y)]
  }
}

/// Elements of a drawing.
enum SVGShape {
  /// A text that opens no tag, hides no direction of writing and has no line of its own.
  static func escaped(_ text: String) -> String {
    HTMLText.escaped(String(text.map { $0.isNewline || $0 == "\t" ? " " : $0 }))
  }

  static func pair(_ x: Double, _ y: Double) -> String { "\(SVGText.coordinate(x)),\(SVGText.coordinate(y))" }

  /// A line through places; nothing for fewer than two.
  static func polyline(
    _ places: [(x: Double, y: Double)], colour: String, width: Double, dashes: String?
  ) -> String {
    guard places.count > 1 else { return "" }
    let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "<polyline points=\"\(places.map { pair($0.x, $0.y) }.joined(separator: " "))\" fill=\"none\" "
      + "stroke=\"\(colour)\" stroke-width=\"\(SVGText.coordinate(width))\"\(dash)/>"
  }

  static func rule(
    x1: Double, y1: Double, x2: Double, y2: Double, colour: String, width: Double = 1, dashes: String? = nil
  ) -> String {
    let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "<line x1=\"\(SVGText.coordinate(x1))\" y1=\"\(SVGText.coordinate(y1))\" "
      + "x2=\"\(SVGText.coordinate(x2))\" y2=\"\(SVGText.coordinate(y2))\" stroke=\"\(colour)\" "
      + "stroke-width=\"\(SVGText.coordinate(width))\"\(dash)/>"
  }

  static func label(
    _ text: String, x: Double, y: Double, anchor: String = "start", size: Double = 12,
    weight: String = "normal",
    colour: String = ControlChartDrawing.Ink.ink
  ) -> String {
    "<text x=\"\(SVGText.coordinate(x))\" y=\"\(SVGText.coordinate(y))\" text-anchor=\"\(anchor)\" "
      + "font-size=\"\(SVGText.coordinate(size))\" font-weight=\"\(weight)\" fill=\"\(colour)\">"
      + escaped(text) + "</text>"
  }
}
