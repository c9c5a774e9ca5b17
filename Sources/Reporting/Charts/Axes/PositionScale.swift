/// Periods in order, as places along an axis from its one end to its other.
struct PositionScale {
  /// The labels, in order.
  let labels: [String]
  /// The place where the axis begins, in pixels.
  let start: Double
  /// The place where it ends.
  let end: Double

  init(_ labels: [String], from start: Double, to end: Double) {
    self.labels = labels
    self.start = start
    self.end = end
  }

  /// The distance from one position to the next.
  var step: Double { (end - start) / Double(max(1, labels.count - 1)) }

  /// The place of a position, counted from 0; halves lie between neighbours.
  func place(_ position: Double) -> Double {
    labels.count > 1 ? start + step * position : (start + end) / 2
  }

  /// The place of a position.
  func place(_ position: Int) -> Double { place(Double(position)) }

  /// The positions whose labels are written: all where there is room, otherwise every second, third … counted
  /// from the last, which is the one that a forecast is read for.
  var labelled: [Int] {
    let longest = labels.map { WrappedText.width($0, size: ChartSheet.letters) }.max() ?? 1
    let every = max(1, Int(((longest + 10) / max(step, 0.01)).rounded(.up)))
    return labels.indices.filter { (labels.count - 1 - $0).isMultiple(of: every) }
  }

  /// The labels that are written, each with the place of its middle: below its position, or beside that where
  /// the label would leave a range of the sheet.
  func written(within range: ClosedRange<Double>) -> [(place: Double, text: String)] {
    var written: [(place: Double, text: String)] = []
    var free = Double.infinity
    for position in labelled.reversed() {
      let text = WrappedText.line(labels[position], width: range.upperBound - range.lowerBound)
      let half = WrappedText.width(text, size: ChartSheet.letters) / 2
      let middle = max(min(place(position), range.upperBound - half), range.lowerBound + half)
      guard middle + half + 8 <= free else { continue }
      written.append((middle, text))
      free = middle - half
    }
    return written.reversed()
  }
}
