import TimeSeries

/// The place of a cell in a sheet.
public struct CellAddress: Hashable, Sendable {
  /// The row, from 1 to 1,048,576.
  public let row: Int
  /// The column, from 1 (A) to 16,384 (XFD).
  public let column: Int

  /// A place; nil outside the sheet.
  public init?(row: Int, column: Int) {
    guard (1...SheetExtent.lastRow).contains(row), (1...SheetExtent.lastColumn).contains(column) else {
      return nil
    }
    self.row = row
    self.column = column
  }

  /// A place that is known to be in the sheet.
  init(checkedRow row: Int, _ column: Int) {
    self.row = row
    self.column = column
  }

  /// Reads the name of a cell, such as `C17`; capitals and dollar signs do not count. Nil for any other text and for
  /// cells that no sheet has, such as `A0` and `XFD1048577`.
  public init?(_ name: some StringProtocol) {
    guard let part = Part(name), let row = part.row, let column = part.column else { return nil }
    self.init(row: row, column: column)
  }

  /// The letters of a column: `A` for 1, `AA` for 27.
  public static func letters(ofColumn column: Int) -> String {
    var rest = column
    var letters = ""
    while rest > 0 {
      let (quotient, remainder) = (rest - 1).quotientAndRemainder(dividingBy: 26)
      letters = String(UnicodeScalar(UInt8(65 + remainder))) + letters
      rest = quotient
    }
    return letters
  }

  /// A cell, a row or a column as it is written in a reference.
  struct Part {
    var row: Int?
    var column: Int?

    init?(_ text: some StringProtocol) {
      var letters = 0
      var digits = 0
      var column = 0
      var row = 0
      for byte in text.utf8 {
        switch byte {
        case 0x24: continue
        case 65...90, 97...122:
          guard digits == 0, letters < 3 else { return nil }
          letters += 1
          column = column * 26 + Int(byte & 0x1F)
        case 48...57:
          guard digits < 7, digits > 0 || byte != 48 else { return nil }
          digits += 1
          row = row * 10 + Int(byte - 48)
        default: return nil
        }
      }
      guard letters + digits > 0, row <= SheetExtent.lastRow, column <= SheetExtent.lastColumn else {
        return nil
      }
      self.row = digits > 0 ? row : nil
      self.column = letters > 0 ? column : nil
    }
  }
}

extension CellAddress: Comparable {
  /// Whether the left cell comes first, row by row.
  public static func < (left: CellAddress, right: CellAddress) -> Bool {
    (left.row, left.column) < (right.row, right.column)
  }
}

extension CellAddress: CustomStringConvertible {
  /// The name of the cell, such as `C17`.
  public var description: String { Self.letters(ofColumn: column) + String(row) }
}
