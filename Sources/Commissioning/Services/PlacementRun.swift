import Forecasting
import TimeSeries

/// One run of a placement service: children, shares, weekly costs, the remainder, then the years.
struct PlacementRun {
  private let service: Placements
  private let context: SimulationContext
  private let children: StockPaths
  private let shares: [PlacementShare]
  private let weeklyCosts: [SeriesPaths?]
  private let places: SeriesPaths?
  private let outturn: [FinancialYear: Double]
  private let spendSeries: Series
  private let lastOutturn: FinancialYear
  private let lastAmount: Double

  private static let average = YearAverage(rule: .marchCensus)

  /// The share of one placement, and what everything is in its unit.
  private struct PlacementShare {
    let paths: SeriesPaths
    let whole: Double
  }

  init(_ service: Placements, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let census = try Self.average.censuses(of: context.years.upperBound, service: service.id).later
    children = try StockPaths(
      counts: service.evidence.children, population: service.evidence.population, average: Self.average,
      fallback: service.holdSpread, in: context, service: service.id)
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
    let remainder = try remainder()
    let uplift = try context.assumption(service.budgetUplift, .growth, for: service.id)
    var result = ServiceSimulation()
    var year = min(context.years.lowerBound, lastOutturn.next)
    while year <= context.years.upperBound {
      let kind: YearKind =
        outturn[year] != nil ? .outturn : year.lastDay <= context.asOf ? .estimate : .forecast
      var figures = ServiceYear(year: year, kind: kind)
      try addPeople(to: &figures)
      try addMoney(to: &figures, remainder: remainder)
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
    result.tracked += try children.tracked(
      name: "Children at 31 March", through: context.years.upperBound)
    result.notes = try notes(remainder)
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

  private func addPeople(to figures: inout ServiceYear) throws(CommissioningError) {
    guard let children = try children.average(in: figures.year) else { return }
    figures.need = children
    guard let index = service.placements.firstIndex(where: { $0.id == service.placedInOwnPlaces }),
      let shares = try averageShares(in: figures.year)
    else { return }
    let demand = children * shares[index]
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

  /// Volume times price of every priced placement in a year; nil where a number or a price is not known.
  private func placementCosts(in year: FinancialYear) throws(CommissioningError) -> [PlacementCost]? {
    guard let average = try children.average(in: year), let shares = try averageShares(in: year) else {
      return nil
    }
    var costs: [PlacementCost] = []
    for (index, placement) in service.placements.enumerated() {
      guard let weekly = weeklyCosts[index] else { continue }
      guard let cost = weekly.at(year.period) else { return nil }
      let units = average * shares[index]
      costs.append(
        PlacementCost(
          line: ServiceLine(
            id: placement.id, name: placement.name, part: .spend, amount: units * cost * year.weeks,
            units: units),
          isAssumed: children.rate.isHeld || self.shares[index].paths.isHeld || weekly.isHeld))
    }
    return costs
  }

  /// Other looked-after spending: the outturn less volume times price, in every year that has both.
  private func remainder() throws(CommissioningError) -> SeriesPaths {
    var points: [DataPoint] = []
    for point in spendSeries.points {
      guard let amount = point.value, let start = point.period.startYear,
        let costs = try placementCosts(in: FinancialYear(start)),
        let explained = Draws.sum(costs.map(\.line.amount)).knownValue
      else { continue }
      points.append(
        DataPoint(period: point.period, observation: .value(amount - explained), flags: point.flags))
    }
    guard !points.isEmpty else {
      throw .missing(
        service: service.id, what: "a year with outturn, placements and weekly costs together",
        period: "any year before \(context.asOf)")
    }
    let id = "\(service.id): other looked-after spending"
    let series: Series
    do {
      series = try Series(
        id: id, area: spendSeries.area, measure: Measure(id: id, unit: .pounds), points: points)
    } catch {
      throw .invalid(service: service.id, reason: "\(error)")
    }
    return try context.paths(of: series, fallback: service.holdSpread, service: service.id)
  }

  private func addMoney(
    to figures: inout ServiceYear, remainder: SeriesPaths
  ) throws(CommissioningError) {
    let outturn = outturn[figures.year]
    guard let costs = try placementCosts(in: figures.year),
      let rest = remainder.at(figures.year.period)
    else {
      figures.spend = outturn.map { Draws($0) }
      figures.spendOnAssumption = outturn.map { _ in Draws(0) }
      return
    }
    figures.lines =
      costs.map(\.line) + [
        ServiceLine(
          id: "other-looked-after-spending", name: "Other looked-after spending", part: .spend, amount: rest)
      ]
    // The parts of an outturn year sum to it by construction; the published figure is the exact one.
    figures.spend = outturn.map { Draws($0) } ?? Draws.sum(figures.lines.map(\.amount))
    if outturn == nil {
      let assumed = costs.filter(\.isAssumed).map(\.line.amount) + (remainder.isHeld ? [rest.magnitude] : [])
      figures.spendOnAssumption = figures.spend.map { Draws.sum(assumed).atMost($0) }
    } else {
      figures.spendOnAssumption = Draws(0)
    }
  }

  private func notes(_ remainder: SeriesPaths) throws(CommissioningError) -> [String] {
    var notes = [
      "The budget is the outturn of \(lastOutturn) raised each year by a stated assumption; none has been published."
    ]
    notes += children.notes
    if let note = YearAverage.note(
      "number of children", oneSided: try children.oneSided(context.allYears))
    {
      notes.append(note)
    }
    for (placement, share) in zip(service.placements, shares) {
      let years = try Self.average.oneSided(context.allYears, service: service.id) { share.paths.at($0) }
      if let note = YearAverage.note("share of \(placement.name.lowercased())", oneSided: years) {
        notes.append(note)
      }
    }
    if children.rate.isHeld {
      notes.append("The rate of children has too few years for any model and is held, with a stated spread.")
    }
    if remainder.isHeld {
      notes.append(
        "Other looked-after spending has too few years for any model and is held at its last value, with a stated spread."
      )
    } else if let model = remainder.model {
      notes.append("Other looked-after spending is carried forward by \(model.specification).")
    }
    for (index, placement) in service.placements.enumerated() {
      let name = placement.name.lowercased()
      if shares[index].paths.isHeld {
        notes.append(
          "The share of \(name) has too few years for any model and is held, with a stated spread.")
      }
      if let cost = weeklyCosts[index], cost.isHeld {
        notes.append(
          "The weekly cost of \(name) has too few years for any model and is held, with a stated spread.")
      }
      if let reason = placement.unpricedReason {
        notes.append(
          "\(placement.name): no weekly cost here, their cost stands in other looked-after spending: \(reason)."
        )
      }
    }
    if places == nil {
      notes.append("Nothing of \"\(service.evidence.places)\" had been published by \(context.asOf).")
    }
    return notes
  }
}
