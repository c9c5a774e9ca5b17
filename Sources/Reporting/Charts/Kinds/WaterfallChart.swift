/// A bridge: how a figure comes from one amount to another, step by step.
///
/// Steps stand in rows, so that their names can be read in whole on a narrow page; each step's amount stands
/// beside it with its sign, so that no meaning hangs on colour.
public struct WaterfallChart: Chart, Hashable {
  /// A named amount.
  public struct Amount: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The amount; of a step, the change.
    public let value: Double

    /// A named amount.
    public init(_ name: String, _ value: Double) {
      self.name = name
      self.value = value
    }
  }

  /// What the chart finds.
  public let title: String
  /// What the chart shows.
  public let subtitle: String
  /// What the figures count.
  public let unit: ChartUnit
  /// Where the bridge begins.
  public let start: Amount
  /// The steps, in order.
  public let steps: [Amount]
  /// What the bridge ends at is called; the amount is the start and all steps.
  public let endName: String
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// A bridge.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when an amount is no number or beyond 1e300.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, start: Amount, steps: [Amount], endName: String,
    notes: [String] = [], identifier: String = "bridge"
  ) throws(ReportingError) {
    guard ([start] + steps).allSatisfy({ $0.value.isDrawable }) else { throw .emptyChart(title) }
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.start = start
    self.steps = steps
    self.endName = endName
    self.notes = notes
    self.identifier = identifier
  }

  /// What the bridge ends at.
  public var end: Amount { Amount(endName, levels.last ?? start.value) }

  /// The amount before the first step and after each.
  private var levels: [Double] { steps.reduce(into: [start.value]) { $0.append(($0.last ?? 0) + $1.value) } }

  private var figures: FigureText {
    FigureText(unit, showing: levels + steps.map(\.value)).telling(steps.map(\.value))
  }

  /// Where the axis begins or ends instead of at nothing, because the changes could not be seen beside the amounts;
  /// nil where it reaches nothing.
  private var breakAt: Double? {
    guard let least = levels.min(), let greatest = levels.max(), greatest > least else { return nil }
    let spread = greatest - least
    guard spread < 0.1 * min(least.magnitude, greatest.magnitude) else { return nil }
    return least > 0 ? least - spread / 2 : greatest < 0 ? greatest + spread / 2 : nil
  }

  /// The notes, with what a reader must know of an axis that does not reach nothing.
  private var allNotes: [String] {
    breakAt == nil
      ? notes
      : [
        "The axis does not reach \(figures.text(0)): the bars of both ends are cut short, so that the steps can be seen."
      ]
        + notes
  }

  /// What a reader who does not see the chart is told: every figure of it.
  public var description: String {
    let figures = figures
    let changes = steps.map { "\($0.name) \(figures.change($0.value))" }.joined(separator: "; ")
    let body =
      "\(start.name): \(figures.text(start.value)). "
      + (steps.isEmpty ? "" : "Steps: \(changes). ") + "\(endName): \(figures.text(end.value))."
    return Self.told([subtitle, body, figures.unitNote] + allNotes)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    let (figures, levels) = (figures, levels)
    let texts =
      [figures.text(start.value)] + steps.map { figures.change($0.value) } + [figures.text(end.value)]
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let names = [start.name] + steps.map(\.name) + [endName]
    let size = SVGElement.Weight.bold.measured(ChartSheet.letters)
    let room = texts.map { WrappedText.width($0, size: size) }.max() ?? 0
    let area = RowArea(
      on: &sheet, names: names, bold: [0, names.count - 1], figureRoom: (0, room + 8)
    ) { left, right in
      ValueScale(
        spanning: levels + (breakAt.map { [$0] } ?? []), figures, includesZero: breakAt == nil, from: left,
        to: right,
        about: 4)
    }
    sheet.draw(area.axes())
    for (index, row) in area.rows.enumerated() {
      let isTotal = index == 0 || index == names.count - 1
      let from = isTotal ? 0 : levels[index - 1]
      let to = isTotal ? (index == 0 ? start.value : end.value) : levels[index]
      sheet.draw(
        SVGElement.rectangle(
          from: (area.values.place(from), row.top + 4), to: (area.values.place(to), row.bottom - 4),
          colour: isTotal ? .first : to >= from ? .fourth : .second))
      // A step begins where the one before ended.
      if index < names.count - 1 {
        let x = area.values.place(to)
        sheet.draw(SVGElement.line(from: (x, row.bottom - 4), to: (x, row.bottom + 4), colour: .faint))
      }
      sheet.draw(
        SVGElement.text(
          texts[index], x: sheet.right, y: row.middle + 4, anchor: .end, weight: isTotal ? .bold : .normal))
    }
    sheet.note(allNotes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }
}
