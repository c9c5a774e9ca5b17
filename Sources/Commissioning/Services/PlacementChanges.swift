/// What scenario and measures do to the shares and the weekly costs of placements.
struct PlacementChanges {
  let service: Placements
  let context: SimulationContext

  /// The flows that they may change.
  static func names(of placements: [Placements.Placement]) -> [FlowName] {
    let priced = placements.filter { $0.weeklyCost != nil }
    return [
      FlowName(
        "price", meaning: "what a child costs a week, in every priced placement", unit: "pounds a week")
    ]
      + priced.map {
        FlowName("price.\($0.id)", meaning: "what a child costs a week: \($0.name)", unit: "pounds a week")
      }
      + placements.map {
        FlowName("share.\($0.id)", meaning: "the share of children: \($0.name)", unit: "a share")
      }
  }

  /// The lines of spending that a flow moves: all that follow the number of children for what moves it, those with a
  /// price for a share or all prices, one for one price.
  static func lines(movedBy flow: String, of placements: [Placements.Placement]) -> Set<String> {
    let priced = placements.filter { $0.weeklyCost != nil }.map(\.id)
    if flow == "price" || flow.hasPrefix("share.") { return Set(priced) }
    if flow.hasPrefix("price.") { return Set(priced.filter { flow == "price.\($0)" }) }
    return Set(priced + [Placements.otherLine])
  }

  /// The shares of a year as they become; the very same numbers where nothing changes them.
  ///
  /// The placements that are left alone take what is left in proportion, and so do those that no share names.
  ///
  /// - Parameter base: in the order of the placements.
  func shares(
    _ base: [Draws], in year: FinancialYear
  ) throws(CommissioningError) -> [Draws] {
    let changes = service.placements.map {
      context.flows.change(of: "share.\($0.id)", in: service.id, year: year)
    }
    guard changes.contains(where: { !$0.isNone }) else { return base }
    var shares = base
    // What is in no placement that is changed, before and after.
    var (kept, left) = (Draws(1), Draws(1))
    for (index, placement) in service.placements.enumerated() where !changes[index].isNone {
      let flow = Flow(service: service.id, name: "share.\(placement.id)")
      shares[index] = try changes[index].applied(to: base[index], within: 0...1, of: flow, in: "\(year)")
      kept = kept - base[index]
      left = left - shares[index]
    }
    // A sum of shares may be above the whole by a rounding error.
    left = left.map { abs($0) < 1e-12 ? 0 : $0 }
    if let wrong = left.firstValue(outside: 0...1) {
      throw .invalid(
        service: service.id,
        reason:
          "the changed shares of placements leave \(plainText((wrong * 1e6).rounded() / 1e6)) of the children for all others in \(year) in at "
          + "least one future, and 0 or more must be left; weaken what acts on them")
    }
    let growth = left.combined(kept) { $1 > 1e-12 ? $0 / $1 : 0 }
    for index in shares.indices where changes[index].isNone { shares[index] = base[index] * growth }
    return shares
  }

  /// The weekly cost of a placement in a year as it becomes; the very same numbers where nothing changes it.
  func weeklyCost(
    _ cost: Draws, of placement: Placements.Placement, in year: FinancialYear
  ) throws(CommissioningError) -> Draws {
    let flow = Flow(service: service.id, name: "price.\(placement.id)")
    let change = context.flows.change(of: "price", in: service.id, year: year)
      .then(context.flows.change(of: flow.name, in: service.id, year: year))
    return try change.applied(to: cost, within: 0 ... .infinity, of: flow, in: "\(year)")
  }
}
