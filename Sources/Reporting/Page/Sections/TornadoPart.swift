import Commissioning

/// What moves the result.
struct TornadoPart {
  let report: PlanReport
  let tornado: TornadoReport

  init(_ report: PlanReport, _ tornado: TornadoReport) {
    self.report = report
    self.tornado = tornado
  }

  func section() throws(ReportingError) -> PageSection {
    let tornado = tornado
    var blocks: [PageBlock] = []
    let found = SummaryOfQuestions(report).drivers
    if !found.isEmpty { blocks.append(.paragraph(found.joined(separator: " "), .lead)) }
    blocks.append(
      .paragraph(
        "Worked out in \(NumberText.whole(tornado.heading.draws)) simulated futures"
          + (tornado.heading.draws < report.outcome.draws ? ", fewer than the plan's own." : ".")))
    blocks.append(
      try PageFigure.block("tornado") { id throws(ReportingError) in
        try TornadoChart(tornado, assumptions: report.outcome.assumptions, identifier: id)
      })
    if let bars { blocks.append(.table(bars)) }
    var parts: [PageSection] = []
    if let shares { parts.append(PageSection("variance", "Where the doubt comes from", shares)) }
    if !remarks.isEmpty { parts.append(PageSection("not-moved", "What was not moved", [.list(remarks)])) }
    return PageSection("drivers", "What moves the result", blocks, parts: parts)
  }

  private var money: MoneyUnit {
    MoneyUnit(
      suiting: [tornado.tornado.mean.value]
        + tornado.tornado.bars.flatMap { [$0.low?.mean.value, $0.high?.mean.value].compactMap { $0 } })
  }

  private func cell(_ value: Double) -> String { tornado.question.cell(value, money: money) }

  private func setting(_ value: Double, _ id: String) -> PageTable.Cell {
    .figure(SummaryWords.setting(value, of: id, in: report.outcome))
  }

  private var bars: PageTable? {
    let moving = tornado.tornado.bars.filter { $0.swing != 0 || !$0.refusals.isEmpty }
    guard !moving.isEmpty else { return nil }
    let hasChance = tornado.tornado.probability != nil
    var columns: [PageTable.Column] = [
      .words("Assumption"), .figures("Low"), .figures("High"), .figures("Result at low"),
      .figures("Result at high"), .figures("Swing"),
    ]
    if hasChance { columns += [.figures("Chance below nought at low"), .figures("Chance at high")] }
    return PageTable(
      "One assumption at a time: the \(SummaryWords.figure(tornado.question, of: report.outcome))", columns,
      moving.map { bar in
        let ends = [bar.low, bar.high]
        var cells = [
          setting(bar.candidate.low, bar.candidate.id), setting(bar.candidate.high, bar.candidate.id),
        ]
        cells += ends.map { .figure($0.map { cell($0.mean.value) } ?? NumberText.absent) }
        cells.append(.figure(cell(bar.swing.magnitude)))
        if hasChance {
          cells += ends.map { .figure($0?.probability.map(NumberText.percent) ?? NumberText.absent) }
        }
        return PageTable.Row(bar.candidate.id, cells)
      })
  }

  private var shares: [PageBlock]? {
    let shares = tornado.shares
    guard shares.variance > 0 else { return nil }
    func percent(_ share: Double) -> String { PageWords.percent(share, decimals: 1) }
    var rows = shares.shares.filter { $0.value > 2 * $0.error }.map { share in
      PageTable.Row(
        share.id,
        [
          .words(share.kind == .series ? "a forecast" : "an assumption"), .figure(percent(share.value)),
          .figure(percent(share.error)),
        ])
    }
    let rest = shares.shares.filter { $0.value <= 2 * $0.error }
    if !rest.isEmpty {
      rows.append(
        PageTable.Row(
          "\(rest.count) more, none of which can be told from nought",
          [
            .words(""), .figure(percent(rest.reduce(0) { $0 + $1.value })),
            .figure(percent(rest.reduce(0) { $0 + $1.error * $1.error }.squareRoot())),
          ]))
    }
    rows.append(
      PageTable.Row(
        "Explained only together, or by no single one",
        [.words(""), .figure(percent(shares.remainder)), .figure(percent(shares.remainderError))]))
    rows.append(
      PageTable.Row("All of it", [.words(""), .figure("100.0%"), .figure("")], isTotal: true))
    return [
      .table(
        PageTable(
          "Shares of the variance: what each uncertain number explains by itself",
          [.words("Number"), .words("Kind"), .figures("Share"), .figures("Standard error")], rows)),
      .paragraph(
        "A share is what would go from the variance if the number were known. The part explained only together is negative "
          + "where numbers move together.", .note),
    ]
  }

  private var remarks: [String] {
    tornado.tornado.bars.flatMap { bar in
      bar.refusals.map { "\(bar.candidate.id) was not moved so far: \($0)." }
    } + tornado.left
  }
}
