/// A fan chart drawn as SVG.
extension FanChart {
  /// The chart as an SVG document, 760 by 400 pixels, with a line feed at the end.
  public func svg() -> String {
    let ticks = ticks
    let frame = Frame(count: points.count, low: ticks.values.first ?? 0, high: ticks.values.last ?? 1)
    var parts = [opening()]
    parts += axes(ticks, frame)
    parts += fans(frame)
    // Over the bands, so that a reader sees how much of them lies below nothing.
    if ticks.values.contains(0) {
      let y = frame.y(0)
      parts.append(rule(x1: Frame.left, y1: y, x2: Frame.right, y2: y, colour: Shade.faint))
    }
    parts += beginning(frame)
    parts += lines(frame)
    parts += labels(frame)
    parts.append("</svg>")
    return parts.joined(separator: "\n") + "\n"
  }

  /// Where the drawing area stands, and how figures become places in it.
  struct Frame {
    static let width = 760.0
    static let height = 400.0
    static let left = 64.0
    static let right = 610.0
    static let top = 76.0
    static let bottom = 352.0

    let count: Int
    let low: Double
    let high: Double

    func x(_ index: Double) -> Double {
      count > 1
        ? Self.left + 12 + (Self.right - Self.left - 12) * index / Double(count - 1)
        : (Self.left + Self.right) / 2
    }

    func x(_ index: Int) -> Double { x(Double(index)) }

    func y(_ value: Double) -> Double {
      Self.bottom - (Self.bottom - Self.top) * (value - low) / (high - low)
    }
  }

  /// One hue, from pale to deep: told apart by lightness alone.
  private enum Shade {
    static let band95 = "#d3e3f1"
    static let band80 = "#9dc1e0"
    static let line = "#134b7c"
    static let ink = "#222222"
    static let faint = "#5a5a5a"
    static let grid = "#dddddd"
  }

  private func opening() -> String {
    let id = SVGText.escaped(identifier)
    let width = SVGText.coordinate(Frame.width)
    let height = SVGText.coordinate(Frame.height)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="\(id)-title \(id)-desc" \
      viewBox="0 0 \(width) \(height)" width="\(width)" height="\(height)" \
      font-family="system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif" font-size="12">
      <title id="\(id)-title">\(SVGText.escaped(title))</title>
      <desc id="\(id)-desc">\(SVGText.escaped(summary))</desc>
      <rect width="\(width)" height="\(height)" fill="#ffffff"/>
      """
  }

  private func axes(_ ticks: AxisTicks, _ frame: Frame) -> [String] {
    var parts = titleLines.enumerated().map { index, line in
      label(line, x: 16, y: 22 + 17 * Double(index), size: 14, weight: "bold")
    }
    parts.append(label(axisName, x: 16, y: Frame.top - 24, colour: Shade.faint))
    for value in ticks.values {
      let y = frame.y(value)
      parts.append(rule(x1: Frame.left, y1: y, x2: Frame.right, y2: y, colour: Shade.grid))
      parts.append(
        label(
          tickText(value, decimals: ticks.decimals), x: Frame.left - 8, y: y + 4, anchor: "end",
          colour: Shade.faint))
    }
    let longest = points.map(\.label.count).max() ?? 1
    let fitting = max(1, Int((Frame.right - Frame.left) / (Double(longest) * 7 + 10)))
    let every = max(1, (points.count + fitting - 1) / fitting)
    for (index, point) in points.enumerated() where (points.count - 1 - index).isMultiple(of: every) {
      parts.append(
        label(point.label, x: frame.x(index), y: Frame.bottom + 20, anchor: "middle", colour: Shade.faint))
    }
    return parts
  }

  /// The upright rule where the forecast begins.
  private func beginning(_ frame: Frame) -> [String] {
    guard let first = points.firstIndex(where: { $0.fan != nil }) else { return [] }
    let x = first == 0 ? Frame.left : frame.x(Double(first) - 0.5)
    var parts = [
      rule(x1: x, y1: Frame.top - 14, x2: x, y2: Frame.bottom, colour: Shade.faint, dashes: "3 3"),
      label("forecast", x: x + 6, y: Frame.top - 5, colour: Shade.faint),
    ]
    // The word needs the width of a period or two; where there is less, the line and the points say enough.
    if first > 0, x - Frame.left > 90 {
      parts.append(label("published", x: x - 6, y: Frame.top - 5, anchor: "end", colour: Shade.faint))
    }
    return parts
  }

  /// The title on one line, or on two where it is long.
  private var titleLines: [String] { Array(Paragraph.lines(title, width: 90).prefix(2)) }

  /// The runs of neighbouring forecasts, each begun by the published point before it, where there is one.
  private var runs: [[(index: Int, fan: Fan)]] {
    var runs: [[(index: Int, fan: Fan)]] = []
    for (index, point) in points.enumerated() {
      guard let fan = point.fan else { continue }
      if let last = runs.last?.last, last.index == index - 1 {
        runs[runs.count - 1].append((index, fan))
      } else if index > 0, let value = points[index - 1].published {
        let start = Fan(median: value, interval80: value...value, interval95: value...value)
        runs.append([(index - 1, start), (index, fan)])
      } else {
        runs.append([(index, fan)])
      }
    }
    return runs
  }

  private func fans(_ frame: Frame) -> [String] {
    runs.flatMap { run in
      [
        band(run.map { ($0.index, $0.fan.interval95) }, colour: Shade.band95, frame),
        band(run.map { ($0.index, $0.fan.interval80) }, colour: Shade.band80, frame),
      ]
    }
  }

  private func band(
    _ intervals: [(index: Int, interval: ClosedRange<Double>)], colour: String, _ frame: Frame
  ) -> String {
    if intervals.count == 1, let one = intervals.first {
      // A single period has no area: its interval is an upright bar.
      let x = frame.x(one.index)
      return rule(
        x1: x, y1: place(one.interval.lowerBound, frame), x2: x, y2: place(one.interval.upperBound, frame),
        colour: colour, width: 10)
    }
    let upper = intervals.map { pair(frame.x($0.index), place($0.interval.upperBound, frame)) }
    let lower = intervals.reversed().map { pair(frame.x($0.index), place($0.interval.lowerBound, frame)) }
    return "<polygon points=\"\((upper + lower).joined(separator: " "))\" fill=\"\(colour)\"/>"
  }

  private func lines(_ frame: Frame) -> [String] {
    var parts = runs.map { run in
      polyline(run.map { ($0.index, $0.fan.median) }, dashes: "6 4", frame)
    }
    var segment: [(index: Int, value: Double)] = []
    for (index, point) in points.enumerated() {
      if let value = point.published {
        segment.append((index, value))
        parts.append(
          "<circle cx=\"\(SVGText.coordinate(frame.x(index)))\" cy=\"\(SVGText.coordinate(place(value, frame)))\" "
            + "r=\"3\" fill=\"\(Shade.line)\"/>")
      } else {
        parts.append(polyline(segment, dashes: nil, frame))
        segment = []
      }
    }
    parts.append(polyline(segment, dashes: nil, frame))
    return parts.filter { !$0.isEmpty }
  }

  /// Labels beside the last period, moved apart where they would touch, and one at the last published value.
  private func labels(_ frame: Frame) -> [String] {
    var parts: [String] = []
    if let index = points.lastIndex(where: { $0.published != nil }), let value = points[index].published {
      let isLast = index == points.count - 1
      parts.append(
        label(
          text(value), x: frame.x(index) + (isLast ? 10 : 0),
          // The first period stands beside the axis, whose numbers a centred label would cover.
          y: place(value, frame) + (isLast ? 4 : index == 0 ? 18 : -9),
          anchor: isLast || index == 0 ? "start" : "middle"))
    }
    guard let index = points.lastIndex(where: { $0.fan != nil }), let fan = points[index].fan else {
      return parts
    }
    let isCertain = fan.interval95.lowerBound == fan.interval95.upperBound
    let wanted: [(text: String, value: Double, weight: String)] =
      isCertain
      ? [("\(text(fan.median))", fan.median, "bold")]
      : [
        ("\(text(fan.interval95.upperBound)), 95% upper", fan.interval95.upperBound, "normal"),
        ("\(text(fan.interval80.upperBound)), 80% upper", fan.interval80.upperBound, "normal"),
        ("\(text(fan.median)), median", fan.median, "bold"),
        ("\(text(fan.interval80.lowerBound)), 80% lower", fan.interval80.lowerBound, "normal"),
        ("\(text(fan.interval95.lowerBound)), 95% lower", fan.interval95.lowerBound, "normal"),
      ]
    let places = Self.apart(wanted.map { place($0.value, frame) }, by: 15, within: Frame.top...Frame.bottom)
    for (one, y) in zip(wanted, places) {
      parts.append(label(one.text, x: frame.x(index) + 10, y: y + 4, weight: one.weight))
    }
    return parts
  }

  /// Places in descending order of value, moved as little as a single sweep each way allows until no two are closer
  /// than a distance and all lie within a range that has room for them.
  static func apart(_ places: [Double], by distance: Double, within range: ClosedRange<Double>) -> [Double] {
    var moved = places
    for index in moved.indices.dropFirst() { moved[index] = max(moved[index], moved[index - 1] + distance) }
    // Half of what the last was pushed is given back, so that the group stays about its own middle.
    if let first = moved.first, let last = moved.last, let wanted = places.last {
      let shift = min((last - wanted) / 2, first - range.lowerBound)
      if shift > 0 { moved = moved.map { $0 - shift } }
    }
    var limit = range.upperBound
    for index in moved.indices.reversed() {
      moved[index] = min(moved[index], limit)
      limit = moved[index] - distance
    }
    return moved
  }

  // MARK: Elements

  private func place(_ figure: Double, _ frame: Frame) -> Double { frame.y(figure / divisor) }

  private func pair(_ x: Double, _ y: Double) -> String {
    "\(SVGText.coordinate(x)),\(SVGText.coordinate(y))"
  }

  private func polyline(_ places: [(index: Int, value: Double)], dashes: String?, _ frame: Frame) -> String {
    if places.count < 2 {
      // One period alone has no line; a published one has its dot, and a forecast gets a short stroke.
      guard dashes != nil, let one = places.first else { return "" }
      let x = frame.x(one.index)
      let y = place(one.value, frame)
      return rule(x1: x - 6, y1: y, x2: x + 6, y2: y, colour: Shade.line, width: 2)
    }
    let coordinates = places.map { pair(frame.x($0.index), place($0.value, frame)) }.joined(separator: " ")
    let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return
      "<polyline points=\"\(coordinates)\" fill=\"none\" stroke=\"\(Shade.line)\" stroke-width=\"2\"\(dash)/>"
  }

  private func rule(
    x1: Double, y1: Double, x2: Double, y2: Double, colour: String, width: Double = 1, dashes: String? = nil
  ) -> String {
    let dash = dashes.map { " stroke-dasharray=\"\($0)\"" } ?? ""
    return "<line x1=\"\(SVGText.coordinate(x1))\" y1=\"\(SVGText.coordinate(y1))\" "
      + "x2=\"\(SVGText.coordinate(x2))\" y2=\"\(SVGText.coordinate(y2))\" stroke=\"\(colour)\" "
      + "stroke-width=\"\(SVGText.coordinate(width))\"\(dash)/>"
  }

  private func label(
    _ text: String, x: Double, y: Double, anchor: String = "start", size: Double = 12,
    weight: String = "normal", colour: String = Shade.ink
  ) -> String {
    "<text x=\"\(SVGText.coordinate(x))\" y=\"\(SVGText.coordinate(y))\" text-anchor=\"\(anchor)\" "
      + "font-size=\"\(SVGText.coordinate(size))\" font-weight=\"\(weight)\" fill=\"\(colour)\">"
      + SVGText.escaped(text) + "</text>"
  }
}
