import TimeSeries

/// A chart as words and figures, for a terminal, a spreadsheet or a program.
public struct ChartReport: Sendable {
  private let kind: String
  private let chart: any TabulatedChart

  /// Describes a report.
  ///
  /// - Parameters:
  ///   - chart: the chart.
  ///   - kind: what kind of chart it is, as programs name it: `fan`.
  public init(_ chart: any TabulatedChart, kind: String) {
    self.chart = chart
    self.kind = kind
  }

  /// The columns of the comma-separated text.
  public static let columns = ["panel", "label", "figure", "value", "unit"]

  /// The figures that are drawn as comma-separated text, a row for each.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    for panel in chart.table.panels {
      for row in panel.rows {
        for figure in row.figures {
          text += CSVText.row([
            CSVText.text(panel.title), CSVText.text(row.label), CSVText.text(figure.name),
            CSVText.number(figure.value), CSVText.text((figure.unit ?? panel.unit).plainName),
          ])
        }
      }
    }
    return text
  }

  /// The figures that are drawn as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which figures that can be drawn never cause.
  public func json() throws(ReportingError) -> String {
    try JSONText.text(ChartDocument(kind: kind, chart))
  }

  // MARK: Text

  /// What the chart finds, what it tells those who do not see it, and its figures in tables; fewer than 60 characters
  /// in a line are taken as 60.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    let sections =
      [Paragraph.lines(chart.title, width: width) + [""] + Paragraph.lines(chart.description, width: width)]
      + chart.table.panels.map { lines(of: $0, width: width) }
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private func lines(of panel: ChartTable.Panel, width: Int) -> [String] {
    // Figures of one name stand in one column.
    var columns: [(name: String, heading: String)] = []
    for figure in panel.rows.flatMap(\.figures) where !columns.contains(where: { $0.name == figure.name }) {
      columns.append((figure.name, figure.heading))
    }
    let own = panel.rows.flatMap(\.figures).filter { $0.unit == nil }.map(\.value)
    let figures =
      panel.unit.isCount
      ? FigureText(panel.unit, showing: own) : FigureText(panel.unit, showing: own).telling(own)
    func cell(_ row: ChartTable.Row, _ name: String) -> String {
      guard let figure = row.figures.first(where: { $0.name == name }) else { return "" }
      guard let unit = figure.unit else { return figures.text(figure.value) }
      return FigureText(unit, showing: [figure.value]).text(figure.value)
    }
    let title = panel.title.isEmpty ? [] : Paragraph.lines(panel.title, width: width)
    // As many columns side by side as fit, the rest below, beside the same labels. A cell without a figure has a dash,
    // so that every figure keeps its head wherever the text is pasted.
    let labelWidth = panel.rows.map { DisplayText.width(of: DisplayText.harmless($0.label)) }.max() ?? 0
    func grid(empty: String, narrow: TextGrid.Narrow) -> TextGrid {
      var grid = TextGrid(
        [.init("", alignment: .left, wraps: labelWidth * 2 > width)]
          + columns.map { .init(DisplayText.harmless($0.heading), isBeside: $0.name.hasPrefix("upper_")) },
        narrow: narrow)
      for row in panel.rows {
        let cells = columns.map { cell(row, $0.name) }
        grid.add([row.label] + cells.map { $0.isEmpty ? empty : $0 })
      }
      return grid
    }
    let table = grid(empty: "–", narrow: .blocks)
    let setting = GridSetting(grid: table, indent: 0, width: width, style: .plain)
    let all = Array(table.columns.indices)
    // Where not even one figure fits beside a label, a paragraph for each row names each of its figures.
    guard setting.lines(of: all) != nil || setting.blocks(of: all) != nil else {
      return title + grid(empty: "", narrow: .records).lines(indent: 0, width: width)
    }
    return title + table.lines(indent: 0, width: width)
  }
}

/// A chart as programs read it.
public struct ChartDocument: Codable, Hashable, Sendable {
  /// The kind of chart.
  public let kind: String
  /// What it finds.
  public let title: String
  /// What a reader who does not see it is told.
  public let description: String
  /// Notes at the foot.
  public let notes: [String]
  /// The pictures.
  public let panels: [Panel]

  /// The figures of one picture.
  public struct Panel: Codable, Hashable, Sendable {
    /// What it is called; empty where the chart is one picture.
    public let title: String
    /// What its figures count: `pounds`, `per cent` or a name.
    public let unit: String
    /// Its rows, in the order of the chart.
    public let rows: [Row]
  }

  /// The figures of one period, step, area or interval.
  public struct Row: Codable, Hashable, Sendable {
    /// What they are of.
    public let label: String
    /// The figures, in the order of the chart.
    public let figures: [Figure]
  }

  /// A figure.
  public struct Figure: Codable, Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The figure.
    public let value: Double
    /// What it counts.
    public let unit: String
  }

  /// Writes out a chart.
  ///
  /// - Parameters:
  ///   - kind: what kind of chart it is, as programs name it.
  ///   - chart: the chart.
  public init(kind: String, _ chart: any TabulatedChart) {
    self.kind = kind
    title = chart.title
    description = chart.description
    notes = chart.notes
    panels = chart.table.panels.map { panel in
      Panel(
        title: panel.title, unit: panel.unit.plainName,
        rows: panel.rows.map { row in
          Row(
            label: row.label,
            figures: row.figures.map {
              Figure(name: $0.name, value: $0.value, unit: ($0.unit ?? panel.unit).plainName)
            })
        })
    }
  }
}
