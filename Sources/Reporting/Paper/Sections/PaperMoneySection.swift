import Commissioning
import TimeSeries

/// What it will cost and how it is paid for.
struct PaperMoneySection {
  /// A service that carries a balance from year to year.
  struct Grant {
    let grantName: String
    let table: PaperTable
    let grantSentences: [String]
  }

  let total: PaperTable?
  let noTotal: String
  let byService: [PaperTable]
  let grants: [Grant]
  let generalFund: PaperTable?
  let contributions: PaperTable?
  let assumed: PaperTable?
  let capital: PaperTable?
  let noCapital: Bool

  init(_ report: PlanReport, words: PaperWords, numbers: inout PaperNumbers) {
    let outcome = report.outcome
    let all = outcome.services.flatMap(\.years).map(\.year)
    let years = PaperWords.coming(Set(all).sorted(), asOf: outcome.asOf)
    total = Self.total(outcome, years, words, &numbers)
    noTotal = total == nil ? Self.reasonWithoutTotal(outcome) : ""
    byService = [
      ("Expected spending", \YearOutcome.spend), ("Budget, or grant available", \.budget),
      ("Budget less spending (negative is an overspend)", \.inYearBalance),
    ].compactMap { Self.matrix(outcome, $0.0, $0.1, years, words, &numbers) }
    grants = outcome.services.filter(\.isRingFenced).compactMap {
      Self.rollForward($0, years, words, &numbers)
    }
    generalFund = Self.parts(
      outcome, "general-fund", \.generalFund, years,
      "Cost to the General Fund beside the grant", "All of it", words, &numbers)
    contributions = Self.parts(
      outcome, "contribution", \.netSpend, years, "What others contribute, and spending net of it",
      "Net spending",
      words, &numbers)
    assumed = Self.assumed(outcome, &numbers)
    capital = PaperCapital.table(report.definition, &numbers)
    noCapital = capital == nil
  }

  private static func reasonWithoutTotal(_ outcome: PlanOutcome) -> String {
    outcome.refusals.isEmpty
      ? "There is no year in which every service has both spending and a budget, and so no total."
      : "There is no total, because a service could not be planned in full; the reasons stand under risks."
  }

  private static func total(
    _ outcome: PlanOutcome, _ years: [FinancialYear], _ words: PaperWords, _ numbers: inout PaperNumbers
  ) -> PaperTable? {
    let rows = outcome.total.filter { years.contains($0.year) }
    guard !rows.isEmpty else { return nil }
    let unit = PaperWords.unit(rows.flatMap { [$0.spend, $0.budget].compactMap { $0?.mean } })
    return PaperTable(
      &numbers, "All services together, \(PaperWords.name(unit))",
      [
        "Year", "Spending", "80% range", "Budget", "Budget less spending", "80% range", "Chance of overspend",
      ],
      rows: rows.map { year in
        [
          "\(year.year) (\(PaperWords.kind(year.kind)))", PaperWords.cell(year.spend, unit),
          words.range(year.spend, unit), PaperWords.cell(year.budget, unit),
          PaperWords.cell(year.inYearBalance, unit), words.range(year.inYearBalance, unit),
          words.chance(year.probabilityOverspend, isOutturn: year.kind == .outturn),
        ]
      },
      note:
        "Totals are added up inside each simulated future, so their ranges are not the sums of the services' ranges."
    )
  }

  /// Services down, years across.
  private static func matrix(
    _ outcome: PlanOutcome, _ name: String, _ figure: KeyPath<YearOutcome, Quantity?>,
    _ years: [FinancialYear],
    _ words: PaperWords, _ numbers: inout PaperNumbers
  ) -> PaperTable? {
    let services = outcome.services.filter { $0.years.contains { $0[keyPath: figure] != nil } }
    guard !services.isEmpty, let last = years.last else { return nil }
    func quantity(_ service: ServiceOutcome, _ year: FinancialYear) -> Quantity? {
      service.years.first { $0.year == year }.flatMap { $0[keyPath: figure] }
    }
    let unit = PaperWords.unit(
      services.flatMap { service in years.compactMap { quantity(service, $0)?.mean } })
    return PaperTable(
      &numbers, "\(name), \(PaperWords.name(unit))",
      ["Service"] + years.map(\.description) + ["80% range in \(last)"],
      rows: services.map { service in
        [service.name] + years.map { PaperWords.cell(quantity(service, $0), unit) }
          + [words.range(quantity(service, last), unit)]
      })
  }

  /// The balance from its opening to its closing, year by year.
  private static func rollForward(
    _ service: ServiceOutcome, _ years: [FinancialYear], _ words: PaperWords, _ numbers: inout PaperNumbers
  ) -> Grant? {
    let shown = service.years.filter { years.contains($0.year) && $0.closingBalance != nil }
    guard let first = shown.first, let last = shown.last else { return nil }
    let lines = Self.lines(of: shown, part: "balance")
    let unit = MoneyUnit(suiting: shown.flatMap { [$0.closingBalance, $0.spend].compactMap { $0?.mean } })
    func before(_ year: FinancialYear) -> Quantity? {
      service.years.first { $0.year == year.previous }.flatMap(\.closingBalance)
    }
    func row(_ name: String, _ cell: (YearOutcome) -> String) -> [String] { [name] + shown.map(cell) }
    var rows = [row("Balance brought forward") { PaperWords.cell(before($0.year), unit) }]
    rows.append(row("Grant and other money available") { PaperWords.cell($0.budget, unit) })
    rows.append(row("Spending") { PaperWords.cell($0.spend, unit) })
    rows.append(row("In-year balance (available less spending)") { PaperWords.cell($0.inYearBalance, unit) })
    for line in lines {
      rows.append(
        row(line.name) { year in
          PaperWords.cell(year.lines.first { $0.id == line.id && $0.part == "balance" }?.amount, unit)
        })
    }
    rows.append(row("Balance carried forward") { PaperWords.cell($0.closingBalance, unit) })
    rows.append(row("80% range of it") { words.range($0.closingBalance, unit) })
    rows.append(
      row("Chance that it is a deficit") {
        words.chance($0.probabilityDeficit, isOutturn: $0.kind == .outturn)
      })
    let table = PaperTable(
      &numbers,
      "\(service.name): the balance from year to year, \(PaperWords.name(unit)) (a deficit is negative)",
      [""] + shown.map { "\($0.year)" }, rows: rows,
      note: "Figures are rounded one by one, so parts may differ from their sum in the last digit.")
    var sentences = [
      "The balance of \(service.name) is expected to go from \(unit.sentence((before(first.year) ?? first.closingBalance)?.mean ?? 0)) "
        + "at the \(before(first.year) == nil ? "end" : "beginning") of \(first.year) to "
        + "\(unit.sentence(last.closingBalance?.mean ?? 0)) at the end of \(last.year)."
    ]
    if words.hasChances, let deficit = last.probabilityDeficit.flatMap(HedgedWord.opening) {
      sentences.append("\(deficit) that it is a deficit then.")
    }
    return Grant(grantName: service.name, table: table, grantSentences: sentences)
  }

  static func lines(of years: [YearOutcome], part: String) -> [YearOutcome.Line] {
    var found: [YearOutcome.Line] = []
    for line in years.flatMap(\.lines) where line.part == part && !found.contains(where: { $0.id == line.id })
    {
      found.append(line)
    }
    return found
  }

  /// What stands beside the account, line by line.
  private static func parts(
    _ outcome: PlanOutcome, _ part: String, _ whole: KeyPath<YearOutcome, Quantity?>,
    _ years: [FinancialYear],
    _ caption: String, _ wholeName: String, _ words: PaperWords, _ numbers: inout PaperNumbers
  ) -> PaperTable? {
    let services = outcome.services.filter { service in
      service.years.contains { years.contains($0.year) && $0[keyPath: whole] != nil }
    }
    guard !services.isEmpty, let last = years.last else { return nil }
    func year(_ service: ServiceOutcome, _ year: FinancialYear) -> YearOutcome? {
      service.years.first { $0.year == year }
    }
    let unit = PaperWords.unit(
      services.flatMap { service in years.compactMap { year(service, $0)?[keyPath: whole]?.mean } })
    var rows: [[String]] = []
    for service in services {
      for line in lines(of: service.years.filter { years.contains($0.year) }, part: part) {
        let cells = years.map { one in
          year(service, one)?.lines.first { $0.id == line.id && $0.part == part }?.amount
        }
        rows.append(
          ["\(service.name): \(line.name)"] + cells.map { PaperWords.cell($0, unit) }
            + [words.range(cells.last ?? nil, unit)])
      }
      let wholes = years.map { year(service, $0)?[keyPath: whole] }
      rows.append(
        ["\(service.name): \(wholeName)"] + wholes.map { PaperWords.cell($0 ?? nil, unit) }
          + [words.range(wholes.last.flatMap { $0 }, unit)])
    }
    return PaperTable(
      &numbers, "\(caption), \(PaperWords.name(unit))",
      [""] + years.map(\.description) + ["80% range in \(last)"], rows: rows)
  }

  /// How much of the forecast spending rests on assumption.
  private static func assumed(_ outcome: PlanOutcome, _ numbers: inout PaperNumbers) -> PaperTable? {
    var shares = outcome.services.compactMap { service in
      AssumedShare(name: service.name, years: service.years).map {
        ($0, Self.budgetOnAssumption(service.years))
      }
    }
    if let all = AssumedShare(name: "All services", years: outcome.total) {
      shares.append((all, Self.budgetOnAssumption(outcome.total)))
    }
    guard !shares.isEmpty else { return nil }
    let unit = PaperWords.unit(shares.map(\.0.spend))
    return PaperTable(
      &numbers,
      "How much of the forecast spending and of the budgets rests on assumption, \(PaperWords.name(unit))",
      [
        "Service", "Forecast years", "Expected spending", "Of it on assumption", "Share of spending",
        "Share of budget",
      ], words: [1],
      rows: shares.map { share, budget in
        [share.name, share.span, unit.cell(share.spend), unit.cell(share.onAssumption), share.text, budget]
      })
  }

  /// The share of the budgets of the forecast years that nobody has published.
  private static func budgetOnAssumption(_ years: [YearOutcome]) -> String {
    let counted = years.filter { $0.kind == .forecast && $0.budget != nil && $0.budgetOnAssumption != nil }
    let budget = counted.compactMap(\.budget?.mean).reduce(0, +)
    guard budget > 0 else { return NumberText.absent }
    let assumed = counted.compactMap(\.budgetOnAssumption).reduce(0, +)
    return NumberText.fixed(assumed / budget, decimals: 0, dividedByTenTo: -2) + "%"
  }
}

/// Places that the plan opens or closes, with what they cost to build.
enum PaperCapital {
  static func table(_ definition: PlanDefinition, _ numbers: inout PaperNumbers) -> PaperTable? {
    var rows: [[String]] = []
    for service in definition.services.compactMap({ $0 as? RingFencedGrant }) {
      for capacity in service.capacities {
        let setting = service.settings.first { $0.id == capacity.setting }?.name ?? capacity.setting
        for change in capacity.changes {
          rows.append([
            setting, change.isOpening ? "opens" : "closes", text(change.places),
            SummaryWords.day(change.from),
            text(change.capitalPerPlace), change.reason,
          ])
        }
      }
    }
    guard !rows.isEmpty else { return nil }
    return PaperTable(
      &numbers, "Places that open or close, and the cost of building one, £",
      ["Setting", "", "Places", "From", "£ a place", "Why"], words: [1, 3, 5], rows: rows)
  }

  private static func text(_ value: Assumption.Value) -> String {
    switch value {
    case .fixed(let number): NumberText.grouped(number)
    case .range(let low, let mostLikely, let high):
      "\(NumberText.grouped(low)) to \(NumberText.grouped(high)), most likely \(NumberText.grouped(mostLikely))"
    }
  }
}
