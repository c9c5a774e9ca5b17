/// Two figures of each of several areas, joined by a line: before and after, or this and the comparison.
public struct DumbbellChart: Chart, Hashable {
  /// An area and its two figures.
  public struct Row: Hashable, Sendable {
    /// The area.
    public let name: String
    /// The first figure; nil where there is none.
    public let from: Double?
    /// The second; nil where there is none.
    public let to: Double?
    /// Whether it is the one that is looked at.
    public let isFocus: Bool

    /// An area and its two figures, each of them absent where it is no number or beyond 1e300.
    public init(_ name: String, from: Double?, to: Double?, isFocus: Bool = false) {
      self.name = name
      self.from = from.flatMap { $0.isDrawable ? $0 : nil }
      self.to = to.flatMap { $0.isDrawable ? $0 : nil }
      self.isFocus = isFocus
    }
  }

  /// What the chart finds.
  public let title: String
  /// What the chart shows.
  public let subtitle: String
  /// What the figures count.
  public let unit: ChartUnit
  /// What the first figures are of: `2019`.
  public let fromName: String
  /// What the second figures are of.
  public let toName: String
  /// The areas, from above.
  public let rows: [Row]
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// A chart of areas, drawn in the order given.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` when no area has a figure.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, fromName: String, toName: String, rows: [Row],
    notes: [String] = [], identifier: String = "dumbbell"
  ) throws(ReportingError) {
    guard rows.contains(where: { $0.from != nil || $0.to != nil }) else { throw .emptyChart(title) }
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.fromName = fromName
    self.toName = toName
    self.rows = rows
    self.notes = notes
    self.identifier = identifier
  }

  private var all: [Double] { rows.flatMap { [$0.from, $0.to].compactMap { $0 } } }
  private var figures: FigureText { FigureText(unit, showing: all, tellsApart: true) }

  /// What a reader who does not see the chart is told: every figure of it.
  public var description: String {
    let figures = figures
    let lines = rows.map { row in
      let (from, to) = (row.from.map(figures.text), row.to.map(figures.text))
      return "\(row.name): \(from ?? "no figure") and \(to ?? "no figure")"
    }
    let body = "\(fromName) and \(toName) of \(lines.joined(separator: "; "))."
    return Self.told([subtitle, body, figures.unitNote] + notes)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    let figures = figures
    let size = SVGElement.Weight.bold.measured(ChartSheet.letters)
    let room = all.map { WrappedText.width(figures.text($0), size: size) }.max() ?? 0
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let focus = Set(rows.indices.filter { rows[$0].isFocus })
    let area = RowArea(
      on: &sheet, names: rows.map(\.name), bold: focus, figureRoom: (room + 10, room + 10)
    ) { left, right in
      ValueScale(
        spanning: all, figures, includesZero: ValueScale.reachesZero(all), from: left, to: right, about: 4)
    }
    sheet.draw(area.axes())
    for (row, place) in zip(rows, area.rows) {
      sheet.draw(marks(of: row, at: place.middle, on: area.values))
      sheet.draw(labels(of: row, at: place.middle + 4, on: area.values))
    }
    sheet.note(["Ring: \(fromName). Full dot: \(toName)."] + notes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }

  /// The dots of an area and the line between them; the full dot lies over the ring.
  private func marks(of row: Row, at y: Double, on values: ValueScale) -> [String] {
    let (from, to) = (row.from.map(values.place), row.to.map(values.place))
    var parts: [String] = []
    if let from, let to {
      parts.append(SVGElement.line(from: (from, y), to: (to, y), colour: .muted, width: 3))
    }
    if let from { parts.append(SVGElement.dot(x: from, y: y, radius: 5, colour: .first, isRing: true)) }
    if let to { parts.append(SVGElement.dot(x: to, y: y, radius: from == to ? 2.5 : 5, colour: .first)) }
    return parts
  }

  /// The figures of an area: the lesser at the left of its dot, the greater or the only one at the right.
  private func labels(of row: Row, at y: Double, on values: ValueScale) -> [String] {
    let weight: SVGElement.Weight = row.isFocus ? .bold : .normal
    let ends = [row.from, row.to].compactMap { $0 }.sorted()
    guard let low = ends.first, let high = ends.last else {
      return [SVGElement.text("no figure", x: values.start, y: y, colour: .faint)]
    }
    let right = SVGElement.text(figures.text(high), x: values.place(high) + 9, y: y, weight: weight)
    guard ends.count > 1 else { return [right] }
    return [
      SVGElement.text(figures.text(low), x: values.place(low) - 9, y: y, anchor: .end, weight: weight), right,
    ]
  }
}
