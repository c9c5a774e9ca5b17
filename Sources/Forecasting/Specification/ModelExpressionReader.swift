/// Reads a ``ModelExpression`` character by character.
struct ModelExpressionReader {
  private let text: String
  private let characters: [Character]
  private var place = 0
  /// Where the text stands between quotation marks in another, in characters from 1; nil where it stands alone.
  private let quotedAt: Int?

  /// Deeper than this nobody means; it keeps a hostile text from exhausting the stack.
  private static let deepest = 8

  /// Prepares to read a text, or one that stood between quotation marks in another, whose positions are then named.
  init(_ text: String, quotedAt: Int? = nil) {
    self.text = text
    self.quotedAt = quotedAt
    characters = Array(text)
  }

  mutating func expression() throws(ForecastingError) -> ModelExpression {
    skipSpaces()
    let name = try word(after: "a model's name, such as drift or ets(A,Ad,N)")
    var groups: [[ModelExpression.Argument]] = []
    var openings: [Int] = []
    skipSpaces()
    while next == "(" {
      openings.append(position)
      groups.append(try group(depth: 1))
      skipSpaces()
    }
    let end = position
    var season: Int?
    if let character = next {
      let rest = characters[place...].prefix { $0 != " " }
      guard !groups.isEmpty, let number = Int(String(rest)) else {
        throw problem(
          "\"\(character)\" is not expected after the model; \(groups.isEmpty ? "write options in parentheses" : "only the length of the season, a whole number, may follow")"
        )
      }
      place += rest.count
      season = number
      skipSpaces()
      if let more = next { throw problem("\"\(more)\" is not expected after the length of the season") }
    }
    return ModelExpression(
      text: text, name: name, groups: groups, openings: openings, season: season, end: end)
  }

  private mutating func group(depth: Int) throws(ForecastingError) -> [ModelExpression.Argument] {
    guard depth <= Self.deepest else { throw problem("there are too many parentheses inside one another") }
    let opened = position
    place += 1
    var arguments: [ModelExpression.Argument] = []
    skipSpaces()
    if next == ")" {
      place += 1
      return arguments
    }
    while true {
      arguments.append(try argument(depth: depth))
      skipSpaces()
      switch next {
      case ",": place += 1
      case ")":
        place += 1
        return arguments
      case nil: throw problem("the parenthesis opened at position \(opened) is not closed; write )")
      case let other?: throw problem("\"\(other)\" is not expected here; write , or )")
      }
    }
  }

  private mutating func argument(depth: Int) throws(ForecastingError) -> ModelExpression.Argument {
    skipSpaces()
    var position = position
    var value = try word(after: "a value")
    var key: String?
    skipSpaces()
    if next == "=" {
      key = value
      place += 1
      skipSpaces()
      position = self.position
      value = try word(after: "a value for \(value)")
      skipSpaces()
    }
    let inner = next == "(" ? try group(depth: depth + 1) : nil
    return ModelExpression.Argument(key: key, word: value, arguments: inner, position: position)
  }

  private mutating func word(after wanted: String) throws(ForecastingError) -> String {
    if next == "\"" {
      let opened = place
      place += 1
      var word = ""
      while let character = next {
        if character == "\"" {
          // Two marks are one that belongs to the word.
          guard place + 1 < characters.count, characters[place + 1] == "\"" else { break }
          place += 1
        }
        word.append(character)
        place += 1
      }
      guard next == "\"" else {
        place = opened
        throw problem("the quotation mark is not closed; write \"")
      }
      place += 1
      return word
    }
    let run = characters[place...].prefix { !"(),= \"".contains($0) }
    guard !run.isEmpty else {
      throw problem(
        next.map { "\"\($0)\" stands where \(wanted) is expected" } ?? "it ends where \(wanted) is expected")
    }
    place += run.count
    return String(run)
  }

  /// The place, in characters from 1, of the text or of the one that it stands in, where quotation marks were doubled.
  private var position: Int {
    guard let quotedAt else { return place + 1 }
    return quotedAt + 1 + place + characters.prefix(place).count { $0 == "\"" }
  }

  private var next: Character? { place < characters.count ? characters[place] : nil }

  private mutating func skipSpaces() {
    while next == " " { place += 1 }
  }

  private func problem(_ sentence: String) -> ForecastingError {
    .specification(text, position: position, problem: sentence)
  }
}
