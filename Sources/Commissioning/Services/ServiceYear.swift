/// One year of a service in every simulated future. What is not known and not forecast is nil.
public struct ServiceYear: Sendable {
  /// The financial year.
  public let year: FinancialYear
  /// Whether it is published, rolled forward or forecast.
  public let kind: YearKind
  /// The people of whom those who need the service are a share, on average over the year; nil where the need is not a
  /// share of a population.
  public var population: Draws?
  /// Who needs the service.
  public var need: Draws?
  /// What they ask of the scarce resource.
  public var demand: Draws?
  /// What there is of it.
  public var supply: Draws?
  /// What is left over.
  public var unmetNeed: Draws?
  /// Pounds spent.
  public var spend: Draws?
  /// Pounds available.
  public var budget: Draws?
  /// Pounds available less pounds spent; negative is an overspend.
  public var inYearBalance: Draws?
  /// Pounds carried forward, for a ring-fenced service; negative is a deficit.
  public var closingBalance: Draws?
  /// The part of the spend that rests on assumptions and not on published series.
  public var spendOnAssumption: Draws?
  /// The part of the budget that rests on assumptions and not on published series.
  public var budgetOnAssumption: Draws?
  /// The parts of the spend, which sum to it; of the budget, likewise; and of the balance, which with the in-year
  /// balance make the movement from one closing balance to the next.
  public var lines: [ServiceLine] = []
  /// The flows that carry the stock from one count to the next, where they are known: opening and what moves it, which
  /// sum to the closing stock in every future.
  public var flows: [ServiceFlow] = []

  /// The means of the year's account to the penny, of which parts sum to totals; nil where the service keeps no account.
  var footing: AccountSummary?

  /// A year of which nothing is known yet.
  init(year: FinancialYear, kind: YearKind) {
    self.year = year
    self.kind = kind
  }
}

extension ServiceYear {
  /// Pounds that the service costs the General Fund beside its own grant; nil where nothing of it is planned.
  public var generalFund: Draws? { total(of: .generalFund) }

  /// Pounds of the spend that others do not pay; nil where no contributions are planned.
  public var netSpend: Draws? {
    guard let spend, let contributions = total(of: .contribution) else { return nil }
    return spend - contributions
  }

  /// The sum of the lines of a part; nil where there are none.
  private func total(of part: ServiceLine.Part) -> Draws? {
    let own = lines.filter { $0.part == part }
    return own.isEmpty ? nil : Draws.sum(own.map(\.amount))
  }
}

/// A named part of a year's money in every simulated future.
public struct ServiceLine: Sendable {
  /// What the line is part of.
  public enum Part: String, Sendable {
    /// What was spent.
    case spend
    /// What is available.
    case budget
    /// What moves the balance beside the two.
    case balance
    /// What the service costs the General Fund beside its own grant.
    case generalFund = "general-fund"
    /// What others pay towards the spending, which is gross of it.
    case contribution
  }

  /// The name that scripts use.
  public let id: String
  /// The name that people use.
  public let name: String
  /// What the line is part of.
  public let part: Part
  /// Pounds.
  public let amount: Draws
  /// What was paid for, where the line is a number times a price: plans, children or places on average over the year,
  /// or children treated in it; nil for money that follows no number.
  public var units: Draws?

  /// Pounds for one unit over the year; nil where the line has no units.
  public var unitCost: Draws? { units.map { amount / $0 } }
}

/// A flow of people, or the stock that it starts from or ends in, in every simulated future.
public struct ServiceFlow: Sendable {
  /// The name that scripts use: `opening`, `new-plans`, `closing`.
  public let id: String
  /// The name that people use.
  public let name: String
  /// People in the year, or at its beginning or end; what leaves is negative.
  public let draws: Draws
  /// Whether it is part of the sum from opening to closing.
  public var isInStock = true
}

extension ServiceLine.Part {
  /// The same part as a ledger names it.
  init(_ part: LedgerLine.Part) {
    switch part {
    case .spend: self = .spend
    case .budget: self = .budget
    case .movement: self = .balance
    }
  }
}
