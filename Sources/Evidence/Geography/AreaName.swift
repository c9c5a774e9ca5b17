// How names of areas are compared: published files write one authority in many ways.

enum AreaName {
  /// The longest text, in bytes, that is taken for the name of an area.
  static let longest = 200

  /// A three-digit number as files and spreadsheets write it: `343`, `343.0`, `343.00`.
  static func number(_ text: String) -> Int? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = parts.first, whole.utf8.count == 3, whole.utf8.allSatisfy(isDigit)
    else { return nil }
    if parts.count == 2 {
      guard !parts[1].isEmpty, parts[1].utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
    }
    return Int(whole)
  }

  /// A name for comparison: lower case, `&` as `and`, no apostrophes, other punctuation as single spaces.
  static func folded(_ text: String) -> String {
    var words: [String] = []
    var word = ""
    func end() {
      if !word.isEmpty { words.append(word) }
      word = ""
    }
    for character in text.lowercased() {
      if character.isLetter || character.isNumber {
        word.append(character)
      } else if character == "&" {
        end()
        words.append("and")
      } else if character != "'", character != "’", character != "`" {
        end()
      }
    }
    end()
    return words.joined(separator: " ")
  }

  /// The text without spaces at its ends, no-break spaces among them.
  static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }

  /// The text without the marks that point to footnotes at its end: `*`, `†`, `²`, `3`, `[note 2]`, `(1)`, `(r)`.
  static func withoutFootnotes(_ text: String) -> String {
    var rest = text
    while let last = rest.last {
      let before = rest
      if "*†‡§^~#⁰¹²³⁴⁵⁶⁷⁸⁹,;:".contains(last) {
        rest.removeLast()
      } else if last == "]", let open = rest.lastIndex(of: "[") {
        rest = String(rest[..<open])
      } else if last == ")", let open = rest.lastIndex(of: "("), isMark(rest[open...].dropFirst().dropLast())
      {
        rest = String(rest[..<open])
      } else if let digits = trailingDigits(rest) {
        rest = String(rest.dropLast(digits))
      }
      rest = trimmed(rest)
      if rest == before { break }
    }
    return rest
  }

  /// Whether what stands in brackets is the mark of a footnote: up to two digits, or a letter.
  private static func isMark(_ text: Substring) -> Bool {
    !text.isEmpty
      && (text.count <= 2 && text.utf8.allSatisfy(isDigit) || text.count == 1 && text.allSatisfy(\.isLetter))
  }

  /// The number of digits at the end, where they are one or two.
  private static func trailingDigits(_ text: String) -> Int? {
    let count = text.utf8.reversed().prefix(while: isDigit).count
    return (1...2).contains(count) && text.utf8.count > count ? count : nil
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  // MARK: Styles

  /// Words that only a county is called by.
  static let countyStyles: Set<String> = ["county"]
  /// Words that only a town or city is called by.
  static let townStyles: Set<String> = ["city", "borough", "metropolitan", "mbc", "mdc"]

  private static let trailing: Set<String> = [
    "council", "county", "city", "borough", "metropolitan", "district", "unitary", "authority", "ua", "mbc",
    "mdc",
    "cc", "bc", "london", "of", "royal", "corporation", "the",
  ]
  private static let leading: Set<String> = [
    "the", "council", "of", "county", "city", "borough", "metropolitan", "royal", "london", "district", "lb",
    "rb",
  ]

  /// The folded name with the words of an authority's style dropped one by one, from the end and then from the start,
  /// each with the words dropped so far: `london borough of camden`, `borough of camden`, `of camden`, `camden`.
  static func withoutStyles(_ text: String) -> [(name: String, dropped: Set<String>)] {
    var words = folded(text).split(separator: " ").map(String.init)
    var dropped: Set<String> = []
    var found: [(name: String, dropped: Set<String>)] = []
    while words.count > 1, let last = words.last, trailing.contains(last) {
      words.removeLast()
      dropped.insert(last)
      found.append((words.joined(separator: " "), dropped))
    }
    while words.count > 1, let first = words.first, leading.contains(first) {
      words.removeFirst()
      dropped.insert(first)
      found.append((words.joined(separator: " "), dropped))
    }
    return found
  }
}
