/// The figures of several areas at two times, as lines from the one to the other.
public struct SlopeChart: Chart, Hashable {
  /// What the chart finds.
  public let title: String
  /// What the chart shows.
  public let subtitle: String
  /// What the figures count.
  public let unit: ChartUnit
  /// The first time.
  public let fromName: String
  /// The second.
  public let toName: String
  /// The areas that have both figures.
  public let rows: [DumbbellChart.Row]
  /// The areas that lack one, which are named in a note.
  public let incomplete: [String]
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// A chart of areas.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when no area has both figures.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, fromName: String, toName: String,
    rows: [DumbbellChart.Row], notes: [String] = [], identifier: String = "slope"
  ) throws(ReportingError) {
    let complete = rows.filter { $0.from != nil && $0.to != nil }
    guard !complete.isEmpty else { throw .emptyChart(title) }
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.fromName = fromName
    self.toName = toName
    self.rows = complete
    incomplete = rows.filter { $0.from == nil || $0.to == nil }.map(\.name)
    self.notes = notes
    self.identifier = identifier
  }

  private var all: [Double] { rows.flatMap { [$0.from, $0.to].compactMap { $0 } } }
  private var figures: FigureText { FigureText(unit, showing: all, tellsApart: true) }
  private var foot: [String] {
    (incomplete.isEmpty ? [] : ["Without a figure for both: \(incomplete.joined(separator: ", "))."]) + notes
  }

  /// What a reader who does not see the chart is told: every figure of it.
  public var description: String {
    let figures = figures
    let lines = rows.map { "\($0.name) from \(figures.text($0.from ?? 0)) to \(figures.text($0.to ?? 0))" }
    let body = "\(fromName) to \(toName): \(lines.joined(separator: "; "))."
    return Self.told([subtitle, body, figures.unitNote] + foot)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    let figures = figures
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let area = SlopeArea(on: &sheet, rows: rows, figures: figures)
    sheet.draw(area.axes(fromName, toName))
    // The one that is looked at lies over the others.
    for row in rows.filter({ !$0.isFocus }) + rows.filter(\.isFocus) { sheet.draw(area.line(of: row)) }
    sheet.draw(area.figuresAtLeft(rows))
    sheet.draw(area.namesAtRight(rows))
    sheet.note([figures.axisName.isEmpty ? "" : "Unit: \(figures.axisName)."] + foot)
    return sheet.document(identifier: identifier, title: title, description: description)
  }
}
