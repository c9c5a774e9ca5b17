import RealModule

/// Waits that fall off exponentially, so that one published share within a target says everything: how
/// national figures of waits from referral to treatment are turned into a mean wait and a list.
public struct ExponentialWaits: Hashable, Sendable {
  /// The rate at which those who wait cease to: 1 over the mean wait.
  public let rate: PerWeek

  /// Waits of which a share is within a length of time: rate = -ln(1 - share)/length.
  ///
  /// - Throws: ``IndicatorsError/invalid(subject:reason:)`` unless the share lies strictly between 0 and 1
  ///   and the length is above 0: a share of 1 would need waits of no length.
  public init(share: Double, within length: Weeks) throws(IndicatorsError) {
    guard share > 0, share < 1 else {
      throw .invalid(
        subject: "share within \(IndicatorsError.plain(length.count)) weeks",
        reason: "\(share) is not strictly between 0 and 1; write 92% as 0.92")
    }
    guard length.count > 0, length.count.isFinite else {
      throw .invalid(subject: "target wait", reason: "\(length.count) weeks is not a length of time above 0")
    }
    rate = PerWeek(-Double.log(onePlus: -share), in: length)
  }

  /// The mean wait.
  public var mean: Weeks { Weeks(1 / rate.count) }

  /// The share within a length of time, from 0 to 1.
  public func share(within length: Weeks) -> Double {
    -Double.expMinusOne(-(rate * Weeks(max(0, length.count))))
  }

  /// The wait that a share of children does not exceed; infinite for a share of 1 or above.
  public func quantile(_ share: Double) -> Weeks {
    Weeks(share >= 1 ? .infinity : -Double.log(onePlus: -max(0, share)) / rate.count)
  }

  /// The list that goes with referrals: referrals over rate (Little 1961).
  public func listSize(referrals: PerWeek) -> Double { referrals / rate }
}
