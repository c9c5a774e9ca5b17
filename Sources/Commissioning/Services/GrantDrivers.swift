import TimeSeries

/// What disputes and the backlog of annual reviews do to the flows of plans, and what they cost.
///
/// The trend of plans has learned from years in which appeals were won and reviews were late; what it holds of both
/// already is stated, and the flows are changed by the difference alone:
///
///     new plans x (1 + (won - won in the trend) / new plans)
///     ceased x (1 - (delayed - delayed in the trend) / ceased)
struct GrantDrivers {
  /// The changes to the flows, by the calendar year that begins with the January census.
  let changes: [Int: FlowAdjustment]
  let notes: [String]
  private let disputes: [FinancialYear: Disputes.Year]

  /// - Parameters:
  ///   - trend: the flows before anything changes them.
  ///   - prices: the price level of a year against the price year.
  /// - Returns: nil where the workspace states neither.
  init?(
    _ service: RingFencedGrant, trend: PlanFlows, prices: (FinancialYear) -> Draws,
    in context: SimulationContext
  ) throws(CommissioningError) {
    guard service.disputes != nil || service.annualReviews != nil, let first = trend.years.first,
      let last = trend.years.last
    else { return nil }
    let years = FinancialYear(first.year)...FinancialYear(last.year)
    var changes: [Int: FlowAdjustment] = [:]
    var notes: [String] = []
    var disputes: [FinancialYear: Disputes.Year] = [:]
    if let terms = service.disputes {
      let found = try Self.disputes(terms, service, trend, years, prices: prices, context)
      let known = try context.assumption(terms.inTrend, .amount, for: service.id)
      for (flows, year) in zip(trend.years, found) {
        disputes[year.year] = year
        let beyond = year.addedPlans - known
        changes[flows.year, default: FlowAdjustment()].yield = FlowLever(
          factor: beyond.combined(flows.newPlans) { $1 > 0 ? 1 + $0 / $1 : 1 })
      }
      let won = found.map(\.addedPlans.mean).reduce(0, +) / Double(max(1, found.count))
      notes.append(
        "Appeals and mediation add \(grouped(won.rounded())) plans a year on average, of which "
          + "\(grouped(known.mean.rounded())) are taken to be in the trend of plans already.")
    }
    if let terms = service.annualReviews {
      let found = try Self.reviews(terms, service, trend, years, context)
      let known = try context.assumption(terms.inTrend, for: service.id)
      for (flows, year) in zip(trend.years, found) {
        let beyond = year.delayedCeasings - known
        changes[flows.year, default: FlowAdjustment()].ceasing = FlowLever(
          factor: beyond.combined(flows.ceased) { $1 > 0 ? 1 - $0 / $1 : 1 })
      }
      if let end = found.last {
        notes.append(
          "The backlog of annual reviews is \(grouped(end.backlog.mean.rounded())) children at the end of "
            + "\(end.year) on average and holds up \(grouped(end.heldCeasings.mean.rounded())) plans that reviews in "
            + "time would have ended.")
      }
    }
    self.changes = changes
    self.notes = notes
    self.disputes = disputes
  }

  private static func disputes(
    _ terms: RingFencedGrant.DisputeTerms, _ service: RingFencedGrant, _ trend: PlanFlows,
    _ years: ClosedRange<FinancialYear>, prices: (FinancialYear) -> Draws, _ context: SimulationContext
  ) throws(CommissioningError) -> [Disputes.Year] {
    func assumption(_ name: String, _ role: AssumptionRole) throws(CommissioningError) -> Draws {
      try context.assumption(name, role, for: service.id)
    }
    var routes: [Disputes.Route] = []
    var decisions: [Disputes.Decision: [FinancialYear: Draws]] = [:]
    for route in terms.routes {
      let each = try assumption(route.decisions, route.decision == .placement ? .share : .amount)
      for flows in trend.years {
        let base = route.decision == .placement ? flows.opening : flows.requests
        guard let base else {
          throw .invalid(
            service: service.id,
            reason:
              "appeals about \(route.decision.rawValue) follow requests, which are not known for \(flows.year); "
              + "supply the series of requests, or leave the route out")
        }
        decisions[route.decision, default: [:]][FinancialYear(flows.year)] = base * each
      }
      routes.append(
        Disputes.Route(
          decision: route.decision, appealRate: route.appealRate, resolvedInYear: route.resolvedInYear,
          withdrawn: route.withdrawn, settled: route.settled, settledForFamily: route.settledForFamily,
          upheld: route.upheld, issued: route.issued,
          firstYear: try route.firstYear.map { name throws(CommissioningError) in try assumption(name, .share)
          },
          outstanding: route.outstanding))
    }
    let settled = try assumption(terms.settledCost, .amount)
    let heard = try assumption(terms.heardCost, .amount)
    let dearer = try terms.dearerSetting.map { name throws(CommissioningError) in
      try assumption(name, .number)
    }
    var costs: [FinancialYear: Disputes.CaseCosts] = [:]
    for flows in trend.years {
      let year = FinancialYear(flows.year)
      let level = prices(year)
      costs[year] = Disputes.CaseCosts(
        settled: settled * level, heard: heard * level, dearerSetting: dearer.map { $0 * level })
    }
    do throws(CommissioningError) {
      return try Disputes(routes: routes, costs: costs).years(
        years, decisions: decisions, draws: context.draws, seed: context.seed)
    } catch {
      // Not `.missing`, for which the whole account would be put aside.
      throw .invalid(service: service.id, reason: "\(error)")
    }
  }

  private static func reviews(
    _ terms: RingFencedGrant.ReviewTerms, _ service: RingFencedGrant, _ trend: PlanFlows,
    _ years: ClosedRange<FinancialYear>, _ context: SimulationContext
  ) throws(CommissioningError) -> [AnnualReviews.Year] {
    let capacity = try context.assumption(terms.capacity, .amount, for: service.id)
    var inputs: [FinancialYear: AnnualReviews.Inputs] = [:]
    for flows in trend.years {
      // What neither new plans nor ceasing explain comes or goes with its sign.
      inputs[FinancialYear(flows.year)] = AnnualReviews.Inputs(
        new: flows.newPlans + flows.unexplained.positivePart,
        leaving: flows.ceased + (-flows.unexplained).positivePart, capacity: capacity, yearlyCost: Draws(0))
    }
    do throws(CommissioningError) {
      return try AnnualReviews(
        interval: terms.interval, ceased: terms.ceased, moved: terms.moved,
        plans: trend.years.first?.opening ?? Draws(0),
        overdue: try context.assumption(terms.overdue, .amount, for: service.id)
      ).years(years, inputs: inputs, draws: context.draws, seed: context.seed, asOf: context.asOf)
    } catch {
      // Not `.missing`, for which the whole account would be put aside.
      throw .invalid(service: service.id, reason: "\(error)")
    }
  }

  // MARK: Money

  /// What children whom appeals have moved to dearer settings cost the grant in a year.
  func spending(in year: FinancialYear) -> [ServiceLine] {
    lines(in: year, part: .spend) { $0.id == "dearer-settings" }
  }

  /// What cases cost the General Fund in officers' time in a year.
  func generalFund(in year: FinancialYear) -> [ServiceLine] {
    lines(in: year, part: .generalFund) { $0.id != "dearer-settings" }
  }

  private func lines(
    in year: FinancialYear, part: ServiceLine.Part, _ isWanted: (FundLine) -> Bool
  ) -> [ServiceLine] {
    (disputes[year]?.lines ?? []).filter(isWanted).map {
      ServiceLine(
        id: part == .generalFund ? "general-fund.\($0.id)" : $0.id, name: $0.name, part: part,
        amount: $0.pounds)
    }
  }
}
