import Commissioning
import TimeSeries

/// What a question was put to: the plan, what was known, the simulated futures.
public struct QuestionHeading: Sendable {
  let name: String
  let area: String
  let scenario: String
  let asOf: CivilDate
  let draws: Int
  let seed: UInt64
  let overrides: [String]
  let scenarioChanges: [String]

  /// Describes a run.
  ///
  /// - Parameters:
  ///   - name: the plan's title.
  ///   - paths: the plan as it stands before the question changes anything.
  ///   - overrides: what was set over the workspace, `path=value`, in the order given.
  ///   - scenarioChanges: what the scenario changes, with what it inherits; none for the workspace as it stands.
  public init(name: String, paths: PlanPaths, overrides: [String], scenarioChanges: [String]) {
    self.name = name
    area = paths.area
    scenario = paths.scenario
    asOf = paths.asOf
    draws = paths.draws
    seed = paths.seed
    self.overrides = overrides
    self.scenarioChanges = scenarioChanges
  }

  func lines(width: Int) -> [String] {
    let futures = draws == 1 ? "1 simulated future" : "\(NumberText.whole(draws)) simulated futures"
    var lines = Paragraph.lines("\(name): \(area), scenario \(scenario)", width: width)
    lines.append("As known on \(asOf); \(futures), seed \(seed).")
    if !overrides.isEmpty {
      lines += Paragraph.lines("Changed: \(overrides.joined(separator: "; "))", width: width)
    }
    return lines
  }

  var options: PlanDocument.Options {
    PlanDocument.Options(
      asOf: "\(asOf)", draws: draws, overrides: overrides,
      scenarioChanges: scenarioChanges.isEmpty
        ? [] : [ScenarioChanges(scenario: scenario, changes: scenarioChanges)],
      scenarios: [scenario],
      seed: seed)
  }
}

/// A mean as programs read it.
public struct MeanDocument: Codable, Hashable, Sendable {
  /// The mean over the simulated futures.
  public let value: Double
  /// Its Monte Carlo standard error; zero for what is known.
  public let error: Double

  init(value: Double, error: Double) {
    self.value = value
    self.error = error
  }

  init(_ mean: MeanEstimate) { self.init(value: mean.value, error: mean.error) }
}

/// A figure that a question asks about, as programs read it.
public struct QuestionDocument: Codable, Hashable, Sendable {
  /// The service; `total` for all services together.
  public let service: String
  /// The figure, as ``PlanFigure`` names it.
  public let figure: String
  /// The financial year, `2029/30`.
  public let year: String

  init(_ question: PlanQuestion) {
    service = question.service ?? PlanCSV.totalService
    figure = question.figure.rawValue
    year = "\(question.year)"
  }
}

extension PlanQuestion {
  /// How the figure is written: money in one unit, numbers with the digits that they need.
  func cell(_ value: Double, money: MoneyUnit) -> String {
    figure.isMoney
      ? money.sentence(value) : NumberText.fixed(value, decimals: NumberText.decimals(showing: [value]))
  }

  /// The figure in a few words: `closing balance of high-needs in 2029/30`.
  var words: String { "\(figure.words) of \(service ?? "all services") in \(year)" }
}

/// Bars of characters.
enum CharacterBar {
  /// A bar from nothing to a share of a width; shares outside 0 to 1 are drawn as their nearest end.
  static func of(_ share: Double, width: Int) -> String {
    guard share.isFinite else { return "" }
    return String(repeating: "█", count: Int((min(1, max(0, share)) * Double(width)).rounded()))
  }

  /// A bar between two places of a range, with a line where a third is.
  static func between(_ ends: [Double], middle: Double, in range: ClosedRange<Double>, width: Int) -> String {
    let length = range.upperBound - range.lowerBound
    guard length > 0, length.isFinite, width > 1, let low = ends.min(), let high = ends.max() else {
      return ""
    }
    func place(_ value: Double) -> Int {
      let share = (value - range.lowerBound) / length
      return share.isFinite ? Int((min(1, max(0, share)) * Double(width - 1)).rounded()) : 0
    }
    let (first, last, zero) = (place(low), place(high), place(middle))
    return String(
      (0..<width).map { $0 == zero ? "│" : $0 >= first && $0 <= last && first != last ? "█" : " " })
  }
}

extension PlanFigure {
  /// The figure as it stands in a sentence: `closing balance`.
  var words: String {
    self == .inYearBalance
      ? "in-year balance"
      : rawValue.reduce(into: "") { $0 += $1.isUppercase ? " \($1.lowercased())" : "\($1)" }
  }
}
