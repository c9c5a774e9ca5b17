import GRDB
import TimeSeries

/// The areas, series and periods of a store, found or made, inside a transaction that writes.
///
/// An area is known by its code; without one, by its name, number and level together. A series is known by its area,
/// measure, unit, breakdowns and the identifier that its file gives, in whatever order the columns of the breakdowns stand. Names that readers see (of an area
/// with a code, of a measure) are those of the latest file.
final class StoreNames {
  private let database: Database
  private let number: Int
  private let renames: Bool
  private var areas: [PublishedArea: Int64] = [:]
  private var periods: [Period: Int64] = [:]
  /// The series that were made.
  private(set) var newSeries = 0

  private let selectSeries: PreparedStatement
  private let insertSeries: PreparedStatement
  private let insertBreakdown: PreparedStatement
  private let renameSeries: PreparedStatement

  /// Finds and makes names in a transaction.
  ///
  /// - Parameters:
  ///   - database: the connection.
  ///   - import: the number of the import that makes them.
  ///   - renames: whether names for readers follow the file; not when the file was imported before.
  init(_ database: Database, import number: Int, renames: Bool) throws {
    self.database = database
    self.number = number
    self.renames = renames
    selectSeries = try PreparedStatement(
      database, "SELECT id, measure_name, polarity FROM series WHERE identity = ?")
    insertSeries = try PreparedStatement(
      database,
      "INSERT INTO series (identity, area, measure, measure_name, unit, unit_per, unit_name, import, polarity, "
        + "given_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    insertBreakdown = try PreparedStatement(
      database, "INSERT INTO breakdowns (series, position, name, value) VALUES (?, ?, ?, ?)")
    renameSeries = try PreparedStatement(
      database, "UPDATE series SET measure_name = ?, polarity = ? WHERE id = ?")
  }

  /// The series of a key, and whether it was made now.
  func series(_ key: PublishedSeriesKey) throws -> (id: Int64, isNew: Bool) {
    let area = try area(key.area)
    let identity = Self.identity(key, area: area)
    try selectSeries.bind(1, identity)
    if try selectSeries.step() {
      let id = selectSeries.integer(0)
      let known = (name: selectSeries.optionalText(1), polarity: selectSeries.optionalText(2))
      selectSeries.reset()
      // What a file does not say of a measure is no news.
      let latest = (
        name: key.measureName ?? known.name, polarity: key.polarity?.rawValue ?? known.polarity
      )
      if renames, latest != known {
        try renameSeries.bind(1, latest.name)
        try renameSeries.bind(2, latest.polarity)
        try renameSeries.bind(3, id)
        try renameSeries.run()
      }
      return (id, false)
    }
    let unit = UnitCode(key.unit)
    try insertSeries.bind(1, identity)
    try insertSeries.bind(2, area)
    try insertSeries.bind(3, key.measure)
    try insertSeries.bind(4, key.measureName)
    try insertSeries.bind(5, unit.word)
    try insertSeries.bind(6, unit.per)
    try insertSeries.bind(7, unit.name)
    try insertSeries.bind(8, number)
    try insertSeries.bind(9, key.polarity?.rawValue)
    try insertSeries.bind(10, key.givenID)
    try insertSeries.run()
    let id = database.lastInsertedRowID
    for (position, attribute) in key.breakdown.enumerated() {
      try insertBreakdown.bind(1, id)
      try insertBreakdown.bind(2, position)
      try insertBreakdown.bind(3, attribute.name)
      try insertBreakdown.bind(4, attribute.value)
      try insertBreakdown.run()
    }
    newSeries += 1
    return (id, true)
  }

  /// The number of a period, which has a code.
  func period(_ period: Period) throws -> Int64 {
    if let id = periods[period] { return id }
    guard let code = PeriodCode(period) else {
      throw StoreFailure.Damage(what: "a period that cannot be held was let through")
    }
    var id = try Int64.fetchOne(
      database, sql: "SELECT id FROM periods WHERE kind = ? AND number = ?",
      arguments: [code.kind, code.number])
    if id == nil {
      try database.execute(
        sql: "INSERT INTO periods (kind, number, label, first_day, last_day) VALUES (?, ?, ?, ?, ?)",
        arguments: [
          code.kind, code.number, period.label, period.start?.daysSinceEpoch, period.end?.daysSinceEpoch,
        ])
      id = database.lastInsertedRowID
    }
    guard let id else { throw StoreFailure.Damage(what: "a period has no number") }
    periods[period] = id
    return id
  }

  // MARK: Areas

  private func area(_ published: PublishedArea) throws -> Int64 {
    if let id = areas[published] { return id }
    // An empty code is none.
    let area = PublishedArea(
      name: published.name, code: published.code.nonEmpty, number: published.number.nonEmpty,
      level: published.level.nonEmpty)
    let id = try area.code.map { try self.area(area, code: $0) } ?? areaWithoutCode(area)
    areas[published] = id
    return id
  }

  private func area(_ area: PublishedArea, code: String) throws -> Int64 {
    let select = try PreparedStatement(database, "SELECT id, name, number, level FROM areas WHERE code = ?")
    try select.bind(1, code)
    guard try select.step() else { return try insert(area) }
    let id = select.integer(0)
    let known = PublishedArea(
      name: select.text(1), code: code, number: select.optionalText(2), level: select.optionalText(3))
    select.reset()
    var latest = area
    // What a file does not say of an area is no news.
    if latest.name.isEmpty { latest.name = known.name }
    latest.number = latest.number ?? known.number
    latest.level = latest.level ?? known.level
    if renames, latest != known {
      let update = try PreparedStatement(
        database, "UPDATE areas SET name = ?, number = ?, level = ? WHERE id = ?")
      try update.bind(1, latest.name)
      try update.bind(2, latest.number)
      try update.bind(3, latest.level)
      try update.bind(4, id)
      try update.run()
    }
    return id
  }

  private func areaWithoutCode(_ area: PublishedArea) throws -> Int64 {
    let select = try PreparedStatement(
      database,
      "SELECT id FROM areas WHERE code IS NULL AND name = ? AND ifnull(number, '') = ? AND ifnull(level, '') = ?"
    )
    try select.bind(1, area.name)
    try select.bind(2, area.number ?? "")
    try select.bind(3, area.level ?? "")
    guard try select.step() else { return try insert(area) }
    defer { select.reset() }
    return select.integer(0)
  }

  private func insert(_ area: PublishedArea) throws -> Int64 {
    let insert = try PreparedStatement(
      database, "INSERT INTO areas (name, code, number, level) VALUES (?, ?, ?, ?)")
    try insert.bind(1, area.name)
    try insert.bind(2, area.code)
    try insert.bind(3, area.number)
    try insert.bind(4, area.level)
    try insert.run()
    return database.lastInsertedRowID
  }

  // MARK: Identity

  /// What tells a series from others as one text: every part after its length, so that no text of a file can be taken for
  /// another's.
  private static func identity(_ key: PublishedSeriesKey, area: Int64) -> String {
    let unit = UnitCode(key.unit)
    var text = "\(area) \(unit.word) \(unit.per.map { "\($0)" } ?? "-") "
    func append(_ part: String) { text += "\(part.utf8.count):\(part)" }
    append(unit.name ?? "")
    append(key.measure)
    append(key.givenID.map { "=\($0)" } ?? "")
    let sorted = key.breakdown.sorted { ($0.name, $0.value) < ($1.name, $1.value) }
    for attribute in sorted {
      append(attribute.name)
      append(attribute.value)
    }
    return text
  }
}

/// A unit as a store holds it.
struct UnitCode: Hashable {
  let word: String
  let per: Double?
  let name: String?

  init(word: String, per: Double?, name: String?) {
    self.word = word
    self.per = per
    self.name = name
  }

  init(_ unit: Unit) {
    switch unit {
    case .count: self.init(word: "count", per: nil, name: nil)
    case .rate(let per): self.init(word: "rate", per: per, name: nil)
    case .proportion: self.init(word: "proportion", per: nil, name: nil)
    case .percentage: self.init(word: "percentage", per: nil, name: nil)
    case .pounds: self.init(word: "pounds", per: nil, name: nil)
    case .weeks: self.init(word: "weeks", per: nil, name: nil)
    case .score: self.init(word: "score", per: nil, name: nil)
    case .other(let name): self.init(word: "other", per: nil, name: name)
    }
  }

  /// The unit; nil for a code that no unit has.
  var unit: Unit? {
    switch word {
    case "count": .count
    case "rate": per.map(Unit.rate)
    case "proportion": .proportion
    case "percentage": .percentage
    case "pounds": .pounds
    case "weeks": .weeks
    case "score": .score
    case "other": name.map(Unit.other)
    default: nil
    }
  }
}

extension Optional where Wrapped == String {
  /// Nil for an empty text.
  fileprivate var nonEmpty: String? { self.flatMap { $0.isEmpty ? nil : $0 } }
}
