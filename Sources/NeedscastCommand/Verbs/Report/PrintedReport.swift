import ArgumentParser
import Needscast

/// How a report is printed.
enum PrintedReport: String, CaseIterable, ExpressibleByArgument {
  /// The executive summary.
  case text
  /// The committee paper.
  case markdown
  /// The page.
  case html

  /// The text of a report.
  ///
  /// - Parameter page: what it is shown on; nothing but the summary is set for it.
  func text(of report: PlanReport, on page: Terminal) throws -> String {
    switch self {
    case .text: page.shown(SummaryText(report, width: page.width).text())
    case .markdown: try CommitteePaper(report).markdown()
    case .html: try PlanPage(report).html()
    }
  }
}
