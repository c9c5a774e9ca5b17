import TimeSeries

extension SheetTable {
  /// Turns the table long, whichever way its periods run.
  ///
  /// - Periods across: two headings or more are periods (`2023/24`; `Boys / 2023/24` under a heading of two rows), or one
  ///   is and no column holds periods.
  ///   Columns to the left of the first are labels, whatever they hold; so are texts to the right. Columns of figures to
  ///   the right whose heading is no period (a total, a change) are left out.
  /// - Periods down: every cell of one column is a period. The other columns of figures hold the values, and those of
  ///   texts are labels; where several columns are periods, the one whose heading says so is taken, or the first.
  ///
  /// What was taken for what stands in the notes. Every cell of a row that holds a label or a value gives a row of its own,
  /// blank ones too, because a blank is a value that is not available.
  ///
  /// - Parameters:
  ///   - frequency: how often the periods follow one another, where they do not say.
  ///   - yearType: the kind of year, where the periods do not say.
  ///   - labels: the names of the columns that hold labels, where they are not as above; every other column without a
  ///     period then holds values or is left out.
  ///   - limit: the most bytes that the long rows may take, about; 1 GiB unless said otherwise.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where neither headings nor a column are periods, and where it
  ///   would be longer than the limit; ``EvidenceError/badArgument(_:)`` for a label that is no column.
  public func unpivoted(
    frequency: Frequency? = nil, yearType: YearType? = nil, labels: [String]? = nil,
    limit: Int = SheetLimits().tableBytes
  ) throws(EvidenceError) -> LongTable {
    var wide = WideTable(self, frequency: frequency, yearType: yearType)
    try wide.take(labels: labels)
    return try wide.long(limit: limit)
  }
}

/// A table whose periods are being looked for.
struct WideTable {
  /// A column of values, and what its heading says.
  private struct Values {
    let position: Int
    let heading: String?
    /// The period of the heading, where the heading has it.
    let period: (Period, String)?
  }

  private let table: SheetTable
  private let frequency: Frequency?
  private let yearType: YearType?
  private var stated: Set<Int>?
  private var notes: [String] = []

  init(_ table: SheetTable, frequency: Frequency?, yearType: YearType?) {
    self.table = table
    self.frequency = frequency
    self.yearType = yearType
  }

  private mutating func note(_ text: String) {
    notes.append("\(table.file): sheet \"\(table.sheet.name)\": \(text)")
  }

  private func problem(_ message: String) -> EvidenceError {
    .badData(Problem(file: table.file, message: "sheet \"\(table.sheet.name)\": \(message)"))
  }

  /// Takes the caller's word for the columns that hold labels.
  mutating func take(labels: [String]?) throws(EvidenceError) {
    guard let labels else { return }
    var positions: Set<Int> = []
    for label in labels {
      guard let position = table.columns.firstIndex(where: { $0.name.lowercased() == label.lowercased() })
      else {
        let names = table.columns.prefix(20).map { "\"\($0.name)\"" }.joined(separator: ", ")
        throw .badArgument(
          "\(table.file): there is no column \"\(label)\" in sheet \"\(table.sheet.name)\"; there are \(names)"
        )
      }
      positions.insert(position)
    }
    stated = positions
  }

  /// The long table.
  mutating func long(limit: Int) throws(EvidenceError) -> LongTable {
    let headings = headingPeriods()
    if headings.values.count < 2, let down = periodColumn() { return try periodsDown(down, limit) }
    guard !headings.values.isEmpty else { throw nothingFound(headings.reasons) }
    for text in headings.notes { note(text) }
    return try periodsAcross(headings.values, limit)
  }

  // MARK: Periods across

  /// The columns whose headings hold a period.
  private mutating func headingPeriods() -> (values: [Values], reasons: [UnreadableText], notes: [String]) {
    let parts = table.columns.map(\.parts)
    let texts = parts.flatMap { $0 }
    let read = TablePeriods(texts, frequency: frequency, yearType: yearType)
    var values: [Values] = []
    var next = 0
    for (position, own) in parts.enumerated() {
      let indices = next..<next + own.count
      next += own.count
      let periods = indices.filter { read.periods[$0] != nil }
      guard stated?.contains(position) != true, periods.count == 1, let index = periods.first,
        let period = read.periods[index]
      else { continue }
      let rest = indices.filter { $0 != index }.map { texts[$0] }
      values.append(
        Values(
          position: position, heading: rest.isEmpty ? nil : rest.joined(separator: " / "),
          period: (period, read.texts[index])))
    }
    var notes = read.notes
    if !read.marked.isEmpty {
      notes.append(
        "marks after periods in the heading were set aside: \(read.marked.prefix(5).joined(separator: ", "))")
    }
    return (values, read.reasons, notes)
  }

  private mutating func periodsAcross(_ values: [Values], _ limit: Int) throws(EvidenceError) -> LongTable {
    let isValue = Set(values.map(\.position))
    let first = values.first?.position ?? 0
    var labels: [Int] = []
    var leftOut: [Int] = []
    for position in table.columns.indices where !isValue.contains(position) {
      let isLabel = stated?.contains(position) ?? (position < first || !table.columns[position].holdsFigures)
      if isLabel { labels.append(position) } else { leftOut.append(position) }
    }
    note(
      "headings \(names(values.map(\.position))) were taken for periods, and \(labels.isEmpty ? "no columns" : names(labels)) for labels"
    )
    noteLeftOut(leftOut)
    var writer = LongWriter(limit: limit)
    for position in table.rows.indices {
      let texts = table.texts(ofRow: position)
      let own = labels.map { texts[$0] }
      for value in values {
        guard let (period, text) = value.period,
          let address = table.address(row: position, column: value.position)
        else { continue }
        let row = LongTable.Row(
          labels: own, heading: value.heading, period: period, periodText: text, text: texts[value.position],
          unit: table.columns[value.position].unit, address: address)
        guard writer.append(row) else { throw tooLong(limit) }
      }
    }
    return finished(labels, hasHeading: values.contains { $0.heading != nil }, writer.rows)
  }

  // MARK: Periods down

  /// The column all of whose cells are periods.
  private mutating func periodColumn() -> (position: Int, periods: TablePeriods)? {
    var found: [(position: Int, periods: TablePeriods)] = []
    for position in table.columns.indices where stated?.contains(position) != true {
      // A look at the first rows spares reading every column of names whole.
      guard isPeriods(position, table.rows.indices.prefix(20)) != nil,
        let periods = isPeriods(position, table.rows.indices.prefix(table.rows.count))
      else { continue }
      found.append((position, periods))
    }
    let words = ["period", "year", "month", "quarter", "date", "week", "time"]
    let named = found.first { column in
      let name = table.columns[column.position].name.lowercased()
      return words.contains { name.contains($0) }
    }
    // Figures that could be years are periods only where their heading says so.
    let plain = found.first { !table.columns[$0.position].holdsFigures }
    guard let chosen = named ?? plain else { return nil }
    if found.count > 1 {
      note(
        "columns \(names(found.map(\.position))) all hold periods; \(names([chosen.position])) was taken for the period"
      )
    }
    return chosen
  }

  private func isPeriods(_ position: Int, _ rows: Range<Int>.SubSequence) -> TablePeriods? {
    var texts: [String] = []
    texts.reserveCapacity(rows.count)
    let column = table.columns[position]
    for row in rows {
      let address = CellAddress(checkedRow: table.rows[row], column.number)
      texts.append(SheetTable.text(table.body[address].content, isFigure: false))
    }
    guard texts.contains(where: { !$0.isEmpty }) else { return nil }
    let distinct = Array(Set(texts)).sorted()
    guard
      distinct.count > 20
        || TablePeriods(distinct.filter { !$0.isEmpty }, frequency: frequency, yearType: yearType)
          .periods.allSatisfy({ $0 != nil })
    else { return nil }
    let read = TablePeriods(texts, frequency: frequency, yearType: yearType)
    return zip(texts, read.periods).allSatisfy { $0.isEmpty || $1 != nil } ? read : nil
  }

  private mutating func periodsDown(
    _ down: (position: Int, periods: TablePeriods), _ limit: Int
  ) throws(EvidenceError) -> LongTable {
    let others = table.columns.indices.filter { $0 != down.position }
    let labels = others.filter { stated?.contains($0) ?? !table.columns[$0].holdsFigures }
    let values = others.filter { table.columns[$0].holdsFigures && !labels.contains($0) }
    guard !values.isEmpty else {
      throw problem(
        "column \"\(table.columns[down.position].name)\" holds periods, and no other column holds figures")
    }
    for text in down.periods.notes { note(text) }
    note(
      "column \(names([down.position])) was taken for the period, \(labels.isEmpty ? "no columns" : names(labels)) for labels and \(names(values)) for values"
    )
    noteLeftOut(others.filter { !labels.contains($0) && !values.contains($0) })
    var writer = LongWriter(limit: limit)
    var withoutPeriod: [Int] = []
    for position in table.rows.indices {
      guard let period = down.periods.periods[position] else {
        withoutPeriod.append(table.rows[position])
        continue
      }
      let texts = table.texts(ofRow: position)
      let own = labels.map { texts[$0] }
      for value in values {
        guard let address = table.address(row: position, column: value) else { continue }
        let row = LongTable.Row(
          labels: own, heading: table.columns[value].name, period: period,
          periodText: down.periods.texts[position],
          text: texts[value], unit: table.columns[value].unit, address: address)
        guard writer.append(row) else { throw tooLong(limit) }
      }
    }
    if let first = withoutPeriod.first {
      note(
        withoutPeriod.count == 1
          ? "row \(first) has no period and was left out"
          : "\(withoutPeriod.count) rows without a period were left out, the first of them row \(first)")
    }
    return finished(labels, hasHeading: true, writer.rows)
  }

  // MARK: Both

  private func finished(_ labels: [Int], hasHeading: Bool, _ rows: [LongTable.Row]) -> LongTable {
    LongTable(
      file: table.file, sheetName: table.sheet.name, labelNames: labels.map { table.columns[$0].name },
      headingName: hasHeading ? "heading" : nil, rows: rows, notes: table.notes + notes)
  }

  private mutating func noteLeftOut(_ columns: [Int]) {
    guard !columns.isEmpty else { return }
    note(
      "\(names(columns)) \(columns.count == 1 ? "holds" : "hold") figures without a period and \(columns.count == 1 ? "was" : "were") left out"
    )
  }

  private func names(_ positions: [Int]) -> String {
    let shown = positions.prefix(6).map { "\"\(table.columns[$0].name)\"" }.joined(separator: ", ")
    return shown + (positions.count > 6 ? " and \(positions.count - 6) more" : "")
  }

  private func tooLong(_ limit: Int) -> EvidenceError {
    problem("the table has more figures than \(limit) bytes hold; give a smaller range")
  }

  private func nothingFound(_ reasons: [UnreadableText]) -> EvidenceError {
    let headings = table.columns.prefix(8).map { "\"\($0.name)\"" }.joined(separator: ", ")
    let reason = reasons.first.map { ". Heading \($0)" } ?? ""
    return problem(
      """
      neither the headings (\(headings)) nor the cells of any column are periods; write periods such as 2023, 2023/24, \
      2024-Q1 or Jul 2024 in the heading, or down one column, or give the row that has them as the heading\(reason)
      """)
  }
}

/// Long rows up to a limit.
private struct LongWriter {
  private(set) var rows: [LongTable.Row] = []
  private let most: Int

  init(limit: Int) { most = limit / 128 }

  /// Adds a row of some 128 bytes; false beyond the limit.
  mutating func append(_ row: LongTable.Row) -> Bool {
    guard rows.count < most else { return false }
    rows.append(row)
    return true
  }
}
