/// Where a drawing with an upright axis of figures stands: room for the axis at its left, for labels of lines
/// at its right and for periods below.
struct PlotArea {
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double
  let values: ValueScale
  let positions: PositionScale
  private let sheet: ClosedRange<Double>

  /// An area on a sheet, which takes its height.
  ///
  /// - Parameters:
  ///   - labels: the periods along the axis.
  ///   - height: the height of the drawing without axes; a share of the width unless given.
  ///   - labelWidth: the width of what stands at the right.
  ///   - scale: makes the axis of figures from its lower and its upper place.
  init(
    on sheet: inout ChartSheet, labels: [String], height: Double? = nil, labelWidth: Double = 0,
    scale: (_ bottom: Double, _ top: Double) -> ValueScale
  ) {
    let height = height ?? min(max(sheet.width * 0.36, 190), 340)
    // Above stand the name of the axis, and between it and the drawing what is published and what is
    // forecast.
    let top = sheet.take(height + 30 + 28) + 30
    let values = scale(top + height, top)
    left = ChartSheet.margin + values.markWidth + 8
    right = max(left + 60, sheet.right - (labelWidth > 0 ? labelWidth + 10 : 0))
    self.top = top
    bottom = top + height
    self.sheet = ChartSheet.margin...sheet.right
    self.values = values
    let inset = min(12, (right - left) / 20)
    positions = PositionScale(labels, from: left + inset, to: right - (labelWidth > 0 ? 0 : inset))
  }

  /// An area whose edges are given, for lines from edge to edge.
  init(left: Double, right: Double, top: Double, bottom: Double, values: ValueScale, labels: [String]) {
    self.left = left
    self.right = max(left + 30, right)
    self.top = top
    self.bottom = bottom
    self.values = values
    sheet = left...self.right
    positions = PositionScale(labels, from: left, to: self.right)
  }

  /// The place of a figure at a position.
  func place(_ position: Int, _ figure: Double) -> SVGElement.Place {
    (positions.place(position), values.place(figure))
  }

  /// The axes: the name of the figures, their marks with lines across, and the periods.
  func axes() -> [String] {
    let name = WrappedText.line(values.figures.axisName, width: sheet.upperBound - sheet.lowerBound)
    var parts = [SVGElement.text(name, x: sheet.lowerBound, y: top - 18, colour: .faint)]
    for mark in values.marks {
      parts.append(SVGElement.line(from: (left, mark.place), to: (right, mark.place), colour: .grid))
      parts.append(SVGElement.text(mark.text, x: left - 8, y: mark.place + 4, anchor: .end, colour: .faint))
    }
    for label in positions.written(within: sheet) {
      parts.append(
        SVGElement.text(label.text, x: label.place, y: bottom + 20, anchor: .middle, colour: .faint))
    }
    return parts
  }

  /// The upright line where a forecast begins, with what lies on either side of it where there is room for
  /// the word: where there is less, the line and how the figures are drawn say enough.
  func beginning(of first: Int) -> [String] {
    let x = first <= 0 ? left : positions.place(Double(first) - 0.5)
    func fits(_ word: String, _ room: Double) -> Bool {
      WrappedText.width(word, size: ChartSheet.letters) + 5 <= room
    }
    // Paper beneath the dashes, so that they show on areas of any shade.
    var parts = [
      SVGElement.line(from: (x, top), to: (x, bottom), colour: .paper, width: 3),
      SVGElement.line(from: (x, top - 4), to: (x, bottom), colour: .ink, dashes: "3 3"),
    ]
    if fits("forecast", right - x) {
      parts.append(SVGElement.text("forecast", x: x + 5, y: top - 3, colour: .faint))
    }
    if fits("published", x - left) {
      parts.append(SVGElement.text("published", x: x - 5, y: top - 3, anchor: .end, colour: .faint))
    }
    return parts
  }

  /// The line of nothing, drawn over bands so that a reader sees how much of them lies below it.
  func zeroLine() -> String? {
    guard let zero = values.marks.first(where: \.isZero) else { return nil }
    return SVGElement.line(from: (left, zero.place), to: (right, zero.place), colour: .faint)
  }
}
