import Foundation
import Needscast

/// One forecast of a plan beside what was published, and beside forecasts that need no model.
struct HindcastScore: Sendable {
  let asOf: CivilDate
  let figure: String
  let area: String
  /// Periods after the last one that had been published.
  let step: Int
  /// The mean absolute change from period to period before the plan's date; nil where there was none.
  let scale: Double?
  /// Absolute errors of the plan's median, of no change and of last year's growth.
  let plan: Double
  let noChange: Double
  let growth: Double?
  let isInside80: Bool
  let isInside95: Bool
}

/// The plan that `needscast init` begins, run for one authority after another with all the others as comparators.
struct AuthoritiesHindcast {
  /// The simulated futures of each plan: enough for intervals that are then counted over thousands of forecasts.
  static let draws = 2000
  let workspace: Workspace
  let plan: PlanDefinition
  let areas: [String]

  /// The scores of every authority on a date, in the order of the areas.
  func scores(asOf date: CivilDate) -> [HindcastScore] {
    let known = workspace.evidence.known(asOf: date)
    let results = Results(count: areas.count)
    DispatchQueue.concurrentPerform(iterations: areas.count) { index in
      results.set(index, to: (try? scores(of: areas[index], asOf: date, known: known)) ?? [])
    }
    return results.all
  }

  /// Rows that threads fill in, each its own.
  private final class Results: @unchecked Sendable {
    private let lock = NSLock()
    private var rows: [[HindcastScore]]
    init(count: Int) { rows = Array(repeating: [], count: count) }
    func set(_ index: Int, to scores: [HindcastScore]) { lock.withLock { rows[index] = scores } }
    var all: [HindcastScore] { lock.withLock { rows.flatMap { $0 } } }
  }

  private func scores(of area: String, asOf date: CivilDate, known: Panel) throws -> [HindcastScore] {
    let definition = PlanDefinition(
      area: area, name: plan.name, years: plan.years, draws: Self.draws, seed: plan.seed,
      policies: plan.policies,
      assumptions: plan.assumptions, populationBeyondEstimates: plan.populationBeyondEstimates,
      services: plan.services)
    let outcome = try PlanSimulator(definition, evidence: workspace.evidence).run(
      scenario: "base",
      options: .init(asOf: date, draws: Self.draws, seed: plan.seed, comparesOutturn: true))
    return outcome.comparisons.compactMap { comparison in
      guard let service = plan.services.first(where: { $0.id == comparison.service }),
        case .uncertain(let forecast) = comparison.forecast
      else { return nil }
      let past = (1...30).compactMap { back in
        service.published(comparison.figure, at: comparison.period.advanced(by: -back), in: known, area: area)
          .map { (back: back, value: $0) }
      }
      guard let last = past.first else { return nil }
      let changes = zip(past, past.dropFirst()).filter { $0.back + 1 == $1.back }.map {
        abs($0.value - $1.value)
      }
      let before = past.dropFirst().first.flatMap { $0.back == last.back + 1 ? $0.value : nil }
      return HindcastScore(
        asOf: date, figure: comparison.name, area: area, step: last.back,
        scale: changes.isEmpty ? nil : changes.reduce(0, +) / Double(changes.count),
        plan: abs(forecast.p50 - comparison.actual), noChange: abs(last.value - comparison.actual),
        growth: before.map {
          abs(
            grown(last.value, from: $0, steps: last.back, isBalance: last.value < 0 || $0 <= 0)
              - comparison.actual)
        },
        isInside80: comparison.isInside80, isInside95: comparison.isInside95)
    }
  }

  /// Last year's growth for as many years: in per cent for what is counted, in pounds for a balance, which may be below zero.
  private func grown(_ last: Double, from before: Double, steps: Int, isBalance: Bool) -> Double {
    isBalance ? last + (last - before) * Double(steps) : last * pow(last / before, Double(steps))
  }
}
