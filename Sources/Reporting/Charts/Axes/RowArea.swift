/// Where a drawing in rows stands: names at the left, an axis of figures along the top, and room at both ends
/// for figures beside the marks.
struct RowArea {
  /// A row: its name in lines, and where it stands.
  struct Row {
    let lines: [String]
    let top: Double
    let bottom: Double
    var middle: Double { (top + bottom) / 2 }
  }

  let rows: [Row]
  let values: ValueScale
  let top: Double
  let bottom: Double
  private let bold: Set<Int>
  private let sheet: ClosedRange<Double>

  /// The least width of the drawing between the figures.
  private static let least = 60.0

  /// An area on a sheet, which takes its height.
  ///
  /// - Parameters:
  ///   - names: the names of the rows, from above.
  ///   - bold: the positions of the rows that are looked at.
  ///   - figureRoom: the width of the figures at the left and the right end of the marks.
  ///   - scale: makes the axis of figures from its left and its right place.
  init(
    on sheet: inout ChartSheet, names: [String], bold: Set<Int> = [],
    figureRoom: (left: Double, right: Double), scale: (_ left: Double, _ right: Double) -> ValueScale
  ) {
    self.bold = bold
    self.sheet = ChartSheet.margin...sheet.right
    let size = SVGElement.Weight.bold.measured(ChartSheet.letters)
    // Names take what they need of less than half of the room, and leave the drawing its own.
    let widest = names.map { WrappedText.width($0, size: size) }.max() ?? 0
    let free = sheet.room - 10 - figureRoom.left - figureRoom.right - Self.least
    let column = min(widest, sheet.room * (sheet.width < 520 ? 0.36 : 0.42), max(free, 20))
    let left = ChartSheet.margin + column + 10 + figureRoom.left
    values = scale(left, max(left + Self.least, sheet.right - figureRoom.right))
    top = sheet.take(40) + 40
    var y = top
    rows = names.map { name in
      let lines = WrappedText.lines(name, width: column, size: size, most: 6)
      let row = Row(lines: lines, top: y, bottom: y + max(26, Double(lines.count) * 15 + 10))
      y = row.bottom
      return row
    }
    bottom = y
    _ = sheet.take(y - top + 6)
  }

  /// The axis with its lines, its name and as many marks as have room, and the names of the rows.
  func axes() -> [String] {
    let name = WrappedText.line(values.figures.axisName, width: sheet.upperBound - sheet.lowerBound)
    var parts = [SVGElement.text(name, x: sheet.lowerBound, y: top - 24, colour: .faint)]
    for mark in values.marks {
      parts.append(
        SVGElement.line(
          from: (mark.place, top), to: (mark.place, bottom), colour: mark.isZero ? .faint : .grid))
    }
    for mark in values.marks(within: sheet) {
      parts.append(SVGElement.text(mark.text, x: mark.place, y: top - 6, anchor: .middle, colour: .faint))
    }
    for (index, row) in rows.enumerated() {
      let first = row.middle + 4 - Double(row.lines.count - 1) * 7.5
      for (line, text) in row.lines.enumerated() {
        parts.append(
          SVGElement.text(
            text, x: sheet.lowerBound, y: first + 15 * Double(line),
            weight: bold.contains(index) ? .bold : .normal))
      }
    }
    return parts
  }
}
