import Commissioning

extension DumbbellChart {
  /// A figure of one year in every scenario beside the first of them: means over the simulated futures.
  ///
  /// The title names the scenario that changes the figure most, and how likely it is to change it that way.
  ///
  /// - Parameters:
  ///   - comparison: the scenarios.
  ///   - service: the service, by the name that scripts use; nil for all services together.
  ///   - figure: the figure; nil for the balance carried forward where there is one, and the in-year balance elsewhere.
  ///   - year: the financial year; nil for the last that is compared.
  ///   - identifier: what the ids of the document begin with.
  /// - Throws: ``ReportingError/chart(_:)`` where no scenario has the figure.
  public init(
    _ comparison: ScenarioComparison, service: String?, figure: PlanFigure? = nil, year: FinancialYear? = nil,
    identifier: String = "scenarios"
  ) throws(ReportingError) {
    let first = comparison.first
    let subject = try PlanSubject(first.paths, service: service)
    let figure = figure ?? subject.balance
    let all = comparison.pairs.map { pair in
      pair.differences.filter { $0.service == service && $0.figure == figure }
    }
    guard let year = year ?? all.flatMap({ $0 }).map(\.year).max() else {
      throw .chart(
        "the comparison has no \(figure.words) of \(service ?? "all services") in any year; compare that figure"
      )
    }
    let found = zip(comparison.pairs, all).map { pair, differences in
      (name: pair.side.name, difference: differences.first { $0.year == year })
    }
    guard found.contains(where: { $0.difference != nil }) else {
      throw .chart("the comparison has no \(figure.words) of \(service ?? "all services") in \(year)")
    }
    let unit = subject.unit(of: figure)
    let figures = FigureText(
      unit,
      showing: found.flatMap { one in
        one.difference.map { [$0.first.mean, $0.other.mean] } ?? []
      })
    let words = "\(subject.words(figure)) of \(year)"
    let moving = found.compactMap { one in one.difference.map { (name: one.name, difference: $0) } }
      .filter { !$0.difference.isNone }
    let widest = moving.enumerated().max {
      ($0.element.difference.difference.mean.magnitude, -$0.offset)
        < ($1.element.difference.difference.mean.magnitude, -$1.offset)
    }?.element
    // What one balance gains because the General Fund pays is no gain of the council.
    let charges = figure == .generalFund ? [] : Self.charges(comparison, service: service)
    var title = "\(subject.name): no scenario changes the \(words)"
    if let widest {
      let mean = widest.difference.difference.mean
      let chance = mean >= 0 ? widest.difference.probabilityAbove : widest.difference.probabilityBelow
      title =
        "\(subject.name): \(widest.name) \(mean >= 0 ? "raises" : "lowers") the \(words) most, "
        + "by \(figures.text(mean.magnitude)) "
        + (subject.isOneFuture
          ? "in one simulated future"
          : "on average; that it is \(mean >= 0 ? "higher" : "lower") is \(ChanceWords.text(chance))")
      if let charge = charges.first(where: { $0.name == widest.name }) {
        title += ", and the General Fund pays \(charge.words)"
      }
    }
    let absent = found.filter { $0.difference == nil }.map(\.name)
    try self.init(
      title: title, subtitle: subject.subtitle(figure, in: year), unit: unit, fromName: first.name,
      toName: "the scenario named",
      rows: found.map { one in
        Row(one.name, from: one.difference?.first.mean, to: one.difference?.other.mean)
      },
      notes: [
        subject.isOneFuture
          ? "One simulated future." : "Means over the simulated futures, which the scenarios share."
      ]
        + charges.map { "Under \($0.name) the General Fund pays \($0.words)." }
        + (absent.isEmpty ? [] : ["Without a figure to compare: \(absent.joined(separator: ", "))."]),
      identifier: identifier)
  }

  /// What each scenario changes in what the General Fund pays over all years that are compared; only scenarios that
  /// change it, and nothing where the comparison leaves it out.
  private static func charges(
    _ comparison: ScenarioComparison, service: String?
  ) -> [(name: String, words: String)] {
    comparison.pairs.compactMap { pair in
      let all = pair.differences.filter { $0.figure == .generalFund }
      let own = all.filter { $0.service == service }
      // All services together, where there is no total of them: each by itself.
      let taken = own.isEmpty && service == nil ? all : own
      let sum = taken.reduce(0) { $0 + $1.difference.mean }
      let text = FigureText(.pounds, showing: [sum]).text(sum.magnitude)
      guard let first = taken.map(\.year).min(), let last = taken.map(\.year).max(),
        !SummaryWords.isNothing(sum)
      else { return nil }
      let span = first == last ? "in \(first)" : "over \(first) to \(last)"
      return (pair.side.name, "\(text) \(sum > 0 ? "more" : "less") \(span)")
    }
  }
}
