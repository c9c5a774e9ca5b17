import ArgumentParser
import Needscast

/// Plans as a stream: requests on standard input, one to a line; rows on standard output, those of a request before the
/// next is read. What comes of a request depends on no other, but for the files that it leaves out.
struct PlanStream {
  /// What requests may leave unsaid.
  struct Defaults {
    let simulation: SimulationOptions
    let scenarios: [String]
    let to: FinancialYear?
    let jobs: Int
  }

  private struct Count {
    var requests = 0
    var planned = 0
    var rows = 0
    /// Requests with a service that could not be planned.
    var refused = 0
    var failed: Int { requests - planned }
  }

  private let defaults: Defaults
  private let table: PlanStreamTable
  private let filter: FilterOptions
  private let quiet: Bool
  private var held = HeldWorkspace()
  private var count = Count()

  /// - Parameters:
  ///   - defaults: what requests may leave unsaid.
  ///   - filter: how requests are accounted for.
  ///   - quiet: whether to keep what is doubtful about a workspace to oneself.
  init(_ defaults: Defaults, filter: FilterOptions, quiet: Bool) {
    self.defaults = defaults
    table = PlanStreamTable(hasFaults: filter.errorsInline)
    self.filter = filter
    self.quiet = quiet
  }

  /// Plans everything that standard input asks for. It ends early where nobody reads the rows any more.
  ///
  /// - Throws: `ExitCode` where something could not be planned and is no row; ``Failure`` for streams that fail.
  mutating func run() throws {
    guard try StandardStreams.output(Array(table.header.utf8)) else { return }
    var lines = RequestLines()
    while let line = try lines.next() {
      if line.isBlank { continue }
      let rows = try answer(line, number: lines.number)
      count.rows += rows.count
      guard try rows.isEmpty || StandardStreams.output(Array(rows.joined().utf8)) else { return }
    }
    if !table.hasFaults, count.failed + count.refused > 0 {
      StandardStreams.error(
        """
        \(count.failed) of \(count.requests) requests could not be planned, and \(count.refused) not in every service

        """
      )
    }
    filter.say([
      "requests": count.requests, "planned": count.planned, "failed": count.failed, "rows": count.rows,
    ])
    if !table.hasFaults, count.failed + count.refused > 0 { throw ExitCode(Failure.wrongData) }
  }

  /// The rows that a line comes to.
  private mutating func answer(_ line: RequestLines.Line, number: Int) throws -> [String] {
    count.requests += 1
    let request: PlanRequest
    do throws(PlanRequest.Fault) {
      request = try PlanRequest(line)
    } catch {
      // Requests that follow may have meant the files of this one: older ones must not be taken for them.
      if line.mayGiveFiles { held.forget() }
      let place = table.place(workspace: error.workspace, run: error.run, line: number)
      StandardStreams.error("\(place.name): \(error.message)\n")
      return table.rows(of: PlanFault(.request, error.message), at: place)
    }
    let place = table.place(workspace: request.workspace, run: request.run, line: number)
    do {
      let outcomes = try outcomes(of: request)
      count.planned += 1
      if outcomes.contains(where: { !$0.refusals.isEmpty }) { count.refused += 1 }
      if !table.hasFaults { nameRefusals(of: outcomes, at: place) }
      return outcomes.flatMap { table.rows(of: $0, at: place) }
    } catch let fault as PlanFault {
      if !table.hasFaults || fault.code == .request {
        StandardStreams.error("\(place.name): \(fault.message)\n")
      }
      return table.rows(of: fault, at: place)
    }
  }

  /// What the scenarios of a request come to: all of them, or none.
  private mutating func outcomes(of request: PlanRequest) throws -> [PlanOutcome] {
    let quiet = quiet
    let content = try held.content(of: request) { workspace in
      guard !quiet else { return }
      let doubts = ComparatorDoubts(workspace.evidence, area: try workspace.plan().area)
      for warning in doubts.gathered(workspace.warnings) { StandardStreams.error("\(warning)\n") }
    }
    let simulation = defaults.simulation
    let study = ScenarioStudy(
      workspace: content.workspace,
      asOf: request.asOf ?? simulation.asOf ?? content.latestPublication, overrides: overrides(of: request),
      draws: request.draws ?? simulation.draws, seed: request.seed ?? simulation.seed, jobs: defaults.jobs)
    let scenarios = request.scenarios ?? defaults.scenarios
    return try (scenarios.isEmpty ? [Workspace.baseScenario] : scenarios).map { scenario in
      do {
        return try PlanOutcome(try study.paths(of: scenario))
      } catch {
        throw PlanFault(error, scenario: scenario) ?? error
      }
    }
  }

  private func nameRefusals(of outcomes: [PlanOutcome], at place: PlanStreamTable.Place) {
    for outcome in outcomes {
      for refusal in outcome.refusals {
        StandardStreams.error("\(place.name): \(outcome.scenario): not planned: \(refusal.reason)\n")
      }
    }
  }

  /// The changes of the command line, then those of the request, so that the request has the last word.
  private func overrides(of request: PlanRequest) -> [Override] {
    let unsaid = request.to == nil ? defaults.to : nil
    return defaults.simulation.set + Self.last(unsaid) + request.changes + Self.last(request.to)
  }

  private static func last(_ year: FinancialYear?) -> [Override] {
    year.map { [Override(path: "plan.to", value: "\($0)")] } ?? []
  }
}

extension RequestLines.Line {
  /// Whether there is nothing on it.
  var isBlank: Bool {
    guard case .text(let bytes) = self else { return false }
    return bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }

  /// Whether it may have been meant to give files; what cannot be read may have.
  var mayGiveFiles: Bool {
    guard case .text(let bytes) = self else { return true }
    return bytes.contains(Array("\"files\"".utf8))
  }
}
