import RealModule

/// What a series says about where its straight trend changed, when a change has a prior probability at every
/// period: the posterior over all sets of changes at once, by exact recursions (Fearnhead, 2006).
///
/// Stretches between changes have straight lines of their own, independent under their prior; errors are normal
/// and of one width, which is averaged over on a grid. O(n²) for each of about forty widths.
public struct ChangepointPosterior: Sendable {
  /// The probability that the trend changes between each observation and the one before; zero for the first.
  public let changeProbabilities: [Double]
  /// The probability that it never changed.
  public let noChange: Double
  /// The posterior mean of the standard deviation of errors.
  public let sigma: Double
  /// The present stretch and the width of errors, with their probabilities.
  let states: [State]
  /// The mean and the variance of the trend at every position from the first observation to the last.
  let trend: [(mean: Double, variance: Double)]
  let evidence: SegmentEvidence

  /// The expected number of changes.
  public var expectedChanges: Double { changeProbabilities.reduce(0, +) }

  /// One possible present.
  struct State: Sendable {
    let weight: Double
    /// The error variance.
    let variance: Double
    /// The line of the stretch that reaches to the last observation.
    let line: SegmentEvidence.Line
  }

  /// The posterior of a series.
  ///
  /// - Parameters:
  ///   - values: the observations.
  ///   - positions: their periods, strictly increasing from 0.
  ///   - probabilities: the prior probability of a change at each position from 0 to the last.
  ///   - minimumLength: the fewest observations of a stretch.
  ///   - floor: the least error variance that is believed.
  /// - Returns: nil for fewer than three observations, or numbers that run out of range.
  public init?(
    values: [Double], positions: [Int], probabilities: [Double], minimumLength: Int, floor: Double
  ) {
    guard values.count >= 3, values.count == positions.count, let last = positions.last,
      probabilities.count > last
    else { return nil }
    let evidence = SegmentEvidence(
      values: values, positions: positions, minimumLength: minimumLength, floor: floor)
    // Between two observations there may be several periods, and then several chances.
    var hazards = [0.0]
    for (later, earlier) in zip(positions.dropFirst(), positions) {
      hazards.append(1 - ((earlier + 1)...later).reduce(1) { $0 * (1 - probabilities[$1]) })
    }
    let recursion = ChangeRecursion(evidence: evidence, hazards: hazards, minimumLength: minimumLength)

    // A coarse grid of widths finds where they are likely, a fine one covers that.
    let greatest = Double.log(2.5) + 0.5 * Double.log(evidence.levelVariance)
    let least = max(greatest - Double.log(150), 0.5 * Double.log(max(floor, .leastNormalMagnitude)))
    guard greatest.isFinite, least.isFinite else { return nil }
    let coarse = Self.weighted(Self.grid(min(least, greatest), max(least, greatest), 31), recursion)
    let centre = coarse.reduce(0) { $0 + $1.weight * $1.logSigma }
    let spread = coarse.reduce(0) { $0 + $1.weight * ($1.logSigma - centre) * ($1.logSigma - centre) }
    let reach = 3.5 * max(spread, 0.5 / Double(values.count)).squareRoot()
    let nodes = Self.weighted(
      Self.grid(max(centre - reach, min(least, greatest)), centre + reach, 15), recursion)
    guard nodes.allSatisfy({ $0.weight.isFinite }) else { return nil }

    var changes = [Double](repeating: 0, count: values.count)
    var states: [State] = []
    var never = 0.0
    var moments = [(Double, Double)](repeating: (0, 0), count: last + 1)
    for node in nodes where node.weight > 1e-9 {
      let variance = node.variance
      let pass = recursion.pass(variance: variance)
      for index in 1..<values.count { changes[index] += node.weight * pass.changeProbability(index) }
      for start in values.indices {
        let share = node.weight * pass.lastProbability(start)
        if start == 0 { never += share }
        guard share > 1e-9 else { continue }
        states.append(
          State(
            weight: share, variance: variance,
            line: evidence.line(start, values.count, variance: variance)))
      }
      recursion.forEachSegment(pass, above: 1e-9) { first, end, probability in
        let line = evidence.line(first, end, variance: variance)
        let reach = end < values.count ? positions[end] : last + 1
        for position in positions[first]..<reach {
          let mean = line.mean(Double(position))
          moments[position].0 += node.weight * probability * mean
          moments[position].1 += node.weight * probability * (mean * mean + line.variance(Double(position)))
        }
      }
    }
    let total = states.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite else { return nil }
    self.states = states.map { State(weight: $0.weight / total, variance: $0.variance, line: $0.line) }
    changeProbabilities = changes.map { min(1, $0) }
    noChange = min(1, never)
    sigma = nodes.reduce(0) { $0 + $1.weight * $1.variance.squareRoot() }
    trend = moments.enumerated().map { position, moment in
      (evidence.line(Double(position)) + moment.0, max(0, moment.1 - moment.0 * moment.0))
    }
    self.evidence = evidence
  }

  private struct Node {
    let logSigma: Double
    var weight: Double
    var variance: Double { Double.exp(2 * logSigma) }
  }

  private static func grid(_ least: Double, _ greatest: Double, _ count: Int) -> [Double] {
    (0..<count).map { least + (greatest - least) * Double($0) / Double(count - 1) }
  }

  /// The posterior of the logarithm of the width on a grid, under a uniform prior for it.
  private static func weighted(_ grid: [Double], _ recursion: ChangeRecursion) -> [Node] {
    let logs = grid.map { recursion.logEvidence(variance: Double.exp(2 * $0)) }
    let highest = logs.max() ?? 0
    let weights = logs.map { Double.exp($0 - highest) }
    let total = weights.reduce(0, +)
    return zip(grid, weights).map { Node(logSigma: $0, weight: $1 / total) }
  }
}
