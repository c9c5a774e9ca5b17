import GRDB
import TimeSeries

/// A vintage that a store holds, as an import sees it.
struct KnownVintage {
  /// The day since which it is known; nil for always.
  let from: Int?
  let revision: Int
  let number: Int
  let figure: PublishedFigure
}

/// That a figure was published again as it was.
struct Confirmation {
  /// The day of its publication.
  let from: Int
  /// Whether that day is an estimate.
  let isApproximate: Bool
  /// The number of the import.
  let number: Int
  let row: Int
}

/// What a store knows of a period of a series.
struct PeriodHistory {
  /// The vintages, in the order of their imports.
  private(set) var vintages: [KnownVintage] = []
  private var confirmations: [Confirmation] = []

  /// The day since which a figure is known. One without a day of publication became known after all that is known already.
  func day(of figure: PublishedFigure) -> Int? {
    if let publication = figure.publication { return publication.date.daysSinceEpoch }
    if vintages.isEmpty { return nil }
    return (vintages.compactMap(\.from) + confirmations.map(\.from)).max()
  }

  /// The vintage that was the latest on a day.
  func vintage(inForceOn day: Int?) -> KnownVintage? {
    var latest: KnownVintage?
    for vintage in vintages where (vintage.from ?? .min) <= (day ?? .min) {
      if let known = latest, (known.from ?? .min, known.revision) > (vintage.from ?? .min, vintage.revision) {
        continue
      }
      latest = vintage
    }
    return latest
  }

  /// The first confirmation after a day, of the vintage that was in force on it.
  func confirmation(after day: Int?) -> Confirmation? {
    let next = vintages.compactMap(\.from).filter { $0 > day ?? .min }.min() ?? .max
    return confirmations.filter { $0.from > day ?? .min && $0.from < next }.min { $0.from < $1.from }
  }

  /// Notes that a figure was published again; false when that day is noted already.
  mutating func note(_ confirmation: Confirmation) -> Bool {
    guard !confirmations.contains(where: { $0.from == confirmation.from }) else { return false }
    confirmations.append(confirmation)
    return true
  }

  /// Adds a vintage, the last by its revision.
  mutating func append(_ figure: PublishedFigure, from day: Int?, import number: Int) -> KnownVintage {
    let revision = 1 + (vintages.map(\.revision).max() ?? 0)
    let vintage = KnownVintage(from: day, revision: revision, number: number, figure: figure)
    vintages.append(vintage)
    return vintage
  }

  fileprivate mutating func read(_ vintage: KnownVintage) { vintages.append(vintage) }

  fileprivate mutating func read(_ confirmation: Confirmation) { confirmations.append(confirmation) }
}

/// The tables of vintages and confirmations, inside a transaction that writes.
struct HistoryTable {
  private let selectVintages: PreparedStatement
  private let selectConfirmations: PreparedStatement
  private let insertVintage: PreparedStatement
  private let insertConfirmation: PreparedStatement

  init(_ database: Database) throws {
    selectVintages = try PreparedStatement(
      database,
      "SELECT period, known_from, revision, import, \(FigureColumns.names) FROM vintages WHERE series = ? "
        + "ORDER BY period, revision")
    selectConfirmations = try PreparedStatement(
      database, "SELECT period, known_from, approximate, import, row FROM confirmations WHERE series = ?")
    let marks = Array(repeating: "?", count: 5 + Int(FigureColumns.count)).joined(separator: ", ")
    insertVintage = try PreparedStatement(
      database,
      "INSERT INTO vintages (series, period, revision, known_from, import, \(FigureColumns.names)) "
        + "VALUES (\(marks))")
    insertConfirmation = try PreparedStatement(
      database,
      "INSERT INTO confirmations (series, period, known_from, approximate, import, row) "
        + "VALUES (?, ?, ?, ?, ?, ?)")
  }

  /// What is known of every period of a series, by the number of the period.
  func read(series: Int64) throws -> [Int64: PeriodHistory] {
    var known: [Int64: PeriodHistory] = [:]
    try selectVintages.bind(1, series)
    while try selectVintages.step() {
      // The period itself is not looked at here.
      let figure = try FigureColumns.read(selectVintages, from: 4, period: .calendarYear(0))
      known[selectVintages.integer(0), default: PeriodHistory()].read(
        KnownVintage(
          from: selectVintages.optionalInteger(1).map(Int.init), revision: Int(selectVintages.integer(2)),
          number: Int(selectVintages.integer(3)), figure: figure))
    }
    try selectConfirmations.bind(1, series)
    while try selectConfirmations.step() {
      known[selectConfirmations.integer(0), default: PeriodHistory()].read(
        Confirmation(
          from: Int(selectConfirmations.integer(1)), isApproximate: selectConfirmations.integer(2) != 0,
          number: Int(selectConfirmations.integer(3)), row: Int(selectConfirmations.integer(4))))
    }
    return known
  }

  func insert(_ vintage: KnownVintage, at place: (series: Int64, period: Int64)) throws {
    try insert(
      vintage.figure, revision: vintage.revision, from: vintage.from, import: vintage.number, at: place)
  }

  func insert(
    _ figure: PublishedFigure, revision: Int, from day: Int?, import number: Int,
    at place: (series: Int64, period: Int64)
  ) throws {
    try insertVintage.bind(1, place.series)
    try insertVintage.bind(2, place.period)
    try insertVintage.bind(3, revision)
    try insertVintage.bind(4, day)
    try insertVintage.bind(5, number)
    try FigureColumns.bind(figure, to: insertVintage, from: 6)
    try insertVintage.run()
  }

  func insert(_ confirmation: Confirmation, at place: (series: Int64, period: Int64)) throws {
    try insertConfirmation.bind(1, place.series)
    try insertConfirmation.bind(2, place.period)
    try insertConfirmation.bind(3, confirmation.from)
    try insertConfirmation.bind(4, confirmation.isApproximate ? 1 : 0)
    try insertConfirmation.bind(5, confirmation.number)
    try insertConfirmation.bind(6, confirmation.row)
    try insertConfirmation.run()
  }
}
