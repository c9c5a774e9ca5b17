import Statistics

extension Disputes {
  /// Appeals of one kind in a year, in every future whole numbers.
  public struct Flow: Sendable {
    /// What is appealed.
    public let decision: Decision
    /// The financial year.
    public let year: FinancialYear
    /// Appeals lodged.
    public let lodged: Draws
    /// Appeals resolved, lodged in this year or the one before; withdrawn, settled and heard sum to them.
    public let resolved: Draws
    /// Those withdrawn.
    public let withdrawn: Draws
    /// Those settled at mediation or by concession.
    public let settled: Draws
    /// Those heard.
    public let heard: Draws
    /// Those heard and upheld.
    public let upheld: Draws
    /// Those upheld, and those settled the family's way.
    public let allowed: Draws
    /// Plans that follow from refusals to assess that were overturned; zero for the other kinds.
    public let plansFromAssessments: Draws
    /// Appeals not resolved when the year ends.
    public let outstanding: Draws
  }

  /// What disputes do in a year.
  public struct Year: Sendable {
    /// The financial year.
    public let year: FinancialYear
    /// Appeals by kind.
    public let flows: [Flow]
    /// Assessments that they add.
    public let addedAssessments: Draws
    /// Plans that they add.
    public let addedPlans: Draws
    /// Children whom they move to a dearer setting.
    public let movedToDearer: Draws
    /// What cases cost, and what dearer settings add in a full year, by kind.
    public let lines: [FundLine]
    /// The sum of the lines.
    public let cost: FundLine
  }

  /// Carries disputes through the years of every future.
  ///
  /// A dearer placement costs the stated part of the year in which it is won, and every later year in full. Children won
  /// back to other settings later are the stock-flow's business.
  ///
  /// - Parameters:
  ///   - years: the financial years, in order.
  ///   - decisions: decisions that can be appealed, by kind and year; averages need not be whole.
  ///   - draws: the number of simulated futures.
  ///   - seed: the seed of the run.
  ///   - jobs: the most threads; any number gives the same result.
  public func years(
    _ years: ClosedRange<FinancialYear>, decisions: [Decision: [FinancialYear: Draws]], draws: Int,
    seed: UInt64, jobs: Int = 1
  ) throws(CommissioningError) -> [Year] {
    guard draws > 0 else {
      throw .invalid(service: Self.service, reason: "\(draws) futures are asked for; ask for at least one")
    }
    let all = (years.lowerBound.start...years.upperBound.start).map { FinancialYear($0) }
    var check = FutureCheck(Self.service, futures: draws)
    try check.requireKnown(
      decisions.keys.map(\.rawValue), among: routes.map(\.decision.rawValue), "the decision",
      "describe how its appeals go, or leave its decisions out")
    var flows: [[Flow]] = []
    for route in routes {
      guard let byYear = decisions[route.decision] else {
        throw .missing(
          service: Self.service, what: "the number of decisions (\(route.decision.rawValue))",
          period: "\(years.lowerBound)")
      }
      var stock: [Draws] = []
      for year in all {
        stock.append(
          try check.take(byYear, year, "the number of decisions (\(route.decision.rawValue))", .amount))
      }
      flows.append(
        Self.simulate(route, all, decisions: stock, draws: draws, seed: seed, jobs: jobs))
    }
    var moved = Draws(0)
    var result: [Year] = []
    for (place, year) in all.enumerated() {
      let own = flows.map { $0[place] }
      guard let cost = costs[year] else {
        throw .missing(service: Self.service, what: "the cost of a case", period: "\(year)")
      }
      try check.take(cost.settled, "the cost of a settled case in \(year)", .amount)
      try check.take(cost.heard, "the cost of a case heard in \(year)", .amount)
      var lines: [FundLine] = []
      for flow in own {
        lines.append(
          try FundLine(
            id: "cases-\(flow.decision.rawValue)", name: "Cases: \(flow.decision.rawValue)",
            pounds: (flow.withdrawn + flow.settled) * cost.settled + flow.heard * cost.heard,
            service: Self.service))
      }
      func sum(_ decision: Decision, _ part: (Flow) -> Draws) -> Draws {
        Draws.sum(own.filter { $0.decision == decision }.map(part))
      }
      let won = sum(.placement, \.allowed)
      for route in routes {
        guard let part = route.firstYear else { continue }
        guard let extra = cost.dearerSetting else {
          throw .missing(service: Self.service, what: "the extra cost of a dearer setting", period: "\(year)")
        }
        try check.take(part, "the part of the first year that a move costs", .share)
        try check.take(extra, "the extra cost of a dearer setting in \(year)", .number)
        lines.append(
          try FundLine(
            id: "dearer-settings", name: "Dearer settings won on appeal",
            pounds: (moved + won * part) * extra, service: Self.service))
      }
      moved = moved + won
      result.append(
        Year(
          year: year, flows: own, addedAssessments: sum(.refusalToAssess, \.allowed),
          addedPlans: sum(.refusalToAssess, \.plansFromAssessments) + sum(.refusalToIssue, \.allowed),
          movedToDearer: won, lines: lines,
          cost: .total(lines, id: "disputes", name: "Disputes")))
    }
    return result
  }

  /// The counts that are kept of a year, in the order in which they stand beside each other.
  private static let kept = 9

  private static func simulate(
    _ route: Route, _ years: [FinancialYear], decisions: [Draws], draws: Int, seed: UInt64, jobs: Int
  ) -> [Flow] {
    let shares = RandomStream(seed: seed, name: "disputes/\(route.decision.rawValue)/shares")
    let chance = RandomStream(seed: seed, name: "disputes/\(route.decision.rawValue)/chance")
    let width = years.count * kept
    var counts = [Double](repeating: 0, count: draws * width)
    counts.withUnsafeMutableBufferPointer { buffer in
      // The buffer outlives the blocks, and no two blocks share a path.
      nonisolated(unsafe) let shared = buffer
      concurrentBlocks(count: draws, blockSize: 512, jobs: jobs) { block in
        for path in block {
          var parameter = shares.path(UInt64(path))
          var own = chance.path(UInt64(path))
          let appealed = route.appealRate.draw(&parameter)
          let inYear = route.resolvedInYear.draw(&parameter)
          let withdrawnShare = route.withdrawn.draw(&parameter)
          let settledShare = route.settled.draw(&parameter)
          let conceded = route.settledForFamily.draw(&parameter)
          let upheldShare = route.upheld.draw(&parameter)
          let issuedShare = route.issued?.draw(&parameter) ?? 0
          var outstanding = route.outstanding
          for place in years.indices {
            let lodged = own.binomial(ofAverage: decisions[place][path] ?? .nan, probability: appealed)
            let resolved = outstanding + own.binomial(trials: lodged, probability: inYear)
            let withdrawn = own.binomial(trials: resolved, probability: withdrawnShare)
            let settled = own.binomial(trials: resolved - withdrawn, probability: settledShare)
            let heard = resolved - withdrawn - settled
            let upheld = own.binomial(trials: heard, probability: upheldShare)
            let allowed = upheld + own.binomial(trials: settled, probability: conceded)
            let plans = own.binomial(trials: allowed, probability: issuedShare)
            outstanding = outstanding + lodged - resolved
            let at = path * width + place * kept
            shared[at] = lodged
            shared[at + 1] = resolved
            shared[at + 2] = withdrawn
            shared[at + 3] = settled
            shared[at + 4] = heard
            shared[at + 5] = upheld
            shared[at + 6] = allowed
            shared[at + 7] = plans
            shared[at + 8] = outstanding
          }
        }
      }
    }
    return years.indices.map { place in
      func column(_ offset: Int) -> Draws {
        Draws((0..<draws).map { counts[$0 * width + place * kept + offset] })
      }
      return Flow(
        decision: route.decision, year: years[place], lodged: column(0), resolved: column(1),
        withdrawn: column(2), settled: column(3), heard: column(4), upheld: column(5), allowed: column(6),
        plansFromAssessments: column(7), outstanding: column(8))
    }
  }
}
