extension LedgerLine.Part {
  /// The same part among the lines of a service.
  var servicePart: ServiceLine.Part {
    switch self {
    case .spend: .spend
    case .budget: .budget
    case .movement: .balance
    }
  }
}

extension ServiceYear {
  /// Takes its money from an account: lines, spend, budget, in-year balance and closing balance, which then sum to the
  /// penny in every future. What else it holds stays.
  ///
  /// - Parameter units: what was paid for, by the id of the line, where a line is a number times a price.
  mutating func take(_ account: AccountYear, units: [String: Draws] = [:]) {
    lines = account.lines.map { line in
      ServiceLine(
        id: line.id, name: line.name, part: line.part.servicePart, amount: line.amount.pounds,
        units: units[line.id])
    }
    spend = account.spend.pounds
    budget = account.budget.pounds
    inYearBalance = account.inYear.pounds
    closingBalance = account.closing.pounds
  }
}

extension GrantAccountYear {
  /// A transfer as a service states it: with the Secretary of State's approval where it is disapplied, and otherwise
  /// with the schools forum's.
  static func transfer(_ pounds: Draws, isDisapplied: Bool) -> Transfer {
    Transfer(pounds: pounds, approval: isDisapplied ? .secretaryOfState : .schoolsForum)
  }
}
