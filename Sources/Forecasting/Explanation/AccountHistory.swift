import RealModule
import TimeSeries

/// What the history of a series says.
struct AccountHistory {
  let sample: Sample
  let periods: PeriodNames
  let figures: FigureText

  /// Fewer changes before the last show nothing of what is usual.
  static let fewestEarlierChanges = 3

  var sentences: [String] {
    guard let first = sample.observed.first, let last = sample.observed.last, let end = sample.positions.last
    else { return ["There are no figures."] }
    guard sample.count > 1 else {
      return ["There is one figure: \(figures.figure(first)) for \(periods.name(at: 0))."] + flags
    }
    var sentences = [extent(end)]
    if sample.observed.allSatisfy({ $0 == first }) {
      return sentences + ["All figures are the same: \(figures.figure(first))."] + flags
    }
    sentences.append(range(first, last, end))
    sentences += growth(first, last, span: end)
    sentences += usualChange
    return sentences + flags
  }

  private func extent(_ end: Int) -> String {
    let missing = end + 1 - sample.count
    let gaps =
      missing == 0
      ? "with no gaps"
      : missing == 1
        ? "with one period between them that has no figure"
        : "with \(missing) periods between them that have no figure"
    let span = "from \(periods.name(at: 0)) to \(periods.name(at: end))"
    return "There are \(sample.count) figures, \(span), \(gaps)."
  }

  private func range(_ first: Double, _ last: Double, _ end: Int) -> String {
    var least = 0
    var greatest = 0
    for index in sample.observed.indices {
      if sample.observed[index] < sample.observed[least] { least = index }
      if sample.observed[index] > sample.observed[greatest] { greatest = index }
    }
    func dated(_ index: Int) -> String {
      "\(figures.figure(sample.observed[index])) (\(periods.name(at: sample.positions[index])))"
    }
    return "They went from \(figures.figure(first)) to \(figures.figure(last)); "
      + "the lowest was \(dated(least)) and the highest \(dated(greatest))."
  }

  /// The mean change: in per cent, compounded, of what is positive and no share; of shares in percentage points.
  private func growth(_ first: Double, _ last: Double, span: Int) -> [String] {
    // Less than a year is not stretched to one.
    let perYear = periodsPerYear.flatMap { Double(span) >= $0 ? $0 : nil }
    let unit = perYear == nil ? "from one period to the next" : "a year"
    let length = Double(span) / (perYear ?? 1)
    if first == last { return ["Over the whole time they neither rose nor fell."] }
    let verb = last > first ? "rose" : "fell"
    if sample.unit?.whole == nil, sample.observed.allSatisfy({ $0 > 0 }) {
      let rate = Double.expMinusOne((Double.log(last) - Double.log(first)) / length)
      guard rate.isFinite else {
        return ["Their mean change is left out: it is too large to be written."]
      }
      return ["On average they \(verb) by \(FigureText.percent(abs(rate))) \(unit)."]
    }
    return ["On average they \(verb) by \(figures.change(abs(last - first) / length)) \(unit)."]
  }

  private var periodsPerYear: Double? {
    switch sample.firstPeriod?.frequency {
    case .yearly: 1
    case .quarterly: 4
    case .monthly: 12
    case .weekly: 365.25 / 7
    case .daily: 365.25
    case .other, nil: nil
    }
  }

  private var usualChange: [String] {
    var changes: [Double] = []
    for index in sample.observed.indices.dropFirst()
    where sample.positions[index] == sample.positions[index - 1] + 1 {
      changes.append(sample.observed[index] - sample.observed[index - 1])
    }
    guard !changes.isEmpty else {
      return ["The usual change is left out: no two figures stand in neighbouring periods."]
    }
    let usual = figures.change(Middle.median(changes.map(abs)))
    var sentences = ["From one period to the next the usual change, up or down, was \(usual)."]
    let isLastKnown =
      sample.positions.count > 1
      && sample.positions[sample.count - 1] == sample.positions[sample.count - 2] + 1
    guard isLastKnown, let last = changes.last else {
      sentences.append(
        "Whether the last change was unusual is left out: the period before the last has no figure.")
      return sentences
    }
    let earlier = changes.dropLast()
    guard earlier.count >= Self.fewestEarlierChanges else {
      sentences.append("With so few changes nobody can say whether the last was unusual.")
      return sentences
    }
    let direction =
      last == 0
      ? "The last change was none"
      : "The last change was \(figures.difference(abs(last))) \(last > 0 ? "up" : "down")"
    let asLarge = earlier.count { abs($0) >= abs(last) }
    sentences.append(
      asLarge == 0
        ? "\(direction), larger than each of the \(earlier.count) before it: it was unusual."
        : "\(direction); of the \(earlier.count) before it \(asLarge) \(asLarge == 1 ? "was" : "were") at least as "
          + "large, so it was not unusual.")
    return sentences
  }

  private var flags: [String] {
    var sentences: [String] = []
    if !sample.breaks.isEmpty {
      sentences.append(
        "A break is flagged at \(periods.list(sample.breaks)): what is measured, or how it is reported, changed, and the "
          + "figures before and after are not like for like.")
    }
    if !sample.provisional.isEmpty {
      let isOne = sample.provisional.count == 1
      sentences.append(
        "The \(isOne ? "figure" : "figures") for \(periods.list(sample.provisional)) \(isOne ? "is" : "are") provisional "
          + "and may be revised.")
    }
    if !sample.estimated.isEmpty {
      let isOne = sample.estimated.count == 1
      sentences.append(
        "The \(isOne ? "figure" : "figures") for \(periods.list(sample.estimated)) \(isOne ? "is" : "are") estimated by "
          + "the publisher, who does not say how closely: the forecast takes \(isOne ? "it" : "them") as published, and "
          + "its range makes no allowance for the estimate.")
    }
    return sentences + coarse
  }

  /// What is known of figures within bounds.
  private var coarse: [String] {
    guard let coarse = sample.coarse else { return [] }
    let hidden = coarse.figures.filter { !$0.hasValue }
    let rounded = coarse.figures.count - hidden.count
    var sentences: [String] = []
    if !hidden.isEmpty {
      let isOne = hidden.count == 1
      sentences.append(
        "The \(isOne ? "figure" : "figures") for \(periods.list(hidden.map(\.position))) \(isOne ? "is" : "are") known only "
          + "within bounds, and \(isOne ? "is" : "are") not counted here.")
    }
    if rounded > 0 {
      sentences.append(
        "\(rounded == sample.count ? "All figures are" : "Of the figures \(rounded) \(rounded == 1 ? "is" : "are")") rounded"
          + (sample.needsImputation ? "." : ", too finely to matter beside how the series moves."))
    }
    return sentences
  }
}
