import Commissioning

/// A plan as a workbook (`.xlsx`) for finance: live formulae over the plan's own figures, inputs to change, charts that
/// follow, and every assumption and source.
///
/// Formula cells also hold what they come to, which is the plan's figure to the penny. The same report makes the same
/// bytes.
public struct PlanWorkbook {
  private let report: PlanReport

  /// Makes a workbook of a report.
  public init(_ report: PlanReport) { self.report = report }

  /// The file.
  ///
  /// - Throws: ``ReportingError/workbook(_:)`` when a figure is not a finite number, or the system gives neither memory
  ///   nor a folder for temporary files.
  public func bytes() throws(ReportingError) -> [UInt8] {
    let book = try WorkbookFile()
    let frame = WorkbookFrame(report, book: book)
    try frame.setProperties()
    let summary = try frame.addSheet("Summary")
    let financial = try frame.addSheet("Financial summary")
    var services: [ServiceCells] = []
    for service in report.outcome.services {
      services.append(try ServiceSheet(service, in: frame).write())
    }
    try FinancialSheet(services, in: frame).write(to: financial)
    try PlacementsSheet(services, in: frame).write()
    try ScenarioSheet(in: frame).write()
    try MeasureSheet(in: frame).write()
    try BridgeSheet(in: frame).write()
    try TornadoSheet(in: frame).write()
    try ScorecardSheet(in: frame).write()
    try MilestoneSheet(in: frame).write()
    try SourceSheets(in: frame).write()
    try SummarySheet(services, in: frame).write(to: summary)
    return try book.bytes()
  }
}
