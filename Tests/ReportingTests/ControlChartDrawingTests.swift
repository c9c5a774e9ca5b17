import Indicators
import Testing
import TimeSeries

@testable import Reporting

@Suite("Control charts drawn") struct ControlChartDrawingTests {
  private func event(_ month: Int, _ reason: String, year: Int = 2023) throws -> Recalculation {
    Recalculation(from: try #require(Period.month(year: year, month: month)), reason: reason)
  }

  @Test("The title states the finding and the description the rest") func title() throws {
    let svg = ControlChartDrawing(try InventedCharts.chart([60])).svg()
    let reader = try ChartReading(svg)
    #expect(
      reader.title
        == "Seen in time, Exampleshire at 2023-08: special cause: concern, low. Consistently fails the target."
    )
    #expect(reader.summary.contains("because it lies below the lower process limit"))
    #expect(reader.summary.contains("Special cause at 2023-08."))
    #expect(
      svg.contains("role=\"img\"") && svg.contains("aria-labelledby=\"seen-in-time-title seen-in-time-desc\"")
    )
    #expect(
      try ChartReading(ControlChartDrawing(try InventedCharts.chart()).svg()).summary.contains(
        "No point is special cause."))
  }

  @Test(
    "Each kind of signal has its colour and its shape, and the legend those that are there",
    arguments: [
      (Polarity.higherIsBetter, 99.0, ChartColour.improvement, "special cause: improvement"),
      (.higherIsBetter, 60, .concern, "special cause: concern, low"),
      (.lowerIsBetter, 99, .concern, "special cause: concern, high"),
      (.neutral, 99, .neutral, "special cause: neither good nor bad"),
    ])
  func marks(_ polarity: Polarity, last: Double, colour: ChartColour, legend: String) throws {
    let reader = try ChartReading(
      ControlChartDrawing(try InventedCharts.chart([last], polarity: polarity)).svg())
    // One on the chart and one in the legend.
    #expect(reader.shapes("polygon", colour).count == 2)
    #expect(reader.shapes("circle", .commonCause).count == 17)
    #expect(
      reader.texts.contains { $0.content == legend } && reader.texts.contains { $0.content == "common cause" }
    )
  }

  @Test(
    "Texts neither overlap nor leave the drawing, from 360 to 1,400 pixels",
    arguments: [360.0, 480, 560, 760, 1000, 1400])
  func room(width: Double) throws {
    let long =
      "Children and young people waiting for a first appointment with speech and language therapy, all ages and needs"
    let charts = [
      try InventedCharts.chart([60]),
      try InventedCharts.chart(
        Array(repeating: nil, count: 3) + InventedCharts.noise.map { 90 + $0 }
          + InventedCharts.noise.map { 70 + $0 },
        settings: .init(
          recalculations: [
            event(8, "A second clinic opened in the north of the county, with two therapists"),
            event(12, "Another", year: 2024),
          ],
          target: 80.4),
        name: long, flags: [3: .definitionBreak]),
      try InventedCharts.chart(settings: .init(target: 5000)),
      try InventedCharts.chart(settings: .init()),
    ]
    for chart in charts {
      let reader = try ChartReading(ControlChartDrawing(chart, showsNearLimits: true).svg(width: width))
      #expect(reader.overlaps.isEmpty, "\(reader.overlaps)")
      #expect(reader.strays.isEmpty, "\(reader.strays)")
      #expect(reader.strayShapes.isEmpty, "\(reader.strayShapes)")
    }
  }

  @Test("Letters of recalculations close together stand on two heights") func letters() throws {
    let values: [Double] = (0..<14).map { 80 + InventedCharts.noise[$0] }
    let series = try InventedCharts.series(InventedCharts.noise.map { 80 + $0 } + [70] + values)
    let chart = try ControlChart(
      of: series, settings: .init(recalculations: [event(8, "One"), event(9, "Two")]))
    let reader = try ChartReading(ControlChartDrawing(chart).svg(width: 360))
    let letters = reader.texts.filter { ["A", "B"].contains($0.content) }
    #expect(letters.count == 2 && letters[0].y != letters[1].y)
    #expect(reader.texts.contains { $0.content == "A From 2023-08: One" })
    // Points of a part without limits are drawn open, and the legend says so.
    #expect(reader.texts.contains { $0.content == "no limits" })
  }

  @Test("A gap breaks the line, near lines are drawn where they are asked for, limits step where they differ")
  func lines() throws {
    let whole = try ChartReading(ControlChartDrawing(try InventedCharts.chart([81, 82, 81])).svg())
    let broken = try ChartReading(ControlChartDrawing(try InventedCharts.chart([81, nil, 82, 81])).svg())
    #expect(broken.shapes("polyline").count == whole.shapes("polyline").count + 1)
    let near = try ChartReading(
      ControlChartDrawing(try InventedCharts.chart([81, 82, 81]), showsNearLimits: true).svg())
    #expect(near.shapes("polyline").count == whole.shapes("polyline").count + 2)
    let first = try #require(Period.month(year: 2022, month: 4))
    let counted = try Series(
      id: "seen", measure: Measure(id: "seen", unit: .percentage),
      points: (0..<16).map { index in
        index == 7
          ? DataPoint(period: first.advanced(by: index), observation: .notAvailable)
          : DataPoint(
            period: first.advanced(by: index), observation: .value(25), numerator: Double(10 + index),
            denominator: Double(40 + 4 * index))
      })
    let shares = try ChartReading(ControlChartDrawing(try ControlChart(of: counted, kind: .p)).svg())
    #expect(shares.summary.contains("at the last point"))
  }

  @Test("Names that would open tags, turn the writing or have no space are shown as they are, safely")
  func hostile() throws {
    let names = [
      "<script>alert(1)</script> & \"quotes\" 'single' `back`", "תוכנית \u{202E}evil\u{202C} العربية",
      "👩‍👩‍👧 children 🚸🚸",
      String(repeating: "unbroken", count: 40), "line\nfeed\u{0}\u{7}", "児童相談所の待ち時間と支援計画の割合",
    ]
    for name in names {
      let chart = try InventedCharts.chart(
        Array(repeating: 81, count: 14), settings: .init(recalculations: [event(8, name)], target: 92),
        name: name)
      for width in [360.0, 1400] {
        let svg = ControlChartDrawing(chart, identifier: "a\"b <c>").svg(width: width)
        let reader = try ChartReading(svg)
        #expect(!svg.unicodeScalars.contains { $0.value == 0x202E || $0.value == 0 || $0.value == 7 })
        #expect(svg.contains("id=\"a-b--c--title\""))
        #expect(reader.texts.count > 8)
      }
    }
  }

  @Test("A width that cannot be is brought within what can; the same chart gives the same bytes")
  func widths() throws {
    let drawing = ControlChartDrawing(try InventedCharts.chart())
    #expect(
      drawing.svg(width: 0) == drawing.svg(width: 360) && drawing.svg(width: 1e9) == drawing.svg(width: 2000))
    #expect(drawing.svg(width: .nan) == drawing.svg())
  }

  @Test("Figures at the ends of what numbers hold are drawn") func extremes() throws {
    for scale in [1e-305, 1e-250, 1e-9, 1e9, 1e290] {
      let values = InventedCharts.noise.map { $0 * scale }
      let chart = try ControlChart(
        of: InventedCharts.series(values, unit: .score), settings: .init(target: 2 * scale))
      let reader = try ChartReading(ControlChartDrawing(chart).svg())
      #expect(reader.texts.count > 8)
    }
  }

  @Test("Icons have a letter and words: variation, and assurance where there is a target to judge by")
  func icons() throws {
    func texts(_ chart: ControlChart) throws -> [String] {
      try ChartReading(ControlChartDrawing(chart).svg()).texts.map(\.content)
    }
    #expect(try texts(InventedCharts.chart([99])).contains("H"))
    #expect(try texts(InventedCharts.chart([60])).contains("L"))
    #expect(try texts(InventedCharts.chart(settings: .init(target: 99))).contains("F"))
    #expect(try texts(InventedCharts.chart(settings: .init(target: 60))).contains("P"))
    #expect(try texts(InventedCharts.chart(settings: .init(target: 80))).contains("?"))
    #expect(try !texts(InventedCharts.chart(settings: .init())).contains("?"))
    for icon in VariationIcon.allCases {
      #expect(!ControlChartIcon(kind: .variation(icon), x: 0, y: 0).shapes.isEmpty)
    }
    for icon in AssuranceIcon.allCases {
      #expect(ControlChartIcon(kind: .assurance(icon), x: 0, y: 0).shapes.count >= 3)
    }
  }

  @Test("Text is broken where it must be, and what does not fit ends in an ellipsis") func wrapping() {
    let lines = WrappedText.lines("one two three four five six", width: 60, size: 12)
    #expect(lines.count > 2 && lines.joined(separator: " ") == "one two three four five six")
    #expect(lines.allSatisfy { WrappedText.width($0, size: 12) <= 60 })
    let cut = WrappedText.lines("one two three four five six", width: 60, size: 12, most: 2)
    #expect(cut.count == 2 && cut[1].hasSuffix("…"))
    #expect(
      WrappedText.lines(String(repeating: "x", count: 30), width: 60, size: 12).joined()
        == String(repeating: "x", count: 30))
    #expect(WrappedText.lines("", width: 60, size: 12).isEmpty)
    #expect(WrappedText.width("e\u{301}", size: 10) == WrappedText.width("e", size: 10))
    #expect(WrappedText.width("児", size: 10) > WrappedText.width("e", size: 10))
  }
}
