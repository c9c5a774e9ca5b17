import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// A service; its `kind` says which of the kinds below it is.
  func service(id: String) throws(EvidenceError) -> any ServiceDefinition {
    guard let kindNode = value(of: "kind") else {
      throw problem(
        "\(name) needs the key \"kind\", one of \(Self.kinds.map(\.name).joined(separator: ", "))")
    }
    let text = try kindNode.text()
    guard let reader = Self.kinds.first(where: { $0.name == text }) else {
      throw kindNode.problem(
        "there is no kind of service \"\(text)\"; "
          + NearestName.advice(for: text, among: Self.kinds.map(\.name)))
    }
    return try reader.read(self, id)
  }

  /// The kinds of service that a workspace may define; a new kind is one line here.
  private static let kinds:
    [(name: String, read: @Sendable (WorkspaceNode, String) throws(EvidenceError) -> any ServiceDefinition)] =
      [
        ("ring-fenced-grant", { node, id throws(EvidenceError) in try node.ringFencedGrant(id: id) }),
        ("placements", { node, id throws(EvidenceError) in try node.placements(id: id) }),
        ("waiting-list", { node, id throws(EvidenceError) in try node.waitingList(id: id) }),
        ("cohort-support", { node, id throws(EvidenceError) in try node.cohortSupport(id: id) }),
      ]

  /// What the columns of a service count.
  func meaning() throws(EvidenceError) -> ServiceMeaning {
    let fields = try fields(required: ["need", "demand", "supply", "unmet-need"])
    return ServiceMeaning(
      need: try fields["need"].text(), demand: try fields["demand"].text(),
      supply: try fields["supply"].text(), unmetNeed: try fields["unmet-need"].text())
  }

  private func placements(id: String) throws(EvidenceError) -> Placements {
    let fields = try fields(
      required: [
        "kind", "name", "meaning", "children", "population", "spend", "own-places", "placed-in-own-places",
        "placements", "budget-uplift", "hold-spread",
      ], optional: ["flows", "bearer", "continuing-care", "unaccompanied-children"])
    var placements: [Placements.Placement] = []
    var splits: [Placements.Funding.Split] = []
    for (key, value) in try fields["placements"].entries() {
      let placement = try value.fields(
        required: ["name", "share"], optional: ["weekly-cost", "no-weekly-cost", "funding"])
      let cost = placement.optional("weekly-cost")
      let reason = placement.optional("no-weekly-cost")
      guard (cost == nil) != (reason == nil) else {
        throw value.problem(
          "\(value.name) needs either \"weekly-cost\", a series, or \"no-weekly-cost\", the reason")
      }
      if let funding = placement.optional("funding") {
        guard cost != nil else {
          throw funding.problem(
            "\(funding.name) shares a cost, and there is no weekly-cost; give it, or leave funding out")
        }
        splits.append(try funding.fundingSplit(of: key.name, title: try placement["name"].text()))
      }
      placements.append(
        Placements.Placement(
          id: key.name, name: try placement["name"].text(), share: try placement["share"].text(),
          weeklyCost: try cost?.text(), unpricedReason: try reason?.text()))
    }
    let own = try fields["placed-in-own-places"]
    let ownName = try own.text()
    guard placements.contains(where: { $0.id == ownName }) else {
      throw own.problem(
        "\(own.name) must be one of the placements, \(placements.map(\.id).joined(separator: ", "))")
    }
    return Placements(
      id: id, name: try fields["name"].text(), meaning: try fields["meaning"].meaning(),
      evidence: Placements.Evidence(
        children: try fields["children"].text(), population: try fields["population"].text(),
        spend: try fields["spend"].text(), places: try fields["own-places"].text()),
      flowEvidence: try fields.optional("flows")?.placementFlows(), placements: placements, placedInOwnPlaces: ownName,
      budgetUplift: try fields["budget-uplift"].text(), holdSpread: try fields["hold-spread"].text(),
      funding: try placementFunding(fields, splits: splits, placements: placements))
  }

  private func placementFlows() throws(EvidenceError) -> Placements.FlowEvidence {
    let fields = try fields(required: ["starts", "ceased"])
    return Placements.FlowEvidence(starts: try fields["starts"].text(), ceased: try fields["ceased"].text())
  }

  private func waitingList(id: String) throws(EvidenceError) -> WaitingList {
    let fields = try fields(
      required: ["kind", "name", "meaning", "list", "list-area", "population", "base-year", "assumptions"],
      optional: ["target-weeks", "no-target"])
    let target = fields.optional("target-weeks")
    let reason = fields.optional("no-target")
    guard (target == nil) != (reason == nil) else {
      throw problem("\(name) needs either \"target-weeks\", a series, or \"no-target\", the reason")
    }
    let names = try fields["assumptions"].fields(
      required: [
        "share", "referrals", "referral-growth", "leavers", "capacity", "unit-cost", "price-growth", "budget",
        "budget-uplift",
      ])
    return WaitingList(
      id: id, name: try fields["name"].text(), meaning: try fields["meaning"].meaning(),
      list: try fields["list"].text(), listArea: try fields["list-area"].text(),
      population: try fields["population"].text(), baseYear: try fields["base-year"].financialYear(),
      targetWeeks: try target?.text(), noTargetReason: try reason?.text(),
      assumptions: WaitingList.AssumptionNames(
        share: try names["share"].text(), referrals: try names["referrals"].text(),
        referralGrowth: try names["referral-growth"].text(), leavers: try names["leavers"].text(),
        capacity: try names["capacity"].text(), unitCost: try names["unit-cost"].text(),
        priceGrowth: try names["price-growth"].text(), budget: try names["budget"].text(),
        budgetUplift: try names["budget-uplift"].text()))
  }

  private func cohortSupport(id: String) throws(EvidenceError) -> CohortSupport {
    let fields = try fields(
      required: [
        "kind", "name", "meaning", "rate", "population", "base-year", "hold-spread", "assumptions",
      ])
    let names = try fields["assumptions"].fields(
      required: [
        "cohort-share", "take-up", "places", "unit-cost", "price-growth", "budget", "budget-uplift",
      ])
    return CohortSupport(
      id: id, name: try fields["name"].text(), meaning: try fields["meaning"].meaning(),
      rate: try fields["rate"].text(), population: try fields["population"].text(),
      baseYear: try fields["base-year"].financialYear(), holdSpread: try fields["hold-spread"].text(),
      assumptions: CohortSupport.AssumptionNames(
        cohortShare: try names["cohort-share"].text(), takeUp: try names["take-up"].text(),
        places: try names["places"].text(), unitCost: try names["unit-cost"].text(),
        priceGrowth: try names["price-growth"].text(), budget: try names["budget"].text(),
        budgetUplift: try names["budget-uplift"].text()))
  }
}
