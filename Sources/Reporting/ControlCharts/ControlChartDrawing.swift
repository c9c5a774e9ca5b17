import Indicators
import TimeSeries

/// A control chart drawn as SVG, in the colours of NHS England's Making Data Count.
///
/// The drawing is a self-contained document without scripts. No meaning is carried by colour alone: points have a shape for
/// each kind of signal, icons a letter and words under them, lines a label. The title and the description say what the
/// chart finds to readers who do not see it.
public struct ControlChartDrawing: Chart {
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
  public func svg(width: Double) -> String {
    let layout = ControlChartLayout(self, width: ChartSheet.width(width))
    var parts = heading(layout)
    parts += axes(layout)
    parts += recalculations(layout)
    parts += lines(layout)
    parts += target(layout)
    parts += points(layout)
    parts += lineLabels(layout)
    parts += layout.legend.flatMap { ControlChartMark.legend($0.mark, $0.text, x: $0.x, y: $0.y) }
    parts += layout.footer.map { SVGElement.text($0.text, x: $0.x, y: $0.y, size: 11, colour: .faint) }
    return ChartSheet.document(
      parts, width: layout.width, height: layout.height, identifier: identifier, title: title,
      description: description)
  }

  /// The title of the document: what is charted and what it finds.
  public var title: String {
    let period = chart.lastPoint.map { " at \($0.period)" } ?? ""
    return "\(finding.subject)\(period): \(finding.icons.prefix(1).lowercased() + finding.icons.dropFirst())"
  }

  /// What a reader who does not see the chart is told.
  public var description: String {
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
    sentences += (chart.warnings + chart.notes).map { $0 + "." }
    return sentences.joined(separator: " ")
  }

  var centreName: String { chart.kind == .g ? "median" : "mean" }

  private func heading(_ layout: ControlChartLayout) -> [String] {
    layout.titles.map { SVGElement.text($0.text, x: $0.x, y: $0.y, size: 14, weight: .bold) }
      + layout.findings.map { SVGElement.text($0.text, x: $0.x, y: $0.y) }
      + layout.icons.flatMap { icon in icon.shapes }
      + [SVGElement.text("\(chart.unit)", x: 16, y: layout.top - 12, colour: .faint)]
  }

  private func axes(_ layout: ControlChartLayout) -> [String] {
    var parts: [String] = []
    for value in layout.ticks.values {
      let y = layout.y(value)
      parts.append(SVGElement.line(from: (layout.left, y), to: (layout.right, y), colour: .grid))
      parts.append(
        SVGElement.text(
          NumberText.fixed(value, decimals: layout.ticks.decimals), x: layout.left - 8, y: y + 4,
          anchor: .end, colour: .faint))
    }
    let longest = chart.points.map { WrappedText.width($0.period.label, size: 12) }.max() ?? 1
    let fitting = max(1, Int((layout.right - layout.left) / (longest + 12)))
    let every = max(1, (chart.points.count + fitting - 1) / fitting)
    for (index, point) in chart.points.enumerated()
    where (chart.points.count - 1 - index).isMultiple(of: every) {
      parts.append(
        SVGElement.text(
          point.period.label, x: layout.x(index), y: layout.bottom + 20, anchor: .middle, colour: .faint))
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
        SVGElement.line(from: (x, y + 4), to: (x, layout.bottom), colour: .faint, dashes: "2 3"))
      parts.append(SVGElement.dot(x: x, y: y - 4, radius: 8, colour: .faint, isRing: true, edge: 1))
      parts.append(SVGElement.text(letter, x: x, y: y, anchor: .middle, size: 11, weight: .bold))
    }
    return parts
  }

  // MARK: Lines

  /// The lines of every part, stepping from point to point where they differ.
  private func lines(_ layout: ControlChartLayout) -> [String] {
    var kinds: [(colour: ChartColour, width: Double, dashes: String?, value: (ControlLimits) -> Double)] = [
      (.ink, 1.5, nil, { $0.centre }), (.faint, 1.2, "6 4", { $0.upper }),
      (.faint, 1.2, "6 4", { $0.lower }),
    ]
    if showsNearLimits {
      kinds.append((.faint, 1, "1 3", { $0.nearUpper }))
      kinds.append((.faint, 1, "1 3", { $0.nearLower }))
    }
    var parts: [String?] = []
    for kind in kinds {
      for segment in chart.segments where segment.limits != nil {
        var run: [SVGElement.Place] = []
        func finish() {
          parts.append(
            SVGElement.polyline(run, colour: kind.colour, width: kind.width, dashes: kind.dashes))
          run = []
        }
        for position in segment.positions {
          guard let limits = chart.points[position].limits else {
            finish()
            continue
          }
          let y = layout.y(kind.value(limits))
          let from = max(layout.left, layout.x(Double(position) - 0.5))
          let to = min(layout.right, layout.x(Double(position) + 0.5))
          if run.last?.y == y { run.removeLast() } else { run.append((from, y)) }
          run.append((to, y))
        }
        finish()
      }
    }
    return parts.compactMap { $0 }
  }

  private func target(_ layout: ControlChartLayout) -> [String] {
    guard let target = chart.settings.target else { return [] }
    let y = layout.y(target)
    return [
      SVGElement.line(
        from: (layout.left, y), to: (layout.right, y), colour: .level, width: 1.5, dashes: "10 3 2 3")
    ]
  }

  private func points(_ layout: ControlChartLayout) -> [String] {
    let marks = chart.points.enumerated().map { index, point in
      point.value.flatMap { value in
        ControlChartMark(point.variation(chart.polarity)).shape(
          x: layout.x(index), y: layout.y(value), size: layout.markSize)
      }
    }
    let runs = FanChart.runs(chart.points.map(\.value)).map { run in
      SVGElement.polyline(run.map { (layout.x($0.index), layout.y($0.value)) }, colour: .muted, width: 1.5)
    }
    return (runs + marks).compactMap { $0 }
  }

  /// Labels beside the lines of the last part and the target, moved apart where they would touch.
  private func lineLabels(_ layout: ControlChartLayout) -> [String] {
    let places = LabelPlacement.apart(
      layout.lineLabels.map { layout.y($0.value) }, by: 15, within: layout.top...layout.bottom)
    return zip(layout.lineLabels, places).map { label, y in
      SVGElement.text(
        label.text, x: layout.right + 8, y: y + 4, weight: label.isTarget ? .bold : .normal,
        colour: label.isTarget ? .level : .ink)
    }
  }
}
