/// How far children live from where they are placed, and what the distance costs in visits and journeys.
public struct DistanceBand: Sendable {
  /// The name that scripts use.
  public let id: String
  /// The name that people use, for instance "20 miles or more".
  public let name: String
  /// Visits a year for one child.
  public let visitsPerYear: Draws
  /// Pounds a visit: travel and the officer's time.
  public let costPerVisit: Draws
  /// Pounds a week for one child's journeys.
  public let weeklyJourneys: Draws

  /// Describes a band.
  public init(id: String, name: String, visitsPerYear: Draws, costPerVisit: Draws, weeklyJourneys: Draws) {
    self.id = id
    self.name = name
    self.visitsPerYear = visitsPerYear
    self.costPerVisit = costPerVisit
    self.weeklyJourneys = weeklyJourneys
  }
}

/// Somebody who looks after or teaches children, at a price.
public struct Provider: Sendable {
  /// On what terms.
  public enum Terms: Sendable {
    /// The authority's own: staff and buildings are paid for whether places are filled or not.
    ///
    /// `places` are those open in the year; at most `occupancy` of them can be filled on average; `fixedCost` is
    /// pounds a year; `weeklyCost` is what one child more costs a week.
    case inHouse(places: Draws, occupancy: Draws, fixedCost: Draws, weeklyCost: Draws)
    /// A framework or block contract: an agreed fee, for at most so many children where a limit is agreed.
    case framework(weeklyFee: Draws, places: Draws?)
    /// Bought for one child at a time, at what is asked.
    case spot(weeklyFee: Draws)
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// On what terms.
  public let terms: Terms
  /// Whether it lies outside the authority's area.
  public let isOutOfArea: Bool
  /// The part of its children in each distance band; the parts sum to one.
  public let distances: [String: Double]

  /// Describes a provider.
  public init(id: String, name: String, terms: Terms, isOutOfArea: Bool, distances: [String: Double]) {
    self.id = id
    self.name = name
    self.terms = terms
    self.isOutOfArea = isOutOfArea
    self.distances = distances
  }

  /// The most children it can have on average over a year; nil where nothing limits it.
  var capacity: Draws? {
    switch terms {
    case .inHouse(let places, let occupancy, _, _): places * occupancy
    case .framework(_, let places): places
    case .spot: nil
    }
  }
}
