/// An executive summary for a terminal.
public struct SummaryText: Sendable {
  let report: PlanReport
  let width: Int

  /// Describes a text; fewer than 60 characters in a line are taken as 60.
  public init(_ report: PlanReport, width: Int = 100) {
    self.report = report
    self.width = max(60, width)
  }

  /// The text, with a line feed at the end.
  public func text() -> String {
    let summary = ExecutiveSummary(report)
    let heading = PlanHeading(
      name: report.name, overrides: report.overrides,
      changes: [ScenarioChanges(scenario: report.main.name, changes: report.main.chain.flatMap(\.changes))])
    var sections = [
      heading.lines(report.outcome, width: width), Paragraph.lines(summary.headline, width: width),
    ]
    for finding in summary.findings {
      sections.append([finding.topic] + Paragraph.lines(finding.text, first: "  ", width: width))
    }
    if !report.omissions.isEmpty {
      sections.append(
        ["Left out"]
          + report.omissions.flatMap {
            Paragraph.lines("\($0.part): \($0.reason)", first: "- ", width: width)
          })
    }
    sections.append(Paragraph.lines(HedgedWord.legend, width: width))
    return sections.map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
  }
}
