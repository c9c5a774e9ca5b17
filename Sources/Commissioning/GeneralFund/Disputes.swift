import Statistics

/// Appeals to the tribunal and mediation, from the decisions that can be appealed to what they add to assessments,
/// plans and dearer placements, and what they cost in officers' time.
///
/// For each kind of decision and year
///
///     lodged ~ Binomial(decisions, appealRate);  resolved = outstanding before + Binomial(lodged, resolvedInYear)
///     withdrawn, settled, heard: a split of the resolved;  upheld ~ Binomial(heard, upheldShare)
///     allowed = upheld + settled in the family's favour;  outstanding = outstanding before + lodged - resolved
///
/// Shares are drawn once for each future from ``CountedShare``, so that what is not known of them moves all years
/// together. The published appeal rate is per appealable decision: refusals to assess and to issue, and plans whose
/// contents could be appealed.
public struct Disputes: Sendable {
  /// What is appealed.
  public enum Decision: String, Hashable, Sendable, CaseIterable {
    /// A refusal to assess; allowed, it adds an assessment and, as often as assessments do, a plan.
    case refusalToAssess = "refusal-to-assess"
    /// A refusal to issue a plan; allowed, it adds a plan.
    case refusalToIssue = "refusal-to-issue"
    /// The placement or contents of a plan; allowed, it moves a child to a dearer setting.
    case placement
  }

  /// How appeals of one kind go.
  public struct Route: Sendable {
    /// What is appealed.
    public let decision: Decision
    /// Appeals per decision that can be appealed.
    public let appealRate: CountedShare
    /// The part resolved in the year in which it is lodged; the rest is resolved in the next.
    public let resolvedInYear: CountedShare
    /// The part of the resolved that is withdrawn.
    public let withdrawn: CountedShare
    /// The part of the others that is settled, at mediation or by concession, before a hearing.
    public let settled: CountedShare
    /// The part of the settled that goes the family's way.
    public let settledForFamily: CountedShare
    /// The part of the heard that is upheld.
    public let upheld: CountedShare
    /// Of refusals to assess: the part of assessments won that ends in a plan. Nil for the other kinds.
    public let issued: CountedShare?
    /// Of placements: the part of a year that a move costs in the year in which it is won. Nil for the other kinds.
    public let firstYear: Draws?
    /// Appeals outstanding when the first year begins.
    public let outstanding: Double

    /// Describes a route.
    public init(
      decision: Decision, appealRate: CountedShare, resolvedInYear: CountedShare, withdrawn: CountedShare,
      settled: CountedShare, settledForFamily: CountedShare, upheld: CountedShare,
      issued: CountedShare? = nil,
      firstYear: Draws? = nil, outstanding: Double
    ) {
      self.decision = decision
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

  /// What cases, and what they win, cost in a year, pounds.
  public struct CaseCosts: Sendable {
    /// Of a case that is withdrawn or settled.
    public let settled: Draws
    /// Of a case that is heard.
    public let heard: Draws

    /// What one move to a dearer setting adds in a full year; nil where no route leads to one.
    public let dearerSetting: Draws?

    /// States the costs of officers' time, advice and representation, and of dearer settings, at the year's prices.
    public init(settled: Draws, heard: Draws, dearerSetting: Draws? = nil) {
      self.settled = settled
      self.heard = heard
      self.dearerSetting = dearerSetting
    }
  }

  /// The routes, one for each kind of decision at most.
  public let routes: [Route]
  /// What cases cost in each year.
  public let costs: [FinancialYear: CaseCosts]

  static let service = "disputes"

  /// Checks and puts together the routes.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for two routes of one kind, and for a route that lacks
  ///   what its kind needs or has what it cannot use.
  public init(routes: [Route], costs: [FinancialYear: CaseCosts]) throws(CommissioningError) {
    var check = FutureCheck(Self.service)
    try check.requireUnique(routes.map(\.decision.rawValue), "the route")
    for route in routes {
      try check.take(
        Draws(route.outstanding), "the number of appeals outstanding (\(route.decision.rawValue))", .amount)
      guard route.outstanding == route.outstanding.rounded() else {
        throw .invalid(
          service: Self.service,
          reason:
            "\(plainText(route.outstanding)) appeals are outstanding (\(route.decision.rawValue)), and a whole "
            + "number is needed")
      }
      guard (route.issued != nil) == (route.decision == .refusalToAssess) else {
        throw .invalid(
          service: Self.service,
          reason: "the part of assessments that ends in a plan belongs to refusal-to-assess and to no other; "
            + "\(route.issued == nil ? "add it to" : "take it from") \(route.decision.rawValue)")
      }
      guard (route.firstYear != nil) == (route.decision == .placement) else {
        throw .invalid(
          service: Self.service,
          reason: "the part of the first year that a move costs belongs to placement and to no other; "
            + "\(route.firstYear == nil ? "add it to" : "take it from") \(route.decision.rawValue)")
      }
      if let part = route.firstYear {
        try check.take(part, "the part of the first year that a move costs", .share)
      }
    }
    for (year, cost) in costs.sorted(by: { $0.key < $1.key }) {
      try check.take(cost.settled, "the cost of a settled case in \(year)", .amount)
      try check.take(cost.heard, "the cost of a case heard in \(year)", .amount)
      if let extra = cost.dearerSetting {
        try check.take(extra, "the extra cost of a dearer setting in \(year)", .number)
      }
    }
    self.routes = routes
    self.costs = costs
  }
}
