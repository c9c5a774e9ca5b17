/// A chart of a waiting list drawn as SVG.
extension WaitingListChart {
  private static let width = 760.0
  private static let height = 620.0
  private static let left = 64.0
  private static let right = 620.0

  /// The shades of ``FanChart``: one hue, told apart by lightness alone.
  private enum Shade {
    static let band = "#9dc1e0"
    static let line = "#134b7c"
    static let ink = "#222222"
    static let faint = "#5a5a5a"
    static let grid = "#dddddd"
  }

  /// The chart as an SVG document, 760 by 620 pixels, with a line feed at the end.
  public func svg() -> String {
    var parts = [opening]
    parts += Paragraph.lines(title, width: 90).prefix(2).enumerated().map { index, line in
      label(line, x: 16, y: 24 + 17 * Double(index), size: 14, weight: "bold")
    }
    parts += panel(upper, top: 78, bottom: 300)
    parts += panel(lower, top: 356, bottom: 578)
    parts += periods(at: 598)
    parts.append("</svg>")
    return parts.joined(separator: "\n") + "\n"
  }

  private var opening: String {
    let (width, height) = (SVGText.coordinate(Self.width), SVGText.coordinate(Self.height))
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="waits-title waits-desc" \
      viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="12">
      <title id="waits-title">\(SVGText.escaped(title))</title>
      <desc id="waits-desc">\(SVGText.escaped(summary))</desc>
      <rect width="\(width)" height="\(height)" fill="#ffffff"/>
      """
  }

  /// What a reader who does not see the chart is told.
  var summary: String {
    let first = labels.first ?? ""
    let last = labels.last ?? ""
    let panels = [upper, lower].map { panel in
      let known = panel.points.compactMap { $0 }
      guard let start = known.first, let end = known.last else {
        return "There is no \(panel.name) to show: \(nobody)."
      }
      var text =
        "From \(first) to \(last), \(panel.name) go from \(number(start.middle, panel)) to \(number(end.middle, panel))"
      text +=
        end.low < end.high
        ? ", the 80 per cent interval at the end being \(number(end.low, panel)) to \(number(end.high, panel))."
        : "."
      if let other = panel.other.compactMap({ $0 }).min(), panel.isShare {
        text += " With the \(panel.otherName) they are \(number(other, panel)) at the lowest."
      }
      if let level = panel.level { text += " The \(level.name) is \(number(level.value, panel))." }
      return text
    }
    return ([additional].compactMap { $0 } + panels).joined(separator: " ")
  }

  /// Why a panel has no point.
  private var nobody: String { isExpected ? "no plan is issued" : "nobody waits" }

  private func number(_ value: Double, _ panel: Panel) -> String {
    NumberText.fixed(value, decimals: 0) + (panel.isShare ? "%" : "")
  }

  private func x(_ index: Int) -> Double {
    labels.count > 1
      ? Self.left + 12 + (Self.right - Self.left - 12) * Double(index) / Double(labels.count - 1)
      : (Self.left + Self.right) / 2
  }

  private func panel(_ panel: Panel, top: Double, bottom: Double) -> [String] {
    // Shares have a scale of their own; numbers start from nothing.
    let ticks = panel.isShare ? AxisTicks(spanning: 0, 100) : AxisTicks(spanning: 0, panel.figures.max() ?? 1)
    let (low, high) = (ticks.values.first ?? 0, ticks.values.last ?? 1)
    func y(_ value: Double) -> Double { bottom - (bottom - top) * (value - low) / (high - low) }
    var parts = [label(panel.name, x: 16, y: top - 14, colour: Shade.faint)]
    for value in ticks.values {
      parts.append(
        rule(Self.left, y(value), Self.right, y(value), colour: value == 0 ? Shade.faint : Shade.grid))
      parts.append(
        label(
          NumberText.fixed(value, decimals: ticks.decimals), x: Self.left - 8, y: y(value) + 4, anchor: "end",
          colour: Shade.faint))
    }
    for run in Self.runs(panel.points) {
      let upper = run.map { "\(SVGText.coordinate(x($0.index))),\(SVGText.coordinate(y($0.point.high)))" }
      let lower = run.reversed().map {
        "\(SVGText.coordinate(x($0.index))),\(SVGText.coordinate(y($0.point.low)))"
      }
      parts.append(
        run.count > 1
          ? "<polygon points=\"\((upper + lower).joined(separator: " "))\" fill=\"\(Shade.band)\"/>"
          : run.map {
            rule(x($0.index), y($0.point.low), x($0.index), y($0.point.high), colour: Shade.band, width: 10)
          }
          .joined())
    }
    if let level = panel.level {
      parts.append(
        rule(Self.left, y(level.value), Self.right, y(level.value), colour: Shade.ink, dashes: "2 3"))
    }
    for run in Self.runs(panel.points) {
      parts.append(line(run.map { (x($0.index), y($0.point.middle)) }, dashes: nil))
    }
    let others = panel.other.map { value in value.map { Panel.Point(low: $0, middle: $0, high: $0) } }
    for run in Self.runs(others) {
      parts.append(line(run.map { (x($0.index), y($0.point.middle)) }, dashes: "6 4"))
    }
    if !panel.points.contains(where: { $0 != nil }) {
      parts.append(
        label(
          nobody, x: (Self.left + Self.right) / 2, y: (top + bottom) / 2, anchor: "middle",
          colour: Shade.faint))
    }
    return parts + labels(of: panel, y: y, within: top...bottom)
  }

  /// Labels beside the last period, moved apart where they would touch.
  private func labels(of panel: Panel, y: (Double) -> Double, within range: ClosedRange<Double>) -> [String] {
    var wanted: [(text: String, value: Double, weight: String)] = []
    if let end = panel.points.last ?? nil {
      let name = isExpected ? "as it is" : "median"
      if end.low < end.high { wanted.append(("\(number(end.high, panel)), 80% upper", end.high, "normal")) }
      wanted.append(("\(number(end.middle, panel)), \(name)", end.middle, "bold"))
      if end.low < end.high { wanted.append(("\(number(end.low, panel)), 80% lower", end.low, "normal")) }
    }
    if let end = panel.other.last ?? nil {
      wanted.append(("\(number(end, panel)), \(panel.otherName)", end, "normal"))
    }
    if let level = panel.level {
      wanted.append(("\(number(level.value, panel)), \(level.name)", level.value, "normal"))
    }
    wanted.sort { $0.value > $1.value }
    let places = FanChart.apart(wanted.map { y($0.value) }, by: 15, within: range)
    return zip(wanted, places).map { one, place in
      label(one.text, x: Self.right + 8, y: place + 4, size: 11, weight: one.weight)
    }
  }

  private func periods(at y: Double) -> [String] {
    let longest = labels.map(\.count).max() ?? 1
    let fitting = max(1, Int((Self.right - Self.left) / (Double(longest) * 7 + 10)))
    let every = max(1, (labels.count + fitting - 1) / fitting)
    return labels.enumerated().compactMap { index, text in
      (labels.count - 1 - index).isMultiple(of: every)
        ? label(text, x: x(index), y: y, anchor: "middle", colour: Shade.faint) : nil
    }
  }

  /// The runs of neighbouring points.
  private static func runs(_ points: [Panel.Point?]) -> [[(index: Int, point: Panel.Point)]] {
    var runs: [[(index: Int, point: Panel.Point)]] = []
    for (index, point) in points.enumerated() {
      guard let point else { continue }
      if let last = runs.last?.last, last.index == index - 1 {
        runs[runs.count - 1].append((index, point))
      } else {
        runs.append([(index, point)])
      }
    }
    return runs
  }

  // MARK: Elements

  private func line(_ places: [(x: Double, y: Double)], dashes: String?) -> String {
    let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    if places.count == 1, let one = places.first {
      return rule(one.x - 6, one.y, one.x + 6, one.y, colour: Shade.line, width: 2, dashes: dashes)
    }
    let text = places.map { "\(SVGText.coordinate($0.x)),\(SVGText.coordinate($0.y))" }.joined(separator: " ")
    return "<polyline points=\"\(text)\" fill=\"none\" stroke=\"\(Shade.line)\" stroke-width=\"2\"\(dash)/>"
  }

  private func rule(
    _ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, colour: String, width: Double = 1,
    dashes: String? = nil
  ) -> String {
    let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return
      "<line x1=\"\(SVGText.coordinate(x1))\" y1=\"\(SVGText.coordinate(y1))\" x2=\"\(SVGText.coordinate(x2))\" "
      + "y2=\"\(SVGText.coordinate(y2))\" stroke=\"\(colour)\" stroke-width=\"\(SVGText.coordinate(width))\"\(dash)/>"
  }

  private func label(
    _ text: String, x: Double, y: Double, anchor: String = "start", size: Double = 12,
    weight: String = "normal",
    colour: String = Shade.ink
  ) -> String {
    "<text x=\"\(SVGText.coordinate(x))\" y=\"\(SVGText.coordinate(y))\" text-anchor=\"\(anchor)\" "
      + "font-size=\"\(SVGText.coordinate(size))\" font-weight=\"\(weight)\" fill=\"\(colour)\">"
      + SVGText.escaped(text) + "</text>"
  }
}
