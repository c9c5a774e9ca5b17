import TimeSeries

extension RingFencedGrant {
  /// What high needs costs the General Fund beside the grant, as a workspace states it: each part is planned where it is
  /// given and left out where it is not.
  public struct GeneralFund: Hashable, Sendable {
    /// Home-to-school transport of pupils with plans.
    public struct Transport: Hashable, Sendable {
      /// How the children of one setting travel.
      public struct Travel: Hashable, Sendable {
        /// The setting.
        public let setting: String
        /// The assumption that says which part of its children travel at the authority's cost, 0 to 1.
        public let share: String
        /// The assumption that says what a traveller costs for one school day, both ways, pounds.
        public let costPerDay: String

        /// Describes how children travel.
        public init(setting: String, share: String, costPerDay: String) {
          self.setting = setting
          self.share = share
          self.costPerDay = costPerDay
        }
      }

      /// The settings, each once.
      public let settings: [Travel]
      /// The year whose prices the costs are in, from which on transport is planned.
      public let priceYear: FinancialYear
      /// The assumption about the growth of prices a year, as a share.
      public let priceGrowth: String
      /// School days of a financial year.
      public let schoolDays: [DatedRule<Double>]

      /// Describes transport.
      public init(
        settings: [Travel], priceYear: FinancialYear, priceGrowth: String, schoolDays: [DatedRule<Double>]
      ) {
        self.settings = settings
        self.priceYear = priceYear
        self.priceGrowth = priceGrowth
        self.schoolDays = schoolDays
      }
    }

    /// How the places that open are paid for.
    public struct Capital: Hashable, Sendable {
      /// A loan for what no grant pays.
      public struct Borrowing: Hashable, Sendable {
        /// The assumption about the rate of interest a year, as a share.
        public let rate: String
        /// The number of yearly charges.
        public let years: Int

        /// Describes a loan.
        public init(rate: String, years: Int) {
          self.rate = rate
          self.years = years
        }
      }

      /// The assumption that says which part of the cost a grant pays, 0 to 1; nil where none does.
      public let grantShare: String?
      /// The loan; nil where the grant pays all.
      public let borrowing: Borrowing?

      /// Describes how places are paid for.
      public init(grantShare: String?, borrowing: Borrowing?) {
        self.grantShare = grantShare
        self.borrowing = borrowing
      }
    }

    /// Reserves that the deficit is tested against at the end of the statutory override.
    public struct ReservesHeld: Hashable, Sendable {
      /// Usable reserves at the end of a year.
      public let usable: Statement
      /// Pounds of planned use in each later year; a contribution is negative.
      public let plannedUse: [FinancialYear: Double]
      /// Pounds that each later year's budget provides for these effects.
      public let budgeted: [FinancialYear: Double]
      /// The least that must be left, pounds.
      public let minimum: [DatedRule<Double>]

      /// States reserves.
      public init(
        usable: Statement, plannedUse: [FinancialYear: Double], budgeted: [FinancialYear: Double],
        minimum: [DatedRule<Double>]
      ) {
        self.usable = usable
        self.plannedUse = plannedUse
        self.budgeted = budgeted
        self.minimum = minimum
      }
    }

    /// Transport; nil where it is planned elsewhere.
    public let transport: Transport?
    /// The assumption about the rate a year at which the deficit is financed, as a share; nil where none is worked out.
    public let carryingCost: String?
    /// How places that open are paid for; nil where they are planned elsewhere.
    public let capital: Capital?
    /// Reserves; nil where they are not tested.
    public let reserves: ReservesHeld?

    /// Puts together what is given.
    public init(
      transport: Transport? = nil, carryingCost: String? = nil, capital: Capital? = nil,
      reserves: ReservesHeld? = nil
    ) {
      self.transport = transport
      self.carryingCost = carryingCost
      self.capital = capital
      self.reserves = reserves
    }

    /// The days on which what it states became known.
    var knownDates: [CivilDate] {
      (transport?.schoolDays.map(\.known) ?? [])
        + (reserves.map { [$0.usable.known] + $0.minimum.map(\.known) } ?? [])
    }
  }
}
