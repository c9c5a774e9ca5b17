import Testing
import TimeSeries

@testable import Evidence

/// A small invented file, read as a layout.
enum InventedFile {
  static func read(
    _ text: String, as layout: any PublishedLayout.Type, _ options: LayoutInput.Options = .init()
  ) throws -> PublishedFigures {
    let folder = try TemporaryFolder()
    let path = try folder.file("in.csv", text)
    return try Layouts.read(LayoutInput(path, options: options), as: layout)
  }
}

extension PublishedFigures {
  /// The figures of the one series of a measure in an area.
  func only(_ measure: String, _ area: String, _ breakdown: [String]? = nil) throws -> [PublishedFigure] {
    let found = series.filter {
      $0.key.measure == measure && $0.key.area.isNamed(area)
        && (breakdown == nil || $0.key.breakdown.map(\.value) == breakdown)
    }
    #expect(found.count == 1, "\(measure) of \(area)")
    return try #require(found.first).figures
  }

  /// The key of the first series of a measure.
  func key(_ measure: String) throws -> PublishedSeriesKey {
    try #require(series.first { $0.key.measure == measure }?.key)
  }

  /// Whether a note has these words in it.
  func notes(_ words: String) -> Bool { notes.contains { $0.contains(words) } }

  /// Rows and cells add up: nothing is lost between the file and the figures.
  func expectFooting(_ location: SourceLocation = #_sourceLocation) {
    #expect(
      tally.rows == tally.rowsRead + tally.blankRows + tally.unwantedRows + tally.unreadableRows,
      sourceLocation: location)
    #expect(tally.cells == tally.figures + tally.unwantedCells + tally.unreadable, sourceLocation: location)
    #expect(tally.figures == series.reduce(0) { $0 + $1.figures.count }, sourceLocation: location)
    #expect(series.allSatisfy { !$0.figures.isEmpty }, sourceLocation: location)
  }
}
