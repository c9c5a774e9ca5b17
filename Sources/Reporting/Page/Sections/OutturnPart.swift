import Commissioning
import TimeSeries

/// What the plan had forecast, beside what has been published since.
struct OutturnPart {
  let report: PlanReport

  /// Nil where nothing was compared.
  init?(_ report: PlanReport) {
    guard !report.outcome.comparisons.isEmpty else { return nil }
    self.report = report
  }

  func section() -> PageSection {
    let comparisons = report.outcome.comparisons
    let hasChances = report.outcome.draws > 1
    var groups: [PageTable.Group] = []
    var services: [String] = []
    for one in comparisons where !services.contains(one.service) { services.append(one.service) }
    for service in services {
      let name = report.outcome.services.first { $0.id == service }?.name ?? service
      groups.append(
        PageTable.Group(
          name, comparisons.filter { $0.service == service }.map { row($0, hasChances: hasChances) }))
    }
    var blocks: [PageBlock] = []
    if hasChances {
      let (inside80, inside95) = (comparisons.count { $0.isInside80 }, comparisons.count { $0.isInside95 })
      blocks.append(
        .paragraph(
          "Of \(comparisons.count) figures that have been published since, \(inside80) lie in the range of 80 in 100 futures "
            + "and \(inside95) in that of 95 in 100.", .lead))
    }
    blocks.append(
      .table(
        PageTable(
          "What was forecast and what was published",
          [
            .words("Figure"), .words("Period"), .figures("Forecast"),
            .figures("Forecast, \(PageWords.range)"),
            .figures("Published"), .words("Where it fell"),
          ], groups: groups)))
    return PageSection("outturn", "Compared with what has been published since", blocks)
  }

  private func row(_ one: OutturnComparison, hasChances: Bool) -> PageTable.Row {
    let shown = [one.forecast.mean, one.actual]
    let decimals = NumberText.decimals(showing: shown)
    let money = MoneyUnit(suiting: shown)
    func text(_ value: Double) -> String {
      one.isMoney ? money.sentence(value) : NumberText.fixed(value, decimals: decimals)
    }
    let verdict =
      one.isInside80
      ? "inside the 80% range" : one.isInside95 ? "inside the 95% range" : "outside both ranges"
    return PageTable.Row(
      one.name,
      [
        .words(one.period.label), .figure(text(one.forecast.mean)),
        PageWords.range(one.forecast, hasChances: hasChances, text), .figure(text(one.actual)),
        .words(hasChances ? verdict : NumberText.absent),
      ])
  }
}
