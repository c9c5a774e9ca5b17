import TimeSeries

/// What a cell holds, as its kind and its number format say.
public enum CellContent: Hashable, Sendable {
  /// Nothing, or nothing but a format.
  case blank
  /// A plain number.
  case number(Double)
  /// A number that is shown as a percentage: 12.4 where the cell stores 0.124 and shows 12.4%.
  case percentage(Double)
  /// A number that is shown as money, and the code of its currency (`GBP`), empty where the format does not say.
  case currency(Double, String)
  /// A day.
  case date(CivilDate)
  /// A day of which the format shows the month: `Apr-23`.
  case month(year: Int, month: Int)
  /// A day of which the format shows the year.
  case year(Int)
  /// A day and a time of it, in seconds after midnight.
  case dateTime(CivilDate, seconds: Int)
  /// A time of day or a length of time, in seconds; negative where the cell is.
  case duration(seconds: Int)
  /// A text.
  case text(String)
  /// TRUE or FALSE.
  case boolean(Bool)
  /// An error: `#N/A`, `#DIV/0!`. Never a number.
  case error(String)
  /// A formula whose result the file does not store.
  case formulaWithoutValue
  /// A number shown as a date that does not exist, such as 60 (Excel's 29 February 1900), or lies before 1900.
  case impossibleDate(Double)

  /// The text in the forms of a series file: the shortest digits that are the number, whole numbers without `.0`, a
  /// percentage as `12.4`, days as `2024-03-31` (as `2024-03` or `2024` where the format shows no more), times as `2024-03-31T09:30:00` and `37:30:00`, `TRUE` and `FALSE`,
  /// errors as they are. A formula without a value is `#NO-VALUE` and an impossible date is `#DATE`, so that no reader
  /// takes them for anything.
  public var text: String {
    switch self {
    case .blank: ""
    case .number(let value), .percentage(let value), .currency(let value, _): Self.plain(value)
    case .date(let date): date.description
    case .month(let year, let month): "\(Self.digits(year, 4))-\(Self.digits(month, 2))"
    case .year(let year): Self.digits(year, 4)
    case .dateTime(let date, let seconds): "\(date)T\(Self.clock(seconds))"
    case .duration(let seconds): (seconds < 0 ? "-" : "") + Self.clock(seconds)
    case .text(let text): text
    case .boolean(let value): value ? "TRUE" : "FALSE"
    case .error(let code): code
    case .formulaWithoutValue: "#NO-VALUE"
    case .impossibleDate: "#DATE"
    }
  }

  /// A number in the plain decimal form of a series file, such as `1234567.5`, `0` and `1e+20`.
  static func plain(_ value: Double) -> String {
    if value == 0 { return "0" }
    let text = String(value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func clock(_ seconds: Int) -> String {
    let whole = Int(clamping: seconds.magnitude)
    return [whole / 3600, whole / 60 % 60, whole % 60].map { digits($0, 2) }.joined(separator: ":")
  }

  private static func digits(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.utf8.count)) + text
  }

  /// A day as a format shows it.
  static func date(_ date: CivilDate, shownAs format: NumberFormat) -> CellContent {
    switch format {
    case .month: .month(year: date.year, month: date.month)
    case .year: .year(date.year)
    default: .date(date)
    }
  }
}

/// A cell of a sheet.
public struct SheetCell: Hashable, Sendable {
  /// Where it stands.
  public let address: CellAddress
  /// What it holds; in a merged range, what the range holds.
  public let content: CellContent
  /// Whether the content was computed by a formula.
  public let isFormula: Bool
  /// The merged range that the cell belongs to, where there is one.
  public let mergedRange: CellRange?
}
