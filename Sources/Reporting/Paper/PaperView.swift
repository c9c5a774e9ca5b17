import Commissioning
import TimeSeries

/// The paper as its templates read it.
struct PaperView {
  /// A chart with its number.
  struct Figure {
    let figureNumber: Int
    let figureTitle: String
    let figureFile: String
  }

  /// What the summary says about one thing. The templates read stored properties only.
  struct Topic {
    let topic: String
    let topicText: String
  }

  let isForWord: Bool
  let planName: String
  let area: String
  let knownOn: String
  let span: String
  let scenario: String
  let todo = PlaceholdersView()
  let toWrite: [PlaceholderView]
  let toWriteCount: Int
  let headline: String
  let findings: [Topic]
  let reading: String
  let legend = HedgedWord.legend
  let dash = NumberText.absent
  let figures: [Figure]
  let toNote: [String]
  let toNoteCount: Int
  let hasMeasures: Bool
  let measureOptions: [String]
  let hasOptions: Bool
  let optionNames: String
  let reasons: PaperReasons
  let alternatives: PaperOptionsSection
  let money: PaperMoneySection
  let implications: PaperImplications
  let risks: PaperRisksSection
  let measures: PaperMeasuresSection
  let progress: PaperProgressSection
  let appendices: PaperAppendices

  init(_ report: PlanReport, isForWord: Bool, figures: [CommitteePaper.Figure], files: [String: String]) {
    let outcome = report.outcome
    let words = PaperWords(hasChances: outcome.draws > 1)
    let summary = ExecutiveSummary(report)
    self.isForWord = isForWord
    planName = report.name
    area = report.area
    knownOn = SummaryWords.day(outcome.asOf)
    span = "\(report.definition.years.lowerBound) to \(report.definition.years.upperBound)"
    scenario = report.main.name
    headline = summary.headline
    // Each of these has a section of its own.
    findings = summary.findings.filter { !["Need", "What moves it", "Scenarios"].contains($0.topic) }
      .map { Topic(topic: $0.topic, topicText: $0.text) }
    reading =
      words.hasChances
      ? "Expected means the average over \(NumberText.whole(outcome.draws)) simulated futures. \"Four futures in five\" or an \"80% range\" is the range "
        + "that holds the figure in eight of ten of them. A chance is the share of them in which something happens, with a word for it."
      : "This is one simulated future, which says nothing about chance: there are no ranges and no chances."
    let proposed = report.measures?.rows.filter { $0.measure.status == .proposed } ?? []
    hasMeasures = !proposed.isEmpty
    measureOptions = Self.options(proposed)
    hasOptions = report.sides.count > 1
    optionNames = SummaryWords.list(report.sides.map(\.name))
    toNote = Self.toNote(report, summary)
    toNoteCount = toNote.count
    let waived: Set<PaperPlaceholder> = hasMeasures ? [] : [.decisionOnMeasures]
    toWrite = PaperPlaceholder.allCases.filter { !waived.contains($0) }.map(PlaceholderView.init)
    toWriteCount = toWrite.count
    self.figures = figures.filter { files[$0.name] != nil }.enumerated().compactMap { place, figure in
      files[figure.name].map { Figure(figureNumber: place + 1, figureTitle: figure.title, figureFile: $0) }
    }
    var numbers = PaperNumbers()
    // In the order of the paper, because tables are numbered as they come.
    reasons = PaperReasons(report, numbers: &numbers)
    alternatives = PaperOptionsSection(report, words: words, numbers: &numbers)
    money = PaperMoneySection(report, words: words, numbers: &numbers)
    implications = PaperImplications(report, numbers: &numbers)
    risks = PaperRisksSection(report, words: words, numbers: &numbers)
    measures = PaperMeasuresSection(report, words: words, numbers: &numbers)
    progress = PaperProgressSection(report, numbers: &numbers)
    appendices = PaperAppendices(report, words: words, numbers: &numbers)
  }

  /// What a meeting can note, in whole sentences.
  private static func toNote(_ report: PlanReport, _ summary: ExecutiveSummary) -> [String] {
    let money = SummaryOfMoney(outcome: report.outcome)
    var notes = [summary.headline]
    if !money.balances.isEmpty { notes.append(money.balances.joined(separator: " ")) }
    if let certainty = money.certainty.first { notes.append(certainty) }
    if !report.omissions.isEmpty || !report.outcome.refusals.isEmpty {
      notes.append("Not everything could be worked out; section 7 names what is missing and why.")
    }
    return notes
  }

  private static func worth(_ saved: Double) -> String {
    let money = MoneyUnit(suiting: [saved]).sentence(saved.magnitude)
    return saved < 0 ? "cost \(money) more than it saves" : "save \(money)"
  }

  private static func options(_ rows: [MeasureWorth.Row]) -> [String] {
    rows.enumerated().map { place, row in
      return "\"\(row.measure.name)\", which would \(worth(row.certainInAll.mean)) if it is delivered and "
        + "\(worth(row.weightedInAll.mean)) by its chance" + (place + 1 < rows.count ? ";" : ".")
    }
  }
}
