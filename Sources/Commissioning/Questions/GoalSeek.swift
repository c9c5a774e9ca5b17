/// The value of one or more levers at which a figure of a plan meets a goal.
///
/// The levers move together from the values where they start to those where they end; how far they have moved is a
/// number from 0 to 1, the same share for every lever. The way is first looked over at even steps, so that a figure that
/// rises and falls again is noticed and said; then the first crossing is closed in on by halving. All of it is on one set
/// of random numbers, so that the figure moves with the levers alone.
public struct GoalSeek: Sendable {
  /// A value that may be moved, from where it starts to where it ends.
  public struct Lever: Hashable, Sendable {
    /// The keys that lead to it in the workspace, separated by points.
    public let path: String
    /// Where it starts.
    public let start: Double
    /// Where it ends.
    public let end: Double

    /// Describes a lever.
    ///
    /// - Throws: ``CommissioningError/invalid(service:reason:)`` for ends that are equal or not finite.
    public init(path: String, start: Double, end: Double) throws(CommissioningError) {
      guard start.isFinite, end.isFinite, (end - start).isFinite, start != end else {
        throw .invalid(
          service: "lever \(path)",
          reason: "it is to move from \(plainText(start)) to \(plainText(end)); give two different numbers")
      }
      self.path = path
      self.start = start
      self.end = end
    }

    /// The value when some share of the way has been gone.
    public func value(at share: Double) -> Double {
      // Exactly the ends at the ends, whatever the rounding between them.
      share <= 0 ? start : share >= 1 ? end : start + share * (end - start)
    }
  }

  /// The figure at one place on the way.
  public struct Point: Hashable, Sendable {
    /// How far every lever has moved, 0 to 1; for levers that move by the least change, one share each.
    public let shares: [Double]
    /// The value of every lever.
    public let values: [Double]
    /// The statistic that the goal asks about.
    public let achieved: Double
    /// Its Monte Carlo standard error.
    public let error: Double
  }

  /// What came of it.
  public enum Outcome: Sendable {
    /// The goal is met where the levers start; nothing need be changed.
    case metAtStart(Point)
    /// The least move at which it is met.
    case met(Solution)
    /// It is met nowhere on the way; the place where it is missed by least.
    case impossible(best: Point)
  }

  /// The least move at which a goal is met.
  public struct Solution: Sendable {
    /// The levers and the figure there.
    public let point: Point
    /// Where the goal would be met if the figure were better by 1.96 of its standard errors, and if it were worse by as
    /// much: between them lies the answer, for all that this number of simulated futures can tell. Nil for an end that
    /// lies outside the levers' way.
    public let range: (nearest: Point?, farthest: Point?)
    /// Whether a longer move, within the levers' way, misses the goal again.
    public let isLostAgain: Bool
  }

  /// The levers, in the order given.
  public let levers: [Lever]
  /// What is to be reached.
  public let goal: Goal
  /// The figure at even steps of the way, from where the levers start to where they end.
  public let scan: [Point]
  /// Whether the figure only rises or only falls along the way, as far as the steps show and the simulation can tell.
  public let isMonotone: Bool
  /// What came of it.
  public let outcome: Outcome
  /// The number of times that the plan was run.
  public private(set) var evaluations: Int
  /// How closely the levers' way was divided: the answer is exact to this share of it.
  public let tolerance: Double

  /// Seeks.
  ///
  /// - Parameters:
  ///   - goal: what is to be reached.
  ///   - levers: what may be moved; at least one, and each path once.
  ///   - steps: the number of even steps in which the way is looked over first.
  ///   - tolerance: the share of the way to which a crossing is closed in on.
  ///   - evaluate: the figure of the plan with some values changed.
  /// - Throws: ``CommissioningError`` for levers that are none or name one value twice, and whatever `evaluate` throws.
  public init(
    _ goal: Goal, by levers: [Lever], steps: Int = 8, tolerance: Double = 1e-4, evaluate: FigureOfPlan
  ) throws(CommissioningError) {
    try self.init(
      goal, by: levers, directions: levers.map { _ in 1 }, steps: steps, tolerance: tolerance,
      evaluate: evaluate)
  }

  /// Seeks along a ray on which each lever moves by its own multiple of the common share, up to all of its way.
  init(
    _ goal: Goal, by levers: [Lever], directions: [Double], steps: Int, tolerance: Double,
    evaluate: FigureOfPlan
  ) throws(CommissioningError) {
    guard !levers.isEmpty else {
      throw .invalid(service: "goal-seek", reason: "there is no lever; name at least one")
    }
    guard Set(levers.map(\.path)).count == levers.count else {
      throw .invalid(service: "goal-seek", reason: "a lever is named twice; give each value one range")
    }
    let steps = max(1, min(steps, 1000))
    let tolerance = tolerance.isFinite ? min(max(tolerance, 1e-9), 0.5) : 1e-4
    self.goal = goal
    self.levers = levers
    self.tolerance = tolerance
    var way = Way(goal: goal, levers: levers, directions: directions)
    var scan: [Point] = []
    for step in 0...steps {
      scan.append(try way.point(at: Double(step) / Double(steps), evaluate: evaluate))
    }
    self.scan = scan
    isMonotone = Self.isMonotone(scan)
    if goal.miss(scan[0].achieved) <= 0 {
      outcome = .metAtStart(scan[0])
    } else if let point = try way.crossing(errors: 0, tolerance: tolerance, evaluate: evaluate) {
      let nearest = try way.crossing(errors: -1.96, tolerance: tolerance, evaluate: evaluate)
      let farthest = try way.crossing(errors: 1.96, tolerance: tolerance, evaluate: evaluate)
      outcome = .met(
        Solution(
          point: point, range: (nearest, farthest),
          isLostAgain: scan.contains { $0.isBeyond(point) && goal.miss($0.achieved) > 0 }))
    } else {
      outcome = .impossible(best: try way.best(evaluate: evaluate) ?? scan[0])
    }
    evaluations = way.evaluations
  }

  /// The same answer, found with so many runs of the plan.
  func counting(_ evaluations: Int) -> GoalSeek {
    var other = self
    other.evaluations = evaluations
    return other
  }

  /// Whether the figure turns by more than the simulation's error explains.
  private static func isMonotone(_ scan: [Point]) -> Bool {
    var highest = -Double.infinity
    var lowest = Double.infinity
    var falls = false
    var rises = false
    for point in scan {
      // With common random numbers a difference is surer than either figure, so that two errors are a wide margin.
      let margin = 2 * point.error
      if point.achieved < highest - margin { falls = true }
      if point.achieved > lowest + margin { rises = true }
      highest = max(highest, point.achieved)
      lowest = min(lowest, point.achieved)
    }
    return !(falls && rises)
  }
}

extension GoalSeek.Point {
  fileprivate func isBeyond(_ other: GoalSeek.Point) -> Bool {
    zip(shares, other.shares).contains { $0 > $1 }
  }
}

/// The way of the levers, with every place that has been looked at.
private struct Way {
  let goal: Goal
  let levers: [GoalSeek.Lever]
  let directions: [Double]
  private var seen: [(share: Double, point: GoalSeek.Point)] = []

  init(goal: Goal, levers: [GoalSeek.Lever], directions: [Double]) {
    self.goal = goal
    self.levers = levers
    self.directions = directions
  }

  var evaluations: Int { seen.count }

  mutating func point(
    at share: Double, evaluate: FigureOfPlan
  ) throws(CommissioningError) -> GoalSeek.Point {
    if let known = seen.first(where: { $0.share == share }) { return known.point }
    let shares = directions.map { min(1, share * $0) }
    let values = zip(levers, shares).map { $0.value(at: $1) }
    let figure = try evaluate(zip(levers, values).map { Setting(path: $0.path, value: $1) })
    let estimate = try goal.estimate(figure)
    let point = GoalSeek.Point(
      shares: shares, values: values, achieved: estimate.value, error: estimate.error)
    seen.append((share, point))
    seen.sort { $0.share < $1.share }
    return point
  }

  /// By how much the goal is missed at a place, if the figure were worse by so many of its errors.
  private func miss(_ point: GoalSeek.Point, errors: Double) -> Double {
    goal.miss(point.achieved) + errors * point.error
  }

  /// The first place on the way where the goal, so many errors harder, is met; nil where it is met nowhere.
  mutating func crossing(
    errors: Double, tolerance: Double, evaluate: FigureOfPlan
  ) throws(CommissioningError) -> GoalSeek.Point? {
    guard let index = seen.firstIndex(where: { miss($0.point, errors: errors) <= 0 }) else { return nil }
    guard index > 0 else { return seen[0].point }
    var (outside, inside) = (seen[index - 1].share, seen[index].share)
    var found = seen[index].point
    while inside - outside > tolerance {
      let middle = outside + (inside - outside) / 2
      let point = try point(at: middle, evaluate: evaluate)
      if miss(point, errors: errors) <= 0 {
        inside = middle
        found = point
      } else {
        outside = middle
      }
    }
    return found
  }

  /// The place where the goal is missed by least: that of the even steps, then closer by the golden section around it.
  mutating func best(evaluate: FigureOfPlan) throws(CommissioningError) -> GoalSeek.Point? {
    func least() -> Int? {
      seen.indices.min { goal.miss(seen[$0].point.achieved) < goal.miss(seen[$1].point.achieved) }
    }
    for _ in 0..<12 {
      guard let index = least() else { return nil }
      let left = seen[max(0, index - 1)].share
      let right = seen[min(seen.count - 1, index + 1)].share
      let here = seen[index].share
      // At an end of the way there is a neighbour on one side only, and the next place looked at is nearer to the end.
      let next = here - left > right - here ? here - 0.382 * (here - left) : here + 0.382 * (right - here)
      if right - left < 1e-3 { break }
      _ = try point(at: next, evaluate: evaluate)
    }
    return least().map { seen[$0].point }
  }
}
