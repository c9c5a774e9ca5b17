import TimeSeries

/// A table while it is being found: its columns, what is said of it, and what is wrong with it.
struct TableDraft {
  private let sheet: Sheet
  private let heading: ClosedRange<Int>
  private let span: ClosedRange<Int>
  private(set) var columns: [SheetTable.Column] = []
  private(set) var notes: [String] = []
  private(set) var problems: [Problem] = []
  private(set) var omittedProblems = 0

  init(sheet: Sheet, heading: ClosedRange<Int>, span: ClosedRange<Int>) {
    self.sheet = sheet
    self.heading = heading
    self.span = span
  }

  private mutating func note(_ text: String) {
    notes.append("\(sheet.file): sheet \"\(sheet.name)\": \(text)")
  }

  private mutating func warn(_ address: CellAddress, _ message: String) {
    guard problems.count < SheetTable.keptProblems else {
      omittedProblems += 1
      return
    }
    problems.append(
      Problem(file: sheet.file, message: "\(sheet.place(address)): \(message)", severity: .warning))
  }

  // MARK: Around the table

  /// Says what heads the table and what stands above and below it.
  mutating func noteAround(_ used: CellRange, _ extent: TableExtent, isHeadingGiven: Bool) {
    if !isHeadingGiven {
      note("\(Self.rows(heading)) \(heading.count == 1 ? "was" : "were") taken for the heading of the table")
    }
    let above = sheet.positions(in: used).map { sheet.store.rows[$0].number }.prefix {
      $0 < heading.lowerBound
    }
    let titles = above.prefix(1000).compactMap { row in firstText(ofRow: row) }
    if let first = titles.first, let top = above.first, let bottom = above.last {
      note(
        "\(Self.rows(top...bottom)) above the heading \(top == bottom ? "was" : "were") set aside: \(Self.quoted(first))"
      )
    }
    if let first = extent.footnotes.first, let last = extent.footnotes.last {
      let single = first.row == last.row
      note(
        "\(Self.rows(first.row...last.row)) below the table \(single ? "was" : "were") set aside as remarks: \(Self.quoted(first.text))"
      )
    }
    if let next = extent.nextHeading {
      note(
        """
        row \(next) looks like the heading of another table; it and the \(extent.rowsAfter - 1) rows after it were not \
        read: give a range to read them
        """)
    }
  }

  private func firstText(ofRow row: Int) -> String? {
    sheet.contents(ofRow: row, columns: span).first { !CellReading($0).isEmpty }?.text
  }

  private static func rows(_ rows: ClosedRange<Int>) -> String {
    rows.count == 1 ? "row \(rows.lowerBound)" : "rows \(rows.lowerBound) to \(rows.upperBound)"
  }

  private static func quoted(_ text: String) -> String {
    let line = LooseText.oneLine(text)
    return "\"\(line.prefix(80))\(line.count > 80 ? "…" : "")\""
  }

  // MARK: Columns

  /// Goes through the rows of the table: once to see what the columns hold, and once more over the texts in columns of
  /// figures.
  mutating func read(_ rows: [Int]) {
    var counts = [ColumnCount](repeating: ColumnCount(), count: span.count)
    for row in rows {
      let contents = sheet.contents(ofRow: row, columns: span)
      for (position, content) in contents.enumerated() where content != .blank {
        counts[position].count(content, CellAddress(checkedRow: row, span.lowerBound + position))
      }
    }
    name(counts)
    for column in columns where column.holdsFigures {
      let count = counts[column.number - span.lowerBound]
      guard let address = count.firstOfOtherUnit, count.percentages > 0 else { continue }
      warn(
        address,
        """
        column "\(column.name)" shows \(count.percentages) of its \(count.figures) figures as percentages; the first \
        that differs from those above it is here: give all one format
        """)
    }
    readCells(rows)
  }

  /// Names the columns that hold something or have a heading.
  private mutating func name(_ counts: [ColumnCount]) {
    let headings = heading.map { sheet.contents(ofRow: $0, columns: span).map { LooseText.oneLine($0.text) } }
    var taken: Set<String> = []
    var unnamed: [String] = []
    var repeated: [String] = []
    for position in 0..<span.count {
      let number = span.lowerBound + position
      let letters = CellAddress.letters(ofColumn: number)
      var parts: [String] = []
      for row in headings where !row[position].isEmpty && parts.last != row[position] {
        parts.append(row[position])
      }
      guard !parts.isEmpty || counts[position].cells > 0 else { continue }
      var name = parts.isEmpty ? "column \(letters)" : parts.joined(separator: " / ")
      if parts.isEmpty { unnamed.append(letters) }
      if taken.contains(name.lowercased()) {
        repeated.append("\"\(name)\"")
        name += " (column \(letters))"
        while taken.contains(name.lowercased()) { name += "'" }
      }
      taken.insert(name.lowercased())
      columns.append(
        SheetTable.Column(
          number: number, parts: parts, name: name, holdsFigures: counts[position].holdsFigures,
          unit: counts[position].unit))
    }
    if !unnamed.isEmpty {
      let single = unnamed.count == 1
      note(
        "column\(single ? "" : "s") \(Self.list(unnamed)) \(single ? "has" : "have") no heading and "
          + "\(single ? "is" : "are") named by \(single ? "its letter" : "their letters")")
    }
    if !repeated.isEmpty {
      note(
        "the heading \(Self.list(repeated)) stands over more than one column; the later ones are told apart by their letters"
      )
    }
    let percentages = columns.filter { $0.unit == .percentage }.map { "\"\($0.name)\"" }
    if !percentages.isEmpty {
      note("percentages are given as 12.4 for 12.4% in \(Self.list(percentages))")
    }
  }

  private static func list(_ words: [String]) -> String {
    words.prefix(5).joined(separator: ", ") + (words.count > 5 ? " and \(words.count - 5) others" : "")
  }

  // MARK: Cells

  /// Looks at what is no plain number in columns of figures.
  private mutating func readCells(_ rows: [Int]) {
    var tally = LooseNumberTally()
    var covered = 0
    for row in rows {
      let merges = sheet.merges.reaching(row: row)
      guard let position = sheet.store.position(ofRow: row) else { continue }
      for cell in sheet.store.rows[position].cells where span.contains(sheet.store.column(cell)) {
        let number = sheet.store.column(cell)
        let address = CellAddress(checkedRow: row, number)
        let merge = merges.partitioningIndex { $0.columns.upperBound >= number }
        if merge < merges.count, merges[merge].columns.contains(number), merges[merge].firstCell != address {
          covered += 1
        }
        let index = columns.partitioningIndex { $0.number >= number }
        guard index < columns.count, columns[index].number == number else { continue }
        check(sheet.store.content(cell), address, columns[index], &tally)
      }
    }
    notes += tally.notes.map { "\(sheet.file): sheet \"\(sheet.name)\": \($0)" }
    if covered > 0 {
      note(
        "\(covered) cell\(covered == 1 ? "" : "s") under merged ranges held something that is not shown, and \(covered == 1 ? "was" : "were") left out"
      )
    }
  }

  private mutating func check(
    _ content: CellContent, _ address: CellAddress, _ column: SheetTable.Column,
    _ tally: inout LooseNumberTally
  ) {
    switch content {
    case .error(let code):
      warn(address, "the cell shows \(code); mend its formula, or write x where there is no value")
    case .formulaWithoutValue:
      warn(
        address, "the formula has no stored result; open the workbook in a spreadsheet program and save it")
    case .impossibleDate(let serial):
      warn(
        address,
        "day \(CellContent.plain(serial)) is shown as a date that does not exist; write the date anew")
    case .text(let text) where column.holdsFigures:
      let bare = LooseText.oneLine(text)
      if let figure = FigureText(bare) {
        if case .loose(let number) = figure { tally.count(number, writtenAs: bare) }
      } else if !bare.isEmpty {
        do throws(UnreadableText) {
          _ = try LooseNumber(parsing: bare)
        } catch {
          warn(address, error.description)
        }
      }
    default: break
    }
  }
}
