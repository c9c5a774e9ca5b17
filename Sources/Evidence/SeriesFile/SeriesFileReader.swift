import TimeSeries

/// Reads a series file row by row into columns, and remembers what is wrong with it.
///
/// The whole file is read at once, or batch after batch of whole series (and whole pools), of which only the last is
/// held.
struct SeriesFileReader {
  let header: TableHeader
  let columns: SeriesColumns
  let options: SeriesFileOptions
  let baseName: String
  var rows: SeriesRows
  var periodTexts = PeriodTexts()
  var errors = ProblemList()
  var warnings = ProblemList()
  /// What is wrong with each series with which anything is.
  var failed: [Int32: SeriesFailure] = [:]
  /// What is wrong with rows that name no series.
  var unnamed = ProblemList()
  /// The gaps that are named, and the number of series whose gaps are not.
  var gaps: [Gap] = []
  var unnamedGaps = 0
  /// Which names have been met, where a name that comes back is to be noticed.
  var grouping: GroupingCheck?
  /// The number of series by the numbers of their name and area.
  var positions = SeriesNumbers()
  /// The columns of attributes that vary within a series.
  var varyingAttributes: Set<Int> = [] {
    didSet { compared = columns.shared.indices.filter { !varyingAttributes.contains(columns.shared[$0]) } }
  }
  /// The positions in ``SeriesColumns/shared`` of what a row must say as its series does.
  var compared: [Int]
  /// What the row before said of its name.
  var rowBefore = RowBefore()
  /// The series of the last sound row, which most rows go on with; -1 where there is none.
  var lastSeries: Int32 = -1
  /// Whether all rows are held, in whatever order they come.
  private(set) var holdsAll = false
  /// The rows that have been read, those of earlier batches too.
  var rowCount = 0
  /// The rows with nothing in them.
  var blankRows = 0
  var lines: DelimitedReader
  /// Whether the reader stands on a row that it has not taken in: the first of the next batch.
  private var isOnRow = false

  /// A reader of the rows after a header.
  ///
  /// - Parameter lines: stands behind the header.
  init(
    _ header: TableHeader, lines: DelimitedReader, baseName: String, options: SeriesFileOptions
  ) throws(EvidenceError) {
    self.header = header
    self.lines = lines
    self.baseName = baseName
    self.options = options
    columns = try SeriesColumns(header, covariates: options.covariates, poolBy: options.poolBy)
    compared = Array(columns.shared.indices)
    rows = SeriesRows(sharedCount: columns.shared.count, covariateCount: columns.covariates.count)
    doubtHeader()
  }

  /// Forgets the rows, which have been taken as a batch.
  mutating func reset() {
    if options.periodReading == .pool { periodTexts.removeAll() }
    rows = SeriesRows(sharedCount: columns.shared.count, covariateCount: columns.covariates.count)
    positions.removeAll()
    failed.removeAll(keepingCapacity: true)
    // The first row of the next batch is sorted behind the last of this one.
    if grouping?.order != .sorted { rowBefore = RowBefore() }
    lastSeries = -1
  }

  /// Reads rows: all, or at least so many and the rest of the series or pool to which the last of them belongs.
  ///
  /// - Returns: whether there are more.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for text that cannot be taken apart into rows, and for a
  ///   grouping that is broken where it is checked.
  mutating func readRows(atLeast wanted: Int = .max) throws(EvidenceError) -> Bool {
    // Apart from the rest, so that a row can be looked at while what it says is taken in.
    var lines = DelimitedReader(bytes: [], file: header.file, separator: header.separator)
    swap(&lines, &self.lines)
    defer { swap(&lines, &self.lines) }
    holdsAll = wanted == .max && grouping == nil
    do throws(EvidenceError) {
      while true {
        if !isOnRow {
          guard try lines.next() else { return false }
        }
        isOnRow = false
        if rows.count >= wanted, beginsGroup(lines) {
          isOnRow = true
          return true
        }
        try readRow(lines)
      }
    } catch {
      // Problems of series are told with their series there, and must not hide what ended the reading.
      guard case .badData(let problems, _) = error, options.periodReading == .file else { throw error }
      for problem in problems { errors.add(problem) }
      let (shown, omitted) = errors.first(options.problemLimit)
      throw .badData(problems: shown, omitted: omitted)
    }
  }

  /// The line on which the text turned out not to be UTF-8, which ended it; see ``TextFeed``.
  var otherEncodingLine: Int? { lines.otherEncodingLine }

  /// What the text and the columns said so far, as sentences, but for what the periods say.
  var textNotes: [String] { lines.notes + header.notes }

  /// What the reader should know, beyond what the text and the periods say.
  var notes: [String] {
    var notes: [String] = []
    if blankRows > 0 { notes.append("\(header.file) has \(blankRows) rows with nothing in them, left out") }
    for (name, column) in columns.attributes where varyingAttributes.contains(column) {
      notes.append(
        "column \"\(name)\" varies within a series; its first value is kept as an attribute, and a model can use all of them: regressors(\(name))"
      )
    }
    notes += gaps.map(\.text)
    if unnamedGaps > 0 { notes.append("\(unnamedGaps) more series of \(header.file) have gaps") }
    return notes
  }

  private mutating func readRow(_ row: DelimitedReader) throws(EvidenceError) {
    if row.isBlank {
      blankRows += 1
      return
    }
    rowCount += 1
    guard row.fieldCount == header.names.count else {
      let message = """
        the row has \(row.fieldCount) fields where the header has \(header.names.count); \
        put fields that contain separators in quotes
        """
      guard columns.series.map({ $0 < row.fieldCount }) ?? true else {
        fail(nil, row.row, message)
        return
      }
      try checkGrouping(row)
      let series = series(row)
      fail(series, row.row, message)
      if series != nil {
        rowBefore.keep(row, groupColumns)
        lastSeries = -1
      }
      return
    }
    guard let known = try identified(row) else { return }
    let observation: Observation
    do throws(UnreadableText) {
      observation = try value(row, known.series)
    } catch {
      fail(known.series, row.row, Self.message("value", error))
      return
    }
    if let value = observation.value, !rows.allows(value, in: known.series) {
      doubtBounds(observation, rows.unit(of: known.series), row.row)
    }
    guard let extras = extras(row, known.series) else { return }
    if columns.denominator != nil {
      doubtQuotient(
        observation, row.text(columns.value), over: extras.numerator, extras.denominator,
        unit: rows.unit(of: known.series),
        isExplained: columns.note.map { row.withBytes($0) { !$0.isEmpty } } ?? false, row: row.row)
    }
    rows.series.append(known.series)
    rows.period.append(row.withBytes(columns.period) { periodTexts.number(of: $0, known.setting) })
    // Without a value of its own, a quotient is as suppressed as the counts it would be made of.
    let isSuppressed =
      extras.hasSuppressedCount && observation == .notAvailable && Self.word(row, columns.value) == nil
    rows.observations.append(isSuppressed ? .suppressed(nil) : observation)
    rows.line.append(Int32(clamping: row.row))
    append(extras, row)
  }

  /// The value of a row; what is no plain number is read once and remembered.
  private mutating func value(_ row: DelimitedReader, _ series: Int32) throws(UnreadableText) -> Observation {
    if let value = row.withBytes(columns.value, { PlainDecimal.value(of: $0) }), value.isFinite {
      return .value(value)
    }
    let unit = rows.unitNumber(of: series)
    if let known = row.withBytes(columns.value, { rows.codes.find($0, unit: unit) }) { return known }
    let read = try Observation(parsing: row.text(columns.value), unit: rows.unit(of: series))
    row.withBytes(columns.value) { rows.codes.remember($0, unit: unit, read) }
    return read
  }

  /// Numbers are read from the bytes; whatever is no number goes the longer way.
  static func observation(
    _ row: DelimitedReader, _ column: Int, unit: Unit?
  ) throws(UnreadableText) -> Observation {
    if let value = row.withBytes(column, { PlainDecimal.value(of: $0) }), value.isFinite {
      return .value(value)
    }
    return try Observation(parsing: row.text(column), unit: unit)
  }

  static func message(_ column: String, _ reason: UnreadableText) -> String {
    "\(column) \"\(reason.text)\" in column \"\(column)\" \(reason.problem); \(reason.remedy)"
  }

  /// Remembers a problem.
  ///
  /// - Parameters:
  ///   - series: the series that has it; nil for a row that names none.
  ///   - row: the line of the row.
  ///   - isDiscord: whether rows of the series contradict one another, so that which of them are read depends on their order.
  mutating func fail(_ series: Int32?, _ row: Int, _ message: String, isDiscord: Bool = false) {
    let problem = Problem(file: header.file, row: row, message: message)
    errors.add(problem)
    guard let series else {
      unnamed.add(problem)
      return
    }
    failed[series, default: SeriesFailure()].add(problem, isDiscord: isDiscord)
  }

  /// Where the rows of a problem stand, for its message; nothing where the place of a row is the chance of the file.
  func lines(_ text: String) -> String { options.periodReading == .pool ? "" : text }
}
