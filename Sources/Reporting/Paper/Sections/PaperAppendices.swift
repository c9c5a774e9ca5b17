import Commissioning
import TimeSeries

/// Figures by service, assumptions, evidence, method and manifest.
struct PaperAppendices {
  /// A service with its years.
  struct Service {
    let serviceName: String
    let meaning: [String]
    let table: PaperTable
    let serviceNotes: [String]
    let hasServiceNotes: Bool
  }

  /// A line of the manifest.
  struct Entry {
    let entryName: String
    let entryValue: String
  }

  let services: [Service]
  let assumptions: PaperTable?
  let evidence: PaperTable?
  let planNotes: [String]
  let legend: String
  let futures: String
  let isOneFuture: Bool
  let manifest: [Entry]
  let inputs: PaperTable?

  init(_ report: PlanReport, words: PaperWords, numbers: inout PaperNumbers) {
    let outcome = report.outcome
    services = outcome.services.map { Self.service($0, words, &numbers) }
    assumptions =
      outcome.assumptions.isEmpty
      ? nil
      : PaperTable(
        &numbers, "Assumptions: numbers that nobody has published",
        ["Assumption", "Value", "Unit", "Why"], words: [1, 2, 3],
        rows: outcome.assumptions.map { [$0.id, $0.text, $0.unit, $0.reason] })
    let used = outcome.evidence.map { (document: EvidenceDocument($0), rows: report.rows(of: $0)) }
    evidence =
      used.isEmpty
      ? nil
      : PaperTable(
        &numbers, "Evidence: the published series that the plan used",
        ["Series", "Area", "Source", "Rows read", "Forecast by"],
        words: [1, 2, 3, 4],
        rows: used.map {
          [
            $0.document.id, $0.document.area ?? NumberText.absent, $0.document.source ?? NumberText.absent,
            $0.rows ?? NumberText.absent, $0.document.model ?? "not forecast",
          ]
        })
    planNotes = outcome.notes
    legend = HedgedWord.legend
    futures = NumberText.whole(outcome.draws)
    isOneFuture = outcome.draws == 1
    let run = report.manifest
    manifest =
      [
        ("Version", "needscast \(run.version) (\(run.configuration))"), ("Known on", run.asOf),
        ("Simulated futures", NumberText.whole(run.draws)), ("Seed", "\(run.seed)"),
        ("Scenarios", run.scenarios.joined(separator: ", ")),
        (
          "Changed from the workspace",
          run.overrides.isEmpty ? "nothing" : run.overrides.joined(separator: "; ")
        ),
      ].map(Entry.init) + run.options.map { Entry(entryName: $0.name, entryValue: $0.value) }
    inputs =
      run.inputs.isEmpty
      ? nil
      : PaperTable(
        &numbers, "Files that were read", ["File", "Bytes", "SHA-256"], words: [2],
        rows: run.inputs.map { [$0.path, NumberText.whole($0.bytes), $0.sha256] })
  }

  private static func service(
    _ service: ServiceOutcome, _ words: PaperWords, _ numbers: inout PaperNumbers
  ) -> Service {
    let years = service.years
    let unit = PaperWords.unit(
      years.flatMap { [$0.spend, $0.budget, $0.closingBalance].compactMap { $0?.mean } })
    func people(_ quantity: Quantity?) -> String {
      quantity.map { NumberText.whole($0.mean) } ?? NumberText.absent
    }
    let balance = service.isRingFenced
    return Service(
      serviceName: service.name,
      meaning: [
        "Need: \(service.meaning.need).", "Demand: \(service.meaning.demand).",
        "Supply: \(service.meaning.supply).",
        "Unmet need: \(service.meaning.unmetNeed).",
      ],
      table: PaperTable(
        &numbers, "\(service.name), money in \(PaperWords.name(unit))",
        [
          "Year", "Need", "Demand", "Supply", "Unmet need", "Spend", "80% range", "Budget", "In-year",
        ] + (balance ? ["Carried forward"] : []) + ["80% range", "Chance of overspend"],
        rows: years.map { year in
          let last = balance ? year.closingBalance : year.inYearBalance
          return [
            "\(year.year) (\(PaperWords.kind(year.kind)))", people(year.need), people(year.demand),
            people(year.supply),
            people(year.unmetNeed), PaperWords.cell(year.spend, unit), words.range(year.spend, unit),
            PaperWords.cell(year.budget, unit), PaperWords.cell(year.inYearBalance, unit),
          ] + (balance ? [PaperWords.cell(year.closingBalance, unit)] : []) + [
            words.range(last, unit),
            words.chance(year.probabilityOverspend, isOutturn: year.kind == .outturn),
          ]
        }),
      serviceNotes: service.notes, hasServiceNotes: !service.notes.isEmpty)
  }
}
