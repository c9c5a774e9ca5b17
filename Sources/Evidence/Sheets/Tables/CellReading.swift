import TimeSeries

/// What a cell may be in a table: part of a heading, a figure, or either.
struct CellReading: OptionSet {
  let rawValue: UInt8

  init(rawValue: UInt8) { self.rawValue = rawValue }

  /// A text, a date or a year: what headings and names of rows are made of.
  static let label = CellReading(rawValue: 1)
  /// A number, a number typed as text, or a code that stands in place of one.
  static let figure = CellReading(rawValue: 2)

  /// What a content may be. A whole number that could be a year is both.
  init(_ content: CellContent) {
    switch content {
    case .blank: self = []
    case .number(let value):
      let isYear = value == value.rounded() && (1900...2100).contains(value)
      let isPair = value == value.rounded() && (190_001...210_099).contains(value)
      self = isYear || isPair ? [.label, .figure] : .figure
    case .percentage, .currency, .duration, .boolean: self = .figure
    case .error, .formulaWithoutValue, .impossibleDate: self = .figure
    case .date, .dateTime, .month, .year: self = .label
    case .text(let text): self = Self.reading(text)
    }
  }

  private static func reading(_ text: String) -> CellReading {
    let bare = LooseText.trimmed(text)
    if bare.isEmpty { return [] }
    guard bare.utf8.count <= LooseNumber.longestText else { return .label }
    if Self.hasYear(bare), (try? Period(parsing: bare)) != nil {
      return bare.utf8.allSatisfy { $0 >= 48 && $0 <= 57 } ? [.label, .figure] : .label
    }
    return FigureText(bare) == nil ? .label : .figure
  }
}

extension CellReading {
  /// Whether a text has four digits one after another, as every period has.
  private static func hasYear(_ text: String) -> Bool {
    var run = 0
    for byte in text.utf8 {
      run = byte >= 48 && byte <= 57 ? run + 1 : 0
      if run == 4 { return true }
    }
    return false
  }
}

/// A text in place of a figure: a code or a plain number of a series file, or a loose number.
enum FigureText {
  /// A number that a series file reads as it is.
  case number
  /// A code that stands in place of a number: `c`, `..`, `1-7`.
  case code
  /// What is read by the rules of ``LooseNumber``.
  case loose(LooseNumber)

  /// Nil for a text that is neither, and for an empty one.
  init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= LooseNumber.longestText else { return nil }
    // Most texts are names, which begin with a letter; of what does, codes alone stand for figures, and they are short.
    let isShort = text.utf8.count <= 4
    guard let first = text.utf8.first, isShort || !(65...90).contains(first) && !(97...122).contains(first)
    else {
      return nil
    }
    guard isShort || text.utf8.contains(where: { $0 >= 48 && $0 <= 57 }) else { return nil }
    if let observation = try? Observation(parsing: text) {
      self = observation.value == nil ? .code : .number
    } else if let number = try? LooseNumber(parsing: text) {
      self = .loose(number)
    } else {
      return nil
    }
  }
}

extension Sheet {
  /// What the cells of a row hold in some columns, given in order; merged ranges fill all their cells.
  func contents(ofRow row: Int, columns: ClosedRange<Int>) -> [CellContent] {
    var contents = [CellContent](repeating: .blank, count: columns.count)
    if let position = store.position(ofRow: row) {
      for cell in store.rows[position].cells where columns.contains(store.column(cell)) {
        contents[store.column(cell) - columns.lowerBound] = store.content(cell)
      }
    }
    for merge in merges.reaching(row: row) where merge.columns.overlaps(columns) {
      let content = self[merge.firstCell].content
      for column in merge.columns.clamped(to: columns) { contents[column - columns.lowerBound] = content }
    }
    return contents
  }
}
