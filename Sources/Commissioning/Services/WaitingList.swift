import TimeSeries

/// A service that children wait for: the published list, shared out, then referrals in and treatment out, by month.
///
/// Only the list is published; referrals, capacity, price and budget are assumptions and said to be. Where a target
/// for the mean wait exists, the list that is compatible with it is the number treated in that time (Little, 1961);
/// what stands beyond it is unmet need. Where there is none, everyone waiting is. Counts from a reporting break onwards
/// are kept and not fitted through: the list is the last one before the first break.
public struct WaitingList: ServiceDefinition {
  /// The assumptions that the service uses, by name.
  public struct AssumptionNames: Hashable, Sendable {
    /// The place's part of the published list, as a share.
    public let share: String
    /// Referrals a year in the base year.
    public let referrals: String
    /// Growth of referrals a year beyond that of the population, as a share.
    public let referralGrowth: String
    /// The part of referrals that leaves without being treated, as a share.
    public let leavers: String
    /// Children whose wait can be ended in a year.
    public let capacity: String
    /// Pounds for each child treated, in the base year.
    public let unitCost: String
    /// Growth of the unit cost a year, as a share.
    public let priceGrowth: String
    /// Pounds in the base year's budget.
    public let budget: String
    /// Growth of the budget a year, as a share.
    public let budgetUplift: String

    /// Names the assumptions.
    public init(
      share: String, referrals: String, referralGrowth: String, leavers: String, capacity: String,
      unitCost: String, priceGrowth: String, budget: String, budgetUplift: String
    ) {
      self.share = share
      self.referrals = referrals
      self.referralGrowth = referralGrowth
      self.leavers = leavers
      self.capacity = capacity
      self.unitCost = unitCost
      self.priceGrowth = priceGrowth
      self.budget = budget
      self.budgetUplift = budgetUplift
    }
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What its columns count.
  public let meaning: ServiceMeaning
  /// The series of children waiting at the end of each month.
  public let list: String
  /// The area that the list is published for.
  public let listArea: String
  /// The series of the population that referrals follow.
  public let population: String
  /// The year in which referrals, unit cost and budget are stated; they grow from it, and shrink before it.
  public let baseYear: FinancialYear
  /// The series of the target for the mean wait, weeks; its last value holds. Nil where no target exists.
  public let targetWeeks: String?
  /// Why there is no target.
  public let noTargetReason: String?
  /// The assumptions it uses.
  public let assumptions: AssumptionNames

  /// Describes the service.
  public init(
    id: String, name: String, meaning: ServiceMeaning, list: String, listArea: String, population: String,
    baseYear: FinancialYear, targetWeeks: String?, noTargetReason: String?, assumptions: AssumptionNames
  ) {
    self.id = id
    self.name = name
    self.meaning = meaning
    self.list = list
    self.listArea = listArea
    self.population = population
    self.baseYear = baseYear
    self.targetWeeks = targetWeeks
    self.noTargetReason = noTargetReason
    self.assumptions = assumptions
  }

  /// The flows, under the names that scenarios use.
  enum Flows: String, CaseIterable {
    case referrals
    case capacity
    case unitCost = "unit-cost"
    case budget
  }

  /// Referrals that stay, capacity, the unit cost and the budget of a year.
  public var flows: [FlowName] {
    Flows.allCases.map { flow in
      switch flow {
      case .referrals: FlowName(flow.rawValue, meaning: "referrals that stay, in a year", unit: "children")
      case .capacity: FlowName(flow.rawValue, meaning: "children who can be seen in a year", unit: "children")
      case .unitCost: FlowName(flow.rawValue, meaning: "cost of a child seen", unit: "pounds")
      case .budget: FlowName(flow.rawValue, meaning: "budget of a year", unit: "pounds")
      }
    }
  }

  /// Nothing: a list that is shared out by an assumption is published for no single place.
  public func published(_ figure: String, at period: Period, in panel: Panel, area: String) -> Double? { nil }

  /// Carries the service through every simulated future.
  ///
  /// - Throws: ``CommissioningError`` when too little is known to plan it.
  public func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
    try WaitingListRun(self, in: simulation.context).simulate()
  }
}
