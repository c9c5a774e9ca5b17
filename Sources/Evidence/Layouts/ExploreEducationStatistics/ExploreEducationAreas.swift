/// The geographic levels of Explore Education Statistics and the columns that name their areas.
///
/// After the list of the Department for Education's data screener ("Open Data Standards"). A level that is not in the list
/// is known where the file has columns of its name: `lsip_code` and `lsip_name`, or the level in full.
struct ExploreEducationAreas {
  /// Where the code and the name of a level's areas stand.
  private struct Level {
    let name: String
    let codes: [String]
    let names: [String]
  }

  private static let levels: [Level] = [
    Level(name: "national", codes: ["country_code"], names: ["country_name"]),
    Level(name: "regional", codes: ["region_code"], names: ["region_name"]),
    Level(name: "local authority", codes: ["new_la_code"], names: ["la_name"]),
    Level(name: "local authority district", codes: ["lad_code"], names: ["lad_name"]),
    Level(name: "rsc region", codes: [], names: ["rsc_region_lead_name"]),
    Level(name: "parliamentary constituency", codes: ["pcon_code"], names: ["pcon_name"]),
    Level(
      name: "local enterprise partnership", codes: ["local_enterprise_partnership_code", "lep_code"],
      names: ["local_enterprise_partnership_name", "lep_name"]),
    Level(
      name: "local skills improvement plan area", codes: ["lsip_code"], names: ["lsip_name"]),
    Level(
      name: "english devolved area", codes: ["english_devolved_area_code"],
      names: ["english_devolved_area_name"]),
    Level(
      name: "mayoral combined authority", codes: ["mayoral_combined_authority_code"],
      names: ["mayoral_combined_authority_name"]),
    Level(name: "opportunity area", codes: ["opportunity_area_code"], names: ["opportunity_area_name"]),
    Level(
      name: "police force area", codes: ["police_force_area_code", "pfa_code"],
      names: ["police_force_area_name", "pfa_name"]),
    Level(name: "ward", codes: ["ward_code"], names: ["ward_name"]),
    Level(name: "mat", codes: ["trust_id"], names: ["trust_name"]),
    Level(name: "sponsor", codes: ["sponsor_id"], names: ["sponsor_name"]),
    Level(name: "school", codes: ["school_urn", "school_laestab", "school_estab"], names: ["school_name"]),
    Level(
      name: "provider", codes: ["provider_ukprn", "provider_urn", "provider_upin"], names: ["provider_name"]),
    Level(name: "institution", codes: ["institution_id"], names: ["institution_name"]),
    Level(name: "planning area", codes: ["planning_area_code"], names: ["planning_area_name"]),
  ]

  /// The columns that name areas, in lower case.
  static let columns: Set<String> = Set(
    levels.flatMap { $0.codes + $0.names } + ["old_la_code", "school_postcode"])

  /// The columns of the file by their names in lower case.
  private let positions: [String: Int]
  /// The positions of all columns that name areas.
  private(set) var identifying: [Int]

  init(_ header: [String]) {
    var positions: [String: Int] = [:]
    for (position, name) in header.enumerated() { positions[name.lowercased()] = position }
    self.positions = positions
    identifying = header.indices.filter { Self.columns.contains(header[$0].lowercased()) }
  }

  /// Takes in the levels that the file has, by which more columns may name areas.
  mutating func take(levels: some Sequence<String>) {
    for level in levels {
      let known = Self.level(level)
      identifying += (known.codes + known.names).compactMap { positions[$0] }
    }
    identifying = Set(identifying).sorted()
  }

  /// A level of the list, or one whose columns bear its name.
  private static func level(_ name: String) -> Level {
    let lowered = name.lowercased()
    let snake = String(lowered.map { $0 == " " ? "_" : $0 })
    return levels.first { $0.name == lowered }
      ?? Level(name: lowered, codes: ["\(snake)_code"], names: ["\(snake)_name"])
  }

  /// The area of a row.
  ///
  /// - Parameters:
  ///   - level: as the row writes it.
  ///   - text: the text of a column in the row.
  /// - Returns: nil when the level is not known, or the row names no area of it.
  func area(level: String, _ text: (Int) -> String) -> PublishedArea? {
    let known = Self.level(level)
    func first(_ columns: [String]) -> String? {
      for column in columns {
        guard let position = positions[column] else { continue }
        let found = text(position)
        if !found.isEmpty, found.lowercased() != "z" { return found }
      }
      return nil
    }
    let code = first(known.codes)
    let name = first(known.names)
    let number = known.name == "local authority" ? first(["old_la_code"]) : nil
    guard code != nil || name != nil || number != nil else { return nil }
    return PublishedArea(name: name ?? "", code: code, number: number, level: level)
  }

  /// What is accepted, for errors.
  static let accepted = "National, Regional, Local authority, Local authority district, School"
}
