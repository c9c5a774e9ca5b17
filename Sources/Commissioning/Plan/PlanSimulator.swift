import TimeSeries

/// Carries a plan through its simulated futures.
public struct PlanSimulator: Sendable {
  /// What a run may choose; everything else is in the definition.
  public struct Options: Hashable, Sendable {
    /// The date whose knowledge is used.
    public var asOf: CivilDate
    /// The number of simulated futures; at least 1.
    public var draws: Int
    /// The seed from which every random number follows.
    public var seed: UInt64
    /// The number of threads; it changes no byte of the result.
    public var jobs: Int
    /// Whether to set what has been published since beside the plan.
    public var comparesOutturn: Bool
    /// The measures of the register that count in this run, and how; nil for what the plan says.
    public var measures: Measures?

    /// Some of the measures of a register.
    public struct Measures: Hashable, Sendable {
      /// How they count.
      public let mode: MitigationMode
      /// Those that count, by the names that scripts use.
      public let ids: Set<String>

      /// Chooses measures.
      public init(mode: MitigationMode, ids: Set<String>) {
        self.mode = mode
        self.ids = ids
      }
    }

    /// Chooses.
    public init(
      asOf: CivilDate, draws: Int, seed: UInt64, jobs: Int = 1, comparesOutturn: Bool = false,
      measures: Measures? = nil
    ) {
      self.asOf = asOf
      self.draws = draws
      self.seed = seed
      self.jobs = jobs
      self.comparesOutturn = comparesOutturn
      self.measures = measures
    }
  }

  /// The plan.
  public let definition: PlanDefinition
  /// Every published series, whenever it was published.
  public let evidence: Panel

  /// Prepares a plan to be run.
  public init(_ definition: PlanDefinition, evidence: Panel) {
    self.definition = definition
    self.evidence = evidence
  }

  /// Runs the plan.
  ///
  /// A service that cannot be planned is a ``PlanOutcome/Refusal`` and does not stop the others; there is then no
  /// total, because a total of some services would be read as that of all.
  ///
  /// - Parameters:
  ///   - scenario: the name under which the outcome is reported.
  ///   - options: what this run chooses.
  /// - Throws: ``CommissioningError/horizon(_:)`` when the plan's years are over on the plan's date or outside 1900/01
  ///   to 2199/00, or the number of draws is not positive; ``CommissioningError/invalidAssumption(id:reason:)`` when an
  ///   assumption is defined twice.
  public func run(scenario: String, options: Options) throws(CommissioningError) -> PlanOutcome {
    try PlanOutcome(try paths(scenario: scenario, options: options))
  }

  /// Runs the plan and keeps every simulated future, so that differences between scenarios can be taken inside each.
  ///
  /// Two runs with the same seed and number of draws share their random numbers: future `p` of one is future `p` of
  /// the other but for what was changed.
  ///
  /// - Parameters:
  ///   - scenario: the name under which the outcome is reported.
  ///   - options: what this run chooses.
  ///   - only: the services to report; nil for all. With fewer than all there is no total. Their futures are those that
  ///     they have in the whole plan.
  /// - Throws: as ``run(scenario:options:)``.
  public func paths(
    scenario: String, options: Options, only: Set<String>? = nil
  ) throws(CommissioningError) -> PlanPaths {
    try checkHorizon(options)
    let context = try SimulationContext(
      definition: definition, evidence: evidence, asOf: options.asOf, draws: options.draws,
      seed: options.seed, jobs: options.jobs, measures: options.measures)
    var services: [ServicePaths] = []
    var refusals: [PlanOutcome.Refusal] = []
    var comparisons: [OutturnComparison] = []
    // The futures of a series are joined to those before it: what comes earlier is run for them even where it is not
    // asked for, so that a part of the plan has the futures of the whole.
    let last = definition.services.lastIndex { only?.contains($0.id) ?? true }
    for service in definition.services.prefix(last.map { $0 + 1 } ?? 0) {
      let isWanted = only?.contains(service.id) ?? true
      do {
        let simulated = try service.simulate(in: Simulation(context: context))
        guard isWanted else { continue }
        comparisons += options.comparesOutturn ? try compare(simulated.tracked, of: service) : []
        services.append(
          ServicePaths(
            id: service.id, name: service.name, meaning: service.meaning, years: simulated.years,
            notes: simulated.notes, flowSpan: simulated.flowSpan))
        if let partial = simulated.refusal {
          refusals.append(PlanOutcome.Refusal(service: service.id, reason: partial.text))
        }
      } catch {
        if isWanted { refusals.append(PlanOutcome.Refusal(service: service.id, reason: "\(error)")) }
      }
    }
    for refusal in unheard(of: context, by: services) where !refusals.contains(refusal) {
      refusals.append(refusal)
    }
    let isWhole = refusals.isEmpty && services.count == definition.services.count
    return PlanPaths(
      scenario: scenario, area: definition.area, asOf: options.asOf, draws: options.draws,
      seed: options.seed, services: services, refusals: refusals,
      total: isWhole ? PlanTotal(of: services).years : [], drivers: context.drivers,
      assumptions: definition.assumptions.filter { context.usedAssumptions.contains($0.id) },
      evidence: evidence.compactMap { series in
        let key = Panel.Key(id: series.id, area: series.area)
        guard let used = context.usedSeries[key] else { return nil }
        return PlanOutcome.UsedSeries(series: used, model: context.forecasts[key])
      },
      comparisons: comparisons, notes: notes(of: context))
  }

  private func notes(of context: SimulationContext) -> [String] {
    var notes: [String] = []
    if let register = definition.mitigations {
      let counted = register.measures.count - register.inBudget.count
      let count = counted == 1 ? "1 measure" : "\(counted) measures"
      switch definition.mitigationMode {
      case .none: notes.append("The register's \(count) do not count here: the plan is unmitigated.")
      case .certain: notes.append("The register's \(count) count as if delivery were certain.")
      case .weighted:
        notes.append("The register's \(count) count in as many futures as their delivery is likely.")
      }
      if !register.inBudget.isEmpty {
        notes.append(
          "\(wholePounds(register.savingInBudget)) a year of savings stand in the budget already and are not counted again."
        )
      }
    }
    return notes + context.remarks.map { $0.prefix(1).uppercased() + $0.dropFirst() + "." }
  }

  /// Levers on flows that their service did not ask about, because it has no such flow: their plan would be the plan
  /// without them, under a name that says otherwise.
  private func unheard(
    of context: SimulationContext, by services: [ServicePaths]
  ) -> [PlanOutcome.Refusal] {
    context.flows.neverAsked.compactMap { flow in
      let service = definition.services.first { $0.id == flow.service }
      // A service that was refused, or that was not to be run, had no occasion to ask.
      if service != nil, !services.contains(where: { $0.id == flow.service }) { return nil }
      return PlanOutcome.Refusal(
        service: flow.service, reason: "\(flow.service): \(FlowName.unknown(flow, in: service))")
    }
  }

  /// Refuses years that no plan can be made for, and a number of futures that cannot be simulated.
  func checkHorizon(_ options: Options) throws(CommissioningError) {
    guard options.draws >= 1 else {
      throw .horizon("\(options.draws) draws cannot be simulated; give a whole number from 1")
    }
    guard (1900...2199).contains(definition.years.lowerBound.start),
      (1900...2199).contains(definition.years.upperBound.start)
    else {
      throw .horizon("they must lie between 1900/01 and 2199/00; plan fewer years")
    }
    guard definition.years.upperBound.lastDay > options.asOf else {
      throw .horizon(
        "the last year, \(definition.years.upperBound), is over on the plan's date, \(options.asOf); "
          + "plan to a later year with --to, or choose an earlier date with --as-of")
    }
  }

  private func compare(
    _ figures: [TrackedFigure], of service: any ServiceDefinition
  ) throws(CommissioningError) -> [OutturnComparison] {
    var result: [OutturnComparison] = []
    for figure in figures {
      guard
        let actual = service.published(
          figure.id, at: figure.period, in: evidence, area: definition.area)
      else { continue }
      result.append(
        OutturnComparison(
          service: service.id, figure: figure.id, name: figure.name, period: figure.period,
          isMoney: figure.isMoney, forecast: try Quantity(figure.draws), actual: actual))
    }
    return result
  }
}
