/// Many quantities side by side, each a small fan chart of its own, on one scale or each on its own.
public struct SmallMultiples: Chart, Hashable {
  /// What the chart finds.
  public let title: String
  /// What the charts show.
  public let subtitle: String
  /// The charts, in order; of each the title, the points and the unit are used.
  public let charts: [FanChart]
  /// Whether all have the same axis, so that heights can be compared.
  public let sharesScale: Bool
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// Charts side by side, on one scale where that is asked for and all are of one unit; where they are not, a
  /// note says so.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` without a chart.
  public init(
    title: String, subtitle: String = "", charts: [FanChart], sharesScale: Bool = false, notes: [String] = [],
    identifier: String = "multiples"
  ) throws(ReportingError) {
    guard !charts.isEmpty else { throw .emptyChart(title) }
    self.title = title
    self.subtitle = subtitle
    self.charts = charts
    self.sharesScale = sharesScale && Set(charts.map(\.unit)).count == 1
    self.notes = notes
    self.identifier = identifier
  }

  /// What a reader who does not see the chart is told: what each of the charts would tell.
  public var description: String {
    let lines = charts.map { "\($0.title): \($0.description)" }
    return Self.told([subtitle] + lines + notes)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let columns = max(1, min(charts.count, Int(sheet.room / 230)))
    let gap = 20.0
    let cell = (sheet.room - gap * Double(columns - 1)) / Double(columns)
    let all = charts.flatMap { $0.points.flatMap(\.figures) }
    let bold = SVGElement.Weight.bold.measured(ChartSheet.letters)
    for start in stride(from: 0, to: charts.count, by: columns) {
      let row = charts[start..<min(start + columns, charts.count)]
      let titles = row.map { WrappedText.lines($0.title, width: cell, size: bold, most: 5) }
      let head = Double(titles.map(\.count).max() ?? 1) * 16 + 20
      let height = 90.0
      let top = sheet.take(head + height + 34) + head
      for (index, (chart, lines)) in zip(row, titles).enumerated() {
        let left = ChartSheet.margin + (cell + gap) * Double(index)
        for (line, text) in lines.enumerated() {
          sheet.draw(
            SVGElement.text(text, x: left, y: top - head + 14 + 16 * Double(line), weight: .bold))
        }
        draw(
          chart, on: &sheet, in: left...(left + cell), top: top, bottom: top + height,
          spanning: sharesScale ? all : chart.points.flatMap(\.figures))
      }
    }
    sheet.note(
      FanChart.legend(of: charts)
        + (sharesScale || charts.count == 1 ? [] : ["Each chart has an axis of its own."]) + notes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }

  private func draw(
    _ chart: FanChart, on sheet: inout ChartSheet, in range: ClosedRange<Double>, top: Double, bottom: Double,
    spanning all: [Double]
  ) {
    let figures = FigureText(chart.unit, showing: all)
    let values = ValueScale(
      spanning: all, figures, includesZero: ValueScale.reachesZero(all), from: bottom, to: top, about: 2)
    let bold = SVGElement.Weight.bold.measured(ChartSheet.letters)
    let last = chart.points.lastIndex { $0.content != .missing }
    let lastFigure = last.flatMap { chart.points[$0].fan?.median ?? chart.points[$0].published }
    let lastText = lastFigure.map(figures.text) ?? ""
    let area = PlotArea(
      left: range.lowerBound + values.markWidth + 6,
      right: range.upperBound - WrappedText.width(lastText, size: bold) - 8, top: top, bottom: bottom,
      values: values, labels: chart.points.map(\.label))
    let axisName = WrappedText.line(figures.axisName, width: range.upperBound - range.lowerBound, size: 11)
    sheet.draw(SVGElement.text(axisName, x: range.lowerBound, y: top - 8, size: 11, colour: .faint))
    for mark in values.marks {
      sheet.draw(
        SVGElement.line(
          from: (area.left, mark.place), to: (area.right, mark.place), colour: mark.isZero ? .faint : .grid))
      sheet.draw(
        SVGElement.text(
          mark.text, x: area.left - 6, y: mark.place + 4, anchor: .end, size: 11, colour: .faint))
    }
    sheet.draw(chart.shapes(in: area))
    // The first and the last period; where they do not fit beneath the lines, from edge to edge of the cell.
    let end = chart.points.count - 1
    let widest = [0, end].map { WrappedText.width(chart.points[$0].label, size: 11) }.max() ?? 0
    let isTight = end > 0 && widest > (area.right - area.left) / 2 - 4
    let room = isTight ? (range.upperBound - range.lowerBound) / 2 - 4 : (area.right - area.left) / 2 - 4
    let ends: [(place: Double, position: Int, anchor: SVGElement.Anchor)] =
      end == 0
      ? [(area.positions.place(0), 0, .middle)]
      : isTight
        ? [(range.lowerBound, 0, .start), (range.upperBound, end, .end)]
        : [(area.positions.place(0), 0, .start), (area.positions.place(end), end, .end)]
    for (place, position, anchor) in ends {
      let text = WrappedText.line(chart.points[position].label, width: room, size: 11)
      sheet.draw(SVGElement.text(text, x: place, y: bottom + 17, anchor: anchor, size: 11, colour: .faint))
    }
    if let last, let lastFigure {
      sheet.draw(
        SVGElement.text(
          lastText, x: area.positions.place(last) + 6, y: values.place(lastFigure) + 4, weight: .bold))
    }
  }
}
