import GRDB
import TimeSeries

/// The series of a store and their vintages, read inside a transaction.
enum StoreCatalogue {
  /// All series, in the order of their numbers, under names that tell them apart.
  static func series(_ database: Database) throws -> [StoredSeries] {
    var breakdowns: [Int64: [Series.Attribute]] = [:]
    let attributes = try PreparedStatement(
      database, "SELECT series, name, value FROM breakdowns ORDER BY series, position")
    while try attributes.step() {
      breakdowns[attributes.integer(0), default: []].append(
        Series.Attribute(name: attributes.text(1), value: attributes.text(2)))
    }
    let statement = try PreparedStatement(
      database,
      """
      SELECT series.id, measure, measure_name, unit, unit_per, unit_name, name, code, areas.number, level, polarity,
        given_id
      FROM series JOIN areas ON areas.id = series.area ORDER BY series.id
      """)
    var keys: [(number: Int, key: PublishedSeriesKey)] = []
    while try statement.step() {
      let code = UnitCode(
        word: statement.text(3), per: statement.number(4), name: statement.optionalText(5))
      guard let unit = code.unit else { throw StoreFailure.Damage(what: "a series has no unit") }
      let number = statement.integer(0)
      let area = PublishedArea(
        name: statement.text(6), code: statement.optionalText(7), number: statement.optionalText(8),
        level: statement.optionalText(9))
      keys.append(
        (
          Int(number),
          PublishedSeriesKey(
            measure: statement.text(1), measureName: statement.optionalText(2), area: area, unit: unit,
            breakdown: breakdowns[number] ?? [],
            polarity: statement.optionalText(10).flatMap(Polarity.init(rawValue:)),
            givenID: statement.optionalText(11))
        ))
    }
    let names = SeriesFileNames(keys.map { PublishedFigures.PublishedSeries(key: $0.key) }).names
    return zip(keys, names).map { one, name in
      StoredSeries(
        number: one.number, id: name.id, area: name.area.isEmpty ? nil : name.area, key: one.key)
    }
  }
}

/// Reads the vintages of series after series, inside a transaction.
struct VintageReader {
  private let statement: PreparedStatement
  private let periods: [Int64: Period]
  private let imports: [Int64: (file: String, digest: String, isChildLevel: Bool)]

  init(_ database: Database) throws {
    statement = try PreparedStatement(
      database,
      """
      SELECT period, known_from, revision, import, \(FigureColumns.names) FROM vintages
      WHERE series = ? ORDER BY period, revision
      """)
    var imports: [Int64: (file: String, digest: String, isChildLevel: Bool)] = [:]
    let files = try PreparedStatement(database, "SELECT id, file, sha256, child_level FROM imports")
    while try files.step() {
      imports[files.integer(0)] = (files.text(1), files.text(2), files.integer(3) != 0)
    }
    self.imports = imports
    periods = try Self.periods(database)
  }

  /// The periods of a store by their numbers.
  static func periods(_ database: Database) throws -> [Int64: Period] {
    var periods: [Int64: Period] = [:]
    let codes = try PreparedStatement(database, "SELECT id, kind, number FROM periods")
    while try codes.step() {
      let code = PeriodCode(kind: codes.text(1), number: Int(codes.integer(2)))
      guard let period = code.period else { throw StoreFailure.Damage(what: "a period has no meaning") }
      periods[codes.integer(0)] = period
    }
    return periods
  }

  /// Calls for each period of a series with its vintages, in the order of their imports.
  func eachPeriod(of series: Int, _ body: (Period, [Vintage]) throws -> Void) throws {
    try statement.bind(1, series)
    var current: (number: Int64, period: Period)?
    var vintages: [Vintage] = []
    while try statement.step() {
      let number = statement.integer(0)
      if let last = current, last.number != number {
        try body(last.period, vintages)
        vintages.removeAll(keepingCapacity: true)
      }
      guard let period = current?.number == number ? current?.period : periods[number],
        let source = imports[statement.integer(3)]
      else { throw StoreFailure.Damage(what: "a figure has no period or no import") }
      current = (number, period)
      vintages.append(
        Vintage(
          figure: try FigureColumns.read(statement, from: 4, period: period),
          knownFrom: statement.optionalInteger(1).map { CivilDate(daysSinceEpoch: Int($0)) },
          revision: Int(statement.integer(2)), importNumber: Int(statement.integer(3)), file: source.file,
          digest: source.digest, isChildLevel: source.isChildLevel))
    }
    if let current { try body(current.period, vintages) }
  }
}
