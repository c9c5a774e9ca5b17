import Commissioning

extension HistogramChart {
  /// A figure of one year of a plan in all of its simulated futures, the part that is feared shaded.
  ///
  /// A balance is held against nothing: shaded is a deficit or an overspend. Spend is held against the budget where
  /// that is the same in every future. Any other figure is held against the last that is known.
  ///
  /// - Parameters:
  ///   - paths: the plan.
  ///   - service: the service, by the name that scripts use; nil for all services together.
  ///   - figure: the figure; nil for the balance carried forward of a ring-fenced service, and the in-year balance of
  ///     any other.
  ///   - year: the financial year; nil for the last in which the figure is forecast.
  ///   - identifier: what the ids of the document begin with; made of the service and the figure unless it is given.
  /// - Throws: ``ReportingError/chart(_:)`` where the plan has no such service, figure or year, where the figure is the
  ///   same in every future, or where there are fewer than 20 futures.
  public init(
    _ paths: PlanPaths, service: String?, figure: PlanFigure? = nil, year: FinancialYear? = nil,
    identifier: String? = nil
  ) throws(ReportingError) {
    let subject = try PlanSubject(paths, service: service)
    let figure = figure ?? subject.balance
    let found =
      if let year {
        subject.years.first { $0.year == year }
      } else {
        subject.years.last { figure.draws(of: $0) != nil }
      }
    guard let found, let draws = figure.draws(of: found) else {
      guard subject.years.contains(where: { figure.draws(of: $0) != nil }) else {
        throw subject.lacks(figure)
      }
      let known = subject.years.filter {
        figure.draws(of: $0)?.knownValue == nil && figure.draws(of: $0) != nil
      }
      throw .chart(
        "\(subject.name) has no \(figure.words) in \(year.map { "\($0)" } ?? "any year"); it is forecast in "
          + known.map { "\($0.year)" }.joined(separator: ", "))
    }
    let words = "\(subject.words(figure)) of \(found.year)"
    let unit = subject.unit(of: figure)
    guard draws.knownValue == nil else {
      let value = FigureText(unit, showing: [draws.knownValue ?? 0]).text(draws.knownValue ?? 0)
      throw .chart(
        "\(subject.name): \(words) is \(value) in every simulated future, so that there is nothing to count; "
          + "choose a year that is forecast")
    }
    guard paths.draws >= 20 else {
      throw .chart(
        "a histogram needs at least 20 simulated futures and there are \(paths.draws); ask for more draws")
    }
    let amounts: [Double]
    do {
      amounts = try draws.amounts(of: "\(subject.name), \(words)")
    } catch {
      throw .chart("\(error)")
    }
    let mark = try Self.mark(subject, figure, found, unit)
    let chance = try mark.side == .below ? draws.chance(below: mark.value) : draws.chance(above: mark.value)
    try self.init(
      title: "\(subject.name): \(mark.event) is \(ChanceWords.text(chance))",
      subtitle: subject.subtitle(figure, in: found.year), unit: unit, amounts: amounts,
      threshold: mark.value, side: mark.side, sideName: mark.sideName,
      identifier: identifier ?? "\(service ?? PlanCSV.totalService)-\(figure.rawValue)-futures")
  }

  /// What a figure is held against.
  private struct Mark {
    let value: Double
    let side: Side
    /// What the shaded futures are called.
    let sideName: String
    /// What happens in them, as a sentence begins.
    let event: String
  }

  private static func mark(
    _ subject: PlanSubject, _ figure: PlanFigure, _ year: ServiceYear, _ unit: ChartUnit
  ) throws(ReportingError) -> Mark {
    switch figure {
    case .closingBalance:
      return Mark(
        value: 0, side: .below, sideName: "deficit", event: "a deficit at the end of \(year.year)")
    case .inYearBalance:
      return Mark(value: 0, side: .below, sideName: "overspend", event: "an overspend in \(year.year)")
    default: break
    }
    if figure == .spend, let budget = year.budget?.knownValue {
      return Mark(
        value: budget, side: .above, sideName: "more than the budget",
        event:
          "spending more than the budget of \(FigureText(unit, showing: [budget]).text(budget)) in \(year.year)"
      )
    }
    let before = subject.years.last { $0.year < year.year && figure.draws(of: $0)?.knownValue != nil }
    guard let before, let value = figure.draws(of: before)?.knownValue else {
      throw .chart(
        "\(subject.name): no earlier year of \(figure.words) is known, against which it could be held; choose a balance"
      )
    }
    let text = FigureText(unit, showing: [value]).text(value)
    return Mark(
      value: value, side: .above, sideName: "more than in \(before.year)",
      event: "more in \(year.year) than the \(text) of \(before.year) (\(subject.words(figure)))")
  }
}
