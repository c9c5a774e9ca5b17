/// A chart of a waiting list drawn as SVG.
extension WaitingListChart: Chart {
  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    for panel in [upper, lower] {
      // Shares have per cent on their axis, so that their name stands above it.
      if panel.isShare { sheet.write(panel.name, leading: 20, most: 3) }
      draw(panel, on: &sheet)
    }
    sheet.note(legend)
    return sheet.document(identifier: "waits", title: title, description: description)
  }

  /// What a reader who does not see the chart is told.
  public var description: String {
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
    return Self.told([subtitle] + panels)
  }

  /// Why a panel has no point.
  private var nobody: String { isExpected ? "no plan is issued" : "nobody waits" }

  /// What lines and bands mean, as far as they are drawn.
  private var legend: [String] {
    let line = isExpected ? "the expected course" : "median"
    var parts = ["Line: \(line). Band: 80 in 100 futures lie inside."]
    if let name = [upper, lower].first(where: { $0.other.contains { $0 != nil } })?.otherName {
      parts.append("Dashed line: with the \(name).")
    }
    let levels = [upper, lower].compactMap(\.level?.name)
    if !levels.isEmpty { parts.append("Line of dashes and dots: \(levels.joined(separator: ", ")).") }
    return parts
  }

  private func number(_ value: Double, _ panel: Panel) -> String {
    NumberText.fixed(value, decimals: 0) + (panel.isShare ? "%" : "")
  }

  private func draw(_ panel: Panel, on sheet: inout ChartSheet) {
    let isNarrow = sheet.width < 520
    let labels = endLabels(of: panel, isNarrow: isNarrow).map { $0.cut(to: sheet.room * 0.42) }
    let area = PlotArea(
      on: &sheet, labels: self.labels, height: min(max(sheet.width * 0.28, 150), 260),
      labelWidth: labels.map(\.width).max() ?? 0
    ) { bottom, top in
      // Shares have the whole for a scale; numbers start from nothing.
      ValueScale(
        spanning: panel.figures,
        FigureText(panel.isShare ? .percentage : .count(panel.name), showing: panel.figures),
        includesZero: true, isWhole: panel.isShare, from: bottom, to: top)
    }
    sheet.draw(area.axes())
    let runs = Self.runs(panel.points)
    for run in runs {
      let upper = run.map { area.place($0.index, $0.point.high) }
      let lower = run.reversed().map { area.place($0.index, $0.point.low) }
      sheet.draw(
        SVGElement.polygon(upper + lower, colour: .band)
          ?? zip(upper, lower).map { SVGElement.line(from: $0, to: $1, colour: .band, width: 10) }.joined())
    }
    sheet.draw(area.zeroLine())
    if let level = panel.level {
      let y = area.values.place(level.value)
      sheet.draw(
        SVGElement.line(
          from: (area.left, y), to: (area.right, y), colour: .level, width: 1.5, dashes: "8 3 2 3"))
    }
    for run in runs { sheet.draw(line(run.map { area.place($0.index, $0.point.middle) }, dashes: nil)) }
    for run in FanChart.runs(panel.other) {
      sheet.draw(line(run.map { area.place($0.index, $0.value) }, dashes: "6 4"))
    }
    if runs.isEmpty {
      sheet.draw(
        SVGElement.text(
          nobody, x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2, anchor: .middle,
          colour: .faint))
    }
    sheet.draw(
      LabelPlacement.draw(labels, x: area.right + 8, on: area.values, within: area.top...area.bottom))
  }

  /// A line; of one place alone a short stroke.
  private func line(_ places: [SVGElement.Place], dashes: String?) -> String? {
    if places.count == 1, let (x, y) = places.first {
      return SVGElement.line(from: (x - 6, y), to: (x + 6, y), colour: .first, width: 2, dashes: dashes)
    }
    return SVGElement.polyline(places, colour: .first, dashes: dashes)
  }

  /// Labels beside the last period, the most important first.
  private func endLabels(of panel: Panel, isNarrow: Bool) -> [LabelPlacement.EndLabel] {
    var labels: [LabelPlacement.EndLabel] = []
    func add(
      _ value: Double, _ name: String, _ weight: SVGElement.Weight = .normal, _ colour: ChartColour = .ink
    ) {
      let text = isNarrow ? number(value, panel) : "\(number(value, panel)), \(name)"
      labels.append(LabelPlacement.EndLabel(text: text, value: value, weight: weight, colour: colour))
    }
    let end = panel.points.last ?? nil
    if let end { add(end.middle, isExpected ? "as it is" : "median", .bold) }
    if let level = panel.level { add(level.value, level.name, .normal, .level) }
    if let other = panel.other.last ?? nil { add(other, panel.otherName) }
    if let end, end.low < end.high {
      add(end.high, "80% upper")
      add(end.low, "80% lower")
    }
    return labels
  }

  /// The runs of neighbouring points.
  private static func runs(_ points: [Panel.Point?]) -> [[(index: Int, point: Panel.Point)]] {
    FanChart.runs(points.map { $0?.middle }).map { run in
      run.compactMap { one in points[one.index].map { (one.index, $0) } }
    }
  }
}
