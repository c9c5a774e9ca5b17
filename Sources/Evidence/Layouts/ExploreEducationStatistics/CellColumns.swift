import TimeSeries

/// The cells of a table, column by column and eight bytes each, so that a whole column can be looked at before it is
/// decided what it holds.
///
/// A plain whole number is held as such, any other text by its number among the distinct texts: nothing of a cell is
/// lost.
struct CellColumns {
  /// A cell.
  struct Cell: Hashable {
    fileprivate let bits: Int64

    /// The whole number, where the cell is one in plain digits.
    var whole: Int? { bits & 1 == 0 ? Int(bits >> 1) : nil }
    /// The number of its text, where it is anything else.
    var text: Int32? { bits & 1 == 1 ? Int32(truncatingIfNeeded: bits >> 1) : nil }
  }

  private var columns: [[Cell]]
  private var texts = TextTable()
  /// The line of each row.
  private(set) var lines: [Int32] = []

  /// What a text is, once it has been asked for.
  enum Reading {
    /// A number or a code.
    case cell(PublishedCell)
    /// Neither.
    case unreadable(UnreadableText)
  }

  private var readings: [Reading?] = []
  private let empty: Cell

  /// Columns without rows.
  init(count: Int) {
    columns = Array(repeating: [], count: count)
    empty = Cell(bits: Int64(texts.number(of: "")) << 1 | 1)
  }

  /// The number of rows.
  var rowCount: Int { lines.count }

  /// The cell in a row of a column.
  func cell(_ column: Int, _ row: Int) -> Cell { columns[column][row] }

  /// All cells of a column.
  func cells(_ column: Int) -> [Cell] { columns[column] }

  /// Whether a cell has nothing in it.
  func isEmpty(_ cell: Cell) -> Bool { cell == empty }

  /// The text of a cell, without spaces at its ends.
  func text(_ cell: Cell) -> String {
    if let whole = cell.whole { return String(whole) }
    return cell.text.map { texts[$0].withoutOuterSpaces } ?? ""
  }

  /// Takes in the row on which a table stands.
  mutating func append(_ table: LayoutTable) {
    lines.append(Int32(clamping: table.row))
    for column in columns.indices {
      let cell = table.withBytes(column) { bytes in
        Self.plainWhole(bytes).map { Cell(bits: Int64($0) << 1) }
          ?? Cell(bits: Int64(texts.number(of: bytes)) << 1 | 1)
      }
      columns[column].append(cell)
    }
  }

  /// What a cell is as a cell of a measure.
  mutating func reading(_ cell: Cell) -> Reading {
    if let whole = cell.whole { return .cell(PublishedCell(value: Double(whole))) }
    guard let number = cell.text else { return .cell(PublishedCell(value: .nan)) }
    let index = Int(number)
    if readings.count <= index {
      readings += Array(repeating: nil, count: texts.count - readings.count)
    }
    if let known = readings[index] { return known }
    let reading: Reading
    do throws(UnreadableText) {
      reading = .cell(try PublishedCell(texts[number]))
    } catch {
      reading = .unreadable(error)
    }
    readings[index] = reading
    return reading
  }

  /// The number in plain digits, with no sign but a minus and no zeros before it, of at most fifteen digits: one that its
  /// digits can be had back from.
  private static func plainWhole(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = 0
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { position = 1 }
    let digits = bytes.count - position
    guard (1...15).contains(digits) else { return nil }
    if bytes[position] == UInt8(ascii: "0"), digits > 1 || isNegative { return nil }
    var value = 0
    while position < bytes.count {
      let byte = bytes[position]
      guard (48...57).contains(byte) else { return nil }
      value = value * 10 + Int(byte &- 48)
      position += 1
    }
    return isNegative ? -value : value
  }
}
