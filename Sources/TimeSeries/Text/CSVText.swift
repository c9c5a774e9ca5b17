/// Cells and rows of comma-separated text (RFC 4180, 2005), with lines that end in a line feed.
public enum CSVText {
  /// A row, with its line feed.
  public static func row(_ cells: [String]) -> String { cells.joined(separator: ",") + "\n" }

  /// A text: quoted where it must be, and guarded where a spreadsheet would run it as a formula.
  ///
  /// A text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or a line feed, or with the wide forms of these
  /// signs, gets an apostrophe before it, which spreadsheets take as "this is text" (OWASP, "CSV Injection"). A text
  /// that is itself a plain number is left as it is, because it cannot be a formula: a period of -3 in a plain count.
  /// What does not show, a byte order mark or a space without width, does not hide the sign behind it.
  public static func text(_ text: String) -> String {
    var cell = text
    if let first = text.unicodeScalars.first(where: { !isInvisible($0) }),
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first),
      PlainDecimal.value(of: text) == nil
    {
      cell = "'" + text
    }
    // Scalars, not characters: a carriage return and a line feed together are one character.
    guard cell.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else { return cell }
    return "\"" + cell.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }

  /// Puts a text at the end of a row as it is, for programs, which run no formulas and must find the very same name again.
  public static func append(exactly text: String, to row: inout [UInt8]) {
    var text = text
    text.withUTF8 { bytes in
      guard bytes.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0D || $0 == 0x0A }) else {
        row.append(contentsOf: bytes)
        return
      }
      row.append(0x22)
      for byte in bytes {
        if byte == 0x22 { row.append(0x22) }
        row.append(byte)
      }
      row.append(0x22)
    }
  }

  /// Puts a text at the end of a row: ``text(_:)``, as bytes.
  public static func append(_ text: String, to row: inout [UInt8]) {
    var text = text
    let isPlain = text.withUTF8 { bytes in
      if let first = bytes.first, needsGuard(first) { return false }
      guard bytes.allSatisfy({ $0 != 0x2C && $0 != 0x22 && $0 != 0x0D && $0 != 0x0A }) else { return false }
      row.append(contentsOf: bytes)
      return true
    }
    if !isPlain { row.append(contentsOf: Self.text(text).utf8) }
  }

  /// Whether a scalar at the beginning of a text shows nothing, so that a spreadsheet may look past it.
  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "\u{FEFF}" || scalar == "\u{200B}" || scalar == "\u{2060}"
  }

  /// Whether a text that begins with a byte may be taken for a formula, or has to be looked at: `=`, `+`, `-`, `@`, a tab,
  /// the ends of lines, and the first bytes of wide signs and of what does not show.
  private static func needsGuard(_ first: UInt8) -> Bool {
    switch first {
    case 0x3D, 0x2B, 0x2D, 0x40, 0x09, 0x0A, 0x0D, 0xE2, 0xEF: true
    default: false
    }
  }
}
