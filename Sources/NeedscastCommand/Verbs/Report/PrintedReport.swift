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

  func text(of report: PlanReport) throws -> String {
    switch self {
    case .text: SummaryText(report).text()
    case .markdown: try CommitteePaper(report).markdown()
    case .html: try PlanPage(report).html()
    }
  }
}
