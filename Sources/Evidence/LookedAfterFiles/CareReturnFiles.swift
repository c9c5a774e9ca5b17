import Commissioning
import TimeSeries

/// The files of one year's return of children looked after (SSDA903).
public struct CareReturnFiles: Hashable, Sendable {
  /// The year to 31 March that they report.
  public let year: FinancialYear
  /// The path of the Header file: CHILD and DOB, and columns that are not read.
  public let header: String
  /// The path of the Episodes file: CHILD, DECOM, DEC, PLACE; PLACE_PROVIDER, PL_DISTANCE and PL_LOCATION where it has them.
  public let episodes: String

  /// The files of a year.
  public init(year: FinancialYear, header: String, episodes: String) {
    self.year = year
    self.header = header
    self.episodes = episodes
  }
}

/// What may be done to rows that contradict each other; what is not asked for is refused. Each thing done is reported.
public enum CareMending: String, Hashable, Sendable, CaseIterable {
  /// An episode that goes on beyond the start of the child's next one ends there.
  case endOverlapAtNextStart = "end-overlap-at-next-start"
  /// Of two rows of one file with the same child and first day, the later stands.
  case keepLastDuplicate = "keep-last-duplicate"
  /// An episode that goes on at the end of a return, of which the next return says nothing, ends on the last day of the year
  /// of the return that had it.
  case endUnreportedWithItsReturn = "end-unreported-with-its-return"
  /// An episode that goes on beyond the birthday on which care ends, ends on it; one that begins later is left out.
  case endAtLeavingAge = "end-at-leaving-age"
  /// Episodes of a child who is in no Header file are left out.
  case leaveOutWithoutHeader = "leave-out-without-header"

  /// What to say to who has not asked for it.
  var advice: String { "mend it, or accept it with \"\(rawValue)\"" }
}

/// How returns are read.
public struct CareReturnOptions: Sendable {
  /// Age bands and categories.
  public var scheme: PlacementScheme
  /// What may be done to rows that contradict each other.
  public var mending: Set<CareMending>
  /// The placement code for which codes that the return does not have are taken; nil refuses them.
  public var unknownPlacements: String?
  /// The most problems that are listed; the others are counted.
  public var problemLimit: Int

  /// Options; nothing is mended unless it is asked for.
  public init(
    scheme: PlacementScheme = .standard, mending: Set<CareMending> = [], unknownPlacements: String? = nil,
    problemLimit: Int = 20
  ) {
    self.scheme = scheme
    self.mending = mending
    self.unknownPlacements = unknownPlacements
    self.problemLimit = problemLimit
  }
}
