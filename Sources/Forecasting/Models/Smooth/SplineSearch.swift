import RealModule
import Statistics

/// The search for how smooth a penalised spline is.
struct SplineSearch: Sendable {
  let smoother: SplineSmoother
  private let floor: Double

  /// A smoothness with its share of the average.
  struct Node: Sendable {
    let weight: Double
    let solution: SplineSmoother.Solution
  }

  /// The distance of the penalties that are tried, in logarithms: at most half a degree of freedom.
  private static let step = 1.0

  init(sample: Sample, basis: SplineBasis) {
    smoother = SplineSmoother(sample: sample, basis: basis)
    floor = sample.roundingVariance * (smoother.observationWeights.last ?? 1)
  }

  /// The best smoothness, and those that the forecast averages over; nil where no penalty gives a solution.
  ///
  /// Every unit of log λ is tried, because the criteria can have several optima, and the best is refined between its
  /// neighbours. The average is over the effective degrees of freedom, with a flat prior: unlike log λ they end at the
  /// straight line.
  func learn(_ criterion: PenalisedSpline.Criterion) -> (best: SplineSmoother.Solution, nodes: [Node])? {
    let range = SplineSmoother.logPenalties
    let solutions = stride(from: range.lowerBound, through: range.upperBound, by: Self.step)
      .compactMap { smoother.solve(logPenalty: $0, floor: floor) }
    guard var best = solutions.min(by: { loss($0, criterion) < loss($1, criterion) }) else { return nil }
    let refined = try? minimiseUnivariate(
      lower: max(range.lowerBound, best.logPenalty - Self.step),
      upper: min(range.upperBound, best.logPenalty + Self.step), tolerance: 1e-7
    ) { smoother.solve(logPenalty: $0, floor: floor).map { loss($0, criterion) } ?? .infinity }
    if let point = refined?.point, let solution = smoother.solve(logPenalty: point, floor: floor),
      loss(solution, criterion) <= loss(best, criterion)
    {
      best = solution
    }
    guard criterion == .restrictedLikelihood else { return (best, [Node(weight: 1, solution: best)]) }
    var nodes: [Node] = []
    for (index, solution) in solutions.enumerated() {
      let before = solutions[max(0, index - 1)].effectiveDegreesOfFreedom
      let after = solutions[min(solutions.count - 1, index + 1)].effectiveDegreesOfFreedom
      let weight =
        abs(before - after) / 2 * Double.exp(solution.logLikelihood - best.logLikelihood)
      nodes.append(Node(weight: weight, solution: solution))
    }
    let total = nodes.reduce(0) { $0 + $1.weight }
    guard total > 0, total.isFinite else { return (best, [Node(weight: 1, solution: best)]) }
    // A thousandth of the weight cannot be seen in a quantile.
    return (
      best,
      nodes.filter { $0.weight > 1e-4 * total }.map { Node(weight: $0.weight / total, solution: $0.solution) }
    )
  }

  private func loss(_ solution: SplineSmoother.Solution, _ criterion: PenalisedSpline.Criterion) -> Double {
    switch criterion {
    case .restrictedLikelihood: return -solution.logLikelihood
    case .crossValidation:
      let count = Double(smoother.observationWeights.count)
      let freedom = count - solution.effectiveDegreesOfFreedom
      guard freedom > 1e-6 * count else { return .infinity }
      return count * max(solution.residualSumOfSquares, floor * freedom) / (freedom * freedom)
    }
  }
}
