import Commissioning
import TimeSeries

/// The measures of the register: who answers for them, when they start, what they are worth.
struct PaperMeasuresSection {
  let measureTable: PaperTable?
  let measureSentences: [String]
  let measureEvidence: [String]
  let measuresInBudget: [String]
  let hasMeasuresInBudget: Bool

  init(_ report: PlanReport, words: PaperWords, numbers: inout PaperNumbers) {
    measureSentences = SummaryOfQuestions(report).measures
    guard let worth = report.measures, !worth.rows.isEmpty, let first = worth.years.first,
      let last = worth.years.last
    else {
      measureTable = nil
      measureEvidence = []
      measuresInBudget = Self.inBudget(report.definition.mitigations?.inBudget ?? [])
      hasMeasuresInBudget = !measuresInBudget.isEmpty
      return
    }
    let unit = PaperWords.unit(
      worth.rows.flatMap { [$0.certainInAll.mean, $0.weightedInAll.mean] } + [worth.whole.certainInAll.mean])
    var rows = worth.rows.map { row in
      [
        row.measure.name, row.measure.owner, SummaryWords.day(row.measure.start), Self.status(row.measure),
        PaperWords.stated(row.measure.probability), unit.cell(row.certainInAll.mean),
        unit.cell(row.weightedInAll.mean), words.range(row.weightedInAll, unit),
      ]
    }
    rows.append([
      "All together", "", "", "", "", unit.cell(worth.whole.certainInAll.mean),
      unit.cell(worth.whole.weightedInAll.mean), words.range(worth.whole.weightedInAll, unit),
    ])
    measureTable = PaperTable(
      &numbers,
      "What the measures would save from \(first) to \(last), after their own costs, \(PaperWords.name(unit))",
      [
        "Measure", "Owner", "Start", "Status", "Chance of delivery", "If delivered", "By its chance",
        "80% range",
      ], words: [1, 2, 3, 4], rows: rows,
      note:
        "By its chance: averaged over \(NumberText.whole(worth.draws)) simulated futures, in as many of which a measure is delivered as "
        + "its author thinks likely. A range that begins below nought holds futures in which a measure costs more than it saves."
    )
    measureEvidence = worth.rows.map { "\($0.measure.name): \($0.measure.evidence)" }
    measuresInBudget = Self.inBudget(worth.inBudget)
    hasMeasuresInBudget = !measuresInBudget.isEmpty
  }

  private static func status(_ measure: Mitigation) -> String {
    switch measure.status {
    case .inBudget: "in the budget"
    case .planned: "decided"
    case .proposed: "proposed"
    }
  }

  private static func inBudget(_ measures: [Mitigation]) -> [String] {
    measures.compactMap { measure in
      guard case .inBudget(let saving) = measure.status else { return nil }
      return "\(measure.name) (\(measure.owner)): \(SummaryWords.pounds(saving)) in a full year."
    }
  }
}
