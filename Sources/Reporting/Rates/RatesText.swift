import Indicators
import TimeSeries

// Rates as tables for a terminal.

extension RatesReport {
  /// The tables for a terminal: the figures of each measure, what could not be worked out, trends, and the rules.
  ///
  /// - Parameter width: the width in characters, 60 or more.
  public func text(width: Int = 100) -> String {
    let width = max(60, width)
    var lines: [String] = []
    for (_, entries) in measures() {
      lines += heading(entries[0], width: width)
      lines += table(entries, width: width)
      for line in asides(entries) { lines += Paragraph.lines(line, first: "  ", width: width) }
      lines += trends(entries, width: width)
      lines.append("")
    }
    for rule in document.rules { lines += Paragraph.lines(rule, width: width) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The entries by series, in the order in which the series first appear.
  private func measures() -> [(String, [RatesDocument.Entry])] {
    var order: [String] = []
    var found: [String: [RatesDocument.Entry]] = [:]
    for entry in document.series {
      if found[entry.series] == nil { order.append(entry.series) }
      found[entry.series, default: []].append(entry)
    }
    return order.map { ($0, found[$0] ?? []) }
  }

  private func heading(_ entry: RatesDocument.Entry, width: Int) -> [String] {
    let name = entry.measure == entry.series ? entry.series : "\(entry.measure) (\(entry.series))"
    let direction =
      switch entry.polarity {
      case "higherIsBetter": "higher is better"
      case "lowerIsBetter": "lower is better"
      default: "neither high nor low is judged"
      }
    let unit = entry.unit.isEmpty ? "no unit is given" : entry.unit
    return Paragraph.lines("\(name), \(unit); \(direction)", width: width)
  }

  private typealias Row = (entry: RatesDocument.Entry, figure: RatesDocument.Figure)
  private typealias Cells = (column: TextGrid.Column, cell: (Row) -> String)

  /// The figures, in as many tables as the width asks for; columns that no figure fills are left out.
  private func table(_ entries: [RatesDocument.Entry], width: Int) -> [String] {
    let rows: [Row] = entries.flatMap { entry in
      entry.figures.filter { $0.value != nil }.map { (entry, $0) }
    }
    guard !rows.isEmpty else { return [] }
    let keys: [Cells] = [
      (.init("area", alignment: .left), { $0.entry.area ?? "" }),
      (.init("period", alignment: .left), { $0.figure.period }),
    ]
    func grid(_ columns: [Cells]) -> TextGrid {
      var grid = TextGrid(columns.map(\.column), keys: keys.count)
      for row in rows { grid.add(columns.map { $0.cell(row) }) }
      return grid
    }
    func lines(_ columns: [Cells]) -> [String] { grid(columns).lines(indent: 2, width: width) }
    var tables: [String] = []
    var columns = keys
    for group in groups(rows.map(\.figure)) {
      if columns.count > keys.count, !grid(columns + group).fits(indent: 2, width: width) {
        tables += lines(columns)
        columns = keys
      }
      columns += group
    }
    return tables + lines(columns)
  }

  /// The columns that belong together: value, limits at a level, another area, neighbours, funnel, change.
  private func groups(_ figures: [RatesDocument.Figure]) -> [[Cells]] {
    let shown = figures.compactMap(\.value) + figures.flatMap { $0.limits.flatMap { [$0.lower, $0.upper] } }
    let decimals = places(shown)
    func number(_ value: Double?) -> String {
      value.map { NumberText.fixed($0, decimals: decimals) } ?? NumberText.absent
    }
    var groups: [[Cells]] = [[(.init("value"), { number($0.figure.value) })]]
    for level in document.levels where figures.contains(where: { !$0.limits.isEmpty }) {
      groups.append([
        (
          .init("\(Confidence(level)?.label ?? "") limits"),
          { row in
            row.figure.limits.first { $0.level == level }.map { "\(number($0.lower)) to \(number($0.upper))" }
              ?? NumberText.absent
          }
        )
      ])
    }
    if figures.contains(where: { $0.expected != nil }) {
      groups.append([
        (
          .init("expected"),
          { row in
            row.figure.expected.map { NumberText.fixed($0.value, decimals: $0.value < 100 ? 1 : 0) } ?? ""
          }
        )
      ])
    }
    let others: [(RatesDocument.Figure) -> RatesDocument.Comparison?] = [{ $0.benchmark }, { $0.region }]
    for other in others {
      guard let name = figures.lazy.compactMap({ other($0)?.area }).first else { continue }
      groups.append([
        (.init(name), { row in other(row.figure).map { number($0.value) } ?? "" }),
        (
          .init("", alignment: .left),
          { row in other(row.figure).flatMap { Standing(rawValue: $0.standing)?.label } ?? "" }
        ),
      ])
    }
    if figures.contains(where: { $0.peers?.rank != nil }) { groups.append(peers(figures)) }
    if figures.contains(where: { $0.funnel?.position != nil }) {
      groups.append([
        (
          .init("funnel", alignment: .left),
          { row in
            row.figure.funnel?.position.flatMap { Indicators.Funnel.Position(rawValue: $0)?.label } ?? ""
          }
        )
      ])
    }
    if figures.contains(where: { $0.change != nil }) {
      groups.append([(.init("change", alignment: .left), { row in row.figure.change.map(change) ?? "" })])
    }
    return groups
  }

  private func peers(_ figures: [RatesDocument.Figure]) -> [Cells] {
    var columns: [Cells] = [
      (
        .init("rank"),
        { row in
          row.figure.peers.flatMap { peers in peers.rank.map { "\($0) of \(peers.ranked)" } } ?? ""
        }
      )
    ]
    if figures.contains(where: { $0.peers?.quartile != nil }) {
      columns.append((.init("quarter"), { $0.figure.peers?.quartile ?? "" }))
    }
    columns.append(
      (.init("z"), { row in row.figure.peers?.z.map { NumberText.fixed($0, decimals: 1) } ?? "" }))
    return columns
  }

  private func change(_ change: RatesDocument.Change) -> String {
    guard let beyond = change.beyondChance, let effect = change.effect, let p = change.p else {
      return "not tested"
    }
    let size =
      change.statistic == "ratio of rates"
      ? "× " + NumberText.fixed(effect, decimals: 2)
      : (effect < 0 ? "" : "+") + NumberText.fixed(effect, decimals: 1)
    return "\(size), p \(pText(p))" + (beyond ? " *" : "")
  }

  /// Decimals that show three digits of the middle of the values.
  private func places(_ values: [Double]) -> Int {
    let sizes = values.map(\.magnitude).filter { $0 > 0 }.sorted()
    guard !sizes.isEmpty else { return 1 }
    switch sizes[sizes.count / 2] {
    case 1000...: return 0
    case 10...: return 1
    case 1...: return 2
    case 0.1...: return 3
    default: return 4
    }
  }

  private func trends(_ entries: [RatesDocument.Entry], width: Int) -> [String] {
    var lines: [String] = []
    for entry in entries where !entry.trends.isEmpty {
      for trend in entry.trends {
        let place = entry.area.map { "\($0), " } ?? ""
        let subject = "\(entry.series)\(entry.area.map { ", \($0)" } ?? ""): "
        lines += Paragraph.lines(place + sentence(trend, of: subject), first: "  ", width: width)
      }
    }
    return lines
  }

  /// A trend as a sentence; the name of the series is not said again where a reason begins with it.
  private func sentence(_ trend: RatesDocument.Trend, of subject: String) -> String {
    let name = Self.testNames[trend.test] ?? trend.test
    if let reason = trend.reason {
      let own = reason.hasPrefix(subject) ? String(reason.dropFirst(subject.count)) : reason
      return "\(name): \(trend.marker.map { "\($0): " } ?? "")\(own)"
    }
    var text = name
    if let first = trend.first, let last = trend.last { text += ", \(first) to \(last)" }
    text += ": "
    var parts = [trend.marker].compactMap { $0 }
    if let slope = trend.slope {
      let unit = trend.slopeUnit ?? ""
      var part = NumberText.significant(slope) + (unit.hasPrefix("%") ? "" : " ") + unit
      if let limits = trend.limits.first {
        part +=
          " (\(Confidence(limits.level)?.label ?? "") \(NumberText.significant(limits.lower)) to "
          + "\(NumberText.significant(limits.upper)))"
      }
      parts.append(part)
    }
    let statistic = trend.statistic.map {
      "\(trend.statisticName ?? "statistic") \(NumberText.significant($0))"
    }
    let tested = [statistic, trend.p.map { "p \(pText($0))" }].compactMap { $0 }
    if !tested.isEmpty { parts.append(tested.joined(separator: ", ")) }
    parts += [trend.remark].compactMap { $0 }
    return text + parts.joined(separator: "; ")
  }

  private static let testNames = [
    "recent-trend": "Recent trend", "recent-trend-logistic": "Recent trend, logistic",
    "mann-kendall": "Mann-Kendall", "cochran-armitage": "Cochran-Armitage", "joinpoint": "Joined line",
    "joinpoint-average": "Average of joined lines",
  ]

  /// A probability as people write it: `<0.001`, `0.042`.
  private func pText(_ p: Double) -> String { p < 0.001 ? "<0.001" : NumberText.fixed(p, decimals: 3) }
}
