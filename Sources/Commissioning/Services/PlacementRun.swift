import TimeSeries

/// One run of a placement service: children, shares, weekly costs, the remainder, then the years.
struct PlacementRun {
  let service: Placements
  let context: SimulationContext
  /// The number of children as its rate has it, by which the cost of a child was found.
  private let trend: StockPaths
  /// The number of children as scenario and measures make it.
  let children: StockPaths
  let flows: PlacementFlows?
  let flowNotes: [String]
  let episodes: PlacementEpisodes?
  private let changes: PlacementChanges
  let shares: [PlacementShare]
  let weeklyCosts: [SeriesPaths?]
  let places: SeriesPaths?
  private let outturn: [FinancialYear: Double]
  private let spendSeries: Series
  let lastOutturn: FinancialYear
  private let lastAmount: Double

  static let average = YearAverage(rule: .marchCensus)

  /// The share of one placement, and what everything is in its unit.
  struct PlacementShare {
    let paths: SeriesPaths
    let whole: Double
  }

  init(_ service: Placements, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let census = try Self.average.censuses(of: context.years.upperBound, service: service.id).later
    let trend = try StockPaths(
      counts: service.evidence.children, population: service.evidence.population, average: Self.average,
      fallback: service.holdSpread, in: context, service: service.id)
    var flowNotes: [String] = []
    flows = try PlacementFlows(service, children: trend, in: context, notes: &flowNotes)
    self.trend = trend
    self.flowNotes = flowNotes
    children = flows.map { trend.changed(to: $0.stocks) } ?? trend
    episodes = try PlacementEpisodes(service, in: context)
    changes = PlacementChanges(service: service, context: context)
    var shares: [PlacementShare] = []
    var costs: [SeriesPaths?] = []
    for placement in service.placements {
      let published = try context.requiredSeries(placement.share, for: service.id)
      let whole = try context.whole(of: published, for: service.id)
      try context.require(published, "a share of the children", for: service.id) { (0...whole).contains($0) }
      let paths = try context.paths(
        placement.share, like: census, fallback: service.holdSpread, service: service.id)
      shares.append(PlacementShare(paths: paths, whole: whole))
      guard let cost = placement.weeklyCost else {
        costs.append(nil)
        continue
      }
      guard let costSeries = context.series(cost) else {
        throw .missingPrice(service: service.id, line: placement.name, series: cost)
      }
      try context.require(costSeries, "a weekly cost above nothing", for: service.id) { $0 > 0 }
      costs.append(
        try context.paths(
          cost, like: context.years.upperBound.period, fallback: service.holdSpread, service: service.id))
    }
    self.shares = shares
    weeklyCosts = costs
    places =
      context.series(service.evidence.places) == nil
      ? nil
      : try context.paths(
        service.evidence.places, like: census, fallback: service.holdSpread, service: service.id)
    spendSeries = try context.requiredSeries(service.evidence.spend, for: service.id)
    let published = try context.pounds(service.evidence.spend, .spending, for: service.id)
    guard let last = published.last else {
      throw .nothingPublished(
        id: service.evidence.spend, area: context.area, asOf: "\(context.asOf)", service: service.id)
    }
    lastOutturn = last.year
    lastAmount = last.value
    outturn = Dictionary(published.map { ($0.year, $0.value) }, uniquingKeysWith: { $1 })
    try checkShares()
  }

  /// Published shares of one census that sum to more than rounding allows are refused.
  private func checkShares() throws(CommissioningError) {
    var censuses: [Period] = []
    for share in shares {
      for point in share.paths.series.points where !censuses.contains(point.period) {
        censuses.append(point.period)
      }
    }
    for census in censuses {
      let sum = shares.reduce(0) { sum, share in
        sum + (share.paths.series.point(matching: census)?.value.map { $0 / share.whole } ?? 0)
      }
      // A share that is published to the nearest whole per cent may be half a point too high.
      guard sum <= 1 + 0.005 * Double(shares.count) else {
        throw .invalid(
          service: service.id,
          reason:
            "the published shares of placements sum to \(plainText((sum * 10_000).rounded() / 100)) per cent at "
            + "\(census.label); name placements that do not overlap")
      }
    }
  }

  func simulate() throws(CommissioningError) -> ServiceSimulation {
    let perChild = try costPerChild()
    let uplift = try context.assumption(service.budgetUplift, .growth, for: service.id)
    let funding = try PlacementFunding(service, in: context)
    var fundingNotes = funding?.notes ?? []
    var result = ServiceSimulation()
    var year = min(context.years.lowerBound, lastOutturn.next)
    while year <= context.years.upperBound {
      let kind: YearKind =
        outturn[year] != nil ? .outturn : year.lastDay <= context.asOf ? .estimate : .forecast
      var figures = ServiceYear(year: year, kind: kind)
      try addPeople(to: &figures)
      try addMoney(to: &figures, perChild: perChild)
      figures.lines += try funding?.lines(of: figures, notes: &fundingNotes) ?? []
      if year > lastOutturn {
        let years = Double(year.start - lastOutturn.start)
        let budget = uplift.map { lastAmount * power(1 + $0, years) }
        figures.budget = budget
        figures.budgetOnAssumption = budget
        figures.inYearBalance = figures.spend.map { budget - $0 }
        if let total = figures.spend {
          result.tracked.append(
            TrackedFigure(
              id: service.evidence.spend, name: "Spending in the year", period: year.period, draws: total,
              isMoney: true))
        }
      }
      if context.years.contains(year) { result.years.append(figures) }
      year = year.next
    }
    result.tracked += try trackedChildren()
    result.notes = try notes(perChild) + fundingNotes
    result.flowSpan = "March to March"
    return result
  }

  // MARK: Children and places

  /// Shares of all priced and unpriced placements over a year, none in all above one.
  ///
  /// Drawn shares may sum to more than the whole; they are then brought back in proportion, and other placements are
  /// nil in that future.
  private func averageShares(in year: FinancialYear) throws(CommissioningError) -> [Draws]? {
    var drawn: [Draws] = []
    for share in shares {
      guard
        let average = try Self.average.average(in: year, service: service.id, { share.paths.at($0) })
      else { return nil }
      drawn.append(average / share.whole)
    }
    let excess = Draws.sum(drawn).map { max(1, $0) }
    return drawn.map { $0 / excess }
  }

  /// The simulation from episodes, where it is what a year's children come from: after the last return and the last
  /// outturn.
  private func ownEpisodes(in year: FinancialYear) -> PlacementEpisodes? {
    episodes.flatMap { outturn[year] == nil && $0.covers(year) ? $0 : nil }
  }

  /// The average number of children over a year.
  private func number(in year: FinancialYear) throws(CommissioningError) -> Draws? {
    if let own = ownEpisodes(in: year) { return try own.average(in: year) }
    return try children.average(in: year)
  }

  private func trackedChildren() throws(CommissioningError) -> [TrackedFigure] {
    var result: [TrackedFigure] = []
    for figure in try children.tracked(name: "Children at 31 March", through: context.years.upperBound) {
      let year = figure.period.end.map { FinancialYear.containing($0) }
      let own = try year.flatMap { ownEpisodes(in: $0) }?.children(atEndOf: year ?? context.years.upperBound)
      result.append(
        own.map { TrackedFigure(id: figure.id, name: figure.name, period: figure.period, draws: $0) }
          ?? figure)
    }
    return result
  }

  private func addPeople(to figures: inout ServiceYear) throws(CommissioningError) {
    guard let children = try number(in: figures.year) else { return }
    figures.need = children
    figures.population = try self.children.people(in: figures.year)
    let own = ownEpisodes(in: figures.year)
    figures.flows = try own?.lines(of: figures.year) ?? flows?.lines(of: figures.year) ?? []
    guard let index = service.placements.firstIndex(where: { $0.id == service.placedInOwnPlaces }),
      let base = try averageShares(in: figures.year)
    else { return }
    let demand: Draws
    if let own {
      demand = try own.average(in: figures.year, placement: service.placedInOwnPlaces)
    } else {
      let isOver = outturn[figures.year] != nil
      demand = children * (isOver ? base : try changes.shares(base, in: figures.year))[index]
    }
    figures.demand = demand
    guard let places,
      let supply = try Self.average.average(in: figures.year, service: service.id, { places.at($0) })
    else { return }
    figures.supply = supply
    figures.unmetNeed = (demand - supply).positivePart
  }

  // MARK: Money

  /// A priced placement's part of a year.
  private struct PlacementCost {
    let line: ServiceLine
    /// Whether its number or its price is held by an assumption.
    let isAssumed: Bool
  }

  /// Volume times price of every priced placement in a year, before scenario and measures act on shares and prices and as
  /// they leave them; nil where a number or a price is not known.
  private func placementCosts(
    in year: FinancialYear
  ) throws(CommissioningError) -> (published: [PlacementCost], changed: [PlacementCost])? {
    guard let average = try number(in: year), let base = try averageShares(in: year) else {
      return nil
    }
    // What is over cannot be changed.
    let isOver = outturn[year] != nil
    let own = ownEpisodes(in: year)
    let after = isOver || own != nil ? base : try changes.shares(base, in: year)
    var (published, changed): ([PlacementCost], [PlacementCost]) = ([], [])
    for (index, placement) in service.placements.enumerated() {
      guard let weekly = weeklyCosts[index] else { continue }
      guard let price = weekly.at(year.period) else { return nil }
      let newPrice = isOver ? price : try changes.weeklyCost(price, of: placement, in: year)
      let isAssumed =
        weekly.isHeld || own == nil && (children.rate.isHeld || self.shares[index].paths.isHeld)
      func cost(_ units: Draws, _ price: Draws) -> PlacementCost {
        PlacementCost(
          line: ServiceLine(
            id: placement.id, name: placement.name, part: .spend, amount: units * price * year.weeks,
            units: units), isAssumed: isAssumed)
      }
      published.append(cost(average * base[index], price))
      // Child-days over seven are the average number times the weeks of the year.
      changed.append(
        cost(try own?.average(in: year, placement: placement.id) ?? average * after[index], newPrice))
    }
    return (published, changed)
  }

  /// What a child costs on average over a year: the outturn by the average number of children, in every year that has
  /// both, carried forward together with the same of other areas.
  ///
  /// The whole is forecast and not the sum of its parts, because placements at published weekly costs explain only
  /// some of it and not the same some every year.
  private func costPerChild() throws(CommissioningError) -> SeriesPaths {
    let id = "\(service.id): spending per child"
    let points = spendSeries.points.compactMap { point -> DataPoint? in
      guard let amount = point.value, let start = point.period.startYear,
        let average = (try? trend.average(in: FinancialYear(start)))?.knownValue, average > 0
      else { return nil }
      return DataPoint(
        period: point.period, observation: .value(amount / average),
        rounding: point.rounding.map { $0 / average }, flags: point.flags)
    }
    guard !points.isEmpty else {
      throw .missing(
        service: service.id, what: "a year with outturn and children together",
        period: "any year before \(context.asOf)")
    }
    let series: Series
    do {
      series = try Series(
        id: id, area: spendSeries.area, measure: Measure(id: id, unit: .pounds), points: points)
    } catch {
      throw .invalid(service: service.id, reason: "\(error)")
    }
    let comparators = context.comparators(of: spendSeries).compactMap { spend in
      context.series(service.evidence.children, ofOther: spend.area).flatMap {
        Self.costPerChild(id, spend: spend, children: $0)
      }
    }
    return try context.paths(
      of: series, among: comparators, countedBy: spendSeries, fallback: service.holdSpread,
      service: service.id)
  }

  /// What a child costs in another area; nil where no year has both figures.
  private static func costPerChild(_ id: String, spend: Series, children: Series) -> Series? {
    let points = spend.points.compactMap { point -> DataPoint? in
      guard let amount = point.value, let start = point.period.startYear,
        let average = try? average.average(
          in: FinancialYear(start), service: "", { children.point(matching: $0)?.value.map { Draws($0) } }),
        let number = average.knownValue, number > 0
      else { return nil }
      return DataPoint(
        period: point.period, observation: .value(amount / number),
        rounding: point.rounding.map { $0 / number }, flags: point.flags)
    }
    guard !points.isEmpty else { return nil }
    return try? Series(id: id, area: spend.area, measure: Measure(id: id, unit: .pounds), points: points)
  }

  private func addMoney(
    to figures: inout ServiceYear, perChild: SeriesPaths
  ) throws(CommissioningError) {
    let outturn = outturn[figures.year]
    figures.spendOnAssumption = outturn.map { _ in Draws(0) }
    let costs = try placementCosts(in: figures.year)
    // The published figure is the exact one, whatever it comes to per child.
    if let outturn {
      figures.spend = Draws(outturn)
    } else if let average = try number(in: figures.year),
      let cost = perChild.at(figures.year.period)
    {
      let total = try changedTotal(average * cost, by: costs, in: figures.year)
      figures.spend = total
      figures.spendOnAssumption = perChild.isHeld || children.rate.isHeld ? total : Draws(0)
    }
    guard let total = figures.spend, let costs else { return }
    let priced = costs.changed.map(\.line)
    figures.lines =
      priced + [
        ServiceLine(
          id: Placements.otherLine, name: "Other looked-after spending", part: .spend,
          amount: total - Draws.sum(priced.map(\.amount)))
      ]
    guard outturn == nil else { return }
    if perChild.isHeld == false {
      figures.spendOnAssumption =
        Draws.sum(costs.changed.filter(\.isAssumed).map(\.line.amount)).atMost(total)
    }
    let measures = try ServiceMeasures(service: service.id, year: figures.year, context: context)
      .lines(beside: figures.lines)
    if !measures.isEmpty {
      figures.lines += measures
      figures.spend = total + Draws.sum(measures.map(\.amount))
    }
  }

  /// A year's spending as scenario and measures make it; the very same numbers where they change no share and no price.
  ///
  /// Spending is children times cost per child, whatever moves the number of children: a child more or less costs what
  /// a child has cost in all, other spending included, because what the weekly costs do not explain (supported
  /// accommodation, social work, allowances) follows the children too. A share or a price that is changed is known to
  /// move the priced placements alone; what it changes of them, at the children of the year, is therefore added to the
  /// total, and the other spending per child stays. The whole is not the sum of the priced lines at new shares scaled up
  /// to the outturn, which would have a dearer week in one placement raise what nothing says it raises. Children by
  /// placement from episodes change the total in the same way, by where they are placed beside where published shares would
  /// have them.
  private func changedTotal(
    _ total: Draws, by costs: (published: [PlacementCost], changed: [PlacementCost])?, in year: FinancialYear
  ) throws(CommissioningError) -> Draws {
    let names = PlacementChanges.names(of: service.placements).map(\.id)
    let isChanged = names.contains { !context.flows.change(of: $0, in: service.id, year: year).isNone }
    guard let costs, isChanged || ownEpisodes(in: year) != nil else { return total }
    let before = Draws.sum(costs.published.map(\.line.amount))
    let changed = total + (Draws.sum(costs.changed.map(\.line.amount)) - before)
    if let wrong = changed.combined(total, { $1 >= 0 ? $0 : 0 }).firstValue(outside: 0 ... .infinity) {
      throw .invalid(
        service: service.id,
        reason:
          "what is changed of shares and weekly costs takes spending to \(wholePounds(wrong)) in \(year) in at least "
          + "one future, below nothing; weaken what acts on them")
    }
    return changed
  }
}
