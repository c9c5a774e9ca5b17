/// Who provides a placement, after PLACE_PROVIDER of the children looked-after return (SSDA903).
public enum PlacementProvider: String, Hashable, Sendable, CaseIterable {
  /// The child's parents: PR0.
  case parents
  /// The authority itself: PR1.
  case ownAuthority
  /// Another local authority: PR2.
  case otherAuthority
  /// Another public body, such as the health service: PR3.
  case otherPublic
  /// An independent body run for profit or in the private sector: PR4.
  case privateSector
  /// A voluntary or third-sector body: PR5.
  case voluntary
  /// Not stated.
  case notStated

  /// The provider of a code of the return; an empty code is not stated, and nil stands for a code that the return does not
  /// have.
  public init?(code: String) {
    switch code {
    case "PR0": self = .parents
    case "PR1": self = .ownAuthority
    case "PR2": self = .otherAuthority
    case "PR3": self = .otherPublic
    case "PR4": self = .privateSector
    case "PR5": self = .voluntary
    case "": self = .notStated
    default: return nil
    }
  }

  /// Whether the placement is provided by a public body (PR1 to PR3).
  public var isPublic: Bool { self == .ownAuthority || self == .otherAuthority || self == .otherPublic }

  /// Whether the placement is bought from an independent provider (PR4 and PR5).
  public var isIndependent: Bool { self == .privateSector || self == .voluntary }
}

/// The placement codes of the children looked-after return (SSDA903, Department for Education), by kind.
public enum PlacementCode {
  /// Foster placements with relatives or friends (U1 to U3) and with others (U4 to U6).
  public static let fostering: Set<String> = ["U1", "U2", "U3", "U4", "U5", "U6"]
  /// Secure and other children's homes, residential care homes, health, mother and baby units, youth custody, residential
  /// schools.
  public static let residential: Set<String> = ["K1", "K2", "R1", "R2", "R3", "R5", "S1"]
  /// Semi-independent and independent living, and supported accommodation that is registered.
  public static let supported: Set<String> = ["H5", "P2", "K3"]
  /// With own parents or a person with parental responsibility.
  public static let withParents: Set<String> = ["P1"]
  /// Placed for adoption, with consent or under a placement order.
  public static let adoption: Set<String> = ["A3", "A4", "A5", "A6"]
  /// Residential employment, other placements, and temporary moves that the return counts as placements.
  public static let other: Set<String> = ["P3", "Z1", "T0", "T1", "T2", "T3", "T4"]

  /// Every code.
  public static let all: Set<String> = fostering.union(residential).union(supported).union(withParents)
    .union(adoption).union(other)
}
