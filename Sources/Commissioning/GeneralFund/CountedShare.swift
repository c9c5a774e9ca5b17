import Statistics

/// A share known from counts, drawn towards a comparator's: Beta(k m + happened, k (1 - m) + did not).
///
/// m is the share of the comparator (statistical neighbours, region, England) and k how many cases it is worth, so that
/// an authority with four appeals in a year is not a slave to its own noise. Both are data.
public struct CountedShare: Hashable, Sendable {
  /// How often it happened.
  public let happened: Double
  /// Out of how many.
  public let cases: Double
  /// The comparator's share, 0 to 1.
  public let comparator: Double
  /// How many cases the comparator is worth.
  public let strength: Double

  /// Checks and puts together counts and a comparator.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for counts that cannot be, or nothing to go by.
  public init(
    _ what: String, happened: Double, of cases: Double, comparator: Double, strength: Double
  ) throws(CommissioningError) {
    var check = FutureCheck(what)
    try check.take(Draws(happened), "the count", .amount)
    try check.take(Draws(cases), "the number of cases", .amount)
    try check.take(Draws(comparator), "the comparator's share", .share)
    try check.take(Draws(strength), "what the comparator is worth", .amount)
    guard happened <= cases else {
      throw .invalid(
        service: what,
        reason:
          "\(plainText(happened)) of \(plainText(cases)) is more than all; look for counts of another kind")
    }
    guard cases + strength > 0 else {
      throw .invalid(
        service: what, reason: "there are no cases and the comparator is worth none; give one or the other")
    }
    self.happened = happened
    self.cases = cases
    self.comparator = comparator
    self.strength = strength
  }

  /// The shape for it happening; 0 where it cannot.
  var alpha: Double { strength * comparator + happened }
  /// The shape for it not happening; 0 where it always does.
  var beta: Double { strength * (1 - comparator) + cases - happened }

  /// The mean of the share.
  public var mean: Double { alpha / (alpha + beta) }

  /// A draw of the share; certain where the counts and the comparator leave one outcome alone.
  func draw(_ stream: inout RandomStream) -> Double {
    if alpha == 0 { return 0 }
    if beta == 0 { return 1 }
    return stream.beta(alpha: alpha, beta: beta)
  }
}
