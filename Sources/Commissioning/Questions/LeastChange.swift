extension GoalSeek {
  /// Seeks the least change of several levers that meets a goal: the smallest root of the sum of squares of the shares
  /// of their ways that the levers move.
  ///
  /// The nearest place at which a goal is met lies where the way there stands at right angles to the line along which
  /// the figure stays the same; it is approached as the design point of a structure is (Hasofer and Lind 1974; Rackwitz
  /// and Fiessler 1978): the slopes of the statistic at the last answer give the next direction, along which the first
  /// crossing is found as for one lever. The best answer met is kept; the equal fractions of all levers, with which the
  /// search begins, are the answer when nothing better is found.
  ///
  /// - Parameters:
  ///   - goal: what is to be reached.
  ///   - levers: what may be moved.
  ///   - rounds: the most directions that are tried.
  ///   - evaluate: the figure of the plan with some values changed.
  /// - Throws: as ``init(_:by:steps:tolerance:evaluate:)``.
  public static func leastChange(
    _ goal: Goal, by levers: [Lever], rounds: Int = 6, evaluate: FigureOfPlan
  ) throws(CommissioningError) -> GoalSeek {
    var best = try GoalSeek(goal, by: levers, evaluate: evaluate)
    guard levers.count > 1, let start = best.answer else { return best }
    var shares = start.shares
    var runs = best.evaluations
    for _ in 0..<max(0, rounds) {
      let slopes = try Self.slopes(of: goal, by: levers, at: shares, evaluate: evaluate)
      runs += 2 * levers.count
      // A lever that would make it worse, or does nothing, stays where it is.
      let directions = slopes.map { max(0, -$0) }
      guard let steepest = directions.max(), steepest > 0 else { break }
      // A ray on which the weakest lever has all of its way before it would waste most of its steps.
      let next = try GoalSeek(
        goal, by: levers, directions: directions.map { $0 / steepest * Double(levers.count) }, steps: 16,
        tolerance: 1e-4, evaluate: evaluate)
      runs += next.evaluations
      guard let found = next.answer else { break }
      let gain = best.length - next.length
      if gain > 0 { best = next }
      shares = found.shares
      if abs(gain) < 1e-3 { break }
    }
    return best.counting(runs)
  }

  /// The place where the goal is met by a move; nil where none was found or none is needed.
  private var answer: Point? { if case .met(let solution) = outcome { solution.point } else { nil } }

  /// How far the answer is from where the levers start.
  private var length: Double {
    (answer?.shares.reduce(0) { $0 + $1 * $1 } ?? .infinity).squareRoot()
  }

  /// How the miss changes with the share of each lever, by differences wide enough to stand out of the steps of a count.
  private static func slopes(
    of goal: Goal, by levers: [Lever], at shares: [Double], evaluate: FigureOfPlan
  ) throws(CommissioningError) -> [Double] {
    var slopes: [Double] = []
    for lever in levers.indices {
      let (low, high) = (max(0, shares[lever] - 0.1), min(1, shares[lever] + 0.1))
      var misses: [Double] = []
      for share in [low, high] {
        let settings = levers.indices.map { index in
          Setting(
            path: levers[index].path, value: levers[index].value(at: index == lever ? share : shares[index]))
        }
        misses.append(goal.miss(try goal.estimate(try evaluate(settings)).value))
      }
      slopes.append((misses[1] - misses[0]) / (high - low))
    }
    return slopes
  }
}
