/// A published year of requests and what became of them.
public struct PlanFunnel: Hashable, Sendable {
  /// Requests for an assessment.
  public let requests: Double
  /// Of these, decided to assess.
  public let assess: Double
  /// Of these, decided not to assess.
  public let notAssess: Double
  /// Of these, not yet decided.
  public let undecided: Double
  /// Of these, withdrawn.
  public let withdrawn: Double

  /// States a year.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a count below 0 or no number, and where
  ///   the parts do not sum to the requests by more than `rounding`.
  public init(
    requests: Double, assess: Double, notAssess: Double, undecided: Double, withdrawn: Double,
    rounding: Double = 0, service: String
  ) throws(CommissioningError) {
    let parts = [
      ("decided to assess", assess), ("decided not to assess", notAssess), ("undecided", undecided),
      ("withdrawn", withdrawn),
    ]
    for (name, value) in parts + [("requests", requests)] {
      guard value >= 0, value.isFinite else {
        throw .invalid(service: service, reason: "\(name): \(plainText(value)) is no count; give 0 or more")
      }
    }
    let sum = parts.reduce(0) { $0 + $1.1 }
    guard abs(sum - requests) <= rounding else {
      throw .invalid(
        service: service,
        reason: "what became of \(grouped(requests)) requests sums to \(grouped(sum)), "
          + "\(grouped(abs(sum - requests))) \(sum > requests ? "more" : "fewer"); mend the counts")
    }
    self.requests = requests
    self.assess = assess
    self.notAssess = notAssess
    self.undecided = undecided
    self.withdrawn = withdrawn
  }

  /// The decisions whether to assess.
  public var decisions: PlanDecisions { PlanDecisions(yes: assess, decided: assess + notAssess) }
}

extension PlanDecisions {
  /// The wholes that a part and its published, rounded share allow: for a share without its denominator.
  ///
  /// - Parameters:
  ///   - share: The share as published, 0 to 1.
  ///   - part: The count that it is the share of.
  ///   - decimals: The decimals of the share as a per cent: 1 for 93.9%.
  ///   - service: Who asks, for errors.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a share that is not above 0 and to 1, or a
  ///   part that is no count.
  public static func wholes(
    share: Double, part: Double, decimals: Int, service: String
  ) throws(CommissioningError) -> ClosedRange<Double> {
    guard share > 0, share <= 1, part >= 0, part.isFinite else {
      throw .invalid(
        service: service,
        reason:
          "\(plainText(part)) as a share of \(plainText(share)); a share is above 0 and to 1, a part 0 or "
          + "more"
      )
    }
    let half = 0.005 * power(10, -Double(max(decimals, 0)))
    let least = part / min(share + half, 1)
    let most = share > half ? part / (share - half) : .greatestFiniteMagnitude
    return least...most
  }
}

/// Refuses shares that do not sum to one beyond their published rounding.
///
/// - Parameters:
///   - shares: The shares, by name, 0 to 1.
///   - decimals: The decimals of the shares as per cents: each may be out by half of the last.
///   - remainder: What is left to categories that are not listed, as a share; 0 for none.
///   - service: Who asks, for errors.
///   - what: What the shares are of.
/// - Throws: ``CommissioningError/invalid(service:reason:)`` with the sum and what would be accepted.
public func requireWholeShares(
  _ shares: [(name: String, share: Double)], decimals: Int, remainder: Double = 0, service: String,
  what: String
) throws(CommissioningError) {
  for (name, share) in shares + [("the remainder", remainder)] {
    guard (0...1).contains(share) else {
      throw .invalid(service: service, reason: "\(what): \(name) is \(plainText(share)); a share is 0 to 1")
    }
  }
  let sum = shares.reduce(remainder) { $0 + $1.share }
  // Half a unit of the last decimal for each, and a little for binary fractions.
  let slack = 0.005 * power(10, -Double(max(decimals, 0))) * Double(shares.count) + 1e-12
  guard abs(sum - 1) <= slack else {
    throw .invalid(
      service: service,
      reason:
        "\(what): the shares sum to \(perCent(sum)); give shares that sum to 100 per cent within rounding, "
        + "or state a remainder of \(plainText(((1 - sum) * 1e6).rounded() / 1e6))")
  }
}
