/// Where the lines of a slope chart run: figures at the left, figures and names at the right.
struct SlopeArea {
  private let left: Double
  private let right: Double
  private let top: Double
  private let bottom: Double
  private let column: Double
  private let values: ValueScale

  private static let bold = SVGElement.Weight.bold.measured(ChartSheet.letters)
  private static let leader = 22.0

  /// An area on a sheet, which takes its height.
  init(on sheet: inout ChartSheet, rows: [DumbbellChart.Row], figures: FigureText) {
    let all = rows.flatMap { [$0.from, $0.to].compactMap { $0 } }
    let figure = all.map { WrappedText.width(figures.text($0), size: Self.bold) }.max() ?? 0
    let widest =
      rows.map { WrappedText.width("\(figures.text($0.to ?? 0)) \($0.name)", size: Self.bold) }.max() ?? 0
    // Names take what they need of about half of the room, and leave the lines their own.
    let free = sheet.room - figure - 2 * Self.leader - 60
    column = min(widest, sheet.room * (sheet.width < 520 ? 0.5 : 0.42), free)
    left = ChartSheet.margin + figure + Self.leader
    right = sheet.right - column - Self.leader
    let height = max(220, Double(rows.count) * 19)
    top = sheet.take(height + 40) + 28
    bottom = top + height
    values = ValueScale(spanning: all, figures, includesZero: false, from: bottom, to: top)
  }

  /// The two times, each with its line.
  func axes(_ fromName: String, _ toName: String) -> [String] {
    // As wide as leaves a space between the two, and keeps the first on the sheet.
    let room = min(right - left - 8, 2 * (left - ChartSheet.margin))
    return [(fromName, left), (toName, right)].flatMap { name, x in
      [
        SVGElement.text(
          WrappedText.line(name, width: room, size: Self.bold), x: x, y: top - 12, anchor: .middle,
          weight: .bold),
        SVGElement.line(from: (x, top - 4), to: (x, bottom), colour: .grid),
      ]
    }
  }

  /// The line of an area from the one time to the other.
  func line(of row: DumbbellChart.Row) -> [String] {
    let colour: ChartColour = row.isFocus ? .first : .muted
    let from = (x: left, y: values.place(row.from ?? 0))
    let to = (x: right, y: values.place(row.to ?? 0))
    return [SVGElement.line(from: from, to: to, colour: colour, width: row.isFocus ? 3 : 1.5)]
      + [from, to].map { SVGElement.dot(x: $0.x, y: $0.y, radius: row.isFocus ? 4.5 : 3, colour: colour) }
  }

  /// The figures of the first time, equal ones written once.
  func figuresAtLeft(_ rows: [DumbbellChart.Row]) -> [String] {
    var labels: [(text: String, value: Double, isFocus: Bool)] = []
    for row in rows.filter(\.isFocus) + rows.filter({ !$0.isFocus }) {
      let text = values.figures.text(row.from ?? 0)
      if !labels.contains(where: { $0.text == text }) { labels.append((text, row.from ?? 0, row.isFocus)) }
    }
    return write(labels, x: left, towards: -1)
  }

  /// The figures of the second time, each with the name of its area.
  func namesAtRight(_ rows: [DumbbellChart.Row]) -> [String] {
    write(
      rows.map { row in
        let text = "\(values.figures.text(row.to ?? 0)) \(row.name)"
        return (WrappedText.line(text, width: column, size: Self.bold), row.to ?? 0, row.isFocus)
      }, x: right, towards: 1)
  }

  /// Labels kept apart, each led to its dot by a thin line.
  private func write(
    _ labels: [(text: String, value: Double, isFocus: Bool)], x: Double, towards side: Double
  ) -> [String] {
    let ordered = labels.enumerated().sorted {
      (values.place($0.element.value), $0.offset) < (values.place($1.element.value), $1.offset)
    }.map(\.element)
    let places = LabelPlacement.apart(ordered.map { values.place($0.value) }, by: 15, within: top...bottom)
    return zip(ordered, places).flatMap { label, y in
      [
        SVGElement.line(
          from: (x + 5 * side, values.place(label.value)), to: (x + (Self.leader - 4) * side, y),
          colour: .muted),
        SVGElement.text(
          label.text, x: x + Self.leader * side, y: y + 4, anchor: side < 0 ? .end : .start,
          weight: label.isFocus ? .bold : .normal),
      ]
    }
  }
}
