import TimeSeries

/// Long files of the Local Authority Interactive Tool: `measure, area, la_number, region, period, value`, in any order of
/// the columns, compressed or not.
///
/// The tool's dictionary (``LayoutInput/Options/dictionary``) says what the years of a measure are, its unit, and to how
/// many places it is shown. A measure whose periods are of two kinds becomes a series of each kind, told apart by the
/// breakdown `periods`.
public enum InteractiveToolLayout: PublishedLayout {
  /// `lait`.
  public static let name = "lait"

  /// Long files of the Local Authority Interactive Tool.
  public static let summary =
    "long files of the Local Authority Interactive Tool: measure, area, period, value"

  private static let identifying = ["measure", "area", "la_number", "period", "value"]

  /// Known by its columns `measure`, `area`, `la_number`, `period` and `value`.
  public static func recognise(_ sample: TableSample) -> Recognition? {
    guard sample.has(all: identifying), !sample.has("series") else { return nil }
    return Recognition(
      sample.has("region") ? .certain : .likely, "columns measure, area, la_number, period and value")
  }

  /// Reads a long file.
  ///
  /// - Parameters:
  ///   - input: the file, and what was asked for; its dictionary explains the measures.
  ///   - figures: takes what is read.
  /// - Throws: ``EvidenceError`` when the file or the dictionary cannot be read.
  public static func read(_ input: LayoutInput, into figures: inout PublishedFigures) throws(EvidenceError) {
    let dictionary =
      if let path = input.options.dictionary {
        try InteractiveToolDictionary(reading: path, limit: input.options.byteLimit)
      } else {
        InteractiveToolDictionary()
      }
    var sink = figures
    try input.reading { (table: inout LayoutTable) throws(EvidenceError) in
      sink.clear()
      for problem in dictionary.problems { sink.report(problem) }
      var rows = try InteractiveToolRows(&table, options: input.options, into: &sink)
      rows.emit(dictionary, input.options, into: &sink)
      for note in table.notes + dictionary.notes { sink.note(note) }
    }
    figures = sink
  }
}
