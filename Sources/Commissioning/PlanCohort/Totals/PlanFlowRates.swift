/// How an area's stock of plans moves, estimated from totals: what becomes of requests, how many plans cease,
/// and what the published flows leave unexplained.
public struct PlanFlowRates: Sendable, Hashable {
  /// New plans for each request behind them; nil where no area has requests and new plans.
  public let yield: ShrunkRate?
  /// Plans ceased in a calendar year as a share of those at its January census.
  public let ceasing: ShrunkRate
  /// The unexplained line as a share of the plans at the January census.
  public let unexplained: ShrunkBalance
  /// The share of decisions that are to assess; nil where nothing is known of it.
  public let assessed: ShrunkRate?
  /// The share of decisions after an assessment that are to issue a plan; nil where nothing is known of it.
  public let issued: ShrunkRate?
  /// The part of a year's new plans that comes from the year's own requests; the rest comes from the year
  /// before's.
  public let sameYearShare: Double
  /// What a reader must know of how they came about, and what totals cannot say.
  public let notes: [String]

  /// The part of a year's plans that requests of the same year lead to when each takes the 20 weeks of
  /// regulation 13 of the Special Educational Needs and Disability Regulations 2014: those of the first 32
  /// weeks.
  public static let statutorySameYearShare = 32.0 / 52.0

  /// What totals cannot say.
  public static let limits =
    "These are totals: they hold no ages and no settings, so that nobody leaves at a stated age, no cohort "
    + "is seen to grow older, and a place in a dearer setting counts like any other."

  /// Estimates the rates of an area, drawn towards its comparators.
  ///
  /// A year whose counts contradict each other is left out and named in the notes; ask
  /// ``PlanCounts/contradiction(in:)`` first to refuse it.
  ///
  /// - Parameters:
  ///   - own: The area's counts.
  ///   - comparators: The counts of statistical neighbours, a region's areas, or England alone; may be empty.
  ///   - sameYearShare: The part of a year's new plans that comes from the year's own requests, above 0 and
  ///   to 1.
  ///   - service: Who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` where neither the area nor a comparator has
  ///   ceased plans with the stock they ceased from, or a count cannot be right.
  public static func estimated(
    from own: PlanCounts, comparators: [PlanCounts], sameYearShare: Double = statutorySameYearShare,
    service: String
  ) throws(CommissioningError) -> PlanFlowRates {
    guard sameYearShare > 0, sameYearShare <= 1 else {
      throw .invalid(
        service: service,
        reason:
          "the share of new plans from the same year's requests is \(sameYearShare); give one above 0 and "
          + "to 1"
      )
    }
    var notes = [limits]
    var ceased: [[RateObservation]] = []
    var left: [[Double]] = []
    for counts in [own] + comparators {
      var observations: [RateObservation] = []
      var shares: [Double] = []
      for year in Set(counts.ceased.keys).union(counts.newPlans.keys).sorted() {
        if let text = counts.contradiction(in: year) {
          notes.append(text + ": the flows of the year are left out.")
          continue
        }
        guard let count = counts.ceased[year], let opening = counts.stock[year], opening > 0, count <= opening
        else { continue }
        observations.append(RateObservation(count: count, exposure: opening))
        if let rest = counts.unexplained(in: year) { shares.append(rest / opening) }
      }
      ceased.append(observations)
      left.append(shares)
    }
    let ceasing = try ShrunkRate.estimated(
      .share, own: ceased.first ?? [], comparators: Array(ceased.dropFirst()), service: service,
      what: "ceased plans out of those at January")
    let unexplained = try ShrunkBalance.estimated(
      own: left.first ?? [], comparators: Array(left.dropFirst()), service: service,
      what: "plans that the published flows leave unexplained")
    let yield = try rate(.ratio, own, comparators, service, "new plans per request") { counts in
      counts.newPlans.keys.sorted().compactMap { year in
        guard let count = counts.newPlans[year], counts.contradiction(in: year) == nil,
          let requests = counts.requestsBehind(year, sameYearShare: sameYearShare), requests > 0
        else { return nil }
        return RateObservation(count: count, exposure: requests)
      }
    }
    let assessed = try rate(.share, own, comparators, service, "decisions to assess") {
      decisions($0.assessed)
    }
    let issued = try rate(.share, own, comparators, service, "decisions to issue a plan") {
      decisions($0.issued)
    }
    if yield == nil {
      notes.append(
        "No area has both requests and new plans, so that nothing can be said of how many requests become "
          + "plans.")
    }
    notes += [ceasing.notes, unexplained.notes, yield?.notes ?? []].joined()
    notes += [assessed?.notes ?? [], issued?.notes ?? []].joined()
    return PlanFlowRates(
      yield: yield, ceasing: ceasing, unexplained: unexplained, assessed: assessed, issued: issued,
      sameYearShare: sameYearShare, notes: notes)
  }

  private static func decisions(_ years: [Int: PlanDecisions]) -> [RateObservation] {
    years.keys.sorted().compactMap { year in
      years[year].map { RateObservation(count: $0.yes, exposure: $0.decided) }
    }
  }

  private static func rate(
    _ kind: ShrunkRate.Kind, _ own: PlanCounts, _ comparators: [PlanCounts], _ service: String,
    _ what: String,
    _ observations: (PlanCounts) -> [RateObservation]
  ) throws(CommissioningError) -> ShrunkRate? {
    let mine = observations(own)
    let others = comparators.map(observations)
    guard !mine.isEmpty || others.contains(where: { !$0.isEmpty }) else { return nil }
    return try ShrunkRate.estimated(kind, own: mine, comparators: others, service: service, what: what)
  }
}
