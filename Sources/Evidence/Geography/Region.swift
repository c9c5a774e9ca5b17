/// A region of England, and the two halves of London that the Department for Education publishes as regions.
///
/// The raw value is the nine-character code of the Office for National Statistics.
public enum Region: String, CaseIterable, Hashable, Sendable {
  /// The North East.
  case northEast = "E12000001"
  /// The North West.
  case northWest = "E12000002"
  /// Yorkshire and The Humber.
  case yorkshireAndTheHumber = "E12000003"
  /// The East Midlands.
  case eastMidlands = "E12000004"
  /// The West Midlands.
  case westMidlands = "E12000005"
  /// The East of England.
  case eastOfEngland = "E12000006"
  /// London.
  case london = "E12000007"
  /// The South East.
  case southEast = "E12000008"
  /// The South West.
  case southWest = "E12000009"
  /// Inner London, a part of London.
  case innerLondon = "E13000001"
  /// Outer London, a part of London.
  case outerLondon = "E13000002"

  /// The code of the Office for National Statistics.
  public var code: String { rawValue }

  /// The region of which this is a part: London for Inner and Outer London; nil for the nine regions.
  public var within: Region? {
    switch self {
    case .innerLondon, .outerLondon: .london
    default: nil
    }
  }

  /// The name that the statistics of the Department for Education use.
  public var name: String { names[0] }

  /// The three-digit number that the Department's Local Authority Interactive Tool gives the region.
  public var number: Int {
    switch self {
    case .northEast: 980
    case .northWest: 981
    case .yorkshireAndTheHumber: 982
    case .eastMidlands: 983
    case .westMidlands: 984
    case .eastOfEngland: 985
    case .london: 986
    case .innerLondon: 987
    case .outerLondon: 988
    case .southEast: 989
    case .southWest: 990
    }
  }

  /// The name, and the others that published files use.
  var names: [String] {
    switch self {
    case .northEast: ["North East"]
    case .northWest: ["North West"]
    case .yorkshireAndTheHumber:
      ["Yorkshire and The Humber", "Yorkshire and Humber", "Yorkshire and Humberside"]
    case .eastMidlands: ["East Midlands"]
    case .westMidlands: ["West Midlands"]
    case .eastOfEngland: ["East of England", "East"]
    case .london: ["London", "Greater London"]
    case .southEast: ["South East"]
    case .southWest: ["South West"]
    case .innerLondon: ["Inner London", "London (Inner)"]
    case .outerLondon: ["Outer London", "London (Outer)"]
    }
  }
}
