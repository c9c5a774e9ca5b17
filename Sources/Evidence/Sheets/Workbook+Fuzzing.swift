extension Workbook {
  /// Reads all that bytes hold, whatever they are: every sheet, its table, that table as text and turned long. What is
  /// wrong with them is an error of the library and ends here; anything else is a defect of it.
  ///
  /// This is where a fuzzer begins.
  ///
  /// - Parameters:
  ///   - bytes: what stands in for a file.
  ///   - limits: how much of it is read; by default so little that a second and some megabytes are enough.
  /// - Returns: how many sheets could be read.
  @discardableResult
  public static func readEverything(in bytes: [UInt8], limits: SheetLimits? = nil) -> Int {
    let limits = limits ?? .small
    guard let book = try? Workbook(FileContents(path: "fuzz", bytes: bytes), limits: limits) else { return 0 }
    var read = 0
    for name in book.sheets.prefix(20) {
      guard let sheet = try? book.sheet(named: name.name) else { continue }
      read += 1
      for row in sheet.rowNumbers.prefix(100) { _ = sheet.cells(inRow: row).map(\.content.text) }
      for range in [nil, CellRange(rows: 2...20, columns: 2...5)] {
        guard let table = try? SheetTable(sheet, range: range) else { continue }
        _ = try? table.delimitedText(limit: limits.tableBytes)
        _ = try? table.unpivoted(limit: limits.tableBytes)
      }
    }
    for name in book.rangeNames.prefix(20) { _ = try? book.table(range: name) }
    return read
  }
}
