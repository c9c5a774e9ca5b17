import Commissioning
import TimeSeries

/// The rows of a monitoring file, each cell read by itself.
struct MonitoringRows {
  struct Row {
    /// The line of the file on which it begins, from 1.
    let row: Int
    let line: String
    let period: Period
    let budget: Int
    let actual: Int?
    let commitment: Int
    let reason: VarianceReason?
  }

  private(set) var rows: [Row] = []

  /// A row whose period has not been read yet, because periods are read by the whole column.
  private struct Raw {
    let row: Int
    let line: String
    let period: String
    let budget: Int
    let actual: Int?
    let commitment: Int
    let reason: VarianceReason?
  }

  /// The greatest amount of a cell, pence: what a monitoring view counts.
  private static let limit: Int64 = 10_000_000_000_000

  init(_ text: DelimitedText, problems: inout ProblemList) throws(EvidenceError) {
    var reader = try text.rows()
    let columns = Dictionary(uniqueKeysWithValues: text.header.enumerated().map { ($1.lowercased(), $0) })
    var raw: [Raw] = []
    while try reader.next() {
      if reader.isBlank { continue }
      guard reader.fieldCount == text.header.count else {
        problems.add(
          Problem(
            file: text.file, row: reader.row,
            message: "the row has \(reader.fieldCount) fields and the header \(text.header.count); "
              + "put a field that holds a comma in quotes"))
        continue
      }
      if let row = Self.raw(reader, columns, file: text.file, problems: &problems) { raw.append(row) }
    }
    if raw.isEmpty, problems.isEmpty {
      problems.add(Problem(file: text.file, message: "there are no rows; give one for each line and period"))
    }
    let periods: [Period]
    do throws(PeriodColumn.Failure) {
      periods = try PeriodColumn(reading: raw.map(\.period), yearType: .financial).periods
    } catch {
      for problem in error.problems where raw.indices.contains(problem.index) {
        problems.add(
          Problem(file: text.file, row: raw[problem.index].row, message: "column \"period\": \(problem)"))
      }
      return
    }
    rows = zip(raw, periods).map {
      Row(
        row: $0.row, line: $0.line, period: $1, budget: $0.budget, actual: $0.actual,
        commitment: $0.commitment,
        reason: $0.reason)
    }
  }

  /// Reads all cells of a row but its period; nil where one of them cannot be read.
  private static func raw(
    _ reader: DelimitedReader, _ columns: [String: Int], file: String, problems: inout ProblemList
  ) -> Raw? {
    func cell(_ column: String) -> String {
      guard let index = columns[column] else { return "" }
      return trimmed(reader.text(index))
    }
    var isSound = true
    func refuse(_ message: String, _ problems: inout ProblemList) {
      isSound = false
      problems.add(Problem(file: file, row: reader.row, message: message))
    }
    func amount(_ column: String, _ problems: inout ProblemList) -> Int? {
      let text = cell(column)
      if text.isEmpty { return nil }
      guard let pence = Pence(text), pence.count.magnitude <= limit.magnitude else {
        refuse(
          "value \"\(text)\" in column \"\(column)\" is not an amount; write pounds and pence as 1234.56, £1,234.56 or "
            + "-12, up to \(Pence(limit))", &problems)
        return nil
      }
      return Int(pence.count)
    }
    let line = cell("line")
    if line.isEmpty { refuse("column \"line\" is empty; name the budget line", &problems) }
    let period = cell("period")
    if period.isEmpty {
      refuse("column \"period\" is empty; write a month as 2025-04, or a quarter as 2025/26 Q1", &problems)
    }
    let budget = amount("budget", &problems)
    if budget == nil, cell("budget").isEmpty {
      refuse("column \"budget\" is empty; write 0 where nothing was budgeted", &problems)
    }
    let actual = amount("actual", &problems)
    let commitment = amount("commitment", &problems)
    if actual != nil, let commitment, commitment != 0 {
      refuse(
        "value \"\(cell("commitment"))\" in column \"commitment\" stands beside an actual; a period that is over has no "
          + "commitment", &problems)
    }
    var reason: VarianceReason?
    let why = cell("reason")
    if !why.isEmpty {
      let parts = why.split(separator: ":", maxSplits: 1).map { trimmed(String($0)) }
      let kinds = VarianceReason.Kind.allCases.map(\.rawValue)
      if parts.count == 2, !parts[1].isEmpty, let kind = VarianceReason.Kind(rawValue: parts[0].lowercased())
      {
        reason = VarianceReason(line: line, kind: kind, text: parts[1])
      } else {
        refuse(
          "value \"\(why)\" in column \"reason\" does not begin with its kind and say why, as in "
            + "\"price: fees rose in September\"; "
            + NearestName.advice(for: parts.first?.lowercased() ?? "", among: kinds), &problems)
      }
    }
    guard isSound, let budget else { return nil }
    return Raw(
      row: reader.row, line: line, period: period, budget: budget, actual: actual,
      commitment: commitment ?? 0,
      reason: reason)
  }

  private static func trimmed(_ text: String) -> String {
    var rest = Substring(text)
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
