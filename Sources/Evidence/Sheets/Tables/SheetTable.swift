import TimeSeries

/// A table of a sheet: a heading and rows, every cell as text in the forms of a series file.
///
/// Where the caller does not say which rows head it, they are found (``HeadingSearch`` in the sources states the rule),
/// and ``notes`` says what was taken for what: titles above, remarks below, columns without a name, names made unique.
/// Numbers typed as text are read by ``LooseNumber`` in columns that hold figures, and counted in the notes.
public struct SheetTable: Sendable {
  /// A column of a table.
  public struct Column: Hashable, Sendable {
    /// The column of the sheet, from 1.
    public let number: Int
    /// What its heading says, from the top, each once; empty where it says nothing.
    public let parts: [String]
    /// The name under which it is written, like no other of the table: the parts joined by ` / `.
    public let name: String
    /// Whether more of its cells hold figures (or codes in place of them) than other texts.
    public let holdsFigures: Bool
    /// A percentage or pounds, where the formats or signs of all its figures say so.
    public let unit: Unit?

    /// The letters of the column.
    public var letters: String { CellAddress.letters(ofColumn: number) }
  }

  /// The sheet that the table stands in.
  public let sheet: Sheet
  /// The rows of the sheet that head the table.
  public let headingRows: ClosedRange<Int>
  /// The columns, from left to right.
  public let columns: [Column]
  /// The rows of the sheet that belong to the table, those that hold nothing left out.
  public let rows: [Int]
  /// What the reader should know, as sentences: what was taken for what, what was set aside, what the sheet notes.
  public let notes: [String]
  /// Cells that hold no figure where one should be: errors, formulas without results, numbers that cannot be read.
  public let problems: [Problem]
  /// How many problems of the table are not among ``problems``.
  public let omittedProblems: Int

  /// The sheet with the merged ranges that reach into the table alone.
  let body: Sheet

  /// The file, as it was named.
  public var file: String { sheet.file }

  /// How many problems are kept.
  static let keptProblems = 50
  /// The most cells that a table may span, blank ones counted: 2^28, as a million rows of 256 columns have.
  static let mostCells = 1 << 28

  /// Finds the table of a sheet or of a range of it.
  ///
  /// - Parameters:
  ///   - sheet: the sheet.
  ///   - range: the cells in which the table stands; nil for all that hold something.
  ///   - headingRows: the rows of the sheet that head it; nil to find them.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` for a range that holds nothing, and where no row heads a
  ///   table.
  public init(
    _ sheet: Sheet, range: CellRange? = nil, headingRows: ClosedRange<Int>? = nil
  ) throws(EvidenceError) {
    let place = "sheet \"\(sheet.name)\""
    guard let used = sheet.usedRange(in: range ?? .wholeSheet) else {
      let within = range.map { " in \($0)" } ?? ""
      throw .badData(
        Problem(file: sheet.file, message: "\(place): there is nothing\(within); name another sheet or range")
      )
    }
    let body = sheet.withMerges(in: used)
    guard let heading = headingRows ?? HeadingSearch(body, used).heading() else {
      throw .badData(
        Problem(
          file: sheet.file,
          message: """
            \(place): no row of \(used) heads a table: one with two texts, dates or years or more, and figures below it; \
            give the range of the table, or say which row heads it
            """))
    }
    guard heading.lowerBound >= 1, heading.upperBound < used.rows.upperBound else {
      throw .badData(
        Problem(
          file: sheet.file,
          message: "\(place): there are no rows below row \(heading.upperBound), which heads the table"))
    }
    let below = CellRange(rows: heading.upperBound + 1...used.rows.upperBound, columns: used.columns)
    guard sheet.positions(in: below).count <= Self.mostCells / used.columns.count else {
      throw .badData(
        Problem(
          file: sheet.file,
          message:
            "\(place): \(used) spans more than \(Self.mostCells) cells, most of them blank; give the range of the table"
        ))
    }
    let extent = TableExtent(body, below)
    var draft = TableDraft(sheet: body, heading: heading, span: used.columns)
    draft.noteAround(used, extent, isHeadingGiven: headingRows != nil)
    draft.read(extent.rows)
    guard !draft.columns.isEmpty, !extent.rows.isEmpty else {
      throw .badData(
        Problem(file: sheet.file, message: "\(place): there are no rows below the heading in \(used)"))
    }
    self.sheet = sheet
    self.body = body
    self.headingRows = heading
    columns = draft.columns
    rows = extent.rows
    notes = sheet.notes + draft.notes
    problems = draft.problems
    omittedProblems = draft.omittedProblems
  }

  /// The place of a cell.
  ///
  /// - Parameters:
  ///   - row: the position among ``rows``.
  ///   - column: the position among ``columns``.
  public func address(row: Int, column: Int) -> CellAddress? {
    guard rows.indices.contains(row), columns.indices.contains(column) else { return nil }
    return CellAddress(row: rows[row], column: columns[column].number)
  }

  /// The texts of a row, one for each column; none for a position that is not among ``rows``.
  public func texts(ofRow position: Int) -> [String] {
    guard rows.indices.contains(position), let first = columns.first, let last = columns.last else {
      return []
    }
    let contents = body.contents(ofRow: rows[position], columns: first.number...last.number)
    return columns.map { Self.text(contents[$0.number - first.number], isFigure: $0.holdsFigures) }
  }

  /// A content as text on one line; in a column of figures, loose numbers are plain.
  static func text(_ content: CellContent, isFigure: Bool) -> String {
    guard case .text(let text) = content else { return content.text }
    let bare = LooseText.oneLine(text)
    if isFigure, case .loose(let number)? = FigureText(bare) { return number.plain }
    return bare
  }
}

extension LooseText {
  /// A text without white space at its ends, and with one space in place of every line break and what stands around it.
  static func oneLine(_ text: String) -> String {
    let bare = trimmed(text)
    // Beyond ASCII, line breaks begin with one of these two bytes.
    guard bare.utf8.contains(where: { $0 < 0x20 || $0 == 0xC2 || $0 == 0xE2 }) else { return bare }
    return bare.split { $0.isNewline || $0 == "\t" }.map { trimmed($0) }.filter { !$0.isEmpty }
      .joined(separator: " ")
  }
}
