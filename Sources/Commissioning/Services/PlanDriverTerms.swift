extension RingFencedGrant {
  /// Appeals and mediation as a driver of the flows of plans, as a workspace states them.
  public struct DisputeTerms: Hashable, Sendable {
    /// How appeals of one kind go.
    public struct Route: Hashable, Sendable {
      /// What is appealed.
      public let decision: Disputes.Decision
      /// The assumption about decisions that can be appealed: refusals for each request in a year, or for appeals about
      /// placement plans whose contents can be appealed, for each plan in January.
      public let decisions: String
      /// Appeals per decision that can be appealed.
      public let appealRate: CountedShare
      /// The part resolved in the year in which it is lodged.
      public let resolvedInYear: CountedShare
      /// The part of the resolved that is withdrawn.
      public let withdrawn: CountedShare
      /// The part of the others that is settled before a hearing.
      public let settled: CountedShare
      /// The part of the settled that goes the family's way.
      public let settledForFamily: CountedShare
      /// The part of the heard that is upheld.
      public let upheld: CountedShare
      /// Of refusals to assess: the part of assessments won that ends in a plan; nil for the other kinds.
      public let issued: CountedShare?
      /// Of placements: the assumption about the part of its first year that a move costs; nil for the other kinds.
      public let firstYear: String?
      /// Appeals outstanding when the first year begins.
      public let outstanding: Double

      /// Describes a route.
      public init(
        decision: Disputes.Decision, decisions: String, appealRate: CountedShare,
        resolvedInYear: CountedShare,
        withdrawn: CountedShare, settled: CountedShare, settledForFamily: CountedShare, upheld: CountedShare,
        issued: CountedShare? = nil, firstYear: String? = nil, outstanding: Double
      ) {
        self.decision = decision
        self.decisions = decisions
        self.appealRate = appealRate
        self.resolvedInYear = resolvedInYear
        self.withdrawn = withdrawn
        self.settled = settled
        self.settledForFamily = settledForFamily
        self.upheld = upheld
        self.issued = issued
        self.firstYear = firstYear
        self.outstanding = outstanding
      }
    }

    /// The routes, one for each kind of decision at most.
    public let routes: [Route]
    /// The assumption about plans a year won on appeal that the trend of plans holds already, because they have been
    /// won in the years it has learned from.
    public let inTrend: String
    /// The assumption about pounds for a case that is withdrawn or settled, at the price year's prices.
    public let settledCost: String
    /// The assumption about pounds for a case that is heard, likewise.
    public let heardCost: String
    /// The assumption about pounds a year that a move to a dearer setting adds, likewise; nil where no route leads there.
    public let dearerSetting: String?

    /// Puts together how appeals go.
    public init(
      routes: [Route], inTrend: String, settledCost: String, heardCost: String, dearerSetting: String?
    ) {
      self.routes = routes
      self.inTrend = inTrend
      self.settledCost = settledCost
      self.heardCost = heardCost
      self.dearerSetting = dearerSetting
    }
  }

  /// Annual reviews as a driver of the flows of plans, as a workspace states them.
  public struct ReviewTerms: Hashable, Sendable {
    /// Months within which a review must follow the last.
    public let interval: [DatedRule<Int>]
    /// The part of reviews that ends in the plan being ceased.
    public let ceased: CountedShare
    /// The part of reviews that ends in a move to another setting.
    public let moved: CountedShare
    /// The assumption about children whose review is overdue when the first year begins.
    public let overdue: String
    /// The assumption about reviews that can be completed in a year.
    public let capacity: String
    /// The assumption about ceasings a year by which the backlog has grown in the years that the trend has learned from.
    public let inTrend: String

    /// Puts together how reviews go.
    public init(
      interval: [DatedRule<Int>], ceased: CountedShare, moved: CountedShare, overdue: String,
      capacity: String,
      inTrend: String
    ) {
      self.interval = interval
      self.ceased = ceased
      self.moved = moved
      self.overdue = overdue
      self.capacity = capacity
      self.inTrend = inTrend
    }
  }
}
