import Commissioning

/// What a reader must know, on one screen.
struct SummaryPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() throws(ReportingError) -> PageSection {
    let summary = ExecutiveSummary(report)
    var blocks: [PageBlock] = [.paragraph(summary.headline, .lead)]
    blocks += warnings
    if let table { blocks.append(.table(table)) }
    var parts = summary.findings.enumerated().map { index, finding in
      PageSection(
        "finding-\(index + 1)", finding.topic,
        finding.sentences.count > 2
          ? [.list(finding.sentences)] : [.paragraph(finding.text)])
    }
    if report.main.paths.draws > 1, report.outcome.services.count > 1 {
      parts.append(
        PageSection(
          "balances", "Budget against spending, service by service",
          [
            try PageFigure.block("summary-balances") { id throws(ReportingError) in
              try SmallMultiples(report.main.paths, figure: nil, identifier: id)
            }
          ]))
    }
    return PageSection("summary", "Summary", blocks, parts: parts)
  }

  private var warnings: [PageBlock] {
    report.outcome.refusals.map { .paragraph("Not planned: \($0.reason)", .warning) }
  }

  /// Every service in its last year.
  private var table: PageTable? {
    let outcome = report.outcome
    let hasChances = outcome.draws > 1
    let last = outcome.services.compactMap { service in
      service.years.last.map { (service: service, year: $0) }
    }
    guard let year = last.map(\.year.year).max() else { return nil }
    let isRingFenced = outcome.services.contains(where: \.isRingFenced)
    let money = MoneyUnit.millions
    var columns: [PageTable.Column] = [
      .words("Service"), .figures("Need"), .figures("Unmet"), .figures("Spend, \(money.heading)"),
      .figures("Budget, \(money.heading)"), .figures("Budget less spend, \(money.heading)"),
      .figures("Chance of overspend"),
    ]
    if isRingFenced { columns.append(.figures("Carried forward, \(money.heading)")) }
    func row(_ name: String, _ one: YearOutcome, isTotal: Bool = false) -> PageTable.Row {
      let label = one.year == year ? name : "\(name) (\(one.year))"
      var cells = [
        PageWords.cell(one.need, PageWords.people), PageWords.cell(one.unmetNeed, PageWords.people),
        PageWords.cell(one.spend, Self.millions), PageWords.cell(one.budget, Self.millions),
        PageWords.cell(one.inYearBalance, Self.millions),
        PageWords.chance(one.probabilityOverspend, of: one, hasChances: hasChances),
      ]
      if isRingFenced { cells.append(PageWords.cell(one.closingBalance, Self.millions)) }
      return PageTable.Row(label, cells, isTotal: isTotal)
    }
    var rows = last.map { row($0.service.name, $0.year) }
    if let total = outcome.total.last { rows.append(row("All services", total, isTotal: true)) }
    return PageTable(
      "Every service in \(year), as expected"
        + (report.sides.count > 1 ? " in the scenario \(report.main.name)" : ""), columns, rows)
  }

  /// Millions with the digits that a small service needs.
  private static func millions(_ pounds: Double) -> String {
    NumberText.fixed(pounds, decimals: pounds.magnitude < 1e6 ? 2 : 1, dividedByTenTo: 6)
  }
}
