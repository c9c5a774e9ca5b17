/// How far each assumption moves an outcome, from its low to its high value, the one that moves it most at
/// the top. Beside each figure a triangle says at which value it comes out, so that this does not hang on
/// colour.
public struct TornadoChart: Chart, Hashable {
  /// An assumption and the outcomes at its ends.
  public struct Bar: Hashable, Sendable {
    /// The assumption.
    public let name: String
    /// The outcome with the assumption at its low value.
    public let low: Double
    /// The outcome with the assumption at its high value.
    public let high: Double

    /// An assumption and the outcomes at its ends.
    public init(_ name: String, low: Double, high: Double) {
      self.name = name
      self.low = low
      self.high = high
    }
  }

  /// What the chart finds.
  public let title: String
  /// What the chart shows.
  public let subtitle: String
  /// What the outcome counts.
  public let unit: ChartUnit
  /// The outcome with every assumption as it is.
  public let base: Double
  /// The assumptions, the widest first.
  public let bars: [Bar]
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// A tornado; the bars are put in order here, equal ones in the order given.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` without a bar, or when an outcome is no number or beyond
  ///   1e300.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, base: Double, bars: [Bar], notes: [String] = [],
    identifier: String = "tornado"
  ) throws(ReportingError) {
    guard !bars.isEmpty, base.isDrawable, bars.allSatisfy({ $0.low.isDrawable && $0.high.isDrawable }) else {
      throw .emptyChart(title)
    }
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.base = base
    self.bars = bars.enumerated().sorted {
      (-abs($0.element.high - $0.element.low), $0.offset) < (
        -abs($1.element.high - $1.element.low), $1.offset
      )
    }.map(\.element)
    self.notes = notes
    self.identifier = identifier
  }

  private var figures: FigureText { FigureText(unit, showing: [base] + bars.flatMap { [$0.low, $0.high] }) }

  /// What a reader who does not see the chart is told: every figure of it.
  public var description: String {
    let figures = figures
    let lines = bars.map { bar in
      "\(bar.name): \(figures.text(bar.low)) at its low value, \(figures.text(bar.high)) at its high value"
    }
    let body = "With every assumption as it is: \(figures.text(base)). \(lines.joined(separator: "; "))."
    return Self.told([subtitle, body, figures.unitNote] + notes)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    let figures = figures
    let all = [base] + bars.flatMap { [$0.low, $0.high] }
    let room = all.map { WrappedText.width("▲ " + figures.text($0), size: ChartSheet.letters) }.max() ?? 0
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let area = RowArea(on: &sheet, names: bars.map(\.name), figureRoom: (room + 6, room + 6)) { left, right in
      ValueScale(spanning: all, figures, includesZero: false, from: left, to: right, about: 4)
    }
    sheet.draw(area.axes())
    for (bar, row) in zip(bars, area.rows) { sheet.draw(drawing(of: bar, in: row, on: area.values)) }
    let middle = area.values.place(base)
    sheet.draw(
      SVGElement.line(from: (middle, area.top), to: (middle, area.bottom), colour: .ink, width: 1.5))
    sheet.note(
      [
        "Upright line: \(figures.text(base)), with every assumption as it is.",
        "▼ turquoise: with the assumption at its low value; ▲ blue: at its high value.",
      ] + notes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }

  /// The two ends of a bar with their figures, the lesser at the left.
  private func drawing(of bar: Bar, in row: RowArea.Row, on values: ValueScale) -> [String] {
    let middle = values.place(base)
    let low = (value: bar.low, sign: "▼", colour: ChartColour.second)
    let high = (value: bar.high, sign: "▲", colour: ChartColour.first)
    // Where both lie on one side, the nearer is drawn over the farther.
    let isLowFarther = abs(bar.low - base) >= abs(bar.high - base)
    let rectangles = (isLowFarther ? [low, high] : [high, low]).map { end in
      SVGElement.rectangle(
        from: (middle, row.top + 4), to: (values.place(end.value), row.bottom - 4), colour: end.colour)
    }
    let (left, right) = bar.low <= bar.high ? (low, high) : (high, low)
    return rectangles + [
      SVGElement.text(
        "\(left.sign) \(figures.text(left.value))", x: min(middle, values.place(left.value)) - 5,
        y: row.middle + 4, anchor: .end),
      SVGElement.text(
        "\(right.sign) \(figures.text(right.value))", x: max(middle, values.place(right.value)) + 5,
        y: row.middle + 4),
    ]
  }
}
