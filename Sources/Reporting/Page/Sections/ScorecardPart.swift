import Indicators
import TimeSeries

/// The scorecard of the area, theme by theme.
struct ScorecardPart {
  let report: ScorecardReport

  init(_ report: ScorecardReport) { self.report = report }

  func section() -> PageSection {
    let context = report.context
    var beside = [context.benchmark, context.region].compactMap { $0 }
    if !context.neighbours.isEmpty { beside.append("\(context.neighbours.count) statistical neighbours") }
    var blocks: [PageBlock] = [
      .paragraph(
        "\(report.scorecard.name): \(context.area), as known on \(SummaryWords.day(context.asOf)), beside "
          + (beside.isEmpty ? "nobody." : SummaryWords.list(beside) + ".")),
      .table(counts),
    ]
    if report.isHindcast {
      blocks.append(
        .paragraph(
          "Definitions and reasons are as they stand now and may tell of what came after that day; figures, colours and "
            + "forecasts do not.", .warning))
    }
    var parts = report.scorecard.themes.enumerated().map { index, theme in
      PageSection("theme-\(index + 1)", theme.name, contents(of: theme))
    }
    let empty = withoutFigures
    if !empty.isEmpty {
      parts.append(PageSection("no-figures", "Indicators without figures, and why", [.list(empty)]))
    }
    let missing = missing
    if !missing.isEmpty {
      parts.append(
        PageSection(
          "not-available", "What else is not available, and why", [.list(missing)]))
    }
    if !report.scorecard.statedTargets.isEmpty {
      parts.append(
        PageSection(
          "targets", "Targets as the plan words them",
          [
            .terms(
              report.scorecard.statedTargets.map { target in
                (
                  term: "\(target.id): \(target.text)",
                  text: target.indicator.map { "See indicator \($0)." }
                    ?? "Not measured: \(target.reason ?? "no indicator measures it")."
                )
              })
          ]))
    }
    parts.append(PageSection("scorecard-rules", "How the scorecard is read", [.list(rules)]))
    return PageSection("scorecard", "Scorecard", blocks, parts: parts)
  }

  /// A colour with a mark of its own form.
  private static func badge(_ colour: RatingColour) -> PageTable.Cell.Badge {
    switch colour {
    case .green: .init(kind: "good", mark: "●")
    case .amber: .init(kind: "middle", mark: "◆")
    case .red: .init(kind: "bad", mark: "■")
    case .notJudged: .init(kind: "none", mark: "○")
    }
  }

  private var counts: PageTable {
    func row(_ name: String, _ results: [ScorecardResult], isTotal: Bool = false) -> PageTable.Row {
      func count(_ isSo: (ScorecardResult) -> Bool) -> PageTable.Cell {
        .figure("\(results.count(where: isSo))")
      }
      return PageTable.Row(
        name,
        [
          count { $0.rating.colour == .green }, count { $0.rating.colour == .amber },
          count { $0.rating.colour == .red }, count { $0.hasFigure && $0.rating.colour == .notJudged },
          count { !$0.hasFigure }, .figure("\(results.count)"),
        ], isTotal: isTotal)
    }
    return PageTable(
      "How many indicators have which colour",
      [
        .words("Theme"), .figures("● green"), .figures("◆ amber"), .figures("■ red"),
        .figures("○ not judged"), .figures("no figures"), .figures("all"),
      ],
      report.scorecard.themes.map { theme in
        row(theme.name, report.results.filter { $0.indicator.theme == theme.id })
      } + [row("All themes", report.results, isTotal: true)])
  }

  /// The lines that have a figure, under their priorities, and the priorities that have none.
  private func contents(of theme: Scorecard.Theme) -> [PageBlock] {
    let context = report.context
    let priorities = report.scorecard.priorities.filter { $0.theme == theme.id }
    func rows(of priority: Scorecard.Priority) -> [PageTable.Row] {
      report.results.filter { $0.indicator.priority == priority.number && $0.hasFigure }.map(row)
    }
    let groups = priorities.map { PageTable.Group(Self.title(of: $0), rows(of: $0)) }.filter {
      !$0.rows.isEmpty
    }
    let empty = priorities.filter { rows(of: $0).isEmpty }.map { priority in
      let isBare = !report.results.contains { $0.indicator.priority == priority.number }
      return
        "\(Self.title(of: priority)): \(isBare ? "no indicator stands under it" : "none of its indicators has a figure")."
    }
    let table = PageTable(
      "\(theme.name): latest figures",
      [
        .words("Indicator"), .figures("Latest"), .words("Period"),
        .figures(context.benchmark ?? "Benchmark"), .figures(context.region ?? "Region"),
        .figures("Place among neighbours"), .words("Colour"),
      ], groups: groups)
    return (groups.isEmpty ? [] : [.table(table)]) + (empty.isEmpty ? [] : [.list(empty)])
  }

  /// A priority as a heading; its words may end with a full stop of their own.
  private static func title(of priority: Scorecard.Priority) -> String {
    "Priority \(priority.number): \(priority.text.hasSuffix(".") ? String(priority.text.dropLast()) : priority.text)"
  }

  private func row(_ result: ScorecardResult) -> PageTable.Row {
    let indicator = result.indicator
    let dash = NumberText.absent
    let isByProxy = result.rating.colour != .notJudged && indicator.evidence.isProxy
    return PageTable.Row(
      "\(indicator.id) \(indicator.name)",
      [
        .figure(result.latest.value.map { ScorecardWords.number($0.value) } ?? dash),
        .words(result.latest.value?.period.label ?? dash),
        .figure(result.benchmark.value.map { ScorecardWords.number($0.benchmark) } ?? dash),
        .figure(result.region.value.map { ScorecardWords.number($0.benchmark) } ?? dash),
        .figure(result.neighbours.value.map { "\($0.rank) of \($0.count)" } ?? dash),
        .judgement(
          result.rating.colour.label + (isByProxy ? ", by a proxy" : ""), Self.badge(result.rating.colour)),
      ], remark: remark(on: result))
  }

  /// What the numbers of a line mean, in sentences. Of the test of trend the result is told, and not its statistics.
  private func remark(on result: ScorecardResult) -> String {
    var sentences = ScorecardTable.details(of: result).filter { !$0.hasPrefix("Mann-Kendall") }
    if let trend = result.monotonicTrend.value, let first = trend.first, let marker = result.monotonicMarker,
      marker != .noSignificantChange, marker != .cannotBeCalculated
    {
      sentences.append(
        "since \(first.label) \(marker.label.lowercased()), by \(ScorecardWords.signed(trend.test.slope.value)) a "
          + "\(trend.stretch.timeUnit)")
    }
    return sentences.map { SummaryWords.sentence($0) + ($0.hasSuffix(".") ? "" : ".") }.joined(separator: " ")
  }

  // MARK: What is missing

  private var withoutFigures: [String] {
    grouped(
      report.results.filter { !$0.hasFigure }.map {
        ($0.latest.reason ?? "", "\($0.indicator.id) \($0.indicator.name)")
      })
  }

  private var missing: [String] {
    var all: [(reason: String, name: String)] = []
    for result in report.results where result.hasFigure {
      for missing in result.missing {
        // A neutral line says so itself, and a target without a judgement says why beside it.
        if missing.what == "colour" && result.rating.passedOver.isEmpty || missing.what == "target" {
          continue
        }
        let reason = ScorecardWords.bare(missing.reason, of: result, area: report.context.area)
        all.append((SummaryWords.sentence("\(missing.what): \(reason)"), result.indicator.id))
      }
    }
    return grouped(all.sorted { $0.reason < $1.reason })
  }

  /// Of each reason, the lines that have it together.
  private func grouped(_ pairs: [(reason: String, name: String)]) -> [String] {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for pair in pairs {
      if names[pair.reason] == nil { order.append(pair.reason) }
      names[pair.reason, default: []].append(pair.name)
    }
    return order.map {
      "\(SummaryWords.sentence($0)) (\((names[$0] ?? []).joined(separator: "; ")))."
    }
  }

  private var rules: [String] {
    var sentences = [RatingRule.automatic, .target, .benchmark, .quartile, .none].map {
      SummaryWords.sentence($0.statement) + "."
    }
    sentences += [
      "Place: among the area and its statistical neighbours with a figure for the same period; 1 is the best, of a neutral "
        + "indicator the highest.",
      "Untested: a difference of which nobody can say whether it is beyond chance, because neither counts nor intervals are "
        + "published.",
      "By a proxy: the colour comes from a series that only stands for the indicator.",
      "Forecast: the median, and the range that holds the figure in 80 of 100 futures.",
    ]
    if !report.scorecard.source.isEmpty {
      sentences.append("Source of the definitions: \(report.scorecard.source)")
    }
    return sentences
  }
}
