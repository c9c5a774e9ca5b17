import RealModule

/// The exact search for changepoints: of all ways to cut a series into stretches, the one of least total cost.
///
/// With a penalty for each change it is optimal partitioning (Jackson and others, 2005), pruned where that is
/// sure to change nothing (PELT: Killick, Fearnhead and Eckley, 2012); with a given number of changes it is the
/// dynamic programme of Auger and Lawrence (1989). Neither is greedy: no other cut costs less. Among equal cuts
/// the one with earlier changes is taken. O(n²) at worst, times the number of changes where that is given.
public struct ChangepointSearch: Hashable, Sendable {
  /// What a stretch costs.
  public let cost: SegmentCost
  /// The fewest observations of a stretch.
  public let minimumLength: Int

  /// A search.
  ///
  /// - Parameters:
  ///   - cost: what a stretch costs.
  ///   - minimumLength: the fewest observations of a stretch; never fewer than the cost needs.
  public init(cost: SegmentCost, minimumLength: Int = 1) {
    self.cost = cost
    self.minimumLength = max(minimumLength, cost.leastObservations)
  }

  /// A series cut into stretches.
  public struct Segmentation: Hashable, Sendable {
    /// The index of the first observation of each stretch after the first, in increasing order.
    public let changes: [Int]
    /// The costs of all stretches, without penalties.
    public let cost: Double
  }

  /// The cut of least cost when each change costs a penalty.
  ///
  /// - Parameters:
  ///   - values: the observations, finite.
  ///   - positions: their periods; consecutive where nil.
  ///   - penalty: what a change costs, zero or more.
  ///   - varianceFloor: the least variance that is believed, where the cost is a logarithm.
  /// - Returns: nil for fewer observations than a stretch needs.
  public func segmentation(
    of values: [Double], positions: [Int]? = nil, penalty: Double, varianceFloor: Double = 0
  ) -> Segmentation? {
    let count = values.count
    guard count >= minimumLength, penalty >= 0, values.allSatisfy(\.isFinite) else { return nil }
    let costs = SegmentCosts(
      cost, values: values, positions: positions ?? Array(values.indices), floor: varianceFloor)
    // best[t]: the least cost of the first t observations, penalties included; before[t]: where its last stretch
    // begins.
    var best = [Double](repeating: .infinity, count: count + 1)
    var before = [Int](repeating: 0, count: count + 1)
    best[0] = -penalty
    var candidates = [0]
    // The end from which on a candidate can no longer win.
    var expiry = [Int](repeating: .max, count: count + 1)
    for end in minimumLength...max(minimumLength, count) where end <= count {
      let newcomer = end - minimumLength
      if newcomer > 0, best[newcomer].isFinite { candidates.append(newcomer) }
      for start in candidates {
        let total = best[start] + costs(start, end) + penalty
        if total < best[end] { (best[end], before[end]) = (total, start) }
      }
      guard cost != .meanAndVariance else { continue }
      // A beginning that is dearer even without a further penalty loses to a change at `end`, once a stretch that
      // begins there is long enough to exist. A floor under the variance could break this, hence the guard.
      for start in candidates where expiry[start] == .max && best[start] + costs(start, end) > best[end] {
        expiry[start] = end + minimumLength
      }
      candidates.removeAll { expiry[$0] <= end + 1 }
    }
    guard best[count].isFinite else { return nil }
    var changes: [Int] = []
    var end = count
    while before[end] > 0 {
      end = before[end]
      changes.append(end)
    }
    changes.reverse()
    return Segmentation(changes: changes, cost: total(of: changes, costs))
  }

  /// The cuts of least cost with 0, 1, … changes, as far as there are observations for them.
  ///
  /// - Parameters:
  ///   - values: the observations, finite.
  ///   - positions: their periods; consecutive where nil.
  ///   - most: the greatest number of changes.
  ///   - varianceFloor: the least variance that is believed, where the cost is a logarithm.
  public func segmentations(
    of values: [Double], positions: [Int]? = nil, upTo most: Int, varianceFloor: Double = 0
  ) -> [Segmentation] {
    let count = values.count
    guard count >= minimumLength, most >= 0, values.allSatisfy(\.isFinite) else { return [] }
    let costs = SegmentCosts(
      cost, values: values, positions: positions ?? Array(values.indices), floor: varianceFloor)
    var best = (0...count).map { $0 >= minimumLength ? costs(0, $0) : .infinity }
    // before[k][t]: where the last stretch of the first t observations begins when there are k + 1 changes.
    var before: [[Int]] = []
    var found = [Segmentation(changes: [], cost: best[count])]
    for changes in stride(from: 1, through: min(most, count / minimumLength - 1), by: 1) {
      var next = [Double](repeating: .infinity, count: count + 1)
      var places = [Int](repeating: 0, count: count + 1)
      for end in ((changes + 1) * minimumLength)...count {
        for start in (changes * minimumLength)...(end - minimumLength) {
          let total = best[start] + costs(start, end)
          if total < next[end] { (next[end], places[end]) = (total, start) }
        }
      }
      before.append(places)
      best = next
      var cuts: [Int] = []
      var end = count
      for places in before.reversed() {
        end = places[end]
        cuts.append(end)
      }
      cuts.reverse()
      found.append(Segmentation(changes: cuts, cost: total(of: cuts, costs)))
    }
    return found
  }

  private func total(of changes: [Int], _ costs: SegmentCosts) -> Double {
    zip([0] + changes, changes + [costs.count]).reduce(0) { $0 + costs($1.0, $1.1) }
  }
}
