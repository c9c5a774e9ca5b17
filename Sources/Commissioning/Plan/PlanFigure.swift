/// The quantities of a year, in the order and under the names that programs read.
public enum PlanFigure: String, CaseIterable, Hashable, Sendable {
  /// Who needs the service.
  case need
  /// What they ask of the scarce resource.
  case demand
  /// What there is of it.
  case supply
  /// What is left over.
  case unmetNeed
  /// Pounds spent.
  case spend
  /// Pounds available.
  case budget
  /// Pounds available less pounds spent.
  case inYearBalance
  /// Pounds carried forward.
  case closingBalance
  /// Pounds that it costs the General Fund beside its own grant.
  case generalFund
  /// Pounds of the spend that others do not pay.
  case netSpend

  /// The figure of a year; nil where it is neither known nor forecast.
  public func quantity(of year: YearOutcome) -> Quantity? {
    switch self {
    case .need: year.need
    case .demand: year.demand
    case .supply: year.supply
    case .unmetNeed: year.unmetNeed
    case .spend: year.spend
    case .budget: year.budget
    case .inYearBalance: year.inYearBalance
    case .closingBalance: year.closingBalance
    case .generalFund: year.generalFund
    case .netSpend: year.netSpend
    }
  }

  /// The figure of a year in every simulated future; nil where it is neither known nor forecast.
  public func draws(of year: ServiceYear) -> Draws? {
    switch self {
    case .need: year.need
    case .demand: year.demand
    case .supply: year.supply
    case .unmetNeed: year.unmetNeed
    case .spend: year.spend
    case .budget: year.budget
    case .inYearBalance: year.inYearBalance
    case .closingBalance: year.closingBalance
    case .generalFund: year.generalFund
    case .netSpend: year.netSpend
    }
  }

  /// Whether it is counted in pounds.
  public var isMoney: Bool {
    switch self {
    case .need, .demand, .supply, .unmetNeed: false
    case .spend, .budget, .inYearBalance, .closingBalance, .generalFund, .netSpend: true
    }
  }

  /// What a service's reader calls it.
  public func name(in service: ServiceOutcome) -> String {
    switch self {
    case .need: service.meaning.need
    case .demand: service.meaning.demand
    case .supply: service.meaning.supply
    case .unmetNeed: service.meaning.unmetNeed
    case .spend: "Spend"
    case .budget: "Budget"
    case .inYearBalance: service.isRingFenced ? "In-year balance" : "Variance (budget less spend)"
    case .closingBalance: "DSG balance carried forward (deficit negative)"
    case .generalFund: "Cost to the General Fund beside the grant"
    case .netSpend: "Net spend, after contributions of others"
    }
  }
}

extension ServiceOutcome {
  /// Whether a balance is carried from year to year.
  public var isRingFenced: Bool { years.contains { $0.closingBalance != nil } }
}
