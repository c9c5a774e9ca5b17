import Indicators

/// Where the parts of a drawn control chart stand: what has to be said decides the height.
struct ControlChartLayout {
  struct Line {
    let text: String
    let x: Double
    let y: Double
  }

  struct LineLabel {
    let text: String
    let value: Double
    let isTarget: Bool
  }

  struct LegendEntry {
    let mark: ControlChartMark
    let text: String
    let x: Double
    let y: Double
  }

  let width: Double
  let height: Double
  let titles: [Line]
  let findings: [Line]
  let icons: [ControlChartIcon]
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let ticks: AxisTicks
  let lineLabels: [LineLabel]
  let legend: [LegendEntry]
  let footer: [Line]
  /// The letters of recalculations, in order.
  let letters: [String]
  private let count: Int

  private static let margin = 16.0
  private static let iconWidth = 84.0

  init(_ drawing: ControlChartDrawing, width: Double) {
    let chart = drawing.chart
    self.width = width
    count = chart.points.count
    let margin = Self.margin
    let room = width - 2 * margin

    // Icons stand beside the title, or on a row of their own where there is no room for both.
    let kinds = ControlChartIcon.Kind.kinds(of: chart)
    let isWide = width >= 560
    let beside = isWide ? Double(kinds.count) * Self.iconWidth : 0
    var y = 24.0
    var titles: [Line] = []
    for text in WrappedText.lines(drawing.finding.subject, width: room - beside, size: 15, most: 4) {
      titles.append(Line(text: text, x: margin, y: y))
      y += 18
    }
    self.titles = titles
    var findings: [Line] = []
    y += 2
    for sentence in drawing.finding.sentences {
      for text in WrappedText.lines(sentence, width: room - beside, size: 12) {
        findings.append(Line(text: text, x: margin, y: y))
        y += 15
      }
    }
    self.findings = findings
    var icons: [ControlChartIcon] = []
    let iconTop = isWide ? 10 : y - 6
    for (index, kind) in kinds.enumerated() {
      let x =
        isWide
        ? width - margin - Self.iconWidth * Double(kinds.count - index)
        : margin + Self.iconWidth * Double(index)
      icons.append(ControlChartIcon(kind: kind, x: x + Self.iconWidth / 2, y: iconTop + 22))
    }
    self.icons = icons
    if !kinds.isEmpty { y = max(y, iconTop + 72) }

    let letters = chart.segments.dropFirst().indices.map(Self.letter)
    self.letters = letters
    top = y + (letters.isEmpty ? 26 : 46)
    bottom = top + max(220, min(340, width * 0.34))

    // The axis spans the points, their lines and the target.
    var figures = chart.points.compactMap(\.value)
    figures += chart.points.compactMap(\.limits).flatMap { [$0.lower, $0.upper] }
    if let target = chart.settings.target { figures.append(target) }
    let ticks = AxisTicks(spanning: figures.min() ?? 0, figures.max() ?? 1)
    self.ticks = ticks
    let tickWidth =
      ticks.values.map {
        WrappedText.width(NumberText.fixed($0, decimals: ticks.decimals), size: 12)
      }.max() ?? 20
    left = margin + tickWidth + 8
    lineLabels = Self.labels(drawing)
    let labelWidth = lineLabels.map { WrappedText.width($0.text, size: 12.5) }.max() ?? 0
    right = max(left + 80, width - margin - labelWidth - 8)

    // The legend, in as many rows as it needs, then how the chart was drawn up.
    y = bottom + 46
    var x = margin
    var legend: [LegendEntry] = []
    for (mark, text) in ControlChartMark.legend(of: chart) {
      let needed = 18 + WrappedText.width(text, size: 12) + 14
      if x > margin, x + needed > width - margin {
        x = margin
        y += 18
      }
      legend.append(LegendEntry(mark: mark, text: text, x: x, y: y))
      x += needed
    }
    self.legend = legend
    var footer: [Line] = []
    y += 20
    let explained = zip(letters, chart.segments.dropFirst()).map { letter, segment in
      "\(letter)  From \(segment.first): \(segment.recalculation?.reason ?? "")"
    }
    for text in explained + chart.warnings.map({ "! \($0)." }) + ["\(chart.method)."] {
      for line in WrappedText.lines(text, width: room, size: 11.5, most: 6) {
        footer.append(Line(text: line, x: margin, y: y))
        y += 15
      }
    }
    self.footer = footer
    height = y + 2
  }

  /// A, B … Z, AA, AB: the name of a recalculation, by its place from 1.
  private static func letter(_ place: Int) -> String {
    var rest = place
    var text = ""
    while rest > 0 {
      let (next, digit) = (rest - 1).quotientAndRemainder(dividingBy: 26)
      text = String(UnicodeScalar(UInt8(65 + digit))) + text
      rest = next
    }
    return text
  }

  /// The labels of the lines at the end of the chart, in descending order of value.
  private static func labels(_ drawing: ControlChartDrawing) -> [LineLabel] {
    var labels: [LineLabel] = []
    if let limits = drawing.chart.segments.last(where: { $0.limits != nil })?.limits {
      let text = drawing.figures.text
      labels = [
        LineLabel(text: "\(text(limits.upper)) upper", value: limits.upper, isTarget: false),
        LineLabel(
          text: "\(text(limits.centre)) \(drawing.centreName)", value: limits.centre, isTarget: false),
        LineLabel(text: "\(text(limits.lower)) lower", value: limits.lower, isTarget: false),
      ]
    }
    if let target = drawing.chart.settings.target {
      labels.append(LineLabel(text: "\(drawing.figures.text(target)) target", value: target, isTarget: true))
    }
    return labels.sorted { $0.value > $1.value }
  }

  /// How large a mark may be without touching its neighbours.
  var markSize: Double { min(5, max(2, (right - left) / Double(max(count, 1)) * 0.42)) }

  func x(_ index: Double) -> Double {
    guard count > 1 else { return (left + right) / 2 }
    let step = (right - left) / Double(count)
    return left + step * (index + 0.5)
  }

  func x(_ index: Int) -> Double { x(Double(index)) }

  func y(_ value: Double) -> Double {
    guard let low = ticks.values.first, let high = ticks.values.last, high > low else { return bottom }
    return bottom - (bottom - top) * (value - low) / (high - low)
  }
}
