import TimeSeries

/// One run of a ring-fenced grant: numbers, prices, level, then the account year by year.
struct GrantRun {
  let service: RingFencedGrant
  let context: SimulationContext
  private let plans: StockPaths
  private let grant: GrantIncome
  private let priceGrowth: Draws
  private var prices: GrantPrices
  private var notes: [String] = []

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    plans = try StockPaths(
      counts: service.evidence.plans, population: service.evidence.population,
      through: Self.censuses(of: context.years.upperBound).later, fallback: nil, in: context,
      service: service.id)
    grant = try GrantIncome(service, in: context)
    priceGrowth = try context.assumption(service.assumptions.priceGrowth, for: service.id)
    prices = try GrantPrices(service, in: context)
  }

  mutating func simulate() throws(CommissioningError) -> ServiceSimulation {
    let opening = try openingBalance()
    let anchors = try anchors(upTo: opening.year)
    var calibrated = prices
    try calibrated.calibrate(
      to: anchors, plans: { year in averagePlans(in: year) }, inflation: { year in inflation(to: year) })
    prices = calibrated
    notes += prices.notes

    var simulation = ServiceSimulation()
    var balance = opening.amount
    if grant.measuresDeficit(at: opening.year) { deficitForGrant = balance }
    let first = min(context.years.lowerBound, opening.year)
    var year = first
    while year <= context.years.upperBound {
      if year <= opening.year {
        if context.years.contains(year) {
          simulation.years.append(
            try outturnYear(year, spend: anchors.last { $0.year == year }?.spend))
        }
      } else {
        let result = try accountedYear(year, opening: balance)
        balance = result.closing
        if context.years.contains(year) { simulation.years.append(result.year) }
        simulation.tracked.append(
          TrackedFigure(
            id: RingFencedGrant.balanceFigure, name: "Balance carried forward, all blocks",
            period: year.period, draws: balance))
      }
      year = year.next
    }
    for census in censusesAhead() {
      guard let count = plans.count(at: census) else { continue }
      simulation.tracked.append(
        TrackedFigure(
          id: service.evidence.plans, name: "Plans at the January census", period: census, draws: count))
    }
    notes.insert(
      "The account opens with \(opening.text) at \(opening.year.lastDay), \(opening.source).", at: 0)
    simulation.notes = notes + grant.notes
    return simulation
  }

  // MARK: Numbers

  private static func censuses(of year: FinancialYear) -> (earlier: Period, later: Period) {
    // A financial year is always convertible.
    (try? YearConversion.januaryCensus.sources(ofFinancialYear: year.period))
      ?? (year.period, year.period)
  }

  /// The average number of plans over a financial year; from the later census alone where the earlier is not known.
  private func averagePlans(in year: FinancialYear) -> Draws? {
    let censuses = Self.censuses(of: year)
    guard let later = plans.count(at: censuses.later) else { return nil }
    guard let earlier = plans.count(at: censuses.earlier) else { return later }
    let weights = YearConversion.januaryCensus
    return earlier * weights.earlierWeight + later * weights.laterWeight
  }

  private func censusesAhead() -> [Period] {
    var result: [Period] = []
    var census = plans.rate.lastPublished.advanced(by: 1)
    let last = Self.censuses(of: context.years.upperBound).later
    while let distance = census.distance(to: last), distance >= 0 {
      result.append(census)
      census = census.advanced(by: 1)
    }
    return result
  }

  /// The price level of a year against the year of the Section 251 prices.
  private func inflation(to year: FinancialYear) -> Draws {
    let years = Double(year.start - service.priceYear.start)
    return priceGrowth.map { power(1 + $0, years) }
  }

  // MARK: Level

  private struct Opening {
    let year: FinancialYear
    let amount: Draws
    let source: String

    var text: String {
      let millions = abs(amount.mean) / 1e6
      let rounded = (millions * 10).rounded() / 10
      return amount.mean < 0 ? "a deficit of £\(rounded)m" : "a surplus of £\(rounded)m"
    }
  }

  /// The latest balance that the user states or that was published; a statement overrides a publication.
  private func openingBalance() throws(CommissioningError) -> Opening {
    let stated = service.openingBalances.filter { $0.known <= context.asOf }
      .max { $0.year < $1.year }
    let deficit = context.series(service.evidence.deficit)
    _ = context.series(service.evidence.wholeGrant)
    var published: Opening?
    for point in deficit?.points ?? [] {
      guard let start = point.period.startYear, let amount = publishedBalance(FinancialYear(start))
      else { continue }
      published = Opening(
        year: FinancialYear(start), amount: Draws(amount),
        source: "published as a share of the year's grant, all blocks, net")
    }
    if let stated, stated.year >= published?.year ?? stated.year {
      return Opening(year: stated.year, amount: Draws(stated.amount), source: stated.source)
    }
    guard let published else {
      throw .nothingPublished(
        id: service.evidence.deficit, area: context.area, asOf: "\(context.asOf)", service: service.id)
    }
    return published
  }

  private func publishedBalance(_ year: FinancialYear) -> Double? {
    if let stated = service.openingBalances.last(where: { $0.year == year && $0.known <= context.asOf }) {
      return stated.amount
    }
    guard let share = context.published(service.evidence.deficit, at: year.period),
      let whole = context.published(service.evidence.wholeGrant, at: year.period)
    else { return nil }
    return -share / 100 * whole
  }

  /// The years in which spending is known in all: what was available, less what the balance moved by, or what a
  /// document states.
  private func anchors(upTo last: FinancialYear) throws(CommissioningError) -> [GrantPrices.Anchor] {
    var anchors = service.statedSpending.filter { $0.known <= context.asOf }
      .map { GrantPrices.Anchor(year: $0.year, spend: $0.amount, source: $0.source) }
    for start in (last.start - 5)...last.start {
      let year = FinancialYear(start)
      guard let opening = publishedBalance(year.previous), let closing = publishedBalance(year),
        let available = grant.publishedAvailable(year)
      else { continue }
      anchors.removeAll { $0.year == year }
      anchors.append(
        GrantPrices.Anchor(
          year: year, spend: available + opening - closing,
          source: "the grant less the movement of the published balance"))
    }
    return anchors.sorted { $0.year < $1.year }
  }

  // MARK: The account

  private func outturnYear(
    _ year: FinancialYear, spend: Double?
  ) throws(CommissioningError) -> ServiceYear {
    var result = ServiceYear(year: year, kind: .outturn)
    result.closingBalance = publishedBalance(year).map(Draws.init)
    result.spend = spend.map { Draws($0) }
    result.budget = grant.publishedAvailable(year).map { Draws($0) }
    if let budget = result.budget, let spend = result.spend {
      result.inYearBalance = budget - spend
      result.spendOnAssumption = Draws(0)
    }
    try addPeople(to: &result)
    return result
  }

  private mutating func accountedYear(
    _ year: FinancialYear, opening: Draws
  ) throws(CommissioningError) -> (year: ServiceYear, closing: Draws) {
    var result = ServiceYear(year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
    guard let average = averagePlans(in: year) else {
      throw .missing(service: service.id, what: "the number of plans", period: "\(year)")
    }
    let cost = try prices.cost(of: average, in: year, inflation: inflation(to: year))
    let available = try grant.available(in: year)
    let otherBlocks = try context.assumption(service.assumptions.otherBlocks, for: service.id)
    let start = opening + broughtDown(opening, at: year, lines: &result.lines)
    let inYear = available.total - cost.total
    let stability = try grant.stability(in: year, deficit: -deficitForGrant)
    let closing = start + inYear + otherBlocks + stability
    result.spend = cost.total
    result.budget = available.total
    result.inYearBalance = inYear
    result.closingBalance = closing
    result.spendOnAssumption = (cost.total - cost.onEvidence).map { abs($0) }
    result.lines =
      cost.lines + available.lines + result.lines
      + [
        ServiceLine(id: "other-blocks", name: "Other blocks, in-year", part: .balance, amount: otherBlocks)
      ]
    if stability.knownValue != 0 {
      result.lines.append(
        ServiceLine(
          id: "stability-grant", name: "High needs stability grant", part: .balance, amount: stability))
    }
    if grant.measuresDeficit(at: year) { deficitForGrant = closing }
    try addPeople(to: &result)
    return (result, closing)
  }

  /// The balance on the day at which the stability grant measures the deficit.
  private var deficitForGrant = Draws(0)

  /// What the end of the statutory override takes off a deficit on the first day of a year; zero in other years.
  private func broughtDown(_ opening: Draws, at year: FinancialYear, lines: inout [ServiceLine]) -> Draws {
    guard context.policies.afterOverride != .held,
      let end = context.policies.statutoryOverride.map(\.content).max(),
      end == year.previous.lastDay
    else { return Draws(0) }
    let relief = (-opening).positivePart
    let name =
      context.policies.afterOverride == .grant
      ? "Deficit paid by grant at the end of the override"
      : "Deficit charged to the General Fund at the end of the override"
    lines.append(ServiceLine(id: "end-of-override", name: name, part: .balance, amount: relief))
    return relief
  }

  private func addPeople(to result: inout ServiceYear) throws(CommissioningError) {
    guard let need = averagePlans(in: result.year) else { return }
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
