/// Why something cannot be reported. Each case is a sentence for the person who can mend it.
public enum ReportingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no outcome to report.
  case nothingToReport
  /// Scenarios of different runs were given as one.
  case mixedRuns(scenario: String, what: String)
  /// A figure cannot be written as JSON, because it is not a finite number.
  case notRepresentable(String)
  /// A level is not a percentage between 0 and 100.
  case level(Double)
  /// A chart has no figure to draw.
  case emptyChart(String)
  /// A result cannot be drawn as this kind of chart; the sentence says why, and what could be.
  case chart(String)
  /// A plan that was written earlier cannot be read, or does not have what is asked of it.
  case earlierPlan(String)
  /// A template of the page or of the paper cannot be used.
  case template(name: String, reason: String)
  /// A forecast cannot be read off; the reason is the forecaster's.
  case forecast(String)
  /// A workbook cannot be written.
  case workbook(String)

  /// The sentence.
  public var description: String {
    switch self {
    case .nothingToReport:
      "there is no outcome to report; run at least one scenario"
    case .mixedRuns(let scenario, let what):
      "scenario \"\(scenario)\" has another \(what) than the first; report only scenarios of one run together"
    case .notRepresentable(let reason):
      "a figure is not a finite number and cannot be written as JSON: \(reason)"
    case .level(let level):
      "an interval of \(NumberText.plain(level)) per cent was asked for; give levels above 0 and below 100, such as 80,95"
    case .emptyChart(let title):
      "the chart \"\(title)\" has no figure to draw; choose a figure that the service has"
    case .chart(let reason): reason
    case .earlierPlan(let reason): "the earlier plan: \(reason)"
    case .template(let name, let reason):
      "the template \"\(name)\" cannot be used: \(reason)"
    case .forecast(let reason): reason
    case .workbook(let reason): "the workbook cannot be written: \(reason)"
    }
  }
}
