import TimeSeries

// What rows of a series share.

extension SeriesFileReader {
  /// The series of a row, and under what its period is read; nil, and a problem, when the row names no series,
  /// contradicts its series, or says its period in a way that is not known.
  ///
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a series or pool that comes back after others, where that is
  ///   checked.
  mutating func identified(
    _ row: DelimitedReader
  ) throws(EvidenceError) -> (series: Int32, setting: Int)? {
    if lastSeries >= 0, agreesFully(row, with: lastSeries) { return (lastSeries, setting(of: lastSeries)) }
    if holdsAll, let known = known(row) {
      lastSeries = known
      return (known, setting(of: known))
    }
    try checkGrouping(row)
    guard let series = series(row) else {
      fail(nil, row.row, "there is no name in column \"series\"; name the series of this row")
      return nil
    }
    rowBefore.keep(row, groupColumns)
    lastSeries = -1
    guard agrees(row, with: series), let setting = setting(row, series) else { return nil }
    let column = periodTexts.column(of: setting)
    rows.set(setting: Int32(clamping: column), of: series)
    lastSeries = series
    return (series, column)
  }

  /// The series that a row goes on with, where it is known already and the row says of it what its first row said.
  private func known(_ row: DelimitedReader) -> Int32? {
    guard let column = columns.series else { return nil }
    let id = row.number(column, in: rows.texts)
    guard id >= 0, !rows.texts.isEmpty(id) else { return nil }
    var area: Int32 = -1
    if let column = columns.area {
      area = row.number(column, in: rows.texts)
      guard area >= 0 else { return nil }
    }
    let series = positions.find(id, area)
    guard series >= 0, rows.setting(of: series) >= 0, agreesFully(row, with: series) else {
      return nil
    }
    return series
  }

  /// Whether the row says of its series what the first of its rows said, but for attributes that are known to vary.
  private func agreesFully(_ row: DelimitedReader, with series: Int32) -> Bool {
    for position in compared {
      let first = rows.sharedText(position, of: series)
      guard row.says(first, of: rows.texts, in: columns.shared[position]) else { return false }
    }
    return true
  }

  /// Under what the periods of a series are read: its calendar and its frequency do not vary.
  private func setting(of series: Int32) -> Int { Int(rows.setting(of: series)) }

  /// Whether a row belongs to another series than the row before, and to no pool or to another.
  func beginsGroup(_ row: DelimitedReader) -> Bool {
    guard !row.isBlank, rowBefore.hasRow else { return false }
    guard columns.series.map({ row.withBytes($0) { !$0.isEmpty } }) ?? true else { return false }
    if rowBefore.isSame(row, groupColumns) { return false }
    guard let pool = columns.pool else { return true }
    return row.withBytes(columns.shared[pool]) { $0.isEmpty } || !isInPool(row)
  }

  /// Whether a row has the pool of the series of the row before.
  private func isInPool(_ row: DelimitedReader) -> Bool {
    guard let pool = columns.pool, let last = rows.pools.last else { return false }
    return row.withBytes(columns.shared[pool]) { rows.texts.isEqual(last, $0) }
  }

  /// Whether the rows are promised to be sorted. A series is then what stands together, of one pool, name and area.
  private var isSorted: Bool { grouping?.order == .sorted }

  /// The columns of what a row must share with the row before to be of the same series.
  var groupColumns: [Int] { isSorted ? columns.sortColumns : columns.identityColumns }

  /// Notices a series or a pool that comes back after others.
  mutating func checkGrouping(_ row: DelimitedReader) throws(EvidenceError) {
    guard grouping != nil, columns.series.map({ row.withBytes($0) { !$0.isEmpty } }) ?? true else { return }
    if rowBefore.hasRow, rowBefore.isSame(row, groupColumns) { return }
    if isSorted {
      guard rowBefore.hasRow, !rowBefore.isLess(row, groupColumns) else { return }
      throw notSorted(row)
    }
    var hash: UInt64 = 0
    for column in columns.identityColumns {
      hash = ByteHash.combined(hash, row.withBytes(column) { ByteHash.of($0) })
    }
    if grouping?.isKnown(series: hash) == true {
      let area = columns.area.map { row.text($0) } ?? ""
      throw broken(
        "the rows of series \"\(columns.series.map { row.text($0) } ?? baseName)\""
          + "\(area.isEmpty ? "" : ", \(area),") do not stand together: it comes back here", row)
    }
    guard let pool = columns.pool, !isInPool(row) else { return }
    let poolHash = row.withBytes(columns.shared[pool]) { $0.isEmpty ? nil : ByteHash.of($0) }
    if let poolHash, grouping?.isKnown(pool: poolHash) == true {
      throw broken(
        "the series of pool \"\(row.text(columns.shared[pool]))\" do not stand together: it comes back here",
        row)
    }
  }

  private mutating func notSorted(_ row: DelimitedReader) -> EvidenceError {
    grouping?.isBroken = true
    let names = columns.sortColumns.map { header.names[$0] }.joined(separator: ", ")
    let said = columns.sortColumns.map { "\"\(row.text($0))\"" }.joined(separator: ", ")
    let before = rowBefore.texts.map { "\"\($0)\"" }.joined(separator: ", ")
    return .badData(
      Problem(
        file: header.file, row: row.row,
        message: "\(said) comes after \(before), and the rows are said to be in ascending order of \(names), "
          + "as UTF-8 bytes; sort them so (LC_ALL=C), or leave out --sorted"))
  }

  private mutating func broken(_ message: String, _ row: DelimitedReader) -> EvidenceError {
    grouping?.isBroken = true
    let order = columns.pool == nil ? "series" : "pool and series"
    return .badData(
      Problem(
        file: header.file, row: row.row,
        message: "\(message); sort the file by \(order), or leave out --grouped"))
  }

  /// The number of the row's series; nil when the row names none.
  mutating func series(_ row: DelimitedReader) -> Int32? {
    if isSorted, rowBefore.hasRow, !rows.identities.isEmpty, rowBefore.isSame(row, groupColumns) {
      return Int32(clamping: rows.identities.count - 1)
    }
    let id: Int32
    if let column = columns.series {
      id = row.withBytes(column) { $0.isEmpty ? -1 : rows.texts.number(of: $0) }
      guard id >= 0 else { return nil }
    } else {
      id = rows.texts.number(of: baseName)
    }
    let area = columns.area.map { column in row.withBytes(column) { rows.texts.number(of: $0) } } ?? -1
    let known = isSorted ? -1 : positions.find(id, area)
    if known >= 0 { return known }
    let position = Int32(clamping: rows.identities.count)
    var unit = Unit.other("")
    if let column = columns.unit {
      do throws(UnreadableText) {
        unit = try Unit(parsing: row.text(column))
      } catch {
        fail(position, row.row, Self.message("unit", error))
      }
    }
    let shared = columns.shared.map { column in row.withBytes(column) { rows.texts.number(of: $0) } }
    return begin(id, area, unit: unit, shared: shared, line: row.row)
  }

  /// Begins a series that is not known yet; gives its number.
  ///
  /// - Parameters:
  ///   - id: the number of the text of its name.
  ///   - area: the number of the text of its area, -1 where there is none.
  ///   - unit: its unit.
  ///   - shared: the numbers of the texts that its rows share (``SeriesColumns/shared``).
  ///   - line: the line of its first row.
  mutating func begin(_ id: Int32, _ area: Int32, unit: Unit, shared: [Int32], line: Int) -> Int32 {
    let number = Int32(clamping: rows.identities.count)
    rows.append(
      SeriesRows.Identity(id: id, area: area, firstLine: Int32(clamping: line)), unit: unit, shared: shared)
    positions.insert(id, area, number: number)
    if let pool = columns.pool { rows.pools.append(rows.sharedText(pool, of: number)) }
    return number
  }

  /// Whether the row says of its series what the first of its rows said; without that, a problem.
  private mutating func agrees(_ row: DelimitedReader, with series: Int32) -> Bool {
    // Taken in together: a file may have thousands of columns that vary.
    var varying: Set<Int> = []
    defer { if !varying.isEmpty { varyingAttributes.formUnion(varying) } }
    for (position, column) in columns.shared.enumerated() {
      let first = rows.sharedText(position, of: series)
      if row.says(first, of: rows.texts, in: column) { continue }
      if columns.fixed.contains(position) {
        fail(
          series, row.row,
          options.periodReading == .pool
            ? """
            column "\(header.names[column])" holds more than one value in series "\(rows.id(of: series))"; give each its \
            own series
            """
            : """
            column "\(header.names[column])" holds "\(row.text(column))", but series "\(rows.id(of: series))" began on \
            line \(rows.identities[Int(series)].firstLine) with "\(rows.texts[first])"; \
            give each its own series
            """, isDiscord: true)
        return false
      }
      if !varyingAttributes.contains(column) { varying.insert(column) }
    }
    return true
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
  static func word(_ row: DelimitedReader, _ column: Int) -> String? {
    if row.withBytes(column, { $0.isEmpty }) { return nil }
    let text = row.text(column).split(separator: " ").joined(separator: " ").lowercased()
    return text.isEmpty ? nil : text
  }
}
