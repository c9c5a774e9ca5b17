/// A model's specification as it was written, taken apart but not yet understood: `arima(0,1,1)(0,1,1)12`.
///
///     model    := word { group } [ season ]
///     group    := "(" [ argument { "," argument } ] ")"
///     argument := [ key "=" ] value
///     value    := word [ "(" [ argument { "," argument } ] ")" ]
///
/// A word is any run of characters other than `( ) , =` and space, or anything between double quotation marks, among
/// which a mark is written twice: `"a ""b"" c"`. The season is a whole number directly after the last group. Spaces count for nothing.
public struct ModelExpression: Hashable, Sendable {
  /// A value, with its key where it has one.
  public struct Argument: Hashable, Sendable {
    /// The word before `=`; nil for an argument that is known by its place.
    public let key: String?
    /// The value's word.
    public let word: String
    /// What stands in parentheses after the word; nil where there are none.
    public let arguments: [Argument]?
    /// Where the value begins, in characters from 1.
    public let position: Int
  }

  /// The specification as it was written.
  public let text: String
  /// The word it begins with.
  public let name: String
  /// What stands in each pair of parentheses after the name.
  public let groups: [[Argument]]
  /// The whole number after the last group.
  public let season: Int?
  /// Where the season begins, or the text ends, in characters from 1.
  public let end: Int
  /// Where each pair of parentheses opens, in characters from 1.
  let openings: [Int]

  /// Takes a specification apart.
  ///
  /// - Throws: ``ForecastingError/specification(_:position:problem:)``, which names the position.
  public init(_ text: String) throws(ForecastingError) {
    var reader = ModelExpressionReader(text)
    self = try reader.expression()
  }

  /// The specification that stands as an argument inside another, such as the `drift` of `stl(drift)`.
  ///
  /// A model with more than one pair of parentheses stands between quotation marks: `stl("arima(0,1,1)(0,1,1)12")`,
  /// and its own marks are then written twice: `stl("regression(linear,step(""Apr 2020""))")`.
  /// Errors name positions in the whole text.
  ///
  /// - Throws: ``ForecastingError/specification(_:position:problem:)`` for quoted text that cannot be taken apart.
  public init(_ argument: Argument, in whole: ModelExpression) throws(ForecastingError) {
    guard argument.arguments == nil, argument.word.contains("(") else {
      self.init(
        text: whole.text, name: argument.word, groups: argument.arguments.map { [$0] } ?? [],
        openings: argument.arguments.map { _ in [argument.position + argument.word.count] } ?? [],
        season: nil, end: argument.position + argument.word.count)
      return
    }
    do {
      var reader = ModelExpressionReader(argument.word, quotedAt: argument.position)
      let inner = try reader.expression()
      self.init(
        text: whole.text, name: inner.name, groups: inner.groups, openings: inner.openings,
        season: inner.season, end: inner.end)
    } catch {
      guard case .specification(_, let position, let problem) = error else { throw error }
      throw whole.error(at: position, problem)
    }
  }

  init(
    text: String, name: String, groups: [[Argument]], openings: [Int], season: Int?, end: Int
  ) {
    self.text = text
    self.name = name
    self.groups = groups
    self.openings = openings
    self.season = season
    self.end = end
  }

  /// A specification with one more argument at the end of its first parentheses, which are added where there are none.
  static func adding(_ argument: String, to specification: String) -> String {
    var depth = 0
    var isQuoted = false
    for (index, character) in zip(specification.indices, specification) {
      if character == "\"" { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if character == "(" { depth += 1 }
      guard character == ")" else { continue }
      depth -= 1
      guard depth == 0 else { continue }
      let before = specification[..<index]
      return before + (before.last == "(" ? "" : ",") + argument + specification[index...]
    }
    return "\(specification)(\(argument))"
  }

  /// The names inside every `regressor(NAME)` and `regressors(NAME, …)`, in the order in which they are written, each once,
  /// those of a model between quotation marks included.
  ///
  /// Whoever reads the series has to know them beforehand.
  public var regressorNames: [String] {
    var names: [String] = []
    func collect(_ arguments: [Argument]) {
      for argument in arguments {
        guard let inner = argument.arguments else {
          // A model between quotation marks, or a word that happens to have a parenthesis and reads as nothing.
          guard argument.word.contains("("), let nested = try? ModelExpression(argument.word) else {
            continue
          }
          nested.groups.forEach(collect)
          continue
        }
        if argument.word == "regressor" || argument.word == "regressors" {
          for name in inner where !names.contains(name.word) { names.append(name.word) }
        } else {
          collect(inner)
        }
      }
    }
    groups.forEach(collect)
    return names
  }

  /// The error that a problem at a position is.
  public func error(at position: Int, _ problem: String) -> ForecastingError {
    .specification(text, position: position, problem: problem)
  }

  /// The error that an argument is not among those accepted.
  public func error(at argument: Argument, _ problem: String) -> ForecastingError {
    error(at: argument.position, problem)
  }
}

extension ModelExpression {
  /// A word as a specification must write it: between quotation marks where it would otherwise be taken apart, its own
  /// marks doubled.
  static func quoted(_ word: String) -> String {
    guard word.isEmpty || word.contains(where: { "(),= \"".contains($0) }) else { return word }
    return "\"" + word.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
  }
}
