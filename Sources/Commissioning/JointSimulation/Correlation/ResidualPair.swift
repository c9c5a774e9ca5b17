/// What the years that two series share say about how their errors go together.
struct ResidualPair: Sendable {
  /// Fewer common years than this say nothing: with two, a correlation about zero is hardly a number.
  static let leastYears = 3

  /// The number of years in which both have an error.
  let years: Int
  /// The correlation about zero, −1 to 1; zero where the pair is not usable.
  let correlation: Double
  /// The estimated variance of ``correlation`` (J. Schäfer and K. Strimmer 2005, section 2.3).
  let variance: Double
  /// Whether there are enough common years, with errors that are not all zero.
  let isUsable: Bool

  /// Compares two series over the years that both have. One-step errors have mean zero by what they are, so nothing is
  /// taken off them: with four years, a mean would take a quarter of what is to be seen.
  init(_ first: ResidualYears, _ second: ResidualYears) {
    var common: [(x: Double, y: Double)] = []
    var (i, j) = (0, 0)
    while i < first.years.count, j < second.years.count {
      let (left, right) = (first.years[i], second.years[j])
      if left.year == right.year { common.append((left.error, right.error)) }
      if left.year <= right.year { i += 1 }
      if right.year <= left.year { j += 1 }
    }
    years = common.count
    // Scaled by the greatest first, so that no square overflows or underflows.
    let (greatestX, greatestY) = common.reduce((0.0, 0.0)) { (max($0.0, abs($1.x)), max($0.1, abs($1.y))) }
    guard common.count >= Self.leastYears, greatestX > 0, greatestY > 0 else {
      (correlation, variance, isUsable) = (0, 0, false)
      return
    }
    let n = Double(common.count)
    let squareX = common.reduce(0) { $0 + ($1.x / greatestX) * ($1.x / greatestX) }
    let squareY = common.reduce(0) { $0 + ($1.y / greatestY) * ($1.y / greatestY) }
    let products = common.map { pair in
      (pair.x / greatestX) * (n / squareX).squareRoot() * ((pair.y / greatestY) * (n / squareY).squareRoot())
    }
    let mean = products.reduce(0, +) / n
    correlation = max(-1, min(1, mean))
    variance = products.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n * (n - 1))
    isUsable = true
  }
}
