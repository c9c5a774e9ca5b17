import TimeSeries

/// What is known of a ring-fenced grant's balance: where the account opens, and what earlier balances say of spending.
struct GrantBalances {
  /// The balance from which the account goes on.
  struct Opening {
    let year: FinancialYear
    let amount: Double
    let source: String

    var text: String {
      amount < 0 ? "a deficit of \(millions(-amount))" : "a surplus of \(millions(amount))"
    }
  }

  /// The latest balance that the user states or that was published; of one year, the statement.
  private(set) var opening: Opening
  private(set) var notes: [String] = []
  private var balances: [FinancialYear: Double]
  /// The years whose balance is stated; the others' are published.
  private let stated: Set<FinancialYear>
  private let service: RingFencedGrant
  private let context: SimulationContext

  init(_ service: RingFencedGrant, in context: SimulationContext) throws(CommissioningError) {
    self.service = service
    self.context = context
    var balances: [FinancialYear: Double] = [:]
    var latest: Opening?
    let whole = try context.pounds(service.evidence.wholeGrant, .grant, for: service.id)
    for (year, share) in try context.shares(service.evidence.deficit, for: service.id) {
      guard let grant = whole.first(where: { $0.year == year })?.value else {
        notes.append(
          "The deficit of \(year) is published as a share of a grant (\"\(service.evidence.wholeGrant)\") that is not, "
            + "and cannot be put into pounds.")
        continue
      }
      balances[year] = -share * grant
      latest = Opening(
        year: year, amount: -share * grant,
        source: "published as a share of the year's grant, all blocks, net")
    }
    var stated: Set<FinancialYear> = []
    for statement in try Self.known(service.openingBalances, "balance", service, in: context) {
      stated.insert(statement.year)
      balances[statement.year] = statement.amount
      if latest.map({ statement.year >= $0.year }) ?? true {
        latest = Opening(year: statement.year, amount: statement.amount, source: statement.source)
      }
    }
    guard let latest else {
      throw .nothingPublished(
        id: service.evidence.deficit, area: context.area, asOf: "\(context.asOf)", service: service.id)
    }
    opening = latest
    self.balances = balances
    self.stated = stated
  }

  /// The account as it would open on the balance before, had the one it opens on not been stated; nil where that one
  /// is published, or is the first.
  var withoutStatedOpening: GrantBalances? {
    guard stated.contains(opening.year), let year = balances.keys.filter({ $0 < opening.year }).max(),
      let amount = balances[year]
    else { return nil }
    var other = self
    other.balances[opening.year] = nil
    other.opening = Opening(year: year, amount: amount, source: "the balance before")
    return other
  }

  /// The balance at the end of a year, as stated or published.
  func balance(at year: FinancialYear) -> Double? { balances[year] }

  /// The statements known on the plan's date in the order of their years; of one year, the latest known comes last.
  private static func known(
    _ statements: [RingFencedGrant.Statement], _ what: String, _ service: RingFencedGrant,
    in context: SimulationContext
  ) throws(CommissioningError) -> [RingFencedGrant.Statement] {
    for statement in statements where statement.known < statement.year.lastDay {
      throw .invalid(
        service: service.id,
        reason:
          "the stated \(what) of \(statement.year) was known on \(statement.known), before the year was over; "
          + "state what happened, not what was forecast")
    }
    return statements.filter { $0.known <= context.asOf }
      .sorted { ($0.year.start, $0.known) < ($1.year.start, $1.known) }
  }

  // MARK: Spending

  /// A year's spending in all on the service, in every simulated future.
  struct Anchor {
    let year: FinancialYear
    let spend: Draws
    /// Whether it is the difference of a published balance and a stated one.
    var mixesBalances = false
    /// As it would be printed: without what is assumed of other blocks and of import and export.
    let stated: Double
    let source: String
  }

  /// Whether the balance of a year was moved by something that is neither spending nor the year's grant: the stability
  /// grant, or the end of the statutory override where it does not leave the deficit as it is.
  private func isMovedOnce(_ year: FinancialYear) -> Bool {
    if DatedRule.latest(context.policies.stabilityGrant)?.content.paidInYear == year.start { return true }
    guard context.policies.afterOverride != .held,
      let end = DatedRule.latest(context.policies.statutoryOverride)?.content
    else { return false }
    return year.firstDay > end && year.previous.firstDay <= end
  }

  /// The years whose spending is known in all: what was available less what the balance moved by, or what a document
  /// states.
  ///
  /// A published balance is of all blocks. What the plan assumes of the other blocks, and of import and export, is
  /// taken to have held in such a year as well; otherwise it would be counted twice, once in the level and once in
  /// every year of the account.
  func anchors(_ income: GrantIncome) throws(CommissioningError) -> [Anchor] {
    var anchors: [Anchor] = []
    for statement in try Self.known(service.statedSpending, "spending", service, in: context) {
      guard statement.amount >= 0 else {
        throw .invalid(
          service: service.id,
          reason: "the stated spending of \(statement.year) is negative; spending is a positive number")
      }
      anchors.removeAll { $0.year == statement.year }
      anchors.append(
        Anchor(
          year: statement.year, spend: Draws(statement.amount), stated: statement.amount,
          source: statement.source))
    }
    let beside =
      try context.assumption(service.assumptions.otherBlocks, for: service.id)
      + (try context.assumption(service.assumptions.importExport, for: service.id))
    for (year, closing) in balances {
      guard let start = balances[year.previous], let available = income.publishedAvailable(year) else {
        continue
      }
      // A grant or a charge that moved the balance of that year would be taken for spending less.
      guard !isMovedOnce(year) else { continue }
      let implied = available + start - closing
      guard implied >= 0 else {
        try context.refuse(
          .implausible(
            service: service.id, series: service.evidence.deficit, area: context.area, period: year.period,
            value: grouped(closing.rounded()),
            wanted: "a balance that spending could have led to: from \(grouped(start.rounded())) with "
              + "\(grouped(available.rounded())) available, spending would be \(grouped(implied.rounded()))"))
        continue
      }
      anchors.removeAll { $0.year == year }
      anchors.append(
        Anchor(
          year: year, spend: beside + implied,
          mixesBalances: stated.contains(year) != stated.contains(year.previous), stated: implied,
          source: "the grant less the movement of the balance"))
    }
    // The order of a dictionary must not reach the result.
    return anchors.sorted { $0.year < $1.year }
  }
}
