import TimeSeries

extension WaitingListDefinition {
  /// A list whose referrals, capacity and leavers are estimated from its own counts.
  ///
  /// Referrals and capacity go on at their means, as uncertain as their standard errors say. Those waiting are laid out evenly, as
  /// referrals at the mean rate leave them that are seen in order.
  ///
  /// - Parameters:
  ///   - id: the name that scripts use.
  ///   - estimates: what the counts say.
  ///   - source: where they stand.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` where the number waiting is not known, or nobody is referred.
  public init(id: String, estimates: WaitingFlowEstimates, source: String) throws(IndicatorsError) {
    guard let waiting = estimates.waiting else {
      throw .invalid(
        subject: id,
        reason:
          "the number waiting is in no period, from which a projection begins; add a series \"waiting\", counted at the end of "
          + "each period")
    }
    guard let end = estimates.last.end else {
      throw .invalid(subject: id, reason: "\(estimates.last.label) has no last day; give weeks or months")
    }
    guard estimates.demand.mean.count > 0 else {
      throw .invalid(subject: id, reason: "nobody was referred in any period; there is nothing to project")
    }
    let basis = WaitingFigure.Basis.estimated(source: source)
    let longest = min(
      Double(StartingQueue.longest), max(1, waiting / estimates.demand.mean.count))
    var shares = [1.0]
    if waiting > 0 { shares = try StartingQueue.evenly(1, over: Weeks(longest)) }
    var leaving = Leaving.nobody
    if let share = estimates.leaving, share > 0 {
      leaving = .ofThoseWaiting(
        try WaitingFigure("share of those waiting that leaves in a week", share, basis: basis, isShare: true))
    }
    // What counts show is no slip; what of it cannot be simulated is said.
    var remarks = estimates.remarks
    func simulated(_ found: Double?, atMost most: Double, _ what: String) -> Double {
      guard let found, found > most else { return found ?? 1 }
      remarks.append(
        "The coefficient of variation of \(what) is \(IndicatorsError.plain((found * 100).rounded() / 100)), more than can be simulated; "
          + "it is taken to be \(IndicatorsError.plain((most * 100).rounded(.down) / 100))")
      return most
    }
    let referralVariation = simulated(
      estimates.demand.variation, atMost: Self.mostReferralVariation, "referrals")
    let capacityVariation = simulated(
      estimates.capacity.variation,
      atMost: Self.mostCapacityVariation(perYear: estimates.capacity.mean.perYear), "capacity")
    try self.init(
      id: id, name: id, kind: id, start: end.adding(days: 1),
      waiting: try WaitingFigure("children waiting", waiting, basis: basis), weeksWaited: shares,
      layout:
        "laid out evenly over \(Int(longest.rounded())) weeks, as referrals at the mean rate leave them that are seen in order",
      referrals: try Self.figure("referrals a year", estimates.demand, basis),
      capacity: try Self.figure("children who can be seen in a year", estimates.capacity, basis),
      leaving: leaving, referralVariation: referralVariation, capacityVariation: capacityVariation,
      remarks: remarks)
  }

  /// A rate by the year as a PERT distribution with its standard error: half a range of √7 of them, cut off just above nothing.
  private static func figure(
    _ name: String, _ rate: WaitingFlowEstimates.Rate, _ basis: WaitingFigure.Basis
  ) throws(IndicatorsError) -> WaitingFigure {
    let mean = rate.mean.perYear
    let half = min(rate.standardError.perYear * 7.0.squareRoot(), mean * 0.99)
    return try WaitingFigure(name, low: mean - half, mostLikely: mean, high: mean + half, basis: basis)
  }
}
