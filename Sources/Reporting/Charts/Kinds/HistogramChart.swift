import RealModule

/// How often each amount comes out of many simulated futures, the part beyond a threshold shaded: the chance
/// of a deficit.
public struct HistogramChart: Chart, Hashable {
  /// A side of the threshold.
  public enum Side: Hashable, Sendable {
    /// What lies below it is shaded.
    case below
    /// What lies above it.
    case above
  }

  /// An interval of amounts and the share of futures in it.
  public struct Bin: Hashable, Sendable {
    /// Where the interval begins; the amount itself lies in it where the shaded side lies below the
    /// threshold.
    public let lower: Double
    /// Where it ends; the amount itself lies in it where the shaded side lies above.
    public let upper: Double
    /// The share of all futures in it, 0 to 1.
    public let share: Double

    /// An interval of amounts and the share of futures in it.
    public init(lower: Double, upper: Double, share: Double) {
      self.lower = lower
      self.upper = upper
      self.share = share
    }
  }

  /// What the chart finds.
  public let title: String
  /// What the chart shows.
  public let subtitle: String
  /// What the amounts count.
  public let unit: ChartUnit
  /// The intervals, in ascending order without gaps, one edge at the threshold where it lies among them.
  public let bins: [Bin]
  /// The amount at which the shading begins.
  public let threshold: Double
  /// Which side of it is shaded.
  public let side: Side
  /// What the shaded side is called: `deficit`.
  public let sideName: String
  /// The share of futures on the shaded side.
  public let shareBeyond: Double
  /// Notes at the foot.
  public let notes: [String]
  /// What the ids of the document begin with.
  public let identifier: String

  /// A histogram of simulated amounts. Amounts of one in two hundred futures at either end are left out of
  /// the drawing, and counted in a note; the share beyond the threshold is of all.
  ///
  /// - Throws: ``ReportingError/emptyChart(_:)`` with fewer than 20 amounts, or when one of them or the
  ///   threshold is no number or beyond 1e300.
  public init(
    title: String, subtitle: String = "", unit: ChartUnit, amounts: [Double], threshold: Double, side: Side,
    sideName: String, notes: [String] = [], identifier: String = "histogram"
  ) throws(ReportingError) {
    guard amounts.count >= 20, threshold.isDrawable, amounts.allSatisfy(\.isDrawable) else {
      throw .emptyChart(title)
    }
    let sorted = amounts.sorted()
    // How many amounts lie before an edge. An amount at the threshold itself is not beyond it, on either
    // side, and bars take in their edges accordingly.
    func before(_ edge: Double) -> Int {
      sorted.partitioningIndex { side == .below ? $0 >= edge : $0 > edge }
    }
    let edges = Self.edges(sorted, at: threshold)
    let counts = zip(edges, edges.dropFirst()).map { before($1) - before($0) }
    let outside = sorted.count - counts.reduce(0, +)
    let beyond = side == .below ? before(threshold) : sorted.count - before(threshold)
    self.title = title
    self.subtitle = subtitle
    self.unit = unit
    bins = zip(zip(edges, edges.dropFirst()), counts).map { ends, count in
      Bin(lower: ends.0, upper: ends.1, share: Double(count) / Double(sorted.count))
    }
    self.threshold = threshold
    self.side = side
    self.sideName = sideName
    shareBeyond = Double(beyond) / Double(sorted.count)
    self.notes =
      notes
      + (outside > 0
        ? [
          "\(NumberText.whole(outside)) of \(NumberText.whole(sorted.count)) futures lie outside the drawing."
        ]
        : [])
    self.identifier = identifier
  }

  /// The edges of the bars, at whole widths from the threshold where it lies among the amounts, so that no
  /// bar is half shaded.
  private static func edges(_ sorted: [Double], at threshold: Double) -> [Double] {
    let cut = sorted.count / 200
    let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
    let quartiles = (sorted[sorted.count / 4], sorted[sorted.count * 3 / 4])
    let width = width(low, high, quartiles: quartiles, sorted.count)
    let isAmong = low - width <= threshold && threshold <= high + width
    let origin = isAmong ? threshold : (low / width).rounded(.down) * width
    // A bar more where an amount lies at an edge, which belongs to the one or the other by the side that is
    // shaded.
    let first = ((low - origin) / width - 0.01).rounded(.down)
    let last = ((high - origin) / width + 0.01).rounded(.up)
    return stride(from: first, through: max(last, first + 1), by: 1).map { origin + $0 * width }
  }

  /// A round width by the rule of Freedman and Diaconis (1981), kept between 12 and 60 bars.
  private static func width(
    _ low: Double, _ high: Double, quartiles: (Double, Double), _ count: Int
  ) -> Double {
    let span = high - low
    // A width that the amounts are too great to be counted in would be no width.
    let least = max(low.magnitude, high.magnitude) * 1e-9
    guard span > least else { return max(high.magnitude / 10, 1) }
    let rule = 2 * (quartiles.1 - quartiles.0) / .root(Double(count), 3)
    let bars = rule > 0 ? min(max(span / rule, 12), 60) : 30
    let ticks = AxisTicks(spanning: 0, span, about: Int(bars)).values
    return ticks.count > 1 ? ticks[1] - ticks[0] : span
  }

  private var figures: FigureText { FigureText(unit, showing: bins.flatMap { [$0.lower, $0.upper] }) }
  private var percent: String {
    // What was only counted is never certain, or ruled out.
    if shareBeyond < 0.01 { return "<1%" }
    if shareBeyond > 0.99 { return ">99%" }
    return NumberText.fixed(shareBeyond * 100, decimals: 0) + "%"
  }

  /// What a reader who does not see the chart is told: the share beyond the threshold.
  public var description: String {
    let figures = figures
    let body =
      "\(percent) of the futures lie \(side == .below ? "below" : "above") \(figures.text(threshold))"
      + (sideName.isEmpty ? "." : ": \(sideName).")
    return Self.told([subtitle, body, figures.unitNote] + notes)
  }

  /// The chart as an SVG document with a line feed at the end.
  public func svg(width: Double) -> String {
    let figures = figures
    var sheet = ChartSheet(width: width)
    sheet.head(title, subtitle)
    let height = min(max(sheet.width * 0.3, 160), 280)
    let top = sheet.take(height + 24 + 44) + 24
    let bottom = top + height
    let (left, right) = (ChartSheet.margin + 10, sheet.right - 10)
    let values = ValueScale(
      spanning: bins.flatMap { [$0.lower, $0.upper] } + [threshold], figures, includesZero: false, from: left,
      to: right, about: sheet.width < 520 ? 4 : 7)
    let tallest = bins.map(\.share).max() ?? 1
    for bin in bins where bin.share > 0 {
      let isBeyond = side == .below ? bin.upper <= threshold : bin.lower >= threshold
      sheet.draw(
        SVGElement.rectangle(
          from: (values.place(bin.lower) + 0.5, bottom - height * bin.share / tallest),
          to: (values.place(bin.upper) - 0.5, bottom), colour: isBeyond ? .fourth : .first))
    }
    sheet.draw(SVGElement.line(from: (left, bottom), to: (right, bottom), colour: .faint))
    for mark in values.marks(within: 4...(sheet.width - 4)) {
      sheet.draw(SVGElement.line(from: (mark.place, bottom), to: (mark.place, bottom + 5), colour: .faint))
      sheet.draw(SVGElement.text(mark.text, x: mark.place, y: bottom + 20, anchor: .middle, colour: .faint))
    }
    let axisName = WrappedText.line(figures.axisName, width: right - left)
    sheet.draw(SVGElement.text(axisName, x: left, y: bottom + 38, colour: .faint))
    let x = values.place(threshold)
    sheet.draw(SVGElement.line(from: (x, top - 4), to: (x, bottom), colour: .ink, width: 1.5, dashes: "4 3"))
    sheet.draw(label(at: (x, top - 8), within: left...right))
    sheet.note(
      [
        "Orange, \(side == .below ? "left" : "right") of the line of dashes at \(figures.text(threshold)): "
          + (sideName.isEmpty ? "the futures counted." : "the futures counted as \(sideName)."),
        "The height of a bar is the share of futures in it.",
      ] + notes)
    return sheet.document(identifier: identifier, title: title, description: description)
  }

  /// How many futures lie beyond the threshold: on the shaded side of it, unless there is less room for the
  /// words than they take, and more on the other.
  private func label(at place: SVGElement.Place, within range: ClosedRange<Double>) -> String {
    let size = SVGElement.Weight.bold.measured(ChartSheet.letters)
    let text = sideName.isEmpty ? percent : "\(percent) \(sideName)"
    let (before, after) = (place.x - range.lowerBound - 6, range.upperBound - place.x - 6)
    let isEnough = WrappedText.width(text, size: size) <= (side == .below ? before : after)
    let isBefore = isEnough ? side == .below : before > after
    return SVGElement.text(
      WrappedText.line(text, width: max(before, after), size: size), x: place.x + (isBefore ? -6 : 6),
      y: place.y, anchor: isBefore ? .end : .start, weight: .bold)
  }
}

extension [Double] {
  /// The first position whose element meets a condition that all later ones meet too.
  fileprivate func partitioningIndex(where meets: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if meets(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
