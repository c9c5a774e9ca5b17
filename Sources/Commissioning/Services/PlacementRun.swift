import TimeSeries

/// One run of a placement service: children, shares, weekly costs, the remainder, then the years.
struct PlacementRun {
  private let service: Placements
  private let context: SimulationContext
  private let children: StockPaths
  private let shares: [SeriesPaths]
  private let weeklyCosts: [SeriesPaths?]
  private let places: SeriesPaths?
  private let spend: Series
  private let lastOutturn: FinancialYear

  init(_ service: Placements, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let lastCensus = try Self.censuses(of: context.years.upperBound, service: service.id).later
    children = try StockPaths(
      counts: service.evidence.children, population: service.evidence.population, through: lastCensus,
      fallback: service.holdSpread, in: context, service: service.id)
    var shares: [SeriesPaths] = []
    var costs: [SeriesPaths?] = []
    for placement in service.placements {
      shares.append(
        try context.paths(
          placement.share, through: lastCensus, fallback: service.holdSpread, service: service.id))
      if let cost = placement.weeklyCost {
        guard context.series(cost) != nil else {
          throw .missingPrice(service: service.id, line: placement.name, series: cost)
        }
        costs.append(
          try context.paths(
            cost, through: context.years.upperBound.period, fallback: service.holdSpread,
            service: service.id))
      } else {
        costs.append(nil)
      }
    }
    self.shares = shares
    weeklyCosts = costs
    places =
      context.series(service.evidence.places) == nil
      ? nil
      : try context.paths(
        service.evidence.places, through: lastCensus, fallback: service.holdSpread, service: service.id)
    spend = try context.requiredSeries(service.evidence.spend, for: service.id)
    guard let last = spend.latest?.period.startYear else {
      throw .invalid(
        service: service.id, reason: "\"\(service.evidence.spend)\" must be by financial year")
    }
    lastOutturn = FinancialYear(last)
  }

  func simulate() throws(CommissioningError) -> ServiceSimulation {
    let remainder = try remainder()
    var result = ServiceSimulation()
    let budgetBase = spend.latest?.value ?? 0
    let uplift = try context.assumption(service.budgetUplift, for: service.id)
    var year = min(context.years.lowerBound, lastOutturn.next)
    while year <= context.years.upperBound {
      let isOutturn = spend.point(at: year.period)?.value != nil
      var figures = ServiceYear(
        year: year, kind: isOutturn ? .outturn : year.lastDay <= context.asOf ? .estimate : .forecast)
      try addPeople(to: &figures)
      try addMoney(to: &figures, remainder: remainder)
      if year > lastOutturn {
        let years = Double(year.start - lastOutturn.start)
        let budget = uplift.map { budgetBase * power(1 + $0, years) }
        figures.budget = budget
        figures.inYearBalance = figures.spend.map { budget - $0 }
        if let total = figures.spend {
          result.tracked.append(
            TrackedFigure(
              id: service.evidence.spend, name: "Spending in the year", period: year.period, draws: total))
        }
      }
      if context.years.contains(year) { result.years.append(figures) }
      year = year.next
    }
    var census = children.rate.lastPublished.advanced(by: 1)
    let last = try Self.censuses(of: context.years.upperBound, service: service.id).later
    while let distance = census.distance(to: last), distance >= 0 {
      if let count = children.count(at: census) {
        result.tracked.append(
          TrackedFigure(
            id: service.evidence.children, name: "Children at 31 March", period: census, draws: count))
      }
      census = census.advanced(by: 1)
    }
    result.notes = notes(remainder)
    return result
  }

  // MARK: Children and places

  private static func censuses(
    of year: FinancialYear, service: String
  ) throws(CommissioningError) -> (earlier: Period, later: Period) {
    do {
      return try YearConversion.marchCensus.sources(ofFinancialYear: year.period)
    } catch {
      throw .invalid(service: service, reason: "\(error)")
    }
  }

  /// The mean of both ends of a year; of the one that is known where only one is.
  private func average(
    in year: FinancialYear, _ value: (Period) -> Draws?
  ) throws(CommissioningError) -> Draws? {
    let censuses = try Self.censuses(of: year, service: service.id)
    guard let later = value(censuses.later) else { return value(censuses.earlier) }
    guard let earlier = value(censuses.earlier) else { return later }
    let weights = YearConversion.marchCensus
    return earlier * weights.earlierWeight + later * weights.laterWeight
  }

  private func averageChildren(in year: FinancialYear) throws(CommissioningError) -> Draws? {
    try average(in: year) { children.count(at: $0) }
  }

  /// Shares of all priced and unpriced placements over a year, none in all above one.
  ///
  /// Drawn shares may sum to more than the whole; they are then brought back in proportion, and other placements are
  /// nil in that future. Published shares that sum to more than rounding allows are refused.
  private func averageShares(in year: FinancialYear) throws(CommissioningError) -> [Draws]? {
    var drawn: [Draws] = []
    for paths in shares {
      guard let share = try average(in: year, { paths.at($0) }) else { return nil }
      drawn.append(share / 100)
    }
    let total = Draws.sum(drawn)
    if let known = total.knownValue, known > 1 + 0.005 * Double(shares.count) {
      throw .invalid(
        service: service.id,
        reason: "the published shares of placements sum to \(known * 100) per cent in \(year)")
    }
    let excess = total.map { max(1, $0) }
    return drawn.map { $0 / excess }
  }

  private func addPeople(to figures: inout ServiceYear) throws(CommissioningError) {
    guard let children = try averageChildren(in: figures.year) else { return }
    figures.need = children
    guard let index = service.placements.firstIndex(where: { $0.id == service.placedInOwnPlaces }),
      let shares = try averageShares(in: figures.year)
    else { return }
    let demand = children * shares[index]
    figures.demand = demand
    guard let places, let supply = try average(in: figures.year, { places.at($0) }) else { return }
    figures.supply = supply
    figures.unmetNeed = (demand - supply).positivePart
  }

  // MARK: Money

  /// Volume times price of every priced placement in a year; nil where a number or a price is not known.
  private func placementCosts(in year: FinancialYear) throws(CommissioningError) -> [ServiceLine]? {
    guard let children = try averageChildren(in: year), let shares = try averageShares(in: year) else {
      return nil
    }
    var lines: [ServiceLine] = []
    for (index, placement) in service.placements.enumerated() {
      guard let costs = weeklyCosts[index] else { continue }
      guard let cost = costs.at(year.period) else { return nil }
      lines.append(
        ServiceLine(
          id: placement.id, name: placement.name, part: .spend,
          amount: children * shares[index] * cost * year.weeks))
    }
    return lines
  }

  /// Other looked-after spending: the outturn less volume times price, in every year that has both.
  private func remainder() throws(CommissioningError) -> SeriesPaths {
    var points: [DataPoint] = []
    for point in spend.points {
      guard let outturn = point.value, let start = point.period.startYear,
        let lines = try placementCosts(in: FinancialYear(start)),
        let explained = Draws.sum(lines.map(\.amount)).knownValue
      else { continue }
      points.append(
        DataPoint(period: point.period, observation: .value(outturn - explained), flags: point.flags))
    }
    guard !points.isEmpty else {
      throw .missing(
        service: service.id, what: "a year with outturn, placements and weekly costs together",
        period: "any year before \(context.asOf)")
    }
    do {
      let series = try Series(
        id: "other looked-after spending", area: spend.area,
        measure: Measure(id: "other looked-after spending", unit: .pounds), points: points)
      return try context.paths(
        of: series, through: context.years.upperBound.period, fallback: service.holdSpread,
        service: service.id)
    } catch let error as CommissioningError {
      throw error
    } catch {
      throw .invalid(service: service.id, reason: "\(error)")
    }
  }

  private func addMoney(
    to figures: inout ServiceYear, remainder: SeriesPaths
  ) throws(CommissioningError) {
    let outturn = spend.point(at: figures.year.period)?.value
    guard var lines = try placementCosts(in: figures.year),
      let rest = remainder.at(figures.year.period)
    else {
      figures.spend = outturn.map { Draws($0) }
      figures.spendOnAssumption = outturn.map { _ in Draws(0) }
      return
    }
    lines.append(
      ServiceLine(
        id: "other-looked-after-spending", name: "Other looked-after spending", part: .spend, amount: rest))
    figures.lines = lines
    // The parts of an outturn year sum to it by construction; the published figure is the exact one.
    figures.spend = outturn.map { Draws($0) } ?? Draws.sum(lines.map(\.amount))
    var assumed: [Draws] = remainder.model == nil && outturn == nil ? [rest] : []
    for (line, index) in zip(lines, weeklyCosts.indices.filter { weeklyCosts[$0] != nil })
    where outturn == nil && (shares[index].model == nil || weeklyCosts[index]?.model == nil) {
      assumed.append(line.amount)
    }
    figures.spendOnAssumption = Draws.sum(assumed)
  }

  private func notes(_ remainder: SeriesPaths) -> [String] {
    var notes = [
      "The budget is the outturn of \(lastOutturn) raised each year by a stated assumption; none has been published."
    ]
    if remainder.model == nil {
      notes.append(
        "Other looked-after spending has too few years for any model and is held at its last value, with a stated spread."
      )
    }
    for (placement, paths) in zip(service.placements, shares) where paths.model == nil {
      notes.append("The share of \(placement.name.lowercased()) has too few years for any model and is held.")
    }
    for placement in service.placements {
      if let reason = placement.unpricedReason {
        notes.append(
          "\(placement.name) have no weekly cost here and stand in other looked-after spending: \(reason).")
      }
    }
    if places == nil {
      notes.append("Nothing of \"\(service.evidence.places)\" had been published by \(context.asOf).")
    }
    return notes
  }
}
