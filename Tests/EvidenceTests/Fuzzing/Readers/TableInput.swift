import TimeSeries

@testable import Evidence

/// Bytes that stand for a file with a table: read as a series file, as every published layout, and as the other tables
/// that people bring.
package enum TableInput {
  /// What the readers promise and did not keep on this input; none where all is well, whether the input was accepted or
  /// refused.
  ///
  /// - Parameters:
  ///   - bytes: the file. What follows a line of three equals signs is a second file, for readers of two.
  ///   - folder: where it stands while it is read.
  package static func defects(_ bytes: [UInt8], in folder: FuzzFolder) -> [String] {
    let path = folder.file("input_2021_22.csv", bytes)
    var defects: [String] = []
    seriesFile(FileContents(path: path, bytes: bytes), &defects)
    layouts(path, &defects)
    others(FileContents(path: path, bytes: bytes))
    returns(bytes, in: folder, &defects)
    return defects
  }

  /// Bytes before and after the first line of three equals signs.
  package static func halves(_ bytes: [UInt8]) -> ([UInt8], [UInt8]) {
    guard let mark = bytes.firstRange(of: Array("\n===\n".utf8)) else { return (bytes, bytes) }
    return (Array(bytes[..<mark.lowerBound]) + [0x0A], Array(bytes[mark.upperBound...]))
  }

  // MARK: Series files

  /// What reading gave, so that two ways of reading can be compared.
  private enum Outcome: Equatable {
    case refused(String)
    case read([Series], notes: [String], problems: [Problem], warnings: [Problem])

    init(_ read: () throws -> SeriesFile) {
      do {
        let file = try read()
        self = .read(
          try file.panel().series, notes: file.notes, problems: file.problems, warnings: file.warnings)
        _ = (file.pools, file.failed.map(\.message))
      } catch {
        self = .refused("\(error)")
      }
    }
  }

  private static func seriesFile(_ contents: FileContents, _ defects: inout [String]) {
    together(contents, SeriesFileOptions(), &defects)
    let kept = SeriesFileOptions(keepsSoundSeries: true)
    // What is refused even so is no series file, and most inputs are none.
    guard let file = try? SeriesFile(contents, options: kept), let panel = try? file.panel() else { return }
    var other = SeriesFileOptions(frequency: .yearly, yearType: .academic, keepsSoundSeries: true)
    (other.covariates, other.poolBy) = (["x"], "pool")
    for options in [kept, other] { together(contents, options, &defects) }
    let (small, large) = (batches(contents.path, rows: 1), batches(contents.path, rows: 4096))
    if let small, let large, small != large {
      defects.append("batches of one row read \(small), not \(large)")
    }
    guard let gazetteer = try? Gazetteer.english else { return }
    _ = DataChecks.problems(of: panel, gazetteer: gazetteer).map(\.description)
    if let first = panel.first?.points.first?.publication?.date { _ = panel.known(asOf: first) }
  }

  /// The number of threads and the size of what each takes change nothing.
  private static func together(
    _ contents: FileContents, _ options: SeriesFileOptions, _ defects: inout [String]
  ) {
    let path = contents.path
    var options = options
    options.threads = 1
    let alone = Outcome { try SeriesFile.read(path, options: options) }
    // Waiting for threads takes longer than all else, so one input in four is read on several.
    guard contents.bytes.count.isMultiple(of: 4) else { return }
    options.threads = 2
    options.chunkSize = 48
    let together = Outcome { try SeriesFile.read(path, options: options) }
    if alone != together { defects.append("two threads read \(together), and one \(alone)") }
  }

  private static func batches(_ path: String, rows: Int) -> [Series]? {
    guard var stream = try? SeriesStream(path, batchRows: rows) else { return nil }
    var series: [Series] = []
    do {
      while let batch = try stream.next() { series += try batch.panel().series }
    } catch {
      return nil
    }
    _ = (stream.notes, stream.warnings, stream.problems)
    return series
  }

  // MARK: Published layouts

  private static func layouts(_ path: String, _ defects: inout [String]) {
    let input = LayoutInput(path)
    do throws(EvidenceError) {
      _ = try LayoutChoice(recognising: input).sentence
    } catch {
      _ = error.description
    }
    for layout in Layouts.all {
      do throws(EvidenceError) {
        let figures = try Layouts.read(input, as: layout)
        defects += footing(figures).map { "\(layout.name): \($0)" }
        let (panel, problems) = figures.panel()
        _ = (panel.count, problems.map(\.description))
        let text = SeriesFileText(figures)
        if text.rowCount > 0 {
          _ = Outcome { try SeriesFile(FileContents(path: "written.csv", bytes: text.bytes)) }
        }
      } catch {
        _ = error.description
      }
    }
  }

  /// Rows and cells add up: nothing is lost between the file and the figures.
  private static func footing(_ figures: PublishedFigures) -> [String] {
    let tally = figures.tally
    var defects: [String] = []
    if tally.rows != tally.rowsRead + tally.blankRows + tally.unwantedRows + tally.unreadableRows {
      defects.append("rows do not add up: \(tally)")
    }
    if tally.cells != tally.figures + tally.unwantedCells + tally.unreadable {
      defects.append("cells do not add up: \(tally)")
    }
    if tally.figures != figures.series.reduce(0, { $0 + $1.figures.count }) {
      defects.append("figures do not add up: \(tally)")
    }
    return defects
  }

  // MARK: Other tables

  private static func others(_ contents: FileContents) {
    if let file = try? MonitoringFile(contents) { _ = try? file.view(reasonAbove: 1) }
    if let gazetteer = try? Gazetteer.english, let day = CivilDate(year: 2024, month: 4, day: 1) {
      _ = try? NeighbourSet(reading: contents, name: "set", firstDay: day, gazetteer: gazetteer)
    }
  }

  private static func returns(_ bytes: [UInt8], in folder: FuzzFolder, _ defects: inout [String]) {
    guard bytes.firstRange(of: Array("CHILD".utf8)) != nil else { return }
    let (header, episodes) = halves(bytes)
    let path = folder.file("header_2022-23.csv", header)
    _ = folder.file("episodes_2022-23.csv", episodes)
    for mending in [[], Set(CareMending.allCases)] {
      let input = LayoutInput(path, options: LayoutInput.Options(mending: mending))
      do throws(EvidenceError) {
        let figures = try Layouts.read(input, as: CareReturnLayout.self)
        defects += footing(figures).map { "returns: \($0)" }
      } catch {
        _ = error.description
      }
    }
  }
}
