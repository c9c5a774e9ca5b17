import Commissioning

/// A plan in a few lines, before its tables: the whole against the budget, the largest overspend, the balances carried
/// forward, and how much rests on assumption.
struct PlanSummary {
  let outcome: PlanOutcome
  let money: MoneyUnit?

  /// The lines, each a sentence or two behind a hyphen.
  func lines(width: Int) -> [String] {
    [whole, largestOverspend, balances, onAssumption].compactMap { $0 }
      .flatMap { Paragraph.lines($0, first: "- ", width: width) }
  }

  private var whole: String? {
    if !outcome.refusals.isEmpty {
      let names = outcome.refusals.map(\.service).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      return "No total: \(names.joined(separator: ", ")) could not be planned, for the reasons below."
    }
    guard let year = outcome.total.last, let spend = year.spend, let budget = year.budget else { return nil }
    let unit = unit([spend.mean, budget.mean])
    var text =
      "All services in \(year.year): spend \(unit.sentence(spend.mean)), budget \(unit.sentence(budget.mean))"
    if outcome.draws > 1, let chance = year.probabilityOverspend {
      text += "; chance of overspend \(NumberText.percent(chance))"
    }
    return text + "."
  }

  /// The service whose last year has the lowest mean of budget less spend.
  private var largestOverspend: String? {
    let last = outcome.services.compactMap { service in
      service.years.last { $0.inYearBalance != nil }.flatMap { year in
        year.inYearBalance.map { (service: service, year: year, balance: $0.mean) }
      }
    }
    guard let worst = last.min(by: { $0.balance < $1.balance }) else { return nil }
    guard worst.balance < 0 else { return "No service is expected to overspend in its last year." }
    return
      "Largest expected overspend in \(worst.year.year): \(worst.service.name), "
      + "\(unit([worst.balance]).sentence(-worst.balance))."
  }

  /// The closing balances of the last year, where a service carries one.
  private var balances: String? {
    guard let last = outcome.services.flatMap(\.years).map(\.year).max() else { return nil }
    let parts = outcome.services.compactMap { service -> String? in
      guard let balance = service.years.first(where: { $0.year == last })?.closingBalance else { return nil }
      let unit = unit(service.amounts)
      let mean = "\(service.name) \(unit.sentence(balance.mean))"
      guard outcome.draws > 1, let one = balance.distribution else { return mean }
      return mean + " (80% interval \(unit.sentence(one.p10)) to \(unit.sentence(one.p90)))"
    }
    return parts.isEmpty ? nil : "Balance carried forward from \(last): \(parts.joined(separator: "; "))."
  }

  private var onAssumption: String? {
    let years = outcome.total.isEmpty ? outcome.services.flatMap(\.years) : outcome.total
    guard let share = AssumedShare(name: "", years: years), share.spend != 0 else { return nil }
    return "\(share.text) of the forecast spending rests on assumption, not on published figures."
  }

  private func unit(_ amounts: [Double]) -> MoneyUnit { money ?? MoneyUnit(suiting: amounts) }
}
