import Commissioning

/// One service: who needs it, what there is, what it costs, and how likely it is to overspend.
struct ServicePart {
  let report: PlanReport
  let service: ServiceOutcome
  private let id: String
  private let money: MoneyUnit
  private var hasChances: Bool { report.outcome.draws > 1 }
  private var paths: PlanPaths { report.main.paths }

  /// Nil where there is no such service.
  init?(_ report: PlanReport, index: Int) {
    guard report.outcome.services.indices.contains(index) else { return nil }
    self.report = report
    service = report.outcome.services[index]
    id = "service-\(index + 1)"
    money = MoneyUnit(suiting: service.amounts)
  }

  func section() throws(ReportingError) -> PageSection {
    var blocks: [PageBlock] = []
    let finding = ServiceWords(service, hasChances: hasChances).sentences
    if !finding.isEmpty { blocks.append(.paragraph(finding.joined(separator: " "), .lead)) }
    blocks.append(.terms(meaning))
    var parts = [try need(), try spending()]
    if let risk = try risk() { parts.append(risk) }
    parts += [try lines(), flows, notes].compactMap { $0 }
    return PageSection(id, service.name, blocks, parts: parts)
  }

  /// What the columns count.
  private var meaning: [(term: String, text: String)] {
    let meaning = service.meaning
    return [
      ("Need", meaning.need), ("Demand", meaning.demand), ("Supply", meaning.supply),
      ("Unmet need", meaning.unmetNeed),
      (
        "Balance",
        service.isRingFenced
          ? "budget less spend; what is left over or overspent is carried forward to the next year"
          : "budget less spend; nothing is carried forward"
      ),
    ].map { (term: $0.0, text: SummaryWords.sentence($0.1) + ".") }
  }

  private func fan(_ figure: PlanFigure) throws(ReportingError) -> PageBlock {
    let (paths, service, hasChances) = (paths, service, hasChances)
    return try PageFigure.block("\(id)-\(figure.rawValue)") { id throws(ReportingError) in
      // The chart of all futures speaks of chances in its title, of which one future knows nothing.
      hasChances
        ? try FanChart(paths, service: service.id, figure: figure, identifier: id)
        : try FanChart(service, figure: figure, identifier: id)
    }
  }

  private func has(_ figure: PlanFigure) -> Bool {
    service.years.contains { figure.quantity(of: $0) != nil }
  }

  // MARK: Need and supply

  private func need() throws(ReportingError) -> PageSection {
    var blocks: [PageBlock] = []
    if has(.need) { blocks.append(try fan(.need)) }
    let rows = service.years.map { year in
      PageTable.Row(
        "\(year.year)",
        [.words(PageWords.kind(year.kind))]
          + [year.need, year.demand, year.supply, year.unmetNeed].flatMap {
            [
              PageWords.cell($0, PageWords.people),
              PageWords.range($0, hasChances: hasChances, PageWords.people),
            ]
          })
    }
    let columns: [PageTable.Column] =
      [.words("Year"), .words("Kind")]
      + ["Need", "Demand", "Supply", "Unmet need"].flatMap {
        [PageTable.Column.figures($0), .figures("\($0), \(PageWords.range)")]
      }
    blocks.append(
      .table(PageTable("\(service.name): need, demand, supply and unmet need by year", columns, rows)))
    return PageSection("\(id)-people", "\(service.name): need and supply", blocks)
  }

  // MARK: Money

  private func spending() throws(ReportingError) -> PageSection {
    var blocks: [PageBlock] = []
    if has(.spend) { blocks.append(try fan(.spend)) }
    blocks.append(
      .table(
        MoneyTable(
          years: service.years, isRingFenced: service.isRingFenced, hasChances: hasChances, money: money
        ).table("\(service.name): spend, budget and balance by year")))
    if let share = AssumedShare(name: "", years: service.years), share.spend != 0 {
      blocks.append(
        .paragraph(Self.sentence(on: share)))
    }
    return PageSection("\(id)-money", "\(service.name): spend and budget", blocks)
  }

  /// How much rests on assumption, without a remainder where there is none to speak of.
  private static func sentence(on share: AssumedShare) -> String {
    let of = "of the spending of \(share.span) rests on assumption"
    switch share.onAssumption / share.spend {
    case ..<1e-9:
      return
        "No line \(of): published figures are carried forward. What is assumed of the population behind them is not counted here."
    case ..<0.005: return "Less than 1% \(of), the rest on published figures carried forward."
    case ..<0.985: return "\(share.text) \(of), the rest on published figures carried forward."
    case ..<(1 - 1e-9): return "Nearly all \(of)."
    default: return "All \(of)."
    }
  }

  // MARK: Risk

  private func risk() throws(ReportingError) -> PageSection? {
    guard hasChances, has(.inYearBalance) else { return nil }
    var blocks: [PageBlock] = []
    if service.isRingFenced { blocks.append(try fan(.closingBalance)) }
    let (paths, service) = (paths, service.id)
    blocks.append(
      try PageFigure.block("\(id)-histogram") { id throws(ReportingError) in
        try HistogramChart(paths, service: service, identifier: id)
      })
    return PageSection("\(id)-risk", "\(self.service.name): risk", blocks)
  }

  // MARK: Lines, flows, notes

  private func lines() throws(ReportingError) -> PageSection? {
    let years = service.years.filter { !$0.lines.isEmpty }
    guard !years.isEmpty else { return nil }
    var blocks: [PageBlock] = []
    let stacked = years.contains { $0.lines.count { $0.part == "spend" } > 1 }
    if stacked {
      let service = service
      blocks.append(
        try PageFigure.block("\(id)-lines") { id throws(ReportingError) in
          try StackedAreaChart(service, identifier: id)
        })
    }
    blocks.append(
      .table(
        MoneyLines(years: years, money: money).table(
          "\(service.name): what the money is made of, as expected, \(money.heading)")))
    return PageSection("\(id)-lines", "\(service.name): lines of the money", blocks)
  }

  private var flows: PageSection? {
    let years = service.years.filter { !$0.flows.isEmpty }
    guard !years.isEmpty else { return nil }
    // The last year's names come first: an earlier year may know less and put two flows into one.
    var names: [(id: String, name: String, isInStock: Bool)] = []
    for flow in years.reversed().flatMap(\.flows) where !names.contains(where: { $0.id == flow.id }) {
      names.append((flow.id, flow.name, flow.isInStock))
    }
    let rows = names.map { id, name, isInStock in
      PageTable.Row(
        isInStock ? name : "\(name) (beside the sum)",
        years.map { year in
          PageWords.cell(year.flows.first { $0.id == id }?.people, PageWords.people)
        })
    }
    let span = service.flowSpan.map { "from \($0)" } ?? "from one count to the next"
    let table = PageTable(
      "\(service.name): who comes and who leaves, \(span), as expected",
      [.words("Flow")] + years.map { .figures("\($0.year)") }, rows)
    return PageSection("\(id)-flows", "\(service.name): flows", [.table(table)])
  }

  private var notes: PageSection? {
    guard !service.notes.isEmpty else { return nil }
    return PageSection(
      "\(id)-notes", "\(service.name): notes", [.list(service.notes.map(ModelName.explaining))])
  }
}
