import TimeSeries

/// The cells of a sheet that hold something, row by row, some twelve bytes each besides their texts.
struct CellStore: Sendable {
  /// A row that has cells or a property.
  struct Row {
    let number: Int
    /// Where its cells begin and end among all cells.
    let cells: Range<Int>
  }

  private enum Kind: UInt8 {
    case number, percentage, currency, date, dateTime, duration, text, boolean, error, formulaWithoutValue
    case impossibleDate, month, year
  }

  private static let formulaBit: UInt8 = 0x80

  private(set) var rows: [Row] = []
  private var columns: [UInt16] = []
  private var kinds: [UInt8] = []
  private var payloads: [UInt64] = []
  private var texts: TextTable
  private var currencies: [String] = [""]
  /// The bytes of the texts that were added, each counted once.
  private(set) var textBytes = 0

  /// No cells; texts that are known by number may be given.
  init(texts: TextTable = TextTable()) { self.texts = texts }

  /// How many cells hold something.
  var count: Int { columns.count }

  /// Opens a row, which must lie below the rows before it.
  mutating func begin(row number: Int) { rows.append(Row(number: number, cells: count..<count)) }

  /// Adds a cell to the row that was opened last, to the right of its cells.
  mutating func append(column: Int, _ content: CellContent, isFormula: Bool) {
    guard let (kind, payload) = packed(content) else { return }
    var detail: UInt8 = 0
    if case .currency(_, let code) = content { detail = position(ofCurrency: code) << 4 }
    append(column, kind.rawValue | detail | (isFormula ? Self.formulaBit : 0), payload)
  }

  /// Adds a cell with one of the texts that were given at the start.
  mutating func append(column: Int, text number: Int32, isFormula: Bool) {
    append(column, Kind.text.rawValue | (isFormula ? Self.formulaBit : 0), UInt64(UInt32(bitPattern: number)))
  }

  private mutating func append(_ column: Int, _ kind: UInt8, _ payload: UInt64) {
    guard let row = rows.last else { return }
    columns.append(UInt16(clamping: column))
    kinds.append(kind)
    payloads.append(payload)
    rows[rows.count - 1] = Row(number: row.number, cells: row.cells.lowerBound..<count)
  }

  /// The place of a currency among those seen: three bits of a cell's kind hold it. A ninth currency and those after it
  /// are money of no known currency.
  private mutating func position(ofCurrency code: String) -> UInt8 {
    if let known = currencies.firstIndex(of: code) { return UInt8(clamping: known) }
    guard currencies.count < 8 else { return 0 }
    currencies.append(code)
    return UInt8(clamping: currencies.count - 1)
  }

  /// Opens a row with the cells of the row before it.
  mutating func repeatRow(_ number: Int) {
    guard let row = rows.last else { return }
    rows.append(Row(number: number, cells: row.cells))
  }

  private mutating func packed(_ content: CellContent) -> (Kind, UInt64)? {
    switch content {
    case .blank: return nil
    case .number(let value): return (.number, value.bitPattern)
    case .percentage(let value): return (.percentage, value.bitPattern)
    case .impossibleDate(let value): return (.impossibleDate, value.bitPattern)
    case .currency(let value, _): return (.currency, value.bitPattern)
    case .date(let date): return (.date, UInt64(bitPattern: Int64(date.daysSinceEpoch)))
    case .month(let year, let month): return (.month, UInt64(bitPattern: Int64(year * 12 + month - 1)))
    case .year(let year): return (.year, UInt64(bitPattern: Int64(year)))
    case .dateTime(let date, let seconds):
      return (.dateTime, UInt64(bitPattern: Int64(date.daysSinceEpoch * 86_400 + seconds)))
    case .duration(let seconds): return (.duration, UInt64(bitPattern: Int64(seconds)))
    case .text(let text): return (.text, number(of: text))
    case .boolean(let value): return (.boolean, value ? 1 : 0)
    case .error(let code): return (.error, number(of: code))
    case .formulaWithoutValue: return (.formulaWithoutValue, 0)
    }
  }

  private mutating func number(of text: String) -> UInt64 {
    let before = texts.count
    let number = texts.number(of: text)
    if texts.count > before { textBytes += text.utf8.count }
    return UInt64(UInt32(bitPattern: number))
  }

  // MARK: Reading

  /// The position of a row among ``rows``; nil when it holds nothing.
  func position(ofRow number: Int) -> Int? {
    let position = firstRow(from: number)
    return position < rows.count && rows[position].number == number ? position : nil
  }

  /// The position of the first row with this number or a later one.
  func firstRow(from number: Int) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].number < number { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The column of a cell by its position.
  func column(_ cell: Int) -> Int { Int(columns[cell]) }

  /// The position of a row's cell in a column; nil when it holds nothing.
  func cell(inRow position: Int, column: Int) -> Int? {
    var (low, high) = (rows[position].cells.lowerBound, rows[position].cells.upperBound)
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if Int(columns[middle]) < column { low = middle + 1 } else { high = middle }
    }
    return low < end && Int(columns[low]) == column ? low : nil
  }

  /// Whether the content of a cell was computed.
  func isFormula(_ cell: Int) -> Bool { kinds[cell] & Self.formulaBit != 0 }

  /// What a cell holds, by its position.
  func content(_ cell: Int) -> CellContent {
    let payload = payloads[cell]
    let signed = Int(Int64(bitPattern: payload))
    switch Kind(rawValue: kinds[cell] & 0x0F) {
    case .number: return .number(Double(bitPattern: payload))
    case .percentage: return .percentage(Double(bitPattern: payload))
    case .currency: return .currency(Double(bitPattern: payload), currencies[Int(kinds[cell] >> 4 & 7)])
    case .date: return .date(CivilDate(daysSinceEpoch: signed))
    case .month: return .month(year: signed / 12, month: signed % 12 + 1)
    case .year: return .year(signed)
    case .dateTime:
      let seconds = (signed % 86_400 + 86_400) % 86_400
      return .dateTime(CivilDate(daysSinceEpoch: (signed - seconds) / 86_400), seconds: seconds)
    case .duration: return .duration(seconds: signed)
    case .text: return .text(text(payload))
    case .boolean: return .boolean(payload != 0)
    case .error: return .error(text(payload))
    case .formulaWithoutValue: return .formulaWithoutValue
    case .impossibleDate: return .impossibleDate(Double(bitPattern: payload))
    case nil: return .blank
    }
  }

  private func text(_ payload: UInt64) -> String {
    texts[Int32(bitPattern: UInt32(truncatingIfNeeded: payload))]
  }
}
