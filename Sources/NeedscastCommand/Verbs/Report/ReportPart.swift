import ArgumentParser
import Needscast

/// A file of a report.
enum ReportPart: String, CaseIterable, ExpressibleByArgument {
  /// The executive summary as plain text.
  case summary
  /// The page for a browser.
  case html
  /// The workbook for finance.
  case workbook
  /// The committee paper as Markdown.
  case markdown
  /// The committee paper as a word processor's document, made by pandoc.
  case docx
  /// The page as it prints, made by Chromium.
  case pdf

  /// What it is called in the folder.
  var file: String {
    switch self {
    case .summary: "summary.txt"
    case .html: "report.html"
    case .workbook: "plan.xlsx"
    case .markdown: "paper.md"
    case .docx: "paper.docx"
    case .pdf: "report.pdf"
    }
  }

  /// What is in it.
  ///
  /// - Parameter programs: what makes the parts that are not ours to make.
  func bytes(of report: PlanReport, by programs: ReportPrograms) throws -> [UInt8] {
    switch self {
    case .summary: Array(SummaryText(report).text().utf8)
    case .html: Array(try PlanPage(report).html().utf8)
    case .workbook: try PlanWorkbook(report).bytes()
    case .markdown: Array(try CommitteePaper(report).markdown().utf8)
    case .docx: try programs.document(of: report)
    case .pdf: try programs.print(try PlanPage(report).html())
    }
  }
}
