import Commissioning

/// What becomes of one service, in sentences: its money and how likely it is to overspend.
struct ServiceWords {
  let service: ServiceOutcome
  let hasChances: Bool

  init(_ service: ServiceOutcome, hasChances: Bool) {
    self.service = service
    self.hasChances = hasChances
  }

  var sentences: [String] {
    guard let year = service.years.last(where: { $0.inYearBalance != nil }), let balance = year.inYearBalance,
      let spend = year.spend, let budget = year.budget
    else { return [] }
    let words =
      "\(SummaryWords.pounds(spend.mean)) in \(year.year), against \(SummaryWords.pounds(budget.mean))"
    var sentences = [
      "\(service.name) is expected to cost \(words) available: "
        + (SummaryWords.isNothing(balance.mean)
          ? "the two are about even." : "\(SummaryWords.gap(balance.mean)).")
    ]
    guard hasChances else { return sentences }
    if let chance = year.probabilityOverspend.flatMap(HedgedWord.opening) {
      sentences.append("\(chance) that it overspends in that year.")
    }
    if let closing = year.closingBalance {
      sentences.append(
        "At its end \(SummaryWords.position(closing.mean)) is expected to be carried forward"
          + SummaryWords.positions(closing) + ".")
    }
    return sentences
  }
}
