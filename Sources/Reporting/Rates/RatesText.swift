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
    return Paragraph.lines("\(name), \(entry.unit); \(direction)", width: width)
  }

  /// The figures; columns that no figure fills are left out, and the outer limits where the table is too wide.
  private func table(_ entries: [RatesDocument.Entry], width: Int) -> [String] {
    let rows = entries.flatMap { entry in entry.figures.filter { $0.value != nil }.map { (entry, $0) } }
    guard !rows.isEmpty else { return [] }
    let figures = rows.map(\.1)
    let decimals = places(
      figures.compactMap(\.value) + figures.flatMap { $0.limits.flatMap { [$0.lower, $0.upper] } })
    func number(_ value: Double?) -> String {
      value.map { NumberText.fixed($0, decimals: decimals) } ?? NumberText.absent
    }
    func lines(_ levels: [Double]) -> [String] {
      var columns: [(TextGrid.Column, (RatesDocument.Entry, RatesDocument.Figure) -> String)] = [
        (.init("area", alignment: .left), { entry, _ in entry.area ?? "" }),
        (.init("period", alignment: .left), { _, figure in figure.period }),
        (.init("value"), { _, figure in number(figure.value) }),
      ]
      if figures.contains(where: { !$0.limits.isEmpty }) {
        for level in levels {
          columns.append(
            (
              .init("\(Confidence(level)?.label ?? "") limits"),
              { _, figure in
                figure.limits.first { $0.level == level }.map { "\(number($0.lower)) to \(number($0.upper))" }
                  ?? NumberText.absent
              }
            ))
        }
      }
      columns += comparisonColumns(figures, number: number)
      var grid = TextGrid(columns.map(\.0))
      for (entry, figure) in rows { grid.add(columns.map { $0.1(entry, figure) }) }
      return grid.lines(indent: 2, width: width)
    }
    var levels = document.levels
    var table = lines(levels)
    while levels.count > 1, table.contains(where: { $0.count > width }) {
      levels.removeLast()
      table = lines(levels)
    }
    if levels.count < document.levels.count {
      table.append("  (limits at other levels do not fit here; --format csv gives them)")
    }
    return table
  }

  private func comparisonColumns(
    _ figures: [RatesDocument.Figure], number: @escaping (Double?) -> String
  ) -> [(TextGrid.Column, (RatesDocument.Entry, RatesDocument.Figure) -> String)] {
    var columns: [(TextGrid.Column, (RatesDocument.Entry, RatesDocument.Figure) -> String)] = []
    let others: [(RatesDocument.Figure) -> RatesDocument.Comparison?] = [{ $0.benchmark }, { $0.region }]
    for other in others {
      guard let name = figures.lazy.compactMap({ other($0)?.area }).first else { continue }
      columns.append((.init(name), { _, figure in other(figure).map { number($0.value) } ?? "" }))
      columns.append(
        (
          .init("", alignment: .left),
          { _, figure in
            other(figure).flatMap { Standing(rawValue: $0.standing)?.label } ?? ""
          }
        ))
    }
    if figures.contains(where: { $0.peers != nil }) {
      columns.append(
        (.init("rank"), { _, figure in figure.peers.map { "\($0.rank) of \($0.ranked)" } ?? "" }))
      columns.append((.init("quarter"), { _, figure in figure.peers?.quartile ?? "" }))
      columns.append(
        (.init("z"), { _, figure in figure.peers?.z.map { NumberText.fixed($0, decimals: 1) } ?? "" }))
    }
    if figures.contains(where: { $0.funnel != nil }) {
      columns.append(
        (
          .init("funnel", alignment: .left),
          { _, figure in
            figure.funnel.flatMap { Indicators.Funnel.Position(rawValue: $0.position)?.label } ?? ""
          }
        ))
    }
    if figures.contains(where: { $0.change != nil }) {
      columns.append(
        (
          .init("change", alignment: .left),
          { _, figure in
            guard let change = figure.change else { return "" }
            guard let beyond = change.beyondChance, let effect = change.effect, let p = change.p else {
              return "not tested"
            }
            let size =
              change.statistic == "ratio of rates"
              ? "× " + NumberText.fixed(effect, decimals: 2)
              : (effect < 0 ? "" : "+") + NumberText.fixed(effect, decimals: 1)
            return "\(size), p \(pText(p))" + (beyond ? " *" : "")
          }
        ))
    }
    return columns
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

  /// What stands beside the figures: why there are none, why none are compared, remarks and missing neighbours, each
  /// sentence once.
  private func asides(_ entries: [RatesDocument.Entry]) -> [String] {
    var lines: [String] = []
    func say(_ line: String) { if !lines.contains(line) { lines.append(line) } }
    for entry in entries {
      if let reason = entry.reason { say(reason) }
      for figure in entry.figures {
        if let reason = figure.reason { say(reason) }
        let place = "\(entry.area.map { "\($0), " } ?? "")\(figure.period)"
        if let remark = figure.remark { say("\(figure.limits.isEmpty ? "" : "\(place): ")\(remark)") }
        for other in [figure.benchmark, figure.region] {
          if let other, let reason = other.reason { say("\(place), beside \(other.area): \(reason)") }
        }
        if let missing = figure.peers?.missing, !missing.isEmpty {
          say("\(place): no value of \(missing.joined(separator: ", ")), which are not ranked")
        }
        if let change = figure.change, let reason = change.reason { say("\(place): \(reason)") }
      }
    }
    let methods = Set(entries.flatMap { $0.figures.compactMap(\.method) }).sorted()
    let statistics = Set(entries.flatMap { $0.figures.compactMap(\.statistic) }).sorted()
    if !methods.isEmpty {
      lines.append("\(statistics.joined(separator: ", ")); limits: \(methods.joined(separator: ", "))")
    }
    return lines
  }

  private func trends(_ entries: [RatesDocument.Entry], width: Int) -> [String] {
    var lines: [String] = []
    for entry in entries where !entry.trends.isEmpty {
      for trend in entry.trends {
        let place = entry.area.map { "\($0), " } ?? ""
        lines += Paragraph.lines(place + sentence(trend), first: "  ", width: width)
      }
    }
    return lines
  }

  private func sentence(_ trend: RatesDocument.Trend) -> String {
    let name = Self.testNames[trend.test] ?? trend.test
    if let reason = trend.reason { return "\(name): \(trend.marker.map { "\($0): " } ?? "")\(reason)" }
    var text = name
    if let first = trend.first, let last = trend.last { text += ", \(first) to \(last)" }
    text += ": "
    if let marker = trend.marker { text += "\(marker); " }
    if let slope = trend.slope {
      text += "\(NumberText.significant(slope)) \(trend.slopeUnit ?? "")"
      if let limits = trend.limits.first {
        text +=
          " (\(Confidence(limits.level)?.label ?? "") \(NumberText.significant(limits.lower)) to "
          + "\(NumberText.significant(limits.upper)))"
      }
    }
    if let statistic = trend.statistic {
      text += "; \(trend.statisticName ?? "statistic") \(NumberText.significant(statistic))"
    }
    if let p = trend.p { text += ", p \(pText(p))" }
    if let remark = trend.remark { text += "; \(remark)" }
    return text
  }

  private static let testNames = [
    "recent-trend": "Recent trend", "recent-trend-logistic": "Recent trend, logistic",
    "mann-kendall": "Mann-Kendall", "joinpoint": "Joined line",
    "joinpoint-average": "Average of joined lines",
  ]

  /// A probability as people write it: `<0.001`, `0.042`.
  private func pText(_ p: Double) -> String { p < 0.001 ? "<0.001" : NumberText.fixed(p, decimals: 3) }
}
