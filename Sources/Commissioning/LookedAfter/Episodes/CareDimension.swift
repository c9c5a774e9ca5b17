import TimeSeries

/// A dimension of episodes beside age and category.
public enum CareDimension: Hashable, Sendable {
  /// Own and other public provision (PR1 to PR3), independent provision (PR4 and PR5), parents, not stated.
  case provision
  /// Within the authority, outside it, not stated.
  case area
  /// Up to a distance from home in miles and beyond it, not stated.
  case distance(upTo: Double)

  func value(of episode: CareEpisode) -> String {
    switch self {
    case .provision:
      if episode.provider.isPublic { return "own" }
      if episode.provider.isIndependent { return "independent" }
      return episode.provider == .parents ? "parents" : Self.unknown
    case .area: return episode.isOutOfArea.map { $0 ? "outside" : "within" } ?? Self.unknown
    case .distance(let limit):
      return episode.distance.map { $0 <= limit ? "near" : "far" } ?? Self.unknown
    }
  }

  /// The value of episodes that do not say.
  public static let unknown = "not-stated"
}

extension CareEpisodes {
  /// Days of care by category and by a dimension of the episodes: what part was in-house or external, near or far.
  ///
  /// - Parameters:
  ///   - first: the first day that counts.
  ///   - last: the last day that counts.
  ///   - dimension: what splits a category; its values are `own`, `independent`, `parents`; `within`, `outside`; `near`,
  ///     `far`; and ``CareDimension/unknown``.
  /// - Returns: by category id and value, the child-days, where there are any.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for days that are out of order or not observed.
  public func childDays(
    from first: CivilDate, through last: CivilDate, by dimension: CareDimension
  ) throws(CommissioningError) -> [String: [String: Double]] {
    try ReferenceWindow(from: first, through: last).check(against: self)
    var result: [String: [String: Double]] = [:]
    for item in items {
      let days = min(item.end, last.daysSinceEpoch + 1) - max(item.start, first.daysSinceEpoch)
      guard days > 0 else { continue }
      let value = dimension.value(of: episodes[item.source])
      result[scheme.categories[item.category].id, default: [:]][value, default: 0] += Double(days)
    }
    return result
  }
}
