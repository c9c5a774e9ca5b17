import Statistics
import TimeSeries

/// Where an area stands among others: its statistical neighbours, its region or all authorities.
public struct PeerComparison: Hashable, Sendable {
  /// Another area, and its value of the same measure and period.
  public struct Peer: Hashable, Sendable {
    /// The name.
    public let name: String
    /// The value; nil where it is not known.
    public let value: Double?

    /// An area.
    public init(_ name: String, _ value: Double?) {
      self.name = name
      self.value = value
    }
  }

  /// The value of the area.
  public let value: Double
  /// Which way the measure was taken to go.
  public let polarity: Polarity
  /// The place of the area, the area itself included: 1 is the best where the measure is judged, and the highest where
  /// it is not. Areas that tie share the first of their places.
  public let rank: Int
  /// How many values were put in order, that of the area included.
  public let count: Int
  /// The number of other areas with the same value.
  public let ties: Int
  /// The quarter; nil where nobody judges or there are fewer than ``Quartile/leastCount`` values,
  /// which ``quartileRefusal`` says.
  public let quartile: Quartile?
  /// Of the best and the worst quarter those on whose bound the area lies, such as by a tie, and to which it does
  /// therefore not belong.
  public let quartileBounds: [Quartile]
  /// The mean of the other areas.
  public let mean: Double
  /// The standard deviation of the other areas (with n − 1); nil where there is only one.
  public let standardDeviation: Double?
  /// How many of their standard deviations the area lies above their mean; nil where they do not vary.
  public let zScore: Double?
  /// The median of the other areas.
  public let median: Double
  /// The least and the greatest value of the other areas.
  public let range: ClosedRange<Double>
  /// The other areas whose value is not known, in the order given.
  public let missing: [String]

  /// Compares an area with others.
  ///
  /// - Parameters:
  ///   - value: the value of the area.
  ///   - peers: the other areas, without the area itself.
  ///   - polarity: which way the measure should go.
  ///   - subject: what is compared, for a sentence.
  /// - Throws: ``IndicatorsError/tooFewPoints(series:method:found:needed:)`` where no other area has a value,
  ///   ``IndicatorsError/unfit(series:method:reason:remedy:)`` where a value is not a number.
  public init(
    _ value: Double, among peers: [Peer], polarity: Polarity, subject: String
  ) throws(IndicatorsError) {
    let known = peers.compactMap(\.value)
    guard let least = known.min(), let greatest = known.max() else {
      throw .tooFewPoints(series: subject, method: "a comparison with other areas", found: 0, needed: 1)
    }
    guard value.isFinite, known.allSatisfy(\.isFinite) else {
      throw .unfit(
        series: subject, method: "a comparison with other areas", reason: "a value is not a number",
        remedy: "leave the value empty where it is not known")
    }
    self.value = value
    self.polarity = polarity
    rank =
      1
      + known.count { polarity == .lowerIsBetter ? $0 < value : $0 > value }
    count = known.count + 1
    ties = known.count { $0 == value }
    quartile = Quartile(of: value, among: known, polarity: polarity)
    quartileBounds = Quartile.bounds(at: value, among: known, polarity: polarity)
    range = least...greatest
    missing = peers.filter { $0.value == nil }.map(\.name)
    let (centre, spread): (Double, Double?)
    do throws(StatisticsError) {
      centre = try DescriptiveStatistics.mean(known)
      spread = known.count > 1 ? try DescriptiveStatistics.variance(known).squareRoot() : nil
      median = try DescriptiveStatistics.median(known)
    } catch {
      throw .unfit(
        series: subject, method: "a comparison with other areas", reason: "\(error)",
        remedy: "look at the values of the other areas")
    }
    guard centre.isFinite, spread?.isFinite ?? true else {
      throw .unfit(
        series: subject, method: "a comparison with other areas",
        reason: "its values are too great to be averaged", remedy: "look at the values of the other areas")
    }
    mean = centre
    standardDeviation = spread
    // Equal values have a variance of rounding errors at most, which is no scale.
    zScore = least < greatest ? spread.map { (value - centre) / $0 } : nil
  }

  /// Why there is no quarter though the measure is judged; nil where there is one, or nobody judges.
  public var quartileRefusal: String? { polarity == .neutral ? nil : Quartile.refusal(count: count) }

  /// What the rank counts from, in words: `1 is best`, `1 is highest`.
  public var rankingRule: String {
    switch polarity {
    case .neutral: "1 is the highest"
    case .higherIsBetter: "1 is the best, the highest"
    case .lowerIsBetter: "1 is the best, the lowest"
    }
  }
}
