import ArgumentParser
import Needscast

/// `needscast scenario optimise`: spread a sum over measures and places.
struct OptimiseVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "optimise",
    abstract: "Spread a sum over measures and places so that the expected deficit or unmet need is least.",
    discussion: """
      The options are the measures of the workspace's register that the budget does not have, scenarios with a cost \
      (--measure), and units of a value or a flow (--places). What each does, and what two measures do together, is \
      found by running the plan with and without them on the same random numbers; the best choice is then run once \
      more, whole. The answer comes with its proof, the worth of one more pound and the runner-up.

      EXAMPLES:
        needscast scenario optimise Datasets/sefton --sum 100k --minimise unmet-need --service participation --year 2026/27 --places participation.places=60@2400
      """)

  @OptionGroup var plan: ScenarioOptions

  @Option(
    help: ArgumentHelp(
      "The scenario to start from, or a file of one (default: base).", valueName: "name|file.yaml"))
  var scenario = Workspace.baseScenario

  @Option(
    help: ArgumentHelp("The sum to spread, up to the year that is asked about.", valueName: "pounds"),
    transform: ArgumentForms.pounds)
  var sum: Double

  @Option(help: ArgumentHelp("What is to be least.", valueName: "expected-deficit|unmet-need"))
  var minimise = Shortfall.expectedDeficit

  @Option(
    help: ArgumentHelp(
      "The service; total is all services (default: the first with a ring-fence, or the first).",
      valueName: "id"))
  var service: String?

  @Option(
    help: ArgumentHelp("The financial year (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var year: FinancialYear?

  @Option(
    help: ArgumentHelp(
      "A scenario that can be bought once, with its cost; may be repeated.", valueName: "scenario=pounds"),
    transform: ArgumentForms.pricedScenario)
  var measure: [PricedScenario] = []

  @Option(
    help: ArgumentHelp(
      "Units that can be added to a value or a flow, with the cost of one; may be repeated.",
      valueName: "path=most@pounds"), transform: ArgumentForms.places)
  var places: [PlacesArgument] = []

  @Option(
    help: ArgumentHelp(
      "A condition, \"spend NAME >= POUNDS\" or \"units NAME,NAME <= NUMBER\", of options or services; may be repeated.",
      valueName: "condition"), transform: SpendingCondition.init(reading:))
  var limit: [SpendingCondition] = []

  @Option(
    help: ArgumentHelp(
      "Whether a measure of the register may fail to be delivered (weighted), or is taken to be (certain).",
      valueName: "weighted|certain"))
  var delivery = MitigationMode.weighted

  func validate() throws {
    if delivery == .none {
      throw ValidationError("--delivery is weighted or certain: with none there is nothing to buy.")
    }
  }

  func run() throws {
    try Failure.reporting {
      let study = try plan.open(scenarios: [scenario] + measure.map(\.name))
      let question = try study.question(scenario: scenario, service: service, figure: nil, year: year)
      let definition = try study.definition(of: scenario)
      let options = try options(definition, study: study, year: question.year)
      let spending = SpendingPlan(
        study: study, scenario: scenario, options: options, mode: delivery, services: question.services)
      let services = definition.services.map(\.id)
      let limits = try limit.map { try $0.limit(on: options, services: services) }
      let search = try Progress.during(
        "buying", unit: "plans", of: SpendingSearch.runs(for: options), quiet: plan.output.quiet
      ) { progress in
        try SpendingSearch(
          spending, shortfall: minimise, question: question, sum: sum, limits: limits,
          eachRun: { progress.advance() })
      }
      let report = AllocationReport(
        heading: QuestionHeading(
          name: definition.name, paths: search.base, overrides: study.changes,
          scenarioChanges: try study.workspace.chain(of: search.base.scenario).flatMap(\.changes)),
        shortfall: minimise, service: question.service, year: question.year, sum: sum,
        allocation: search.allocation, alone: search.alone, whole: search.whole)
      switch plan.output.format {
      case .text: try plan.output.write(report.text(width: plan.output.page.width))
      case .csv: try plan.output.write(report.csv())
      case .json: try plan.output.write(try report.json())
      }
    }
  }

  private func options(
    _ definition: PlanDefinition, study: ScenarioStudy, year: FinancialYear
  ) throws -> [SpendingOption] {
    var options: [SpendingOption] = []
    for measure in definition.mitigations?.measures ?? [] where !measure.isInBudget {
      options.append(.measure(measure, cost: measure.meanCost(through: year)))
    }
    for one in measure {
      _ = try study.definition(of: scenario, also: [one.name])
      options.append(.scenario(study.workspace.scenarioName(of: one.name), cost: one.cost))
    }
    for one in places {
      _ = try study.definition(
        of: scenario, overrides: [Override(path: "\(one.path).add", value: "\(one.most)")])
      options.append(.places(one))
    }
    guard !options.isEmpty else {
      throw Failure(
        "\(study.workspace.folder): there is nothing to buy: the workspace has no register of mitigations beyond the "
          + "budget; give it one, or name scenarios with --measure or units with --places",
        code: Failure.wrongArguments)
    }
    return options
  }
}

/// What every option does, found by running the plan with and without it, and the best choice among them.
struct SpendingSearch {
  /// The plan with nothing bought.
  let base: PlanPaths
  let allocation: Allocation
  /// The mean by which each option alone, with all its units, makes the shortfall smaller.
  let alone: [MeanEstimate]
  /// The mean shortfall of the plan run with the whole choice.
  let whole: MeanEstimate

  /// Into how many tiers units are divided, in each of which every unit does the same.
  private static let tiers = 4

  init(
    _ spending: SpendingPlan, shortfall: Shortfall, question: PlanQuestion, sum: Double,
    limits: [AllocationProblem.Limit], eachRun: () -> Void = {}
  ) throws(CommissioningError) {
    let count = spending.options.count
    func shortfalls(_ units: [Double]) throws(CommissioningError) -> [Draws] {
      defer { eachRun() }
      return try shortfall.draws(
        of: try spending.paths(units), service: question.service, year: question.year)
    }
    let none = [Double](repeating: 0, count: count)
    base = try spending.paths(none)
    eachRun()
    let start = try shortfall.draws(of: base, service: question.service, year: question.year)
    var options: [AllocationProblem.Option] = []
    var ends: [[Draws]] = []
    var alone: [MeanEstimate] = []
    for (index, option) in spending.options.enumerated() {
      var before = start
      var bought = 0
      var tiers: [AllocationProblem.Tier] = []
      let number = min(Self.tiers, option.mostUnits)
      for tier in 1...number {
        let units = option.mostUnits * tier / number
        var choice = none
        choice[index] = Double(units)
        let after = try shortfalls(choice)
        let step = Double(units - bought)
        tiers.append(
          AllocationProblem.Tier(units: step, benefits: try Draws.differences(before, after, over: step)))
        (before, bought) = (after, units)
      }
      options.append(
        AllocationProblem.Option(id: option.id, unitCost: option.unitCost, isWhole: true, tiers: tiers))
      ends.append(before)
      alone.append(try Draws.reduction(from: start, to: before))
    }
    let interactions = try Self.interactions(
      spending, start: start, ends: ends, shortfalls: shortfalls)
    allocation = try Allocation(
      AllocationProblem(
        shortfalls: start, options: options, interactions: interactions, sum: sum, limits: limits))
    self.alone = alone
    whole = try Draws.shortfall(try shortfalls(allocation.best.choices.map(\.units)))
  }

  /// How often the plan is run for some options: with nothing bought, with each tier, with each pair, with the choice.
  static func runs(for options: [SpendingOption]) -> Int {
    let tiers = options.map { max(0, min(Self.tiers, $0.mostUnits)) }.reduce(0, +)
    var pairs = 0
    for first in options.indices where options[first].mostUnits == 1 {
      for second in options.indices.dropFirst(first + 1) where options[second].mostUnits == 1 {
        if !options[first].isApart(from: options[second]) { pairs += 1 }
      }
    }
    return 2 + tiers + pairs
  }

  /// What two measures do together beyond the sum of both, wherever that is anything.
  private static func interactions(
    _ spending: SpendingPlan, start: [Draws], ends: [[Draws]],
    shortfalls: ([Double]) throws(CommissioningError) -> [Draws]
  ) throws(CommissioningError) -> [AllocationProblem.Interaction] {
    var result: [AllocationProblem.Interaction] = []
    let options = spending.options
    for first in options.indices where options[first].mostUnits == 1 {
      for second in options.indices.dropFirst(first + 1) where options[second].mostUnits == 1 {
        if options[first].isApart(from: options[second]) { continue }
        var choice = [Double](repeating: 0, count: options.count)
        (choice[first], choice[second]) = (1, 1)
        let both = try shortfalls(choice)
        if let benefits = try Draws.interaction(start, ends[first], ends[second], both) {
          result.append(
            AllocationProblem.Interaction(options[first].id, options[second].id, benefits: benefits))
        }
      }
    }
    return result
  }
}

extension SpendingOption {
  /// Whether two measures of the register act on services of which none is the same, so that they cannot overlap.
  func isApart(from other: SpendingOption) -> Bool {
    guard case .measure = self, case .measure = other else { return false }
    return services(among: []).isDisjoint(with: other.services(among: []))
  }
}
