import Commissioning

/// What the other scenarios change, and what that makes of the figures.
struct ScenariosPart {
  let report: PlanReport
  let comparison: ScenarioComparison

  /// Nil where there is one scenario.
  init?(_ report: PlanReport) {
    guard let comparison = report.comparison else { return nil }
    self.report = report
    self.comparison = comparison
  }

  func section() throws(ReportingError) -> PageSection {
    var blocks: [PageBlock] = []
    let found = SummaryOfQuestions(report).scenarios
    if !found.isEmpty { blocks.append(.paragraph(found.joined(separator: " "), .lead)) }
    blocks.append(
      .paragraph(
        "Differences are taken inside each simulated future, which the scenarios share, so that they are not blurred by "
          + "chance."))
    let outcome = report.outcome
    let comparison = comparison
    // The account that is carried forward is what scenarios are about, where there is one.
    let service = outcome.services.first(where: \.isRingFenced)?.id
    if outcome.draws > 1 {
      blocks.append(
        try PageFigure.block("scenarios") { id throws(ReportingError) in
          try DumbbellChart(comparison, service: service, identifier: id)
        })
    }
    blocks.append(.table(table))
    return PageSection(
      "scenarios", "Scenarios compared", blocks,
      parts: [PageSection("scenarios-what", "What each scenario changes", [.terms(changes)])])
  }

  /// A group for each service in its last year, a row for each scenario.
  private var table: PageTable {
    let hasChances = report.outcome.draws > 1
    var groups: [PageTable.Group] = report.outcome.services.compactMap { service in
      guard let year = service.years.last else { return nil }
      let money = MoneyUnit(suiting: service.amounts)
      return PageTable.Group(
        "\(service.name), \(year.year), \(money.heading)",
        report.sides.compactMap { side in
          side.outcome.services.first { $0.id == service.id }?.years.first { $0.year == year.year }.map {
            row(side, $0, service: service.id, money: money, hasChances: hasChances)
          }
        })
    }
    if let year = report.outcome.total.last {
      let money = MoneyUnit(suiting: report.outcome.total.flatMap(\.amounts))
      groups.append(
        PageTable.Group(
          "All services, \(year.year), \(money.heading)",
          report.sides.compactMap { side in
            side.outcome.total.first { $0.year == year.year }.map {
              row(side, $0, service: nil, money: money, hasChances: hasChances)
            }
          }))
    }
    return PageTable(
      "The last year of every service in each scenario",
      [
        .words("Scenario"), .figures("Need"), .figures("Spend"), .figures("Budget"),
        .figures("Budget less spend"),
        .figures("Carried forward"), .figures("Chance of overspend"),
        .figures("Balance beside \(comparison.first.name)"),
        .figures("Beside \(comparison.first.name), \(PageWords.range)"),
      ], groups: groups)
  }

  private func row(
    _ side: PlanReport.Side, _ year: YearOutcome, service: String?, money: MoneyUnit, hasChances: Bool
  ) -> PageTable.Row {
    let figure: PlanFigure = year.closingBalance != nil ? .closingBalance : .inYearBalance
    let difference = comparison.pairs.first { $0.side.name == side.name }?.differences.first {
      $0.service == service && $0.figure == figure && $0.year == year.year
    }
    let isFirst = side.name == comparison.first.name
    func change(_ value: Double) -> String {
      let text = money.cell(value)
      return value > 0 && text != money.cell(0) ? "+\(text)" : text
    }
    return PageTable.Row(
      side.name,
      [
        PageWords.cell(year.need, PageWords.people), PageWords.cell(year.spend, money.cell),
        PageWords.cell(year.budget, money.cell), PageWords.cell(year.inYearBalance, money.cell),
        PageWords.cell(year.closingBalance, money.cell),
        PageWords.chance(year.probabilityOverspend, of: year, hasChances: hasChances),
        isFirst
          ? .figure(NumberText.absent)
          : side.paths.refusals.contains { $0.service == service }
            ? .figure("not planned") : PageWords.cell(difference?.difference, change),
        isFirst || side.paths.refusals.contains { $0.service == service }
          ? .figure(NumberText.absent)
          : difference?.isNone == true
            ? .figure("the same") : PageWords.range(difference?.difference, hasChances: hasChances, change),
      ])
  }

  private var changes: [(term: String, text: String)] {
    report.sides.map { side in
      guard !side.chain.isEmpty else {
        return (term: side.name, text: "The workspace as it stands.")
      }
      let sentences = side.chain.map { one in
        var text = one.name == side.name ? "" : "From \(one.name): "
        text += one.reason
        let by = [one.author, one.date].compactMap { $0 }
        if !by.isEmpty { text += " (\(by.joined(separator: ", ")))" }
        if !one.changes.isEmpty { text += " It sets \(one.changes.joined(separator: "; "))." }
        return text
      }
      return (term: side.name, text: sentences.joined(separator: " "))
    }
  }
}
