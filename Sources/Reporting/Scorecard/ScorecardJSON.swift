import Indicators
import TimeSeries

/// A filled scorecard as JSON.
public enum ScorecardJSON {
  /// The card, keys sorted, with a line feed at the end; what is not available is left out, and its reason stands in
  /// `notAvailable`.
  ///
  /// - Parameters:
  ///   - report: the filled card.
  ///   - problems: what could not be read in its definition, as sentences.
  /// - Throws: ``ReportingError/notRepresentable(_:)`` for a number that is not finite.
  public static func text(_ report: ScorecardReport, problems: [String] = []) throws(ReportingError) -> String
  {
    try JSONText.text(ScorecardDocument(report, problems: problems))
  }
}

/// A filled scorecard as it stands in JSON.
struct ScorecardDocument: Encodable {
  struct Priority: Encodable {
    let number: Int
    let theme: String
    let text: String
  }

  struct StatedTarget: Encodable {
    let id: String
    let text: String
    let indicator: String?
    let reason: String?
  }

  struct Count: Encodable {
    let theme: String
    let green: Int
    let amber: Int
    let red: Int
    let notJudged: Int
    let withoutFigures: Int
  }

  let name: String
  let source: String
  let area: String
  let asOf: String
  let benchmark: String?
  let region: String?
  let neighbours: [String]
  let themes: [String: String]
  let priorities: [Priority]
  let statedTargets: [StatedTarget]
  let summary: [Count]
  let rules: [String: String]
  let indicators: [ScorecardLineDocument]
  let problems: [String]

  init(_ report: ScorecardReport, problems: [String]) {
    let card = report.scorecard
    name = card.name
    source = card.source
    area = report.context.area
    asOf = "\(report.context.asOf)"
    benchmark = report.context.benchmark
    region = report.context.region
    neighbours = report.context.neighbours
    themes = Dictionary(card.themes.map { ($0.id, $0.name) }) { first, _ in first }
    priorities = card.priorities.map { Priority(number: $0.number, theme: $0.theme, text: $0.text) }
    statedTargets = card.statedTargets.map {
      StatedTarget(id: $0.id, text: $0.text, indicator: $0.indicator, reason: $0.reason)
    }
    summary = card.themes.map { theme in
      let under = report.results.filter { $0.indicator.theme == theme.id }
      return Count(
        theme: theme.id, green: report.count(.green, theme: theme.id),
        amber: report.count(.amber, theme: theme.id),
        red: report.count(.red, theme: theme.id),
        notJudged: under.count { $0.hasFigure && $0.rating.colour == .notJudged },
        withoutFigures: under.count { !$0.hasFigure })
    }
    rules = Dictionary(RatingRule.allCases.map { ($0.rawValue, $0.statement) }) { first, _ in first }
    indicators = report.results.map(ScorecardLineDocument.init)
    self.problems = problems
  }
}
