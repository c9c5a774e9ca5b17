import GRDB
import TimeSeries

/// A place in an import at which the tests end the process.
package enum StoreStep: Hashable, Sendable {
  /// The transaction has begun.
  case began
  /// So many figures have been looked at.
  case figures(Int)
  /// All is written and nothing is committed.
  case written
}

/// One import as it runs, inside its transaction.
struct StoreImporter {
  private let published: PublishedFigures
  private let digest: String
  private let number: Int
  /// The first import of the same bytes by the same layout.
  private let earlier: Int?
  private let names: StoreNames
  private let selectVintages: PreparedStatement
  private let insertVintage: PreparedStatement
  private let observe: (StoreStep) -> Void

  private var added = 0
  private var revised = 0
  private var unchanged = 0
  private var superseded = 0
  private var conflicting = 0
  private var looked = 0
  private var problems: [Problem] = []
  private var omittedProblems = 0

  /// Begins an import.
  ///
  /// - Parameter observe: is told where the import has come to.
  init(
    _ database: Database, _ published: PublishedFigures, digest: String,
    observe: @escaping (StoreStep) -> Void
  ) throws {
    self.published = published
    self.digest = digest
    self.observe = observe
    earlier = try Int.fetchOne(
      database, sql: "SELECT min(id) FROM imports WHERE sha256 = ? AND layout = ?",
      arguments: [digest, published.layout])
    number = 1 + (try Int.fetchOne(database, sql: "SELECT max(id) FROM imports") ?? 0)
    names = try StoreNames(database, import: number, renames: earlier == nil)
    selectVintages = try PreparedStatement(
      database,
      "SELECT period, known_from, revision, \(FigureColumns.names) FROM vintages WHERE series = ? "
        + "ORDER BY period, revision")
    let marks = Array(repeating: "?", count: 5 + Int(FigureColumns.count)).joined(separator: ", ")
    insertVintage = try PreparedStatement(
      database,
      "INSERT INTO vintages (series, period, revision, known_from, import, \(FigureColumns.names)) "
        + "VALUES (\(marks))")
  }

  /// Takes all figures in.
  ///
  /// - Returns: whether anything is to be kept, and what became of the figures.
  mutating func run(_ database: Database) throws -> (keeps: Bool, result: StoreImport) {
    observe(.began)
    let tally = published.tally
    try database.execute(
      sql: """
        INSERT INTO imports (id, file, sha256, layout, rows, unreadable, figures, added, revised, unchanged,
          superseded, conflicting) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0)
        """,
      arguments: [
        number, published.file, digest, published.layout, tally.rows, tally.unreadable, tally.figures,
      ])
    for group in try grouped() {
      let (key, figures) = (published.series[group.positions[0]].key, figures(of: group.positions))
      try take(figures, of: key, series: group.series, isNew: group.isNew)
    }
    try database.execute(
      sql: """
        UPDATE imports SET added = ?, revised = ?, unchanged = ?, superseded = ?, conflicting = ? WHERE id = ?
        """,
      arguments: [added, revised, unchanged, superseded, conflicting, number])
    observe(.written)
    let isRepeat = earlier != nil && added == 0 && revised == 0
    let result = StoreImport(
      file: published.file, digest: digest, layout: published.layout,
      number: isRepeat ? earlier ?? number : number, isRepeat: isRepeat, rows: tally.rows,
      unreadable: tally.unreadable, figures: looked, added: added, revised: revised, unchanged: unchanged,
      superseded: superseded, conflicting: conflicting, newSeries: isRepeat ? 0 : names.newSeries,
      problems: problems, omittedProblems: omittedProblems)
    return (!isRepeat, result)
  }

  /// The series of the file by the series of the store that they are: two of the file are one where the code of their
  /// area is the same under two names.
  private func grouped() throws -> [(series: Int64, isNew: Bool, positions: [Int])] {
    var groups: [(series: Int64, isNew: Bool, positions: [Int])] = []
    var places: [Int64: Int] = [:]
    for (position, one) in published.series.enumerated() {
      let (series, isNew) = try names.series(one.key)
      if let place = places[series] {
        groups[place].positions.append(position)
      } else {
        places[series] = groups.count
        groups.append((series, isNew, [position]))
      }
    }
    return groups
  }

  private func figures(of positions: [Int]) -> [PublishedFigure] {
    positions.count == 1
      ? published.series[positions[0]].figures : positions.flatMap { published.series[$0].figures }
  }

  // MARK: One series

  /// A vintage that the store holds.
  private struct Known {
    let from: Int?
    let revision: Int
    let figure: PublishedFigure
  }

  private mutating func take(
    _ figures: [PublishedFigure], of key: PublishedSeriesKey, series: Int64, isNew: Bool
  ) throws {
    let order = VintageOrder(figures)
    unchanged += order.repeated
    superseded += order.superseded
    conflicting += order.conflicts.count
    looked += order.repeated + order.superseded + order.conflicts.count
    for conflict in order.conflicts where conflict.figure.row != conflict.first.row {
      report(conflict, key)
    }
    var known = isNew ? [:] : try vintages(of: series)
    for figure in order.figures {
      looked += 1
      observe(.figures(looked))
      let period = try names.period(figure.period)
      try take(figure, series: series, period: period, known: &known[period, default: []])
    }
  }

  /// Compares a figure with what was known when it was published, and adds it where it says something else.
  private mutating func take(
    _ figure: PublishedFigure, series: Int64, period: Int64, known: inout [Known]
  ) throws {
    // A figure without a day of publication became known after all that is known already.
    let day = figure.publication?.date.daysSinceEpoch ?? known.compactMap(\.from).max()
    let before = known.filter { ($0.from ?? .min) <= (day ?? .min) }
      .max { (($0.from ?? .min), $0.revision) < (($1.from ?? .min), $1.revision) }
    let isKnown =
      !known.isEmpty
      && (before.map(\.figure).map(figure.saysTheSame(as:)) ?? false
        || earlier != nil && known.contains { figure.saysTheSame(as: $0.figure) })
    guard !isKnown else {
      unchanged += 1
      return
    }
    let revision = 1 + (known.map(\.revision).max() ?? 0)
    if revision == 1 { added += 1 } else { revised += 1 }
    try insertVintage.bind(1, series)
    try insertVintage.bind(2, period)
    try insertVintage.bind(3, revision)
    try insertVintage.bind(4, day)
    try insertVintage.bind(5, number)
    try FigureColumns.bind(figure, to: insertVintage, from: 6)
    try insertVintage.run()
    known.append(Known(from: day, revision: revision, figure: figure))
  }

  private func vintages(of series: Int64) throws -> [Int64: [Known]] {
    var known: [Int64: [Known]] = [:]
    try selectVintages.bind(1, series)
    while try selectVintages.step() {
      let figure = try FigureColumns.read(selectVintages, from: 3, period: .calendarYear(0))
      known[selectVintages.integer(0), default: []].append(
        Known(
          from: selectVintages.optionalInteger(1).map(Int.init), revision: Int(selectVintages.integer(2)),
          figure: figure))
    }
    return known
  }

  private mutating func report(
    _ conflict: (figure: PublishedFigure, first: PublishedFigure), _ key: PublishedSeriesKey
  ) {
    guard problems.count < StoreImport.problemLimit else {
      omittedProblems += 1
      return
    }
    let area = key.area.name.isEmpty ? "the file" : key.area.name
    problems.append(
      Problem(
        file: published.file, row: conflict.figure.row,
        message: """
          \(key.measure) of \(area) for \(conflict.figure.period) is \(conflict.figure.observation), and \
          \(conflict.first.observation) in row \(conflict.first.row); neither says which is later, so neither is \
          taken: remove one, or give the days on which they were published
          """))
  }
}

extension Store {
  /// Takes in the figures of a file: all of them or, when anything goes wrong, none.
  ///
  /// A figure that says the same as what was known of its period when it was published changes nothing; one that says
  /// something else, in its value, counts, limits, rounding or flags, is a new vintage. The same file again changes
  /// nothing, and the result says so.
  ///
  /// A figure without a day of publication counts as known from when the latest vintage held became known.
  ///
  /// - Parameters:
  ///   - figures: what was read from the file. Its problems are not looked at: whether to import what could be read of a
  ///     file with errors is for the caller.
  ///   - digest: the SHA-256 digest of the file's bytes, 64 hexadecimal digits in lower case (``FileDigest``).
  /// - Throws: ``EvidenceError``: a figure that is no number, another process that does not finish, a full disk.
  public func `import`(_ figures: PublishedFigures, digest: String) throws(EvidenceError) -> StoreImport {
    try `import`(figures, digest: digest) { _ in }
  }

  /// The same, saying where it has come to.
  ///
  /// - Parameters:
  ///   - figures: what was read from the file.
  ///   - digest: the digest of the file's bytes.
  ///   - observe: is told where the import has come to.
  package func `import`(
    _ figures: PublishedFigures, digest: String, observe: @escaping (StoreStep) -> Void
  ) throws(EvidenceError) -> StoreImport {
    guard digest.utf8.count == 64, digest.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
    else {
      throw .badArgument("digest \"\(digest)\" is not 64 hexadecimal digits in lower case, as SHA-256 has")
    }
    var unsound: [Problem] = []
    // The same few periods stand in every series.
    var sound: Set<Period> = []
    for series in figures.series {
      if case .rate(let per) = series.key.unit, !(per > 0 && per.isFinite) {
        unsound.append(
          Problem(
            file: figures.file,
            message: "unit of \(series.key.measure) is a rate per \(per), which is not a number above zero"))
      }
      for figure in series.figures {
        guard let reason = figure.unsoundness ?? Self.unsoundness(of: figure.period, &sound) else { continue }
        unsound.append(
          Problem(file: figures.file, row: figure.row, message: "\(reason); nothing was imported"))
      }
    }
    guard unsound.isEmpty else {
      let limit = StoreImport.problemLimit
      throw .badData(problems: Array(unsound.prefix(limit)), omitted: max(0, unsound.count - limit))
    }
    return try writing { database in
      var importer = try StoreImporter(database, figures, digest: digest, observe: observe)
      return try importer.run(database)
    }
  }

  private static func unsoundness(of period: Period, _ sound: inout Set<Period>) -> String? {
    guard sound.insert(period).inserted, PeriodCode(period) == nil else { return nil }
    sound.remove(period)
    return "period \(period) lies too far away"
  }
}
