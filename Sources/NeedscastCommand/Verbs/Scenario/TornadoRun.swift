import Needscast

/// Which of its assumptions, and which levers besides, move the figure of a question.
struct TornadoRun {
  let run: QuestionRun
  let levers: [TornadoCandidate]
  /// The share by which an assumption without a range is moved either way.
  let swing: Double

  func report() throws -> TornadoReport {
    let all = try run.base.assumptions.map { try TornadoCandidate($0, swing: swing) }
    let paths = Set(levers.map(\.path))
    let candidates = levers + all.filter { !$0.isStill && !paths.contains($0.path) }
    let still = all.filter(\.isStill).map(\.id)
    let tornado = try Tornado(
      of: candidates, countsBelowZero: run.question.figure.isBalance, evaluate: run.figure)
    return TornadoReport(
      heading: try run.heading, question: run.question, tornado: tornado,
      shares: try VarianceShares(of: try run.figure([]), drivers: run.base.drivers),
      left: still.isEmpty
        ? [] : ["Not moved, because a share of nought is nought: \(still.joined(separator: ", "))."])
  }
}
