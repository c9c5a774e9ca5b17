import TimeSeries

/// For whom a card is filled, whom it is compared with, and what was known.
public struct ScorecardContext: Hashable, Sendable {
  /// The area of the card.
  public let area: String
  /// The area whose value is the benchmark, such as England; nil for none.
  public let benchmark: String?
  /// The region; nil for none.
  public let region: String?
  /// The statistical neighbours, without the area itself.
  public let neighbours: [String]
  /// The day: figures published later are not looked at.
  public let asOf: CivilDate

  /// A context.
  public init(
    area: String, benchmark: String?, region: String?, neighbours: [String], asOf: CivilDate
  ) {
    self.area = area
    self.benchmark = benchmark
    self.region = region
    self.neighbours = neighbours.filter { $0 != area }
    self.asOf = asOf
  }
}
