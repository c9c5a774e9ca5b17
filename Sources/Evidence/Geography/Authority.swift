import TimeSeries

/// A local authority of England that is or was responsible for children's services.
///
/// One authority is one three-digit number: a county that became a single council and kept its number is still the
/// same authority under another code, and Dorset before and after 2019 are two.
public struct Authority: Hashable, Sendable {
  /// A nine-character code of the Office for National Statistics, and the days on which it was in use.
  public struct Code: Hashable, Sendable {
    /// The code, such as `E08000014`.
    public let text: String
    /// The first day of its use; the register begins on 1 January 2009.
    public let firstDay: CivilDate
    /// The last day of its use; nil while it is in use.
    public let lastDay: CivilDate?
  }

  /// The three-digit number of the Department for Education, such as 343.
  public let number: Int
  /// The name in the Department's statistics, such as `St. Helens` or `Bristol, City of`.
  public let name: String
  /// The finest region of the Department's statistics: Inner or Outer London within London.
  public let region: Region
  /// The first day; nil for an authority that was already there when the register began, on 1 January 2009.
  public let firstDay: CivilDate?
  /// The last day; nil for an authority that is there still.
  public let lastDay: CivilDate?
  /// Its codes, the earliest first. Cornwall and the Isles of Scilly have none before 1 April 2009, when one code
  /// stood for both.
  public let codes: [Code]
  /// Other names and spellings of published files; capitals, punctuation, `&` and words such as `Council` or
  /// `London Borough of` need no entry of their own.
  public let otherNames: [String]

  /// Whether the authority was there on a day.
  public func exists(on day: CivilDate) -> Bool {
    (firstDay.map { $0 <= day } ?? true) && (lastDay.map { day <= $0 } ?? true)
  }

  /// The code in use on a day; nil where there was none.
  public func code(on day: CivilDate) -> String? {
    codes.first { $0.firstDay <= day && ($0.lastDay.map { day <= $0 } ?? true) }?.text
  }

  /// The name with the number behind it, which tells both Dorsets apart: `Dorset (838)`.
  public var label: String { "\(name) (\(number))" }

  /// Whether it is or was a county with districts, which files may call a county.
  var hasBeenCounty: Bool { codes.contains { $0.text.hasPrefix("E10") } }
}

/// Authorities that some publications report as one.
public struct CombinedArea: Hashable, Sendable {
  /// The name, such as `Hackney and City of London`.
  public let name: String
  /// The numbers of the authorities in it, in ascending order.
  public let members: [Int]
  /// The codes that stand for the whole; none where publications borrow a member's.
  public let codes: [String]
  /// The first day on which all members were there; nil where that is before the register began.
  public let firstDay: CivilDate?
  /// The last day on which all members were there; nil while they are.
  public let lastDay: CivilDate?
  /// Other names and spellings of published files.
  public let otherNames: [String]
  /// Why and where it is reported so.
  public let note: String

  /// Whether all its members were there on a day.
  public func exists(on day: CivilDate) -> Bool {
    (firstDay.map { $0 <= day } ?? true) && (lastDay.map { day <= $0 } ?? true)
  }
}

/// What a published figure describes.
public enum Area: Hashable, Sendable {
  /// A local authority.
  case authority(Authority)
  /// Authorities that are reported as one.
  case combined(CombinedArea)
  /// A region, or Inner or Outer London.
  case region(Region)
  /// England.
  case england
  /// Anything else, by its name: an integrated care board, a trust, a school.
  case other(String)

  /// The name.
  public var name: String {
    switch self {
    case .authority(let authority): authority.name
    case .combined(let area): area.name
    case .region(let region): region.name
    case .england: "England"
    case .other(let name): name
    }
  }

  /// The code of the Office for National Statistics on a day; nil where there is none.
  public func code(on day: CivilDate) -> String? {
    switch self {
    case .authority(let authority): authority.code(on: day)
    case .combined(let area): area.exists(on: day) ? area.codes.first : nil
    case .region(let region): region.code
    case .england: Area.englandCode
    case .other: nil
    }
  }

  static let englandCode = "E92000001"
  /// England in the Local Authority Interactive Tool.
  static let englandNumber = 970
}
