import Indicators
import TimeSeries

/// One run of a waiting list: the last list before any reporting break, then month by month.
struct WaitingListRun {
  private let service: WaitingList
  private let context: SimulationContext
  private let counted: DataPoint
  private let breaks: [Period]
  private let waiting: Draws
  private let countedOn: CivilDate
  private let people: AnnualPopulation
  private let target: Weeks?

  init(_ service: WaitingList, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let published = try context.requiredSeries(service.list, area: service.listArea, for: service.id)
    guard let last = published.segmentBeforeFirstBreak.latest, let value = last.value,
      let day = last.period.end
    else {
      throw .nothingPublished(
        id: service.list, area: service.listArea, asOf: "\(context.asOf)", service: service.id)
    }
    guard value >= 0 else {
      throw .invalid(
        service: service.id, reason: "\"\(service.list)\" is \(plainText(value)) at \(last.period.label)")
    }
    counted = last
    countedOn = day
    breaks = published.breaks
    waiting = try context.assumption(service.assumptions.share, .share, for: service.id) * value
    people = try AnnualPopulation(service.population, in: context, service: service.id)
    if let id = service.targetWeeks {
      let series = try context.requiredSeries(id, for: service.id)
      guard series.measure.unit == .weeks, let weeks = series.latest?.value else {
        throw .invalid(
          service: service.id, reason: "\"\(id)\" is in \(series.measure.unit) and must be in weeks")
      }
      target = Weeks(weeks)
    } else {
      target = nil
    }
  }

  func simulate() throws(CommissioningError) -> ServiceSimulation {
    let names = service.assumptions
    let referrals = try context.assumption(names.referrals, .amount, for: service.id)
    let growth = try context.assumption(names.referralGrowth, .growth, for: service.id)
    let staying = -(try context.assumption(names.leavers, .share, for: service.id)) + 1
    let capacity = try context.assumption(names.capacity, .amount, for: service.id)
    let unitCost = try context.assumption(names.unitCost, .amount, for: service.id)
    let priceGrowth = try context.assumption(names.priceGrowth, .growth, for: service.id)
    let budget = try context.assumption(names.budget, .amount, for: service.id)
    let uplift = try context.assumption(names.budgetUplift, .growth, for: service.id)
    if people.estimate(for: service.baseYear) == nil {
      let known = people.lastPublished.label
      throw .invalid(
        service: service.id,
        reason:
          "base-year is \(service.baseYear), for which \"\(service.population)\" is neither known nor forecast; it is "
          + "known to \(known) and forecast to \(context.years.upperBound)")
    }
    let basePopulation = try population(in: service.baseYear)
    guard basePopulation.mean > 0 else {
      throw .invalid(
        service: service.id,
        reason: "\"\(service.population)\" is \(plainText(basePopulation.mean)) in \(service.baseYear)")
    }

    var result = ServiceSimulation()
    var relief: WaitingListRelief?
    var queue = waiting
    let countedIn = FinancialYear(countedOn.month >= 4 ? countedOn.year : countedOn.year - 1)
    var months = Self.monthsLeft(in: countedIn, after: countedOn)
    var year = countedIn
    while year <= context.years.upperBound {
      let age = Double(year.start - service.baseYear.start)
      let inflow = try changed(
        referrals * staying * (try population(in: year)) / basePopulation
          * growth.map { power(1 + $0, age) }, by: .referrals, in: year)
      let places = try changed(capacity, by: .capacity, in: year)
      let flow = Self.advance(
        queue, monthlyInflow: inflow / 12, monthlyCapacity: places / 12, months: months)
      queue = flow.queue
      if year > countedIn, context.years.contains(year) {
        var figures = ServiceYear(
          year: year, kind: year.lastDay <= context.asOf ? .estimate : .forecast)
        let spend =
          flow.treated
          * (try changed(unitCost * priceGrowth.map { power(1 + $0, age) }, by: .unitCost, in: year))
        let available = try changed(budget * uplift.map { power(1 + $0, age) }, by: .budget, in: year)
        figures.need = queue
        figures.demand = inflow
        figures.supply = places
        figures.unmetNeed =
          target.map {
            (queue - WaitingListRelief.compatible(seen: flow.treated, in: year, meanWait: $0)).positivePart
          } ?? queue
        if relief == nil, figures.kind == .forecast, let target {
          relief = try WaitingListRelief(
            year, waiting: queue, demand: inflow, capacity: places, meanWait: target, service: service.id)
        }
        figures.spend = spend
        figures.budget = available
        figures.inYearBalance = available - spend
        figures.spendOnAssumption = spend
        figures.budgetOnAssumption = available
        figures.lines = [
          ServiceLine(
            id: "treatment", name: "Children treated", part: .spend, amount: spend, units: flow.treated)
        ]
        result.years.append(figures)
      }
      months = 12
      year = year.next
    }
    result.notes = notes(countedIn)
    if let relief { result.notes.append(try relief.note(service: service.id)) }
    return result
  }

  private func changed(
    _ value: Draws, by flow: WaitingList.Flows, in year: FinancialYear
  ) throws(CommissioningError) -> Draws {
    try context.changed(value, by: flow.rawValue, of: service.id, in: year)
  }

  private func population(in year: FinancialYear) throws(CommissioningError) -> Draws {
    guard let value = people.estimate(for: year) else {
      throw .missing(
        service: service.id, what: "the population (\"\(service.population)\")", period: "\(year)")
    }
    return value
  }

  private func notes(_ countedIn: FinancialYear) -> [String] {
    var notes = [
      "The list is that of \(service.listArea) at \(counted.period.label), shared out by an assumption; referrals, "
        + "capacity, price and budget are assumptions."
    ]
    if context.years.lowerBound <= countedIn {
      notes.append(
        "The list was counted in \(countedIn), at \(counted.period.label): the account begins with the next financial year, "
          + "\(countedIn.next); earlier years are not known."
      )
    }
    if let first = breaks.first, let final = breaks.last {
      notes.append(
        "Counts of \(first.label) to \(final.label) are after a reporting break; they are kept and not fitted through."
      )
    }
    if let target {
      notes.append(
        "Unmet need is what the list holds beyond a mean wait of \(plainText(target.count)) weeks, the local target."
      )
    } else if let reason = service.noTargetReason {
      notes.append("Unmet need is everyone waiting: \(reason).")
    }
    return notes
  }

  /// The list after some months of arrivals and treatment, and the number treated; a list is never negative.
  ///
  /// Children are neither made nor lost: the list at the start and the arrivals are the list at the end and the treated.
  static func advance(
    _ queue: Draws, monthlyInflow: Draws, monthlyCapacity: Draws, months: Int
  ) -> (queue: Draws, treated: Draws) {
    var queue = queue
    var treated = Draws(0)
    for _ in 0..<max(0, months) {
      let waiting = queue + monthlyInflow
      let seen = waiting.lesser(monthlyCapacity)
      queue = waiting - seen
      treated = treated + seen
    }
    return (queue, treated)
  }

  /// Whole months from the month of a day to 31 March: none from March itself, eleven from April.
  static func monthsLeft(in year: FinancialYear, after day: CivilDate) -> Int {
    (year.start + 1 - day.year) * 12 + 3 - day.month
  }
}
