import TimeSeries

/// The flows behind the stock of plans: requests, new plans, ceased plans and what neither explains, so that scenarios
/// and measures can act on what can be acted on.
///
/// The stock itself is forecast by its own trend, which is the better forecaster; the flows say what it is made of. A
/// change to a flow then changes the stock, and no change gives the trend back to the last bit.
struct GrantFlows {
  /// The flows as the scenario and the measures make them.
  let changed: PlanFlows
  /// Whether anything changes them.
  let isChanged: Bool
  /// The first calendar year that anything changes.
  private let firstChanged: Int
  /// What disputes and late reviews do to them, and cost; nil where the workspace states neither.
  let drivers: GrantDrivers?
  /// The flows of past years, as published.
  let published: PlanCounts

  /// The flows that scenarios and measures may change.
  static let names = [
    FlowName("requests", meaning: "requests for an assessment in a calendar year", unit: "requests"),
    FlowName(
      "new-plans-per-request", meaning: "new plans for each request behind them", unit: "plans a request"),
    FlowName("ceasing", meaning: "the share of January's plans that cease within the year", unit: "a share"),
    FlowName("transfers", meaning: "net transfers between areas, and late data", unit: "plans"),
  ]

  /// - Parameters:
  ///   - plans: the stock as its trend has it.
  ///   - prices: the price level of a year against the price year.
  /// - Returns: nil where the workspace names no flows; and, with a note, where none had been published.
  init?(
    _ service: RingFencedGrant, plans: StockPaths, prices: (FinancialYear) -> Draws,
    in context: SimulationContext, notes: inout [String]
  ) throws(CommissioningError) {
    guard let names = service.flowEvidence else { return nil }
    let stocks = try context.requiredSeries(service.evidence.plans, for: service.id)
    let own = try Self.counts(names, stocks: stocks, area: context.area) { context.series($0) }
    published = own
    let comparators = context.comparators(of: stocks)
    var others: [PlanCounts] = []
    for other in comparators {
      others.append(
        try Self.counts(names, stocks: other, area: other.area ?? "") {
          context.series($0, ofOther: other.area)
        })
    }
    guard !([own] + others).allSatisfy(\.ceased.isEmpty) else {
      notes.append(
        "No ceased plans had been published by \(context.asOf): the flows behind the number of plans are not known."
      )
      return nil
    }
    guard let opening = plans.lastCensus, let first = opening.end?.year else { return nil }
    var stock: [Draws] = []
    var days: [ClosedRange<CivilDate>] = []
    var census = opening
    while let count = plans.count(at: census), let day = census.end {
      if let before = days.last?.upperBound { days[days.count - 1] = before...day.adding(days: -1) }
      stock.append(count)
      days.append(day...day)
      census = census.advanced(by: 1)
    }
    guard stock.count > 1 else { return nil }
    let rates = try PlanFlowRates.estimated(from: own, comparators: others, service: service.id)
    let trend = try rates.anchored(
      stock: stock, firstYear: first,
      requests: try Self.requests(names, from: first, count: stock.count - 1, for: service.id, in: context),
      requestsBefore: own.requests[first - 1].map { Draws($0) }, paths: context.draws, seed: context.seed,
      service: service.id)
    var changes: [Int: FlowAdjustment] = [:]
    for step in 0..<(stock.count - 1) {
      let change = Self.adjustment(of: service.id, over: days[step], in: context.flows)
      if let change { changes[first + step] = change }
    }
    drivers = try GrantDrivers(service, trend: trend, prices: prices, in: context)
    notes += drivers?.notes ?? []
    // Scenarios and measures act on what disputes and late reviews have made of the trend.
    let driven =
      try drivers.map { drivers throws(CommissioningError) in
        try trend.adjusted(by: drivers.changes, service: service.id)
      } ?? trend
    isChanged = !changes.isEmpty || drivers != nil
    firstChanged = drivers != nil ? first : changes.keys.min() ?? first
    changed = changes.isEmpty ? driven : try driven.adjusted(by: changes, service: service.id)
    notes += changed.notes
  }

  /// Requests of calendar years, forecast on their own with those of the other areas; nil where too few are known, or a
  /// year is missing.
  private static func requests(
    _ names: RingFencedGrant.FlowEvidence, from first: Int, count: Int, for service: String,
    in context: SimulationContext
  ) throws(CommissioningError) -> [Draws]? {
    guard let series = context.series(names.requests), let last = series.latest?.period.startYear,
      last >= first - 1
    else { return nil }
    let paths: SeriesPaths
    do throws(CommissioningError) {
      paths = try context.paths(of: series, among: context.comparators(of: series), service: service)
    } catch {
      guard case .forecast = error else { throw error }
      return nil
    }
    let requests = (first..<(first + count)).map { year in
      paths.at(.calendarYear(year)).map { $0.positivePart }
    }
    return requests.contains { $0 == nil } ? nil : requests.compactMap { $0 }
  }

  /// The stock by the calendar year of its January census; empty where nothing is changed, and the trend stands.
  var stocks: [Int: Draws] {
    guard isChanged else { return [:] }
    // Until something changes the trend stands, to the last bit.
    let years = changed.years.filter { $0.year >= firstChanged }
    return Dictionary(years.map { ($0.year + 1, $0.closing) }, uniquingKeysWith: { $1 })
  }

  /// What scenario and measures do to the flows between two censuses; nil where they do nothing.
  private static func adjustment(
    of service: String, over days: ClosedRange<CivilDate>, in flows: FlowChanges
  ) -> FlowAdjustment? {
    func lever(_ name: String) -> FlowLever {
      let change = flows.change(of: name, in: service, over: days)
      return FlowLever(factor: change.factor, addition: change.addition)
    }
    let adjustment = FlowAdjustment(
      requests: lever("requests"), yield: lever("new-plans-per-request"), ceasing: lever("ceasing"),
      transfers: lever("transfers"))
    return adjustment.isNone ? nil : adjustment
  }

  /// What an area has published, by January and by calendar year.
  private static func counts(
    _ names: RingFencedGrant.FlowEvidence, stocks: Series, area: String, _ series: (String) -> Series?
  ) throws(CommissioningError) -> PlanCounts {
    func years(_ series: Series?) -> [Int: Double] {
      var result: [Int: Double] = [:]
      for point in series?.points ?? [] {
        if let value = point.value, let day = point.period.end { result[day.year] = value }
      }
      return result
    }
    return try PlanCounts(
      area: area, stock: years(stocks), requests: years(series(names.requests)),
      newPlans: years(series(names.newPlans)), ceased: years(series(names.ceased)))
  }

  /// The lines of the calendar year in which a financial year begins, from one January census to the next; empty where
  /// they are neither published nor forecast.
  func lines(of year: FinancialYear) -> [ServiceFlow] {
    if let flows = changed.years.first(where: { $0.year == year.start }) {
      return Self.lines(
        opening: flows.opening, requests: flows.requests, new: flows.newPlans, ceased: flows.ceased,
        unexplained: flows.unexplained, closing: flows.closing)
    }
    guard let opening = published.stock[year.start], let closing = published.stock[year.start + 1],
      let new = published.newPlans[year.start]
    else { return [] }
    let ceased = published.ceased[year.start]
    // Without the number of ceased plans it stands, unseen, in what the flows do not explain.
    let rest = closing - opening - new + (ceased ?? 0)
    return Self.lines(
      opening: Draws(opening), requests: published.requests[year.start].map { Draws($0) }, new: Draws(new),
      ceased: ceased.map { Draws($0) }, unexplained: Draws(rest), closing: Draws(closing))
  }

  private static func lines(
    opening: Draws, requests: Draws?, new: Draws, ceased: Draws?, unexplained: Draws, closing: Draws
  ) -> [ServiceFlow] {
    [
      requests.map {
        ServiceFlow(id: "requests", name: "Requests for assessment", draws: $0, isInStock: false)
      },
      ServiceFlow(id: "opening", name: "Plans at the January census", draws: opening),
      ServiceFlow(id: "new-plans", name: "New plans", draws: new),
      ceased.map { ServiceFlow(id: "ceased", name: "Ceased", draws: -$0) },
      ServiceFlow(
        id: "unexplained",
        name: ceased == nil ? "Ceased, net transfers and late data" : "Net transfers and late data",
        draws: unexplained),
      ServiceFlow(id: "closing", name: "Plans at the next January census", draws: closing),
    ].compactMap { $0 }
  }
}

extension FlowAdjustment {
  /// Whether nothing changes.
  var isNone: Bool {
    [requestsGrowth, requests, assessedShare, issuedShare, yield, ceasing, transfers].allSatisfy(
      \.isUnchanged)
  }
}
