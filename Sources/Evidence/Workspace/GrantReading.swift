import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// A service paid from a ring-fenced grant.
  func ringFencedGrant(id: String) throws(EvidenceError) -> RingFencedGrant {
    let fields = try fields(
      required: [
        "kind", "name", "meaning", "evidence", "assumptions", "census", "price-year", "settings",
        "special-setting", "fixed-lines", "opening-balances", "stated-spending", "block-transfers",
      ], optional: ["flows", "capacity", "general-fund", "disputes", "annual-reviews"])
    for key in ["disputes", "annual-reviews"] where fields.optional("flows") == nil {
      guard let driver = fields.optional(key) else { continue }
      throw driver.problem(
        "\(driver.name) acts on the flows of plans, which are not given; give \"flows\", the series of requests, new and "
          + "ceased plans, or leave it out")
    }
    let settings = try fields["settings"].settings()
    let special = try fields["special-setting"]
    let specialName = try special.text()
    guard settings.contains(where: { $0.id == specialName }) else {
      throw special.problem(
        "\(special.name) must be one of the settings, \(settings.map(\.id).joined(separator: ", "))")
    }
    var lines: [RingFencedGrant.FixedLine] = []
    for (key, value) in try fields["fixed-lines"].entries() {
      let line = try value.fields(required: ["name", "spend"])
      lines.append(
        RingFencedGrant.FixedLine(
          id: key.name, name: try line["name"].text(), spend: try line["spend"].texts()))
    }
    let capacities = try fields.optional("capacity")?.capacities(of: settings) ?? []
    return RingFencedGrant(
      id: id, name: try fields["name"].text(), meaning: try fields["meaning"].meaning(),
      evidence: try fields["evidence"].grantEvidence(),
      flowEvidence: try fields.optional("flows")?.flowEvidence(),
      assumptions: try fields["assumptions"].grantAssumptions(),
      census: .censusDate(try fields["census"].date()),
      priceYear: try fields["price-year"].financialYear(), settings: settings,
      specialSetting: specialName,
      capacities: capacities, fixedLines: lines,
      openingBalances: try fields["opening-balances"].statements(),
      statedSpending: try fields["stated-spending"].statements(),
      blockTransfers: try fields["block-transfers"].blockTransfers(),
      generalFund: try fields.optional("general-fund")?
        .generalFund(settings: settings, capacities: capacities),
      disputes: try fields.optional("disputes")?.disputes(),
      annualReviews: try fields.optional("annual-reviews")?.annualReviews())
  }

  private func settings() throws(EvidenceError) -> [RingFencedGrant.Setting] {
    var settings: [RingFencedGrant.Setting] = []
    for (key, value) in try entries() {
      let fields = try value.fields(required: ["name", "plans"], optional: ["spend", "priced-as"])
      let spend = fields.optional("spend")
      let other = fields.optional("priced-as")
      guard (spend == nil) != (other == nil) else {
        throw value.problem(
          "\(value.name) has no price; give \"spend\", Section 251 lines, or \"priced-as\", a setting above it"
        )
      }
      if let other {
        let text = try other.text()
        guard settings.contains(where: { $0.id == text }) else {
          throw other.problem("\(other.name): \"\(text)\" is not a setting above this one")
        }
      }
      settings.append(
        RingFencedGrant.Setting(
          id: key.name, name: try fields["name"].text(), plans: try fields["plans"].texts(),
          spend: try spend?.texts() ?? [], pricedAs: try other?.text()))
    }
    return settings
  }

  private func grantEvidence() throws(EvidenceError) -> RingFencedGrant.Evidence {
    let fields = try fields(
      required: [
        "plans", "population", "grant", "schools-block", "deficit", "whole-grant", "special-places",
      ])
    return RingFencedGrant.Evidence(
      plans: try fields["plans"].text(), population: try fields["population"].text(),
      grant: try fields["grant"].text(), schoolsBlock: try fields["schools-block"].text(),
      deficit: try fields["deficit"].text(), wholeGrant: try fields["whole-grant"].text(),
      specialPlaces: try fields["special-places"].text())
  }

  private func flowEvidence() throws(EvidenceError) -> RingFencedGrant.FlowEvidence {
    let fields = try fields(required: ["requests", "new-plans", "ceased"])
    return RingFencedGrant.FlowEvidence(
      requests: try fields["requests"].text(), newPlans: try fields["new-plans"].text(),
      ceased: try fields["ceased"].text())
  }

  private func grantAssumptions() throws(EvidenceError) -> RingFencedGrant.AssumptionNames {
    let fields = try fields(
      required: [
        "price-growth", "grant-growth", "grant-growth-after-break", "mix-concentration", "unexplained",
        "other-blocks", "import-export", "place-funding",
      ])
    return RingFencedGrant.AssumptionNames(
      priceGrowth: try fields["price-growth"].text(), grantGrowth: try fields["grant-growth"].text(),
      grantGrowthAfterBreak: try fields["grant-growth-after-break"].text(),
      mixConcentration: try fields["mix-concentration"].text(),
      unexplained: try fields["unexplained"].text(), otherBlocks: try fields["other-blocks"].text(),
      importExport: try fields["import-export"].text(), placeFunding: try fields["place-funding"].text())
  }

  private func statements() throws(EvidenceError) -> [RingFencedGrant.Statement] {
    var statements: [RingFencedGrant.Statement] = []
    for item in try items() {
      let fields = try item.fields(required: ["year", "amount", "known", "source"])
      let year = try fields["year"].financialYear()
      guard !statements.contains(where: { $0.year == year }) else {
        throw item.problem("\(name) states \(year) twice; keep the statement that is to count")
      }
      statements.append(
        RingFencedGrant.Statement(
          year: year, amount: try fields["amount"].number(),
          known: try fields["known"].date(), source: try fields["source"].text()))
    }
    return statements
  }

  private func blockTransfers() throws(EvidenceError) -> [RingFencedGrant.BlockTransfer] {
    var transfers: [RingFencedGrant.BlockTransfer] = []
    for item in try items() {
      let fields = try item.fields(
        required: ["year", "amount", "known", "source"], optional: ["disapplication"])
      if let approval = fields.optional("disapplication") {
        guard try approval.text() == "approved" else {
          throw approval.problem("\(approval.name) can only be \"approved\"; leave it out otherwise")
        }
      }
      transfers.append(
        RingFencedGrant.BlockTransfer(
          year: try fields["year"].financialYear(), amount: try fields["amount"].number(),
          isDisapplied: fields.optional("disapplication") != nil, known: try fields["known"].date(),
          source: try fields["source"].text()))
    }
    return transfers
  }
}
