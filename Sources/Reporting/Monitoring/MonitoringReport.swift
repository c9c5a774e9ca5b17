import Commissioning
import TimeSeries

/// A monitoring view as a table for people, as comma-separated text and as JSON.
public struct MonitoringReport: Sendable {
  /// The columns of the view as comma-separated text.
  public static let columns = [
    "line", "period", "kind", "budget", "actual", "commitment", "expected_new", "expected_ceasing",
    "forecast",
    "variance", "probability_overspend", "probability_error", "reason_kind", "reason",
  ]

  let view: MonitoringView

  /// Reports a view.
  public init(_ view: MonitoringView) { self.view = view }

  /// The table for a terminal: to date and for the year, pounds and pence, with the total, reasons and notes below it.
  ///
  /// - Parameters:
  ///   - width: the number of characters in a line; fewer than 60 are taken as 60.
  ///   - style: whether it is coloured.
  public func text(width: Int = 100, style: TextStyle = .plain) -> String {
    let width = max(60, width)
    var grid = TextGrid([
      .init("line", alignment: .left), .init("to date:", "budget"), .init("to date:", "actual"),
      .init("to date:", "variance", tone: TextStyle.deficit),
      .init("year:", "budget"), .init("year:", "commitment"), .init("year:", "forecast"),
      .init("year:", "variance", tone: TextStyle.deficit),
    ])
    for row in view.rows + [view.total] {
      grid.add([
        row.name, cell(row.budgetToDate), cell(row.actualToDate), cell(row.varianceToDate), cell(row.budget),
        cell(row.commitment), cell(row.forecast), cell(row.variance),
      ])
    }
    var lines =
      Paragraph.lines(heading, width: width).map { style.painted($0, .heading) } + [""]
      + grid.lines(indent: 0, width: width, style: style) + [""]
    for row in view.rows {
      guard let reason = row.reason else { continue }
      lines += Paragraph.lines("\(row.name): \(reason.kind.rawValue): \(reason.text)", width: width)
    }
    for note in view.notes { lines += Paragraph.lines(note, width: width) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }

  private var heading: String {
    let until = view.upTo.map { "actuals to \($0.label)" } ?? "before the first actuals"
    return
      "Budget of \(view.year.year) by \(view.year.step.rawValue), \(until), in pounds; a negative variance is an "
      + "overspend"
  }

  /// Pounds and pence with commas, without the sign of the pound: the table's heading says it.
  private func cell(_ pence: Int) -> String {
    let text = "\(Pence(Int64(pence)))"
    return text.hasPrefix("-") ? "-\(text.dropFirst(2))" : String(text.dropFirst())
  }

  // MARK: Comma-separated text

  /// The view as comma-separated text: of each line and of the total a row for each period, one to date and one for the
  /// year.
  public func csv() -> String {
    var text = CSVText.row(Self.columns)
    for row in view.rows + [view.total] {
      for period in row.periods {
        let spent = period.actual ?? period.commitment
        text += CSVText.row([
          CSVText.text(row.id), CSVText.text(period.period.label), "period", pounds(period.budget),
          period.actual.map(pounds) ?? "", pounds(period.commitment), "", "", pounds(spent),
          pounds(period.budget - spent), "", "", "", "",
        ])
      }
      text += CSVText.row([
        CSVText.text(row.id), CSVText.text(view.upTo?.label ?? ""), "to-date", pounds(row.budgetToDate),
        pounds(row.actualToDate), "", "", "", "", pounds(row.varianceToDate), "", "", "", "",
      ])
      text += CSVText.row([
        CSVText.text(row.id), CSVText.text("\(view.year.year)"), "year", pounds(row.budget),
        pounds(row.actualToDate),
        pounds(row.commitment), pounds(row.expectedNew), pounds(row.expectedCeasing), pounds(row.forecast),
        pounds(row.variance), CSVText.number(row.probabilityOverspend.value),
        CSVText.number(row.probabilityOverspend.error), row.reason?.kind.rawValue ?? "",
        CSVText.text(row.reason?.text ?? ""),
      ])
    }
    return text
  }

  /// Pounds with two decimals, exactly.
  private func pounds(_ pence: Int) -> String {
    let (pounds, rest) = pence.magnitude.quotientAndRemainder(dividingBy: 100)
    return "\(pence < 0 ? "-" : "")\(pounds).\(rest < 10 ? "0" : "")\(rest)"
  }

  /// The view as JSON, amounts in pounds, with a line feed at the end.
  ///
  /// - Throws: ``ReportingError/notRepresentable(_:)``, which whole pence never cause.
  public func json() throws(ReportingError) -> String { try JSONText.text(MonitoringDocument(view)) }
}
