import TimeSeries

/// One run of a ring-fenced grant: numbers, prices, level, then the account year by year.
struct GrantRun {
  private let service: RingFencedGrant
  private let context: SimulationContext
  private let plans: StockPaths
  private let flows: GrantFlows?
  private let income: GrantIncome
  private let balances: GrantBalances
  private let anchors: [GrantBalances.Anchor]
  private let priceGrowth: Draws
  private let otherBlocks: Draws
  private let prices: GrantPrices
  private let capacity: GrantCapacity?
  /// What becomes of the children of the years that can be placed.
  private var placed: [FinancialYear: OverflowYear] = [:]
  private let relief: GrantRelief
  private let generalFund: GrantGeneralFund?
  private var notes: [String]

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let trend = try StockPaths(
      counts: service.evidence.plans, population: service.evidence.population,
      average: YearAverage(rule: .januaryCensus), in: context, service: service.id)
    var flowNotes: [String] = []
    let priceGrowth = try context.assumption(service.assumptions.priceGrowth, .growth, for: service.id)
    flows = try GrantFlows(
      service, plans: trend,
      prices: { Self.inflation(priceGrowth, to: $0, from: service.priceYear) },
      in: context, notes: &flowNotes)
    let plans = flows.map { trend.changed(to: $0.stocks) } ?? trend
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
    var capacityNotes: [String] = []
    capacity = try GrantCapacity(
      service, fundedPlaces: try prices.specialPlaces(), in: context, notes: &capacityNotes)
    generalFund = try GrantGeneralFund(
      service, settings: prices.ids, whileWaiting: capacity?.pricedWhileWaiting ?? [:], in: context)

    let opening = balances.opening
    notes = ["The account opens with \(opening.text) at \(opening.year.lastDay), \(opening.source)."]
    notes += balances.notes + prices.notes + plans.notes + flowNotes + capacityNotes
    for anchor in anchors where anchor.mixesBalances {
      notes.append(
        "Spending of \(anchor.year) is the difference of a published balance, all blocks and net, and a stated one: "
          + "where the two count different things, it is out by what they differ in.")
    }
    let years = Set([calibrated, service.priceYear].compactMap { $0 } + context.allYears).sorted()
    if let note = YearAverage.note("number of plans", oneSided: try plans.oneSided(years)) {
      notes.append(note)
    }
    notes += income.notes + relief.notes + (generalFund?.notes ?? [])
    placed = try placedChildren()
    if calibrated != opening.year, let note = try statedOpening() { notes.append(note) }
  }

  /// By how much the account would have missed a stated opening balance that says nothing of a year's spending; nil
  /// where the account does not open on such a one.
  private func statedOpening() throws(CommissioningError) -> String? {
    guard let earlier = balances.withoutStatedOpening else { return nil }
    let day = plainDate(balances.opening.year.lastDay)
    var account = try opened(earlier, try GrantRelief(service, balances: earlier, in: context))
    do throws(CommissioningError) {
      while account.lastClosed < balances.opening.year { _ = try accountedYear(&account) }
    } catch {
      return
        "The stated balance of \(day) does not change the level of spending, and cannot be compared with the plan's own: "
        + "\(error)."
    }
    return
      "From the balance before it, the plan would have put the balance of \(day) at \(millions(account.balance.pounds.mean)) on average; "
      + "the statement says \(millions(balances.opening.amount)). The level of spending is not changed by it."
  }

  mutating func simulate() throws(CommissioningError) -> ServiceSimulation {
    let opening = balances.opening
    var simulation = ServiceSimulation()
    var account = try opened(balances, relief)
    var closings = [opening.year: Draws(opening.amount)]
    var lines: [FinancialYear: [ServiceLine]] = [:]
    var year = min(context.years.lowerBound, opening.year)
    while year <= context.years.upperBound {
      if year <= opening.year {
        if context.years.contains(year) { simulation.years.append(try outturnYear(year)) }
      } else {
        let result = try accountedYear(&account)
        closings[year] = result.closingBalance
        lines[year] = result.lines
        if context.years.contains(year) { simulation.years.append(result) }
        if let balance = result.closingBalance {
          simulation.tracked.append(
            TrackedFigure(
              id: RingFencedGrant.balanceFigure, name: "Balance carried forward, all blocks",
              period: year.period, draws: balance, isMoney: true))
        }
      }
      year = year.next
    }
    simulation.tracked += try plans.tracked(
      name: "Plans at the January census", through: context.years.upperBound)
    let remarks = GrantRemarks(asOf: context.asOf, years: context.years)
    notes += [
      capacity == nil
        ? remarks.unmetNeed(
          in: simulation.years.last, prices: prices, setting: service.specialSetting) : nil,
      try remarks.ceiling(plans, population: service.evidence.population),
      remarks.override(relief, balances: closings),
      try generalFund?.reservesNote(lines: lines, balances: closings, overrideEnd: relief.overrideEnd),
    ].compactMap { $0 }
    simulation.notes = notes
    simulation.flowSpan = "January to January"
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
    if let spend = result.spend, let average = try plans.average(in: year) {
      result.lines = prices.lines(
        of: spend, plans: average, in: year,
        inflation: Self.inflation(priceGrowth, to: year, from: service.priceYear))
    }
    try addPeople(to: &result)
    return result
  }

  /// Closes the next year of an account.
  private func accountedYear(
    _ account: inout DedicatedSchoolsGrantAccount
  ) throws(CommissioningError) -> ServiceYear {
    let year = account.lastClosed.next
    var result = ServiceYear(year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
    guard let average = try plans.average(in: year) else {
      throw .missing(service: service.id, what: "the number of plans", period: "\(year)")
    }
    let inflation = Self.inflation(priceGrowth, to: year, from: service.priceYear)
    let asked = try prices.units(of: average, in: year)
    let children = Self.children(asked, placed: placed[year], settings: prices.ids)
    var cost = try prices.cost(of: children, in: year, inflation: inflation)
    if let placed = placed[year], let capacity {
      for setting in placed.settings where setting.waiting.knownValue != 0 {
        cost.add(
          try prices.waiting(
            setting, pricedAs: capacity.pricedWhileWaiting[setting.setting] ?? setting.setting, in: year,
            inflation: inflation))
      }
    }
    let measures = ServiceMeasures(service: service.id, year: year, context: context)
    var input = try income.year(year)
    input.otherBlocks = otherBlocks
    input.carryingRate = generalFund?.carryingRate
    let disputed = flows?.drivers?.spending(in: year) ?? []
    input.spending = (cost.lines + disputed + (try measures.lines(beside: cost.lines))).map {
      GrantAccountYear.Spending(id: $0.id, name: $0.name, pounds: $0.amount, basis: input.basis)
    }
    let closed = try account.close(input)
    let units = Dictionary(cost.lines.map { ($0.id, $0.units) }, uniquingKeysWith: { $1 })
    result.spend = closed.account.spend.pounds
    result.budget = closed.account.budget.pounds
    result.inYearBalance = closed.account.inYear.pounds
    result.closingBalance = closed.account.closing.pounds
    // What appeals are taken to win rests on assumption whole.
    result.spendOnAssumption =
      disputed.isEmpty
      ? cost.onAssumption
      : (cost.onAssumption + Draws.sum(disputed.map(\.amount.magnitude))).atMost(closed.account.spend.pounds)
    result.budgetOnAssumption = income.onAssumption(year, of: closed.account.budget.pounds)
    result.lines = closed.account.lines.map { line in
      ServiceLine(
        id: line.id, name: line.name, part: ServiceLine.Part(line.part), amount: line.amount.pounds,
        units: line.part == .spend ? units[line.id] ?? nil : nil)
    }
    result.lines += flows?.drivers?.generalFund(in: year) ?? []
    result.lines +=
      try generalFund?.lines(
        in: year, children: Dictionary(zip(prices.ids, children), uniquingKeysWith: { $1 }),
        placed: placed[year], account: closed) ?? []
    result.footing = try closed.account.summary()
    try addPeople(to: &result)
    return result
  }

  /// The children of every year of the account, placed one year after another.
  private func placedChildren() throws(CommissioningError) -> [FinancialYear: OverflowYear] {
    guard let capacity, !prices.ids.isEmpty else { return [:] }
    var demand: [FinancialYear: [String: Draws]] = [:]
    var year = (balances.withoutStatedOpening?.opening.year ?? balances.opening.year).next
    while year <= context.years.upperBound {
      if let average = try plans.average(in: year) {
        demand[year] = Dictionary(
          zip(prices.ids, try prices.units(of: average, in: year)), uniquingKeysWith: { $1 })
      }
      year = year.next
    }
    return try capacity.placed(demand)
  }

  /// The children of each setting: those who ask for it, or those who are placed in it.
  private static func children(
    _ asked: [Draws], placed: OverflowYear?, settings: [String]
  ) -> [Draws] {
    guard let placed else { return asked }
    return zip(settings, asked).map { placed[$0]?.placed ?? $1 }
  }

  private func opened(
    _ balances: GrantBalances, _ relief: GrantRelief
  ) throws(CommissioningError) -> DedicatedSchoolsGrantAccount {
    try DedicatedSchoolsGrantAccount(
      opening: Draws(balances.opening.amount), at: balances.opening.year,
      rules: relief.rules(context.policies), measured: relief.measuredBefore, service: service.id)
  }

  private func addPeople(to result: inout ServiceYear) throws(CommissioningError) {
    result.flows = flows?.lines(of: result.year) ?? []
    guard let need = try plans.average(in: result.year) else { return }
    result.need = need
    result.population = try plans.people(in: result.year)
    if let placed = placed[result.year], let special = placed[service.specialSetting],
      let places = special.usablePlaces
    {
      result.flows += GrantCapacity.flows(of: placed) { prices.name(of: $0) }
      result.demand = special.demand + special.received
      result.supply = places
      result.unmetNeed = special.demand + special.received - special.placed
      return
    }
    guard let share = prices.share(of: service.specialSetting, in: result.year),
      let places = try prices.specialPlaces()
    else { return }
    let demand = need * share
    result.demand = demand
    result.supply = places
    result.unmetNeed = (demand - places).positivePart
  }
}
