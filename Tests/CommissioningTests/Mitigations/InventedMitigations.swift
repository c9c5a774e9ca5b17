import Testing
import TimeSeries

@testable import Commissioning

/// Measures with what a test does not care about filled in.
enum InventedMeasures {
  static let years = FinancialYear(2026)...FinancialYear(2030)
  static let requests = Flow(service: "high-needs", name: "requests")
  static let ceasing = Flow(service: "high-needs", name: "ceasing")

  static func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

  static func measure(
    _ id: String, _ effects: [MitigationEffect], start: String = "2026-04-01", end: String? = nil,
    ramp: Ramp = .immediate, probability: Double = 0.6, spread: Assumption.Value = .fixed(1),
    status: Mitigation.Status = .planned, cost: Mitigation.Cost = Mitigation.Cost(),
    owner: String = "Head of SEND"
  ) throws -> Mitigation {
    Mitigation(
      id: id, name: "The measure \(id)", owner: owner, evidence: "a pilot", status: status,
      start: try day(start), end: try end.map(day), ramp: ramp, probability: probability, spread: spread,
      effects: effects, cost: cost)
  }

  static func times(_ size: Double, _ flow: Flow = requests, cohort: String? = nil) -> MitigationEffect {
    MitigationEffect(.multiply(flow), size: .fixed(size), cohort: cohort)
  }

  static func plus(_ size: Double, _ flow: Flow = requests, cohort: String? = nil) -> MitigationEffect {
    MitigationEffect(.add(flow), size: .fixed(size), cohort: cohort)
  }

  static func saves(_ pounds: Double, _ line: String = "1.2.3", cohort: String? = nil) -> MitigationEffect {
    MitigationEffect(.save(service: "high-needs", line: line), size: .fixed(pounds), cohort: cohort)
  }

  static func register(
    _ measures: [Mitigation], _ overlaps: [Overlap] = [], lines: [Flow: Set<String>] = [:]
  ) throws -> MitigationRegister {
    try MitigationRegister(measures: measures, overlaps: overlaps, years: years, lines: lines)
  }

  static func changes(
    _ register: MitigationRegister, _ mode: MitigationMode = .certain, including: Set<String>? = nil,
    levers: [Lever] = [], draws: Int = 1, seed: UInt64 = 1
  ) throws -> FlowChanges {
    try FlowChanges(
      levers: levers, register: register, mode: mode, including: including, years: years, draws: draws,
      seed: seed)
  }

  static func change(
    _ measures: [Mitigation], _ overlaps: [Overlap] = [], year: Int = 2028, flow: Flow = requests
  ) throws -> FlowChange {
    try changes(register(measures, overlaps)).change(
      of: flow.name, in: flow.service, year: FinancialYear(year))
  }
}
