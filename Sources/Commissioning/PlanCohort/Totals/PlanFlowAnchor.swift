import Statistics

extension PlanFlowRates {
  /// Finds the flows behind a stock that is forecast on its own, so that what changes the flows moves the
  /// stock.
  ///
  /// Ceased plans, the unexplained line and, where requests are forecast, new plans are drawn from their
  /// rates. What the stock's growth then lacks is given to each by its variance among the futures: flows are
  /// conditioned on the growth by the rule of G. Matheron (J.-P. Chilès and P. Delfiner, *Geostatistics*,
  /// 1999, section 7.3), so that what is best known moves least. Without requests nothing is known of new
  /// plans beforehand, and they take it all; requests are then what the new plans need.
  ///
  /// Where new plans would be below zero they are zero and ceasing takes the rest; the notes say how often.
  ///
  /// - Parameters:
  ///   - stock: Plans at the January census of the first year and of every later one, by simulated future.
  ///   - firstYear: The first calendar year.
  ///   - requests: Requests of each calendar year, where they are forecast on their own; new plans per
  ///   request then
  ///     follow. Where nil, requests are new plans by the yield.
  ///   - requestsBefore: Requests of the calendar year before the first; needed with requests, unless
  ///     ``sameYearShare`` is 1.
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
    var censuses = [table.opening]
    for step in 1...horizon {
      censuses.append(
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
    drawFlows(in: &table, censuses: censuses, streams)
    let settled = settle(&table, censuses: censuses)
    drawShares(in: &table, streams)
    var notes = self.notes
    if requests == nil, yield != nil {
      try implyRequests(requestsBefore, in: &table, streams, service: service)
      notes.append(
        "Requests are those that the new plans need, at the new plans per request of earlier years.")
    }
    notes += Self.emptied(settled.emptied, of: paths * horizon)
    if settled.floored > 0 {
      let share = perCent(Double(settled.floored) / Double(paths * horizon))
      notes.append(
        "In \(share) of the simulated years the stock fell by more than plans ceased or moved away; there "
          + "are no new plans there, and ceasing takes the rest.")
    }
    return table.flows(sameYearShare: sameYearShare, notes: notes)
  }

  /// Flows from their rates alone, at the stocks of the forecast.
  private func drawFlows(in table: inout FlowTable, censuses: [[Double]], _ streams: FlowStreams) {
    for path in 0..<table.paths {
      var chance = streams.of(path)
      let ceasingLevel = ceasing.level(&chance.ceasing)
      let balanceLevel = unexplained.level(&chance.unexplained)
      let yieldLevel = yield?.level(&chance.yield)
      for step in 0..<table.horizon {
        let before = censuses[step][path]
        let rate = ceasing.year(around: ceasingLevel, &chance.ceasing)
        let whole = before.rounded()
        // The chance of the count, on a stock that need not be whole.
        table.ceased[step][path] =
          whole > 0 ? chance.ceasing.binomial(trials: whole, probability: rate) / whole * before : 0
        table.unexplained[step][path] = unexplained.year(around: balanceLevel, &chance.unexplained) * before
        if let yield, let yieldLevel,
          let behind = table.requestsBehind(step, path, sameYearShare: sameYearShare)
        {
          table.new[step][path] =
            chance.yield.poisson(mean: yield.year(around: yieldLevel, &chance.yield) * behind)
        }
      }
    }
  }

  /// Brings the flows to the growth of the forecast stock, and counts where one of them met its end.
  private func settle(
    _ table: inout FlowTable, censuses: [[Double]]
  ) -> (floored: Int, emptied: Int) {
    var floored = 0
    var emptied = 0
    var stock = table.opening
    let knowsNew = yield != nil && table.requests != nil
    for step in 0..<table.horizon {
      let new = knowsNew ? Self.variance(table.new[step]) : 0
      let ceased = Self.variance(table.ceased[step])
      let rest = Self.variance(table.unexplained[step])
      let all = new + ceased + rest
      // What each flow takes of what is lacking; new plans all of it where nothing is known of them.
      let whole = knowsNew && all > 0
      let ceasedPart = whole ? ceased / all : 0
      let restPart = whole ? rest / all : 0
      for path in 0..<table.paths {
        let before = stock[path]
        let growth = censuses[step + 1][path] - before
        var gone = table.ceased[step][path]
        var left = table.unexplained[step][path]
        let lacking = growth - table.new[step][path] + gone - left
        gone = max(gone - ceasedPart * lacking, 0)
        left += restPart * lacking
        if before - gone + left < 0 {
          left = gone - before
          emptied += 1
        }
        var came = growth + gone - left
        if came < 0 {
          gone -= came
          came = 0
          floored += 1
        }
        // Rounding must not leave a stock of less than none.
        if before + came - gone + left < 0 { left = -(before + came - gone) }
        table.new[step][path] = came
        table.ceased[step][path] = gone
        table.unexplained[step][path] = left
        stock[path] = before + came - gone + left
      }
    }
    return (floored, emptied)
  }

  private static func variance(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
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
}
