import Synchronization
import TimeSeries

/// The designs of the search by where observations stand, made once each: the areas of a panel share theirs.
final class ShockDesignStore: Sendable {
  /// A design and, for series that overlap the pandemic years, those of their treatments.
  final class Entry: Sendable {
    let design: ShockDesign
    let pandemic: [ShockSearch.PandemicAlternative]

    init(design: ShockDesign, pandemic: [ShockSearch.PandemicAlternative]) {
      self.design = design
      self.pandemic = pandemic
    }
  }

  private struct Key: Hashable {
    let positions: [Int]
    let season: Int
    /// The first period, for series that overlap the pandemic years; nil for all others.
    let first: Period?
  }

  /// Beyond so many a design is made again each time: memory stays bounded whatever the batch.
  private static let most = 512
  private let storage = Mutex<[Key: Entry?]>([:])

  /// The design of a sample's observations; nil where there are too few for a search.
  ///
  /// - Parameters:
  ///   - positions: periods since the first observation.
  ///   - season: the length of the season; 1 for none.
  ///   - first: the period of position 0, where it is known.
  func entry(positions: [Int], season: Int, first: Period?, prior: ShockPrior) -> Entry? {
    let dated = Self.overlaps(first, last: positions.last ?? 0) ? first : nil
    let key = Key(positions: positions, season: season, first: dated)
    if let known = storage.withLock({ $0[key] }) { return known }
    let entry = Self.make(key, prior: prior)
    storage.withLock { if $0.count < Self.most { $0[key] = .some(entry) } }
    return entry
  }

  private static func overlaps(_ first: Period?, last: Int) -> Bool {
    guard let first, let start = first.start, let end = first.advanced(by: last).end else { return false }
    return start <= PandemicYears.end && end >= PandemicYears.start
  }

  private static func make(_ key: Key, prior: ShockPrior) -> Entry? {
    guard let design = ShockDesign(positions: key.positions, season: key.season, decay: prior.decay) else {
      return nil
    }
    guard prior.pandemicOdds > 0, let first = key.first,
      let shares = PandemicYears.shares(first: first, positions: key.positions)
    else { return Entry(design: design, pandemic: []) }
    let yearly = first.stepsPerYear
    let alternatives = PandemicYears.Treatment.allCases.compactMap {
      (treatment) -> ShockSearch.PandemicAlternative? in
      let disturbances = PandemicYears.disturbances(
        treatment, shares: shares, positions: key.positions, prior: prior, stepsPerYear: yearly)
      return design.admitting(disturbances).map {
        ShockSearch.PandemicAlternative(treatment: treatment, disturbances: disturbances, design: $0)
      }
    }
    return Entry(design: design, pandemic: alternatives)
  }
}

extension Period {
  /// The number of steps in a year.
  var stepsPerYear: Double {
    switch frequency {
    case .yearly, .other: 1
    case .quarterly: 4
    case .monthly: 12
    case .weekly: 52
    case .daily: 365
    }
  }
}
