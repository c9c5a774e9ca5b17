/// A chart that draws itself.
///
/// Every chart is a self-contained SVG document without scripts: it states what it finds, labels its lines
/// directly, gives no meaning by colour alone, and says in its title and description what a reader who does
/// not see it is to know. The same figures and width give the same bytes.
public protocol Chart: Sendable {
  /// What the chart finds.
  var title: String { get }
  /// What a reader who does not see the chart is told.
  var description: String { get }
  /// The chart as an SVG document with a line feed at the end.
  ///
  /// - Parameter width: the width in pixels, taken as 360 where it is less, as 2,000 where it is more and as
  ///   760 where it is no number; the height follows from what has to be said.
  func svg(width: Double) -> String
}

extension Chart {
  /// The chart 760 pixels wide, which suits a page.
  public func svg() -> String { svg(width: 760) }

  /// Texts as sentences one after the other, each with a full stop where it has no end of its own; empty ones
  /// are left out.
  static func told(_ texts: [String]) -> String {
    texts.filter { !$0.isEmpty }.map { text in
      text.last.map { ".!?…".contains($0) } == true ? text : text + "."
    }.joined(separator: " ")
  }
}

extension Double {
  /// Whether a figure has a place in a chart: it is a number, and not so great that sums of such figures, or
  /// the axis around them, would be beyond all numbers.
  var isDrawable: Bool { magnitude <= 1e300 }
}
