import Testing

@testable import Reporting

@Suite("The layout of charts") struct ChartLayoutTests {
  /// From a telephone to a wide page, and about where layouts change.
  static let widths = [360.0, 480, 519, 520, 640, 760, 1_000, 1_400]

  @Test("No text touches another or leaves the sheet, from a telephone to a wide page", arguments: widths)
  func apart(width: Double) throws {
    for (name, chart) in try ChartSamples.all {
      try expectOrder(chart, width: width, name)
    }
  }

  @Test("Nor does it with any figures and names", arguments: widths)
  func anyFigures(width: Double) throws {
    let dice = ChartDice(UInt64(width))
    var drawn: [String: Int] = [:]
    for round in 0..<12 {
      for chart in try Self.randomCharts(dice) {
        drawn["\(type(of: chart))", default: 0] += 1
        try expectOrder(chart, width: width, "\(type(of: chart)) \(round)")
      }
    }
    #expect(drawn.count == 8 && drawn.values.allSatisfy { $0 > 4 }, "\(drawn)")
  }

  @Test("The same figures give the same bytes, and the sheet is as wide as charts are laid out for")
  func bytes() throws {
    for ((name, one), (_, other)) in zip(try ChartSamples.all, try ChartSamples.all) {
      #expect(one.svg() == other.svg(width: 760), "\(name)")
      for (asked, given) in [(1.0, 360.0), (5_000, 2_000), (.nan, 760), (.infinity, 760), (500.5, 500.5)] {
        #expect(try ChartReading(one.svg(width: asked)).size.width == given, "\(name)")
      }
    }
  }

  @Test("Every chart says in its description every name it shows, and each sentence ends")
  func descriptions() throws {
    for (name, chart) in try ChartSamples.all {
      #expect(chart.description.hasSuffix("."), "\(name)")
      #expect(!chart.description.contains("..") && !chart.description.contains("  "), "\(name)")
    }
    for row in ChartSamples.areas {
      #expect(try ChartSamples.dumbbell.description.contains(row.name))
      #expect(try ChartSamples.slope.description.contains(row.name))
    }
  }

  private func expectOrder(_ chart: any Chart, width: Double, _ name: String) throws {
    let reading = try ChartReading(chart.svg(width: width))
    #expect(reading.size.width == width)
    #expect(reading.overlaps.isEmpty, "\(name) \(width): \(reading.overlaps)")
    #expect(reading.strays.isEmpty, "\(name) \(width): \(reading.strays)")
    #expect(reading.strayShapes.isEmpty, "\(name) \(width): \(reading.strayShapes)")
    #expect(reading.title == HTMLText.shown(chart.title), "\(name)")
    #expect(reading.summary == HTMLText.shown(chart.description), "\(name)")
  }

  /// A chart of every kind that random figures make; those that they do not are left out.
  private static func randomCharts(_ dice: ChartDice) throws -> [any Chart] {
    let unit = try dice.unit()
    let (title, subtitle) = (try dice.name(), try dice.name())
    let count = dice.isTrue(0.1) ? dice.whole(60...100) : dice.whole(1...12)
    let names = try (0..<count).map { _ in try dice.name() }
    let isOneSize = dice.isTrue()
    let scale = dice.size()
    func figure() -> Double { isOneSize ? scale * dice.figure(0.5...1.5) : dice.size() }
    let figures = (0..<count).map { _ in figure() }
    let others = (0..<count).map { _ in figure() }
    let rows = zip(names, zip(figures, others)).map { name, both in
      DumbbellChart.Row(
        name, from: dice.isTrue(0.9) ? both.0 : nil, to: dice.isTrue(0.9) ? both.1 : nil,
        isFocus: dice.isTrue(0.2))
    }
    var charts: [(any Chart)?] = []
    let fans = try (0..<4).map { _ in try fan(dice, unit, names, figure) }
    charts += fans
    charts.append(
      try? SmallMultiples(
        title: title, subtitle: subtitle, charts: fans.compactMap { $0 }, sharesScale: dice.isTrue()))
    charts.append(
      try? WaterfallChart(
        title: title, subtitle: subtitle, unit: unit, start: WaterfallChart.Amount(names[0], figures[0]),
        steps: zip(names, others).map { WaterfallChart.Amount($0, $1) }, endName: try dice.name()))
    charts.append(
      try? TornadoChart(
        title: title, subtitle: subtitle, unit: unit, base: figures[0],
        bars: zip(names, zip(figures, others)).map { TornadoChart.Bar($0, low: $1.0, high: $1.1) }))
    let (from, to) = (try dice.name(), try dice.name())
    charts.append(
      try? DumbbellChart(
        title: title, subtitle: subtitle, unit: unit, fromName: from, toName: to, rows: rows))
    charts.append(
      try? SlopeChart(title: title, subtitle: subtitle, unit: unit, fromName: from, toName: to, rows: rows))
    charts.append(
      try? StackedAreaChart(
        title: title, subtitle: subtitle, unit: unit, labels: names,
        layers: try (0..<dice.whole(1...9)).map { _ in
          StackedAreaChart.Layer(try dice.name(), names.map { _ in figure().magnitude })
        }, forecastStart: dice.whole(-1...count)))
    charts.append(
      try? HistogramChart(
        title: title, subtitle: subtitle, unit: unit, amounts: (0..<300).map { _ in figure() },
        threshold: dice.isTrue() ? 0 : figure(), side: dice.isTrue() ? .below : .above, sideName: from,
        notes: names))
    return charts.compactMap { $0 }
  }

  private static func fan(
    _ dice: ChartDice, _ unit: ChartUnit, _ names: [String], _ figure: () -> Double
  ) throws -> FanChart? {
    let ahead = dice.whole(0...names.count)
    let points = names.enumerated().map { index, name in
      let value = figure()
      let spread = value.magnitude * dice.figure(0...0.5)
      let wide = (value - spread)...(value + spread)
      let fan = FanChart.Fan(
        median: value, interval50: dice.isTrue() ? value...value : nil, interval80: wide, interval95: wide)
      return FanChart.Point(
        label: name,
        content: dice.isTrue(0.1) ? .missing : index < ahead ? .published(value) : .forecast(fan),
        level: dice.isTrue(0.3) ? figure() : nil, hindcast: dice.isTrue(0.2) ? figure() : nil)
    }
    return try? FanChart(
      title: try dice.name(), subtitle: try dice.name(), unit: unit, points: points,
      levelName: try dice.name(), notes: [try dice.name()])
  }
}

extension HTMLText {
  /// A text as a reader of the document sees it: without references, deceiving characters shown by their
  /// code.
  static func shown(_ text: String) -> String {
    var shown = SVGElement.escaped(text)
    for (reference, character) in [
      ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#96;", "`"), ("&amp;", "&"),
    ] {
      shown = shown.replacing(reference, with: character)
    }
    return shown
  }
}
