import Commissioning
import TimeSeries

/// The rows of a monitoring file put together by line: a whole financial year each, the same for all.
struct MonitoringSheet {
  let year: MonitoringYear
  let upTo: Period?
  private(set) var entries = MonitoringView.Entries(lines: [], actuals: [])

  /// Nil where no year can be told from the first period; that is a problem.
  init?(_ table: MonitoringRows, file: String, problems: inout ProblemList) {
    guard let first = table.rows.first, let year = Self.year(of: first.period) else {
      if let first = table.rows.first {
        problems.add(
          Problem(
            file: file, row: first.row,
            message: "period \(first.period.label) is no month or quarter of a financial year; "
              + "write 2025-04 or 2025/26 Q1"))
      }
      return nil
    }
    self.year = year
    let places = Self.places(table.rows, year, file: file, problems: &problems)
    let last = zip(table.rows, places).compactMap { $0.actual == nil ? nil : $1 }.max()
    upTo = last.map { year.periods[$0] }
    var order: [String] = []
    var lines: [String: [MonitoringRows.Row?]] = [:]
    var reasons: [String: MonitoringRows.Row] = [:]
    for (row, place) in zip(table.rows, places) {
      guard let place else { continue }
      if lines[row.line] == nil { order.append(row.line) }
      var own = lines[row.line] ?? Array(repeating: nil, count: year.periods.count)
      if let earlier = own[place] {
        problems.add(
          Problem(
            file: file, row: row.row,
            message:
              "\(row.line) has \(row.period.label) already, in row \(earlier.row); add the two, or keep one"))
        continue
      }
      own[place] = row
      lines[row.line] = own
      if row.actual == nil, let last, place <= last {
        problems.add(
          Problem(
            file: file, row: row.row,
            message: "column \"actual\" is empty, and \(year.periods[last].label) has actuals; "
              + "write 0 if nothing was spent on \(row.line)"))
      }
      guard row.reason != nil else { continue }
      if let earlier = reasons[row.line], earlier.reason != row.reason {
        problems.add(
          Problem(
            file: file, row: row.row,
            message: "\(row.line) has another reason in row \(earlier.row); give one for the line"))
      }
      reasons[row.line] = row
    }
    for line in order { add(lines[line] ?? [], line, file: file, problems: &problems) }
    entries.reasons = order.compactMap { reasons[$0]?.reason }
  }

  /// Adds a line's entries, or names the periods that it lacks.
  private mutating func add(
    _ own: [MonitoringRows.Row?], _ line: String, file: String, problems: inout ProblemList
  ) {
    let missing = own.indices.filter { own[$0] == nil }.map { year.periods[$0].label }
    guard missing.isEmpty else {
      problems.add(
        Problem(
          file: file, row: own.compactMap { $0 }.first?.row,
          message:
            "\(line) has no row for \(missing.joined(separator: ", ")); give each \(year.step.rawValue) of "
            + "\(year.year), with a budget of 0 where there is none"))
      return
    }
    let rows = own.compactMap { $0 }
    let budgets = rows.map(\.budget)
    entries.lines.append(
      BudgetLine(id: line, name: line, pence: budgets.reduce(0, +), profile: .given(budgets)))
    for row in rows {
      if let actual = row.actual {
        entries.actuals.append(ActualSpend(line: line, period: row.period, pence: actual))
      } else if row.commitment != 0 {
        entries.commitments.append(
          Commitment(
            id: "\(line)/\(row.period.label)", line: line,
            kind: .amount(period: row.period, pence: row.commitment)))
      }
    }
  }

  /// The place of each row's period in the year; nil, and a problem, where it has none.
  private static func places(
    _ rows: [MonitoringRows.Row], _ year: MonitoringYear, file: String, problems: inout ProblemList
  ) -> [Int?] {
    rows.map { row in
      if let place = year.place(of: row.period) { return place }
      problems.add(
        Problem(
          file: file, row: row.row,
          message:
            "period \(row.period.label) is no \(year.step.rawValue) of \(year.year), as the first row's is; "
            + "give one year in one step"))
      return nil
    }
  }

  private static func year(of period: Period) -> MonitoringYear? {
    guard let start = period.start,
      let first = Period.year(containing: start, .financial).startYear
    else { return nil }
    return MonitoringYear.Step.allCases.lazy.map { MonitoringYear(FinancialYear(first), by: $0) }
      .first { $0.place(of: period) != nil }
  }
}
