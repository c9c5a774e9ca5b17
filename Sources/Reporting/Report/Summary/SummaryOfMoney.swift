import Commissioning

/// What a plan comes to in money, in sentences.
struct SummaryOfMoney {
  let outcome: PlanOutcome

  /// The whole against its budget in the last year.
  var headline: String {
    let known = "On what was known on \(SummaryWords.day(outcome.asOf))"
    if !outcome.refusals.isEmpty {
      let names = outcome.refusals.map(\.service).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      return
        "\(known), \(SummaryWords.list(names)) could not be planned, so there is no total for \(outcome.area)."
    }
    guard let year = outcome.total.last, let spend = year.spend, let budget = year.budget else {
      return
        "\(known), there is no year in which every service of \(outcome.area) has both spending and a budget."
    }
    let services = outcome.services.count == 1 ? "the service" : "the \(outcome.services.count) services"
    let text =
      "\(known), \(services) planned here for \(outcome.area) are expected to spend "
      + "\(SummaryWords.pounds(spend.mean)) in \(year.year), against \(SummaryWords.pounds(budget.mean)) available."
    guard outcome.draws > 1, let chance = year.probabilityOverspend.flatMap(HedgedWord.opening) else {
      return text
    }
    return text + " \(chance) that spending in all is more than that."
  }

  /// The balances that are carried forward: where they stand, where they go.
  var balances: [String] {
    outcome.services.flatMap { service -> [String] in
      let years = service.years.filter { $0.closingBalance != nil }
      guard let last = years.last, let end = last.closingBalance, years.count > 1 else { return [] }
      // The latest that is published is where a reader starts from; else the first that is shown.
      guard let first = years.last(where: { $0.kind == .outturn }) ?? years.first,
        let start = first.closingBalance, first.year < last.year
      else { return [] }
      var sentences = [
        "\(service.name): \(SummaryWords.position(start.mean)) was carried forward at the end of \(first.year); at the end "
          + "of \(last.year) it is expected to be \(SummaryWords.position(end.mean))"
          + SummaryWords.positions(end) + "."
      ]
      // What is almost certain needs no second sentence beside a range that lies on one side.
      if outcome.draws > 1, let chance = last.probabilityDeficit.flatMap(HedgedWord.opening) {
        sentences.append("\(chance) that it is a deficit then.")
      }
      return sentences
    }
  }

  /// The services against their own budgets in the last year, the most expected overspend first.
  var overspends: [String] {
    let last = outcome.services.compactMap { service -> (ServiceOutcome, YearOutcome, Double)? in
      guard let year = service.years.last(where: { $0.inYearBalance != nil }),
        let balance = year.inYearBalance
      else { return nil }
      return (service, year, balance.mean)
    }
    let over = last.enumerated().filter { $0.element.2 < 0 }
      .sorted { ($0.element.2, $0.offset) < ($1.element.2, $1.offset) }.map(\.element)
    guard !over.isEmpty else {
      return last.isEmpty ? [] : ["No service is expected to overspend in its last year."]
    }
    let year = over.map(\.1.year).max()
    return over.map { service, own, balance in
      let chance = outcome.draws > 1 ? own.probabilityOverspend.flatMap(HedgedWord.opening) : nil
      let when = own.year == year ? "in \(own.year)" : "in \(own.year), its last year"
      let text = "\(service.name): an expected overspend of \(SummaryWords.pounds(-balance)) \(when)."
      return chance.map { "\(text) \($0) that it overspends." } ?? text
    }
  }

  /// How much rests on assumption, and what the chances do not hold.
  var certainty: [String] {
    let years = outcome.total.isEmpty ? outcome.services.flatMap(\.years) : outcome.total
    var sentences: [String] = []
    if let share = AssumedShare(name: "", years: years), share.spend != 0 {
      sentences.append(
        "\(share.text) of the forecast spending rests on assumption, not on published figures.")
    }
    if outcome.draws > 1 {
      sentences.append(
        "Chances and ranges are counted over \(NumberText.whole(outcome.draws)) simulated futures; they hold the doubt "
          + "about forecasts and assumptions, not the doubt about whether these are the right ones.")
    } else {
      sentences.append("This is one simulated future, which says nothing about chance.")
    }
    return sentences
  }
}
