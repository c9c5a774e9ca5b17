/// The series of a file, batch after batch, so that no more of it is held than a batch.
///
/// A batch is a ``SeriesFile`` of some of the rows: whole series, and whole pools where pools are asked for. What it
/// holds does not depend on where the batches are cut.
///
/// A file whose rows stand together by series (and its series by pool) is gone through twice: first for how its periods are to
/// be read, which the whole column decides, and for whether they do stand together; then for its series. Where they do
/// not, the file is one batch. What cannot be read twice, standard input or another pipe, is one batch too, unless its
/// rows are said to stand together: then the first rows decide how periods are read (as many as that takes, up to
/// ``decidingRows``), and a period that does not agree with them is a problem of its series. Where each pool reads its own
/// periods (``SeriesFileOptions/PeriodReading/pool``) nothing of that is needed, and rows that are said to be sorted are gone
/// through once.
public struct SeriesStream {
  /// The file, as it was named; `-` for standard input.
  public let file: String
  /// Whether the input comes in batches; else it is held.
  public let isStreamed: Bool

  /// The most rows of a pipe that are read before the reading of its periods is settled.
  public static let decidingRows = 1 << 16

  private let batchRows: Int
  private var reader: SeriesFileReader
  /// The rows that the first pass counted; nil where there was none.
  private let expectedRows: Int?
  private var hasMore = true
  private var isSettled: Bool
  private var whole: SeriesFile?

  /// Opens a file, or standard input when the path is `-`.
  ///
  /// - Parameters:
  ///   - path: the file, or `-`.
  ///   - options: how it is read. Series with problems are always left out and named, and the limit on the bytes holds
  ///     only where the input is held.
  ///   - order: how the rows are said to stand; it is an error where they do not. Nil where nothing is said.
  ///   - batchRows: how many rows make a batch, at least; it changes no result.
  /// - Throws: ``EvidenceError``; ``EvidenceError/badData(problems:omitted:)`` that names the row for a broken grouping.
  public init(
    _ path: String, options: SeriesFileOptions = SeriesFileOptions(), order: SeriesOrder? = nil,
    batchRows: Int = 4096
  ) throws(EvidenceError) {
    var options = options
    options.keepsSoundSeries = true
    file = path
    self.batchRows = max(1, batchRows)
    var source = SeriesSource(path, limit: .max)
    let readsOnce = !source.canBeReadAgain || (order == .sorted && options.periodReading == .pool)
    let scan = readsOnce ? nil : try Self.scan(&source, options, order, self.batchRows)
    isStreamed = scan != nil || (readsOnce && order != nil)
    isSettled = scan != nil || options.periodReading == .pool
    expectedRows = scan?.rowCount
    guard isStreamed else {
      var held = SeriesSource(path, limit: options.byteLimit)
      var finished: SeriesFileReader?
      whole = try held.reading(options) { reader throws(EvidenceError) in
        let file = try SeriesFile(readingAll: &reader)
        finished = reader
        return file
      }
      guard let finished else { throw .badData(Problem(file: path, message: "the file could not be read")) }
      reader = finished
      return
    }
    reader = try source.reader(options)
    if options.periodReading == .file, let scan { reader.periodTexts = scan.periodTexts }
    if let order, scan == nil || order == .sorted { reader.grouping = GroupingCheck(order) }
  }

  /// The next batch; nil at the end.
  ///
  /// - Throws: ``EvidenceError``; of a pipe, for rows that do not stand together too.
  public mutating func next() throws(EvidenceError) -> SeriesFile? {
    if isStreamed { return try nextBatch() }
    defer { whole = nil }
    return whole
  }

  private mutating func nextBatch() throws(EvidenceError) -> SeriesFile? {
    guard hasMore else { return nil }
    hasMore = try reader.readRows(atLeast: batchRows)
    while !isSettled, hasMore, reader.rows.count < Self.decidingRows, reader.periodTexts.areUndecided {
      hasMore = try reader.readRows(atLeast: reader.rows.count + batchRows)
    }
    isSettled = true
    if !hasMore {
      if reader.rowCount == 0, reader.errors.isEmpty, !reader.options.mayBeEmpty {
        throw .badData(
          Problem(
            file: file, row: 1, message: "there are no rows under the header; add one for each observation"))
      }
      if let expectedRows, reader.rowCount != expectedRows {
        throw .badData(
          Problem(
            file: file,
            message:
              "the file had \(expectedRows) rows and has \(reader.rowCount) now; forecast a file that nobody writes to"
          ))
      }
    }
    return SeriesFile(batchOf: &reader)
  }

  private struct Scan {
    let periodTexts: PeriodTexts
    let rowCount: Int
  }

  /// Goes through a file for its periods and its grouping; nil where it is to be held.
  private static func scan(
    _ source: inout SeriesSource, _ options: SeriesFileOptions, _ order: SeriesOrder?, _ batchRows: Int
  ) throws(EvidenceError) -> Scan? {
    try source.reading(options) { reader throws(EvidenceError) -> Scan? in
      reader.grouping = GroupingCheck(order ?? .grouped)
      do throws(EvidenceError) {
        while try reader.readRows(atLeast: batchRows) { reader.reset() }
      } catch {
        if order != nil, reader.grouping?.isBroken == true { throw error }
        // Held, it is read again, and what else is wrong with it is said.
        return nil
      }
      _ = reader.periodTexts.readNew()
      return Scan(periodTexts: reader.periodTexts, rowCount: reader.rowCount)
    }
  }
}

// MARK: What is said of the whole

extension SeriesStream {
  /// Whether the input has a column, whatever its capitals.
  public func hasColumn(_ name: String) -> Bool { reader.header.column(name) != nil }

  /// What was recognised or taken for granted so far, as sentences.
  public var notes: [String] {
    reader.textNotes + reader.periodTexts.notes + reader.notes
  }

  /// What is doubtful so far but does not keep the data from use, by row.
  public var warnings: [Problem] {
    reader.warnings.first(reader.options.problemLimit).problems
  }

  /// The rows with something in them that have been read so far.
  public var rowCount: Int { reader.rowCount }

  /// Whether the text read so far stops within a line. At the end of the input it may then have been cut short: half of a
  /// number is a number too.
  public var stopsInLine: Bool { !(reader.lines.feed?.endsLine ?? true) }

  /// What is wrong so far with rows that name no series, by row, and the number of problems beyond those listed.
  public var unnamedProblems: (listed: [Problem], omitted: Int) {
    let (listed, omitted) = reader.unnamed.first(reader.options.problemLimit)
    return (listed, omitted)
  }

  /// What is wrong so far, by row, and the number of problems beyond those listed.
  public var problems: (listed: [Problem], omitted: Int) {
    let (listed, omitted) = reader.errors.first(reader.options.problemLimit)
    return (listed, omitted)
  }
}
