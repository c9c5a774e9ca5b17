/// The years in which English public bodies count.
///
/// The name keeps clear of Foundation's `Calendar`; on the command line the option is `--calendar`.
public enum YearType: String, CaseIterable, Hashable, Sendable {
  /// From 1 January to 31 December.
  case calendar
  /// From 1 April to 31 March.
  case financial
  /// From 1 September to 31 August.
  case academic

  /// The month in which the year begins: 1, 4 or 9.
  public var firstMonth: Int {
    switch self {
    case .calendar: 1
    case .financial: 4
    case .academic: 9
    }
  }
}
