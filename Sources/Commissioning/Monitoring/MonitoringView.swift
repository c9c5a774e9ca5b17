import TimeSeries

/// A budget against what has been spent, what is promised and what is expected, by period of a financial year.
///
///     forecast = actual to date + commitment + expected new - expected ceasing
///     variance = budget - forecast      (negative is an overspend)
///
/// All of it is in whole pence: periods sum to the year, lines sum to the total, and a variance's parts to the variance.
public struct MonitoringView: Sendable {
  /// The year and its periods.
  public let year: MonitoringYear
  /// The last period with actuals; nil before the first is over.
  public let upTo: Period?
  /// The lines, in the budget's order.
  public let rows: [MonitoringRow]
  /// The sum of the lines.
  public let total: MonitoringRow
  /// What a reader must know: variances without a reason, reasons that figures do not bear out, commitments without
  /// effect.
  public let notes: [String]

  static let service = "monitoring"

  /// What a view is made from.
  public struct Entries: Sendable {
    /// The budget.
    public var lines: [BudgetLine]
    /// What was spent, for every line and period up to the last.
    public var actuals: [ActualSpend]
    /// What is promised beyond it.
    public var commitments: [Commitment]
    /// What is expected beside; none for a line that is not named.
    public var expected: [ExpectedChange]
    /// Numbers and prices behind lines, for the split of variances.
    public var volumes: [VolumeAndPrice]
    /// Reasons that budget holders give.
    public var reasons: [VarianceReason]

    /// Puts together the entries.
    public init(
      lines: [BudgetLine], actuals: [ActualSpend], commitments: [Commitment] = [],
      expected: [ExpectedChange] = [], volumes: [VolumeAndPrice] = [], reasons: [VarianceReason] = []
    ) {
      self.lines = lines
      self.actuals = actuals
      self.commitments = commitments
      self.expected = expected
      self.volumes = volumes
      self.reasons = reasons
    }
  }

  /// Makes the view.
  ///
  /// - Parameters:
  ///   - year: the financial year and its periods.
  ///   - upTo: the last period that is over and has actuals; nil before the first is.
  ///   - entries: budgets, actuals, commitments and reasons.
  ///   - reasonAbove: pence of variance, either way, above which a line without a reason is noted; nil to note none.
  /// - Throws: ``CommissioningError`` for entries without a budget line, periods that repeat, are missing or are not of
  ///   the year, commitments that end before they begin, and amounts beyond counting.
  public init(
    _ year: MonitoringYear, upTo: Period?, entries: Entries, reasonAbove: Int? = nil
  ) throws(CommissioningError) {
    var elapsed = 0
    if let upTo {
      guard let place = year.place(of: upTo) else {
        throw .invalid(
          service: Self.service,
          reason: "\(upTo.label) is no \(year.step.rawValue) of \(year.year); write one such as "
            + "\(year.periods.first?.label ?? "")")
      }
      elapsed = place + 1
    }
    let ledger = try MonitoringLedger(year, elapsed: elapsed, entries: entries)
    var rows: [MonitoringRow] = []
    for line in entries.lines { rows.append(try ledger.row(line)) }
    self.year = year
    self.upTo = upTo
    self.rows = rows
    total = try Self.total(rows, year)
    notes = ledger.notes + Self.notes(rows, reasonAbove: reasonAbove)
  }

  private static func total(
    _ rows: [MonitoringRow], _ year: MonitoringYear
  ) throws(CommissioningError) -> MonitoringRow {
    func sum(_ part: (MonitoringRow) -> Int) -> Int { rows.reduce(0) { $0 + part($1) } }
    let cells = year.periods.indices.map { place in
      let own = rows.map { $0.periods[place] }
      let actuals = own.compactMap(\.actual)
      return MonitoringRow.Cell(
        period: year.periods[place], budget: own.reduce(0) { $0 + $1.budget },
        actual: actuals.isEmpty ? nil : actuals.reduce(0, +), commitment: own.reduce(0) { $0 + $1.commitment }
      )
    }
    let forecast = Draws.sum(rows.map(\.forecastPence))
    let budget = sum(\.budget)
    // A line without numbers and prices has a variance that they do not explain.
    let hasBridge = rows.contains { $0.bridge != nil }
    let bridge = VarianceBridge(
      volume: sum { $0.bridge?.volume ?? 0 }, mix: sum { $0.bridge?.mix ?? 0 },
      price: sum { $0.bridge?.price ?? 0 }, timing: sum { $0.bridge?.timing ?? 0 },
      other: sum { $0.bridge?.other ?? $0.variance })
    return MonitoringRow(
      id: "total", name: "Total", periods: cells, budget: budget, budgetToDate: sum(\.budgetToDate),
      actualToDate: sum(\.actualToDate), varianceToDate: sum(\.varianceToDate), commitment: sum(\.commitment),
      expectedNew: sum(\.expectedNew), expectedCeasing: sum(\.expectedCeasing), forecast: sum(\.forecast),
      variance: sum(\.variance), forecastQuantity: try Quantity(forecast / 100),
      probabilityOverspend: try Probability(negative: -forecast + Double(budget)),
      bridge: hasBridge ? bridge : nil, reason: nil, forecastPence: forecast)
  }

  private static func notes(_ rows: [MonitoringRow], reasonAbove: Int?) -> [String] {
    rows.compactMap { row in
      guard let reason = row.reason else {
        guard let reasonAbove, row.variance.magnitude > reasonAbove.magnitude else { return nil }
        return "\(row.name): the variance of \(WholePence.text(row.variance)) has no reason."
      }
      let split: Set<VarianceReason.Kind> = [.volume, .mix, .price, .timing]
      guard let main = row.bridge?.main, split.contains(reason.kind), reason.kind != main else { return nil }
      return
        "\(row.name): the reason given is \(reason.kind.rawValue), and the figures say \(main.rawValue) most."
    }
  }
}
