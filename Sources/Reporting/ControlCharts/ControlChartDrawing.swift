import Indicators
import TimeSeries

/// A control chart drawn as SVG, in the colours of NHS England's Making Data Count.
///
/// The drawing is a self-contained document without scripts. No meaning is carried by colour alone: points have a shape for
/// each kind of signal, icons a letter and words under them, lines a label. The title and the description say what the
/// chart finds to readers who do not see it.
public struct ControlChartDrawing: Sendable {
  /// The chart.
  public let chart: ControlChart
  /// Whether the near lines are drawn too.
  public let showsNearLimits: Bool
  /// What the ids of the document begin with; charts on one page need different ones.
  public let identifier: String
  let figures: ControlChartFigures
  let finding: ControlChartFinding

  /// A drawing of a chart.
  ///
  /// - Parameters:
  ///   - chart: the chart.
  ///   - showsNearLimits: whether the near lines are drawn too.
  ///   - identifier: what ids begin with, letters, digits and hyphens; that of the series unless given.
  public init(_ chart: ControlChart, showsNearLimits: Bool = false, identifier: String? = nil) {
    self.chart = chart
    self.showsNearLimits = showsNearLimits
    self.identifier = String(
      (identifier ?? chart.id).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" })
    figures = ControlChartFigures(chart)
    finding = ControlChartFinding(chart)
  }

  /// The chart as an SVG document with a line feed at the end.
  ///
  /// - Parameter width: the width in pixels, taken as 360 where it is less and as 2,000 where it is more; the height
  ///   follows from what has to be said.
  public func svg(width: Double = 760) -> String {
    let layout = ControlChartLayout(self, width: width.isFinite ? min(max(width, 360), 2000) : 760)
    var parts = [opening(layout)]
    parts += heading(layout)
    parts += axes(layout)
    parts += recalculations(layout)
    parts += lines(layout)
    parts += target(layout)
    parts += points(layout)
    parts += lineLabels(layout)
    parts += layout.legend.flatMap { ControlChartMark.legend($0.mark, $0.text, x: $0.x, y: $0.y) }
    parts += layout.footer.map { SVGShape.label($0.text, x: $0.x, y: $0.y, size: 11, colour: Ink.faint) }
    parts.append("</svg>")
    return parts.joined(separator: "\n") + "\n"
  }

  /// The title of the document: what is charted and what it finds.
  var title: String {
    let period = chart.lastPoint.map { " at \($0.period)" } ?? ""
    return "\(finding.subject)\(period): \(finding.icons.prefix(1).lowercased() + finding.icons.dropFirst())"
  }

  /// What a reader who does not see the chart is told.
  var summary: String {
    var sentences = finding.sentences
    let count = chart.points.count { $0.value != nil }
    if let first = chart.points.first?.period, let last = chart.points.last?.period {
      sentences.append("\(chart.kind.label) of \(count) points from \(first) to \(last), \(chart.unit).")
    }
    for segment in chart.segments {
      if let limits = segment.limits {
        sentences.append(
          "From \(segment.first) to \(segment.last) the \(centreName) is \(figures.text(limits.centre)) and the process limits "
            + "are \(figures.text(limits.lower)) and \(figures.text(limits.upper))"
            + (chart.kind == .p || chart.kind == .u ? " at the last point." : "."))
      } else if let refusal = segment.refusal {
        sentences.append(refusal.prefix(1).uppercased() + refusal.dropFirst() + ".")
      }
      if let recalculation = segment.recalculation {
        sentences.append("Limits are worked out anew from \(recalculation.from): \(recalculation.reason).")
      }
    }
    let signals = chart.points.filter { $0.cause != nil }.map(\.period.label)
    sentences.append(
      signals.isEmpty ? "No point is special cause." : "Special cause at \(signals.joined(separator: ", ")).")
    sentences += chart.warnings.map { $0 + "." }
    return sentences.joined(separator: " ")
  }

  var centreName: String { chart.kind == .g ? "median" : "mean" }

  enum Ink {
    static let ink = "#222222"
    static let faint = "#5a5a5a"
    static let grid = "#e4e4e4"
    static let line = "#7a7a7a"
    static let target = "#b3001e"
  }

  private func opening(_ layout: ControlChartLayout) -> String {
    let width = SVGText.coordinate(layout.width)
    let height = SVGText.coordinate(layout.height)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="\(identifier)-title \(identifier)-desc" \
      viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="12">
      <title id="\(identifier)-title">\(SVGShape.escaped(title))</title>
      <desc id="\(identifier)-desc">\(SVGShape.escaped(summary))</desc>
      <rect width="\(width)" height="\(height)" fill="#ffffff"/>
      """
  }

  private func heading(_ layout: ControlChartLayout) -> [String] {
    layout.titles.map { SVGShape.label($0.text, x: $0.x, y: $0.y, size: 14, weight: "bold") }
      + layout.findings.map { SVGShape.label($0.text, x: $0.x, y: $0.y) }
      + layout.icons.flatMap { icon in icon.shapes }
      + [SVGShape.label("\(chart.unit)", x: 16, y: layout.top - 12, colour: Ink.faint)]
  }

  private func axes(_ layout: ControlChartLayout) -> [String] {
    var parts: [String] = []
    for value in layout.ticks.values {
      let y = layout.y(value)
      parts.append(SVGShape.rule(x1: layout.left, y1: y, x2: layout.right, y2: y, colour: Ink.grid))
      parts.append(
        SVGShape.label(
          NumberText.fixed(value, decimals: layout.ticks.decimals), x: layout.left - 8, y: y + 4,
          anchor: "end",
          colour: Ink.faint))
    }
    let longest = chart.points.map { WrappedText.width($0.period.label, size: 12) }.max() ?? 1
    let fitting = max(1, Int((layout.right - layout.left) / (longest + 12)))
    let every = max(1, (chart.points.count + fitting - 1) / fitting)
    for (index, point) in chart.points.enumerated()
    where (chart.points.count - 1 - index).isMultiple(of: every) {
      parts.append(
        SVGShape.label(
          point.period.label, x: layout.x(index), y: layout.bottom + 20, anchor: "middle", colour: Ink.faint))
    }
    return parts
  }

  /// Upright rules where limits are worked out anew, each with a letter that the footer explains.
  private func recalculations(_ layout: ControlChartLayout) -> [String] {
    var parts: [String] = []
    var before = -Double.infinity
    var isRaised = false
    for (letter, segment) in zip(layout.letters, chart.segments.dropFirst()) {
      let x = layout.x(Double(segment.positions.lowerBound) - 0.5)
      // Letters that would touch stand on two heights.
      isRaised = x - before < 18 && !isRaised
      before = x
      let y = layout.top - (isRaised ? 30 : 12)
      parts.append(
        SVGShape.rule(x1: x, y1: y + 4, x2: x, y2: layout.bottom, colour: Ink.faint, dashes: "2 3"))
      parts.append(
        "<circle cx=\"\(SVGText.coordinate(x))\" cy=\"\(SVGText.coordinate(y - 4))\" r=\"8\" fill=\"#ffffff\" "
          + "stroke=\"\(Ink.faint)\"/>")
      parts.append(SVGShape.label(letter, x: x, y: y, anchor: "middle", size: 11, weight: "bold"))
    }
    return parts
  }

  // MARK: Lines

  /// The lines of every part, stepping from point to point where they differ.
  private func lines(_ layout: ControlChartLayout) -> [String] {
    var kinds: [(colour: String, width: Double, dashes: String?, value: (ControlLimits) -> Double)] = [
      (Ink.ink, 1.5, nil, { $0.centre }), (Ink.faint, 1.2, "6 4", { $0.upper }),
      (Ink.faint, 1.2, "6 4", { $0.lower }),
    ]
    if showsNearLimits {
      kinds.append((Ink.faint, 1, "1 3", { $0.nearUpper }))
      kinds.append((Ink.faint, 1, "1 3", { $0.nearLower }))
    }
    var parts: [String] = []
    for kind in kinds {
      for segment in chart.segments where segment.limits != nil {
        var run: [(x: Double, y: Double)] = []
        for position in segment.positions {
          guard let limits = chart.points[position].limits else {
            parts.append(SVGShape.polyline(run, colour: kind.colour, width: kind.width, dashes: kind.dashes))
            run = []
            continue
          }
          let y = layout.y(kind.value(limits))
          let from = max(layout.left, layout.x(Double(position) - 0.5))
          let to = min(layout.right, layout.x(Double(position) + 0.5))
          if run.last?.y == y { run.removeLast() } else { run.append((from, y)) }
          run.append((to, y))
        }
        parts.append(SVGShape.polyline(run, colour: kind.colour, width: kind.width, dashes: kind.dashes))
      }
    }
    return parts.filter { !$0.isEmpty }
  }

  private func target(_ layout: ControlChartLayout) -> [String] {
    guard let target = chart.settings.target else { return [] }
    let y = layout.y(target)
    return [
      SVGShape.rule(
        x1: layout.left, y1: y, x2: layout.right, y2: y, colour: Ink.target, width: 1.5, dashes: "10 3 2 3")
    ]
  }

  private func points(_ layout: ControlChartLayout) -> [String] {
    var parts: [String] = []
    var run: [(x: Double, y: Double)] = []
    for (index, point) in chart.points.enumerated() {
      guard let value = point.value else {
        parts.append(SVGShape.polyline(run, colour: Ink.line, width: 1.5, dashes: nil))
        run = []
        continue
      }
      run.append((layout.x(index), layout.y(value)))
    }
    parts.append(SVGShape.polyline(run, colour: Ink.line, width: 1.5, dashes: nil))
    let size = layout.markSize
    for (index, point) in chart.points.enumerated() {
      guard let value = point.value else { continue }
      parts.append(
        ControlChartMark(point.variation(chart.polarity)).shape(
          x: layout.x(index), y: layout.y(value), size: size))
    }
    return parts.filter { !$0.isEmpty }
  }

  /// Labels beside the lines of the last part and the target, moved apart where they would touch.
  private func lineLabels(_ layout: ControlChartLayout) -> [String] {
    let places = FanChart.apart(
      layout.lineLabels.map { layout.y($0.value) }, by: 15, within: layout.top...layout.bottom)
    return zip(layout.lineLabels, places).map { label, y in
      SVGShape.label(
        label.text, x: layout.right + 8, y: y + 4, weight: label.isTarget ? "bold" : "normal",
        colour: label.isTarget ? Ink.target : Ink.ink)
    }
  }
}
