import TimeSeries

/// Downloads of Fingertips, the public health profiles of the Department of Health and Social Care: one value of an
/// indicator to a row, with its confidence limits, count and denominator.
///
/// The file does not say the unit: it is found where value = count / denominator × 100, 1,000, 10,000 or 100,000 in nearly
/// all rows of an indicator. The tables that the package fingertipsR writes are read too: their names of columns have no
/// spaces, and `NA` stands where there is nothing.
public enum FingertipsLayout: PublishedLayout {
  /// `fingertips`.
  public static let name = "fingertips"

  /// Downloads of Fingertips.
  public static let summary =
    "downloads of Fingertips: indicators with confidence limits, counts and denominators"

  /// The columns without which there is nothing to read.
  static let required = ["Indicator ID", "Indicator Name", "Area Code", "Area Name", "Time period", "Value"]

  /// Known by its columns `Indicator ID`, `Area Code` and `Time period Sortable`.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    let columns = Set(sample.columns.map(FingertipsColumns.squeezed))
    guard required.allSatisfy({ columns.contains(FingertipsColumns.squeezed($0)) }) else { return nil }
    let own = ["Time period Sortable", "Value note", "Lower CI 95.0 limit"].filter {
      columns.contains(FingertipsColumns.squeezed($0))
    }
    return Recognition(
      own.isEmpty ? .likely : .certain,
      "columns Indicator ID, Area Code, Time period\(own.isEmpty ? "" : " and \(own.joined(separator: ", "))")"
    )
  }

  /// Reads a download.
  ///
  /// - Parameters:
  ///   - input: the file, and what was asked for; an indicator is known by its number or its name.
  ///   - figures: takes what is read.
  /// - Throws: ``EvidenceError`` when the file cannot be read, or lacks a column that is needed.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    var sink = figures
    try input.reading { (table: inout LayoutTable) throws(EvidenceError) in
      sink.clear()
      let columns = try FingertipsColumns(table)
      for note in columns.notes { sink.note(note) }
      var rows = FingertipsRows(columns, input.options)
      while try table.next(keepingWhatWasRead: &sink) { rows.take(table, into: &sink) }
      rows.emit(into: &sink)
      for note in table.notes { sink.note(note) }
    }
    figures = sink
  }
}
