/// What the measures of a register are worth: each measure's part of what all of them save together, certain and by
/// its probability.
///
/// Savings are spending without the measures less spending with them, of all services of the plan, with what the
/// measures cost taken off where a service of the plan pays for it. Measures act on each other, so a part is the mean of what a measure adds in the order of
/// the register and in that order turned round; the parts sum to the whole in every simulated future.
public struct MeasureWorth: Sendable {
  /// One measure.
  public struct Row: Sendable {
    /// The measure.
    public let measure: Mitigation
    /// Pounds saved by year, in the order of ``MeasureWorth/years``, if every measure is delivered.
    public let certain: [Quantity]
    /// Pounds saved by year, in as many futures as delivery is likely.
    public let weighted: [Quantity]
    /// Pounds saved in all years together, if every measure is delivered.
    public let certainInAll: Quantity
    /// Pounds saved in all years together, in as many futures as delivery is likely.
    public let weightedInAll: Quantity
  }

  /// What all measures save together.
  public struct Whole: Sendable {
    /// Pounds saved by year, if every measure is delivered.
    public let certain: [Quantity]
    /// Pounds saved by year, in as many futures as delivery is likely.
    public let weighted: [Quantity]
    /// Pounds saved in all years together, if every measure is delivered.
    public let certainInAll: Quantity
    /// Pounds saved in all years together, in as many futures as delivery is likely.
    public let weightedInAll: Quantity
  }

  /// The years that were looked at.
  public let years: [FinancialYear]
  /// The measures that count, in the order of the register.
  public let rows: [Row]
  /// All of them.
  public let whole: Whole
  /// Measures that stand in the budget already: shown, and never counted again.
  public let inBudget: [Mitigation]
  /// The number of simulated futures, which may be fewer than the plan's.
  public let draws: Int

  /// Works out what the measures of a register are worth.
  ///
  /// - Parameters:
  ///   - register: the measures.
  ///   - years: the years to look at.
  ///   - draws: the number of simulated futures of the runs.
  ///   - spending: the spending of all services in each of the years when some of the measures count in a mode.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` when runs cannot be compared; whatever `spending` throws.
  public init(
    of register: MitigationRegister, years: [FinancialYear], draws: Int,
    spending: (MitigationMode, Set<String>) throws(CommissioningError) -> [Draws]
  ) throws(CommissioningError) {
    let measures = register.measures.filter { !$0.isInBudget }
    func attribution(_ mode: MitigationMode) throws(CommissioningError) -> Attribution {
      try Attribution(of: measures.map(\.id), rule: .bothOrders) { ids throws(CommissioningError) in
        try spending(mode, ids)
      }
    }
    let certain = try attribution(.certain)
    let weighted = try attribution(.weighted)
    var rows: [Row] = []
    for (index, measure) in measures.enumerated() {
      let (sure, likely) = (certain.parts[index].part, weighted.parts[index].part)
      rows.append(
        Row(
          measure: measure, certain: try Self.saved(sure), weighted: try Self.saved(likely),
          certainInAll: try Self.saved(inAll: sure), weightedInAll: try Self.saved(inAll: likely)))
    }
    self.rows = rows
    whole = Whole(
      certain: try Self.saved(certain.joint), weighted: try Self.saved(weighted.joint),
      certainInAll: try Self.saved(inAll: certain.joint), weightedInAll: try Self.saved(inAll: weighted.joint)
    )
    self.years = years
    self.draws = draws
    inBudget = register.inBudget
  }

  private static func saved(_ changes: [Draws]) throws(CommissioningError) -> [Quantity] {
    var result: [Quantity] = []
    for change in changes { result.append(try Quantity(-change)) }
    return result
  }

  private static func saved(inAll changes: [Draws]) throws(CommissioningError) -> Quantity {
    try Quantity(-Draws.sum(changes))
  }
}
