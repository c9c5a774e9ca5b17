import ArgumentParser
import Needscast

/// A file of a report.
enum ReportPart: String, CaseIterable, ExpressibleByArgument {
  /// The executive summary as plain text.
  case summary
  /// The workbook for finance.
  case workbook

  /// What it is called in the folder.
  var file: String {
    switch self {
    case .summary: "summary.txt"
    case .workbook: "plan.xlsx"
    }
  }

  /// What is in it.
  func bytes(of report: PlanReport) throws -> [UInt8] {
    switch self {
    case .summary: Array(SummaryText(report).text().utf8)
    case .workbook: try PlanWorkbook(report).bytes()
    }
  }
}
