/// The proportions by which a total is split among the bottom series.
struct TopDownSplit: Sendable {
  /// For each step the proportions, in the order of the bottom series; one list where all steps have the
  /// same.
  private let proportions: [[Double]]

  /// The proportions of a step, from 1.
  func proportions(step: Int) -> [Double] { proportions[min(step, proportions.count) - 1] }

  /// Proportions of the past: C. W. Gross and J. E. Sohl, "Disaggregation methods to expedite product line
  /// forecasting" (1990), methods A and F.
  ///
  /// The total of a period is the sum of its bottom figures, so that the proportions add up to one whatever
  /// was published as the total; periods in which one of them is missing are left out.
  init(average: Bool, of samples: [Sample]) throws(ForecastingError) {
    // By how long ago, because the series begin at different times and end together.
    var counts: [Int: (known: Int, total: Double)] = [:]
    for sample in samples {
      let last = sample.positions.last ?? 0
      for (position, value) in zip(sample.positions, sample.observed) {
        guard value >= 0 else {
          throw .hierarchy(
            problem: "\"\(sample.name)\" has a negative figure, \(value), so a total has no proportions; "
              + "choose bottom-up or minimum trace")
        }
        counts[last - position, default: (0, 0)].known += 1
        counts[last - position, default: (0, 0)].total += value
      }
    }
    let complete = counts.filter { $0.value.known == samples.count && $0.value.total > 0 }
    guard !complete.isEmpty else {
      throw .hierarchy(
        problem: "there is no period in which every bottom series has a figure and their sum is above zero, "
          + "so a total has no proportions; choose bottom-up or minimum trace")
    }
    let grandTotal = complete.keys.sorted().reduce(0) { $0 + (complete[$1]?.total ?? 0) }
    var shares: [Double] = []
    for sample in samples {
      let last = sample.positions.last ?? 0
      var share = 0.0
      for (position, value) in zip(sample.positions, sample.observed) {
        guard let period = complete[last - position] else { continue }
        share += average ? value / period.total / Double(complete.count) : value / grandTotal
      }
      shares.append(share)
    }
    proportions = [shares]
  }

  /// Proportions of the forecasts: G. Athanasopoulos, R. A. Ahmed and R. J. Hyndman, "Hierarchical forecasts
  /// for Australian domestic tourism" (2009). From the top down, what an aggregate has is split by the
  /// forecasts of its parts.
  ///
  /// - Parameter means: for each step the forecasts of all series, in the order of the nodes.
  init(_ hierarchy: Hierarchy, total: Int, means: [[Double]]) throws(ForecastingError) {
    guard let children = hierarchy.children else {
      throw .hierarchy(
        problem:
          "grouped series split in more ways than one, so forecast proportions are not defined; choose "
          + "top-down(average-proportions) or minimum trace")
    }
    let nodes = hierarchy.nodes
    var proportions: [[Double]] = []
    for (index, forecasts) in means.enumerated() {
      var shares = [Double](repeating: 0, count: nodes.count)
      shares[total] = 1
      for (aggregate, parts) in children.enumerated() {
        let sum = parts.reduce(0) { $0 + forecasts[$1] }
        guard sum > 0, parts.allSatisfy({ forecasts[$0] >= 0 }) else {
          throw .hierarchy(
            problem:
              "the forecasts of the parts of \"\(nodes[aggregate])\" at step \(index + 1) are not all "
              + "positive, so they give no proportions; choose bottom-up or minimum trace")
        }
        for part in parts { shares[part] = shares[aggregate] * forecasts[part] / sum }
      }
      proportions.append(Array(shares[hierarchy.aggregates.count...]))
    }
    self.proportions = proportions
  }
}
