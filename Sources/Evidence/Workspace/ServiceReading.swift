import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// A service; its `kind` says which of the kinds below it is.
  ///
  /// - Parameter returns: the contents of the returns of children looked after that services name.
  func service(
    id: String, returns: CareReturnStore = CareReturnStore()
  ) throws(EvidenceError) -> any ServiceDefinition {
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
    return try reader.read(self, id, returns)
  }

  /// The kinds of service that a workspace may define; a new kind is one line here.
  private static let kinds:
    [(
      name: String,
      read: @Sendable (WorkspaceNode, String, CareReturnStore) throws(EvidenceError) -> any ServiceDefinition
    )] =
      [
        ("ring-fenced-grant", { node, id, _ throws(EvidenceError) in try node.ringFencedGrant(id: id) }),
        (
          "placements",
          { node, id, returns throws(EvidenceError) in try node.placements(id: id, returns: returns) }
        ),
        ("waiting-list", { node, id, _ throws(EvidenceError) in try node.waitingList(id: id) }),
        ("cohort-support", { node, id, _ throws(EvidenceError) in try node.cohortSupport(id: id) }),
      ]

  /// What the columns of a service count.
  func meaning() throws(EvidenceError) -> ServiceMeaning {
    let fields = try fields(required: ["need", "demand", "supply", "unmet-need"])
    return ServiceMeaning(
      need: try fields["need"].text(), demand: try fields["demand"].text(),
      supply: try fields["supply"].text(), unmetNeed: try fields["unmet-need"].text())
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
