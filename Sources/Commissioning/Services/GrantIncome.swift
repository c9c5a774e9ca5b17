import TimeSeries

/// What a ring-fenced grant makes available in a year: the block as published or assumed, transfers within their
/// limit, and the import and export adjustment.
struct GrantIncome {
  private let service: RingFencedGrant
  private let context: SimulationContext
  private let lastPublished: FinancialYear
  private let lastBlock: Draws
  private let blocks: [FinancialYear: Draws]
  private let transfers: [FinancialYear: Double]
  private let adjustment: Draws
  let notes: [String]

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    var blocks: [FinancialYear: Draws] = [:]
    let published = try context.pounds(service.evidence.grant, .grant, for: service.id)
    for (year, value) in published { blocks[year] = Draws(value) }
    guard let last = published.last else {
      throw .nothingPublished(
        id: service.evidence.grant, area: context.area, asOf: "\(context.asOf)", service: service.id)
    }
    lastPublished = last.year
    lastBlock = Draws(last.value)
    var notes = ["The high needs block is as published to \(last.year); later blocks are assumed."]
    let breakYear = context.policies.fundingBreaks.map { FinancialYear($0.content) }.min()
    var block = lastBlock
    var year = last.year.next
    while year <= context.years.upperBound {
      let name =
        if let breakYear, year >= breakYear {
          service.assumptions.grantGrowthAfterBreak
        } else {
          service.assumptions.grantGrowth
        }
      block = block * (try context.assumption(name, .growth, for: service.id) + 1)
      blocks[year] = block
      year = year.next
    }
    if let breakYear, breakYear <= context.years.upperBound {
      notes.append(
        "The block of \(breakYear) is not like for like with the year before: growth from then on is an assumption of its own."
      )
    }
    self.blocks = blocks
    adjustment = try context.assumption(service.assumptions.importExport, for: service.id)
    transfers = try Self.transfers(service, in: context, notes: &notes)
    self.notes = notes
  }

  /// The transfers known on the plan's date by year, none above its limit unless the Secretary of State has approved.
  private static func transfers(
    _ service: RingFencedGrant, in context: SimulationContext, notes: inout [String]
  ) throws(CommissioningError) -> [FinancialYear: Double] {
    var sums: [FinancialYear: Double] = [:]
    var limited: [FinancialYear: Double] = [:]
    for transfer in service.blockTransfers where transfer.known <= context.asOf {
      guard transfer.amount >= 0, transfer.amount.isFinite else {
        throw .invalid(
          service: service.id,
          reason:
            "the block transfer of \(transfer.year) is negative; give the pounds that high needs receives")
      }
      sums[transfer.year, default: 0] += transfer.amount
      if !transfer.isDisapplied { limited[transfer.year, default: 0] += transfer.amount }
    }
    // Approval is of an amount: what else moves in that year keeps to the limit.
    for (year, amount) in limited.sorted(by: { $0.key < $1.key }) {
      guard let limit = DatedRule.latest(context.policies.blockTransferLimit, effectiveBy: year.firstDay)
      else {
        notes.append(
          "No limit on block transfers in \(year) was known: the transfer of \(millions(amount)) is not checked."
        )
        continue
      }
      let schools = try context.pounds(service.evidence.schoolsBlock, .grant, for: service.id)
      guard let latest = schools.last else {
        throw .missing(
          service: service.id,
          what:
            "the schools block (\"\(service.evidence.schoolsBlock)\"), of which a transfer may be at most "
            + "\(plainText(limit.content * 100)) per cent,", period: "\(year)")
      }
      let block = schools.first { $0.year == year } ?? latest
      if block.year != year {
        notes.append(
          "The schools block of \(year) had not been published: its transfer is checked against that of \(block.year)."
        )
      }
      if amount > limit.content * block.value {
        throw .transferAboveLimit(
          service: service.id, year: "\(year)", amount: wholePounds(amount),
          limit:
            "\(wholePounds(limit.content * block.value)), \(plainText(limit.content * 100)) per cent of the "
            + "schools block of \(block.year)")
      }
    }
    return sums
  }

  /// What was available in a year whose block is published, transfers included; nil for other years.
  func publishedAvailable(_ year: FinancialYear) -> Double? {
    guard year <= lastPublished, let block = blocks[year]?.knownValue else { return nil }
    return block + (transfers[year] ?? 0)
  }

  /// What a year brings in, for the account.
  ///
  /// The basis is that of the published block, on which the level of spending is set.
  func year(_ year: FinancialYear) throws(CommissioningError) -> GrantAccountYear {
    guard let block = blocks[year] else {
      throw .missing(service: service.id, what: "the high needs block", period: "\(year)")
    }
    let flow = Flow(service: service.id, name: "grant")
    let changed = try context.flows.change(of: flow.name, in: service.id, year: year).applied(
      to: block, within: 0 ... .infinity, of: flow, in: "\(year)")
    var result = GrantAccountYear(
      year: year, highNeedsBlock: changed, blockBasis: .beforeRecoupment, spending: [])
    // Limits were checked when the transfers were read, against the latest schools block where the year's own had not
    // been published.
    result.schoolsTransfers = [
      GrantAccountYear.Transfer(pounds: Draws(transfers[year] ?? 0), approval: .secretaryOfState)
    ]
    result.importExport = adjustment
    return result
  }

  /// The part of a year's available money that no published block explains.
  func onAssumption(_ year: FinancialYear, of total: Draws) -> Draws {
    let assumedBlock = year <= lastPublished ? Draws(0) : (blocks[year] ?? Draws(0)) - lastBlock
    return (assumedBlock.magnitude + adjustment.magnitude).atMost(total)
  }
}
