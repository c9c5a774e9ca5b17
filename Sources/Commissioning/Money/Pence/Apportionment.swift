extension Pence {
  /// Shares a total out by weights, to the penny: the parts sum to the total exactly.
  ///
  /// Each part is the whole pence of its share, towards zero; the pence left over go one each to the parts with the
  /// largest remainders (Hamilton's method; Balinski and Young, 1982), and of equal remainders to the earlier part, so
  /// that the result does not depend on anything but the order of the weights. A negative total is shared as the
  /// positive one would be. Shares are compared exactly, in 128 bits.
  ///
  /// - Parameters:
  ///   - total: what is shared out.
  ///   - weights: what each part counts, in any unit; none is negative. A weight below 2^-62 of the largest is nothing.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a weight that is negative or no number, and where
  ///   there is something to share and nothing to share it by.
  public static func apportion(
    _ total: Pence, by weights: [Double]
  ) throws(CommissioningError) -> [Pence] {
    for (place, weight) in weights.enumerated() where !(weight >= 0 && weight.isFinite) {
      throw .money(
        "weight \(place + 1) of \(weights.count), \(weight), cannot share out \(total); a weight is 0 or more"
      )
    }
    let largest = weights.max() ?? 0
    guard largest > 0 else {
      guard total == .zero else {
        throw .money("\(total) cannot be shared out, because no weight is above 0; give a part a weight")
      }
      return weights.map { _ in .zero }
    }
    // A power of two, so that whole numbers and their ratios stay exact: the largest becomes 2^61 to 2^62. In two
    // steps, because the power for a very small weight is itself no number.
    let step = 61 - Int(largest.exponent)
    let scaled = weights.map { weight in
      Int128(
        Int64(
          (weight * Double(sign: .plus, exponent: step / 2, significand: 1)
            * Double(sign: .plus, exponent: step - step / 2, significand: 1)).rounded()))
    }
    let whole = scaled.reduce(Int128(0), +)
    let amount = Int128(total.count.magnitude)
    let sign: Int128 = total.count < 0 ? -1 : 1
    var parts = scaled.map { (amount * $0).quotientAndRemainder(dividingBy: whole) }
    let left = amount - parts.reduce(Int128(0)) { $0 + $1.quotient }
    for place in places(byLargest: parts.map(\.remainder)).prefix(Int(left)) { parts[place].quotient += 1 }
    return parts.map { Pence(Int64(truncatingIfNeeded: sign * $0.quotient)) }
  }

  /// The places of remainders from the largest to the least, equal ones in their order.
  private static func places(byLargest remainders: [Int128]) -> [Int] {
    remainders.indices.sorted { left, right in
      let (first, second) = (remainders[left], remainders[right])
      return first == second ? left < right : first > second
    }
  }

  /// Rounds fractions with one denominator to whole numbers that sum to a given one: each is rounded down or up, and up
  /// are rounded those with the largest remainders, of equal ones the earlier.
  ///
  /// - Parameter total: the sum rounded down or up. Nothing else can be met by rounding, and is nil.
  static func footed(
    _ numerators: [Int128], over denominator: Int128, to total: Int128
  ) -> [Int128]? {
    var parts = numerators.map { $0.flooredQuotientAndRemainder(dividingBy: denominator) }
    let left = total - parts.reduce(Int128(0)) { $0 + $1.quotient }
    let fractions = parts.indices.filter { parts[$0].remainder > 0 }
    guard left >= 0, left <= Int128(fractions.count) else { return nil }
    for place in places(byLargest: parts.map(\.remainder)).prefix(Int(left)) { parts[place].quotient += 1 }
    return parts.map(\.quotient)
  }

  /// Rounds amounts of pence to whole ones that sum to a given total: each to the nearest, and what is then over or
  /// short is taken from, or given to, those which it wrongs least, a penny at a time.
  ///
  /// Changing every sign changes every sign of the result; rounding down and up would not do that.
  static func settled(_ pence: SIMD4<Double>, to total: Int64) -> SIMD4<Int64>? {
    var result = SIMD4<Int64>()
    var sum: Int64 = 0
    for place in 0..<4 {
      guard abs(pence[place]) < largestOfPounds else { return nil }
      result[place] = Int64(pence[place].rounded(.toNearestOrEven))
      sum += result[place]
    }
    var (left, overflow) = total.subtractingReportingOverflow(sum)
    // Parts that sum to the total but for the rounding of prices can be out by a few pence and no more.
    guard !overflow, left.magnitude <= 16 else { return nil }
    let step: Int64 = left < 0 ? -1 : 1
    while left != 0 {
      var best = 0
      var most = -Double.infinity
      // A part that is nothing stays nothing: a line without a change of price has none, not a penny's.
      for place in 0..<4 where pence[place] != 0 {
        let owed = (pence[place] - Double(result[place])) * Double(step)
        if owed > most { (best, most) = (place, owed) }
      }
      result[best] += step
      left -= step
    }
    return result
  }
}

extension Int128 {
  /// The quotient rounded towards minus infinity, and the remainder, which is never negative.
  func flooredQuotientAndRemainder(dividingBy divisor: Int128) -> (quotient: Int128, remainder: Int128) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
