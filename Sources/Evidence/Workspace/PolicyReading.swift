import Commissioning
import TimeSeries

extension WorkspaceNode {
  /// The rules set by others: each with its content, the day it takes effect, the day it became known and its source.
  func policies() throws(EvidenceError) -> Policies {
    let fields = try fields(
      required: [
        "block-transfer-limit", "statutory-override", "after-override", "stability-grant", "funding-breaks",
      ])
    return Policies(
      blockTransferLimit: try fields["block-transfer-limit"].rules("share") { node throws(EvidenceError) in
        try node.share()
      },
      statutoryOverride: try fields["statutory-override"].rules("until") { node throws(EvidenceError) in
        try node.date()
      },
      afterOverride: try fields["after-override"].choice(AfterOverride.self),
      stabilityGrant: try fields["stability-grant"].rules("grant") { node throws(EvidenceError) in
        try node.stabilityGrant()
      },
      fundingBreaks: try fields["funding-breaks"].rules("year") { node throws(EvidenceError) in
        try node.financialYear().start
      })
  }

  /// A list of dated rules whose content stands under one key.
  func rules<Content: Hashable & Sendable>(
    _ key: String, _ read: (WorkspaceNode) throws(EvidenceError) -> Content
  ) throws(EvidenceError) -> [DatedRule<Content>] {
    var rules: [DatedRule<Content>] = []
    for item in try items() {
      let fields = try item.fields(required: [key, "effective", "known", "source"])
      rules.append(
        DatedRule(
          content: try read(try fields[key]), effective: try fields["effective"].date(),
          known: try fields["known"].date(), source: try fields["source"].text()))
    }
    return rules
  }

  private func stabilityGrant() throws(EvidenceError) -> StabilityGrant {
    let fields = try fields(
      required: ["share", "deficit-at", "paid-in", "eligible-share", "plan-approved"])
    return StabilityGrant(
      share: try fields["share"].share(), deficitAt: try fields["deficit-at"].date(),
      paidInYear: try fields["paid-in"].financialYear().start,
      eligibleShare: try fields["eligible-share"].text(),
      planApproved: try fields["plan-approved"].text())
  }
}
