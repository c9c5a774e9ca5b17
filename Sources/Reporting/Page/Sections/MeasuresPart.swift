import Commissioning

/// What the measures of the register are worth, who answers for them and why they are believed to work.
struct MeasuresPart {
  let report: PlanReport
  let register: MitigationRegister

  /// Nil where there is no register.
  init?(_ report: PlanReport) {
    guard let register = report.definition.mitigations, !register.measures.isEmpty else { return nil }
    self.report = report
    self.register = register
  }

  func section() -> PageSection {
    var blocks: [PageBlock] = []
    let found = SummaryOfQuestions(report).measures
    if !found.isEmpty { blocks.append(.paragraph(found.joined(separator: " "), .lead)) }
    if let worth = report.measures {
      blocks.append(
        .paragraph(
          "Worked out in \(NumberText.whole(worth.draws)) simulated futures. Measures act on each other: what one adds is "
            + "the average of its part in the order of the register and in the order turned round, so that the parts sum to "
            + "the whole. What measures cost is taken off."))
      blocks += [.table(savings(worth)), .table(byYear(worth))]
    } else {
      blocks.append(
        .paragraph(
          "What the measures are worth was not worked out; the reason stands under what was left out.", .note)
      )
    }
    var parts = [PageSection("register", "The register", [.table(owners), .terms(evidence)])]
    if !register.inBudget.isEmpty {
      parts.append(
        PageSection(
          "in-budget", "Counted in the budget already",
          [
            .list(
              register.inBudget.map { measure in
                if case .inBudget(let saving) = measure.status {
                  "\(measure.name): \(SummaryWords.pounds(saving)) in a full year; it is not subtracted again."
                } else {
                  measure.name
                }
              })
          ]))
    }
    return PageSection("measures", "Measures", blocks, parts: parts)
  }

  private func savings(_ worth: MeasureWorth) -> PageTable {
    let money = MoneyUnit(suiting: [worth.whole.certainInAll.mean, worth.whole.weightedInAll.mean])
    let hasChances = worth.draws > 1
    func cells(_ certain: Quantity, _ weighted: Quantity) -> [PageTable.Cell] {
      [certain, weighted].flatMap {
        [
          PageWords.cell($0, money.cell), PageWords.range($0, hasChances: hasChances, money.cell),
        ]
      }
    }
    let span = [worth.years.first, worth.years.last].compactMap { $0.map { "\($0)" } }.joined(
      separator: " to ")
    return PageTable(
      "What measures save, \(span), after their cost, \(money.heading)",
      [
        .words("Measure"), .figures("Chance of delivery"), .figures("If delivered"),
        .figures("If delivered, \(PageWords.range)"), .figures("By chance of delivery"),
        .figures("By chance of delivery, \(PageWords.range)"),
      ],
      worth.rows.map { row in
        PageTable.Row(
          row.measure.name,
          [.figure(PageWords.percent(row.measure.probability))]
            + cells(row.certainInAll, row.weightedInAll))
      } + [
        PageTable.Row(
          "All measures", [.figure("")] + cells(worth.whole.certainInAll, worth.whole.weightedInAll),
          isTotal: true)
      ])
  }

  private func byYear(_ worth: MeasureWorth) -> PageTable {
    let money = MoneyUnit(suiting: (worth.whole.certain + worth.whole.weighted).map(\.mean))
    func row(_ name: String, _ amounts: [Quantity], isTotal: Bool = false) -> PageTable.Row {
      PageTable.Row(name, amounts.map { PageWords.cell($0, money.cell) }, isTotal: isTotal)
    }
    return PageTable(
      "What measures save by year, as expected, \(money.heading)",
      [.words("Measure")] + worth.years.map { .figures("\($0)") },
      groups: [
        PageTable.Group(
          "If every one is delivered",
          worth.rows.map { row($0.measure.name, $0.certain) } + [
            row("All measures", worth.whole.certain, isTotal: true)
          ]),
        PageTable.Group(
          "By how likely delivery is",
          worth.rows.map { row($0.measure.name, $0.weighted) } + [
            row("All measures", worth.whole.weighted, isTotal: true)
          ]),
      ])
  }

  private var owners: PageTable {
    PageTable(
      "Who answers for each measure, and when it starts",
      [
        .words("Measure"), .words("Owner"), .words("Status"), .words("Starts"), .words("Ends"),
        .figures("Chance of delivery"),
      ],
      register.measures.map { measure in
        let status =
          switch measure.status {
          case .inBudget: "in the budget already"
          case .planned: "decided"
          case .proposed: "proposed"
          }
        return PageTable.Row(
          measure.name,
          [
            .words(measure.owner), .words(status), .words("\(measure.start)"),
            .words(measure.end.map { "\($0)" } ?? "stays"),
            .figure(PageWords.percent(measure.probability)),
          ])
      })
  }

  private var evidence: [(term: String, text: String)] {
    register.measures.map { (term: "Why \($0.name) is believed to work", text: $0.evidence) }
  }
}
