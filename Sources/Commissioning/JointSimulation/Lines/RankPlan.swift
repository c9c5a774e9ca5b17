import Statistics

/// Which order statistics the wanted quantiles and their errors are made of, settled once for all summaries.
struct RankPlan: Sendable {
  /// One quantile: the ranks between which it lies, and those a standard deviation of the rank below and above.
  struct Entry: Sendable {
    let probability: Double
    /// Places in ``RankPlan/ranks``.
    let (lower, upper, below, above): (Int, Int, Int, Int)
    let fraction: Double
    /// The standard deviation of the rank over the ranks from below to above.
    let share: Double
  }

  /// The ranks, ascending and each once.
  let ranks: [Int]
  let entries: [Entry]

  init(_ probabilities: [Double], draws: Int) {
    let last = draws - 1
    let wanted = probabilities.map { p in
      let position = Double(last) * p
      let rank = min(Int(position), last)
      // At the ends of the sample the rank has no spread of its own; one place is the least that can be told apart.
      let deviation = max(1, (Double(draws) * p * (1 - p)).squareRoot())
      let below = max(0, Int(position - deviation))
      let above = min(last, Int((position + deviation).rounded(.up)))
      return (
        p, rank, min(rank + 1, last), below, above, position - Double(rank),
        deviation / Double(max(1, above - below))
      )
    }
    let ranks = Set(wanted.flatMap { [$0.1, $0.2, $0.3, $0.4] }).sorted()
    let places = Dictionary(uniqueKeysWithValues: ranks.enumerated().map { ($0.element, $0.offset) })
    self.ranks = ranks
    entries = wanted.map { p, lower, upper, below, above, fraction, share in
      Entry(
        probability: p,
        lower: places[lower] ?? 0, upper: places[upper] ?? 0, below: places[below] ?? 0,
        above: places[above] ?? 0,
        fraction: fraction, share: share)
    }
  }

  /// The quantiles, from the values at ``ranks``.
  func quantiles(_ values: UnsafeBufferPointer<Double>) -> [QuantileEstimate] {
    entries.map { entry in
      let (lower, upper) = (values[entry.lower], values[entry.upper])
      let value = lower == upper ? lower : (1 - entry.fraction) * lower + entry.fraction * upper
      return QuantileEstimate(
        probability: entry.probability, value: value,
        error: (values[entry.above] - values[entry.below]) * entry.share)
    }
  }
}
