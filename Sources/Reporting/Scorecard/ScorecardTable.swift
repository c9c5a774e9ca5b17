import Indicators
import TimeSeries

/// A filled scorecard for people: a summary, a block for each theme with its priorities, the rules, and what is not
/// available and why.
public struct ScorecardTable: Sendable {
  let report: ScorecardReport
  let problems: [String]
  let width: Int
  let style: TextStyle

  /// A card as text.
  ///
  /// - Parameters:
  ///   - report: the filled card.
  ///   - problems: what could not be read in its definition, as sentences, which stand on the card too.
  ///   - width: the number of characters in a line; fewer than 60 are taken as 60.
  ///   - style: whether it is coloured.
  public init(
    _ report: ScorecardReport, problems: [String] = [], width: Int = 100, style: TextStyle = .plain
  ) {
    self.report = report
    self.problems = problems
    self.width = max(60, width)
    self.style = style
  }

  /// The card, with a line feed at the end.
  public func text() -> String {
    var lines = heading + [""] + ScorecardSummary(report, width: width, style: style).lines
    for theme in report.scorecard.themes { lines += [""] + block(of: theme) }
    lines += [""] + ScorecardNotes(report, problems: problems, width: width, style: style).lines
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: [String] {
    let context = report.context
    let title = "\(report.scorecard.name): \(context.area), as known on \(context.asOf)"
    var beside = [context.benchmark, context.region].compactMap { $0 }
    if !context.neighbours.isEmpty { beside.append("\(context.neighbours.count) statistical neighbours") }
    return style.underlined(title, with: "=", width: width)
      + Paragraph.lines(
        beside.isEmpty ? "Beside nobody." : "Beside " + beside.joined(separator: ", ") + ".", width: width)
  }

  // MARK: A theme

  private func block(of theme: Scorecard.Theme) -> [String] {
    var grid = TextGrid(
      [
        .init("id", alignment: .left), .init("indicator", alignment: .left), .init("latest"),
        .init("of", alignment: .left),
        .init(Self.short(report.context.benchmark ?? "benchmark")),
        .init(Self.short(report.context.region ?? "region")),
        .init("place"), .init("colour", alignment: .left, wraps: false, tone: ScorecardWords.tone),
      ], keys: 2, narrow: .records)
    for priority in report.scorecard.priorities where priority.theme == theme.id {
      for line in Paragraph.lines(priority.text, first: "Priority \(priority.number). ", width: width) {
        grid.addLine(line)
      }
      let results = report.results.filter { $0.indicator.priority == priority.number }
      if results.isEmpty { grid.addLine("      no indicator of the card stands under this priority") }
      for result in results { add(result, to: &grid) }
    }
    let lines = grid.lines(indent: 0, width: width, style: style)
    // Without a figure there is nothing for the headings to stand over.
    let hasFigure = report.results.contains { $0.indicator.theme == theme.id && $0.hasFigure }
    let title = Paragraph.lines(theme.name.uppercased(), width: width).map { style.painted($0, .heading) }
    return title + (hasFigure ? lines : Array(lines.dropFirst()))
  }

  /// From this width on the names of the indicators have a column of their own; below it they take what there is.
  private static let roomy = 100

  /// A heading that leaves room for the words of the indicators.
  private static func short(_ name: String) -> String {
    name.count <= 10 ? name : String(name.prefix(9)) + "."
  }

  private func add(_ result: ScorecardResult, to grid: inout TextGrid) {
    let indicator = result.indicator
    guard result.hasFigure else {
      for line in Paragraph.lines(
        "\(indicator.name): no figures", first: indicator.id.padded(to: 4) + "  ", width: width)
      {
        grid.addLine(line)
      }
      return
    }
    let name = width >= Self.roomy ? Paragraph.lines(indicator.name, width: 32) : [indicator.name]
    var cells = [indicator.id.padded(to: 4), name.first ?? ""]
    let dash = NumberText.absent
    if let latest = result.latest.value {
      cells += [
        ScorecardWords.number(latest.value), latest.period.label,
        result.benchmark.value.map { ScorecardWords.number($0.benchmark) } ?? dash,
        result.region.value.map { ScorecardWords.number($0.benchmark) } ?? dash,
        result.neighbours.value.map { "\($0.rank) of \($0.count)" } ?? dash,
        result.rating.colour.label
          + (result.rating.colour != .notJudged && indicator.evidence.isProxy ? " (p)" : ""),
      ]
    }
    grid.add(cells)
    for rest in name.dropFirst() { grid.add(["", rest, "", "", "", "", "", ""]) }
    for line in Paragraph.lines(detail(of: result), first: "      ", width: width) { grid.addLine(line) }
  }

  /// What the numbers of a line mean, in sentences.
  private func detail(of result: ScorecardResult) -> String {
    Self.details(of: result).joined(separator: "; ")
  }

  /// What the numbers of a line mean, each thing by itself.
  static func details(of result: ScorecardResult) -> [String] {
    var parts: [String] = []
    if let unit = result.unit { parts.append(unit.description) }
    if let age = result.latest.value?.ageDays, age > 730 {
      parts.append("the figure is \(NumberText.fixed(Double(age) / 365.25, decimals: 1)) years old")
    }
    if case .proxy(let series, let reason) = result.indicator.evidence {
      parts.append("proxy \(series): \(reason)")
    }
    // Why no rule can be applied is told at the end, once for all lines with the same reasons.
    if result.rating.colour != .notJudged {
      parts.append("\(result.rating.colour.label) by \(result.rating.rule.rawValue): \(result.rating.reason)")
    } else if result.rating.passedOver.isEmpty {
      parts.append("not judged: \(result.rating.reason)")
    }
    parts += standings([result.benchmark.value, result.region.value].compactMap { $0 })
    if let target = result.indicator.target, let outlook = result.outlook {
      parts.append(sentence(of: target, outlook))
    }
    if result.trend.value != nil { parts.append("recent trend: \(result.marker.label.lowercased())") }
    if let trend = result.monotonicTrend.value, let marker = result.monotonicMarker, let first = trend.first {
      parts.append(
        "Mann-Kendall since \(first.label): \(marker.label.lowercased()), Sen "
          + "\(ScorecardWords.signed(trend.test.slope.value)) a \(trend.stretch.timeUnit), p "
          + ScorecardWords.smallProbability(trend.test.pValue))
    }
    if let icon = result.variation.value { parts.append("variation: \(icon.label.lowercased())") }
    if let icon = result.assurance.value, icon != .notApplicable {
      parts.append("assurance: \(icon.label.lowercased())")
    }
    parts += result.chartWarnings.map { "chart: \($0)" }
    if let forecast = result.forecast.value {
      parts.append("next, \(forecast.period.label): \(ScorecardWords.interval(forecast))")
    }
    if let remark = result.outlook?.value?.remark ?? result.forecast.value?.remark { parts.append(remark) }
    return parts
  }

  /// `higher than England`; without an interval the differences alone, `+7.02 on England, untested`.
  private static func standings(_ comparisons: [BenchmarkComparison]) -> [String] {
    let tested = comparisons.filter { $0.standing != .notCompared }.map { one in
      one.standing == .similar
        ? "similar to \(one.benchmarkName)" : "\(one.standing.label.lowercased()) than \(one.benchmarkName)"
    }
    let untested = comparisons.filter { $0.standing == .notCompared }.map { one in
      "\(ScorecardWords.signed(one.difference)) on \(one.benchmarkName)"
    }
    return (tested.isEmpty ? [] : [tested.joined(separator: ", ")])
      + (untested.isEmpty ? [] : [untested.joined(separator: ", ") + ", untested"])
  }

  private static func sentence(of target: ScorecardTarget, _ outlook: Availability<TargetOutlook>) -> String {
    let words = "target \(target.levelText)"
    switch outlook {
    case .unavailable(let reason): return "\(words): not judged, \(reason)"
    case .available(let outlook):
      switch outlook.verdict {
      case .known(let value, let isMet):
        return
          "\(words): \(isMet ? "met" : "missed") with \(ScorecardWords.number(value)) in \(outlook.period.label)"
      case .forecast(let median, let lower, let upper, let probability):
        return "\(words): \(ScorecardWords.chance(probability)) likely, forecast for \(outlook.period.label) "
          + ScorecardWords.span(median: median, lower: lower, upper: upper) + ", \(outlook.strengthText)"
      }
    }
  }
}

extension String {
  /// The text with spaces after it up to a width.
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - DisplayText.width(of: self)))
  }
}
