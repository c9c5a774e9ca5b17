import TimeSeries

/// A service for a part of a cohort: young people not in education, employment or training.
///
/// The rate is published; the cohort is a share of the population, and take-up, places, price and budget are
/// assumptions and said to be.
public struct CohortSupport: ServiceDefinition {
  /// The assumptions that the service uses, by name.
  public struct AssumptionNames: Hashable, Sendable {
    /// The cohort as a share of the population series.
    public let cohortShare: String
    /// The part of those in need who take up support, as a share.
    public let takeUp: String
    /// Places a year.
    public let places: String
    /// Pounds for each place used, in the base year.
    public let unitCost: String
    /// Growth of the unit cost a year, as a share.
    public let priceGrowth: String
    /// Pounds a year in the base year's budget.
    public let budget: String
    /// Growth of the budget a year, as a share.
    public let budgetUplift: String

    /// Names the assumptions.
    public init(
      cohortShare: String, takeUp: String, places: String, unitCost: String, priceGrowth: String,
      budget: String, budgetUplift: String
    ) {
      self.cohortShare = cohortShare
      self.takeUp = takeUp
      self.places = places
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
  /// The series of the rate, a share of the cohort by financial year.
  public let rate: String
  /// The series of the population that holds the cohort.
  public let population: String
  /// The year in whose prices unit cost and budget are stated; neither places nor money are shown before it.
  public let baseYear: FinancialYear
  /// The assumption about spread that holds the latest value of a series too short for any model.
  public let holdSpread: String
  /// The assumptions it uses.
  public let assumptions: AssumptionNames

  /// Describes the service.
  public init(
    id: String, name: String, meaning: ServiceMeaning, rate: String, population: String,
    baseYear: FinancialYear, holdSpread: String, assumptions: AssumptionNames
  ) {
    self.id = id
    self.name = name
    self.meaning = meaning
    self.rate = rate
    self.population = population
    self.baseYear = baseYear
    self.holdSpread = holdSpread
    self.assumptions = assumptions
  }

  /// The flows, under the names that scenarios use.
  enum Flows: String, CaseIterable {
    case demand
    case places
    case unitCost = "unit-cost"
    case budget
  }

  /// Those who take up support, places, the unit cost and the budget of a year.
  public var flows: [FlowName] {
    Flows.allCases.map { flow in
      switch flow {
      case .demand: FlowName(flow.rawValue, meaning: "those who take up support", unit: "people")
      case .places: FlowName(flow.rawValue, meaning: "places of support", unit: "places")
      case .unitCost: FlowName(flow.rawValue, meaning: "cost of a place used", unit: "pounds")
      case .budget: FlowName(flow.rawValue, meaning: "budget of a year", unit: "pounds")
      }
    }
  }

  /// The rate of a financial year.
  public func published(_ figure: String, at period: Period, in panel: Panel, area: String) -> Double? {
    figure == rate ? panel[figure, area: area]?.point(at: period)?.value : nil
  }

  /// Carries the service through every simulated future.
  ///
  /// - Throws: ``CommissioningError`` when too little is known to plan it.
  public func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
    let context = simulation.context
    let rates = try context.paths(
      rate, like: context.years.upperBound.period, fallback: holdSpread, service: id)
    let whole = try context.whole(of: rates.series, for: id)
    let people = try AnnualPopulation(population, in: context, service: id)
    // A year that is neither in the plan nor in any figure would leave demand, supply and money out without a word.
    if rates.at(baseYear.period) == nil || people.estimate(for: baseYear) == nil {
      try context.requirePeriod(baseYear.period, of: [rate], as: "base-year", for: id)
    }
    let cohortShare = try context.assumption(assumptions.cohortShare, .share, for: id)
    let takeUp = try context.assumption(assumptions.takeUp, .share, for: id)
    let places = try context.assumption(assumptions.places, .amount, for: id)
    let unitCost = try context.assumption(assumptions.unitCost, .amount, for: id)
    let priceGrowth = try context.assumption(assumptions.priceGrowth, .growth, for: id)
    let budget = try context.assumption(assumptions.budget, .amount, for: id)
    let uplift = try context.assumption(assumptions.budgetUplift, .growth, for: id)

    var result = ServiceSimulation()
    var unknown: [FinancialYear] = []
    for year in context.allYears {
      guard let rate = rates.at(year.period), let population = people.estimate(for: year) else {
        unknown.append(year)
        continue
      }
      if !rates.isPublished(at: year.period) {
        result.tracked.append(
          TrackedFigure(id: self.rate, name: "Rate, \(unitText(whole))", period: year.period, draws: rate))
      }
      var figures = ServiceYear(
        year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
      let need = rate / whole * (population * cohortShare)
      figures.need = need
      if year >= baseYear {
        func changed(_ value: Draws, by flow: Flows) throws(CommissioningError) -> Draws {
          try context.changed(value, by: flow.rawValue, of: id, in: year)
        }
        let demand = try changed(need * takeUp, by: .demand)
        let places = try changed(places, by: .places)
        let age = Double(year.start - baseYear.start)
        let price = try changed(unitCost * priceGrowth.map { power(1 + $0, age) }, by: .unitCost)
        let used = demand.lesser(places)
        let spend = used * price
        let available = try changed(budget * uplift.map { power(1 + $0, age) }, by: .budget)
        figures.demand = demand
        figures.supply = places
        figures.unmetNeed = (demand - places).positivePart
        figures.spend = spend
        figures.budget = available
        figures.inYearBalance = available - spend
        figures.spendOnAssumption = spend
        figures.budgetOnAssumption = available
        figures.lines = [
          ServiceLine(id: "support", name: "Places used", part: .spend, amount: spend, units: used)
        ]
      }
      result.years.append(figures)
    }
    result.notes = [
      "The rate is published; the cohort, take-up, places, price and budget are assumptions."
    ]
    if context.years.lowerBound < baseYear {
      result.notes.append("Places and money are shown from \(baseYear), the year they are stated for.")
    }
    if rates.isHeld {
      result.notes.append("The rate has too few years for any model and is held, with a stated spread.")
    }
    if !unknown.isEmpty {
      result.notes.append(
        "Nothing is known of the rate or the population of "
          + "\(unknown.map(\.description).joined(separator: ", ")).")
    }
    return result
  }

  private func unitText(_ whole: Double) -> String { whole == 1 ? "proportion" : "per cent" }
}
