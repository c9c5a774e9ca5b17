import Needscast

extension Subject {
  /// The amounts that are shown of the years.
  private var amounts: [PlanFigure] {
    [.spend, .budget, .inYearBalance] + (isRingFenced ? [.closingBalance] : [])
  }

  /// The unit of the sentence and of the table, so that neither reads otherwise than the other: millions as soon as
  /// anything shown comes to one, which is where the charts begin to count in them.
  private var unit: MoneyUnit {
    let shown = years.flatMap { year in
      amounts.compactMap { $0.quantity(of: year)?.mean }
        + (balance.quantity(of: year)?.interval80.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    return shown.contains { $0.magnitude >= 1e6 } ? .millions : .thousands
  }

  /// A chance as a sentence has it.
  private func words(_ chance: Probability) -> String {
    switch NumberText.percent(chance) {
    case "<1%": "less than 1%"
    case ">99%": "more than 99%"
    case let text: text
    }
  }

  /// What the last year comes to.
  var sentence: String {
    guard let last, let balance = balance.quantity(of: last) else {
      return "\(name): no balance is known or forecast in any year."
    }
    var parts: [String] = []
    if let chance = last.probabilityOverspend, paths.draws > 1 {
      parts.append("the chance of overspend in \(last.year) is \(words(chance))")
    }
    if isRingFenced, let chance = last.probabilityDeficit, paths.draws > 1 {
      parts.append("the chance of a deficit at its end is \(words(chance))")
    }
    let what =
      isRingFenced ? "balance carried forward from \(last.year)" : "budget less spend in \(last.year)"
    var amount = "the \(expected)\(what) is \(unit.sentence(balance.mean))"
    if paths.draws == 1 { amount += " in the one future that is simulated" }
    if let interval = balance.interval80, paths.draws > 1 {
      amount +=
        " (80 in 100 futures lie between \(unit.sentence(interval.lowerBound)) and \(unit.sentence(interval.upperBound)))"
    }
    parts.append(amount)
    return "\(name): \(parts.joined(separator: "; "))."
  }

  /// One future says nothing of what is to be expected.
  private var expected: String { paths.draws > 1 ? "expected " : "" }

  /// The last year in a few words.
  var short: String {
    guard let last, let balance = balance.quantity(of: last) else { return "\(name): no balance" }
    let chance = isRingFenced ? last.probabilityDeficit : last.probabilityOverspend
    let feared = isRingFenced ? "deficit" : "overspend"
    let amount = "\(last.year): \(unit.sentence(balance.mean))"
    guard let chance, paths.draws > 1 else { return amount }
    return "\(amount), \(feared) \(NumberText.percent(chance))"
  }

  /// What differs from the same plan without the settings of the page; differences are taken in each future.
  func compared(with base: Subject) -> String? {
    guard let last, let was = base.years.first(where: { $0.year == last.year }),
      let now = balance.quantity(of: last), let before = balance.quantity(of: was)
    else { return nil }
    let change = now.mean - before.mean
    var parts: [String] = []
    if change == 0 {
      parts.append("the \(expected)balance of \(last.year) is the same")
    } else {
      let amount = Self.difference(change.magnitude)
      parts.append("the \(expected)balance of \(last.year) is \(amount) \(change > 0 ? "better" : "worse")")
    }
    if paths.draws > 1, let chance = last.probabilityOverspend, let old = was.probabilityOverspend {
      parts.append("overspend \(words(chance)), was \(words(old))")
    }
    if paths.draws > 1, isRingFenced, let chance = last.probabilityDeficit, let old = was.probabilityDeficit {
      parts.append("deficit \(words(chance)), was \(words(old))")
    }
    return "Against the plan before your changes: \(parts.joined(separator: "; "))."
  }

  /// The size of a difference, which is never nothing where it is there.
  static func difference(_ pounds: Double) -> String {
    pounds < 500 ? "less than £1k" : MoneyUnit(suiting: [pounds]).sentence(pounds)
  }

  /// The years as a table.
  var table: YearRows {
    let counts = [PlanFigure.need, .unmetNeed].filter { figure in
      years.contains { figure.quantity(of: $0) != nil }
    }
    let amounts = amounts
    let unit = unit
    let hasChances = paths.draws > 1
    func cell(_ figure: PlanFigure, _ year: YearOutcome) -> String {
      guard let quantity = figure.quantity(of: year) else { return NumberText.absent }
      return figure.isMoney ? unit.cell(quantity.mean) : NumberText.whole(quantity.mean)
    }
    func interval(_ year: YearOutcome) -> String {
      guard let interval = balance.quantity(of: year)?.interval80 else { return NumberText.absent }
      return "\(unit.cell(interval.lowerBound)) to \(unit.cell(interval.upperBound))"
    }
    func chance(_ probability: Probability?, _ year: YearOutcome) -> String {
      guard let probability else { return NumberText.absent }
      // What is published has happened or has not, and no chance is left in it.
      if year.kind == .outturn, case .known = year.inYearBalance { return "known" }
      return NumberText.percent(probability)
    }
    let money = amounts.map { figure in
      switch figure {
      case .spend: "Spend"
      case .budget: "Budget"
      case .inYearBalance: "In-year balance"
      default: "Carried forward"
      }
    }
    let errors =
      years.flatMap { [$0.probabilityOverspend?.error, $0.probabilityDeficit?.error] }
      .compactMap { $0 }.max() ?? 0
    return YearRows(
      columns: counts.map { $0 == .need ? "Need" : "Unmet need" }
        + money.map { "\($0), \(unit.heading)" }
        + (hasChances ? ["80% interval, \(unit.heading)", "Chance of overspend"] : [])
        + (hasChances && isRingFenced ? ["Chance of deficit"] : []),
      rows: years.map { year in
        YearRows.Row(
          year: "\(year.year)", kind: year.kind.rawValue,
          cells: (counts + amounts).map { cell($0, year) }
            + (hasChances ? [interval(year), chance(year.probabilityOverspend, year)] : [])
            + (hasChances && isRingFenced ? [chance(year.probabilityDeficit, year)] : []))
      },
      note: note(error: errors, isNeedKnown: counts.contains(.need)))
  }

  private func note(error: Double, isNeedKnown: Bool) -> String {
    let isOne = paths.draws == 1
    var parts = [
      isOne
        ? "One simulated future, which says nothing of chance"
        : "Means over \(NumberText.whole(paths.draws)) simulated futures"
    ]
    if let service, isNeedKnown { parts.append("need is \(service.meaning.need)") }
    if !isOne {
      parts.append("the interval is of \(isRingFenced ? "what is carried forward" : "the in-year balance")")
    }
    if error > 0, !isOne {
      parts.append(
        "by the luck of the draw a chance may be off by \(NumberText.fixed(error, decimals: 1, dividedByTenTo: -2)) percentage points (one standard error, the largest)"
      )
    }
    return parts.joined(separator: "; ") + "."
  }
}
