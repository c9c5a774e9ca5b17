/// Decisions of a year, and how many of them were yes: to assess, or to issue a plan.
public struct PlanDecisions: Hashable, Sendable {
  /// The decisions that were yes.
  public let yes: Double
  /// All decisions.
  public let decided: Double

  /// States the decisions; ``PlanCounts`` refuses more yes than decided.
  public init(yes: Double, decided: Double) {
    self.yes = yes
    self.decided = decided
  }

  /// The share that was yes.
  public var share: Double { yes / decided }
}

/// What an area has published of its education, health and care plans in total: no ages and no settings.
///
/// Stocks stand at the January census of a year; flows are those of a calendar year, between that census and
/// the next.
/// A year that is not known is left out, never zero.
public struct PlanCounts: Hashable, Sendable {
  /// The area's name, for errors and notes.
  public let area: String
  /// Plans at the January census, by its year.
  public let stock: [Int: Double]
  /// Requests for an assessment, by calendar year.
  public let requests: [Int: Double]
  /// New plans, by calendar year.
  public let newPlans: [Int: Double]
  /// Plans that ceased, those that moved to another area among them, by calendar year.
  public let ceased: [Int: Double]
  /// Decisions whether to assess, by calendar year.
  public let assessed: [Int: PlanDecisions]
  /// Decisions whether to issue a plan, by calendar year.
  public let issued: [Int: PlanDecisions]

  /// The largest count of anything.
  static let most = 1e9
  /// The years that there can be counts of.
  static let years = 1...9998

  /// States what is known.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a count that is negative or no number, and
  ///   for more yes than decided.
  public init(
    area: String, stock: [Int: Double], requests: [Int: Double] = [:], newPlans: [Int: Double] = [:],
    ceased: [Int: Double] = [:], assessed: [Int: PlanDecisions] = [:], issued: [Int: PlanDecisions] = [:]
  ) throws(CommissioningError) {
    let counts = [
      ("stock of plans at January", stock), ("requests in", requests), ("new plans in", newPlans),
      ("ceased plans in", ceased),
    ]
    for (name, values) in counts {
      for year in values.keys.sorted() {
        guard let value = values[year], (0...Self.most).contains(value), Self.years.contains(year) else {
          throw .invalid(
            service: area,
            reason: "\(name) \(year): \(plainText(values[year] ?? .nan)) is no count; give 0 to a billion, "
              + "or leave the year out where it is not known")
        }
      }
    }
    for (name, values) in [("decisions to assess", assessed), ("decisions to issue", issued)] {
      for year in values.keys.sorted() {
        guard let value = values[year], value.decided > 0, value.decided <= Self.most,
          Self.years.contains(year),
          (0...value.decided).contains(value.yes)
        else {
          throw .invalid(
            service: area,
            reason: "\(name) in \(year): \(plainText(values[year]?.yes ?? .nan)) yes out of "
              + "\(plainText(values[year]?.decided ?? .nan)); the decisions must be above 0, and yes from "
              + "0 to them")
        }
      }
    }
    self.area = area
    self.stock = stock
    self.requests = requests
    self.newPlans = newPlans
    self.ceased = ceased
    self.assessed = assessed
    self.issued = issued
  }

  /// What the published flows of a calendar year leave unexplained: net transfers, and data that came late;
  /// nil where a census or a flow is not known.
  public func unexplained(in year: Int) -> Double? {
    guard let opening = stock[year], let closing = stock[year &+ 1], let new = newPlans[year],
      let ceased = ceased[year]
    else { return nil }
    return closing - opening - new + ceased
  }

  /// Why the flows of a calendar year cannot all be right; nil where nothing speaks against them.
  ///
  /// No more plans can cease than there were or came, and a new plan is either there at the next census or
  /// has ceased.
  public func contradiction(in year: Int) -> String? {
    if let ceased = ceased[year], let opening = stock[year] {
      let most = opening + (newPlans[year] ?? 0)
      if ceased > most {
        return
          "\(grouped(ceased)) plans of \(area) ceased in \(year), and there were no more than "
          + "\(grouped(most))"
      }
    }
    if let new = newPlans[year], let closing = stock[year &+ 1], let ceased = ceased[year],
      new > closing + ceased
    {
      return
        "\(grouped(new)) plans of \(area) were new in \(year), and \(grouped(closing)) stood at the next "
        + "January with \(grouped(ceased)) ceased"
    }
    return nil
  }

  /// The requests that a calendar year's new plans came from: a share of the year's own, the rest the year
  /// before's.
  public func requestsBehind(_ year: Int, sameYearShare: Double) -> Double? {
    guard let now = requests[year] else { return nil }
    guard sameYearShare < 1 else { return now }
    guard let before = requests[year &- 1] else { return nil }
    return sameYearShare * now + (1 - sameYearShare) * before
  }
}
