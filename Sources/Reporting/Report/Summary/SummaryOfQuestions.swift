import Commissioning

/// What the questions put to a plan find, in sentences.
struct SummaryOfQuestions {
  let report: PlanReport

  init(_ report: PlanReport) { self.report = report }

  /// What moves the result most, one at a time and by its share of the variance.
  var drivers: [String] {
    guard let tornado = report.tornado else { return [] }
    let question = tornado.question
    var sentences: [String] = []
    let moving = tornado.tornado.bars.filter { $0.swing != 0 }
    let outcome = report.outcome
    let figure = SummaryWords.figure(question, of: outcome)
    func amount(_ value: Double) -> String {
      guard question.figure.isMoney else { return question.cell(value, money: .millions) }
      return question.figure == .closingBalance ? SummaryWords.position(value) : SummaryWords.pounds(value)
    }
    if let bar = moving.first, let low = bar.low, let high = bar.high {
      func setting(_ value: Double) -> String {
        SummaryWords.setting(value, of: bar.candidate.id, in: outcome)
      }
      sentences.append(
        "Of all assumptions, \"\(bar.candidate.id)\" moves the \(figure) most: with \(setting(low.value)) it is "
          + "\(amount(low.mean.value)), with \(setting(high.value)) it is \(amount(high.mean.value)).")
    }
    if let share = tornado.shares.shares.first(where: { $0.value > 2 * $0.error }) {
      let kind = share.kind == .series ? "the forecast of" : "the assumption"
      sentences.append(
        "The doubt about it comes most of all from \(kind) \"\(share.id)\", which explains "
          + "\(NumberText.fixed(share.value, decimals: 0, dividedByTenTo: -2))% of its variance.")
    }
    return sentences
  }

  /// What the measures of the register are worth.
  var measures: [String] {
    guard let worth = report.measures, let first = worth.years.first, let last = worth.years.last,
      !worth.rows.isEmpty
    else { return [] }
    let count =
      worth.rows.count == 1 ? "The register's measure" : "The \(worth.rows.count) measures of the register"
    let certain = worth.whole.certainInAll
    let weighted = worth.whole.weightedInAll
    let money = MoneyUnit(suiting: [certain.mean, weighted.mean])
    func saving(_ amount: Double) -> String {
      "a \(amount < 0 ? "loss" : "saving") of \(money.sentence(amount.magnitude))"
    }
    var sentences = [
      "If every one were delivered, \(count.prefix(1).lowercased() + count.dropFirst()) would "
        + (certain.mean < 0
          ? "cost \(money.sentence(-certain.mean)) more than \(worth.rows.count == 1 ? "it saves" : "they save")"
          : "save \(money.sentence(certain.mean)), after what \(worth.rows.count == 1 ? "it costs" : "they cost"),")
        + (first == last ? " in \(first)" : " from \(first) to \(last)")
        + ". What a measure costs is paid even where it fails, unless the register says otherwise. Weighed by how likely delivery is, that is \(saving(weighted.mean))"
        + SummaryWords.range(weighted, saving) + "."
    ]
    sentences.append(
      report.definition.mitigationMode == .none
        ? "The figures of this plan are without them." : "The figures of this plan have them.")
    return sentences
  }

  /// What the other scenarios make of the result.
  var scenarios: [String] {
    guard let comparison = report.comparison,
      let year = report.outcome.services.flatMap(\.years).map(\.year).max()
    else { return [] }
    let figure: PlanFigure =
      report.outcome.services.contains(where: \.isRingFenced) ? .closingBalance : .inYearBalance
    let service =
      report.outcome.services.first { figure == .inYearBalance || $0.isRingFenced }
    guard let service else { return [] }
    let parts = comparison.pairs.compactMap { pair -> String? in
      if pair.side.paths.refusals.contains(where: { $0.service == service.id }) {
        return "\(pair.side.name) could not be planned"
      }
      guard
        let difference = pair.differences.first(where: {
          $0.service == service.id && $0.figure == figure && $0.year == year
        })
      else { return nil }
      let change = difference.difference.mean
      let text = SummaryWords.pounds(abs(change))
      // What rounds to nothing is no change to a reader.
      if text == SummaryWords.pounds(0) { return "\(pair.side.name) leaves it as it is" }
      return "\(pair.side.name) makes it \(text) \(change > 0 ? "better" : "worse")" + moved(pair, service)
    }
    guard !parts.isEmpty else { return [] }
    let words = SummaryWords.figure(figure, isRingFenced: service.isRingFenced)
    return [
      "Beside \(comparison.first.name), for the expected \(words) of \(service.name) in \(year): "
        + parts.joined(separator: "; ") + "."
    ]
  }

  /// What a scenario moves to or from the General Fund in all years, as a clause: a balance that is charged elsewhere is
  /// no saving.
  private func moved(_ pair: ScenarioComparison.Pair, _ service: ServiceOutcome) -> String {
    let own = pair.differences.filter { $0.service == service.id && $0.figure == .generalFund }
    let change = own.reduce(0) { $0 + $1.difference.mean }
    let text = SummaryWords.pounds(abs(change))
    // Less than a hundredth of what it does to the balance is no matter of the summary.
    let balance =
      pair.differences.last { $0.service == service.id && $0.figure == .closingBalance }?.difference.mean ?? 0
    guard text != SummaryWords.pounds(0), abs(change) > abs(balance) / 20 else { return "" }
    return
      " and costs the General Fund \(text) \(change > 0 ? "more" : "less")\(own.count > 1 ? " over the years" : "")"
  }
}
