import Indicators

/// How many lines of a card have which colour, by list and by theme.
struct ScorecardSummary {
  let report: ScorecardReport
  let width: Int
  let style: TextStyle

  init(_ report: ScorecardReport, width: Int, style: TextStyle = .plain) {
    self.style = style
    self.report = report
    self.width = width
  }

  /// The summary as lines.
  var lines: [String] {
    var grid = TextGrid([
      .init("", "Summary", alignment: .left), .init("", "green"), .init("", "amber"), .init("", "red"),
      .init("not", "judged"), .init("no", "figures"), .init("", "lines"), .init("by a", "proxy"),
    ])
    var lists: [String] = []
    for result in report.results where !lists.contains(result.indicator.list) {
      lists.append(result.indicator.list)
    }
    if lists.count > 1 {
      for list in lists { grid.add(row(list, report.results.filter { $0.indicator.list == list })) }
    }
    for theme in report.scorecard.themes {
      grid.add(row(theme.name, report.results.filter { $0.indicator.theme == theme.id }))
    }
    grid.add(row("All", report.results))
    var lines = grid.lines(indent: 0, width: width, style: style)
    let without = report.results.count { !$0.hasFigure }
    lines += Paragraph.lines(
      "Not judged: there is a figure, and no rule can or should judge it. No figures: \(without) of "
        + "\(report.results.count) lines; the reasons stand at the end. By a proxy: coloured by a series that only "
        + "stands for the indicator, marked (p).", width: width)
    lines += priorities
    return lines
  }

  private var priorities: [String] {
    var lines: [String] = []
    let bare = report.prioritiesWithoutIndicator.map { "\($0.number)" }
    if !bare.isEmpty {
      lines += Paragraph.lines("No indicator stands under \(Self.list(bare, "and")).", width: width)
    }
    let empty = report.prioritiesWithoutFigures.map { "\($0.number)" }
    if !empty.isEmpty {
      lines += Paragraph.lines(
        "No figure is published for any indicator of \(Self.list(empty, "or")).", width: width)
    }
    return lines
  }

  private func row(_ name: String, _ results: [ScorecardResult]) -> [String] {
    func count(_ isSo: (ScorecardResult) -> Bool) -> String { "\(results.count(where: isSo))" }
    return [
      name, count { $0.rating.colour == .green }, count { $0.rating.colour == .amber },
      count { $0.rating.colour == .red }, count { $0.hasFigure && $0.rating.colour == .notJudged },
      count { !$0.hasFigure }, "\(results.count)",
      count { $0.rating.colour != .notJudged && $0.indicator.evidence.isProxy },
    ]
  }

  /// `priority 2`, `priorities 2 and 6`, `priorities 2, 6 or 7`.
  private static func list(_ names: [String], _ joint: String) -> String {
    guard let last = names.last, names.count > 1 else { return "priority \(names.first ?? "")" }
    return "priorities \(names.dropLast().joined(separator: ", ")) \(joint) \(last)"
  }
}
