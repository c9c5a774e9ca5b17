import TimeSeries

/// A file of series, one observation to a row, after the contract in `Documentation/COMMAND.md`.
///
/// The rows are held in columns, at 20 bytes each and what the optional columns add; a `Series` is made when it is
/// asked for, so that a file of a hundred thousand series can be gone through one by one.
///
/// Beyond the contract's columns, `source`, `published` (a date), `published_approximate` (yes, no), `note` and `break`
/// (yes, reporting, no), `rounding` (the unit to which the publisher rounded) and `status` (provisional, revised,
/// estimated) are read where they are present; `lower_limit` and `upper_limit` are passed over; every other column is kept as an attribute of its series.
public struct SeriesFile: Sendable {
  /// A series that was left out, and why.
  public struct FailedSeries: Hashable, Sendable {
    /// The identifier.
    public let id: String
    /// The area, where there is one.
    public let area: String?
    /// The first of its problems, with its place, and the number of the others.
    public let message: String
    /// The number of series that can be used and begin before it.
    public let soundBefore: Int
  }

  /// The file, as it was named; `-` for standard input.
  public let file: String
  /// What was recognised or taken for granted, as sentences.
  public let notes: [String]
  /// What is doubtful but does not keep the data from use, by row.
  public let warnings: [Problem]
  /// What is wrong, by row; none unless ``SeriesFileOptions/keepsSoundSeries`` was asked for.
  public let problems: [Problem]
  /// The number of problems beyond those listed.
  public let omittedProblems: Int
  /// The series that were left out, in the order of the file.
  public let failed: [FailedSeries]
  /// Whether the rows of every series stand together.
  public let isGrouped: Bool
  /// The columns that are kept as attributes, in the order of the file.
  public let attributeNames: [String]

  /// The columns that were read as covariates, in the order in which they were asked for.
  public let covariateNames: [String]

  /// The names of all columns, in the order of the file.
  public let columnNames: [String]

  /// The rows with something in them that had been read by the end of the file or batch, those of series that were left
  /// out too.
  public let readRowCount: Int
  /// The rows with nothing in them by then.
  public let blankRowCount: Int

  let rows: SeriesRows
  private let sharedMeasure: Int?
  private let sharedAttributes: [Int]
  /// The series that can be used, by the number of their identity.
  let sound: [Int32]
  private let layout: RowLayout

  /// Reads a file, or standard input when the path is `-`. Its text is not held, but only what it says.
  ///
  /// - Throws: ``EvidenceError``; all problems of the rows at once, up to the limit of the options.
  public static func read(
    _ path: String, options: SeriesFileOptions = SeriesFileOptions()
  ) throws(EvidenceError) -> SeriesFile {
    var source = SeriesSource(path, limit: options.byteLimit)
    return try source.reading(options) { reader throws(EvidenceError) in
      try SeriesFile(readingAll: &reader)
    }
  }

  /// Reads the contents of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)``.
  public init(
    _ contents: FileContents, options: SeriesFileOptions = SeriesFileOptions()
  ) throws(EvidenceError) {
    let text = try DecodedText(contents)
    let table = try DelimitedText(text)
    var reader = try SeriesFileReader(
      table.table, lines: table.rows(), baseName: contents.baseName, options: options)
    try self.init(readingAll: &reader, notes: text.notes)
  }

  /// Reads all rows.
  init(readingAll reader: inout SeriesFileReader, notes decoding: [String] = []) throws(EvidenceError) {
    try reader.readAllRows()
    if reader.errors.isEmpty, reader.rows.count == 0, !reader.options.mayBeEmpty {
      throw .badData(
        Problem(
          file: reader.header.file, row: 1,
          message: "there are no rows under the header; add one for each observation"))
    }
    var layout = RowLayout(series: reader.rows.series, seriesCount: reader.rows.identities.count)
    let periodNotes = reader.readPeriods()
    reader.checkOrder(&layout)
    let (problems, omitted) = reader.errors.first(reader.options.problemLimit)
    if !problems.isEmpty, !reader.options.keepsSoundSeries {
      throw .badData(problems: problems, omitted: omitted)
    }
    self.init(
      taking: &reader, layout: layout, notes: decoding + reader.textNotes + periodNotes + reader.notes,
      problems: problems, omitted: omitted,
      warnings: reader.warnings.first(reader.options.problemLimit).problems)
  }

  /// Takes the rows that a reader has read since the last time, whole series all of them.
  ///
  /// What is said of the file as a whole, its notes, warnings and problems, stays with the reader.
  init(batchOf reader: inout SeriesFileReader) {
    var layout = RowLayout(series: reader.rows.series, seriesCount: reader.rows.identities.count)
    _ = reader.readPeriods()
    reader.checkOrder(&layout)
    self.init(taking: &reader, layout: layout, notes: [], problems: [], omitted: 0, warnings: [])
  }

  private init(
    taking reader: inout SeriesFileReader, layout: RowLayout, notes: [String], problems: [Problem],
    omitted: Int, warnings: [Problem]
  ) {
    file = reader.header.file
    self.notes = notes
    self.warnings = warnings
    self.problems = problems
    omittedProblems = omitted
    isGrouped = layout.isGrouped
    columnNames = reader.header.names
    readRowCount = reader.rowCount
    blankRowCount = reader.blankRows
    attributeNames = reader.columns.attributes.map(\.name)
    covariateNames = reader.columns.covariates.map(\.name)
    sharedMeasure = reader.columns.sharedMeasure
    sharedAttributes = reader.columns.sharedAttributes
    // Rows that are apart in memory cost far more to go through than to bring together.
    if let order = layout.order { reader.rows.reorder(by: order) }
    rows = reader.rows
    var layout = layout
    layout.removeOrder()
    self.layout = layout
    var sound: [Int32] = []
    var failed: [FailedSeries] = []
    for number in 0..<Int32(clamping: reader.rows.identities.count) {
      guard let failure = reader.failed[number] else {
        sound.append(number)
        continue
      }
      failed.append(
        FailedSeries(
          id: reader.rows.id(of: number), area: reader.rows.area(of: number),
          message: failure.message(reader.options), soundBefore: sound.count))
    }
    self.sound = sound
    self.failed = failed
    reader.reset()
  }
}

// MARK: Series

extension SeriesFile {
  /// The number of series that can be used.
  public var count: Int { sound.count }

  /// The number of rows that were read.
  public var rowCount: Int { rows.count }

  /// What names each series that can be used, in the order in which they first appear.
  public var keys: [Panel.Key] {
    sound.map { Panel.Key(id: rows.id(of: $0), area: rows.area(of: $0)) }
  }

  /// The series at a position from 0 to ``count`` less one, in the order in which they first appear; nil beyond.
  ///
  /// - Throws: nothing for a file that was read: its periods have been checked.
  public func series(at position: Int) throws(TimeSeriesError) -> Series? {
    guard sound.indices.contains(position) else { return nil }
    let number = sound[position]
    let id = rows.id(of: number)
    let measure = sharedMeasure.map { rows.texts[rows.sharedText($0, of: number)] } ?? ""
    return try Series(
      id: id, area: rows.area(of: number),
      measure: Measure(id: measure.isEmpty ? id : measure, unit: rows.unit(of: number)),
      points: points(layout.places(of: number)),
      attributes: zip(attributeNames, sharedAttributes).map {
        Series.Attribute(name: $0, value: rows.texts[rows.sharedText($1, of: number)])
      },
      covariateNames: covariateNames)
  }

  /// The positions of the series by pool, pools and series in the order in which they first appear.
  ///
  /// A series without a pool stands alone; so does every series where no pools were asked for.
  public var pools: [[Int]] {
    var pools: [[Int]] = []
    var places: [Int32: Int] = [:]
    for (position, number) in sound.enumerated() {
      let pool = rows.pools.isEmpty ? -1 : rows.pools[Int(number)]
      if pool < 0 || rows.texts.isEmpty(pool) {
        pools.append([position])
      } else if let place = places[pool] {
        pools[place].append(position)
      } else {
        places[pool] = pools.count
        pools.append([position])
      }
    }
    return pools
  }

  /// All series that can be used.
  ///
  /// - Throws: nothing for a file that was read.
  public func panel() throws(TimeSeriesError) -> Panel {
    var all: [Series] = []
    all.reserveCapacity(count)
    for position in 0..<count {
      if let one = try series(at: position) { all.append(one) }
    }
    return try Panel(all)
  }

  private func points(_ rows: Range<Int>) -> [DataPoint] {
    var points: [DataPoint] = []
    points.reserveCapacity(rows.count)
    for row in rows {
      if let point = point(row) { points.append(point) }
    }
    return points
  }

  private func point(_ row: Int) -> DataPoint? {
    guard let period = rows.periods[Int(rows.period[row])] else { return nil }
    let bits = rows.flags.isEmpty ? 0 : rows.flags[row]
    let day = rows.published.isEmpty ? SeriesRows.unknownDay : rows.published[row]
    return DataPoint(
      period: period, observation: rows.observations[row], rounding: number(rows.rounding, row),
      numerator: number(rows.numerator, row), denominator: number(rows.denominator, row),
      publication: day == SeriesRows.unknownDay
        ? nil
        : Publication(
          date: CivilDate(daysSinceEpoch: Int(day)), isApproximate: bits & SeriesRows.approximate != 0),
      flags: DataFlags(rawValue: bits & ~SeriesRows.approximate),
      origin: Origin(file: file, row: Int(rows.line[row]), source: text(rows.source, row)),
      note: text(rows.note, row),
      covariates: rows.covariates.isEmpty ? [] : rows.covariates.map { number($0, row) })
  }

  private func number(_ column: [Double], _ row: Int) -> Double? {
    column.isEmpty || column[row].isNaN ? nil : column[row]
  }

  private func text(_ column: [Int32], _ row: Int) -> String? {
    guard !column.isEmpty else { return nil }
    let text = rows.texts[column[row]]
    return text.isEmpty ? nil : text
  }
}
