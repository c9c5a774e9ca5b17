/// A number that a waiting list rests on, and on whose word: published by somebody, or assumed for a reason.
///
/// A number with a low, a most likely and a high value is uncertain: it is the PERT distribution of those three, as an
/// assumption of a plan is.
public struct WaitingFigure: Hashable, Sendable {
  /// On whose word a number stands.
  public enum Basis: Hashable, Sendable {
    /// Somebody published it: the publication and the place in it.
    case published(source: String)
    /// It was estimated from counts: the file that holds them.
    case estimated(source: String)
    /// Nobody published it: why it is taken to be so.
    case assumed(reason: String)
  }

  /// What the number counts, as a reader is told: `referrals a year`, `share of referrals that leaves unseen`.
  public let name: String
  /// The lowest value; the same as the others where the number is certain.
  public let low: Double
  /// The most likely value.
  public let mostLikely: Double
  /// The highest value.
  public let high: Double
  /// On whose word it stands.
  public let basis: Basis
  /// Whether it is a share, to be written as a percentage.
  public let isShare: Bool

  /// An uncertain number.
  ///
  /// - Parameters:
  ///   - name: what it counts.
  ///   - low: the lowest value.
  ///   - mostLikely: the most likely value.
  ///   - high: the highest value.
  ///   - basis: on whose word it stands.
  ///   - isShare: whether it is a share of something.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` unless low, most likely and high are finite and in order.
  public init(
    _ name: String, low: Double, mostLikely: Double, high: Double, basis: Basis, isShare: Bool = false
  ) throws(IndicatorsError) {
    guard low <= mostLikely, mostLikely <= high, (high - low).isFinite else {
      throw .invalid(
        subject: name,
        reason:
          "low <= most-likely <= high is needed, and \(IndicatorsError.plain(low)), \(IndicatorsError.plain(mostLikely)), "
          + "\(IndicatorsError.plain(high)) is given")
    }
    self.init(
      unchecked: name, low: low, mostLikely: mostLikely, high: high, basis: basis, isShare: isShare)
  }

  /// A number that is taken as certain.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` unless it is finite.
  public init(_ name: String, _ value: Double, basis: Basis, isShare: Bool = false) throws(IndicatorsError) {
    guard value.isFinite else {
      throw .invalid(subject: name, reason: "a finite number is needed, and \(value) is given")
    }
    self.init(unchecked: name, low: value, mostLikely: value, high: value, basis: basis, isShare: isShare)
  }

  private init(
    unchecked name: String, low: Double, mostLikely: Double, high: Double, basis: Basis, isShare: Bool
  ) {
    self.name = name
    self.low = low
    self.mostLikely = mostLikely
    self.high = high
    self.basis = basis
    self.isShare = isShare
  }

  /// Whether the number may be another.
  public var isUncertain: Bool { low < high }

  /// The mean of the PERT distribution, (low + 4 most likely + high) / 6.
  public var mean: Double {
    mostLikely + ((low - mostLikely) + (high - mostLikely)) / 6
  }

  /// The standard deviation of the PERT distribution over its mean; 0 where the number is certain.
  public var coefficientOfVariation: Double {
    let range = high - low
    let mean = mean
    guard range > 0, mean != 0 else { return 0 }
    // Of a beta with α + β = 6 stretched over the range: (mean − low)(high − mean) / 7.
    return ((mean - low) * (high - mean) / 7).squareRoot() / abs(mean)
  }

  /// The same number in another unit: every value times a factor above 0.
  public func times(_ factor: Double, named name: String? = nil) -> WaitingFigure {
    WaitingFigure(
      unchecked: name ?? self.name, low: low * factor, mostLikely: mostLikely * factor, high: high * factor,
      basis: basis, isShare: isShare)
  }
}
