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

  /// Finds the flows behind a stock that is forecast on its own: ceased plans and the unexplained line are
  /// drawn from their rates, new plans are what the stock's growth then needs, and requests what the new
  /// plans need.
  ///
  /// Where new plans would be below zero they are zero and ceasing takes the rest; the notes say how often.
  ///
  /// - Parameters:
  ///   - stock: Plans at the January census of the first year and of every later one, by simulated future.
  ///   - firstYear: The first calendar year.
  ///   - requests: Requests of each calendar year, where they are forecast on their own; new plans per
  ///   request then follow. Where nil, requests are new plans by the yield.
  ///   - requestsBefore: Requests of the calendar year before the first, where known.
  ///   - paths: The number of simulated futures, 1 or more.
  ///   - seed: The seed; the same gives the same bytes.
  ///   - service: Who asks, for errors and for the names of the random streams.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for fewer than two stocks, a negative count,
  ///   or draws of another number of futures.
  public func anchored(
    stock: [Draws], firstYear: Int, requests: [Draws]? = nil, requestsBefore: Draws? = nil, paths: Int,
    seed: UInt64, service: String
  ) throws(CommissioningError) -> PlanFlows {
    guard let opening = stock.first, stock.count > 1 else {
      throw .invalid(
        service: service,
        reason:
          "flows stand between censuses; give the stock of \(firstYear) and of at least one later January")
    }
    let horizon = stock.count - 1
    var table = try self.table(
      opening, firstYear: firstYear, horizon: horizon, paths: paths, service: service)
    var closing: [[Double]] = []
    for step in 1...horizon {
      closing.append(
        try FlowTable.counts(
          stock[step], paths: paths, service: service, what: "the stock of January \(firstYear + step)"))
    }
    if let requests {
      guard requests.count == horizon else {
        throw .invalid(
          service: service,
          reason: "requests are given for \(requests.count) years and the stock for \(horizon); give as many")
      }
      try setRequests(requests, requestsBefore, in: &table, service: service)
    }
    let streams = FlowStreams(seed: seed, service: service)
    var floored = 0
    var emptied = 0
    for path in 0..<paths {
      var chance = streams.of(path)
      let ceasingLevel = ceasing.level(&chance.ceasing)
      let balanceLevel = unexplained.level(&chance.unexplained)
      var before = table.opening[path]
      for step in 0..<horizon {
        let after = closing[step][path]
        let rate = ceasing.year(around: ceasingLevel, &chance.ceasing)
        let whole = before.rounded()
        // The chance of the count, on a stock that need not be whole.
        var ceased =
          whole > 0 ? chance.ceasing.binomial(trials: whole, probability: rate) / whole * before : 0
        var rest = unexplained.year(around: balanceLevel, &chance.unexplained) * before
        if before - ceased + rest < 0 {
          rest = ceased - before
          emptied += 1
        }
        var new = after - before + ceased - rest
        if new < 0 {
          ceased -= new
          new = 0
          floored += 1
        }
        // Rounding must not leave a stock of less than none.
        if before + new - ceased + rest < 0 { rest = -(before + new - ceased) }
        table.new[step][path] = new
        table.ceased[step][path] = ceased
        table.unexplained[step][path] = rest
        before = before + new - ceased + rest
      }
    }
    drawShares(in: &table, streams)
    var notes = self.notes
    if requests == nil, yield != nil {
      try implyRequests(requestsBefore, in: &table, streams, service: service)
      notes.append(
        "Requests are those that the new plans need, at the new plans per request of earlier years.")
    }
    notes += Self.emptied(emptied, of: paths * horizon)
    if floored > 0 {
      let share = perCent(Double(floored) / Double(paths * horizon))
      notes.append(
        "In \(share) of the simulated years the stock fell by more than plans ceased or moved away; there "
          + "are no new "
          + "plans there, and ceasing takes the rest.")
    }
    return table.flows(sameYearShare: sameYearShare, notes: notes)
  }

  private static func emptied(_ count: Int, of total: Int) -> [String] {
    guard count > 0 else { return [] }
    return [
      "In \(count) of \(total) simulated years more plans would have moved away than were left; the "
        + "unexplained line "
        + "is all that was left there."
    ]
  }

  /// The shares of decisions, where known, in every year and path.
  private func drawShares(in table: inout FlowTable, _ streams: FlowStreams) {
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

  /// Requests that the new plans need, year for year: new plans by the year's yield.
  ///
  /// Those of the year before are not taken out first: dividing out a part of one year at a time would swing
  /// the requests from year to year by more than they ever do.
  private func implyRequests(
    _ before: Draws?, in table: inout FlowTable, _ streams: FlowStreams, service: String
  ) throws(CommissioningError) {
    guard let yield else { return }
    var requests = table.new
    for path in 0..<table.paths {
      var chance = streams.yield.path(UInt64(path))
      let level = yield.level(&chance)
      for step in 0..<table.horizon {
        let needed = table.new[step][path] / yield.year(around: level, &chance)
        guard needed.isFinite else {
          throw .invalid(
            service: service,
            reason:
              "the requests of \(table.firstYear + step) cannot be found from the new plans, because too few "
              + "new plans per request are known; give the requests, or a comparator")
        }
        requests[step][path] = needed
      }
    }
    table.requests = requests
    if let before {
      table.requestsBefore = try FlowTable.counts(
        before, paths: table.paths, service: service, what: "the requests of \(table.firstYear - 1)")
    } else {
      table.requestsBefore = requests.first
    }
  }

  private func table(
    _ opening: Draws, firstYear: Int, horizon: Int, paths: Int, service: String
  ) throws(CommissioningError) -> FlowTable {
    guard paths > 0, horizon > 0 else {
      throw .invalid(
        service: service,
        reason: "\(paths) simulated futures of \(horizon) years are nothing to run; give at least one of each"
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

  private func setRequests(
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
