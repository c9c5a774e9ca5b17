/// A cell of a sheet, counted from nought.
struct CellPlace: Hashable {
  let row: Int
  let column: Int

  init(_ row: Int, _ column: Int) {
    self.row = row
    self.column = column
  }

  /// As a formula of the same sheet has it: `C12`.
  var name: String { "\(Self.letters(column))\(row &+ 1)" }

  /// The same wherever the formula is copied: `$C$12`.
  var fixed: String { "$\(Self.letters(column))$\(row &+ 1)" }

  /// The letters of a column: A to Z, AA and so on.
  static func letters(_ column: Int) -> String {
    var text = ""
    var left = max(0, column)
    repeat {
      text = String(UnicodeScalar(UInt8(65 + left % 26))) + text
      left = left / 26 - 1
    } while left >= 0
    return text
  }
}

/// A block of cells of one sheet.
struct CellRange: Hashable {
  let sheet: String
  let first: CellPlace
  let last: CellPlace

  init(_ sheet: Sheet, _ first: CellPlace, _ last: CellPlace) {
    self.sheet = sheet.name
    self.first = first
    self.last = last
  }

  /// As a formula of any sheet has it: `'High needs'!$C$12:$K$12`.
  var reference: String { "\(Self.quoted(sheet))!\(first.fixed):\(last.fixed)" }

  /// A sheet's name in a formula.
  static func quoted(_ sheet: String) -> String { "'\(sheet.replacing("'", with: "''"))'" }
}
