import Commissioning

/// A year of a plan as programs read it. What is neither known nor forecast is null, never left out.
public struct YearDocument: Codable, Hashable, Sendable {
  /// The financial year, `2026/27`.
  public let year: String
  /// `outturn`, `estimate` or `forecast`.
  public let kind: String
  /// The people of whom those who need the service are a share; null where the need is not a share of a population.
  public let population: QuantityDocument?
  /// Who needs the service.
  public let need: QuantityDocument?
  /// What they ask of the scarce resource.
  public let demand: QuantityDocument?
  /// What there is of it.
  public let supply: QuantityDocument?
  /// What is left over.
  public let unmetNeed: QuantityDocument?
  /// Pounds spent.
  public let spend: QuantityDocument?
  /// Pounds available.
  public let budget: QuantityDocument?
  /// Pounds available less pounds spent.
  public let inYearBalance: QuantityDocument?
  /// Pounds carried forward; null where a service has no ring-fence.
  public let closingBalance: QuantityDocument?
  /// Pounds that the service costs the General Fund beside its own grant; null where nothing of it is planned.
  public let generalFund: QuantityDocument?
  /// Pounds of the spend that others do not pay; null where no contributions are planned.
  public let netSpend: QuantityDocument?
  /// The probability that the year's spend is above what is available.
  public let probabilityOverspend: ProbabilityDocument?
  /// The probability that the closing balance is below zero; null where a service has no ring-fence.
  public let probabilityDeficit: ProbabilityDocument?
  /// The mean part of the spend that rests on assumptions, in pounds.
  public let spendOnAssumption: Double?
  /// The parts of the year's money.
  public let lines: [Line]
  /// The flows that carry the stock from one count to the next; empty where they are not known.
  public let flows: [Flow]

  /// A named part of a year's money.
  public struct Line: Codable, Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// `spend`, `budget`, `balance`, `general-fund` or `contribution`.
    public let part: String
    /// Pounds.
    public let amount: QuantityDocument
    /// What was paid for; left out where the line follows no number.
    public let units: QuantityDocument?
  }

  /// A flow of people, or the stock that it starts from or ends in.
  public struct Flow: Codable, Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// People; what leaves is negative.
    public let people: QuantityDocument
  }

  init(_ outcome: YearOutcome) {
    year = "\(outcome.year)"
    kind = outcome.kind.rawValue
    population = outcome.population.map(QuantityDocument.init)
    need = outcome.need.map(QuantityDocument.init)
    demand = outcome.demand.map(QuantityDocument.init)
    supply = outcome.supply.map(QuantityDocument.init)
    unmetNeed = outcome.unmetNeed.map(QuantityDocument.init)
    spend = outcome.spend.map(QuantityDocument.init)
    budget = outcome.budget.map(QuantityDocument.init)
    inYearBalance = outcome.inYearBalance.map(QuantityDocument.init)
    closingBalance = outcome.closingBalance.map(QuantityDocument.init)
    generalFund = outcome.generalFund.map(QuantityDocument.init)
    netSpend = outcome.netSpend.map(QuantityDocument.init)
    probabilityOverspend = outcome.probabilityOverspend.map(ProbabilityDocument.init)
    probabilityDeficit = outcome.probabilityDeficit.map(ProbabilityDocument.init)
    spendOnAssumption = outcome.spendOnAssumption
    lines = outcome.lines.map {
      Line(
        id: $0.id, name: $0.name, part: $0.part, amount: QuantityDocument($0.amount),
        units: $0.units.map(QuantityDocument.init))
    }
    flows = outcome.flows.map { Flow(id: $0.id, name: $0.name, people: QuantityDocument($0.people)) }
  }

  /// Writes every key. What the compiler writes by itself would leave out the figures that are nil.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(year, forKey: .year)
    try container.encode(kind, forKey: .kind)
    try container.encode(population, forKey: .population)
    try container.encode(need, forKey: .need)
    try container.encode(demand, forKey: .demand)
    try container.encode(supply, forKey: .supply)
    try container.encode(unmetNeed, forKey: .unmetNeed)
    try container.encode(spend, forKey: .spend)
    try container.encode(budget, forKey: .budget)
    try container.encode(inYearBalance, forKey: .inYearBalance)
    try container.encode(closingBalance, forKey: .closingBalance)
    try container.encode(generalFund, forKey: .generalFund)
    try container.encode(netSpend, forKey: .netSpend)
    try container.encode(probabilityOverspend, forKey: .probabilityOverspend)
    try container.encode(probabilityDeficit, forKey: .probabilityDeficit)
    try container.encode(spendOnAssumption, forKey: .spendOnAssumption)
    try container.encode(lines, forKey: .lines)
    try container.encode(flows, forKey: .flows)
  }
}
