import TimeSeries

/// A service that children wait for: the published list, shared out, then referrals in and treatment out, by month.
///
/// Only the list is published; referrals, capacity, price and budget are assumptions and said to be. Where a target
/// for the mean wait exists, the list that is compatible with it is the number treated in that time (Little, 1961);
/// what stands beyond it is unmet need. Where there is none, everyone waiting is.
public struct WaitingList: ServiceDefinition {
  /// The assumptions that the service uses, by name.
  public struct AssumptionNames: Hashable, Sendable {
    /// The place's part of the published list, as a share.
    public let share: String
    /// Referrals a year in the year after the list was counted.
    public let referrals: String
    /// Growth of referrals a year beyond that of the population, as a share.
    public let referralGrowth: String
    /// The part of referrals that leaves without being treated, as a share.
    public let leavers: String
    /// Children whose wait can be ended in a year.
    public let capacity: String
    /// Pounds for each child treated, in the first year.
    public let unitCost: String
    /// Growth of the unit cost a year, as a share.
    public let priceGrowth: String
    /// Pounds a year in the first year's budget.
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

  public let id: String
  public let name: String
  public let meaning: ServiceMeaning
  /// The series of children waiting at the end of each month.
  public let list: String
  /// The area that the list is published for.
  public let listArea: String
  /// The series of the population that referrals follow.
  public let population: String
  /// The series of the target for the mean wait, weeks; its last value holds. Nil where no target exists.
  public let targetWeeks: String?
  /// Why there is no target.
  public let noTargetReason: String?
  /// The assumptions it uses.
  public let assumptions: AssumptionNames

  /// Describes the service.
  public init(
    id: String, name: String, meaning: ServiceMeaning, list: String, listArea: String, population: String,
    targetWeeks: String?, noTargetReason: String?, assumptions: AssumptionNames
  ) {
    self.id = id
    self.name = name
    self.meaning = meaning
    self.list = list
    self.listArea = listArea
    self.population = population
    self.targetWeeks = targetWeeks
    self.noTargetReason = noTargetReason
    self.assumptions = assumptions
  }

  public func published(_ figure: String, at period: Period, in panel: Panel, area: String) -> Double? { nil }

  public func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
    let context = simulation.context
    let published = try context.requiredSeries(list, area: listArea, for: id)
    // Reporting breaks are not fitted through: the list is the last one before the first break.
    let usable = published.segmentBeforeFirstBreak
    guard let last = usable.latest, let waiting = last.value, let lastDay = last.period.end else {
      throw .nothingPublished(id: list, area: listArea, asOf: "\(context.asOf)", service: id)
    }
    let populationSeries = try context.requiredSeries(population, for: id)
    guard let firstEstimate = populationSeries.points.first?.period,
      let firstDay = firstEstimate.end
    else { throw .nothingPublished(id: population, area: context.area, asOf: "\(context.asOf)", service: id) }
    let populationPaths = try context.paths(
      of: populationSeries,
      through: firstEstimate.advanced(by: context.years.upperBound.start - firstDay.year), service: id)
    func people(in year: FinancialYear) throws(CommissioningError) -> Draws {
      let period = firstEstimate.advanced(by: year.start - firstDay.year)
      guard let value = populationPaths.at(period) else {
        throw .missing(service: id, what: "the population", period: period.label)
      }
      return value
    }
    let target = try targetWeeks.map { id throws(CommissioningError) in
      try context.requiredSeries(id, for: self.id).latest?.value ?? 0
    }
    func assumed(_ name: String) throws(CommissioningError) -> Draws {
      try context.assumption(name, for: id)
    }

    var result = ServiceSimulation()
    var queue = try assumed(assumptions.share) * waiting
    let referrals = try assumed(assumptions.referrals)
    let growth = try assumed(assumptions.referralGrowth)
    let staying = -(try assumed(assumptions.leavers)) + 1
    let capacity = try assumed(assumptions.capacity)
    let unitCost = try assumed(assumptions.unitCost)
    let priceGrowth = try assumed(assumptions.priceGrowth)
    let budget = try assumed(assumptions.budget)
    let uplift = try assumed(assumptions.budgetUplift)

    let countedIn = FinancialYear(Self.financialYear(of: lastDay))
    let basePopulation = try people(in: countedIn)
    var months = Self.monthsLeft(in: countedIn, after: lastDay)
    var year = countedIn
    while year <= context.years.upperBound {
      let age = Double(year.start - countedIn.next.start)
      let inflow =
        referrals * staying * (try people(in: year)) / basePopulation * growth.map { power(1 + $0, age) }
      let (queueAfter, treated) = Self.advance(
        queue, monthlyInflow: inflow / 12, monthlyCapacity: capacity / 12, months: months)
      queue = queueAfter
      if year > countedIn, context.years.contains(year) {
        var figures = ServiceYear(
          year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
        figures.need = queue
        figures.demand = inflow
        figures.supply = capacity
        figures.unmetNeed =
          target.map { (queue - treated * $0 / year.weeks).positivePart } ?? queue
        let spend = treated * unitCost * priceGrowth.map { power(1 + $0, age) }
        let available = budget * uplift.map { power(1 + $0, age) }
        figures.spend = spend
        figures.budget = available
        figures.inYearBalance = available - spend
        figures.spendOnAssumption = spend
        figures.lines = [
          ServiceLine(id: "treatment", name: "Children treated", part: .spend, amount: spend)
        ]
        result.years.append(figures)
      }
      months = 12
      year = year.next
    }
    result.notes = notes(last: last, target: target, breaks: published.breaks)
    return result
  }

  private func notes(last: DataPoint, target: Double?, breaks: [Period]) -> [String] {
    var notes = [
      "The list is that of \(listArea) at \(last.period.label), shared out by an assumption; referrals, capacity, price and budget are assumptions."
    ]
    if let first = breaks.first, let final = breaks.last {
      notes.append(
        "Counts of \(first.label) to \(final.label) are after a reporting break; they are kept and not fitted through."
      )
    }
    if let target {
      notes.append(
        "Unmet need is what the list holds beyond a mean wait of \(Int(target)) weeks, the local target.")
    } else if let noTargetReason {
      notes.append("Unmet need is everyone waiting: \(noTargetReason).")
    }
    return notes
  }

  /// The list after some months of arrivals and treatment, and the number treated; a list is never negative.
  private static func advance(
    _ queue: Draws, monthlyInflow: Draws, monthlyCapacity: Draws, months: Int
  ) -> (queue: Draws, treated: Draws) {
    var queue = queue
    var treated = Draws(0)
    for _ in 0..<months {
      let waiting = queue + monthlyInflow
      let seen = waiting.lesser(monthlyCapacity)
      queue = waiting - seen
      treated = treated + seen
    }
    return (queue, treated)
  }

  /// The first calendar year of the financial year that holds a day.
  private static func financialYear(of day: CivilDate) -> Int { day.month >= 4 ? day.year : day.year - 1 }

  /// Whole months from a month's end to 31 March.
  private static func monthsLeft(in year: FinancialYear, after day: CivilDate) -> Int {
    (year.start + 1 - day.year) * 12 + 3 - day.month
  }
}
