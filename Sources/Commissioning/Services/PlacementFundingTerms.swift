import TimeSeries

extension Placements {
  /// Who else pays for placements, as a workspace states it.
  public struct Funding: Hashable, Sendable {
    /// How the cost of one placement is shared.
    public struct Split: Hashable, Sendable {
      /// The placement, one with a weekly cost.
      public let placement: String
      /// The shares, 0 to 1; a funder who is not named pays nothing.
      public let shares: [Funder: Double]
      /// The unit to which the shares are published, 0.01 for whole per cents; 0 where they are exact.
      public let rounding: Double
      /// A part that is stated to be nobody's; nil where there is none.
      public let remainder: FundingSplit.Remainder?

      /// Describes a split.
      public init(
        placement: String, shares: [Funder: Double], rounding: Double,
        remainder: FundingSplit.Remainder? = nil
      ) {
        self.placement = placement
        self.shares = shares
        self.rounding = rounding
        self.remainder = remainder
      }

      /// The split of a placement, checked.
      ///
      /// - Throws: ``CommissioningError/invalid(service:reason:)`` for shares that do not sum to one.
      public func checked(name: String) throws(CommissioningError) -> FundingSplit {
        try FundingSplit(
          setting: placement, name: name, shares: shares.mapValues { Draws($0) }, rounding: rounding,
          remainder: remainder)
      }
    }

    /// Children who may be agreed as continuing care.
    public struct ContinuingCareGroup: Hashable, Sendable {
      /// The name that scripts use.
      public let id: String
      /// The name that people use.
      public let name: String
      /// The placement whose cost it reduces.
      public let placement: String
      /// The assumption about the number of children considered, on average over a year.
      public let children: String
      /// The assumption about pounds a week for one child, where it is agreed.
      public let weeklyContribution: String
      /// The assumption about the probability that a child is agreed.
      public let probability: String

      /// Describes a group.
      public init(
        id: String, name: String, placement: String, children: String, weeklyContribution: String,
        probability: String
      ) {
        self.id = id
        self.name = name
        self.placement = placement
        self.children = children
        self.weeklyContribution = weeklyContribution
        self.probability = probability
      }
    }

    /// Unaccompanied children of one age band, for whom a grant is paid by the week.
    public struct UnaccompaniedBand: Hashable, Sendable {
      /// How many children there are on average over a year.
      public enum Children: Hashable, Sendable {
        /// As many as an assumption says.
        case assumption(String)
        /// As a series counts them at 31 March.
        case series(String)
      }

      /// The name that scripts use.
      public let id: String
      /// The name that people use.
      public let name: String
      /// How many there are.
      public let children: Children
      /// Pounds a week for a child.
      public let weeklyRates: [DatedRule<Double>]

      /// Describes a band.
      public init(id: String, name: String, children: Children, weeklyRates: [DatedRule<Double>]) {
        self.id = id
        self.name = name
        self.children = children
        self.weeklyRates = weeklyRates
      }
    }

    /// Whose budget the service's spending is.
    public let bearer: Funder
    /// The placements of which others pay a share; the bearer pays all of any other.
    public let splits: [Split]
    /// Continuing care.
    public let continuingCare: [ContinuingCareGroup]
    /// The grant for unaccompanied children, by age band; none where it is planned elsewhere.
    public let unaccompanied: [UnaccompaniedBand]

    /// Puts together who pays.
    public init(
      bearer: Funder, splits: [Split], continuingCare: [ContinuingCareGroup] = [],
      unaccompanied: [UnaccompaniedBand] = []
    ) {
      self.bearer = bearer
      self.splits = splits
      self.continuingCare = continuingCare
      self.unaccompanied = unaccompanied
    }
  }
}

extension Placements {
  /// The days on which the rates of the grant for unaccompanied children became known.
  public var knownDates: [CivilDate] {
    funding?.unaccompanied.flatMap(\.weeklyRates).map(\.known) ?? []
  }
}
