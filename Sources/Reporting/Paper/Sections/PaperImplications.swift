import Commissioning
import TimeSeries

/// The rules set by others that the plan holds, each with its dates and its source.
struct PaperImplications {
  let ruleTable: PaperTable?
  let afterOverride: String
  let hasAfterOverride: Bool
  let transfers: [String]

  init(_ report: PlanReport, numbers: inout PaperNumbers) {
    let outcome = report.outcome
    let known = report.definition.policies.known(asOf: outcome.asOf)
    ruleTable = Self.rules(known, &numbers)
    let hasGrant = report.definition.services.contains { $0 is RingFencedGrant }
    afterOverride = hasGrant ? Self.after(known) : ""
    hasAfterOverride = !afterOverride.isEmpty
    transfers = Self.transfers(report, known)
  }

  private static func rules(_ policies: Policies, _ numbers: inout PaperNumbers) -> PaperTable? {
    var rows: [(day: CivilDate, cells: [String])] = []
    func add<Content>(_ name: String, _ rules: [DatedRule<Content>], _ text: (Content) -> String) {
      for rule in rules {
        rows.append(
          (
            rule.effective,
            [
              name, text(rule.content), SummaryWords.day(rule.effective), SummaryWords.day(rule.known),
              rule.source,
            ]
          ))
      }
    }
    add("Block transfer limit", policies.blockTransferLimit) {
      "at most \(PaperWords.percent($0)) of the schools block in a year, unless the Secretary of State agrees to more"
    }
    add("Statutory override", policies.statutoryOverride) {
      "a deficit on the dedicated schools grant is kept apart from the council's other reserves until \(SummaryWords.day($0))"
    }
    add("High needs stability grant", policies.stabilityGrant) {
      "\(PaperWords.percent($0.share)) of the eligible deficit of \(SummaryWords.day($0.deficitAt)), paid in "
        + "\(FinancialYear($0.paidInYear)) if the local plan is approved"
    }
    add("High needs block, not like for like", policies.fundingBreaks) { "from \(FinancialYear($0)) on" }
    guard !rows.isEmpty else { return nil }
    return PaperTable(
      &numbers, "Rules set by others, as they were known on the day of the plan",
      ["Rule", "What it says", "Applies from", "Known since", "Source"], words: [1, 2, 3, 4],
      rows: rows.map(\.cells),
      note:
        "Where a rule stands more than once, the one that applies from the latest date counts from then on.")
  }

  private static func after(_ policies: Policies) -> String {
    let end = policies.statutoryOverride.max { ($0.effective, $0.known) < ($1.effective, $1.known) }
    let until =
      end.map { "The statutory override ends on \(SummaryWords.day($0.content)) by the rules above. " } ?? ""
    let assumed =
      switch policies.afterOverride {
      case .held: "it stays where it is."
      case .generalFund: "it is charged to the General Fund on the day after."
      case .grant: "a grant pays it on the day after."
      }
    return until + "What becomes of the deficit then is not settled; this plan assumes that " + assumed
  }

  /// What the limit on transfers would allow on the last schools block that is published, beside the shortfall.
  private static func transfers(_ report: PlanReport, _ policies: Policies) -> [String] {
    guard
      let limit = policies.blockTransferLimit.max(by: { ($0.effective, $0.known) < ($1.effective, $1.known) })
    else { return [] }
    return report.definition.services.compactMap { $0 as? RingFencedGrant }.compactMap { grant in
      guard
        let block = report.outcome.evidence.first(where: { $0.series.id == grant.evidence.schoolsBlock })?
          .series
          .latest, let pounds = block.value,
        let last = report.outcome.services.first(where: { $0.id == grant.id })?.years.last(where: {
          $0.inYearBalance != nil
        }), let balance = last.inYearBalance
      else {
        return
          "\(grant.name): the limit is \(PaperWords.percent(limit.content)) of the schools block in a year; it cannot be put in pounds here, "
          + "because the plan used no published schools block."
      }
      return
        "\(grant.name): the limit, \(PaperWords.percent(limit.content)) of the schools block of \(block.period.label) "
        + "(\(SummaryWords.pounds(pounds))), is \(SummaryWords.pounds(limit.content * pounds)) in a year; the expected in-year balance of "
        + "\(last.year) is \(SummaryWords.pounds(balance.mean))."
    }
  }
}
