import Commissioning

/// Why the spending of each service changes.
struct BridgesPart {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  func section() throws(ReportingError) -> PageSection {
    var parts: [PageSection] = []
    for (index, bridge) in report.bridges.enumerated() {
      let name = report.outcome.services.first { $0.id == bridge.service }?.name ?? bridge.service
      parts.append(
        PageSection(
          "bridge-\(index + 1)", "\(name): from \(bridge.bridge.from) to \(bridge.bridge.to)",
          [
            try PageFigure.block("bridge-\(index + 1)-chart") { id throws(ReportingError) in
              try WaterfallChart(bridge, service: name, identifier: id)
            }, .table(steps(of: bridge, name)), .table(settings(of: bridge, name)),
          ]))
    }
    return PageSection(
      "bridges", "Why spending changes",
      [
        .paragraph(
          "Each bridge takes the change in spending apart: more or fewer people, another mix of settings, other prices. It is "
            + "worked out inside each simulated future; shown are averages."),
        .terms([
          (
            term: "Population",
            text: "More or fewer people of the age, at the same rate."
          ),
          (
            term: "Volume or prevalence",
            text: "More or fewer of them needing the service."
          ),
          (term: "Mix", text: "Dearer or cheaper settings taking a larger share."),
          (term: "Price", text: "What one place or one child costs."),
          (
            term: "How they are weighed",
            text: report.bridges.allSatisfy { $0.bridge.form == .bennet }
              ? "By the average of the first and the last year, so that the bridge back is this one with its signs changed (Bennet, 1920)."
              : "People and mix by the prices of the first year, prices by the numbers of the last."
          ),
        ]),
      ], parts: parts)
  }

  private func steps(of bridge: BridgeReport, _ name: String) -> PageTable {
    let amounts = bridge.summary.steps.map(\.mean.pounds)
    let money = MoneyUnit(suiting: amounts + [bridge.summary.from.pounds, bridge.summary.to.pounds])
    func change(_ value: Double) -> String { (value > 0 ? "+" : "") + money.cell(value) }
    return PageTable(
      "\(name): the change step by step, \(money.heading)", [.words("Step"), .figures(money.heading)],
      [PageTable.Row(bridge.bridge.from, [.figure(money.cell(bridge.summary.from.pounds))], isTotal: true)]
        + bridge.summary.steps.map { PageTable.Row($0.name, [.figure(change($0.mean.pounds))]) }
        + [PageTable.Row(bridge.bridge.to, [.figure(money.cell(bridge.summary.to.pounds))], isTotal: true)])
  }

  private func settings(of bridge: BridgeReport, _ name: String) -> PageTable {
    let money = MoneyUnit(suiting: bridge.bridge.rows.map(\.change.mean.pounds))
    return PageTable(
      "\(name): the change by setting, \(money.heading)",
      [.words("Setting")] + bridge.parts.map { .figures(title(of: $0, bridge)) } + [.figures("Change")],
      bridge.bridge.rows.map { row in
        PageTable.Row(
          row.name,
          bridge.parts.map { .figure(money.cell(row.parts[$0]?.mean.pounds ?? 0)) } + [
            .figure(money.cell(row.change.mean.pounds))
          ])
      })
  }

  private func title(of part: CostBridge.Part, _ bridge: BridgeReport) -> String {
    switch part {
    case .population: "Population"
    case .volume: bridge.bridge.isDividedByPopulation ? "Prevalence" : "Volume"
    case .mix: "Mix"
    case .price: "Price"
    }
  }
}
