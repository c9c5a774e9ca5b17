import TimeSeries

/// Which of several figures for one period stands in a series: the last that was published.
///
/// A publisher prints a period again when it revises it. A later day of publication wins; on one day, or without days, a
/// revised or final figure wins over one that is neither, and that over a provisional one. Figures that say the same
/// are one. Two figures that differ and do not say which is later are a problem, and neither is taken.
struct VintageChoice {
  /// The figures, one to a period, in the order of the periods.
  private(set) var figures: [PublishedFigure] = []
  /// Those that were replaced by a later one.
  private(set) var superseded = 0
  /// Those that said what another had said.
  private(set) var repeated = 0
  /// Pairs that contradict each other.
  private(set) var conflicts: [(first: PublishedFigure, second: PublishedFigure)] = []

  /// Chooses among the figures of a series.
  init(_ all: [PublishedFigure]) {
    let isSimple = zip(all, all.dropFirst()).allSatisfy { $0.period < $1.period }
    if isSimple {
      figures = all
      return
    }
    // A stable sort: figures of one period stay in the order of the file.
    let sorted = all.enumerated().sorted {
      $0.element.period == $1.element.period
        ? $0.offset < $1.offset : $0.element.period < $1.element.period
    }
    var start = sorted.startIndex
    while start < sorted.endIndex {
      let end =
        sorted[start...].firstIndex { $0.element.period != sorted[start].element.period } ?? sorted.endIndex
      choose(sorted[start..<end].map(\.element))
      start = end
    }
  }

  private mutating func choose(_ candidates: [PublishedFigure]) {
    guard var best = candidates.first else { return }
    var contradicts = false
    for next in candidates.dropFirst() {
      if Self.isSame(best, next) {
        repeated += 1
        if Self.rank(next) > Self.rank(best) { best = next }
      } else if Self.rank(next) == Self.rank(best) {
        if best.observation.value == nil, next.observation.value != nil {
          // A gap beside a value is no contradiction: the value is what is known.
          best = next
          superseded += 1
        } else if next.observation.value == nil {
          superseded += 1
        } else {
          conflicts.append((best, next))
          contradicts = true
        }
      } else {
        superseded += 1
        if Self.rank(next) > Self.rank(best) {
          best = next
          contradicts = false
        }
      }
    }
    if !contradicts { figures.append(best) }
  }

  /// What to say of two figures that contradict each other.
  static func problem(
    _ first: PublishedFigure, _ second: PublishedFigure, of key: PublishedSeriesKey, area: String,
    file: String
  ) -> Problem {
    Problem(
      file: file, row: second.row,
      message: """
        \(key.measure) of \(area.isEmpty ? "the file" : area) for \(second.period) is \(second.observation), and \
        \(first.observation) in row \(first.row); neither says which is later, so neither is taken: remove one, or \
        give the days on which they were published
        """)
  }

  private static func isSame(_ left: PublishedFigure, _ right: PublishedFigure) -> Bool {
    left.observation == right.observation && left.numerator == right.numerator
      && left.denominator == right.denominator
  }

  /// Later is greater: the day, then how final the figure is.
  private static func rank(_ figure: PublishedFigure) -> Rank {
    Rank(
      day: figure.publication?.date.daysSinceEpoch ?? .min,
      finality: figure.flags.contains(.revised) ? 2 : figure.flags.contains(.provisional) ? 0 : 1)
  }

  private struct Rank: Comparable {
    let day: Int
    let finality: Int

    static func < (left: Rank, right: Rank) -> Bool {
      (left.day, left.finality) < (right.day, right.finality)
    }
  }
}
