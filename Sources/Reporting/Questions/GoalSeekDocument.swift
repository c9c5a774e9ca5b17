import Commissioning

/// The answer of a goal-seek as programs read it.
public struct GoalSeekDocument: Codable, Hashable, Sendable {
  /// The area that is planned for.
  public let area: String
  /// What was asked for.
  public let options: PlanDocument.Options
  /// The figure.
  public let question: QuestionDocument
  /// The goal.
  public let goal: Goal
  /// `met-at-start`, `met` or `impossible`.
  public let status: String
  /// The levers.
  public let levers: [Lever]
  /// The figure at the answer, or at the best that can be reached.
  public let achieved: MeanDocument
  /// Whether the figure only rises or only falls along the way.
  public let isMonotone: Bool
  /// Whether the goal is missed again farther along the way.
  public let isLostAgain: Bool
  /// The number of runs of the plan.
  public let evaluations: Int
  /// The share of the way to which the answer is exact.
  public let tolerance: Double
  /// The even steps in which the way was looked over.
  public let scan: [Step]

  /// What is to be reached.
  public struct Goal: Codable, Hashable, Sendable {
    /// `mean`, `quantile` or `probability-below-zero`.
    public let statistic: String
    /// The probability of a quantile; null for the others.
    public let probability: Double?
    /// `<=` or `>=`.
    public let relation: String
    /// The value.
    public let value: Double
  }

  /// A lever and where it comes to stand.
  public struct Lever: Codable, Hashable, Sendable {
    /// Where it stands in the workspace.
    public let path: String
    /// Where it starts.
    public let start: Double
    /// Where it ends.
    public let end: Double
    /// How far it moves, 0 to 1.
    public let share: Double
    /// The value at the answer, or at the best that can be reached.
    public let value: Double
    /// The least value that the simulation error leaves; null beyond the ends, and where there is no answer.
    public let nearest: Double?
    /// The greatest, likewise.
    public let farthest: Double?
  }

  /// The figure at one step of the way.
  public struct Step: Codable, Hashable, Sendable {
    /// The values of the levers, in their order.
    public let values: [Double]
    /// The figure.
    public let achieved: MeanDocument
  }

  /// Writes out a report.
  public init(_ report: GoalSeekReport) {
    let seek = report.seek
    area = report.heading.area
    options = report.heading.options
    question = QuestionDocument(report.question)
    let (statistic, probability): (String, Double?) =
      switch seek.goal.statistic {
      case .mean: ("mean", nil)
      case .quantile(let p): ("quantile", p)
      case .probabilityBelowZero: ("probability-below-zero", nil)
      }
    goal = Goal(
      statistic: statistic, probability: probability, relation: seek.goal.relation.rawValue,
      value: seek.goal.value)
    status = report.status
    let found = report.found
    levers = seek.levers.enumerated().map { index, lever in
      Lever(
        path: lever.path, start: lever.start, end: lever.end, share: found.point.shares[index],
        value: found.point.values[index], nearest: found.nearest?.values[index],
        farthest: found.farthest?.values[index])
    }
    achieved = MeanDocument(value: found.point.achieved, error: found.point.error)
    isMonotone = seek.isMonotone
    if case .met(let solution) = seek.outcome {
      isLostAgain = solution.isLostAgain
    } else {
      isLostAgain = false
    }
    evaluations = seek.evaluations
    tolerance = seek.tolerance
    scan = seek.scan.map {
      Step(values: $0.values, achieved: MeanDocument(value: $0.achieved, error: $0.error))
    }
  }
}
