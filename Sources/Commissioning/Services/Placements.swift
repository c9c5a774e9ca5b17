import TimeSeries

/// A service that places children and pays for each by the week: children looked after.
///
/// Children come from a rate and a population; placements from published shares; weekly costs from Section 251. What
/// placements at those prices do not explain of the outturn is a series of its own, so that every year with an
/// outturn is reproduced exactly.
public struct Placements: ServiceDefinition {
  /// A kind of placement.
  public struct Placement: Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// The series of its share of the children at 31 March, per cent or a proportion.
    public let share: String
    /// The series of its weekly cost, pounds by financial year; nil where none is published.
    public let weeklyCost: String?
    /// Why there is no weekly cost: its spending then stands in the remainder.
    public let unpricedReason: String?
    /// The placement codes of returns of children looked after that it takes; needed where the service has episodes.
    public let codes: Set<String>

    /// Describes a kind of placement.
    public init(
      id: String, name: String, share: String, weeklyCost: String?, unpricedReason: String?,
      codes: Set<String> = []
    ) {
      self.id = id
      self.name = name
      self.share = share
      self.weeklyCost = weeklyCost
      self.unpricedReason = unpricedReason
      self.codes = codes
    }
  }

  /// The published series that the service reads.
  public struct Evidence: Hashable, Sendable {
    /// Children at 31 March.
    public let children: String
    /// The population whose rate is forecast.
    public let population: String
    /// Outturn, pounds by financial year.
    public let spend: String
    /// The authority's own places at 31 March.
    public let places: String

    /// Names the series.
    public init(children: String, population: String, spend: String, places: String) {
      self.children = children
      self.population = population
      self.spend = spend
      self.places = places
    }
  }

  /// The published flows behind the number of children, each of a financial year.
  public struct FlowEvidence: Hashable, Sendable {
    /// Children who started to be looked after.
    public let starts: String
    /// Children who ceased to be.
    public let ceased: String

    /// Names the series.
    public init(starts: String, ceased: String) {
      self.starts = starts
      self.ceased = ceased
    }
  }

  /// Episodes of the authority's own children, and the days from which their rates are learned.
  public struct EpisodeEvidence: Sendable {
    /// The episodes; their categories are the placements of the service and one that takes all others.
    public let episodes: CareEpisodes
    /// The first day of the reference period.
    public let from: CivilDate
    /// The last day of it.
    public let through: CivilDate
    /// What a reader must know of how they were read.
    public let notes: [String]

    /// Names the episodes and the reference period.
    public init(episodes: CareEpisodes, from: CivilDate, through: CivilDate, notes: [String] = []) {
      self.episodes = episodes
      self.from = from
      self.through = through
      self.notes = notes
    }

    /// The age bands and categories in which a service's episodes are read: its placements by their codes, and the rest.
    ///
    /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a code of two placements, or a placement without any.
    public static func scheme(of placements: [Placement]) throws(CommissioningError) -> PlacementScheme {
      if let bare = placements.first(where: { $0.codes.isEmpty }) {
        throw PlacementScheme.refusal("\(bare.name) has no placement codes, which episodes need")
      }
      return try PlacementScheme(
        bands: PlacementScheme.standard.bands,
        categories: placements.map { PlacementCategory(id: $0.id, name: $0.name, codes: $0.codes) } + [
          PlacementCategory(id: "other-placements", name: "Other placements", codes: [])
        ])
    }
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What its columns count.
  public let meaning: ServiceMeaning
  /// The series it reads.
  public let evidence: Evidence
  /// The series of the flows behind the number of children; nil where they are not named.
  public let flowEvidence: FlowEvidence?
  /// Episodes of the authority's own children, from which children by placement are simulated; nil where there are none.
  public let episodeEvidence: EpisodeEvidence?
  /// The kinds of placement; what they leave of the children is in other placements.
  public let placements: [Placement]
  /// The placement that asks for the authority's own places.
  public let placedInOwnPlaces: String
  /// The assumption by which the last outturn is raised each year to make a budget, as a share.
  public let budgetUplift: String
  /// The assumption about spread that holds the latest value of a series too short for any model.
  public let holdSpread: String
  /// Who else pays for placements; nil where nobody is said to.
  public let funding: Funding?

  /// Describes the service.
  public init(
    id: String, name: String, meaning: ServiceMeaning, evidence: Evidence,
    flowEvidence: FlowEvidence? = nil, episodeEvidence: EpisodeEvidence? = nil, placements: [Placement],
    placedInOwnPlaces: String, budgetUplift: String, holdSpread: String, funding: Funding? = nil
  ) {
    self.id = id
    self.name = name
    self.meaning = meaning
    self.evidence = evidence
    self.flowEvidence = flowEvidence
    self.episodeEvidence = episodeEvidence
    self.placements = placements
    self.placedInOwnPlaces = placedInOwnPlaces
    self.budgetUplift = budgetUplift
    self.holdSpread = holdSpread
    self.funding = funding
  }

  /// What scenarios and measures may change: the number of children where its flows or episodes are named, their weekly
  /// costs, and their shares unless they come from episodes.
  public var flows: [FlowName] {
    if episodeEvidence != nil {
      return PlacementEpisodes.names
        + PlacementChanges.names(of: placements).filter { !$0.id.hasPrefix("share.") }
    }
    return (flowEvidence == nil ? [] : PlacementFlows.names) + PlacementChanges.names(of: placements)
  }

  /// The lines of spending that a flow moves.
  public func lines(movedBy flow: String) -> Set<String> {
    PlacementChanges.lines(movedBy: flow, of: placements)
  }

  /// The line of what placements at published weekly costs do not explain.
  static let otherLine = "other-looked-after-spending"

  /// Carries the service through every simulated future.
  ///
  /// - Throws: ``CommissioningError`` when too little is known to plan it.
  public func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
    do {
      return try PlacementRun(self, in: simulation.context).simulate()
    } catch .nothingPublished(let id, let area, let asOf, let service) {
      return try PlacementNeed(self, in: simulation.context)
        .simulate(without: .nothingPublished(id: id, area: area, asOf: asOf, service: service))
    }
  }

  /// The number of children at a census, or the outturn of a financial year.
  public func published(_ figure: String, at period: Period, in panel: Panel, area: String) -> Double? {
    guard [evidence.children, evidence.spend].contains(figure) else { return nil }
    return panel[figure, area: area]?.point(matching: period)?.value
  }
}
