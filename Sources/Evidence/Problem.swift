/// Something wrong, or doubtful, at a place in a file.
public struct Problem: Hashable, Sendable, CustomStringConvertible {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable {
    /// The data cannot be used until it is mended.
    case error
    /// The data can be used, but should be looked at.
    case warning
  }

  /// The file, as it was named to the reader.
  public let file: String
  /// The line on which the row begins, from 1; nil when the problem is of the whole file.
  public let row: Int?
  /// The character of that line, from 1, where the text itself is malformed; nil where the message names the column.
  public let column: Int?
  /// What is wrong and what would be accepted.
  public let message: String
  /// How much it matters.
  public let severity: Severity

  /// A problem; an error unless said otherwise.
  public init(file: String, row: Int? = nil, column: Int? = nil, message: String, severity: Severity = .error)
  {
    self.file = file
    self.row = row
    self.column = column
    self.message = message
    self.severity = severity
  }

  /// The problem with its place before it: `file.csv:17: value "12,4%" in column "value" is not a number; …`.
  public var description: String {
    var place = file
    if let row { place += ":\(row)" }
    if let column { place += ":\(column)" }
    return "\(place): \(message)"
  }
}

// Every message of ours is written `what is wrong; what to do`, with what stands in the file in quotes.
extension Problem {
  /// What to do about it: what follows the first semicolon of the message that does not stand in quotes, or the last that
  /// does where a quoted text has a quote of its own; nil where there is none.
  public var mend: String? {
    var isQuoted = false
    var quoted: Substring?
    var rest = message[...]
    while let character = rest.first {
      if character == "\"" { isQuoted.toggle() }
      if rest.hasPrefix("; ") {
        let after = rest.dropFirst(2)
        if !isQuoted { return String(after) }
        quoted = after
      }
      rest = rest.dropFirst()
    }
    return isQuoted ? quoted.map { String($0) } : nil
  }

  /// The offending text: the first that the message has in quotes; nil where it quotes nothing.
  public var text: String? {
    guard let opening = message.firstIndex(of: "\"") else { return nil }
    let rest = message[message.index(after: opening)...]
    guard let closing = rest.firstIndex(of: "\"") else { return nil }
    return String(rest[..<closing])
  }
}
