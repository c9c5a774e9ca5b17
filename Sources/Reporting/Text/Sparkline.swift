/// The course of some figures in one line of blocks, for a place beside its first and its last figure.
///
/// The lowest figure is the lowest block and the highest the highest: a line shows the shape of a course, and the figures
/// beside it show its size. A figure that is missing leaves a gap. A stroke stands before the first that is not published; where none is, it stands at the start.
struct Sparkline: Hashable, Sendable {
  /// The blocks, from low to high.
  static let blocks: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
  /// What stands between what is published and what is forecast.
  static let divider: Character = "│"

  /// The figures; nil for one that is missing.
  let values: [Double?]
  /// The position of the first figure that is forecast; nil where none is.
  let firstForecast: Int?

  /// Describes a line; what is not finite is missing.
  init(_ values: [Double?], firstForecast: Int? = nil) {
    self.values = values.map { $0.flatMap { $0.isFinite ? $0 : nil } }
    self.firstForecast = firstForecast
  }

  /// Whether there are figures enough for a course.
  var isWorthDrawing: Bool { values.compactMap(\.self).count > 1 }

  /// The line: a block for each figure, and a stroke.
  var text: String {
    let known = values.compactMap(\.self)
    guard let low = known.min(), let high = known.max() else { return "" }
    var text = ""
    for (position, value) in values.enumerated() {
      if position == firstForecast { text.append(Self.divider) }
      guard let value else {
        text.append(" ")
        continue
      }
      // Halves: the distance between two huge figures may be more than a number can hold.
      let share = high > low ? (value / 2 - low / 2) / (high / 2 - low / 2) : 0.5
      let level = min(Self.blocks.count - 1, max(0, Int((share * Double(Self.blocks.count - 1)).rounded())))
      text.append(Self.blocks[level])
    }
    return text
  }
}

/// Lines of courses under one another, each between its first and its last figure.
struct SparklineTable {
  /// A course with its name and how its figures are written.
  struct Row {
    let name: String
    let line: Sparkline
    let cell: (Double) -> String
    /// The tone of its figures, where their text tells one.
    let tone: (@Sendable (String) -> TextStyle.Tone?)?

    init(
      _ name: String, _ line: Sparkline, tone: (@Sendable (String) -> TextStyle.Tone?)? = nil,
      cell: @escaping (Double) -> String
    ) {
      self.name = name
      self.line = line
      self.tone = tone
      self.cell = cell
    }
  }

  /// What the first and the last period are called, for every position.
  let labels: [String]
  let rows: [Row]

  /// The lines, with a heading of the first and the last period; none where no course can be drawn.
  func lines(_ title: String, indent: Int = 0, width: Int, style: TextStyle = .plain) -> [String] {
    let drawn = rows.filter { $0.line.isWorthDrawing && $0.line.values.count == labels.count }
    guard !drawn.isEmpty, let first = labels.first, let last = labels.last else { return [] }
    let room = width - indent
    // Names and figures come first; of a longer course the latest part is shown, and its own first figure.
    let beside = (drawn.map { DisplayText.width(of: $0.name) }.max() ?? 0, 2 * longest(drawn) + 8)
    let places = max(8, room - min(beside.0, room / 3) - beside.1)
    let shown = min(labels.count, places)
    if shown < labels.count {
      let cut = labels.count - shown
      return SparklineTable(
        labels: Array(labels[cut...]),
        rows: drawn.map { row in
          Row(
            row.name,
            Sparkline(
              Array(row.line.values[cut...]),
              firstForecast: row.line.firstForecast.map { max(0, $0 - cut) }),
            tone: row.tone, cell: row.cell)
        }
      ).lines(title, indent: indent, width: width, style: style)
    }
    var grid = TextGrid(
      [
        .init(title, alignment: .left), .init(first, tone: tone(drawn)),
        .init("", alignment: .left, isBeside: true, wraps: false),
        .init(last, isBeside: true, tone: tone(drawn)),
      ])
    for row in drawn {
      let ends = ends(of: row)
      grid.add([row.name, ends.first, row.line.text, ends.last])
    }
    return grid.lines(indent: indent, width: width, style: style)
  }

  private func tone(_ rows: [Row]) -> (@Sendable (String) -> TextStyle.Tone?)? {
    rows.lazy.compactMap(\.tone).first
  }

  private func longest(_ rows: [Row]) -> Int {
    rows.map { row in
      let ends = ends(of: row)
      return max(DisplayText.width(of: ends.first), DisplayText.width(of: ends.last))
    }.max() ?? 0
  }

  /// The first and the last figure; with its period, where that is not the first or the last of the table.
  private func ends(of row: Row) -> (first: String, last: String) {
    func text(_ position: Int?, _ expected: Int) -> String {
      guard let position, let value = row.line.values[position] else { return "" }
      return position == expected ? row.cell(value) : "\(labels[position]): \(row.cell(value))"
    }
    return (
      text(row.line.values.firstIndex { $0 != nil }, 0),
      text(row.line.values.lastIndex { $0 != nil }, row.line.values.count - 1)
    )
  }
}
