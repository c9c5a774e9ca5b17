/// What is left to chance when a list is simulated: how sure its demand and capacity are, how they vary from
/// week to week, and how children are seen.
public struct WaitingListChance: Hashable, Sendable {
  /// A factor by which a model's figure may be wrong throughout: drawn once for each path, since a figure
  /// that is too low in May is too low in June.
  public enum Level: Hashable, Sendable {
    /// The figure is right.
    case known
    /// A lognormal factor with mean 1 and this coefficient of variation, above 0 and at most 1.
    case lognormal(variation: Double)
    /// A PERT factor with these values as multiples of the figure, 0 to 10: 0.9, 1 and 1.3 for a figure that
    /// may be a tenth too high and three tenths too low. Its mean need not be 1.
    case pert(lowest: Double, mostLikely: Double, highest: Double)
  }

  /// How capacity becomes appointments.
  public enum Service: Hashable, Sendable {
    /// Appointments spread evenly over each week; one for which nobody waits is lost. A fraction of an
    /// appointment is carried on to the next week.
    case clinics
    /// One server who takes the next child when the last is finished, with service times whose mean is the
    /// inverse of the capacity and with this coefficient of variation, 0 to 10: 0 takes always as long, 1 is
    /// exponential. For a team that works at its own pace, and for comparison with the closed forms of
    /// queueing theory.
    case singleServer(variation: Double)
  }

  /// How sure the level of referrals is.
  public let demand: Level
  /// How sure the level of capacity is; one-off changes are taken as they are given.
  public let capacity: Level
  /// Variance over mean of a week's referrals, 1 to 100: 1 where children come by chance one by one
  /// (Poisson), above 1 where weeks differ more than that (negative binomial).
  public let dispersion: Double
  /// The coefficient of variation of a week's capacity about its level, 0 to 1: leave, sickness, cancelled
  /// clinics.
  public let capacityVariation: Double
  /// How capacity becomes appointments.
  public let service: Service
  /// How sure the yearly growth of referrals is: a factor of 1 + growth, compounded from the start on.
  public let growth: Level
  /// How sure the rate is at which those waiting leave unseen.
  public let leaving: Level
  /// How sure the number waiting at the start is.
  public let start: Level

  /// What is left to chance: by default the order of arrivals alone.
  public init(
    demand: Level = .known, capacity: Level = .known, dispersion: Double = 1, capacityVariation: Double = 0,
    service: Service = .clinics, growth: Level = .known, leaving: Level = .known, start: Level = .known
  ) {
    self.demand = demand
    self.capacity = capacity
    self.dispersion = dispersion
    self.capacityVariation = capacityVariation
    self.service = service
    self.growth = growth
    self.leaving = leaving
    self.start = start
  }

  /// The settings themselves, if they can be.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` for a setting outside the limits that are stated
  ///   with it.
  @discardableResult
  public func validated() throws(IndicatorsError) -> WaitingListChance {
    try Self.validate(demand, of: "demand")
    try Self.validate(capacity, of: "capacity")
    try Self.validate(growth, of: "growth")
    try Self.validate(leaving, of: "leaving")
    try Self.validate(start, of: "the number waiting")
    guard dispersion >= 1, dispersion <= 100 else {
      throw .invalid(
        subject: "dispersion of weekly referrals",
        reason:
          "\(dispersion) is not from 1 (chance alone) to 100; it is the variance of a week's referrals over their mean"
      )
    }
    guard capacityVariation >= 0, capacityVariation <= 1 else {
      throw .invalid(
        subject: "variation of weekly capacity",
        reason: "\(capacityVariation) is not from 0 to 1; write 10% as 0.1")
    }
    if case .singleServer(let variation) = service {
      guard variation >= 0, variation <= 10 else {
        throw .invalid(
          subject: "variation of service times",
          reason: "\(variation) is not a coefficient of variation from 0 (always as long) to 10")
      }
    }
    return self
  }

  private static func validate(_ level: Level, of what: String) throws(IndicatorsError) {
    switch level {
    case .known: return
    case .lognormal(let variation):
      guard variation > 0, variation <= 1 else {
        throw .invalid(
          subject: "uncertainty of \(what)",
          reason:
            "a coefficient of variation of \(variation) is not above 0 and at most 1; write 10% as 0.1, and known where "
            + "there is none")
      }
    case .pert(let lowest, let mostLikely, let highest):
      guard lowest >= 0, lowest <= mostLikely, mostLikely <= highest, highest <= 10 else {
        throw .invalid(
          subject: "uncertainty of \(what)",
          reason:
            "\(lowest), \(mostLikely) and \(highest) are not a lowest, a most likely and a highest multiple of the "
            + "figure, in that order and from 0 to 10")
      }
    }
  }
}
