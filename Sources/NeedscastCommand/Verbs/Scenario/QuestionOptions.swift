import ArgumentParser
import Needscast

/// Which figure of which service and year a question is about, and in which scenario.
struct QuestionOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The scenario, or a file of one (default: base).", valueName: "name|file.yaml"))
  var scenario = Workspace.baseScenario

  @Option(
    help: ArgumentHelp(
      "The service; total is all services together (default: the first with a ring-fence, or the first).",
      valueName: "id"))
  var service: String?

  @Option(
    help: ArgumentHelp(
      "The figure, one of \(ArgumentForms.figureWords) (default: closing-balance, or in-year-balance without a ring-fence).",
      valueName: "figure"), transform: ArgumentForms.figureOrWords)
  var figure: PlanFigure?

  @Option(
    help: ArgumentHelp("The financial year (default: the plan's last).", valueName: "2029/30"),
    transform: ArgumentForms.financialYear)
  var year: FinancialYear?
}

extension ArgumentForms {
  /// A figure of a plan as people write it, `closing-balance`, or as programs do, `closingBalance`.
  static func figureOrWords(_ text: String) throws -> PlanFigure {
    guard let figure = figure(named: text) else { throw ValidationError("write one of \(figureWords).") }
    return figure
  }

  /// A figure under either of its names; nil where there is none.
  static func figure(named text: String) -> PlanFigure? {
    PlanFigure.allCases.first { $0.rawValue == text || words($0) == text }
  }

  /// The figures as people write them.
  static let figureWords = PlanFigure.allCases.map(words).joined(separator: ", ")

  /// The name with hyphens in place of capitals.
  static func words(_ figure: PlanFigure) -> String {
    figure.rawValue.reduce(into: "") { $0 += $1.isUppercase ? "-\($1.lowercased())" : "\($1)" }
  }

  /// A number, `12.5`, `10%`, or pounds as people write them, `-£20m`, `500k`; nil for anything else.
  static func amount(_ text: String) -> Double? {
    var rest = Substring(text.filter { $0 != "," && $0 != "_" })
    var sign = 1.0
    if rest.hasPrefix("-") {
      sign = -1
      rest = rest.dropFirst()
    }
    if rest.hasPrefix("£") { rest = rest.dropFirst() }
    var scale = 1.0
    switch rest.last {
    case "%": scale = 0.01
    case "k": scale = 1e3
    case "m": scale = 1e6
    default: break
    }
    if scale != 1 { rest = rest.dropLast() }
    guard let first = rest.first, first.isNumber || first == ".", let number = Double(String(rest)),
      number.isFinite
    else { return nil }
    // A percentage is divided, so that 10% is the nearest number to a tenth.
    return sign * (scale == 0.01 ? number / 100 : number * scale)
  }

  /// A share, `10%` or `0.1`.
  static func share(_ text: String) throws -> Double {
    guard let share = amount(text), share > 0 else {
      throw ValidationError("write a share above 0, such as 10% or 0.1.")
    }
    return share
  }

  /// A value of the workspace with the ends between which it may move, `path=low..high`.
  static func lever(_ text: String) throws -> LeverArgument {
    let form = "write path=from..to, such as assumptions.high-needs-price-growth.value=4%..1%."
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
      throw ValidationError(form)
    }
    let ends = text[text.index(after: equals)...]
    guard let dots = ends.firstRange(of: "..") else { throw ValidationError(form) }
    guard let start = amount(String(ends[..<dots.lowerBound])),
      let end = amount(String(ends[dots.upperBound...])), start != end
    else { throw ValidationError(form + " The two ends are different numbers.") }
    return LeverArgument(path: String(text[..<equals]), start: start, end: end)
  }
}

/// A lever as it stands on the command line.
struct LeverArgument: Hashable, Sendable {
  let path: String
  let start: Double
  let end: Double
}
