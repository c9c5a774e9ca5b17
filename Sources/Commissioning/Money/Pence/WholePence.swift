/// Arithmetic of whole pence whose parts must sum to the whole.
enum WholePence {
  /// The greatest amount of one entry: a hundred thousand million pounds.
  static let limit = 10_000_000_000_000
  /// The greatest number of entries of one view; with the limit of an entry no sum can pass what an `Int` holds.
  static let entries = 200_000

  /// A quotient of whole numbers to the nearest whole one, a half to the even one; the divisor is positive.
  static func rounded(_ dividend: Int, over divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    let twice = 2 * remainder.magnitude
    let isAway = twice > divisor.magnitude || (twice == divisor.magnitude && quotient % 2 != 0)
    return isAway ? quotient + dividend.signum() : quotient
  }

  /// The nearest whole number to one that is known to be within ``limit``, a half to the even one.
  static func nearest(_ amount: Double) -> Int { Int(amount.rounded(.toNearestOrEven)) }

  /// Splits a whole in proportion to weights, by largest remainders, earlier parts first.
  static func apportioned(_ whole: Int, weights: [Double]) throws(CommissioningError) -> [Int] {
    try Pence.apportion(Pence(Int64(whole)), by: weights).map { Int($0.count) }
  }

  /// Rounds amounts whose sum is a whole but for rounding, so that they sum to it exactly: each down, and then pennies
  /// for the largest remainders, earlier amounts first.
  static func settled(_ amounts: [Double], to whole: Int) -> [Int] {
    var result = amounts.map { Int($0.rounded(.down)) }
    let order = amounts.indices.sorted {
      let (left, right) = (amounts[$0] - amounts[$0].rounded(.down), amounts[$1] - amounts[$1].rounded(.down))
      return left != right ? left > right : $0 < $1
    }
    guard !order.isEmpty else { return result }
    // The sum of amounts is rounded as well, so that a penny more than there are amounts, or one to be taken back, is
    // possible: pennies go round the order, and are taken back from its end.
    let (rounds, rest) = (whole - result.reduce(0, +)).quotientAndRemainder(dividingBy: order.count)
    for (rank, place) in order.enumerated() {
      result[place] += rounds
      if rank < rest { result[place] += 1 }
      if order.count - rank <= -rest { result[place] -= 1 }
    }
    return result
  }

  /// Pence in a sentence: `£1,250.50`.
  static func text(_ pence: Int) -> String { "\(Pence(Int64(pence)))" }
}
