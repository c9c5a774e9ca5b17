/// Figures as places along an axis, with round numbers that mark it.
struct ValueScale {
  /// The marks, in units of the axis.
  let ticks: AxisTicks
  /// How figures are written.
  let figures: FigureText
  /// The place of the least mark, in pixels.
  let start: Double
  /// The place of the greatest.
  let end: Double

  /// An axis between two places that spans some figures.
  ///
  /// - Parameters:
  ///   - values: the figures.
  ///   - includesZero: whether the axis reaches nothing, which lengths have to be measured from.
  ///   - isWhole: whether a share's axis shows the whole, from nothing to 100 per cent.
  ///   - count: about how many steps there are between marks.
  init(
    spanning values: [Double], _ figures: FigureText, includesZero: Bool, isWhole: Bool = false,
    from start: Double, to end: Double, about count: Int = 5
  ) {
    self.figures = figures
    self.start = start
    self.end = end
    var low = (values.min() ?? 0) / figures.divisor
    var high = (values.max() ?? 1) / figures.divisor
    if includesZero || isWhole { (low, high) = (min(0, low), max(0, high)) }
    if isWhole { high = max(high, 100) }
    ticks = AxisTicks(spanning: low, high, about: count)
  }

  /// The marks and their texts.
  var marks: [(place: Double, text: String, isZero: Bool)] {
    ticks.values.map { (place($0 * figures.divisor), figures.tick($0, decimals: ticks.decimals), $0 == 0) }
  }

  /// The marks of an axis that lies flat whose texts stand within a range without touching each other.
  func marks(within range: ClosedRange<Double>) -> [(place: Double, text: String)] {
    var free = range.lowerBound
    return marks.compactMap { mark in
      let half = WrappedText.width(mark.text, size: ChartSheet.letters) / 2
      guard mark.place - half >= free, mark.place + half <= range.upperBound else { return nil }
      free = mark.place + half + 8
      return (mark.place, mark.text)
    }
  }

  /// The width of the widest text of a mark.
  var markWidth: Double { marks.map { WrappedText.width($0.text, size: ChartSheet.letters) }.max() ?? 0 }

  /// The place of a figure, in pixels; figures beyond the axis stand at its ends.
  func place(_ figure: Double) -> Double {
    guard let low = ticks.values.first, let high = ticks.values.last, high > low else { return start }
    let share = min(max((figure / figures.divisor - low) / (high - low), 0), 1)
    return start + (end - start) * share
  }
}

extension ValueScale {
  /// Whether figures are better measured from nothing: all are of one sign, and the nearest to nothing lies
  /// within half of the farthest, so that an axis from nothing does not squeeze them.
  static func reachesZero(_ figures: [Double]) -> Bool {
    guard let least = figures.min(), let greatest = figures.max() else { return true }
    if least >= 0 { return least <= greatest / 2 }
    if greatest <= 0 { return greatest >= least / 2 }
    return true
  }
}
