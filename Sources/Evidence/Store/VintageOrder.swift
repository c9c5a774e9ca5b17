import TimeSeries

/// The figures of a series of one file as vintages: those of one period in the order in which they became known.
///
/// A file may print a period again as it was revised. The earlier day of publication comes first; on one day, or without
/// days, a provisional figure comes before others, and a revised one after them. Figures of one rank that say the same
/// are one, and one with a value stands for one without. Two that differ and do not say which is later are left out, both.
struct VintageOrder {
  /// The figures that are kept.
  private(set) var figures: [PublishedFigure] = []
  /// Whether no two of them are of one period.
  var isOnePerPeriod: Bool { zip(figures, figures.dropFirst()).allSatisfy { $0.period < $1.period } }
  /// Those that say what another says.
  private(set) var repeated = 0
  /// Those without a value beside one with a value.
  private(set) var superseded = 0
  /// Those that contradict one another: they, and the first of them.
  private(set) var conflicts: [(figure: PublishedFigure, first: PublishedFigure)] = []

  /// Puts the figures of a series, in the order of their file, in order.
  init(_ all: [PublishedFigure]) {
    if zip(all, all.dropFirst()).allSatisfy({ $0.period < $1.period }) {
      figures = all
      return
    }
    let sorted = all.enumerated().sorted { left, right in
      if left.element.period != right.element.period { return left.element.period < right.element.period }
      let ranks = (Self.rank(left.element), Self.rank(right.element))
      return ranks.0 == ranks.1 ? left.offset < right.offset : ranks.0 < ranks.1
    }
    var start = sorted.startIndex
    while start < sorted.endIndex {
      let first = sorted[start].element
      let end =
        sorted[start...].firstIndex {
          $0.element.period != first.period || Self.rank($0.element) != Self.rank(first)
        } ?? sorted.endIndex
      choose(sorted[start..<end].map(\.element))
      start = end
    }
  }

  /// Takes what figures of one period and rank agree on.
  private mutating func choose(_ alike: [PublishedFigure]) {
    let valued = alike.filter { $0.observation.value != nil }
    let candidates = valued.isEmpty ? alike : valued
    superseded += alike.count - candidates.count
    guard let first = candidates.first else { return }
    let differing = candidates.filter { !first.saysTheSame(as: $0) }
    guard differing.isEmpty else {
      for figure in candidates { conflicts.append((figure, first)) }
      return
    }
    repeated += candidates.count - 1
    figures.append(first)
  }

  private struct Rank: Comparable {
    let day: Int
    let finality: Int

    static func < (left: Rank, right: Rank) -> Bool {
      (left.day, left.finality) < (right.day, right.finality)
    }
  }

  private static func rank(_ figure: PublishedFigure) -> Rank {
    Rank(
      day: figure.publication?.date.daysSinceEpoch ?? .min,
      finality: figure.flags.contains(.revised) ? 2 : figure.flags.contains(.provisional) ? 0 : 1)
  }
}
