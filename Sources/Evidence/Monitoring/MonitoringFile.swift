import Commissioning
import TimeSeries

/// A budget by line and period, with what was spent and what is promised, read from comma-separated text.
///
/// The columns are `line,period,budget,actual` and, where there are any, `commitment` and `reason`; a row for every line
/// and every month or quarter of one financial year. Amounts are pounds and pence. A period without an actual is not
/// over; a period with one has no commitment. A reason is written `price: fees rose in September` in one row of its line.
/// Nothing else is accepted, and all that is wrong is found at once.
public struct MonitoringFile: Sendable {
  /// The file, as it was named.
  public let file: String
  /// The year and its periods.
  public let year: MonitoringYear
  /// The last period with actuals; nil where none has any.
  public let upTo: Period?
  /// The budget, actuals, commitments and reasons.
  public let entries: MonitoringView.Entries
  /// What the reader should know of the text, as sentences.
  public let notes: [String]

  /// The columns that a file must have.
  public static let requiredColumns = ["line", "period", "budget", "actual"]
  /// The columns that it may have beside.
  public static let optionalColumns = ["commitment", "reason"]
  /// The most problems that are said.
  static let mostProblems = 50

  /// Reads a file, or standard input where the path is `-`.
  ///
  /// - Throws: ``EvidenceError``: what ``FileContents/read(_:limit:)`` throws, or
  ///   ``EvidenceError/badData(problems:omitted:)`` with every problem and its row.
  public static func read(_ path: String) throws(EvidenceError) -> MonitoringFile {
    try MonitoringFile(try FileContents.read(path))
  }

  /// Reads contents that are at hand.
  public init(_ contents: FileContents) throws(EvidenceError) {
    let text = try DelimitedText(try DecodedText(contents))
    var problems = ProblemList()
    try Self.check(text)
    let rows = try MonitoringRows(text, problems: &problems)
    guard problems.isEmpty, let sheet = MonitoringSheet(rows, file: text.file, problems: &problems),
      problems.isEmpty
    else {
      let (first, omitted) = problems.first(Self.mostProblems)
      throw .badData(problems: first, omitted: omitted)
    }
    file = text.file
    year = sheet.year
    upTo = sheet.upTo
    entries = sheet.entries
    notes = text.notes
  }

  /// The budget against what was spent and is promised.
  ///
  /// - Parameter reasonAbove: pence of variance above which a line without a reason is noted; nil to note none.
  /// - Throws: ``EvidenceError/badData(problems:omitted:)`` where the whole cannot be summed.
  public func view(reasonAbove: Int? = nil) throws(EvidenceError) -> MonitoringView {
    do throws(CommissioningError) {
      return try MonitoringView(year, upTo: upTo, entries: entries, reasonAbove: reasonAbove)
    } catch {
      throw .badData(Problem(file: file, message: "\(error)"))
    }
  }

  /// Refuses columns that are missing, and such as nobody reads.
  private static func check(_ text: DelimitedText) throws(EvidenceError) {
    let accepted = requiredColumns + optionalColumns
    var problems: [Problem] = []
    for name in requiredColumns where text.column(name) == nil {
      problems.append(
        Problem(
          file: text.file, row: 1,
          message: "there is no column \"\(name)\"; the columns are \(accepted.joined(separator: ","))"))
    }
    for name in text.header where !accepted.contains(name.lowercased()) {
      problems.append(
        Problem(
          file: text.file, row: 1,
          message:
            "the column \"\(name)\" is not read; \(NearestName.advice(for: name.lowercased(), among: accepted))"
        ))
    }
    if !problems.isEmpty { throw .badData(problems: problems, omitted: 0) }
  }
}
