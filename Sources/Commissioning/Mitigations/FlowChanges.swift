import TimeSeries

/// Everything that a scenario's levers and the register's measures do to the flows of a plan, asked flow by flow.
///
/// On one flow they act in a stated order: what sets it, then growth, then factors, then additions, and the measures
/// last, on what the scenario leaves. One run owns it and asks on one thread; what is asked is remembered, so that a
/// change to a flow that no service has can be refused with the nearest name that one does.
public final class FlowChanges {
  private let levers: [Flow: [DrawnLever]]
  /// The measures, drawn; nil where the plan has no register.
  public let mitigations: DrawnMitigations?
  /// The flows that are changed, in the order in which they are stated.
  private let changed: [Flow]
  private var askedFlows: Set<Flow> = []
  private var askedLines: Set<SavedLine> = []

  /// Draws what is uncertain of every change.
  ///
  /// - Parameters:
  ///   - levers: the scenario's changes.
  ///   - register: the measures; nil where there are none.
  ///   - mode: whether the measures count, and how.
  ///   - including: the ids of the measures that count; nil for all of them.
  ///   - years: the plan's years.
  ///   - draws: the number of simulated futures.
  ///   - seed: the seed of the run; scenarios that share it share their random numbers.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when a lever lies outside the plan's years, two set one
  ///   flow in one year, or a measure is to count that the register does not have.
  public init(
    levers: [Lever], register: MitigationRegister? = nil, mode: MitigationMode = .none,
    including: Set<String>? = nil, years: ClosedRange<FinancialYear>, draws: Int, seed: UInt64
  ) throws(CommissioningError) {
    if let register {
      mitigations = try DrawnMitigations(register, mode: mode, including: including, draws: draws, seed: seed)
    } else {
      mitigations = nil
    }
    var drawn: [Flow: [DrawnLever]] = [:]
    var changed: [Flow] = []
    for lever in levers {
      try lever.check(within: years)
      let same = drawn[lever.flow, default: []].filter { $0.lever.operation == lever.operation }
      let next = DrawnLever(lever, number: same.count, plan: years, draws: draws, seed: seed)
      if lever.operation == .set, let other = same.first(where: { $0.years.overlaps(next.years) }) {
        let year = max(other.years.lowerBound, next.years.lowerBound)
        throw .invalid(
          service: lever.flow.service,
          reason:
            "\"\(lever.flow.name)\" is set twice in \(year); keep one of the two, or end the first before the "
            + "second begins")
      }
      if !changed.contains(lever.flow) { changed.append(lever.flow) }
      drawn[lever.flow, default: []].append(next)
    }
    // The order of operations is that of their declaration; levers of one operation keep theirs.
    self.levers = drawn.mapValues { levers in
      Lever.Operation.allCases.flatMap { operation in levers.filter { $0.lever.operation == operation } }
    }
    // A register that does not count changes nothing.
    if mode != .none {
      for flow in register?.flows ?? [] where !changed.contains(flow) { changed.append(flow) }
    }
    self.changed = changed
  }

  /// What happens to a flow in a financial year.
  public func change(of name: String, in service: String, year: FinancialYear) -> FlowChange {
    change(of: name, in: service, over: year.days)
  }

  /// What happens to a flow, on average, over a stretch of time: a calendar year of requests, an academic year of
  /// prices, the one day of a census.
  ///
  /// A change that acts in a part of it acts by that part.
  public func change(of name: String, in service: String, over days: ClosedRange<CivilDate>) -> FlowChange {
    let flow = Flow(service: service, name: name)
    askedFlows.insert(flow)
    let window = MonthSpan(days)
    let scenario = (levers[flow] ?? []).reduce(FlowChange.none) {
      $0.then($1.change(over: window, days: days))
    }
    return scenario.then(mitigations?.change(of: flow, over: window) ?? .none)
  }

  /// The pounds that measures save on a line of a service in a financial year.
  ///
  /// - Parameters:
  ///   - line: the line, by the name that scripts use.
  ///   - service: the service, likewise.
  ///   - year: the financial year.
  ///   - amount: what the line would be without; no measure can save more of it than there is.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when more is saved than the line has, in any future.
  public func saving(
    on line: String, of service: String, year: FinancialYear, from amount: Draws
  ) throws(CommissioningError) -> Draws {
    let saved = SavedLine(service: service, line: line)
    askedLines.insert(saved)
    guard let saving = mitigations?.saving(on: saved, in: year) else { return Draws(0) }
    // Where nothing is saved the line may be of either sign.
    if saving.knownValue == 0 { return saving }
    if let short = (amount - saving).firstValue(outside: 0 ... .infinity) {
      throw .invalid(
        service: service,
        reason: short.isFinite
          ? "measures save \(wholePounds(-short)) more on the line \"\(line)\" in \(year) than it has, in at least one "
            + "future; lower the saving, or state it on the line that it falls on"
          : "what measures save on the line \"\(line)\" in \(year) is no amount")
    }
    return saving
  }

  /// The flows that services have asked about, in order of their names: those that exist.
  public var asked: [Flow] { askedFlows.sorted { $0.description < $1.description } }

  /// The flows that are changed and that no service has asked about, in the order in which they are stated.
  ///
  /// After a run each of them is a mistake: a name misspelt, or a flow of a service that the plan does not have.
  public var neverAsked: [Flow] { changed.filter { !askedFlows.contains($0) } }

  /// The lines on which pounds are saved and that no service has asked about: misspelt, or of no service of the plan.
  public var neverAskedLines: [SavedLine] {
    (mitigations?.register.lines ?? []).filter { !askedLines.contains($0) }
  }
}
