import TimeSeries

/// One run of a ring-fenced grant: numbers, prices, level, then the account year by year.
struct GrantRun {
  private let service: RingFencedGrant
  private let context: SimulationContext
  private let plans: StockPaths
  private let income: GrantIncome
  private let balances: GrantBalances
  private let anchors: [GrantBalances.Anchor]
  private let priceGrowth: Draws
  private let otherBlocks: Draws
  private let prices: GrantPrices
  private var relief: GrantRelief
  private var notes: [String]

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let plans = try StockPaths(
      counts: service.evidence.plans, population: service.evidence.population,
      average: YearAverage(rule: .januaryCensus), in: context, service: service.id)
    let priceGrowth = try context.assumption(service.assumptions.priceGrowth, .growth, for: service.id)
    balances = try GrantBalances(service, in: context)
    income = try GrantIncome(service, in: context)
    relief = try GrantRelief(service, balances: balances, in: context)
    anchors = try balances.anchors(income)
    otherBlocks = try context.assumption(service.assumptions.otherBlocks, for: service.id)
    var prices = try GrantPrices(
      service, plans: { year throws(CommissioningError) in try plans.average(in: year) }, in: context)
    let calibrated = try prices.calibrate(
      to: anchors, plans: { year throws(CommissioningError) in try plans.average(in: year) },
      inflation: { Self.inflation(priceGrowth, to: $0, from: service.priceYear) })
    self.prices = prices
    self.plans = plans
    self.priceGrowth = priceGrowth

    let opening = balances.opening
    notes = ["The account opens with \(opening.text) at \(opening.year.lastDay), \(opening.source)."]
    notes += balances.notes + prices.notes + plans.notes
    let years = Set([calibrated, service.priceYear].compactMap { $0 } + context.allYears).sorted()
    if let note = YearAverage.note("number of plans", oneSided: try plans.oneSided(years)) {
      notes.append(note)
    }
    notes += income.notes + relief.notes
  }

  mutating func simulate() throws(CommissioningError) -> ServiceSimulation {
    let opening = balances.opening
    var simulation = ServiceSimulation()
    var balance = Draws(opening.amount)
    var year = min(context.years.lowerBound, opening.year)
    while year <= context.years.upperBound {
      if year <= opening.year {
        if context.years.contains(year) { simulation.years.append(try outturnYear(year)) }
      } else {
        let result = try accountedYear(year, opening: balance)
        balance = result.closing
        relief.measure(balance, at: year)
        if context.years.contains(year) { simulation.years.append(result.year) }
        simulation.tracked.append(
          TrackedFigure(
            id: RingFencedGrant.balanceFigure, name: "Balance carried forward, all blocks",
            period: year.period, draws: balance, isMoney: true))
      }
      year = year.next
    }
    simulation.tracked += try plans.tracked(
      name: "Plans at the January census", through: context.years.upperBound)
    simulation.notes = notes
    return simulation
  }

  /// The price level of a year against the year of the Section 251 prices.
  private static func inflation(
    _ growth: Draws, to year: FinancialYear, from base: FinancialYear
  ) -> Draws {
    let years = Double(year.start - base.start)
    return growth.map { power(1 + $0, years) }
  }

  // MARK: The account

  /// A year up to the opening balance, as published or stated. Its spending is what the balance implies, all blocks
  /// net, so that the year's figures agree with the balances on both sides of it.
  private func outturnYear(_ year: FinancialYear) throws(CommissioningError) -> ServiceYear {
    let closing = balances.balance(at: year)
    let spend = anchors.last { $0.year == year }?.stated
    var result = ServiceYear(year: year, kind: closing == nil && spend == nil ? .estimate : .outturn)
    result.closingBalance = closing.map { Draws($0) }
    result.spend = spend.map { Draws($0) }
    result.spendOnAssumption = spend.map { _ in Draws(0) }
    result.budget = income.publishedAvailable(year).map { Draws($0) }
    result.budgetOnAssumption = result.budget.map { _ in Draws(0) }
    if let budget = result.budget, let spend = result.spend { result.inYearBalance = budget - spend }
    try addPeople(to: &result)
    return result
  }

  private func accountedYear(
    _ year: FinancialYear, opening: Draws
  ) throws(CommissioningError) -> (year: ServiceYear, closing: Draws) {
    var result = ServiceYear(year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
    guard let average = try plans.average(in: year) else {
      throw .missing(service: service.id, what: "the number of plans", period: "\(year)")
    }
    let inflation = Self.inflation(priceGrowth, to: year, from: service.priceYear)
    let cost = prices.cost(of: average, in: year, inflation: inflation)
    let available = try income.available(in: year)
    let inYear = available.total - cost.total
    var movements = [
      ServiceLine(id: "other-blocks", name: "Other blocks, in-year", part: .balance, amount: otherBlocks)
    ]
    if let ended = relief.endOfOverride(opening, at: year) { movements.insert(ended, at: 0) }
    if let grant = relief.stabilityGrant(in: year) {
      movements.append(
        ServiceLine(
          id: "stability-grant", name: "High needs stability grant", part: .balance, amount: grant))
    }
    let closing = Draws.sum([opening, inYear] + movements.map(\.amount))
    result.spend = cost.total
    result.budget = available.total
    result.inYearBalance = inYear
    result.closingBalance = closing
    result.spendOnAssumption = cost.onAssumption
    result.budgetOnAssumption = available.onAssumption
    result.lines = cost.lines + available.lines + movements
    try addPeople(to: &result)
    return (result, closing)
  }

  private func addPeople(to result: inout ServiceYear) throws(CommissioningError) {
    guard let need = try plans.average(in: result.year) else { return }
    result.need = need
    guard let share = prices.share(of: service.specialSetting, in: result.year),
      let places = try prices.specialPlaces()
    else { return }
    let demand = need * share
    result.demand = demand
    result.supply = places
    result.unmetNeed = (demand - places).positivePart
  }
}
