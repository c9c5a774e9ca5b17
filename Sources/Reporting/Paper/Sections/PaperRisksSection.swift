import Commissioning
import TimeSeries

/// What may go wrong: ranked by what is expected to be lost, chance times size.
struct PaperRisksSection {
  /// One risk.
  struct Risk {
    let name: String
    let chance: String
    let impact: Double
    let weight: Double
    let remedy: String
  }

  let riskTable: PaperTable?
  let driverTable: PaperTable?
  let driverSentences: [String]
  let notPlanned: [String]
  let hasNotPlanned: Bool

  init(_ report: PlanReport, words: PaperWords, numbers: inout PaperNumbers) {
    let risks = (Self.overspends(report, words) + Self.grant(report) + Self.delivery(report))
      .enumerated().sorted { (-$0.element.weight, $0.offset) < (-$1.element.weight, $1.offset) }.map(
        \.element)
    let unit = PaperWords.unit(risks.map(\.impact))
    riskTable =
      risks.isEmpty
      ? nil
      : PaperTable(
        &numbers, "Risks, the heaviest first, \(PaperWords.name(unit))",
        ["Risk", "How likely", "Impact on average", "What would change it"], words: [1, 3],
        rows: risks.map { [$0.name, $0.chance, unit.cell($0.impact), $0.remedy] },
        note:
          "Impact is what is lost on average in the futures in which it happens. Ranked by chance times impact. Risks overlap: their "
          + "impacts must not be added.")
    driverTable = Self.drivers(report, &numbers)
    driverSentences = SummaryOfQuestions(report).drivers
    notPlanned =
      report.sides.flatMap { side in
        side.outcome.refusals.map { "\(side.name): not planned: \($0.reason)." }
      } + report.omissions.map { "\($0.part): \($0.reason)" }
    hasNotPlanned = !notPlanned.isEmpty
  }

  /// Every service with a chance of an overspend in its last year, with the mean of the overspends in the futures that
  /// have one.
  private static func overspends(_ report: PlanReport, _ words: PaperWords) -> [Risk] {
    guard words.hasChances else { return [] }
    return report.outcome.services.compactMap { service in
      guard let year = service.years.last(where: { $0.inYearBalance != nil }),
        let balance = year.inYearBalance,
        let chance = year.probabilityOverspend, chance.value > 0,
        let loss = meanLoss(service, year.year, report)
      else { return nil }
      // A measure that costs more than it saves is no remedy.
      let measures = (report.measures?.rows ?? []).filter {
        $0.measure.servicesActedOn.contains(service.id) && $0.certainInAll.mean > 0
      }.map { "\"\($0.measure.name)\"" }
      return Risk(
        name:
          "\(service.name) overspends in \(year.year) (expected: \(SummaryWords.pounds(balance.mean)) against budget)",
        chance: words.hedged(chance), impact: loss, weight: chance.value * loss,
        remedy: measures.isEmpty
          ? "Need, price or budget; no measure of the register is expected to save on it."
          : "The measures \(SummaryWords.list(measures)); need, price or budget.")
    }
  }

  /// The mean overspend of the futures that overspend.
  private static func meanLoss(_ service: ServiceOutcome, _ year: FinancialYear, _ report: PlanReport)
    -> Double?
  {
    let paths = report.main.paths
    guard let draws = paths.draws(of: .inYearBalance, service: service.id, year: year) else { return nil }
    let losses = (0..<max(1, paths.draws)).compactMap { draws[$0] }.filter { $0 < 0 }
    return losses.isEmpty ? nil : -losses.reduce(0, +) / Double(losses.count)
  }

  /// That the stability grant is not paid.
  private static func grant(_ report: PlanReport) -> [Risk] {
    let known = report.definition.policies.known(asOf: report.outcome.asOf)
    guard let rule = known.stabilityGrant.max(by: { ($0.effective, $0.known) < ($1.effective, $1.known) }),
      let approval = report.outcome.assumptions.first(where: { $0.id == rule.content.planApproved }),
      case .fixed(let share) = approval.value, share < 1
    else { return [] }
    let lines = report.outcome.services.flatMap(\.years).filter { $0.year.start == rule.content.paidInYear }
      .flatMap(\.lines).filter { $0.id.contains("stability") }
    let expected = lines.reduce(0) { $0 + $1.amount.mean }
    guard share > 0, expected > 0 else { return [] }
    let impact = expected / share
    return [
      Risk(
        name: "The stability grant is not paid in \(FinancialYear(rule.content.paidInYear))",
        chance: PaperWords.stated(1 - share), impact: impact, weight: (1 - share) * impact,
        remedy: "Approval of the local plan. The chance is an assumption: \(approval.reason)")
    ]
  }

  /// That a measure is not delivered on which the figures of the plan count.
  private static func delivery(_ report: PlanReport) -> [Risk] {
    guard let worth = report.measures, report.definition.mitigationMode != .none else { return [] }
    return worth.rows.filter { $0.measure.probability < 1 && $0.certainInAll.mean > 0 }.map { row in
      let chance = 1 - row.measure.probability
      return Risk(
        name: "The measure \"\(row.measure.name)\" is not delivered", chance: PaperWords.stated(chance),
        impact: row.certainInAll.mean, weight: chance * row.certainInAll.mean,
        remedy: "Its owner, \(row.measure.owner), and a start on \(SummaryWords.day(row.measure.start)).")
    }
  }

  /// What moves the result, one number at a time.
  private static func drivers(_ report: PlanReport, _ numbers: inout PaperNumbers) -> PaperTable? {
    guard let tornado = report.tornado else { return nil }
    let bars = tornado.tornado.bars.filter { $0.swing != 0 }.prefix(10)
    guard !bars.isEmpty else { return nil }
    let money = MoneyUnit(
      suiting: bars.flatMap { [$0.low?.mean.value, $0.high?.mean.value].compactMap { $0 } })
    func cell(_ value: Double?) -> String {
      value.map { tornado.question.figure.isMoney ? money.cell($0) : NumberText.significant($0) }
        ?? NumberText.absent
    }
    let assumptions = report.outcome.assumptions
    return PaperTable(
      &numbers,
      "What moves the \(tornado.question.words)"
        + (tornado.question.figure.isMoney ? ", \(PaperWords.name(money))" : ""),
      ["Assumption", "Low", "High", "Result at low", "Result at high", "Swing"],
      rows: bars.map { bar in
        let isShare = assumptions.first { $0.id == bar.candidate.id }?.isPercentage ?? false
        func value(_ number: Double) -> String {
          isShare ? PaperWords.percent(number) : NumberText.significant(number)
        }
        return [
          bar.candidate.id, value(bar.candidate.low), value(bar.candidate.high), cell(bar.low?.mean.value),
          cell(bar.high?.mean.value), cell(bar.swing.magnitude),
        ]
      },
      note:
        "An assumption with a range is moved to the values that one future in ten lies below and above; a single number is moved "
        + "by a tenth of itself either way, and the probability of an event to 0 and 1. What each assumption is and why it was made stands in appendix B."
    )
  }
}
