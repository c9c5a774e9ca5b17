import Commissioning
import TimeSeries

/// How a sum is best spread over measures and places, for a terminal, a spreadsheet or a program.
public struct AllocationReport: Sendable {
  let heading: QuestionHeading
  let shortfall: Shortfall
  let service: String?
  let year: FinancialYear
  let sum: Double
  let allocation: Allocation
  let alone: [MeanEstimate]
  let whole: MeanEstimate

  /// Puts together a report.
  ///
  /// - Parameters:
  ///   - alone: the mean by which each option alone, with all its units, makes the shortfall smaller.
  ///   - whole: the mean shortfall of the plan run with the whole choice.
  public init(
    heading: QuestionHeading, shortfall: Shortfall, service: String?, year: FinancialYear, sum: Double,
    allocation: Allocation, alone: [MeanEstimate], whole: MeanEstimate
  ) {
    self.heading = heading
    self.shortfall = shortfall
    self.service = service
    self.year = year
    self.sum = sum
    self.allocation = allocation
    self.alone = alone
    self.whole = whole
  }

  // MARK: CSV and JSON

  /// The columns of the comma-separated text.
  public static let columns = [
    "plan", "option", "units", "cost", "shortfall", "shortfall_error", "reduction", "reduction_error",
  ]

  /// The best plan and the runner-up as comma-separated text: a row for each option, and one for all of them together.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    for (name, plan) in [("best", allocation.best as Allocation.Plan?), ("runner-up", allocation.runnerUp)] {
      guard let plan else { continue }
      for choice in plan.choices {
        text += CSVText.row(
          [
            name, CSVText.text(choice.id), CSVText.number(choice.units), CSVText.number(choice.cost), "", "",
            "", "",
          ])
      }
      text += CSVText.row(
        [name, PlanCSV.totalService, ""]
          + [
            plan.spent, plan.shortfall.value, plan.shortfall.error, plan.reduction.value,
            plan.reduction.error,
          ].map(CSVText.number))
    }
    return text
  }

  /// The report as JSON, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)`` when a figure is not a finite number.
  public func json() throws(ReportingError) -> String { try JSONText.text(AllocationDocument(self)) }

  // MARK: Text

  /// The report for a terminal; fewer than 60 characters in a line are taken as 60.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    let sections = [opening(width), choices(width), prices(width), remarks(width)]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }

  private var what: String {
    let name = shortfall == .expectedDeficit ? "expected deficit" : "unmet need, in child-weeks,"
    return "\(name) of \(service ?? "all services") in \(year)"
  }

  private func cell(_ value: Double) -> String {
    shortfall == .expectedDeficit
      ? MoneyUnit(suiting: [allocation.before.value]).sentence(value)
      : NumberText.fixed(value, decimals: NumberText.decimals(showing: [allocation.before.value]))
  }

  private func pounds(_ value: Double) -> String { "£" + NumberText.whole(value) }

  private func opening(_ width: Int) -> [String] {
    heading.lines(width: width)
      + Paragraph.lines(
        "\(pounds(sum)) spread so that the \(what) is least: from \(cell(allocation.before.value)) to "
          + "\(cell(allocation.best.shortfall.value)) (+/- \(cell(allocation.best.shortfall.error))), less by "
          + "\(cell(allocation.best.reduction.value)) (+/- \(cell(allocation.best.reduction.error))), for "
          + "\(pounds(allocation.best.spent)).", width: width)
  }

  private func choices(_ width: Int) -> [String] {
    var grid = TextGrid([
      .init("option", alignment: .left), .init("all of it", "alone"), .init("best", "units"),
      .init("best", "cost"),
      .init("runner-up", "units"), .init("", alignment: .left, wraps: false),
    ])
    let most = max(1, allocation.best.choices.map(\.cost).max() ?? 0)
    for (index, choice) in allocation.best.choices.enumerated() {
      grid.add([
        choice.id, cell(alone[index].value), NumberText.plain(choice.units), pounds(choice.cost),
        allocation.runnerUp.map { NumberText.plain($0.choices[index].units) } ?? NumberText.absent,
        CharacterBar.of(choice.cost / most, width: 20),
      ])
    }
    grid.add([
      "all", "", "", pounds(allocation.best.spent),
      allocation.runnerUp.map { "leaves \(cell($0.shortfall.value))" } ?? NumberText.absent, "",
    ])
    return grid.lines(indent: 0, width: width)
  }

  private func prices(_ width: Int) -> [String] {
    var grid = TextGrid([
      .init("condition", alignment: .left), .init("used"), .init("bound"), .init("worth of one more"),
    ])
    for price in allocation.prices {
      grid.add([
        price.name, NumberText.grouped((price.used * 100).rounded() / 100),
        NumberText.grouped((price.bound * 100).rounded() / 100),
        shortfall == .expectedDeficit
          ? "£" + NumberText.significant(price.price) : NumberText.significant(price.price) + " child-weeks",
      ])
    }
    return grid.lines(indent: 0, width: width)
  }

  private func remarks(_ width: Int) -> [String] {
    var sentences = [
      allocation.isProved
        ? "Proved: on these simulated futures no other choice leaves less."
        : "Not proved: no choice can leave less than \(cell(allocation.bound)), and the work allowed ran out before.",
      "The plan run with the whole choice leaves \(cell(whole.value)) (+/- \(cell(whole.error))); it differs from the "
        + "figure above by what three and more options, or measures and places, do to one another, and where units within "
        + "a quarter of an option do not all do the same.",
      "All of it alone: by how much an option makes the shortfall smaller with all its units and nothing else. Worth of "
        + "one more: by how much it would fall if the bound were eased by one and options could be bought in parts. "
        + "+/- is one standard error of the simulation.",
    ]
    if allocation.runnerUp == nil { sentences.append("No other choice meets the conditions.") }
    return sentences.flatMap { Paragraph.lines($0, width: width) }
  }
}
