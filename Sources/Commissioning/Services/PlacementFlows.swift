import TimeSeries

/// The flows behind the number of children looked after: those who start, those who cease and what neither explains, so
/// that scenarios and measures can act on what can be acted on.
///
/// The number itself is forecast by its own rate, which is the better forecaster; the flows say what it is made of. A
/// change to a flow then changes the number, and no change gives the forecast back to the last bit.
struct PlacementFlows {
  /// The flows as the scenario and the measures make them.
  private let changed: CareFlows
  /// The first year that anything changes; nil where nothing does.
  private let begins: FinancialYear?
  /// The flows of past years, as published.
  private let published: CareFlowCounts

  /// The flows that scenarios and measures may change.
  static let names = [
    FlowName("entries", meaning: "children who start to be looked after in a year", unit: "children"),
    FlowName(
      "exits", meaning: "children who cease to be looked after, for every child-year in care",
      unit: "children a child-year"),
    FlowName(
      "unexplained", meaning: "what starts and ceasing leave unexplained of the change in a year",
      unit: "children"),
  ]

  /// - Parameter children: the number as its rate has it.
  /// - Returns: nil where the workspace names no flows; and, with a note, where none had been published.
  init?(
    _ service: Placements, children: StockPaths, in context: SimulationContext, notes: inout [String]
  ) throws(CommissioningError) {
    guard let names = service.flowEvidence else { return nil }
    let stocks = try context.requiredSeries(service.evidence.children, for: service.id)
    published = Self.counts(
      names, stocks: stocks, population: context.series(service.evidence.population), area: context.area
    ) { context.series($0) }
    let others = context.comparators(of: stocks).map { other in
      Self.counts(
        names, stocks: other, population: context.series(service.evidence.population, ofOther: other.area),
        area: other.area ?? ""
      ) { context.series($0, ofOther: other.area) }
    }
    for (kind, years) in [("start", \CareFlowCounts.starts), ("cease", \CareFlowCounts.ceased)]
    where ([published] + others).allSatisfy({ $0[keyPath: years].isEmpty }) {
      notes.append(
        "No children who \(kind) to be looked after had been published by \(context.asOf): the flows behind their number "
          + "are not known.")
      return nil
    }
    guard let opening = children.lastCensus, let day = opening.end else { return nil }
    let first = FinancialYear(day.year)
    var stock: [Draws] = []
    var people: [Draws] = []
    var census = opening
    while let count = children.count(at: census) {
      stock.append(count)
      census = census.advanced(by: 1)
    }
    for step in 0..<max(stock.count - 1, 0) {
      guard let population = try children.people(in: FinancialYear(first.start + step)) else { break }
      people.append(population)
    }
    guard !people.isEmpty else { return nil }
    let rates = try CareFlowRates.estimated(from: published, comparators: others, service: service.id)
    let trend = try rates.anchored(
      stock: stock, people: people, first: first, paths: context.draws, seed: context.seed,
      service: service.id)
    var changes: [Int: CareFlowChange] = [:]
    for year in trend.years.map(\.year) {
      func change(_ name: String) -> FlowChange {
        context.flows.change(of: name, in: service.id, year: year)
      }
      let change = CareFlowChange(
        entries: change("entries"), exits: change("exits"), unexplained: change("unexplained"))
      if !change.isNone { changes[year.start] = change }
    }
    begins = changes.keys.min().map { FinancialYear($0) }
    changed = changes.isEmpty ? trend : try trend.changed(by: changes, service: service.id)
    notes += changed.notes
  }

  /// The number of children by the year of its 31 March, from the first that a change has moved.
  var stocks: [Int: Draws] {
    guard let begins else { return [:] }
    return Dictionary(
      changed.years.filter { $0.year >= begins }.map { ($0.year.start + 1, $0.closing) },
      uniquingKeysWith: { $1 })
  }

  /// What an area has published, by the year of its 31 March and by financial year.
  private static func counts(
    _ names: Placements.FlowEvidence, stocks: Series, population: Series?, area: String,
    _ series: (String) -> Series?
  ) -> CareFlowCounts {
    func values(_ series: Series?, _ year: (Period) -> Int?) -> [Int: Double] {
      var result: [Int: Double] = [:]
      for point in series?.points ?? [] {
        if let value = point.value, let year = year(point.period) { result[year] = value }
      }
      return result
    }
    let stock = values(stocks) { $0.end?.year }
    let (starts, ceased) = (
      values(series(names.starts), \.startYear), values(series(names.ceased), \.startYear)
    )
    var people: [Int: Double] = [:]
    let estimates = (population?.points ?? []).compactMap { point in
      point.period.end.flatMap { day in point.value.map { (day: day, people: $0) } }
    }
    // As the population of a forecast year: of the estimates on or before its two ends, the mean.
    for year in starts.keys {
      let ends = [year - 1, year].compactMap { before in
        estimates.last { $0.day <= FinancialYear(before).lastDay }?.people
      }
      if !ends.isEmpty { people[year] = ends.reduce(0, +) / Double(ends.count) }
    }
    return CareFlowCounts(area: area, stock: stock, starts: starts, ceased: ceased, people: people)
  }

  /// The lines of a financial year, from one 31 March to the next; empty where they are neither published nor forecast.
  func lines(of year: FinancialYear) -> [ServiceFlow] {
    if let flows = changed.years.first(where: { $0.year == year }) {
      return Self.lines(
        opening: flows.opening, starts: flows.starts, ceased: flows.ceased, unexplained: flows.unexplained,
        closing: flows.closing)
    }
    guard let opening = published.stock[year.start], let closing = published.stock[year.start + 1],
      let starts = published.starts[year.start]
    else { return [] }
    let ceased = published.ceased[year.start]
    // Without the number of those who ceased it stands, unseen, in what the flows do not explain.
    let rest = closing - opening - starts + (ceased ?? 0)
    return Self.lines(
      opening: Draws(opening), starts: Draws(starts), ceased: ceased.map { Draws($0) },
      unexplained: Draws(rest), closing: Draws(closing))
  }

  static func lines(
    opening: Draws, starts: Draws, ceased: Draws?, unexplained: Draws, closing: Draws
  ) -> [ServiceFlow] {
    [
      ServiceFlow(id: "opening", name: "Looked after on 31 March", draws: opening),
      ServiceFlow(id: "starts", name: "Started", draws: starts),
      ceased.map { ServiceFlow(id: "ceased", name: "Ceased", draws: -$0) },
      ServiceFlow(
        id: "unexplained", name: ceased == nil ? "Ceased, and not explained" : "Not explained",
        draws: unexplained),
      ServiceFlow(id: "closing", name: "Looked after on the next 31 March", draws: closing),
    ].compactMap { $0 }
  }
}
