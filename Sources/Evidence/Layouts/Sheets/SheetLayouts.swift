/// A sheet of an `.xlsx` workbook as people keep them: see ``SheetRows``.
public enum ExcelSheetLayout: PublishedLayout {
  /// `xlsx`.
  public static let name = "xlsx"

  /// What it is, for people.
  public static let summary = "sheets of Excel workbooks: periods across or down, or a series file in a sheet"

  /// Knows it by the workbook's contents, where no other layout knows the columns.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    sample.workbook == .excel ? Recognition(.possible, "contents, an Excel workbook") : nil
  }

  /// Reads all figures of a sheet.
  ///
  /// - Throws: ``EvidenceError`` when there is no such sheet or range, or no table with periods in it.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    try SheetRows.read(input, into: &figures)
  }
}

/// A sheet of an `.ods` workbook as people keep them: see ``SheetRows``.
public enum OpenDocumentSheetLayout: PublishedLayout {
  /// `ods`.
  public static let name = "ods"

  /// What it is, for people.
  public static let summary =
    "sheets of OpenDocument workbooks: periods across or down, or a series file in a sheet"

  /// Knows it by the workbook's contents, where no other layout knows the columns.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    sample.workbook == .openDocument ? Recognition(.possible, "contents, an OpenDocument workbook") : nil
  }

  /// Reads all figures of a sheet.
  ///
  /// - Throws: ``EvidenceError`` when there is no such sheet or range, or no table with periods in it.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    try SheetRows.read(input, into: &figures)
  }
}
