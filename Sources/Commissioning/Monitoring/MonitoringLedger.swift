import TimeSeries

/// The entries of a monitoring view, checked and sorted by line.
struct MonitoringLedger {
  private let year: MonitoringYear
  /// How many periods have actuals.
  private let elapsed: Int
  private let actuals: [String: [Int?]]
  private let committed: [String: [Int]]
  private let expected: [String: (new: FundLine, ceasing: FundLine)]
  private let volumes: [String: [VolumeAndPrice]]
  private let reasons: [String: VarianceReason]
  /// Commitments that cost nothing any more.
  let notes: [String]

  private static let service = MonitoringView.service

  init(
    _ year: MonitoringYear, elapsed: Int, entries: MonitoringView.Entries
  ) throws(CommissioningError) {
    self.year = year
    self.elapsed = elapsed
    let check = FutureCheck(Self.service)
    guard !entries.lines.isEmpty else {
      throw .invalid(service: Self.service, reason: "there are no budget lines; give at least one")
    }
    let count =
      entries.lines.count + entries.actuals.count + entries.commitments.count + entries.expected.count
    guard count <= WholePence.entries else {
      throw .invalid(
        service: Self.service,
        reason: "there are \(count) entries, and at most \(WholePence.entries) are summed; "
          + "sum those of a line and period first")
    }
    let ids = entries.lines.map(\.id)
    try check.requireUnique(ids, "the budget line")
    let advice = "add it to the budget, with 0 if nothing was budgeted, or correct its name"
    try check.requireKnown(entries.actuals.map(\.line), among: ids, "an actual's budget line", advice)
    try check.requireKnown(entries.commitments.map(\.line), among: ids, "a commitment's budget line", advice)
    try check.requireKnown(
      entries.expected.map(\.line), among: ids, "an expected change's budget line", advice)
    try check.requireKnown(
      entries.volumes.map(\.line), among: ids, "the budget line of numbers and prices", advice)
    try check.requireKnown(entries.reasons.map(\.line), among: ids, "a reason's budget line", advice)
    try check.requireUnique(entries.commitments.map(\.id), "the commitment")
    try check.requireUnique(entries.expected.map(\.line), "the expected change of")
    try check.requireUnique(entries.reasons.map(\.line), "the reason for")
    actuals = try Self.sorted(entries.actuals, year, elapsed: elapsed)
    (committed, notes) = try Self.spread(entries.commitments, year, elapsed: elapsed)
    expected = try Self.rounded(entries.expected)
    volumes = Dictionary(grouping: entries.volumes, by: \.line)
    for reason in entries.reasons where reason.text.allSatisfy(\.isWhitespace) {
      throw .invalid(
        service: Self.service, reason: "the reason for \(reason.line) is empty; say why, or leave it out")
    }
    reasons = Dictionary(entries.reasons.map { ($0.line, $0) }) { first, _ in first }
  }

  private static func require(_ pence: Int, _ what: String) throws(CommissioningError) {
    guard pence.magnitude <= WholePence.limit else {
      throw .invalid(
        service: service,
        reason:
          "\(what) is \(WholePence.text(pence)), and at most \(WholePence.text(WholePence.limit)) is counted; "
          + "write pence")
    }
  }

  // MARK: Actuals

  private static func sorted(
    _ entries: [ActualSpend], _ year: MonitoringYear, elapsed: Int
  ) throws(CommissioningError) -> [String: [Int?]] {
    var result: [String: [Int?]] = [:]
    for actual in entries {
      let what = "the actual of \(actual.line) in \(actual.period.label)"
      try require(actual.pence, what)
      let place = try place(of: actual.period, year, what)
      guard place < elapsed else {
        throw .invalid(
          service: service,
          reason: "\(what) is of a period that is not over; enter it as a commitment, or move the last period"
        )
      }
      var row = result[actual.line] ?? Array(repeating: nil, count: year.periods.count)
      guard row[place] == nil else {
        throw .invalid(service: service, reason: "\(what) is given twice; add the two, or keep one of them")
      }
      row[place] = actual.pence
      result[actual.line] = row
    }
    return result
  }

  private static func place(
    of period: Period, _ year: MonitoringYear, _ what: String
  ) throws(CommissioningError) -> Int {
    guard let place = year.place(of: period) else {
      throw .invalid(
        service: service,
        reason: "\(what) is of no \(year.step.rawValue) of \(year.year); write one such as "
          + "\(year.periods.first?.label ?? "")")
    }
    return place
  }

  // MARK: Commitments

  private static func spread(
    _ entries: [Commitment], _ year: MonitoringYear, elapsed: Int
  ) throws(CommissioningError) -> (byLine: [String: [Int]], notes: [String]) {
    var result: [String: [Int]] = [:]
    var notes: [String] = []
    for commitment in entries {
      var row = result[commitment.line] ?? Array(repeating: 0, count: year.periods.count)
      switch commitment.kind {
      case .amount(let period, let pence):
        let what = "the commitment \"\(commitment.id)\" of \(period.label)"
        try require(pence, what)
        let place = try place(of: period, year, what)
        guard place >= elapsed else {
          throw .invalid(
            service: service, reason: "\(what) is of a period that is over; what was spent in it is an actual"
          )
        }
        row[place] += pence
      case .placement(let first, let last, let weekly):
        let parts = try cost(
          commitment.id, first: first, last: last, weekly: weekly, year, elapsed: elapsed)
        if parts.allSatisfy({ $0 == 0 }) {
          notes.append(
            "The commitment \"\(commitment.id)\" costs nothing from the last actual to the end of the year.")
        }
        for (place, part) in zip(row.indices, parts) { row[place] += part }
      }
      result[commitment.line] = row
    }
    return (result, notes)
  }

  /// What a placement costs in each period that is to come: its days' cost to date rounded to the penny and the
  /// differences taken, so that the periods sum to what all its days cost.
  private static func cost(
    _ id: String, first: CivilDate, last: CivilDate?, weekly: Int, _ year: MonitoringYear, elapsed: Int
  ) throws(CommissioningError) -> [Int] {
    if let last, last < first {
      throw .invalid(
        service: service,
        reason: "the commitment \"\(id)\" ends on \(last), before it begins on \(first); turn the dates round"
      )
    }
    guard weekly >= 0, weekly <= WholePence.limit / 100 else {
      throw .invalid(
        service: service,
        reason: "the commitment \"\(id)\" costs \(WholePence.text(weekly)) a week, and 0 to "
          + "\(WholePence.text(WholePence.limit / 100)) is needed")
    }
    var days = 0
    var charged = 0
    return year.periods.indices.map { place in
      guard place >= elapsed else { return 0 }
      days += year.days(ofPeriodAt: place, from: first, to: last ?? year.year.lastDay)
      let soFar = WholePence.rounded(weekly * days, over: 7)
      defer { charged = soFar }
      return soFar - charged
    }
  }

  // MARK: Expected

  private static func rounded(
    _ entries: [ExpectedChange]
  ) throws(CommissioningError) -> [String: (new: FundLine, ceasing: FundLine)] {
    var check = FutureCheck(service)
    var result: [String: (new: FundLine, ceasing: FundLine)] = [:]
    for change in entries {
      try check.take(change.new, "what new placements will cost on \(change.line)", .amount)
      try check.take(change.ceasing, "what ceasing will save on \(change.line)", .amount)
      result[change.line] = (
        try FundLine(id: "new", name: "Expected new on \(change.line)", pounds: change.new, service: service),
        try FundLine(
          id: "ceasing", name: "Ceasing on \(change.line)", pounds: change.ceasing, service: service)
      )
    }
    return result
  }

  // MARK: Rows

  func row(_ line: BudgetLine) throws(CommissioningError) -> MonitoringRow {
    let budgets = try line.profiled(over: year)
    let spent = actuals[line.id] ?? Array(repeating: nil, count: budgets.count)
    for place in 0..<elapsed where spent[place] == nil {
      throw .missing(
        service: Self.service, what: "what was spent on \(line.name) (0 if nothing was)",
        period: year.periods[place].label)
    }
    let promised = committed[line.id] ?? Array(repeating: 0, count: budgets.count)
    let actual = spent.reduce(0) { $0 + ($1 ?? 0) }
    let commitment = promised.reduce(0, +)
    let none = FundLine(id: "none", name: "None", pence: Draws(0))
    let (new, ceasing) = expected[line.id] ?? (none, none)
    if commitment >= 0 { try requireCovered(line, commitment: commitment, new: new, ceasing: ceasing) }
    // The means of amounts that a line may have are far inside what an Int holds.
    let (expectedNew, expectedCeasing) = (
      WholePence.nearest(new.pence.mean), WholePence.nearest(ceasing.pence.mean)
    )
    let forecast = actual + commitment + expectedNew - expectedCeasing
    let draws = new.pence - ceasing.pence + Double(actual + commitment)
    let toDate = budgets.prefix(elapsed).reduce(0, +)
    let variance = line.pence - forecast
    let parts = volumes[line.id] ?? []
    return MonitoringRow(
      id: line.id, name: line.name,
      periods: year.periods.indices.map {
        MonitoringRow.Cell(
          period: year.periods[$0], budget: budgets[$0], actual: spent[$0], commitment: promised[$0])
      },
      budget: line.pence, budgetToDate: toDate, actualToDate: actual, varianceToDate: toDate - actual,
      commitment: commitment, expectedNew: expectedNew, expectedCeasing: expectedCeasing, forecast: forecast,
      variance: variance, forecastQuantity: try Quantity(draws / 100),
      probabilityOverspend: try Probability(negative: -draws + Double(line.pence)),
      bridge: parts.isEmpty ? nil : try VarianceBridge(line: line.name, variance: variance, parts: parts),
      reason: reasons[line.id], forecastPence: draws)
  }

  /// Refuses that more ceases than is promised or expected.
  private func requireCovered(
    _ line: BudgetLine, commitment: Int, new: FundLine, ceasing: FundLine
  ) throws(CommissioningError) {
    let left = new.pence - ceasing.pence + Double(commitment)
    let path: Int?
    switch left.storage {
    case .known(let value): path = value < 0 ? 0 : nil
    case .sampled(let values): path = values.firstIndex { $0 < 0 }
    }
    guard let path else { return }
    throw .invalid(
      service: Self.service,
      reason:
        "on \(line.name) \(WholePence.text(Int(ceasing.pence[path] ?? 0))) ceases in simulated future \(path), "
        + "and only \(WholePence.text(commitment)) is committed; commit the placements that may cease")
  }
}
