/// Arithmetic of whole pence whose parts must sum to the whole.
enum WholePence {
  /// The greatest amount of one entry: a hundred thousand million pounds.
  static let limit = 10_000_000_000_000
  /// The greatest number of entries of one view; with the limit of an entry no sum can pass what an `Int` holds.
  static let entries = 200_000

  /// A quotient of whole numbers to the nearest whole one, halves away from zero; the divisor is positive.
  static func rounded(_ dividend: Int, over divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return 2 * remainder.magnitude >= divisor.magnitude ? quotient + dividend.signum() : quotient
  }

  /// Splits a whole in proportion to weights that are not all zero, by largest remainders, earlier parts first.
  static func apportioned(_ whole: Int, weights: [Double]) -> [Int] {
    let sum = weights.reduce(0, +)
    return settled(weights.map { Double(whole) * ($0 / sum) }, to: whole)
  }

  /// Rounds amounts that sum to a whole but for rounding, so that they sum to it exactly: down, and then a penny up
  /// for the largest remainders, earlier amounts first.
  static func settled(_ amounts: [Double], to whole: Int) -> [Int] {
    var result = amounts.map { Int($0.rounded(.down)) }
    var short = whole - result.reduce(0, +)
    let order = amounts.indices.sorted {
      let (left, right) = (amounts[$0] - amounts[$0].rounded(.down), amounts[$1] - amounts[$1].rounded(.down))
      return left != right ? left > right : $0 < $1
    }
    // Rounding can leave a penny or two more than there are amounts, or too many.
    while short > 0, !order.isEmpty {
      for place in order where short > 0 {
        result[place] += 1
        short -= 1
      }
    }
    while short < 0, !order.isEmpty {
      for place in order.reversed() where short < 0 {
        result[place] -= 1
        short += 1
      }
    }
    return result
  }

  /// Pence in a sentence: `£1,250.50`.
  static func text(_ pence: Int) -> String {
    let (pounds, rest) = pence.magnitude.quotientAndRemainder(dividingBy: 100)
    return (pence < 0 ? "-" : "") + "£" + grouped(Double(pounds)) + "." + (rest < 10 ? "0" : "") + "\(rest)"
  }
}
