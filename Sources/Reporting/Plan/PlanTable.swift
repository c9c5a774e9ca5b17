import Commissioning
import TimeSeries

/// A plan as text for a terminal: what a finance officer reads first.
///
/// The wording may change from version to version; programs read ``PlanJSON`` or ``PlanCSV``.
public struct PlanTable: Sendable {
  /// How much is shown.
  public enum Detail: String, CaseIterable, Hashable, Sendable {
    /// The years of every service, what rests on assumption, and the assumptions' values.
    case summary
    /// Also the lines of the money, the reasons for the assumptions, and the series that were used.
    case full
  }

  /// The plan's title.
  public let name: String
  /// How much is shown.
  public let detail: Detail
  /// The unit of money; nil for the one that suits each service.
  public let money: MoneyUnit?
  /// The number of characters in a line.
  public let width: Int

  /// What was set over the workspace, `path=value`, which the heading names.
  public let overrides: [String]
  /// What the scenarios change, which the heading says behind their names.
  public let changes: [ScenarioChanges]
  /// Whether it is coloured.
  public let style: TextStyle

  /// Describes a table; fewer than 60 characters in a line are taken as 60.
  public init(
    name: String, detail: Detail = .summary, money: MoneyUnit? = nil, width: Int = 100,
    overrides: [String] = [], changes: [ScenarioChanges] = [], style: TextStyle = .plain
  ) {
    self.name = name
    self.detail = detail
    self.money = money
    self.width = max(60, width)
    self.overrides = overrides
    self.changes = changes
    self.style = style
  }

  /// The text of one scenario, with a line feed at the end.
  public func text(_ outcome: PlanOutcome) -> String {
    let heading = PlanHeading(name: name, overrides: overrides, changes: changes, style: style)
    var sections = [heading.lines(outcome, width: width)]
    sections.append(PlanSummary(outcome: outcome, money: money).lines(width: width))
    sections.append(heading.explanation(outcome, width: width))
    sections += outcome.services.map { section($0, hasChances: outcome.draws > 1) }
    sections.append(total(outcome))
    sections.append(refusals(outcome))
    sections.append(restingOnAssumption(outcome))
    sections.append(notes(outcome))
    sections.append(assumptions(outcome))
    if detail == .full { sections.append(evidence(outcome)) }
    sections.append(ComparisonTable(outcome).lines(width: width, style: style))
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  // MARK: Sections

  private func section(_ service: ServiceOutcome, hasChances: Bool) -> [String] {
    let meaning = service.meaning
    let legend =
      "Need: \(meaning.need); demand: \(meaning.demand); supply: \(meaning.supply); "
      + "unmet need: \(meaning.unmetNeed)."
    let table = YearTable(
      years: service.years, hasPeople: true, isRingFenced: service.isRingFenced, hasChances: hasChances,
      money: money ?? MoneyUnit(suiting: service.amounts))
    return underlined("\(service.name) (\(service.id))") + Paragraph.lines(legend, width: width)
      + Paragraph.lines(
        service.isRingFenced
          ? "In-year: budget less spend. Closing: DSG balance carried forward (deficit negative)."
          : "In-year: variance, budget less spend (overspend negative).", width: width)
      + [""] + table.lines(width: width, style: style)
      + (detail == .full
        ? MovementTable(service).lines(width: width, style: style)
          + LineTable(service, money: table.money).lines(width: width, style: style)
        : [])
  }

  private func total(_ outcome: PlanOutcome) -> [String] {
    if !outcome.refusals.isEmpty { return [] }
    let heading = underlined("All services")
    guard !outcome.total.isEmpty else {
      return heading
        + Paragraph.lines(
          "There is no year in which every service has both spending and a budget.", width: width)
    }
    let table = YearTable(
      years: outcome.total, hasPeople: false, isRingFenced: false, hasChances: outcome.draws > 1,
      money: money ?? MoneyUnit(suiting: outcome.total.flatMap(\.amounts)))
    return heading
      + Paragraph.lines(
        "From the first year in which every service has spending and a budget, summed inside each simulated future. "
          + "In-year: variance, budget less spend (overspend negative), without balances carried forward.",
        width: width)
      + [""] + table.lines(width: width, style: style)
  }

  private func refusals(_ outcome: PlanOutcome) -> [String] {
    if outcome.refusals.isEmpty { return [] }
    return underlined("Not planned")
      + outcome.refusals.flatMap { refusal in
        let named =
          refusal.reason.hasPrefix(refusal.service + ":")
          ? refusal.reason : "\(refusal.service): \(refusal.reason)"
        return Paragraph.lines(named, first: "- ", width: width)
      }
      + Paragraph.lines(
        "There is no total: a total of some services would be read as that of all.", width: width)
  }

  private func restingOnAssumption(_ outcome: PlanOutcome) -> [String] {
    var shares = outcome.services.compactMap { AssumedShare(name: $0.name, years: $0.years) }
    if let total = AssumedShare(name: "All services", years: outcome.total) { shares.append(total) }
    if shares.isEmpty { return [] }
    let unit = money ?? MoneyUnit(suiting: shares.map(\.spend))
    var grid = TextGrid([
      .init("service", alignment: .left), .init("forecast years", alignment: .left),
      .init("mean", "spend,", unit.heading), .init("of it on", "assumption,", unit.heading), .init("share"),
    ])
    for share in shares {
      grid.add([
        share.name, share.span, unit.cell(share.spend), unit.cell(share.onAssumption), share.text,
      ])
    }
    return underlined("How much of the money rests on assumption")
      + grid.lines(indent: 0, width: width, style: style)
  }

  private func notes(_ outcome: PlanOutcome) -> [String] {
    var noted = outcome.services.map { (name: $0.name, notes: $0.notes) }
    noted.append((name: "The plan as a whole", notes: outcome.notes))
    noted.removeAll { $0.notes.isEmpty }
    if noted.isEmpty { return [] }
    return underlined("Notes")
      + noted.flatMap { name, notes in
        [name] + notes.flatMap { Paragraph.lines(ModelName.explaining($0), first: "- ", width: width) }
      }
  }

  private func assumptions(_ outcome: PlanOutcome) -> [String] {
    if outcome.assumptions.isEmpty { return [] }
    if detail == .full {
      return underlined("Assumptions")
        + outcome.assumptions.flatMap { assumption in
          Paragraph.lines("\(assumption.id): \(assumption.text) (\(assumption.unit))", width: width)
            + Paragraph.lines(assumption.reason, first: "    ", width: width)
        }
    }
    var grid = TextGrid([
      .init("name", alignment: .left), .init("value", alignment: .left), .init("unit", alignment: .left),
    ])
    // The last column takes what is left of the line, and a long unit goes on below.
    let taken =
      (outcome.assumptions.map { DisplayText.width(of: $0.id) }.max() ?? 0)
      + (outcome.assumptions.map { DisplayText.width(of: $0.text) }.max() ?? 0) + 4
    for assumption in outcome.assumptions {
      guard width - taken >= 20 else {
        grid.add([assumption.id, assumption.text, assumption.unit])
        continue
      }
      let unit = Paragraph.lines(assumption.unit, width: width - taken)
      for (position, line) in unit.enumerated() {
        grid.add(position == 0 ? [assumption.id, assumption.text, line] : ["", "", line])
      }
    }
    return underlined("Assumptions") + grid.lines(indent: 0, width: width, style: style)
  }

  private func evidence(_ outcome: PlanOutcome) -> [String] {
    if outcome.evidence.isEmpty { return [] }
    return underlined("Evidence")
      + outcome.evidence.flatMap { used in
        let document = EvidenceDocument(used)
        var text = used.series.area.map { "\(used.series.id), \($0)" } ?? used.series.id
        if let latest = used.series.latest { text += ", to \(latest.period.label)" }
        if let model = used.model { text += "; carried forward by \(ModelName.explained(model))" }
        return Paragraph.lines(text, width: width)
          + [document.source, document.row].compactMap { $0 }
          .flatMap { Paragraph.lines($0, first: "    ", width: width) }
      }
  }

  private func underlined(_ title: String) -> [String] { style.underlined(title, width: width) }
}

extension YearOutcome {
  /// The means of the year's money, which decide the unit it is shown in.
  var amounts: [Double] { [spend, budget, inYearBalance, closingBalance].compactMap { $0?.mean } }
}

extension ServiceOutcome {
  /// The means of all its money.
  var amounts: [Double] { years.flatMap(\.amounts) }
}
