import Statistics

extension PlanFlowRates {
  /// Runs the stock forward: requests come in, and new plans, ceased plans and the stock come out.
  ///
  /// Each future has its own levels of the rates, each of its years a rate around them, and each flow the
  /// chance of its count: new plans are Poisson, ceased plans binomial, the unexplained line a share of the
  /// stock to the whole plan. Counts stay whole where the stock that comes in is.
  ///
  /// - Parameters:
  ///   - openingStock: Plans at the January census of the first year.
  ///   - firstYear: The first calendar year.
  ///   - requests: Requests of each calendar year from the first, by simulated future.
  ///   - requestsBefore: Requests of the calendar year before; not needed when ``sameYearShare`` is 1.
  ///   - paths: The number of simulated futures, 1 or more.
  ///   - seed: The seed; the same gives the same bytes.
  ///   - service: Who asks, for errors and for the names of the random streams.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` without a yield, for a negative count, or
  ///   draws of another number of futures.
  public func forward(
    openingStock: Draws, firstYear: Int, requests: [Draws], requestsBefore: Draws? = nil, paths: Int,
    seed: UInt64, service: String
  ) throws(CommissioningError) -> PlanFlows {
    guard let yield else {
      throw .invalid(
        service: service,
        reason: "plans cannot be run forward from requests, because no area has both requests and new plans")
    }
    var table = try self.table(
      openingStock, firstYear: firstYear, horizon: requests.count, paths: paths, service: service)
    try setRequests(requests, requestsBefore, in: &table, service: service)
    var emptied = 0
    let streams = FlowStreams(seed: seed, service: service)
    for path in 0..<paths {
      var chance = streams.of(path)
      let yieldLevel = yield.level(&chance.yield)
      let ceasingLevel = ceasing.level(&chance.ceasing)
      let balanceLevel = unexplained.level(&chance.unexplained)
      var stock = table.opening[path]
      for step in 0..<table.horizon {
        let behind = table.requestsBehind(step, path, sameYearShare: sameYearShare) ?? 0
        let new = chance.yield.poisson(mean: yield.year(around: yieldLevel, &chance.yield) * behind)
        let rate = ceasing.year(around: ceasingLevel, &chance.ceasing)
        let ceased = chance.ceasing.binomial(trials: stock.rounded(.down), probability: rate)
        var rest = (unexplained.year(around: balanceLevel, &chance.unexplained) * stock).rounded()
        if stock + new - ceased + rest < 0 {
          rest = -(stock + new - ceased)
          emptied += 1
        }
        table.new[step][path] = new
        table.ceased[step][path] = ceased
        table.unexplained[step][path] = rest
        stock = stock + new - ceased + rest
      }
    }
    drawShares(in: &table, streams)
    var notes = self.notes
    notes += Self.emptied(emptied, of: paths * table.horizon)
    return table.flows(sameYearShare: sameYearShare, notes: notes)
  }

  static func emptied(_ count: Int, of total: Int) -> [String] {
    guard count > 0 else { return [] }
    return [
      "In \(count) of \(total) simulated years more plans would have moved away than were left; the "
        + "unexplained line is all that was left there."
    ]
  }

  /// The shares of decisions, where known, in every year and path.
  func drawShares(in table: inout FlowTable, _ streams: FlowStreams) {
    func drawn(_ rate: ShrunkRate?, _ stream: RandomStream) -> [[Double]]? {
      guard let rate else { return nil }
      var values = table.new
      for path in 0..<table.paths {
        var chance = stream.path(UInt64(path))
        let level = rate.level(&chance)
        for step in 0..<table.horizon { values[step][path] = rate.year(around: level, &chance) }
      }
      return values
    }
    table.assessed = drawn(assessed, streams.assessed)
    table.issued = drawn(issued, streams.issued)
  }

  func table(
    _ opening: Draws, firstYear: Int, horizon: Int, paths: Int, service: String
  ) throws(CommissioningError) -> FlowTable {
    guard (1...FlowTable.mostPaths).contains(paths), (1...255).contains(horizon),
      Double(paths) * Double(horizon) <= 2.5e7
    else {
      throw .invalid(
        service: service,
        reason:
          "\(paths) simulated futures of \(horizon) years cannot be run; give 1 to 255 years, and at "
          + "most 25 million futures times years"
      )
    }
    guard (1...9998 - horizon).contains(firstYear) else {
      throw .invalid(
        service: service, reason: "the first year is \(firstYear); give a calendar year such as 2025")
    }
    let values = try FlowTable.counts(
      opening, paths: paths, service: service, what: "the stock of January \(firstYear)")
    return FlowTable(firstYear: firstYear, horizon: horizon, paths: paths, opening: values)
  }

  func setRequests(
    _ requests: [Draws], _ before: Draws?, in table: inout FlowTable, service: String
  ) throws(CommissioningError) {
    var values: [[Double]] = []
    for (step, draws) in requests.enumerated() {
      values.append(
        try FlowTable.counts(
          draws, paths: table.paths, service: service, what: "the requests of \(table.firstYear + step)"))
    }
    table.requests = values
    if let before {
      table.requestsBefore = try FlowTable.counts(
        before, paths: table.paths, service: service, what: "the requests of \(table.firstYear - 1)")
    } else if sameYearShare < 1 {
      throw .invalid(
        service: service,
        reason: "the requests of \(table.firstYear - 1) are needed, because part of the new plans of "
          + "\(table.firstYear) comes from them")
    }
  }
}
