import TimeSeries

/// A cell of a published table: a number, or a code of the Government Statistical Service.
///
/// | code | meaning |
/// | --- | --- |
/// | `c` `*` | suppressed |
/// | `1-7` `<5` | suppressed within bounds |
/// | `z` | not applicable |
/// | `x` `:` `..`, nothing | not available |
/// | `low` `k` `~` | rounds to zero |
/// | `u` | not available: of low reliability |
///
/// Letters may be capitals, and a code may stand in brackets, as in `[c]` (Department for Education, Open Data
/// Standards; Government Analysis Function, "Symbols in tables").
struct PublishedCell: Hashable {
  /// The value, or the reason for its absence.
  let observation: Observation
  /// What the code says beyond the reason.
  let note: String?

  /// Reads a cell.
  ///
  /// - Throws: ``UnreadableText`` for what is neither a number nor a code.
  init(_ text: String) throws(UnreadableText) {
    var code = Substring(text).withoutOuterSpaces
    if code.first == "[", code.last == "]", code.count > 2 { code = code.dropFirst().dropLast() }
    switch code.lowercased() {
    case "u":
      (observation, note) = (.notAvailable, "low reliability")
    case "k", "~":
      (observation, note) = (.roundsToZero, nil)
    default:
      do throws(UnreadableText) {
        (observation, note) = (try Observation(parsing: code), nil)
      } catch {
        throw UnreadableText(text: text, problem: error.problem, remedy: error.remedy)
      }
    }
  }

  /// A cell with a number.
  init(value: Double) {
    (observation, note) = (.value(value), nil)
  }
}

extension Substring {
  /// The text without spaces, tabs and no-break spaces at its ends.
  var withoutOuterSpaces: Substring {
    func isSpace(_ character: Character) -> Bool {
      character == " " || character == "\t" || character == "\u{A0}"
    }
    var rest = drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }
}

extension String {
  /// The text without spaces, tabs and no-break spaces at its ends.
  var withoutOuterSpaces: String { String(Substring(self).withoutOuterSpaces) }
}
