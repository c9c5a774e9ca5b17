/// The population of each age band by calendar year: the mid-year estimate or projection, which stands for its year.
public struct CarePopulation: Sendable {
  /// The age bands.
  public let scheme: PlacementScheme
  fileprivate let people: [Int: [Draws]]

  /// The people of each band, in the order of the scheme's bands, by calendar year.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year that has not one number for each band, or for a
  ///   population that in any simulated future is not above zero.
  public init(scheme: PlacementScheme, people: [Int: [Draws]]) throws(CommissioningError) {
    for (year, bands) in people.sorted(by: { $0.key < $1.key }) {
      guard bands.count == scheme.bands.count else {
        throw PlacementScheme.refusal(
          "the population of \(year) has \(bands.count) numbers; \(scheme.bands.count) age bands need one each"
        )
      }
      for (band, draws) in zip(scheme.bands, bands) {
        guard let worst = draws.worst(where: { !($0 > 0 && $0.isFinite) }) else { continue }
        throw PlacementScheme.refusal(
          "the population of \(band.name) in \(year) is \(plainText(worst)); a population is above zero")
      }
    }
    self.scheme = scheme
    self.people = people
  }

  /// The years that are known.
  public var years: [Int] { people.keys.sorted() }

  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a year that is not known.
  func people(band: Int, year: Int) throws(CommissioningError) -> Draws {
    guard let bands = people[year], bands.indices.contains(band) else {
      let known = years.map(String.init).joined(separator: ", ")
      throw PlacementScheme.refusal(
        "the population of \(year) is not known; there are \(known.isEmpty ? "none" : known)")
    }
    return bands[band]
  }
}

extension CarePopulation {
  /// The people of a band in a year that has been checked.
  subscript(band: Int, year: Int) -> Draws { people[year]?[band] ?? Draws(.nan) }
}

extension Draws {
  /// A value that is at fault in some simulated future; nil when none is.
  func worst(where isFaulty: (Double) -> Bool) -> Double? {
    switch storage {
    case .known(let value): isFaulty(value) ? value : nil
    case .sampled(let values): values.isEmpty ? .nan : values.first(where: isFaulty)
    }
  }
}
