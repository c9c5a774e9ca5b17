import TimeSeries

/// Home-to-school transport for children with plans, paid by the General Fund and not by the ring-fenced grant.
///
/// It has a driver of its own: not all children with plans travel at the authority's cost, and those in special and
/// independent schools do so far more often and further than those in the mainstream. In a year t
///
///     travellers[s] = plans[s] x travelShare[s]
///     cost[s] = travellers[s] x costPerDay[s] x growth(priceYear -> t) x schoolDays[t]
///
/// Growth is the product of the years' growth since the price year. School days are dated data: the number in a
/// financial year moves with Easter.
public struct PupilTransport: Sendable {
  /// How children of one setting travel.
  public struct Setting: Sendable {
    /// The name that scripts use, and under which the plans are given.
    public let id: String
    /// The name that people use.
    public let name: String
    /// The part of the setting's children who travel at the authority's cost, 0 to 1.
    public let travelShare: Draws
    /// Pounds for one traveller and one school day, both ways, at the price year's prices.
    public let costPerDay: Draws

    /// Describes a setting.
    public init(id: String, name: String, travelShare: Draws, costPerDay: Draws) {
      self.id = id
      self.name = name
      self.travelShare = travelShare
      self.costPerDay = costPerDay
    }
  }

  /// The settings.
  public let settings: [Setting]
  /// The year whose prices ``Setting/costPerDay`` is in.
  public let priceYear: FinancialYear
  /// Growth of prices into each year after the price year, as a share.
  public let priceGrowth: [FinancialYear: Draws]
  /// School days of a financial year; of the rules in force on 1 April the latest counts.
  public let schoolDays: [DatedRule<Double>]

  /// Checks and puts together a model of transport.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for shares, costs, growth or days that cannot be.
  public init(
    settings: [Setting], priceYear: FinancialYear, priceGrowth: [FinancialYear: Draws],
    schoolDays: [DatedRule<Double>]
  ) throws(CommissioningError) {
    var check = FutureCheck(Self.service)
    guard !settings.isEmpty else {
      throw .invalid(service: Self.service, reason: "there are no settings; give at least one")
    }
    try check.requireUnique(settings.map(\.id), "the setting")
    for setting in settings {
      try check.take(setting.travelShare, "the part of \(setting.name) that travels", .share)
      try check.take(setting.costPerDay, "the cost of a traveller's day from \(setting.name)", .amount)
    }
    for (year, growth) in priceGrowth.sorted(by: { $0.key < $1.key }) {
      try check.take(growth, "the growth of transport prices into \(year)", .growth)
    }
    for rule in schoolDays {
      guard rule.content.isFinite, rule.content >= 0, rule.content <= 366 else {
        throw .invalid(
          service: Self.service,
          reason:
            "the school year of \(rule.source) has \(plainText(rule.content)) days, and 0 to 366 are needed")
      }
    }
    self.settings = settings
    self.priceYear = priceYear
    self.priceGrowth = priceGrowth
    self.schoolDays = schoolDays
  }

  static let service = "pupil transport"

  /// One setting's transport in a year.
  public struct Row: Sendable {
    /// The setting.
    public let id: String
    /// Children with plans, the average over the year.
    public let plans: Draws
    /// Those who travel at the authority's cost.
    public let travellers: Draws
    /// Pounds for one traveller in the year.
    public let costPerTraveller: Draws
    /// What they cost.
    public let cost: FundLine
  }

  /// Transport in a year.
  public struct Year: Sendable {
    /// The financial year.
    public let year: FinancialYear
    /// School days in it.
    public let days: Double
    /// The settings, in their order.
    public let rows: [Row]
    /// The sum of the rows' costs, to the penny.
    public let cost: FundLine
  }

  /// Transport in a year.
  ///
  /// - Parameters:
  ///   - year: the financial year.
  ///   - plans: children with plans in each setting, averaged over the financial year.
  ///   - asOf: the day by which school days must have been known.
  /// - Throws: ``CommissioningError`` for plans of a setting that is not described, a year before the price year, or
  ///   a year without growth or school days.
  public func year(
    _ year: FinancialYear, plans: [String: Draws], asOf: CivilDate
  ) throws(CommissioningError) -> Year {
    var check = FutureCheck(Self.service)
    try check.requireKnown(
      plans.keys, among: settings.map(\.id), "the setting",
      "describe how its children travel, with a share of 0 if nobody does")
    let days = try schoolDays(in: year, asOf: asOf)
    let index = try priceIndex(of: year, check: &check)
    var rows: [Row] = []
    for setting in settings {
      guard let count = plans[setting.id] else {
        throw .missing(
          service: Self.service, what: "the number of plans in \(setting.name)", period: "\(year)")
      }
      try check.take(count, "the number of plans in \(setting.name) in \(year)", .amount)
      // Taken again, so that they are of the same run as the plans.
      try check.take(setting.travelShare, "the part of \(setting.name) that travels", .share)
      try check.take(setting.costPerDay, "the cost of a traveller's day from \(setting.name)", .amount)
      let travellers = count * setting.travelShare
      let each = setting.costPerDay * index * days
      rows.append(
        Row(
          id: setting.id, plans: count, travellers: travellers, costPerTraveller: each,
          cost: try FundLine(
            id: "transport-\(setting.id)", name: "Transport: \(setting.name)", pounds: travellers * each,
            service: Self.service)))
    }
    return Year(
      year: year, days: days, rows: rows,
      cost: .total(rows.map(\.cost), id: "transport", name: "Transport of pupils with plans"))
  }

  /// The same model with the cost of a day scaled so that a year's transport costs what was spent, and the factor.
  ///
  /// Shares and day rates from elsewhere seldom meet an authority's own outturn; what they are out by is stated and
  /// kept for every later year.
  public func anchored(
    to spend: Draws, in year: FinancialYear, plans: [String: Draws], asOf: CivilDate
  ) throws(CommissioningError) -> (transport: PupilTransport, factor: Draws) {
    var check = FutureCheck(Self.service)
    try check.take(spend, "the spending on transport in \(year)", .amount)
    let modelled = try self.year(year, plans: plans, asOf: asOf).cost.pounds
    try check.take(modelled, "the modelled cost of transport in \(year)", .divisor)
    let factor = spend / modelled
    let scaled = settings.map {
      Setting(id: $0.id, name: $0.name, travelShare: $0.travelShare, costPerDay: $0.costPerDay * factor)
    }
    return (
      try PupilTransport(
        settings: scaled, priceYear: priceYear, priceGrowth: priceGrowth, schoolDays: schoolDays), factor
    )
  }

  private func schoolDays(in year: FinancialYear, asOf: CivilDate) throws(CommissioningError) -> Double {
    guard let rule = DatedRule.inForce(schoolDays, on: year.firstDay, asOf: asOf) else {
      throw .missing(
        service: Self.service, what: "the number of school days, from a source known by \(asOf),",
        period: "\(year)")
    }
    return rule.content
  }

  private func priceIndex(
    of year: FinancialYear, check: inout FutureCheck
  ) throws(CommissioningError) -> Draws {
    guard year >= priceYear else {
      throw .invalid(
        service: Self.service,
        reason:
          "prices are of \(priceYear), and \(year) is before it; give prices of that year or an earlier one")
    }
    var index = Draws(1)
    for start in stride(from: priceYear.start + 1, through: year.start, by: 1) {
      index =
        index
        * (try check.take(priceGrowth, FinancialYear(start), "the growth of transport prices", .growth) + 1)
    }
    return index
  }
}
