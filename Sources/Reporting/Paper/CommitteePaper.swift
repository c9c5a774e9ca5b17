import Commissioning
import Mustache
import TimeSeries

/// A plan as the paper of a council's committee: in the order in which such papers are written, every number computed
/// from the report, and a recognisable placeholder where a person must write.
///
/// The paper words choices as options and decides nothing.
public struct CommitteePaper: Sendable {
  /// A chart that the paper can show.
  public struct Figure: Sendable {
    /// The name of its file, without an ending.
    public let name: String
    /// What it finds, as its caption says it.
    public let title: String
    /// The chart as an SVG document.
    public let svg: String
  }

  let report: PlanReport

  /// Describes the paper of a report.
  public init(_ report: PlanReport) { self.report = report }

  /// What every placeholder begins with.
  public static let placeholderOpening = "[To be written by "

  /// The title of the paper, as a document's properties name it.
  public var title: String { "\(report.name): \(report.area)" }

  /// The charts of the paper: what the services with a balance spend, and where their balances go; without any, the
  /// spending of the first services that have a forecast.
  ///
  /// A chart that has nothing to draw is left out; the tables hold its figures.
  public var figures: [Figure] {
    let grants = report.outcome.services.filter(\.isRingFenced)
    let services = grants.isEmpty ? Array(report.outcome.services.prefix(2)) : grants
    return services.flatMap { service in
      (service.isRingFenced ? [PlanFigure.spend, .closingBalance] : [.spend]).compactMap { figure in
        do throws(ReportingError) {
          let chart = try FanChart(service, figure: figure)
          return (title: chart.title, svg: chart.svg(width: 720))
        } catch {
          return nil
        }
      }
    }.enumerated().map { place, chart in
      Figure(name: "figure-\(place + 1)", title: chart.title, svg: chart.svg)
    }
  }

  /// The paper as Markdown, with a line feed at the end: tables and words, without pictures.
  ///
  /// - Throws: ``ReportingError/template(name:reason:)`` when the templates cannot be read, which no plan causes.
  public func markdown() throws(ReportingError) -> String { try render(isForWord: false, files: [:]) }

  /// The paper as Markdown for pandoc, which makes a word processor's document of it: captions are marked as such, and
  /// the charts stand in it.
  ///
  /// - Parameter files: the picture's file by the name of the figure; a figure without one is left out.
  /// - Throws: ``ReportingError/template(name:reason:)`` when the templates cannot be read, which no plan causes.
  public func markdownForWord(pictures files: [String: String]) throws(ReportingError) -> String {
    try render(isForWord: true, files: files)
  }

  private func render(isForWord: Bool, files: [String: String]) throws(ReportingError) -> String {
    guard let library = PaperTemplates.library else {
      throw .template(name: "paper", reason: "one of its parts is no Mustache")
    }
    let view = PaperView(report, isForWord: isForWord, figures: figures, files: files)
    guard let text = library.render(view, withTemplate: "paper") else {
      throw .template(name: "paper", reason: "it is not there")
    }
    // A word processor would break a line between a minus sign and its pound sign.
    let whole =
      isForWord
      ? text.split(separator: "-£", omittingEmptySubsequences: false).joined(separator: "\u{2011}£") : text
    return Self.tidied(whole)
  }

  /// Without the runs of empty lines and the spaces at line ends that templates leave behind.
  private static func tidied(_ text: String) -> String {
    var lines: [Substring] = []
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let kept = line.lastIndex { $0 != " " }.map { line[...$0] } ?? ""
      if kept.isEmpty, lines.last?.isEmpty ?? true { continue }
      lines.append(kept)
    }
    while lines.last?.isEmpty ?? false { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}
