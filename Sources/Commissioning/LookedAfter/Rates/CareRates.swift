import Statistics
import TimeSeries

/// The rates by which children come into care, move between placements and leave it, and how well they are known.
///
/// Exits and moves are transition intensities: events per child-day in a state. Entries are per person-day of the
/// population of the age band, or, without a population, per day and year of age. All are constant within a state between
/// the dates at which levers, populations or years change them.
public struct CareRates: Sendable {
  /// The states.
  public let scheme: PlacementScheme
  /// Whether entries are per head of a population; otherwise they are absolute.
  public let isPerHead: Bool
  /// Entries by state.
  public let entries: [GammaRate]
  /// Exits by state.
  public let exits: [GammaRate]
  /// Moves by state and, within it, category moved to.
  public let moves: [GammaRate]
  /// What was counted in each window, so that a movement of the rates can be seen.
  public let tallies: [CareTally]
  /// How much the rates of whole years differ from each other beyond chance; nil where too few windows tell.
  public let yearlyVariation: YearlyVariation?
  /// Whether children pass from band to band and out on their birthdays; not where ages are unknown.
  let hasAges: Bool
  /// What a reader must know of how they came about.
  public let notes: [String]

  /// Coefficients of variation of a year's rates.
  ///
  /// They are estimated as those of the years of the reference period about their mean, and taken for the change from one
  /// year to the next: what moves a rate stays. Independent years would have the spread of the stock grow too slowly; see
  /// ``CareAggregates/fading`` for what a hindcast said.
  public struct YearlyVariation: Hashable, Sendable {
    /// Of entries.
    public let entries: Double
    /// Of exits.
    public let exits: Double

    /// Coefficients of variation, 0 or more.
    public init(entries: Double, exits: Double) {
      self.entries = entries
      self.exits = exits
    }
  }

  init(
    scheme: PlacementScheme, isPerHead: Bool, entries: [GammaRate], exits: [GammaRate], moves: [GammaRate],
    tallies: [CareTally], yearlyVariation: YearlyVariation?, hasAges: Bool, notes: [String]
  ) {
    self.scheme = scheme
    self.isPerHead = isPerHead
    self.entries = entries
    self.exits = exits
    self.moves = moves
    self.tallies = tallies
    self.yearlyVariation = yearlyVariation
    self.hasAges = hasAges
    self.notes = notes
  }

  /// The mean of every rate.
  public var mean: CareRateValues {
    CareRateValues(entries: entries.map(\.mean), exits: exits.map(\.mean), moves: moves.map(\.mean))
  }

  /// One draw of every rate into values that have room for them; nothing is allocated.
  func draw(into values: inout CareRateValues, from stream: inout RandomStream) {
    for index in entries.indices { values.entries[index] = entries[index].draw(from: &stream) }
    for index in exits.indices { values.exits[index] = exits[index].draw(from: &stream) }
    for index in moves.indices { values.moves[index] = moves[index].draw(from: &stream) }
  }
}

/// One value for every rate of ``CareRates``, laid out as they are.
public struct CareRateValues: Hashable, Sendable {
  /// Entries by state.
  public internal(set) var entries: [Double]
  /// Exits by state, per child-day.
  public internal(set) var exits: [Double]
  /// Moves by state and category moved to, per child-day.
  public internal(set) var moves: [Double]
}
