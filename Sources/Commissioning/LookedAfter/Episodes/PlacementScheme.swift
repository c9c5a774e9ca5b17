/// An age band of children looked after, in completed years.
public struct AgeBand: Hashable, Sendable {
  /// The name that people use, such as `10 to 15`.
  public let name: String
  /// The birthday on which a child comes into the band.
  public let from: Int
  /// The birthday on which a child leaves it.
  public let to: Int

  /// The band of children who have had birthday `from` and not yet birthday `to`.
  public init(name: String, from: Int, to: Int) {
    self.name = name
    self.from = from
    self.to = to
  }

  /// The number of years of age in the band.
  var width: Double { Double(to - from) }
}

/// A category of placement: the codes it takes, and of which providers.
///
/// In-house and external placements of one kind are two categories when both list providers; otherwise provider stays a
/// dimension of the episodes, read with ``CareEpisodes/childDays(from:through:by:)``.
public struct PlacementCategory: Hashable, Sendable {
  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// The placement codes it takes; empty for the category that takes every known code the others leave.
  public let codes: Set<String>
  /// The providers it takes; nil for any.
  public let providers: Set<PlacementProvider>?

  /// Describes a category.
  public init(id: String, name: String, codes: Set<String>, providers: Set<PlacementProvider>? = nil) {
    self.id = id
    self.name = name
    self.codes = codes
    self.providers = providers
  }

  func takes(_ code: String, _ provider: PlacementProvider) -> Bool {
    codes.contains(code) && (providers?.contains(provider) ?? true)
  }
}

/// The states in which children looked after are counted: age band by category of placement.
///
/// A state is numbered band by band: state of band b and category c is `b × categories + c`.
public struct PlacementScheme: Hashable, Sendable {
  /// The age bands, youngest first, with no gap between them; care ends on the last birthday of the last.
  public let bands: [AgeBand]
  /// The categories of placement.
  public let categories: [PlacementCategory]

  /// Checks bands and categories.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for no band or category, bands that leave a gap or overlap,
  ///   two of one name, a code that two categories take from one provider, or two categories without codes.
  public init(bands: [AgeBand], categories: [PlacementCategory]) throws(CommissioningError) {
    guard let first = bands.first, first.from >= 0, let last = bands.last, last.to <= 25 else {
      throw Self.refusal("age bands within birthdays 0 to 25 are needed")
    }
    for band in bands where band.from >= band.to {
      throw Self.refusal(
        "the age band \"\(band.name)\" goes from \(band.from) to \(band.to); its end must be later")
    }
    for (band, next) in zip(bands, bands.dropFirst()) where band.to != next.from {
      throw Self.refusal(
        "the age band \"\(band.name)\" ends at \(band.to) and \"\(next.name)\" begins at \(next.from); "
          + "bands must follow on one another")
    }
    guard Set(bands.map(\.name)).count == bands.count else {
      throw Self.refusal("two age bands have one name; give each its own")
    }
    guard (1...64).contains(categories.count) else {
      throw Self.refusal("there are \(categories.count) categories of placement; 1 to 64 are needed")
    }
    guard Set(categories.map(\.id)).count == categories.count else {
      throw Self.refusal("two categories of placement have one id; give each its own")
    }
    guard categories.count(where: { $0.codes.isEmpty }) <= 1 else {
      throw Self.refusal("two categories have no codes; only one can take what the others leave")
    }
    for (index, category) in categories.enumerated() {
      for other in categories[..<index] {
        for code in category.codes.intersection(other.codes).sorted() {
          let shared = PlacementProvider.allCases.contains {
            category.takes(code, $0) && other.takes(code, $0)
          }
          guard !shared else {
            throw Self.refusal(
              "placement \(code) belongs to both \"\(other.id)\" and \"\(category.id)\"; "
                + "leave it in one, or tell them apart by provider")
          }
        }
      }
    }
    self.bands = bands
    self.categories = categories
  }

  private init(checkedBands bands: [AgeBand], categories: [PlacementCategory]) {
    self.bands = bands
    self.categories = categories
  }

  /// Bands 0, 1 to 4, 5 to 9, 10 to 15, 16 to 17, and six categories: fostering, residential, supported, with parents,
  /// adoption, other.
  public static let standard = PlacementScheme(
    checkedBands: [
      AgeBand(name: "under 1", from: 0, to: 1), AgeBand(name: "1 to 4", from: 1, to: 5),
      AgeBand(name: "5 to 9", from: 5, to: 10), AgeBand(name: "10 to 15", from: 10, to: 16),
      AgeBand(name: "16 to 17", from: 16, to: 18),
    ],
    categories: [
      PlacementCategory(id: "fostering", name: "Fostering", codes: PlacementCode.fostering),
      PlacementCategory(id: "residential", name: "Residential", codes: PlacementCode.residential),
      PlacementCategory(id: "supported", name: "Supported", codes: PlacementCode.supported),
      PlacementCategory(id: "with-parents", name: "With parents", codes: PlacementCode.withParents),
      PlacementCategory(id: "adoption", name: "Placed for adoption", codes: PlacementCode.adoption),
      PlacementCategory(id: "other", name: "Other", codes: []),
    ])

  /// The category of a placement; nil for a code that no category takes.
  public func category(of code: String, provider: PlacementProvider) -> Int? {
    categories.firstIndex { $0.takes(code, provider) }
      ?? (PlacementCode.all.contains(code) ? categories.firstIndex { $0.codes.isEmpty } : nil)
  }

  /// The band of a child who has had a number of birthdays; nil outside the bands.
  func band(ofAge years: Int) -> Int? { bands.firstIndex { $0.from <= years && years < $0.to } }

  /// The birthday on which care ends.
  public var leavingAge: Int { bands.last?.to ?? 18 }

  /// The number of states.
  var stateCount: Int { bands.count * categories.count }

  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a name that no category has.
  func categoryIndex(_ id: String) throws(CommissioningError) -> Int {
    guard let index = categories.firstIndex(where: { $0.id == id }) else {
      throw Self.refusal(
        "there is no category \"\(id)\"; there are \(categories.map(\.id).joined(separator: ", "))")
    }
    return index
  }

  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a name that no band has.
  func bandIndex(_ name: String) throws(CommissioningError) -> Int {
    guard let index = bands.firstIndex(where: { $0.name == name }) else {
      throw Self.refusal(
        "there is no age band \"\(name)\"; there are \(bands.map(\.name).joined(separator: ", "))")
    }
    return index
  }

  /// A refusal in the name of the placements.
  static func refusal(_ reason: String) -> CommissioningError {
    .invalid(service: "children looked after", reason: reason)
  }
}
