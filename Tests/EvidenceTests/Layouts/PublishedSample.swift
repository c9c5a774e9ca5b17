import Foundation
import TimeSeries

@testable import Evidence

/// Published files as tests need them: small invented ones, and the real ones where they are there.
enum PublishedSample {
  /// Reads a text as a layout.
  static func read(
    _ layout: any PublishedLayout.Type, _ text: String, named name: String = "in.csv",
    options: LayoutInput.Options = LayoutInput.Options()
  ) throws -> PublishedFigures {
    let folder = try TemporaryFolder()
    return try Layouts.read(LayoutInput(try folder.file(name, text), options: options), as: layout)
  }

  /// The path of a real file; it is there only beside a working copy.
  static func path(_ name: String) -> String { "../shared/data/\(name)" }

  /// Whether a real file is there.
  static func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  /// The layout by which a header is known among all.
  static func layout(of header: String, rows: String = "") throws -> String {
    let folder = try TemporaryFolder()
    return try LayoutChoice(recognising: LayoutInput(try folder.file("in.csv", "\(header)\n\(rows)"))).layout
      .name
  }
}

extension PublishedFigures {
  /// The figure of a series and period, as `17272` or `x`.
  func text(_ id: String, _ area: String, _ period: String) -> String? {
    figure(id, area, period)?.observation.description
  }

  /// The figure of a series and period.
  func figure(_ id: String, _ area: String, _ period: String) -> PublishedFigure? {
    series.first { $0.key.id == id && $0.key.area.name == area }?.figures.first { $0.period.label == period }
  }

  /// The problems as texts, without the folder of the file.
  var problemTexts: [String] {
    problems.map { problem in
      let text = problem.description
      return text.range(
        of: "/", options: .backwards, range: text.startIndex..<(text.firstIndex(of: ":") ?? text.endIndex)
      )
      .map { String(text[$0.upperBound...]) } ?? text
    }
  }

  /// The sum of all values of a measure.
  func total(of measure: String) -> Double {
    series.filter { $0.key.measure == measure }.flatMap(\.figures).compactMap(\.observation.value).reduce(
      0, +)
  }

  /// Whether every row and cell is accounted for.
  func reconciles(cellsPerRow: Int) -> Bool {
    let tally = tally
    let rows = tally.rowsRead + tally.blankRows + tally.unwantedRows + tally.unreadableRows
    let figures = series.reduce(0) { $0 + $1.figures.count }
    return rows == tally.rows && tally.figures == figures && tally.cells == tally.rowsRead * cellsPerRow
  }
}
