import RealModule

/// The rules of thumb of queueing theory for one list: is there enough capacity, is the list too long for its
/// target, and what would mend it.
///
/// They take a list that is steady, one queue for everyone and long waits that fall off exponentially; a list
/// with holidays, priorities or a changing capacity is better projected (``WaitingListProjection``) or
/// simulated (``WaitingListSimulation``). The rules are those of the NHS-R Community's package
/// NHSRwaitinglist.
public struct QueueRules: Hashable, Sendable {
  /// The share of children who are to be seen within the target, which says how far below the target the mean
  /// wait must be.
  public enum Assurance: Hashable, Sendable, CaseIterable {
    /// 98.2% within the target: the mean wait is a quarter of it.
    case p982
    /// 99.8% within the target: the mean wait is a sixth of it.
    case p998

    /// By how much the target is divided.
    public var factor: Double { self == .p982 ? 4 : 6 }

    /// The share within the target where waits are exponential: 1 - exp(-factor).
    public var share: Double { -Double.expMinusOne(-factor) }

    /// The share in words: `98.2%`.
    public var label: String { self == .p982 ? "98.2%" : "99.8%" }
  }

  /// Children who join the list.
  public let demand: PerWeek
  /// Children who can be seen.
  public let capacity: PerWeek
  /// Children who wait now.
  public let waiting: Double
  /// The wait within which children are to be seen.
  public let target: Weeks
  /// The share that is to be seen within it.
  public let assurance: Assurance

  /// Rules for a list.
  ///
  /// - Parameters:
  ///   - demand: children who join the list and do not leave it unseen, each week.
  ///   - capacity: children who can be seen each week; 0 is a list that nobody serves.
  ///   - waiting: children who wait now.
  ///   - target: the wait within which they are to be seen.
  ///   - assurance: the share that is to be seen within it.
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a number that is negative or not finite, and
  ///   for a target of 0.
  public init(
    demand: PerWeek, capacity: PerWeek, waiting: Double, target: Weeks, assurance: Assurance = .p982
  ) throws(IndicatorsError) {
    for (subject, number) in [
      ("demand each week", demand.count), ("capacity each week", capacity.count),
      ("children waiting", waiting),
    ] {
      guard number >= 0, number.isFinite else {
        throw .invalid(subject: subject, reason: "\(number) is not a number that is 0 or more")
      }
    }
    guard target.count > 0, target.count.isFinite else {
      throw .invalid(
        subject: "target wait", reason: "\(target.count) weeks is not a length of time above 0")
    }
    self.demand = demand
    self.capacity = capacity
    self.waiting = waiting
    self.target = target
    self.assurance = assurance
  }

  // MARK: What there is

  /// Demand over capacity: at 1 or above the list grows without end. Infinite where nobody is seen, 0 where
  /// there is neither demand nor capacity.
  public var load: Double { demand.count == 0 ? 0 : demand / capacity }

  /// Whether the list would settle at some length: load below 1.
  public var isStable: Bool { load < 1 }

  /// Twice the mean wait over the target: above 1, waits are too long for the target.
  ///
  /// - Parameter meanWait: the mean of whole waits, from joining to being seen, such as ``waitOfLastToJoin``; not of waits so far of
  ///   those who are still waiting, which are a part of them.
  public func pressure(meanWait: Weeks) -> Double { 2 * (meanWait / target) }

  /// The wait of the last child to join if children are seen in turn at the present capacity: the list over
  /// the capacity. Infinite where nobody is seen.
  public var waitOfLastToJoin: Weeks { waiting == 0 ? Weeks(0) : .forCount(waiting, at: capacity) }

  // MARK: What there should be

  /// The mean wait that keeps the share of ``assurance`` within the target.
  public var targetMeanWait: Weeks { Weeks(target.count / assurance.factor) }

  /// The list that goes with that mean wait: demand times mean wait (Little 1961).
  public var targetQueue: Double { demand * targetMeanWait }

  /// Whether the list is more than twice as long as it should be, so that capacity for relief is called for.
  public var isTooBig: Bool { waiting > 2 * targetQueue }

  /// The capacity that brings the list to its target length in a time: demand, and what is above the target
  /// over the time.
  ///
  /// Nil where the list is not too big, and so wants the
  /// ``targetCapacity(arrivalVariation:serviceVariation:)`` instead.
  ///
  /// - Parameters:
  ///   - time: how long relief may take, above 0.
  ///   - referrals: where demand is estimated, the evidence that it is estimated from; the demand that is
  ///     then planned for is ``DemandEvidence/upperDemand(_:)``.
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where the referrals are too few to
  ///   bound demand, and ``IndicatorsError/invalid(subject:reason:)`` for a time that is not above 0.
  public func reliefCapacity(
    over time: Weeks = Weeks(26), estimatedFrom referrals: DemandEvidence? = nil
  ) throws(IndicatorsError) -> PerWeek? {
    guard time.count > 0, time.count.isFinite else {
      throw .invalid(
        subject: "time for relief", reason: "\(time.count) weeks is not a length of time above 0")
    }
    let planned = try referrals?.upperDemand(demand) ?? demand
    guard isTooBig else { return nil }
    return planned + PerWeek(waiting - targetQueue, in: time)
  }

  /// The capacity that keeps a list which is not too big within its target: demand, and a margin for chance
  /// by the formula of Kingman and Marchal in heavy traffic, (c²ₐ + c²ₛ)/2 × factor/target.
  ///
  /// - Parameters:
  ///   - arrivalVariation: the coefficient of variation of the times between referrals; 1 where they come by
  ///     chance.
  ///   - serviceVariation: that of the times between removals while there is a list; 1 where they fall by
  ///     chance, 0 for clinics that run to the clock.
  public func targetCapacity(arrivalVariation: Double = 1, serviceVariation: Double = 1) -> PerWeek {
    let chance = (arrivalVariation * arrivalVariation + serviceVariation * serviceVariation) / 2
    return demand + PerWeek(chance, in: targetMeanWait)
  }
}

/// What an estimate of demand rests on: so many referrals, coming with such irregularity.
public struct DemandEvidence: Hashable, Sendable {
  /// The number of referrals that were counted.
  public let referrals: Double
  /// The coefficient of variation of the times between them; 1 where they come by chance.
  public let variation: Double

  /// Evidence of demand.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a number below 0 or not finite, and for no
  ///   referrals.
  public init(referrals: Double, variation: Double = 1) throws(IndicatorsError) {
    guard referrals > 0, referrals.isFinite else {
      throw .invalid(subject: "referrals counted", reason: "\(referrals) is not a number above 0")
    }
    guard variation >= 0, variation.isFinite else {
      throw .invalid(
        subject: "coefficient of variation of referrals",
        reason: "\(variation) is not a number that is 0 or more")
    }
    self.referrals = referrals
    self.variation = variation
  }

  /// Demand at two standard errors of the mean time between referrals on the side that matters: demand/(1 - 2
  /// cv/√n).
  ///
  /// The mean gap is known to a share of cv/√n of itself, and demand is its inverse. NHSRwaitinglist writes 2
  /// × demand × cv/√n: the same, where its cv is read as the standard deviation of the gaps in weeks, which
  /// is cv/demand.
  ///
  /// - Throws: ``IndicatorsError/unfit(series:method:reason:remedy:)`` where two standard errors are as long
  ///   as the gap, so that demand has no upper bound.
  public func upperDemand(_ demand: PerWeek) throws(IndicatorsError) -> PerWeek {
    let margin = 2 * variation / referrals.squareRoot()
    guard margin < 1 else {
      throw .unfit(
        series: "demand", method: "relief capacity with uncertain demand",
        reason:
          "\(IndicatorsError.plain(referrals)) referrals with a coefficient of variation of "
          + "\(IndicatorsError.plain(variation)) do not bound demand from above",
        remedy: "count referrals for longer, or plan with demand as known")
    }
    return PerWeek(demand.count / (1 - margin))
  }
}
