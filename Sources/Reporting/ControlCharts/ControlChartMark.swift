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

  var colour: ChartColour {
    switch self {
    case .common: .commonCause
    case .improvement: .improvement
    case .concernHigh, .concernLow: .concern
    case .neutral: .neutral
    case .unjudged: .paper
    }
  }

  /// The mark about a place; the size is half of its width.
  func shape(x: Double, y: Double, size: Double) -> String? {
    let corners: [SVGElement.Place]
    switch self {
    case .common, .unjudged:
      return SVGElement.circle(x: x, y: y, radius: size * 0.85, colour: colour, edge: .ink)
    case .improvement: corners = [(0, -1.3), (1.3, 0), (0, 1.3), (-1.3, 0)]
    case .concernHigh: corners = [(0, -1.3), (1.25, 0.95), (-1.25, 0.95)]
    case .concernLow: corners = [(0, 1.3), (1.25, -0.95), (-1.25, -0.95)]
    case .neutral: corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    }
    return SVGElement.polygon(
      corners.map { (x + $0.x * size, y + $0.y * size) }, colour: colour, edge: .ink)
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
    [mark.shape(x: x + 6, y: y - 4, size: 5), SVGElement.text(text, x: x + 18, y: y)].compactMap { $0 }
  }
}
