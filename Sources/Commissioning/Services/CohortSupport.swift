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

  public let id: String
  public let name: String
  public let meaning: ServiceMeaning
  /// The series of the rate, per cent of the cohort by financial year.
  public let rate: String
  /// The series of the population that holds the cohort.
  public let population: String
  /// The year in whose prices unit cost and budget are stated; no money is shown before it.
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

  public func published(_ figure: String, at period: Period, in panel: Panel, area: String) -> Double? {
    figure == rate ? panel[figure, area: area]?.point(at: period)?.value : nil
  }

  public func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
    let context = simulation.context
    let last = context.years.upperBound
    let rates = try context.paths(rate, through: last.period, fallback: holdSpread, service: id)
    let populationSeries = try context.requiredSeries(population, for: id)
    guard let first = populationSeries.points.first?.period, let firstDay = first.end else {
      throw .nothingPublished(id: population, area: context.area, asOf: "\(context.asOf)", service: id)
    }
    let people = try context.paths(
      of: populationSeries, through: first.advanced(by: last.start - firstDay.year), service: id)
    func assumed(_ name: String) throws(CommissioningError) -> Draws {
      try context.assumption(name, for: id)
    }
    let cohortShare = try assumed(assumptions.cohortShare)
    let takeUp = try assumed(assumptions.takeUp)
    let places = try assumed(assumptions.places)
    let unitCost = try assumed(assumptions.unitCost)
    let priceGrowth = try assumed(assumptions.priceGrowth)
    let budget = try assumed(assumptions.budget)
    let uplift = try assumed(assumptions.budgetUplift)

    var result = ServiceSimulation()
    var year = context.years.lowerBound
    while year <= last {
      defer { year = year.next }
      guard let share = rates.at(year.period),
        let population = people.at(first.advanced(by: year.start - firstDay.year))
      else { continue }
      if !rates.isPublished(at: year.period) {
        result.tracked.append(
          TrackedFigure(id: rate, name: "Rate, per cent", period: year.period, draws: share))
      }
      guard year >= baseYear else { continue }
      var figures = ServiceYear(
        year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
      let need = share / 100 * (population * cohortShare)
      let demand = need * takeUp
      let age = Double(year.start - baseYear.start)
      let spend = demand.lesser(places) * unitCost * priceGrowth.map { power(1 + $0, age) }
      let available = budget * uplift.map { power(1 + $0, age) }
      figures.need = need
      figures.demand = demand
      figures.supply = places
      figures.unmetNeed = (demand - places).positivePart
      figures.spend = spend
      figures.budget = available
      figures.inYearBalance = available - spend
      figures.spendOnAssumption = spend
      figures.lines = [
        ServiceLine(id: "support", name: "Places used", part: .spend, amount: spend)
      ]
      result.years.append(figures)
    }
    result.notes = [
      "The rate is published; the cohort, take-up, places, price and budget are assumptions."
    ]
    return result
  }
}
