import TimeSeries

@testable import Evidence

/// A workbook in a folder of its own, read as a published file.
enum SheetFile {
  /// Reads a workbook with one sheet `Waits` of rows.
  ///
  /// - Parameters:
  ///   - styles: the styles of the columns, from A; style 1 is the first of the formats.
  static func read(
    _ rows: [[String]], formats: [String] = [], styles: [Int] = [],
    as layout: any PublishedLayout.Type = ExcelSheetLayout.self,
    _ options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    try read(
      MadeWorkbook.excel([("Waits", MadeWorkbook.rows(rows, styles: styles))], formats: formats), as: layout,
      options)
  }

  /// Reads the bytes of a workbook.
  static func read(
    _ bytes: [UInt8], named name: String = "monitoring.xlsx",
    as layout: any PublishedLayout.Type = ExcelSheetLayout.self,
    _ options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    let folder = try TemporaryFolder()
    return try Layouts.read(LayoutInput(try folder.file(name, bytes), options: options), as: layout)
  }

  /// The layout by which a workbook is known, with the reason.
  static func choice(_ rows: [[String]], named name: String = "monitoring.xlsx") throws -> LayoutChoice {
    let folder = try TemporaryFolder()
    let bytes = MadeWorkbook.excel([("Data", MadeWorkbook.rows(rows))])
    return try LayoutChoice(recognising: LayoutInput(try folder.file(name, bytes)))
  }
}
