import TimeSeries

/// Reads a series file row by row into columns, and remembers what is wrong with it.
struct SeriesFileReader {
  private struct Key: Hashable {
    let series: Int32
    let area: Int32
  }

  let table: DelimitedText
  let columns: SeriesColumns
  let options: SeriesFileOptions
  let baseName: String
  var rows = SeriesRows()
  var periodTexts = PeriodTexts()
  var errors = ProblemList()
  var warnings = ProblemList()
  /// The first problem of each series that has any, and how many it has.
  var failed: [Int32: (first: String, count: Int)] = [:]
  private var positions: [Key: Int32] = [:]
  private var blankRows = 0
  /// The gaps that are named, and the number of series whose gaps are not.
  var gaps: [Gap] = []
  var unnamedGaps = 0
  private var varyingAttributes: Set<Int> = []

  init(_ table: DelimitedText, baseName: String, options: SeriesFileOptions) throws(EvidenceError) {
    self.table = table
    self.baseName = baseName
    self.options = options
    columns = try SeriesColumns(table, covariates: options.covariates)
    rows.covariates = columns.covariates.map { _ in [] }
    doubtHeader()
  }

  /// Reads every row.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for text that cannot be taken apart into rows.
  mutating func readRows() throws(EvidenceError) {
    var reader = try table.rows()
    do throws(EvidenceError) {
      while try reader.next() { readRow(reader) }
    } catch {
      guard case .badData(let problems, _) = error else { throw error }
      for problem in problems { errors.add(problem) }
      let (shown, omitted) = errors.first(options.problemLimit)
      throw .badData(problems: shown, omitted: omitted)
    }
  }

  /// What the reader should know, beyond what the text and the periods say.
  var notes: [String] {
    var notes: [String] = []
    if blankRows > 0 { notes.append("\(table.file) has \(blankRows) rows with nothing in them, left out") }
    for (name, column) in columns.attributes where varyingAttributes.contains(column) {
      notes.append(
        "column \"\(name)\" varies within a series; its first value is kept as an attribute, and a model can use all of them: regressors(\(name))"
      )
    }
    notes += gaps.map(\.text)
    if unnamedGaps > 0 { notes.append("\(unnamedGaps) more series of \(table.file) have gaps") }
    return notes
  }

  private mutating func readRow(_ row: DelimitedReader) {
    if row.isBlank {
      blankRows += 1
      return
    }
    guard row.fieldCount == table.header.count else {
      let message = """
        the row has \(row.fieldCount) fields where the header has \(table.header.count); \
        put fields that contain separators in quotes
        """
      fail(columns.series.map { $0 < row.fieldCount } == false ? nil : series(row), row.row, message)
      return
    }
    guard let series = series(row) else {
      fail(nil, row.row, "there is no name in column \"series\"; name the series of this row")
      return
    }
    guard let identity = identity(of: series, row) else { return }
    guard let setting = setting(row, series) else { return }
    let observation: Observation
    do throws(UnreadableText) {
      observation = try Self.observation(row, columns.value, unit: identity.unit)
    } catch {
      fail(series, row.row, Self.message("value", error))
      return
    }
    checkBounds(observation, identity.unit, row.row)
    guard let extras = extras(row, series) else { return }
    if columns.denominator != nil {
      doubtQuotient(
        observation, row.text(columns.value), over: extras.numerator, extras.denominator, unit: identity.unit,
        isExplained: columns.note.map { row.withBytes($0) { !$0.isEmpty } } ?? false, row: row.row)
    }
    rows.series.append(series)
    rows.period.append(row.withBytes(columns.period) { periodTexts.number(of: $0, setting) })
    rows.observations.append(observation)
    rows.line.append(Int32(clamping: row.row))
    append(extras, row)
  }

  /// Numbers are read from the bytes; whatever is no number goes the longer way.
  private static func observation(
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

  mutating func fail(_ series: Int32?, _ row: Int, _ message: String) {
    let problem = Problem(file: table.file, row: row, message: message)
    errors.add(problem)
    if let series {
      let known = failed[series]
      failed[series] = (known?.first ?? problem.description, (known?.count ?? 0) + 1)
    }
  }
}

// MARK: What rows of a series share

extension SeriesFileReader {
  /// The number of the row's series; nil when the row names none.
  private mutating func series(_ row: DelimitedReader) -> Int32? {
    let id: Int32
    if let column = columns.series {
      id = row.withBytes(column) { $0.isEmpty ? -1 : rows.texts.number(of: $0) }
      guard id >= 0 else { return nil }
    } else {
      id = rows.texts.number(of: baseName)
    }
    let area = columns.area.map { column in row.withBytes(column) { rows.texts.number(of: $0) } } ?? -1
    if let known = positions[Key(series: id, area: area)] { return known }
    let position = Int32(clamping: rows.identities.count)
    positions[Key(series: id, area: area)] = position
    var unit = Unit.other("")
    if let column = columns.unit {
      do throws(UnreadableText) {
        unit = try Unit(parsing: row.text(column))
      } catch {
        fail(position, row.row, Self.message("unit", error))
      }
    }
    let areaName = area >= 0 ? rows.texts[area] : ""
    rows.identities.append(
      SeriesRows.Identity(
        id: rows.texts[id], area: areaName.isEmpty ? nil : areaName, firstLine: Int32(clamping: row.row),
        unit: unit, fixed: numbers(row, fixedColumns),
        attributes: numbers(row, columns.attributes.map(\.column))
      ))
    return position
  }

  private var fixedColumns: [Int] {
    [columns.unit, columns.measure, columns.calendar, columns.frequency].compactMap { $0 }
  }

  private mutating func numbers(_ row: DelimitedReader, _ columns: [Int]) -> [Int32] {
    columns.map { column in row.withBytes(column) { rows.texts.number(of: $0) } }
  }

  /// What the row's series is; nil, and a problem, when the row contradicts its series.
  private mutating func identity(of series: Int32, _ row: DelimitedReader) -> SeriesRows.Identity? {
    let identity = rows.identities[Int(series)]
    var position = 0
    for column in [columns.unit, columns.measure, columns.calendar, columns.frequency] {
      guard let column else { continue }
      let number = row.withBytes(column) { rows.texts.number(of: $0) }
      if number != identity.fixed[position] {
        fail(
          series, row.row,
          """
          column "\(table.header[column])" holds "\(rows.texts[number])", but series "\(identity.id)" began on line \
          \(identity.firstLine) with "\(rows.texts[identity.fixed[position]])"; \
          give each its own series
          """)
        return nil
      }
      position += 1
    }
    for (attribute, (_, column)) in columns.attributes.enumerated() {
      let number = row.withBytes(column) { rows.texts.number(of: $0) }
      if number != identity.attributes[attribute] { varyingAttributes.insert(column) }
    }
    return identity
  }

  /// Under what the row's period is read; nil, and a problem, when its calendar or frequency is none.
  private mutating func setting(_ row: DelimitedReader, _ series: Int32) -> PeriodTexts.Setting? {
    var frequency = options.frequency
    var yearType = options.yearType
    if let column = columns.frequency, let text = Self.word(row, column) {
      guard let named = Frequency(rawValue: text) else {
        let accepted = Frequency.allCases.map(\.rawValue).joined(separator: ", ")
        fail(
          series, row.row,
          "frequency \"\(text)\" in column \"frequency\" is not known; write one of \(accepted)")
        return nil
      }
      frequency = named
    }
    if let column = columns.calendar, let text = Self.word(row, column) {
      guard let named = YearType(rawValue: text) else {
        let accepted = YearType.allCases.map(\.rawValue).joined(separator: ", ")
        fail(
          series, row.row,
          "calendar \"\(text)\" in column \"calendar\" is not known; write one of \(accepted)")
        return nil
      }
      yearType = named
    }
    return PeriodTexts.Setting(frequency: frequency, yearType: yearType)
  }

  /// A field as a word in small letters; nil when it is empty.
  private static func word(_ row: DelimitedReader, _ column: Int) -> String? {
    let text = row.text(column).split(separator: " ").joined(separator: " ").lowercased()
    return text.isEmpty ? nil : text
  }
}

// MARK: Optional columns

extension SeriesFileReader {
  private struct Extras {
    var numerator = Double.nan
    var denominator = Double.nan
    var published = SeriesRows.unknownDay
    var flags: UInt8 = 0
    var covariates: [Double] = []
  }

  /// The optional columns of a row; nil, and problems, when one of them cannot be read.
  private mutating func extras(_ row: DelimitedReader, _ series: Int32) -> Extras? {
    var extras = Extras()
    var isSound = true
    if let column = columns.numerator { isSound = count(row, series, column, &extras.numerator) && isSound }
    if let column = columns.denominator {
      isSound = count(row, series, column, &extras.denominator) && isSound
    }
    if let column = columns.published, let text = Self.word(row, column) {
      if let date = CivilDate(text) {
        extras.published = Int32(clamping: date.daysSinceEpoch)
      } else {
        fail(
          series, row.row,
          "published \"\(text)\" in column \"published\" is not a date; write it as yyyy-mm-dd, such as 2024-11-28"
        )
        isSound = false
      }
    }
    if let column = columns.publishedApproximate, let text = Self.word(row, column) {
      switch text {
      case "yes": extras.flags |= SeriesRows.approximate
      case "no": break
      default:
        fail(
          series, row.row,
          "published_approximate \"\(text)\" in column \"published_approximate\" is not known; write yes or no"
        )
        isSound = false
      }
    }
    if let column = columns.breakBefore, let text = Self.word(row, column) {
      switch text {
      case "yes", "definition": extras.flags |= DataFlags.definitionBreak.rawValue
      case "reporting": extras.flags |= DataFlags.reportingBreak.rawValue
      case "no": break
      default:
        fail(
          series, row.row,
          """
          break "\(text)" in column "break" is not known; write yes where the series breaks before this period, \
          reporting where only its collection changed, or no
          """)
        isSound = false
      }
    }
    for (_, column) in columns.covariates {
      var number = Double.nan
      isSound = self.number(row, series, column, &number, unit: nil) && isSound
      extras.covariates.append(number)
    }
    return isSound ? extras : nil
  }

  /// Reads a numerator or denominator; a code for absence leaves it unknown.
  private mutating func count(
    _ row: DelimitedReader, _ series: Int32, _ column: Int, _ number: inout Double
  ) -> Bool {
    self.number(row, series, column, &number, unit: .count)
  }

  /// Reads a number beside the value; a code for absence leaves it unknown.
  private mutating func number(
    _ row: DelimitedReader, _ series: Int32, _ column: Int, _ number: inout Double, unit: Unit?
  ) -> Bool {
    do throws(UnreadableText) {
      number = try Self.observation(row, column, unit: unit).value ?? .nan
      return true
    } catch {
      fail(series, row.row, Self.message(table.header[column], error))
      return false
    }
  }

  private mutating func append(_ extras: Extras, _ row: DelimitedReader) {
    if columns.numerator != nil { rows.numerator.append(extras.numerator) }
    if columns.denominator != nil { rows.denominator.append(extras.denominator) }
    for (index, number) in extras.covariates.enumerated() { rows.covariates[index].append(number) }
    if columns.published != nil { rows.published.append(extras.published) }
    if columns.breakBefore != nil || columns.publishedApproximate != nil { rows.flags.append(extras.flags) }
    if let column = columns.source { rows.source.append(row.withBytes(column) { rows.texts.number(of: $0) }) }
    if let column = columns.note { rows.note.append(row.withBytes(column) { rows.texts.number(of: $0) }) }
  }
}
