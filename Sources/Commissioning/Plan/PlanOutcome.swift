import TimeSeries

/// What one scenario of a plan comes to.
public struct PlanOutcome: Sendable {
  /// The scenario's name; `base` for the workspace as it stands.
  public let scenario: String
  /// The area that is planned for.
  public let area: String
  /// The date whose knowledge was used.
  public let asOf: CivilDate
  /// The number of simulated futures.
  public let draws: Int
  /// The seed.
  public let seed: UInt64
  /// The services that could be planned, in the workspace's order.
  public let services: [ServiceOutcome]
  /// The services that could not, or not in every part, each with the reason.
  public let refusals: [Refusal]
  /// The services together, in the years in which each of them has spending and a budget; empty when one was refused.
  public let total: [YearOutcome]
  /// The assumptions that were used.
  public let assumptions: [Assumption]
  /// The series that were used, as they were known.
  public let evidence: [UsedSeries]
  /// What the plan forecast beside what has been published since, where that was asked for.
  public let comparisons: [OutturnComparison]
  /// What a reader must know of the plan as a whole.
  public let notes: [String]

  /// Summarises what a plan comes to in every simulated future.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when a figure is not a finite number in some future.
  public init(_ paths: PlanPaths) throws(CommissioningError) {
    scenario = paths.scenario
    area = paths.area
    asOf = paths.asOf
    draws = paths.draws
    seed = paths.seed
    var services: [ServiceOutcome] = []
    var refusals = paths.refusals
    for service in paths.services {
      do throws(CommissioningError) {
        services.append(try ServiceOutcome(service))
      } catch {
        refusals.append(Refusal(service: service.id, reason: "\(error)"))
      }
    }
    self.services = services
    self.refusals = refusals
    var total: [YearOutcome] = []
    if refusals.isEmpty {
      for year in paths.total {
        var means: [YearMeans] = []
        for service in paths.services {
          if let part = service.years.first(where: { $0.year == year.year }) {
            means.append(try YearMeans(part))
          }
        }
        total.append(try YearOutcome(year, means: try YearMeans(sumOf: means)))
      }
    }
    self.total = total
    assumptions = paths.assumptions
    evidence = paths.evidence
    comparisons = paths.comparisons
    notes = paths.notes
  }

  /// A service that could not be planned.
  public struct Refusal: Hashable, Sendable {
    /// The service.
    public let service: String
    /// The sentence that says why.
    public let reason: String
  }

  /// A series that the plan used.
  public struct UsedSeries: Sendable {
    /// The series as it was known.
    public let series: Series
    /// The model that carried it forward, where one did.
    public let model: String?
  }
}

/// What a service comes to.
public struct ServiceOutcome: Sendable {
  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What its columns count.
  public let meaning: ServiceMeaning
  /// Its years, in order.
  public let years: [YearOutcome]
  /// What a reader must know of how the figures came about.
  public let notes: [String]
  /// Between which counts the flows of its years lie, as a reader calls it: "January to January"; nil where it has none.
  public let flowSpan: String?

  init(_ service: ServicePaths) throws(CommissioningError) {
    id = service.id
    name = service.name
    meaning = service.meaning
    notes = service.notes
    flowSpan = service.flowSpan
    var years: [YearOutcome] = []
    for year in service.years { years.append(try YearOutcome(year)) }
    self.years = years
  }
}

/// What a year comes to. A figure that is neither known nor forecast is nil.
public struct YearOutcome: Sendable {
  /// The financial year.
  public let year: FinancialYear
  /// Whether it is published, rolled forward or forecast.
  public let kind: YearKind
  /// The people of whom those who need the service are a share; nil where the need is not a share of a population.
  public let population: Quantity?
  /// Who needs the service.
  public let need: Quantity?
  /// What they ask of the scarce resource.
  public let demand: Quantity?
  /// What there is of it.
  public let supply: Quantity?
  /// What is left over.
  public let unmetNeed: Quantity?
  /// Pounds spent.
  public let spend: Quantity?
  /// Pounds available.
  public let budget: Quantity?
  /// Pounds available less pounds spent; negative is an overspend.
  public let inYearBalance: Quantity?
  /// Pounds carried forward, for a ring-fenced service; negative is a deficit.
  public let closingBalance: Quantity?
  /// Pounds that the service costs the General Fund beside its own grant; nil where nothing of it is planned.
  public let generalFund: Quantity?
  /// Pounds of the spend that others do not pay; nil where no contributions are planned.
  public let netSpend: Quantity?
  /// The probability that the year's spending is above what is available.
  public let probabilityOverspend: Probability?
  /// The probability that the closing balance is a deficit.
  public let probabilityDeficit: Probability?
  /// The mean part of the spend that rests on assumptions, in pounds: the sizes of its parts, none set off against
  /// another, and never more than the spend.
  public let spendOnAssumption: Double?
  /// The mean part of the budget that rests on assumptions, in pounds.
  public let budgetOnAssumption: Double?
  /// The parts of the year's money.
  public let lines: [Line]
  /// The flows that carry the stock from one count to the next, where they are known.
  public let flows: [Flow]

  /// A flow of people, or the stock that it starts from or ends in.
  public struct Flow: Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// People; what leaves is negative.
    public let people: Quantity
    /// Whether it is part of the sum from opening to closing.
    public let isInStock: Bool
  }

  /// A named part of a year's money.
  public struct Line: Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// `spend`, `budget`, `balance`, `general-fund` or `contribution`.
    public let part: String
    /// Pounds.
    public let amount: Quantity
    /// What was paid for, where the line is a number times a price; nil for money that follows no number.
    public let units: Quantity?
  }

  init(_ year: ServiceYear, means given: YearMeans? = nil) throws(CommissioningError) {
    let means = if let given { given } else { try YearMeans(year) }
    func summary(_ draws: Draws?) throws(CommissioningError) -> Quantity? {
      guard let draws else { return nil }
      return try Quantity(draws)
    }
    self.year = year.year
    kind = year.kind
    population = try summary(year.population)
    need = try summary(year.need)
    demand = try summary(year.demand)
    supply = try summary(year.supply)
    unmetNeed = try summary(year.unmetNeed)
    spend = try summary(year.spend)?.footed(means.spend)
    budget = try summary(year.budget)?.footed(means.budget)
    inYearBalance = try summary(year.inYearBalance)?.footed(means.inYear)
    closingBalance = try summary(year.closingBalance)?.footed(means.closing)
    generalFund = try summary(year.generalFund)?.footed(means.generalFund)
    netSpend = try summary(year.netSpend)?.footed(means.netSpend)
    func probability(_ draws: Draws?) throws(CommissioningError) -> Probability? {
      guard let draws else { return nil }
      return try Probability(negative: draws)
    }
    probabilityOverspend = try probability(year.inYearBalance)
    probabilityDeficit = try probability(year.closingBalance)
    spendOnAssumption = year.spendOnAssumption?.mean
    budgetOnAssumption = year.budgetOnAssumption?.mean
    var lines: [Line] = []
    for line in year.lines {
      lines.append(
        Line(
          id: line.id, name: line.name, part: line.part.rawValue,
          amount: try Quantity(line.amount).footed(means.line(line)),
          units: try summary(line.units)))
    }
    self.lines = lines
    var flows: [Flow] = []
    for flow in year.flows {
      flows.append(
        Flow(
          id: flow.id, name: flow.name, people: try Quantity(flow.draws), isInStock: flow.isInStock))
    }
    self.flows = flows
  }
}

/// A figure as it was forecast, beside what was published afterwards.
public struct OutturnComparison: Sendable {
  /// The service.
  public let service: String
  /// The figure.
  public let figure: String
  /// The name that people use for it.
  public let name: String
  /// The period it is of.
  public let period: Period
  /// Whether it is in pounds.
  public let isMoney: Bool
  /// What the plan said.
  public let forecast: Quantity
  /// What was published.
  public let actual: Double

  /// The figure of a plan's financial year that this is; nil for counts of a day and for other kinds of year.
  public var planFigure: PlanFigure? {
    guard isMoney, case .year(.financial) = period.kind else { return nil }
    return figure == RingFencedGrant.balanceFigure ? .closingBalance : .spend
  }

  /// Whether the 80 per cent interval holds what was published.
  public var isInside80: Bool { contains { ($0.p10, $0.p90) } }
  /// Whether the 95 per cent interval holds what was published.
  public var isInside95: Bool { contains { ($0.p2_5, $0.p97_5) } }

  private func contains(_ limits: (Quantity.Distribution) -> (Double, Double)) -> Bool {
    switch forecast {
    case .known(let value): return value == actual
    case .uncertain(let distribution):
      let (lower, upper) = limits(distribution)
      return lower <= actual && actual <= upper
    }
  }
}
