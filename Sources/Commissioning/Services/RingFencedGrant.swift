import TimeSeries

/// A service paid from a ring-fenced grant whose balance is carried from year to year: high needs.
///
/// Numbers of plans come from a rate and a population; the mix of settings and their relative prices from Section 251;
/// the level from the published deficits, through a line that says openly what published data do not explain.
///
/// Signs: spending is positive, a deficit is a negative balance.
public struct RingFencedGrant: ServiceDefinition {
  /// A group of settings with one price.
  public struct Setting: Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Series that count the plans in these settings at the census of ``RingFencedGrant/census``; they are added.
    public let plans: [String]
    /// Section 251 lines spent on them; they are added, and an income line (its id ends in "income") is taken off.
    public let spend: [String]
    /// The setting whose price is used when Section 251 has no line for these settings.
    public let pricedAs: String?

    /// Describes a group of settings.
    public init(id: String, name: String, plans: [String], spend: [String], pricedAs: String? = nil) {
      self.id = id
      self.name = name
      self.plans = plans
      self.spend = spend
      self.pricedAs = pricedAs
    }
  }

  /// Spending that does not follow the number of plans.
  public struct FixedLine: Hashable, Sendable {
    /// The name that scripts use.
    public let id: String
    /// The name that people use.
    public let name: String
    /// Section 251 lines; they are added.
    public let spend: [String]

    /// Describes a line.
    public init(id: String, name: String, spend: [String]) {
      self.id = id
      self.name = name
      self.spend = spend
    }
  }

  /// A balance or a year's spending that the user states.
  ///
  /// A balance overrides a published one. Spending sets the level where no pair of balances says what was spent.
  public struct Statement: Hashable, Sendable {
    /// The financial year; a balance is that of its last day.
    public let year: FinancialYear
    /// Pounds; a deficit is a negative balance, spending is not negative.
    public let amount: Double
    /// When it became known; not before the year was over, because it would be a forecast then.
    public let known: CivilDate
    /// Where it is written.
    public let source: String

    /// States an amount.
    public init(year: FinancialYear, amount: Double, known: CivilDate, source: String) {
      self.year = year
      self.amount = amount
      self.known = known
      self.source = source
    }
  }

  /// A transfer from the schools block, for one year only.
  public struct BlockTransfer: Hashable, Sendable {
    /// The year of the transfer.
    public let year: FinancialYear
    /// Pounds that high needs receives; not negative.
    public let amount: Double
    /// Whether the Secretary of State has approved an amount above the limit.
    public let isDisapplied: Bool
    /// When it became known.
    public let known: CivilDate
    /// Where it is written.
    public let source: String

    /// Describes a transfer.
    public init(
      year: FinancialYear, amount: Double, isDisapplied: Bool, known: CivilDate, source: String
    ) {
      self.year = year
      self.amount = amount
      self.isDisapplied = isDisapplied
      self.known = known
      self.source = source
    }
  }

  /// The published series that the service reads.
  public struct Evidence: Hashable, Sendable {
    /// Plans at the January census.
    public let plans: String
    /// The population whose rate is forecast.
    public let population: String
    /// The high needs block, pounds a year.
    public let grant: String
    /// The schools block, pounds a year, of which a transfer may take a share.
    public let schoolsBlock: String
    /// The deficit carried forward, per cent of ``wholeGrant``; positive for a deficit.
    public let deficit: String
    /// All blocks of the grant, pounds a year.
    public let wholeGrant: String
    /// Section 251 line from which the number of places in special schools follows.
    public let specialPlaces: String

    /// Names the series.
    public init(
      plans: String, population: String, grant: String, schoolsBlock: String, deficit: String,
      wholeGrant: String, specialPlaces: String
    ) {
      self.plans = plans
      self.population = population
      self.grant = grant
      self.schoolsBlock = schoolsBlock
      self.deficit = deficit
      self.wholeGrant = wholeGrant
      self.specialPlaces = specialPlaces
    }
  }

  /// The series that say how the stock of plans moves, by calendar year.
  public struct FlowEvidence: Hashable, Sendable {
    /// Requests for an assessment.
    public let requests: String
    /// New plans.
    public let newPlans: String
    /// Plans that ceased, those that moved to another area among them.
    public let ceased: String

    /// Names the series.
    public init(requests: String, newPlans: String, ceased: String) {
      self.requests = requests
      self.newPlans = newPlans
      self.ceased = ceased
    }
  }

  /// The assumptions that the service uses, by name.
  public struct AssumptionNames: Hashable, Sendable {
    /// Growth of prices a year, as a share.
    public let priceGrowth: String
    /// Growth of the grant a year, as a share, from the last year published up to the first break.
    public let grantGrowth: String
    /// Growth of the grant a year, as a share, in the year of a break and after it.
    public let grantGrowthAfterBreak: String
    /// How closely the mix of settings keeps to the last census: the concentration of a Dirichlet distribution.
    public let mixConcentration: String
    /// The unexplained line as a multiple of its last share of the explained spending.
    public let unexplained: String
    /// The in-year balance of the other blocks, pounds a year; a surplus is positive.
    public let otherBlocks: String
    /// The import and export adjustment, pounds a year; income is positive.
    public let importExport: String
    /// Pounds of place funding for one special-school place.
    public let placeFunding: String

    /// Names the assumptions.
    public init(
      priceGrowth: String, grantGrowth: String, grantGrowthAfterBreak: String, mixConcentration: String,
      unexplained: String, otherBlocks: String, importExport: String, placeFunding: String
    ) {
      self.priceGrowth = priceGrowth
      self.grantGrowth = grantGrowth
      self.grantGrowthAfterBreak = grantGrowthAfterBreak
      self.mixConcentration = mixConcentration
      self.unexplained = unexplained
      self.otherBlocks = otherBlocks
      self.importExport = importExport
      self.placeFunding = placeFunding
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
  /// The series of its flows; nil where the stock is only forecast and cannot be acted on.
  public let flowEvidence: FlowEvidence?
  /// The assumptions it uses.
  public let assumptions: AssumptionNames
  /// The census at which plans were counted by setting.
  public let census: Period
  /// The year whose prices the Section 251 lines are in.
  public let priceYear: FinancialYear
  /// Settings with a price; plans are shared out among them.
  public let settings: [Setting]
  /// The setting that asks for special-school places.
  public let specialSetting: String
  /// The settings that can be full; none where every plan finds the setting it asks for.
  public let capacities: [SettingCapacity]
  /// Spending that does not follow the plans.
  public let fixedLines: [FixedLine]
  /// Balances that the user states.
  public let openingBalances: [Statement]
  /// Years' spending that a document states, used for the level where nothing better had been published.
  public let statedSpending: [Statement]
  /// Transfers from the schools block.
  public let blockTransfers: [BlockTransfer]
  /// What it costs the General Fund beside the grant; nil where that is planned elsewhere.
  public let generalFund: GeneralFund?
  /// Appeals and mediation; nil where they are left to the trend of plans.
  public let disputes: DisputeTerms?
  /// Annual reviews; nil likewise.
  public let annualReviews: ReviewTerms?

  /// Describes the service.
  public init(
    id: String, name: String, meaning: ServiceMeaning, evidence: Evidence,
    flowEvidence: FlowEvidence? = nil, assumptions: AssumptionNames,
    census: Period, priceYear: FinancialYear, settings: [Setting], specialSetting: String,
    capacities: [SettingCapacity] = [], fixedLines: [FixedLine], openingBalances: [Statement],
    statedSpending: [Statement],
    blockTransfers: [BlockTransfer], generalFund: GeneralFund? = nil, disputes: DisputeTerms? = nil,
    annualReviews: ReviewTerms? = nil
  ) {
    self.id = id
    self.name = name
    self.meaning = meaning
    self.evidence = evidence
    self.flowEvidence = flowEvidence
    self.assumptions = assumptions
    self.census = census
    self.priceYear = priceYear
    self.settings = settings
    self.specialSetting = specialSetting
    self.capacities = capacities
    self.fixedLines = fixedLines
    self.openingBalances = openingBalances
    self.statedSpending = statedSpending
    self.blockTransfers = blockTransfers
    self.generalFund = generalFund
    self.disputes = disputes
    self.annualReviews = annualReviews
  }

  /// The days on which its balances, spending and transfers became known.
  public var knownDates: [CivilDate] {
    (openingBalances + statedSpending).map(\.known) + blockTransfers.map(\.known)
      + (generalFund?.knownDates ?? []) + (annualReviews?.interval.map(\.known) ?? [])
  }

  /// What scenarios and measures may change.
  public var flows: [FlowName] {
    let prices = [
      FlowName("price", meaning: "what a plan costs in a year, in every setting", unit: "pounds a plan"),
      FlowName("grant", meaning: "the high needs block of a year", unit: "pounds"),
    ]
    let perSetting = settings.flatMap { setting in
      [
        FlowName(
          "price.\(setting.id)", meaning: "what a plan costs in a year: \(setting.name)",
          unit: "pounds a plan"),
        FlowName("share.\(setting.id)", meaning: "the share of plans: \(setting.name)", unit: "a share"),
      ]
    }
    let places = capacities.map { capacity in
      FlowName("places.\(capacity.setting)", meaning: "places on average over a year", unit: "places")
    }
    return (flowEvidence == nil ? [] : GrantFlows.names) + prices + perSetting + places
  }

  /// All lines of plans for what moves the number of plans, their mix or all their prices; one line for one price.
  public func lines(movedBy flow: String) -> Set<String> {
    if flow == "grant" { return [] }
    if flow.hasPrefix("price."), let setting = flow.split(separator: ".").last { return [String(setting)] }
    return Set(settings.map(\.id) + ["unexplained"])
  }

  /// Carries the service through every simulated future.
  ///
  /// - Throws: ``CommissioningError`` when too little is known to plan it.
  public func simulate(in simulation: Simulation) throws(CommissioningError) -> ServiceSimulation {
    do throws(CommissioningError) {
      var run = try GrantRun(self, in: simulation.context)
      return try run.simulate()
    } catch {
      switch error {
      case .nothingPublished, .missing, .missingPrice:
        return try GrantNeed(self, in: simulation.context).simulate(without: error)
      default: throw error
      }
    }
  }

  /// The number of plans at a census, or the balance at the end of a financial year as published.
  public func published(_ figure: String, at period: Period, in panel: Panel, area: String) -> Double? {
    switch figure {
    case evidence.plans: panel[figure, area: area]?.point(matching: period)?.value
    case Self.balanceFigure: balance(at: period, in: panel, area: area)
    default: nil
    }
  }

  /// The figure under which the closing balance is tracked.
  static let balanceFigure = "closing-balance"

  /// The balance at the end of a financial year as published: minus the deficit's share of all blocks, or nil.
  func balance(at period: Period, in panel: Panel, area: String) -> Double? {
    guard let deficits = panel[evidence.deficit, area: area], let unit = deficits.measure.unit.whole,
      let share = deficits.point(at: period)?.value,
      let whole = panel[evidence.wholeGrant, area: area]?.point(at: period)?.value
    else { return nil }
    return -share / unit * whole
  }
}
