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
  private let histories: HistoryTable
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
    histories = try HistoryTable(database)
  }

  /// Takes all figures in.
  ///
  /// - Returns: whether anything is to be kept, and what became of the figures.
  mutating func run(_ database: Database) throws -> (keeps: Bool, result: StoreImport) {
    observe(.began)
    let tally = published.tally
    try database.execute(
      sql: """
        INSERT INTO imports (id, file, sha256, layout, child_level, rows, unreadable, figures, added, revised,
          unchanged, superseded, conflicting) VALUES (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)
        """,
      arguments: [
        number, published.file, digest, published.layout, published.isChildLevel ? 1 : 0, tally.rows,
        tally.unreadable,
      ])
    for group in try grouped() {
      let (key, figures) = (published.series[group.positions[0]].key, figures(of: group.positions))
      try take(figures, of: key, series: group.series, isNew: group.isNew)
    }
    try database.execute(
      sql: """
        UPDATE imports
        SET figures = ?, added = ?, revised = ?, unchanged = ?, superseded = ?, conflicting = ? WHERE id = ?
        """,
      arguments: [looked, added, revised, unchanged, superseded, conflicting, number])
    observe(.written)
    let isRepeat = earlier != nil && added == 0 && revised == 0
    let result = StoreImport(
      file: published.file, digest: digest, layout: published.layout,
      number: isRepeat ? earlier ?? number : number, isRepeat: isRepeat,
      isChildLevel: published.isChildLevel, rows: tally.rows,
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
    if isNew, order.isOnePerPeriod {
      try add(order.figures, to: series)
      return
    }
    var known = isNew ? [:] : try histories.read(series: series)
    for figure in order.figures {
      looked += 1
      observe(.figures(looked))
      let period = try names.period(figure.period)
      try take(figure, at: (series, period), history: &known[period, default: PeriodHistory()])
    }
  }

  /// Adds the figures of a series that was not known, one to a period: most of most imports.
  private mutating func add(_ figures: [PublishedFigure], to series: Int64) throws {
    for figure in figures {
      looked += 1
      observe(.figures(looked))
      let day = figure.publication?.date.daysSinceEpoch
      try histories.insert(
        figure, revision: 1, from: day, import: number, at: (series, try names.period(figure.period)))
      added += 1
    }
  }

  /// Compares a figure with what was known when it was published, and adds it where it says something else.
  private mutating func take(
    _ figure: PublishedFigure, at place: (series: Int64, period: Int64), history: inout PeriodHistory
  ) throws {
    let day = history.day(of: figure)
    let before = history.vintage(inForceOn: day)
    if let before, figure.saysTheSame(as: before.figure) {
      unchanged += 1
      // That it was published again matters once a figure between the two days turns up.
      if earlier == nil, let publication = figure.publication, let day, day > before.from ?? .min {
        let confirmation = Confirmation(
          from: day, isApproximate: publication.isApproximate, number: number, row: figure.row)
        if history.note(confirmation) { try histories.insert(confirmation, at: place) }
      }
      return
    }
    if earlier != nil, history.vintages.contains(where: { figure.saysTheSame(as: $0.figure) }) {
      unchanged += 1
      return
    }
    if history.vintages.isEmpty { added += 1 } else { revised += 1 }
    let again = history.confirmation(after: day)
    try histories.insert(history.append(figure, from: day, import: number), at: place)
    // What was in force before, and was published again after this one, is in force again from then.
    guard let again, var restored = before?.figure else { return }
    restored.publication = Publication(
      date: CivilDate(daysSinceEpoch: again.from), isApproximate: again.isApproximate)
    restored.row = again.row
    try histories.insert(history.append(restored, from: again.from, import: again.number), at: place)
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
    guard digest.utf8.count == 64,
      digest.utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) })
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
