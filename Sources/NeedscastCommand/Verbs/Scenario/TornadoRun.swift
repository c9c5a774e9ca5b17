import Needscast

/// Which assumption of a workspace moves a figure most.
struct TornadoRun {
  let study: ScenarioStudy
  let scenario: String
  let service: String?
  let figure: PlanFigure?
  let year: FinancialYear?
  /// How far an assumption without a range is moved either way.
  var swing = Self.usualSwing
  /// Values and flows that are moved as well.
  var levers: [LeverArgument] = []
  /// Whether to keep from saying how far it is.
  var quiet = true

  /// The share of itself by which a number without a range is moved either way, unless it is said.
  static let usualSwing = 0.1

  /// Moves every number to both its ends.
  func report() throws -> TornadoReport {
    let question = try study.question(scenario: scenario, service: service, figure: figure, year: year)
    let run = try Progress.during("planning", quiet: quiet) { _ in
      try QuestionRun(study, scenario: scenario, question: question)
    }
    let stated = levers.map {
      TornadoCandidate(id: $0.path, path: $0.path, low: $0.start, high: $0.end, reason: .stated)
    }
    // A lever that leads nowhere is a wrong argument, and no end of a bar.
    for one in stated {
      _ = try study.definition(
        of: scenario, overrides: [Override(path: one.path, value: "\(one.low)")])
    }
    let all = try run.base.assumptions.map { try TornadoCandidate($0, swing: swing) }
    let paths = Set(stated.map(\.path))
    let candidates = stated + all.filter { !$0.isStill && !paths.contains($0.path) }
    let still = all.filter(\.isStill).map(\.id)
    let tornado = try Progress.during(
      "moving assumptions", unit: "plans", of: 2 * candidates.count, quiet: quiet
    ) { progress in
      try Tornado(
        of: candidates, countsBelowZero: question.figure.isBalance, evaluate: run.counting(on: progress))
    }
    return TornadoReport(
      heading: try run.heading, question: question, tornado: tornado,
      shares: try VarianceShares(of: try run.figure([]), drivers: run.base.drivers),
      left: still.isEmpty
        ? [] : ["Not moved, because a share of nought is nought: \(still.joined(separator: ", "))."])
  }
}
