import Commissioning

/// All services together.
struct TotalPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() throws(ReportingError) -> PageSection {
    let (outcome, paths) = (report.outcome, report.main.paths)
    let title = "All services together"
    guard outcome.refusals.isEmpty else {
      return PageSection(
        "total", title,
        [
          .paragraph(
            "There is no total, because not every service could be planned: a total of some would be read as that of all.",
            .warning)
        ])
    }
    guard !outcome.total.isEmpty else {
      return PageSection(
        "total", title,
        [.paragraph("There is no year in which every service has both spending and a budget.", .warning)])
    }
    let hasChances = outcome.draws > 1
    var blocks: [PageBlock] = [
      .paragraph(
        "From the first year in which every service has spending and a budget. The services are summed inside each "
          + "simulated future. Balances carried forward are not part of it."),
      .table(
        MoneyTable(
          years: outcome.total, isRingFenced: false, hasChances: hasChances,
          money: MoneyUnit(suiting: outcome.total.flatMap(\.amounts))
        ).table("All services: spend, budget and balance by year")),
    ]
    if hasChances {
      blocks.insert(
        try PageFigure.block("total-spend") { id throws(ReportingError) in
          try FanChart(paths, service: nil, figure: .spend, identifier: id)
        }, at: 1)
      blocks.append(
        try PageFigure.block("total-histogram") { id throws(ReportingError) in
          try HistogramChart(paths, service: nil, identifier: id)
        })
    }
    var shares = outcome.services.compactMap { AssumedShare(name: $0.name, years: $0.years) }
    if let whole = AssumedShare(name: "All services", years: outcome.total) { shares.append(whole) }
    if !shares.isEmpty {
      let money = MoneyUnit.millions
      blocks.append(
        .table(
          PageTable(
            "How much of the forecast spending rests on assumption",
            [
              .words("Service"), .words("Forecast years"), .figures("Spend, \(money.heading)"),
              .figures("Of it on assumption, \(money.heading)"), .figures("Share"),
            ],
            shares.enumerated().map { index, share in
              PageTable.Row(
                share.name,
                [
                  .words(share.span), .figure(money.cell(share.spend)),
                  .figure(money.cell(share.onAssumption)),
                  .figure(share.text),
                ], isTotal: index == outcome.services.count)
            })))
    }
    return PageSection("total", title, blocks)
  }
}
