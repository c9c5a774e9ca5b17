import TimeSeries

/// A file of series, one observation to a row, after the contract in `Documentation/COMMAND.md`.
///
/// The rows are held in columns, at 20 bytes each and what the optional columns add; a `Series` is made when it is
/// asked for, so that a file of a hundred thousand series can be gone through one by one.
///
/// Beyond the contract's columns, `source`, `published` (a date), `published_approximate` (yes, no), `note` and `break`
/// (yes, reporting, no) are read where they are present; every other column is kept as an attribute of its series.
public struct SeriesFile: Sendable {
  /// A series that was left out, and why.
  public struct FailedSeries: Hashable, Sendable {
    /// The identifier.
    public let id: String
    /// The area, where there is one.
    public let area: String?
    /// The first of its problems, with its place, and the number of the others.
    public let message: String
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

  private let rows: SeriesRows
  private let hasMeasure: Bool
  private let hasUnit: Bool
  /// The series that can be used, by the number of their identity.
  private let sound: [Int32]
  private let layout: RowLayout

  /// Reads a file, or standard input when the path is `-`.
  ///
  /// - Throws: ``EvidenceError``; all problems of the rows at once, up to the limit of the options.
  public static func read(
    _ path: String, options: SeriesFileOptions = SeriesFileOptions()
  ) throws(EvidenceError) -> SeriesFile {
    try SeriesFile(FileContents.read(path, limit: options.byteLimit), options: options)
  }

  /// Reads the contents of a file.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)``.
  public init(
    _ contents: FileContents, options: SeriesFileOptions = SeriesFileOptions()
  ) throws(EvidenceError) {
    let table = try DelimitedText(DecodedText(contents))
    var reader = try SeriesFileReader(table, baseName: contents.baseName, options: options)
    try reader.readRows()
    if reader.errors.isEmpty, reader.rows.count == 0 {
      throw .badData(
        Problem(
          file: table.file, row: 1,
          message: "there are no rows under the header; add one for each observation"))
    }
    let periodNotes = reader.readPeriods()
    let layout = RowLayout(series: reader.rows.series, seriesCount: reader.rows.identities.count)
    reader.checkOrder(layout)
    let (problems, omitted) = reader.errors.first(options.problemLimit)
    if !problems.isEmpty, !options.keepsSoundSeries {
      throw .badData(problems: problems, omitted: omitted)
    }
    file = table.file
    notes = table.notes + periodNotes + reader.notes
    warnings = reader.warnings.first(options.problemLimit).problems
    self.problems = problems
    omittedProblems = omitted
    isGrouped = layout.isGrouped
    attributeNames = reader.columns.attributes.map(\.name)
    covariateNames = reader.columns.covariates.map(\.name)
    rows = reader.rows
    hasMeasure = reader.columns.measure != nil
    hasUnit = reader.columns.unit != nil
    self.layout = layout
    var sound: [Int32] = []
    var failed: [FailedSeries] = []
    for (number, identity) in reader.rows.identities.enumerated() {
      guard let failure = reader.failed[Int32(clamping: number)] else {
        sound.append(Int32(clamping: number))
        continue
      }
      let more = failure.count > 1 ? " (and \(failure.count - 1) more)" : ""
      failed.append(FailedSeries(id: identity.id, area: identity.area, message: failure.first + more))
    }
    self.sound = sound
    self.failed = failed
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
    sound.map { number in
      let identity = rows.identities[Int(number)]
      return Panel.Key(id: identity.id, area: identity.area)
    }
  }

  /// The series at a position from 0 to ``count`` less one, in the order in which they first appear; nil beyond.
  ///
  /// - Throws: nothing for a file that was read: its periods have been checked.
  public func series(at position: Int) throws(TimeSeriesError) -> Series? {
    guard sound.indices.contains(position) else { return nil }
    let number = sound[position]
    let identity = rows.identities[Int(number)]
    let measureText = hasMeasure ? rows.texts[identity.fixed[hasUnit ? 1 : 0]] : ""
    return try Series(
      id: identity.id, area: identity.area,
      measure: Measure(id: measureText.isEmpty ? identity.id : measureText, unit: identity.unit),
      points: layout.rows(of: number).compactMap(point),
      attributes: zip(attributeNames, identity.attributes).map {
        Series.Attribute(name: $0, value: rows.texts[$1])
      },
      covariateNames: covariateNames)
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

  private func point(_ row: Int) -> DataPoint? {
    guard let period = rows.periods[Int(rows.period[row])] else { return nil }
    let bits = rows.flags.isEmpty ? 0 : rows.flags[row]
    let day = rows.published.isEmpty ? SeriesRows.unknownDay : rows.published[row]
    return DataPoint(
      period: period, observation: rows.observations[row],
      numerator: number(rows.numerator, row), denominator: number(rows.denominator, row),
      publication: day == SeriesRows.unknownDay
        ? nil
        : Publication(
          date: CivilDate(daysSinceEpoch: Int(day)), isApproximate: bits & SeriesRows.approximate != 0),
      flags: DataFlags(rawValue: bits & ~SeriesRows.approximate),
      origin: Origin(file: file, row: Int(rows.line[row]), source: text(rows.source, row)),
      note: text(rows.note, row),
      covariates: rows.covariates.map { number($0, row) })
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
