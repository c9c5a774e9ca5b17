import Commissioning
import TimeSeries

/// The alternatives: every scenario of the report beside the first.
struct PaperOptionsSection {
  /// One of them.
  struct Option {
    let optionName: String
    let optionReasons: [String]
    let optionChanges: [String]
    let optionEffects: [String]
    let hasChanges: Bool
  }

  let isCompared: Bool
  let options: [Option]
  let optionTable: PaperTable?
  let optionNotes: [String]

  init(_ report: PlanReport, words: PaperWords, numbers: inout PaperNumbers) {
    isCompared = report.sides.count > 1
    optionTable = isCompared ? Self.table(report, words, &numbers) : nil
    options = report.sides.enumerated().map { place, side in
      Option(
        optionName: place == 0 ? "\(side.name), on which the rest of this report is based" : side.name,
        optionReasons: side.chain.isEmpty ? ["The workspace as it stands."] : side.chain.map(\.reason),
        optionChanges: side.chain.flatMap(\.changes),
        optionEffects: place == 0 ? [] : Self.effects(of: side, in: report, words),
        hasChanges: !side.chain.flatMap(\.changes).isEmpty)
    }
    optionNotes = report.comparison?.pairs.flatMap(\.notCompared).map { $0 + "." } ?? []
  }

  /// The services that carry a balance.
  private static func grants(_ report: PlanReport) -> [ServiceOutcome] {
    report.outcome.services.filter(\.isRingFenced)
  }

  private static func table(
    _ report: PlanReport, _ words: PaperWords, _ numbers: inout PaperNumbers
  ) -> PaperTable? {
    let grants = grants(report)
    var headings = ["Option"]
    var amounts: [Double] = []
    for side in report.sides {
      amounts += [side.outcome.total.last?.spend, side.outcome.total.last?.inYearBalance].compactMap {
        $0?.mean
      }
      amounts += side.outcome.services.compactMap { $0.years.last?.closingBalance?.mean }
    }
    let unit = MoneyUnit(suiting: amounts)
    let year = report.outcome.total.last?.year
    if let year { headings += ["All spending in \(year)", "Chance of overspend in \(year)"] }
    for grant in grants {
      guard let last = grant.years.last(where: { $0.closingBalance != nil }) else { continue }
      headings += ["\(grant.name): balance at end of \(last.year)", "80% range", "Chance of deficit"]
    }
    guard headings.count > 1 else { return nil }
    let rows = report.sides.map { side -> [String] in
      var cells = [side.name]
      if let year {
        let total = side.outcome.total.first { $0.year == year }
        cells += [PaperWords.cell(total?.spend, unit), words.chance(total?.probabilityOverspend)]
      }
      for grant in grants {
        guard let last = grant.years.last(where: { $0.closingBalance != nil }) else { continue }
        let own = side.outcome.services.first { $0.id == grant.id }?.years.first { $0.year == last.year }
        cells += [
          PaperWords.cell(own?.closingBalance, unit), words.range(own?.closingBalance, unit),
          words.chance(own?.probabilityDeficit),
        ]
      }
      return cells
    }
    return PaperTable(
      &numbers, "The options side by side, \(PaperWords.name(unit)) (a deficit is negative)", headings,
      rows: rows)
  }

  /// What a scenario changes in the last year of each figure of money, in sentences.
  private static func effects(of side: PlanReport.Side, in report: PlanReport, _ words: PaperWords)
    -> [String]
  {
    guard let pair = report.comparison?.pairs.first(where: { $0.side.name == side.name }) else { return [] }
    var sentences = side.paths.refusals.map {
      "This option could not be planned, so that its figures are not those of what it is meant to do: \($0.reason)."
    }
    for service in report.outcome.services {
      let own = pair.differences.filter { $0.service == service.id && !$0.isNone }
      for figure in [PlanFigure.need, .spend, .closingBalance, .inYearBalance, .generalFund] {
        if figure == .inYearBalance, service.isRingFenced { continue }
        if figure == .spend,
          own.contains(where: { $0.figure == .closingBalance || $0.figure == .inYearBalance })
        {
          continue
        }
        if figure == .generalFund {
          sentences += generalFund(own, service, words)
          continue
        }
        guard let last = own.last(where: { $0.figure == figure }) else { continue }
        sentences += sentence(last, service, words)
      }
    }
    return sentences.isEmpty ? ["No figure of the plan changes."] : sentences
  }

  private static func sentence(
    _ last: FigureDifference, _ service: ServiceOutcome, _ words: PaperWords
  ) -> [String] {
    let unit = MoneyUnit(suiting: [last.difference.mean])
    func text(_ value: Double) -> String {
      last.figure.isMoney ? unit.sentence(value.magnitude) : NumberText.whole(value.magnitude)
    }
    func signed(_ value: Double) -> String { value < 0 ? "-\(text(value))" : text(value) }
    let change = last.difference.mean
    guard text(change) != text(0) else { return [] }
    let range =
      words.hasChances
      ? last.difference.distribution.map { " (80% range \(signed($0.p10)) to \(signed($0.p90)))" } ?? "" : ""
    let name =
      switch last.figure {
      case .closingBalance: "the balance at the end of \(last.year)"
      case .inYearBalance: "budget less spending in \(last.year)"
      default: "\(last.figure.words) in \(last.year)"
      }
    let direction =
      last.figure.isBalance ? (change > 0 ? "better" : "worse") : (change > 0 ? "higher" : "lower")
    return ["\(service.name): \(name) is \(text(change)) \(direction) on average\(range)."]
  }

  /// What it costs or spares the General Fund over the years. Means may be added; ranges may not, and are not given.
  private static func generalFund(
    _ differences: [FigureDifference], _ service: ServiceOutcome, _ words: PaperWords
  ) -> [String] {
    let own = differences.filter { $0.figure == .generalFund }
    guard let first = own.first, let last = own.last else { return [] }
    let sum = own.reduce(0) { $0 + $1.difference.mean }
    let unit = MoneyUnit(suiting: [sum])
    guard unit.sentence(sum.magnitude) != unit.sentence(0) else { return [] }
    return [
      "\(service.name): the General Fund would bear \(unit.sentence(sum.magnitude)) \(sum > 0 ? "more" : "less") "
        + "from \(first.year) to \(last.year) on average."
        + (differences.contains { $0.figure == .closingBalance && $0.difference.mean > 0 } && sum > 0
          ? " What the balance gains here others pay: the cost moves, it is not saved." : "")
    ]
  }
}
