import TimeSeries

/// What a ring-fenced grant makes available in a year: the block as published or assumed, transfers within their
/// limit, the import and export adjustment, and what policy adds to the balance.
struct GrantIncome {
  /// What is available in a year, in all and by line.
  struct Available {
    let total: Draws
    let lines: [ServiceLine]
  }

  private let service: RingFencedGrant
  private let context: SimulationContext
  private let lastPublished: FinancialYear
  private let blocks: [FinancialYear: Draws]
  private let approved: Draws
  let notes: [String]

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    let series = try context.requiredSeries(service.evidence.grant, for: service.id)
    var blocks: [FinancialYear: Draws] = [:]
    var last: FinancialYear?
    for point in series.points {
      guard let value = point.value, let start = point.period.startYear else { continue }
      blocks[FinancialYear(start)] = Draws(value)
      last = FinancialYear(start)
    }
    guard let last, let lastBlock = blocks[last] else {
      throw .nothingPublished(
        id: service.evidence.grant, area: context.area, asOf: "\(context.asOf)", service: service.id)
    }
    let before = try context.assumption(service.assumptions.grantGrowth, for: service.id)
    let breakYear = context.policies.fundingBreaks.map { FinancialYear($0.content) }.min()
    var block = lastBlock
    var year = last.next
    while year <= context.years.upperBound {
      let growth =
        if let breakYear, year >= breakYear {
          try context.assumption(service.assumptions.grantGrowthAfterBreak, for: service.id)
        } else {
          before
        }
      block = block * (growth + 1)
      blocks[year] = block
      year = year.next
    }
    lastPublished = last
    self.blocks = blocks
    var notes = ["The high needs block is as published to \(last); later blocks are assumed."]
    if let breakYear, breakYear <= context.years.upperBound {
      notes.append(
        "The block of \(breakYear) is not like for like with the year before: growth from then on is an assumption of its own."
      )
    }
    if let grant = context.policies.stabilityGrant.last?.content {
      let chance = try context.assumption(grant.planApproved, for: service.id)
      approved = context.uniform("policy/stability-grant").combined(chance) { $0 < $1 ? 1 : 0 }
      notes.append(
        "The stability grant pays \(Int((grant.share * 100).rounded())) per cent of the eligible deficit of \(grant.deficitAt) in "
          + "\(FinancialYear(grant.paidInYear)), if the local plan is approved.")
    } else {
      approved = Draws(0)
    }
    self.notes = notes
    try checkTransfers()
  }

  /// A transfer above the limit needs the Secretary of State.
  private func checkTransfers() throws(CommissioningError) {
    for transfer in service.blockTransfers where !transfer.isDisapplied {
      guard transfer.amount >= 0 else {
        throw .invalid(
          service: service.id,
          reason: "the block transfer of \(transfer.year) is negative; give the pounds that high needs receives")
      }
      guard
        let limit = context.policies.blockTransferLimit
          .last(where: { $0.effective <= transfer.year.lastDay })?.content,
        let series = context.series(service.evidence.schoolsBlock),
        let block = series.point(at: transfer.year.period)?.value ?? series.latest?.value
      else { continue }
      if transfer.amount > limit * block {
        throw .transferAboveLimit(
          service: service.id, year: "\(transfer.year)", amount: "£\(Int(transfer.amount))",
          limit:
            "£\(Int(limit * block)), \(limit * 100) per cent of the schools block of "
            + (series.point(at: transfer.year.period) == nil ? "the latest year published" : "that year"))
      }
    }
  }

  private func transfer(in year: FinancialYear) -> Double {
    service.blockTransfers.filter { $0.year == year }.reduce(0) { $0 + $1.amount }
  }

  /// What was available in a year whose block is published; nil for other years.
  func publishedAvailable(_ year: FinancialYear) -> Double? {
    guard year <= lastPublished, let block = blocks[year]?.knownValue else { return nil }
    return block + transfer(in: year)
  }

  /// What is available in a year.
  func available(in year: FinancialYear) throws(CommissioningError) -> Available {
    guard let block = blocks[year] else {
      throw .missing(service: service.id, what: "the high needs block", period: "\(year)")
    }
    let adjustment = try context.assumption(service.assumptions.importExport, for: service.id)
    let moved = Draws(transfer(in: year))
    return Available(
      total: block + moved + adjustment,
      lines: [
        ServiceLine(id: "high-needs-block", name: "High needs block", part: .budget, amount: block),
        ServiceLine(
          id: "block-transfer", name: "Transfer from the schools block", part: .budget, amount: moved),
        ServiceLine(
          id: "import-export", name: "Import and export adjustment", part: .budget, amount: adjustment),
      ])
  }

  /// Whether the stability grant measures the deficit at the end of a year.
  func measuresDeficit(at year: FinancialYear) -> Bool {
    context.policies.stabilityGrant.last?.content.deficitAt == year.lastDay
  }

  /// The stability grant received in a year, given the deficit it was measured on (positive).
  func stability(in year: FinancialYear, deficit: Draws) throws(CommissioningError) -> Draws {
    guard let grant = context.policies.stabilityGrant.last?.content, grant.paidInYear == year.start
    else { return Draws(0) }
    let eligible = try context.assumption(grant.eligibleShare, for: service.id)
    return deficit.positivePart * eligible * approved * grant.share
  }
}
