/// Parts of a whole by period, one on top of the other: the plans of each age, the children of each
/// placement.
public struct StackedAreaChart: Chart, Hashable {
  /// A part by period.
  public struct Layer: Hashable, Sendable {
    /// The part.
    public let name: String
    /// Its figures, one for each period, none below nothing.
    public let values: [Double]

    /// A part by period.
    public init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What the chart finds.
  public let title: String
  /// What the chart shows.
  public let subtitle: String
  /// What the figures count.
  public let unit: ChartUnit
  /// The periods, in order.
  public let labels: [String]
  /// The parts, from below; at most six, the last being all others where there were more.
  public let layers: [Layer]
  /// The position of the first period that is forecast; nil where none is.
  public let forecastStart: Int?
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// A chart of parts. Beyond six, the smallest in the last period become one part, `all others`, whose names
  /// a note lists.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` without parts or periods, when a part has another number of
  ///   figures than there are periods, or a figure is no number, below nothing or beyond 1e300.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, labels: [String], layers: [Layer],
    forecastStart: Int? = nil, notes: [String] = [], identifier: String = "layers"
  ) throws(ReportingError) {
    guard !labels.isEmpty, !layers.isEmpty,
      layers.allSatisfy({
        $0.values.count == labels.count && $0.values.allSatisfy { $0.isDrawable && $0 >= 0 }
      })
    else { throw .emptyChart(title) }
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    self.labels = labels
    self.forecastStart = forecastStart.flatMap { labels.indices.contains($0) ? $0 : nil }
    self.identifier = identifier
    let most = ChartColour.categories.count
    guard layers.count > most else {
      self.layers = layers
      self.notes = notes
      return
    }
    let ranked = layers.indices.sorted {
      (-(layers[$0].values.last ?? 0), $0) < (-(layers[$1].values.last ?? 0), $1)
    }
    let kept = Set(ranked.prefix(most - 1))
    let others = layers.indices.filter { !kept.contains($0) }.map { layers[$0] }
    let sums = labels.indices.map { index in others.reduce(0) { $0 + $1.values[index] } }
    self.layers = layers.indices.filter(kept.contains).map { layers[$0] } + [Layer("all others", sums)]
    self.notes = notes + ["All others: \(others.map(\.name).joined(separator: ", "))."]
  }

  /// The upper edge of every layer by period.
  private var edges: [[Double]] {
    var edges: [[Double]] = []
    var below = labels.map { _ in 0.0 }
    for layer in layers {
      below = zip(below, layer.values).map { $0 + $1 }
      edges.append(below)
    }
    return edges
  }

  private var figures: FigureText { FigureText(unit, showing: edges.last ?? []) }

  /// What a reader who does not see the chart is told: each part and the whole, first and last.
  public var description: String {
    let figures = figures
    let lines = layers.map { layer in
      "\(layer.name) from \(figures.text(layer.values.first ?? 0)) to \(figures.text(layer.values.last ?? 0))"
    }
    let total = edges.last ?? []
    let body =
      "From \(labels.first ?? "") to \(labels.last ?? ""): \(lines.joined(separator: "; ")). "
      + "All together from \(figures.text(total.first ?? 0)) to \(figures.text(total.last ?? 0))."
    return Self.told([subtitle, body, figures.unitNote] + notes)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    let (figures, edges) = (figures, edges)
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let named = endTexts(figures, width: sheet.room * 0.42 - Self.square)
    // Names that do not fit beside the areas stand beneath them in full, and the figures alone beside them.
    let texts = named ?? layers.map { figures.text($0.values.last ?? 0) }
    let column = Self.square + (texts.map { WrappedText.width($0, size: ChartSheet.letters) }.max() ?? 0)
    let area = PlotArea(on: &sheet, labels: labels, labelWidth: column) { bottom, top in
      ValueScale(spanning: edges.last ?? [], figures, includesZero: true, from: bottom, to: top)
    }
    var below = labels.map { _ in 0.0 }
    var areas: [String?] = []
    for (index, edge) in edges.enumerated() {
      let upper = edge.enumerated().map { area.place($0.offset, $0.element) }
      let lower = below.enumerated().reversed().map { area.place($0.offset, $0.element) }
      let colour = ChartColour.categories[index]
      areas.append(
        labels.count > 1
          ? SVGElement.polygon(upper + lower, colour: colour)
          : SVGElement.rectangle(
            from: (area.left + 10, upper[0].y), to: (area.right - 10, lower[0].y), colour: colour))
      // A line of paper parts neighbours, whatever their shades look like in print.
      areas.append(SVGElement.polyline(upper, colour: .paper, width: 1.5))
      below = edge
    }
    sheet.draw(area.axes())
    areas.forEach { sheet.draw($0) }
    if let forecastStart { sheet.draw(area.beginning(of: forecastStart)) }
    // From above, as the layers lie, each beside its middle.
    let middles = layers.indices.map { index in
      ((index > 0 ? edges[index - 1].last ?? 0 : 0) + (edges[index].last ?? 0)) / 2
    }
    let order = Array(layers.indices.reversed())
    let places = LabelPlacement.apart(
      order.map { area.values.place(middles[$0]) }, by: 16, within: area.top...area.bottom)
    for (index, y) in zip(order, places) {
      let x = area.right + 8
      sheet.draw(
        SVGElement.rectangle(from: (x, y - 5), to: (x + 9, y + 4), colour: ChartColour.categories[index]))
      sheet.draw(SVGElement.text(texts[index], x: x + Self.square, y: y + 4))
    }
    if named == nil { key(on: &sheet) }
    sheet.note(notes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }

  /// The room of the square of a layer's colour before its label.
  private static let square = 14.0

  /// The labels at the right, each a name and the last figure; nil where one of them does not fit.
  private func endTexts(_ figures: FigureText, width: Double) -> [String]? {
    let texts = layers.map { "\($0.name), \(figures.text($0.values.last ?? 0))" }
    return texts.allSatisfy { WrappedText.width($0, size: ChartSheet.letters) <= width } ? texts : nil
  }

  /// The layers by name, from above as they lie, each behind the square of its colour.
  private func key(on sheet: inout ChartSheet) {
    for (index, layer) in layers.enumerated().reversed() {
      let lines = WrappedText.lines(
        layer.name, width: sheet.room - Self.square, size: ChartSheet.letters, most: 3)
      let top = sheet.take(Double(max(1, lines.count)) * 16)
      sheet.draw(
        SVGElement.rectangle(
          from: (ChartSheet.margin, top + 3), to: (ChartSheet.margin + 9, top + 12),
          colour: ChartColour.categories[index]))
      for (line, text) in lines.enumerated() {
        sheet.draw(
          SVGElement.text(text, x: ChartSheet.margin + Self.square, y: top + 12 + 16 * Double(line)))
      }
    }
  }
}
