import Statistics
import TimeSeries

/// Annual reviews of plans as a queue, and what its backlog does to ceasing.
///
/// A plan must be reviewed within so many months of the last review (twelve by the Children and Families Act 2014,
/// section 44; data here). In monthly steps every plan grows a month older since its last review, falls due at the
/// interval, waits while there is no capacity, and begins again when it is reviewed:
///
///     waiting + due - completed = waiting next;  completed = min(waiting + due, capacity / 12)
///
/// A child is in the backlog once, however late, because a late review settles the one after as well; with as many
/// plans as P and a capacity of C reviews a year the backlog settles at P - C, and not beyond all bounds. New plans
/// begin with no time since review, and those that cease leave in proportion from all.
///
/// A share of reviews ends in ceasing, and a share in a move to another setting. For children who wait these do not
/// happen, so that the backlog holds up the stock: held = waiting x share, and ceasing is lower by its growth.
public struct AnnualReviews: Sendable {
  /// Months within which a review must follow the last.
  public let interval: [DatedRule<Int>]
  /// The part of reviews that ends in the plan being ceased.
  public let ceased: CountedShare
  /// The part of reviews that ends in a move to another setting.
  public let moved: CountedShare
  /// Plans when the first year begins.
  public let plans: Draws
  /// Children among them whose review is overdue.
  public let overdue: Draws

  /// What happens in a year.
  public struct Inputs: Sendable {
    /// Plans issued or transferred in.
    public let new: Draws
    /// Plans ceased or transferred out.
    public let leaving: Draws
    /// Reviews that can be completed.
    public let capacity: Draws
    /// Pounds a year that a plan costs that a review would have ended.
    public let yearlyCost: Draws

    /// Puts together a year's flows.
    public init(new: Draws, leaving: Draws, capacity: Draws, yearlyCost: Draws) {
      self.new = new
      self.leaving = leaving
      self.capacity = capacity
      self.yearlyCost = yearlyCost
    }
  }

  /// Reviews in a year.
  public struct Year: Sendable {
    /// The financial year.
    public let year: FinancialYear
    /// Reviews that fell due.
    public let due: Draws
    /// Reviews completed.
    public let completed: Draws
    /// Capacity that nothing was waiting for.
    public let unused: Draws
    /// Children overdue when the year ends.
    public let backlog: Draws
    /// Weeks of the year's capacity that the backlog is; nil where a future has no capacity.
    public let backlogWeeks: Draws?
    /// Plans when the year ends.
    public let plans: Draws
    /// Plans in the stock at the end of the year that a review in time would have ended.
    public let heldCeasings: Draws
    /// Children waiting at the end of the year for a move that a review would have made.
    public let heldMoves: Draws
    /// Fewer plans ceased in the year because of the backlog; negative while it is worked off.
    public let delayedCeasings: Draws
    /// What held plans cost over the year, by the average over its months.
    public let cost: FundLine
  }

  static let service = "annual reviews"

  /// Checks and puts together the queue.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a backlog above the plans, an interval outside 1 to
  ///   60 months, or shares that together pass one.
  public init(
    interval: [DatedRule<Int>], ceased: CountedShare, moved: CountedShare, plans: Draws, overdue: Draws
  ) throws(CommissioningError) {
    var check = FutureCheck(Self.service)
    for rule in interval where !(1...60).contains(rule.content) {
      throw .invalid(
        service: Self.service,
        reason: "reviews every \(rule.content) months (\(rule.source)) cannot be; 1 to 60 months are needed")
    }
    guard ceased.mean + moved.mean <= 1 else {
      throw .invalid(
        service: Self.service,
        reason:
          "\(perCent(ceased.mean)) of reviews end in ceasing and \(perCent(moved.mean)) in a move, which is more "
          + "than all; count each review once")
    }
    try check.take(plans, "the number of plans", .amount)
    try check.take(overdue, "the number of reviews overdue", .amount)
    do throws(CommissioningError) {
      try check.take(plans - overdue, "the plans not overdue", .amount)
    } catch {
      throw .invalid(
        service: Self.service,
        reason:
          "more children are overdue than have plans, in a simulated future; count children, not missed reviews"
      )
    }
    self.interval = interval
    self.ceased = ceased
    self.moved = moved
    self.plans = plans
    self.overdue = overdue
  }

  /// Carries the queue through the years of every future.
  ///
  /// Plans that are not overdue are taken to have been reviewed evenly over the months before the first year.
  ///
  /// - Parameters:
  ///   - years: the financial years, in order.
  ///   - inputs: plans, capacity and what else a year takes, by year.
  ///   - draws: the number of simulated futures.
  ///   - seed: the seed of the run.
  ///   - jobs: the most threads; any number gives the same result.
  ///   - asOf: the day by which the interval must have been known.
  public func years(
    _ years: ClosedRange<FinancialYear>, inputs: [FinancialYear: Inputs], draws: Int, seed: UInt64,
    asOf: CivilDate, jobs: Int = 1
  ) throws(CommissioningError) -> [Year] {
    guard draws > 0 else {
      throw .invalid(service: Self.service, reason: "\(draws) futures are asked for; ask for at least one")
    }
    guard let rule = DatedRule.inForce(interval, on: years.lowerBound.firstDay, asOf: asOf) else {
      throw .missing(
        service: Self.service, what: "the interval between reviews, from a source known by \(asOf),",
        period: "\(years.lowerBound)")
    }
    if let change = interval.first(where: {
      $0.known <= asOf && $0.effective > years.lowerBound.firstDay && $0.effective <= years.upperBound.lastDay
        && $0.content != rule.content
    }) {
      throw .invalid(
        service: Self.service,
        reason: "the interval between reviews changes on \(plainDate(change.effective)); "
          + "plan the years before and after it apart")
    }
    let all = (years.lowerBound.start...years.upperBound.start).map { FinancialYear($0) }
    var check = FutureCheck(Self.service, futures: draws)
    try check.take(plans, "the number of plans", .amount)
    try check.take(overdue, "the number of reviews overdue", .amount)
    var stock = plans
    var given: [Inputs] = []
    for year in all {
      guard let own = inputs[year] else {
        throw .missing(
          service: Self.service, what: "new plans, plans that leave and capacity", period: "\(year)")
      }
      try check.take(own.new, "the number of new plans in \(year)", .amount)
      try check.take(own.leaving, "the number of plans that leave in \(year)", .amount)
      try check.take(own.capacity, "the number of reviews that can be completed in \(year)", .amount)
      try check.take(own.yearlyCost, "the yearly cost of a plan held up in \(year)", .amount)
      stock = stock + own.new - own.leaving
      try check.take(
        stock, "opening plans and new ones less those that leave, by the end of \(year),", .amount)
      given.append(own)
    }
    let run = ReviewQueue(reviews: self, inputs: given, interval: rule.content, draws: draws, jobs: jobs)
    return try report(all, given, run, draws: draws, seed: seed)
  }

  private func report(
    _ years: [FinancialYear], _ inputs: [Inputs], _ run: ReviewQueue, draws: Int, seed: UInt64
  ) throws(CommissioningError) -> [Year] {
    let ending = share(ceased, "ceased", draws: draws, seed: seed)
    let moving = share(moved, "moved", draws: draws, seed: seed)
    var before = overdue * ending
    var result: [Year] = []
    for (place, year) in years.enumerated() {
      let backlog = run.column(.backlog, place)
      let held = backlog * ending
      let capacity = inputs[place].capacity
      let isOpen = (0..<draws).allSatisfy { (capacity[$0] ?? 0) > 0 }
      result.append(
        Year(
          year: year, due: run.column(.due, place), completed: run.column(.completed, place),
          unused: capacity - run.column(.completed, place), backlog: backlog,
          backlogWeeks: isOpen ? backlog / capacity * year.weeks : nil, plans: run.column(.plans, place),
          heldCeasings: held, heldMoves: backlog * moving, delayedCeasings: held - before,
          cost: try FundLine(
            id: "review-backlog", name: "Plans held up by the backlog of reviews",
            pounds: run.column(.average, place) * ending * inputs[place].yearlyCost, service: Self.service)))
      before = held
    }
    return result
  }

  /// A share drawn once for each future.
  private func share(_ share: CountedShare, _ name: String, draws: Int, seed: UInt64) -> Draws {
    let stream = RandomStream(seed: seed, name: "annual-reviews/\(name)")
    return Draws(
      (0..<draws).map { path in
        var own = stream.path(UInt64(path))
        return share.draw(&own)
      })
  }
}
