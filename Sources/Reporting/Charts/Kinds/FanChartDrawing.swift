/// A fan chart drawn as SVG.
extension FanChart: Chart {
  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let labels = endLabels(isNarrow: sheet.width < 520).map { $0.cut(to: sheet.room * 0.42) }
    let area = PlotArea(
      on: &sheet, labels: points.map(\.label), labelWidth: labels.map(\.width).max() ?? 0
    ) { bottom, top in
      let all = points.flatMap(\.figures)
      return ValueScale(
        spanning: all, figures, includesZero: ValueScale.reachesZero(all), from: bottom, to: top)
    }
    sheet.draw(area.axes())
    if let first = points.firstIndex(where: { $0.fan != nil }) { sheet.draw(area.beginning(of: first)) }
    sheet.draw(shapes(in: area))
    sheet.draw(
      LabelPlacement.draw(
        labels, x: area.positions.place(points.count - 1) + 10, on: area.values,
        within: (area.top...area.bottom)))
    sheet.note(FanChart.legend(of: [self]) + notes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }

  /// Bands, lines and dots.
  func shapes(in area: PlotArea) -> [String] {
    var parts: [String?] = runs.flatMap { bands(of: $0, in: area) }
    // Over the bands, so that a reader sees how much of them lies below nothing.
    parts.append(area.zeroLine())
    parts += FanChart.runs(points.map(\.level)).map {
      stroke($0, in: area, colour: .level, width: 1.5, dashes: "8 3 2 3")
    }
    parts += runs.map { run in stroke(run.map { ($0.index, $0.fan.median) }, in: area, dashes: "6 4") }
    parts += FanChart.runs(points.map(\.published)).map { stroke($0, in: area) }
    return parts.compactMap { $0 } + dots(in: area)
  }

  /// How the figures are written.
  var figures: FigureText { FigureText(unit, showing: points.flatMap(\.figures)) }

  // MARK: Bands and lines

  /// The runs of neighbouring forecasts, each begun by the published point before it, where there is one.
  private var runs: [[(index: Int, fan: Fan)]] {
    var runs: [[(index: Int, fan: Fan)]] = []
    for (index, point) in points.enumerated() {
      guard let fan = point.fan else { continue }
      if let last = runs.last?.last, last.index == index - 1 {
        runs[runs.count - 1].append((index, fan))
      } else if index > 0, let value = points[index - 1].published {
        runs.append([(index - 1, Fan(certain: value)), (index, fan)])
      } else {
        runs.append([(index, fan)])
      }
    }
    return runs
  }

  /// The runs of neighbouring values.
  static func runs(_ values: [Double?]) -> [[(index: Int, value: Double)]] {
    var runs: [[(index: Int, value: Double)]] = []
    for (index, value) in values.enumerated() {
      guard let value else { continue }
      if let last = runs.last?.last, last.index == index - 1 {
        runs[runs.count - 1].append((index, value))
      } else {
        runs.append([(index, value)])
      }
    }
    return runs
  }

  private func bands(of run: [(index: Int, fan: Fan)], in area: PlotArea) -> [String?] {
    var bands = [
      band(run.map { ($0.index, $0.fan.interval95) }, colour: .outerBand, in: area),
      band(run.map { ($0.index, $0.fan.interval80) }, colour: .band, in: area),
    ]
    let inner = run.compactMap { one in one.fan.interval50.map { (one.index, $0) } }
    if inner.count == run.count { bands.append(band(inner, colour: .innerBand, in: area)) }
    return bands
  }

  private func band(
    _ intervals: [(index: Int, interval: ClosedRange<Double>)], colour: ChartColour, in area: PlotArea
  ) -> String? {
    if intervals.count == 1, let one = intervals.first {
      // A single period has no area: its interval is an upright bar.
      return SVGElement.line(
        from: area.place(one.index, one.interval.lowerBound),
        to: area.place(one.index, one.interval.upperBound),
        colour: colour, width: 10)
    }
    let upper = intervals.map { area.place($0.index, $0.interval.upperBound) }
    let lower = intervals.reversed().map { area.place($0.index, $0.interval.lowerBound) }
    return SVGElement.polygon(upper + lower, colour: colour)
  }

  private func stroke(
    _ run: [(index: Int, value: Double)], in area: PlotArea, colour: ChartColour = .first, width: Double = 2,
    dashes: String? = nil
  ) -> String? {
    guard run.count == 1, let one = run.first else {
      return SVGElement.polyline(
        run.map { area.place($0.index, $0.value) }, colour: colour, width: width, dashes: dashes)
    }
    // One published period has its dot; anything else alone gets a short stroke.
    guard dashes != nil else { return nil }
    let (x, y) = area.place(one.index, one.value)
    return SVGElement.line(from: (x - 6, y), to: (x + 6, y), colour: colour, width: width)
  }

  private func dots(in area: PlotArea) -> [String] {
    points.enumerated().flatMap { index, point in
      [
        point.hindcast.map { value in
          let (x, y) = area.place(index, value)
          return SVGElement.dot(x: x, y: y, radius: 4.5, colour: .fourth, isRing: true)
        },
        point.published.map { value in
          let (x, y) = area.place(index, value)
          return SVGElement.dot(x: x, y: y, radius: 3, colour: .first)
        },
        // With an edge of paper, so that it stands out from the bands beneath it.
        point.outturn.map { value in
          let (x, y) = area.place(index, value)
          return SVGElement.circle(x: x, y: y, radius: 4, colour: .fourth, edge: .paper, width: 1.2)
        },
      ].compactMap { $0 }
    }
  }

  // MARK: Labels

  /// The labels beside the last period, the most important first.
  private func endLabels(isNarrow: Bool) -> [LabelPlacement.EndLabel] {
    let figures = figures
    var labels: [LabelPlacement.EndLabel] = []
    func add(
      _ value: Double, _ name: String, _ weight: SVGElement.Weight = .normal, _ colour: ChartColour = .ink
    ) {
      let text = isNarrow || name.isEmpty ? figures.text(value) : "\(figures.text(value)), \(name)"
      labels.append(LabelPlacement.EndLabel(text: text, value: value, weight: weight, colour: colour))
    }
    guard let last = points.last else { return [] }
    if let fan = last.fan {
      add(fan.median, fan.isCertain ? "" : "median", .bold)
      if let level = last.level { add(level, levelName, .normal, .level) }
      if !fan.isCertain {
        add(fan.interval80.upperBound, "80% upper")
        add(fan.interval80.lowerBound, "80% lower")
        add(fan.interval95.upperBound, "95% upper")
        add(fan.interval95.lowerBound, "95% lower")
      }
    } else {
      if let value = last.published { add(value, "", .bold) }
      if let level = last.level { add(level, levelName, .normal, .level) }
    }
    return labels
  }

  /// What lines, bands and dots mean, as far as they are drawn in some charts.
  static func legend(of charts: [FanChart]) -> [String] {
    let points = charts.flatMap(\.points)
    var parts: [String] = []
    if points.contains(where: { $0.fan.map { !$0.isCertain } ?? false }) {
      let levels = points.contains { $0.fan?.interval50 != nil } ? "50, 80 and 95" : "80 and 95"
      parts.append(
        "Dashed line: median of the forecast; bands, from dark to pale: \(levels) in 100 futures lie inside.")
    }
    if points.contains(where: { $0.hindcast != nil }) {
      parts.append("Rings: what was forecast for a period before its figure was published.")
    }
    if points.contains(where: { $0.outturn != nil }) {
      parts.append("Orange dots: what has been published since the forecast was made.")
    }
    var names: [String] = []
    for chart in charts where chart.points.contains(where: { $0.level != nil }) {
      if !names.contains(chart.levelName) { names.append(chart.levelName) }
    }
    if !names.isEmpty { parts.append("Line of dashes and dots: \(names.joined(separator: ", ")).") }
    return parts
  }
}
