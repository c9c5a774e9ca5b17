import TimeSeries

/// A line of a budget that is monitored: its amount for the year, and how that is spread over the year's periods.
public struct BudgetLine: Hashable, Sendable {
  /// How a year's budget is spread.
  public enum Profile: Hashable, Sendable {
    /// The same in each period.
    case equal
    /// By the days of each period.
    case days
    /// By term: each term's share falls in the period of its first day, when it is invoiced.
    case terms([Term])
    /// As given, pence for each period in order; they sum to the year's budget.
    case given([Int])
  }

  /// A term that is invoiced at its start.
  public struct Term: Hashable, Sendable {
    /// Its first day.
    public let first: CivilDate
    /// Its share of the year's budget, 0 to 1.
    public let share: Double

    /// Describes a term.
    public init(first: CivilDate, share: Double) {
      self.first = first
      self.share = share
    }
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// The year's budget, pence; negative for income.
  public let pence: Int
  /// How it is spread.
  public let profile: Profile

  /// Describes a line.
  public init(id: String, name: String, pence: Int, profile: Profile) {
    self.id = id
    self.name = name
    self.pence = pence
    self.profile = profile
  }

  /// The budget of each period, which sum to the year's to the penny.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a profile that does not fit the year or its budget.
  public func profiled(over year: MonitoringYear) throws(CommissioningError) -> [Int] {
    guard pence.magnitude <= WholePence.limit else {
      throw .invalid(
        service: id,
        reason:
          "the budget is \(WholePence.text(pence)), and at most \(WholePence.text(WholePence.limit)) is counted; "
          + "write pence")
    }
    switch profile {
    case .equal: return try WholePence.apportioned(pence, weights: year.periods.map { _ in 1 })
    case .days: return try WholePence.apportioned(pence, weights: year.periods.map { Double($0.days ?? 0) })
    case .terms(let terms): return try byTerm(terms, year)
    case .given(let amounts):
      guard amounts.count == year.periods.count else {
        throw .invalid(
          service: id,
          reason:
            "the budget is given for \(amounts.count) periods, and \(year.year) has \(year.periods.count)")
      }
      guard amounts.allSatisfy({ $0.magnitude <= WholePence.limit }) else {
        throw .invalid(
          service: id,
          reason: "the budget of a period is above \(WholePence.text(WholePence.limit)); write pence")
      }
      let sum = amounts.reduce(0, +)
      guard sum == pence else {
        throw .invalid(
          service: id,
          reason: "the budget of the periods comes to \(WholePence.text(sum)), and that of the year is "
            + "\(WholePence.text(pence)); they must agree to the penny")
      }
      return amounts
    }
  }

  private func byTerm(_ terms: [Term], _ year: MonitoringYear) throws(CommissioningError) -> [Int] {
    var weights = [Double](repeating: 0, count: year.periods.count)
    for term in terms {
      guard term.share >= 0, term.share <= 1 else {
        throw .invalid(
          service: id,
          reason: "the term from \(term.first) has a share of \(plainText(term.share)), and 0 to 1 is needed")
      }
      guard let place = year.place(of: term.first) else {
        throw .invalid(
          service: id,
          reason: "the term from \(term.first) begins outside \(year.year); give the terms of that year")
      }
      weights[place] += term.share
    }
    let sum = weights.reduce(0, +)
    guard (sum - 1).magnitude <= 1e-9 else {
      throw .invalid(
        service: id,
        reason: "the shares of the terms sum to \(plainText((sum * 1e9).rounded() / 1e9)), and 1 is needed")
    }
    return try WholePence.apportioned(pence, weights: weights)
  }
}
