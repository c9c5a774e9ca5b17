import Indicators
import TimeSeries

/// Events and people by age band, read from comma-separated text: a row for every series, area, period and band.
///
/// The columns are `period,numerator,denominator`, the column of the bands, and, where there are any, `series`, `area`,
/// `calendar`, `measure` and `polarity`. Other columns are passed over. All that is wrong with the rows is found at once.
public struct BandedCounts: Sendable {
  /// The bands of one series, area and period.
  public struct Group: Sendable {
    /// The identifier of the series; the base name of the file where it has no such column.
    public let series: String
    /// The area, where there is one.
    public let area: String?
    /// The period.
    public let period: Period
    /// What is measured, where the file says it.
    public let measure: String?
    /// What the file says of its polarity.
    public let polarity: String?
    /// The bands, in the order of the file.
    public let bands: [DirectStandardisation.Band]
  }

  /// The file, as it was named.
  public let file: String
  /// The groups, in the order in which they first appear.
  public let groups: [Group]
  /// What the reader should know of the text, as sentences.
  public let notes: [String]

  private static let mostProblems = 50

  /// Reads a file, or standard input where the path is `-`.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - bands: the column of the bands.
  ///   - frequency: how often observations come, where the periods cannot say.
  ///   - yearType: what kind of years the periods are, where they cannot say.
  /// - Throws: ``EvidenceError``: what ``FileContents/read(_:limit:)`` throws, ``EvidenceError/badArgument(_:)`` where
  ///   there is no column of that name for the bands, or ``EvidenceError/badData(problems:omitted:)`` with every problem
  ///   and its row.
  public static func read(
    _ path: String, bands: String, frequency: Frequency? = nil, yearType: YearType? = nil
  ) throws(EvidenceError) -> BandedCounts {
    try BandedCounts(try FileContents.read(path), bands: bands, frequency: frequency, yearType: yearType)
  }

  /// Reads contents that are at hand.
  ///
  /// - Parameters:
  ///   - contents: the contents.
  ///   - bands: the column of the bands.
  ///   - frequency: how often observations come, where the periods cannot say.
  ///   - yearType: what kind of years the periods are, where they cannot say.
  /// - Throws: ``EvidenceError/badArgument(_:)`` where there is no column of that name for the bands, or
  ///   ``EvidenceError/badData(problems:omitted:)``.
  public init(
    _ contents: FileContents, bands: String, frequency: Frequency? = nil, yearType: YearType? = nil
  ) throws(EvidenceError) {
    let table = try PlainTable(
      contents, required: ["period", "numerator", "denominator"], chosen: ("--bands", bands))
    var problems = table.problems
    var counts: [(numerator: Double, denominator: Double)?] = []
    for row in table.rows {
      let numerator = row.number("numerator", &problems)
      let denominator = row.number("denominator", &problems)
      if row[bands].isEmpty {
        problems.add(row.problem("column \"\(bands)\" is empty; write a band such as 0-4, 10 to 14 or 90+"))
      }
      counts.append(numerator.flatMap { above in denominator.map { (above, $0) } })
    }
    let named = Self.calendar(table, &problems)
    let yearType = yearType ?? named
    var periods: [Period] = []
    var periodNotes: [String] = []
    do throws(PeriodColumn.Failure) {
      let column = try PeriodColumn(
        reading: table.rows.map { $0["period"] }, frequency: frequency, yearType: yearType)
      periods = column.periods
      periodNotes = column.notes
    } catch {
      for problem in error.problems where table.rows.indices.contains(problem.index) {
        problems.add(table.rows[problem.index].problem("column \"period\": \(problem)"))
      }
    }
    guard problems.isEmpty else {
      let (first, omitted) = problems.first(Self.mostProblems)
      throw .badData(problems: first, omitted: omitted)
    }
    struct Key: Hashable {
      let series: String
      let area: String?
      let period: Period
    }
    var order: [Key] = []
    var found: [Key: [DirectStandardisation.Band]] = [:]
    var first: [Key: PlainTable.Row] = [:]
    for (position, row) in table.rows.enumerated() {
      guard let pair = counts[position] else { continue }
      let key = Key(
        series: row["series"].isEmpty ? contents.baseName : row["series"],
        area: row["area"].isEmpty ? nil : row["area"], period: periods[position])
      if found[key] == nil {
        order.append(key)
        first[key] = row
      }
      found[key, default: []].append(
        DirectStandardisation.Band(name: row[bands], count: pair.numerator, population: pair.denominator))
    }
    file = table.file
    groups = order.map { key in
      let text = { (column: String) in first[key].flatMap { $0[column].isEmpty ? nil : $0[column] } }
      return Group(
        series: key.series, area: key.area, period: key.period, measure: text("measure"),
        polarity: text("polarity"), bands: found[key] ?? [])
    }
    notes = table.notes + periodNotes
  }

  /// The kind of year that all rows name, where there is such a column.
  private static func calendar(
    _ table: PlainTable, _ problems: inout ProblemList
  ) -> YearType? {
    var type: YearType?
    for row in table.rows where !row["calendar"].isEmpty {
      guard let own = YearType(rawValue: row["calendar"].lowercased()) else {
        problems.add(
          row.problem(
            "value \"\(row["calendar"])\" in column \"calendar\" is no kind of year; write "
              + "calendar, financial or academic"))
        continue
      }
      if let type, type != own {
        problems.add(
          row.problem(
            "column \"calendar\" says \(own.rawValue) here and \(type.rawValue) before; give each its own file"
          ))
      }
      type = type ?? own
    }
    return type
  }
}
