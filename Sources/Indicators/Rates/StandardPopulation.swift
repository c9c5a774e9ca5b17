/// A population of fixed ages, by which the rates of places whose people are older or younger are made comparable.
public struct StandardPopulation: Hashable, Sendable {
  /// A band and its weight.
  public struct Band: Hashable, Sendable {
    /// The name, by which it is matched before its bounds are.
    public let name: String
    /// Its ages, where the name says them.
    public let ages: AgeBand?
    /// How many of the standard population are in it.
    public let weight: Double

    /// A band.
    public init(name: String, weight: Double) {
      self.name = name
      ages = AgeBand(name)
      self.weight = weight
    }
  }

  /// The name of the standard.
  public let name: String
  /// The bands, in the order given.
  public let bands: [Band]

  /// A standard.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - bands: its bands, each name once, no age in two.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a weight that is not above 0, a band twice, or none.
  public init(name: String, bands: [Band]) throws(IndicatorsError) {
    guard !bands.isEmpty else { throw .invalid(subject: name, reason: "a standard population needs bands") }
    for (position, band) in bands.enumerated() {
      guard band.weight > 0, band.weight.isFinite else {
        throw .invalid(
          subject: name,
          reason: "band \(band.name) has \(IndicatorsError.plain(band.weight)) people; write a number above 0"
        )
      }
      for other in bands[..<position] {
        if Self.folded(other.name) == Self.folded(band.name) || Self.overlap(other.ages, band.ages) {
          throw .invalid(
            subject: name, reason: "bands \(other.name) and \(band.name) share ages; give each age once")
        }
      }
    }
    self.init(name: name, unchecked: bands)
  }

  private init(name: String, unchecked bands: [Band]) {
    self.name = name
    self.bands = bands
  }

  /// The European Standard Population of 2013, in 19 bands that sum to 100,000.
  ///
  /// Source: Eurostat, *Revision of the European Standard Population* (2013), annex F with 90 and over as the last band.
  public static let european2013 = StandardPopulation(
    name: "European Standard Population 2013",
    unchecked: [
      ("0-4", 5_000), ("5-9", 5_500), ("10-14", 5_500), ("15-19", 5_500), ("20-24", 6_000), ("25-29", 6_000),
      ("30-34", 6_500), ("35-39", 7_000), ("40-44", 7_000), ("45-49", 7_000), ("50-54", 7_000),
      ("55-59", 6_500), ("60-64", 6_000), ("65-69", 5_500), ("70-74", 5_000), ("75-79", 4_000),
      ("80-84", 2_500), ("85-89", 1_500), ("90+", 1_000),
    ].map { Band(name: $0.0, weight: $0.1) })

  /// The weight of a band: that of the same name, else that of the same ages, else the sum of the bands that make up its
  /// ages exactly (0-9 from 0-4 and 5-9); nil where there is none, since a band that is cut says nothing of its parts.
  public func weight(of name: String) -> Double? {
    if let same = bands.first(where: { Self.folded($0.name) == Self.folded(name) }) { return same.weight }
    guard let ages = AgeBand(name) else { return nil }
    var next = ages.lower
    var sum = 0.0
    for band in bands.sorted(by: { ($0.ages?.lower ?? .max) < ($1.ages?.lower ?? .max) }) {
      guard let own = band.ages, own.lower >= ages.lower else { continue }
      guard own.lower == next else { return nil }
      sum += band.weight
      guard let end = own.upper else { return ages.upper == nil ? sum : nil }
      if end == ages.upper { return sum }
      if let last = ages.upper, end > last { return nil }
      next = end + 1
    }
    return nil
  }

  /// How much of the standard its bands hold.
  public var total: Double { bands.reduce(0) { $0 + $1.weight } }

  private static func folded(_ name: String) -> String { name.lowercased().filter { $0 != " " } }

  private static func overlap(_ left: AgeBand?, _ right: AgeBand?) -> Bool {
    guard let left, let right else { return false }
    return left.lower <= right.upper ?? .max && right.lower <= left.upper ?? .max
  }
}
