import Commissioning

/// The years of a service, or of all services, as rows.
struct YearTable {
  let years: [YearOutcome]
  /// Whether people and places are counted, which they are not in a total.
  let hasPeople: Bool
  /// Whether a balance is carried from year to year.
  let isRingFenced: Bool
  /// Whether there are futures enough to speak of intervals and chances.
  let hasChances: Bool
  let money: MoneyUnit

  /// The rows with their headings, then the intervals of the last year.
  func lines(width: Int, style: TextStyle = .plain) -> [String] {
    var columns: [TextGrid.Column] = [
      .init("year", alignment: .left), .init("kind", alignment: .left),
    ]
    if hasPeople { columns += [.init("need"), .init("demand"), .init("supply"), .init("unmet", "need")] }
    let balance = isRingFenced ? "closing" : "in-year"
    columns += [.init("spend", money.heading), .init("budget", money.heading)]
    columns.append(.init("in-year", money.heading, tone: TextStyle.deficit))
    if isRingFenced { columns.append(.init("closing", money.heading, tone: TextStyle.deficit)) }
    columns += [.init(balance + ", 80%", "interval"), .init("chance of", "overspend")]
    var grid = TextGrid(columns)
    for year in years { grid.add(row(year)) }
    let courses = courses.lines("over the years", width: width, style: style)
    return grid.lines(indent: 0, width: width, style: style)
      + (courses.isEmpty ? [] : [""] + courses + [""])
      + lastYear.flatMap { Paragraph.lines($0, width: width) }
  }

  /// The years as lines of blocks: need, spend, and the balance.
  private var courses: SparklineTable {
    func row(
      _ name: String, _ figure: (YearOutcome) -> Quantity?,
      tone: (@Sendable (String) -> TextStyle.Tone?)? = nil, _ cell: @escaping (Double) -> String
    ) -> SparklineTable.Row {
      let figures = years.map(figure)
      let line = Sparkline(
        figures.map { $0?.mean }, firstForecast: figures.firstIndex { $0?.distribution != nil })
      return SparklineTable.Row(name, line, tone: tone, cell: cell)
    }
    let balance = isRingFenced ? "closing" : "in-year"
    var rows = hasPeople ? [row("need", \.need, NumberText.whole)] : []
    rows.append(row("spend, \(money.heading)", \.spend, money.cell))
    rows.append(
      row(
        "\(balance), \(money.heading)", { isRingFenced ? $0.closingBalance : $0.inYearBalance },
        tone: TextStyle.deficit, money.cell))
    return SparklineTable(labels: years.map { "\($0.year)" }, rows: rows)
  }

  private func row(_ year: YearOutcome) -> [String] {
    func people(_ quantity: Quantity?) -> String {
      quantity.map { NumberText.whole($0.mean) } ?? NumberText.absent
    }
    func pounds(_ quantity: Quantity?) -> String {
      quantity.map { money.cell($0.mean) } ?? NumberText.absent
    }
    var cells = ["\(year.year)", year.kind.rawValue]
    if hasPeople {
      cells += [people(year.need), people(year.demand), people(year.supply), people(year.unmetNeed)]
    }
    cells += [pounds(year.spend), pounds(year.budget), pounds(year.inYearBalance)]
    if isRingFenced { cells.append(pounds(year.closingBalance)) }
    let balance = isRingFenced ? year.closingBalance : year.inYearBalance
    switch balance {
    case .known: cells.append("known")
    case .uncertain(let one) where hasChances:
      cells.append("\(money.cell(one.p10)) to \(money.cell(one.p90))")
    default: cells.append(NumberText.absent)
    }
    cells.append(chance(year))
    return cells
  }

  /// The chance of overspend. What has been published is no matter of chance.
  private func chance(_ year: YearOutcome) -> String {
    if year.kind == .outturn, case .known = year.inYearBalance { return "known" }
    guard hasChances, let probability = year.probabilityOverspend else { return NumberText.absent }
    return NumberText.percent(probability)
  }

  /// What the intervals of the last year are, and how likely it is to end in deficit.
  private var lastYear: [String] {
    guard hasChances, let year = years.last else { return [] }
    var parts: [String] = []
    func add(_ name: String, _ quantity: Quantity?) {
      guard let one = quantity?.distribution else { return }
      parts.append("\(name) \(money.sentence(one.p10)) to \(money.sentence(one.p90))")
    }
    add("spend", year.spend)
    add("in-year", year.inYearBalance)
    if isRingFenced { add("DSG balance carried forward (deficit negative)", year.closingBalance) }
    var sentences: [String] = []
    if !parts.isEmpty {
      sentences.append("\(year.year), 80% intervals: " + parts.joined(separator: "; ") + ".")
    }
    if let deficit = year.probabilityDeficit {
      sentences.append(
        "Chance that \(year.year) closes in deficit, with the balance carried forward below zero: "
          + "\(NumberText.percent(deficit)).")
    }
    return sentences
  }
}

extension Quantity {
  /// The distribution, where the figure is uncertain.
  var distribution: Distribution? {
    if case .uncertain(let distribution) = self { distribution } else { nil }
  }
}
