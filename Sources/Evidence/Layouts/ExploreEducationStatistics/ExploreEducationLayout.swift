import TimeSeries

/// Files of Explore Education Statistics: `time_period`, `time_identifier`, `geographic_level`, the columns of areas, and
/// any breakdowns and measures, in any order and whatever their capitals.
public enum ExploreEducationLayout: PublishedLayout {
  /// `ees`.
  public static let name = "ees"

  /// Files of Explore Education Statistics.
  public static let summary =
    "files of Explore Education Statistics: time_period, geographic_level and any measures"

  /// Known by its columns `time_period`, `time_identifier` and `geographic_level`.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    guard sample.has(all: ["time_period", "time_identifier", "geographic_level"]) else { return nil }
    return Recognition(.certain, "columns time_period, time_identifier and geographic_level")
  }

  /// Reads a file.
  ///
  /// - Parameters:
  ///   - input: the file, and what was asked for.
  ///   - figures: takes what is read.
  /// - Throws: ``EvidenceError`` when the file cannot be read, or lacks the columns by which the layout is known.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    var sink = figures
    try input.reading { (table: inout LayoutTable) throws(EvidenceError) in
      sink.clear()
      var columns = try ExploreEducationColumns(table)
      if !input.options.previousHeader.isEmpty {
        let drift = HeaderDrift(from: input.options.previousHeader, to: table.columns)
        for sentence in drift.sentences { sink.note(sentence) }
      }
      var cells = CellColumns(count: table.columns.count)
      while try table.next(keepingWhatWasRead: &sink) {
        sink.tally.rows += 1
        if table.isBlank {
          sink.tally.blankRows += 1
        } else if table.fieldCount != table.columns.count {
          sink.tally.unreadableRows += 1
          sink.report(RowShape.problem(table))
        } else {
          cells.append(table)
        }
      }
      columns.decide(&cells)
      for note in table.notes + columns.notes { sink.note(note) }
      var rows = ExploreEducationRows(columns, cells, input.options)
      rows.emit(into: &sink)
    }
    figures = sink
  }
}
