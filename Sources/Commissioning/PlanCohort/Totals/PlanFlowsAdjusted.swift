extension PlanFlows {
  /// The same futures with changed flows: what each future drew stays as it is, so that a difference from the
  /// baseline is the change's effect and no noise, and no change gives the baseline back.
  ///
  /// New plans follow changed requests of their year and the year before; ceasing and the unexplained line
  /// apply their shares to the stock as it has become, so that fewer requests leave a smaller stock for later
  /// plans to cease from.
  ///
  /// - Parameters:
  ///   - changes: Changes by calendar year; years left out stay as they are.
  ///   - service: Who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year outside the flows, a change to
  ///   something that is not known (requests, shares of decisions), a share that on average would leave 0 to
  ///   1, a factor below 0, or draws of another number of futures. A share that leaves 0 to 1 only in some
  ///   futures is held at the end there, and counted in the notes.
  public func adjusted(
    by changes: [Int: FlowAdjustment], service: String
  ) throws(CommissioningError) -> PlanFlows {
    guard let first = years.first, let last = years.last else { return self }
    for year in changes.keys.sorted() where !(first.year...last.year).contains(year) {
      throw .invalid(
        service: service,
        reason: "a change is given for \(year), and the flows run from \(first.year) to \(last.year)")
    }
    let base = try table(service: service)
    var table = base
    var held = HeldValues(paths: base.paths)
    var stock = base.opening
    var baseStock = base.opening
    for step in 0..<base.horizon {
      let year = first.year + step
      let change = try YearChange(
        changes[year] ?? FlowAdjustment(), year: year, paths: base.paths, base: base, service: service)
      let assessed = try change.share(base.assessed?[step], change.assessed, "decisions to assess", &held)
      let issued = try change.share(base.issued?[step], change.issued, "decisions to issue", &held)
      changeRequests(step, change, base, &table, &held)
      changeNewPlans(
        step, change, shares: [(base.assessed?[step], assessed), (base.issued?[step], issued)], base, &table,
        &held)
      table.assessed?[step] = assessed ?? []
      table.issued?[step] = issued ?? []
      try changeStock(step, change, base, &table, stock: &stock, baseStock: &baseStock, &held)
    }
    try table.requireFinite(service: service)
    return table.flows(sameYearShare: sameYearShare, notes: notes + held.notes(of: base.paths * base.horizon))
  }

  /// The flows as plain numbers.
  private func table(service: String) throws(CommissioningError) -> FlowTable {
    let paths = max(1, years.first?.closing.pathCount ?? 1)
    var table = FlowTable(
      firstYear: years.first?.year ?? 0, horizon: years.count, paths: paths, opening: [])
    func numbers(_ draws: Draws) throws(CommissioningError) -> [Double] {
      try FlowTable.numbers(draws, paths: paths, service: service, what: "a flow")
    }
    func all(_ part: (Year) -> Draws?) throws(CommissioningError) -> [[Double]]? {
      var result: [[Double]] = []
      for year in years {
        guard let draws = part(year) else { return nil }
        result.append(try numbers(draws))
      }
      return result
    }
    if let first = years.first { table.opening = try numbers(first.opening) }
    table.requests = try all(\.requests)
    table.assessed = try all(\.assessedShare)
    table.issued = try all(\.issuedShare)
    table.new = try all(\.newPlans) ?? []
    table.ceased = try all(\.ceased) ?? []
    table.unexplained = try all(\.unexplained) ?? []
    if let requestsBefore { table.requestsBefore = try numbers(requestsBefore) }
    return table
  }

  /// Requests by their changed growth, then by the change of the year alone.
  private func changeRequests(
    _ step: Int, _ change: YearChange, _ base: FlowTable, _ table: inout FlowTable, _ held: inout HeldValues
  ) {
    guard let requests = base.requests else { return }
    for path in 0..<base.paths {
      let now = requests[step][path]
      let before = step > 0 ? requests[step - 1][path] : base.requestsBefore?[path]
      // How far growth has moved the year before; what a year's own change did to it is not carried on.
      let moved = held.moved[path]
      var factor = moved
      if !change.growth.isUnchanged, let before, before > 0 {
        let growth = now / before
        let changed = max(1 + change.growth.applied(to: growth - 1, path), 0)
        if growth > 0 { factor = moved * (changed / growth) }
      }
      held.moved[path] = factor
      var value = change.requests.applied(to: now * factor, path)
      if value < 0 {
        value = 0
        held.requests += 1
      }
      table.requests?[step][path] = value
    }
  }

  /// New plans by the requests behind them, the yield and the shares of decisions.
  private func changeNewPlans(
    _ step: Int, _ change: YearChange, shares: [(before: [Double]?, after: [Double]?)], _ base: FlowTable,
    _ table: inout FlowTable, _ held: inout HeldValues
  ) {
    for path in 0..<base.paths {
      var ratio = 1.0
      var behind = 0.0
      if let baseBehind = base.requestsBehind(step, path, sameYearShare: sameYearShare),
        let changed = table.requestsBehind(step, path, sameYearShare: sameYearShare)
      {
        behind = changed
        if baseBehind > 0 { ratio = changed / baseBehind }
      }
      for share in shares {
        if let before = share.before?[path], let after = share.after?[path], before > 0 {
          ratio *= after / before
        }
      }
      var value =
        change.yield.factor[path] * base.new[step][path] * ratio + change.yield.addition[path] * behind
      if value < 0 {
        value = 0
        held.newPlans += 1
      }
      table.new[step][path] = value
    }
  }

  /// Ceasing and the unexplained line on the stock as it has become.
  private func changeStock(
    _ step: Int, _ change: YearChange, _ base: FlowTable, _ table: inout FlowTable, stock: inout [Double],
    baseStock: inout [Double], _ held: inout HeldValues
  ) throws(CommissioningError) {
    var mean = 0.0
    for path in 0..<base.paths {
      // A share of the stock, as a ratio of stocks: where nothing has changed it is 1, and the flow is to the
      // bit
      // what it was.
      let ratio = baseStock[path] > 0 ? stock[path] / baseStock[path] : 1
      var ceased = base.ceased[step][path] * ratio
      if !change.ceasing.isUnchanged {
        let hazard = stock[path] > 0 ? ceased / stock[path] : 0
        let changed = change.ceasing.applied(to: hazard, path)
        mean += changed / Double(base.paths)
        if !(0...1).contains(changed) { held.shares += 1 }
        ceased = min(max(changed, 0), 1) * stock[path]
      }
      var rest = change.transfers.applied(to: base.unexplained[step][path] * ratio, path)
      let new = table.new[step][path]
      var closing = stock[path] + new - ceased + rest
      if closing < 0 {
        rest = -(stock[path] + new - ceased)
        closing = stock[path] + new - ceased + rest
        held.stocks += 1
      }
      // In the order in which the closing stocks are summed, so that an unchanged ratio is exactly 1.
      baseStock[path] =
        baseStock[path] + base.new[step][path] - base.ceased[step][path] + base.unexplained[step][path]
      table.ceased[step][path] = ceased
      table.unexplained[step][path] = rest
      stock[path] = closing
    }
    try change.require(mean: mean, "the share of plans that cease")
  }
}
