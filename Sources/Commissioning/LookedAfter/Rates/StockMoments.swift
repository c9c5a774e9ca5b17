/// Mean and covariance of stocks whose members move, leave and arrive independently of each other.
///
/// Over a step the members of state j go to the states with probabilities pⱼ, the row of P, or leave with what it lacks of
/// one; arrivals are Poisson. With m the mean and V the covariance,
///
/// > m' = Pᵀ m + λ
/// > V' = Pᵀ V P + Σⱼ mⱼ (diag(pⱼ) − pⱼ pⱼᵀ) + diag(λ)
///
/// where λ holds the arrivals still there at the end of the step, by state. The first term is what keeps the variance from
/// growing for ever: a surplus leaves as its members do.
public struct StockMoments: Hashable, Sendable {
  /// The mean of each state.
  public private(set) var mean: [Double]
  /// The covariance of the states, row by row.
  public private(set) var covariance: [Double]

  /// A stock that is known.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a stock that is negative or no number, or without states.
  public init(known stock: [Double]) throws(CommissioningError) {
    guard !stock.isEmpty else { throw PlacementScheme.refusal("a stock without states has no moments") }
    for (state, number) in stock.enumerated() where !(number >= 0 && number.isFinite) {
      throw PlacementScheme.refusal(
        "the stock of state \(state + 1) is \(plainText(number)); a stock is a number from 0")
    }
    mean = stock
    covariance = [Double](repeating: 0, count: stock.count * stock.count)
  }

  /// The moments after a step of a given number of days of constant intensities.
  ///
  /// - Parameters:
  ///   - intensities: row by row, from state to state per member and day; the diagonal is not read.
  ///   - exits: per member and day, by state.
  ///   - arrivals: the mean number a day, by state.
  ///   - days: the length of the step, any number above zero. Two steps of 45 days give what one of 90 gives.
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a rate that is negative or no number, for numbers of the
  ///   wrong count, or for a step that is not above zero.
  public func advanced(
    intensities: [Double], exits: [Double], arrivals: [Double], days: Double
  ) throws(CommissioningError) -> StockMoments {
    let order = mean.count
    guard intensities.count == order * order, exits.count == order, arrivals.count == order else {
      throw PlacementScheme.refusal(
        "\(order) states need \(order * order) intensities, \(order) exits and \(order) arrivals")
    }
    guard days > 0, days.isFinite else {
      throw PlacementScheme.refusal("a step is \(plainText(days)) days; it must be above zero")
    }
    for row in 0..<order {
      for column in 0..<order where column != row {
        try Self.check(intensities[row * order + column], "move from state \(row + 1) to \(column + 1)")
      }
      try Self.check(exits[row], "exit from state \(row + 1)")
      try Self.check(arrivals[row], "arrival in state \(row + 1)")
    }
    guard
      let step = CareStep(
        order: order, intensities: intensities, exits: exits, arrivals: arrivals, days: days)
    else {
      throw PlacementScheme.refusal("the rates over \(plainText(days)) days are too large to compute with")
    }
    return advanced(by: step)
  }

  private static func check(_ rate: Double, _ name: String) throws(CommissioningError) {
    guard rate >= 0, rate.isFinite else {
      throw PlacementScheme.refusal("the rate of \(name) is \(plainText(rate)); a rate is a number from 0")
    }
  }

  func advanced(by step: CareStep) -> StockMoments {
    let order = mean.count
    let p = step.transition
    var result = self
    result.mean = step.arrivals
    for from in 0..<order {
      for to in 0..<order { result.mean[to] += mean[from] * p[from * order + to] }
    }
    // Pᵀ V P, and of the members of each state a multinomial.
    var half = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for inner in 0..<order {
        for column in 0..<order {
          half[row * order + column] += covariance[row * order + inner] * p[inner * order + column]
        }
      }
    }
    for row in 0..<order {
      for column in 0..<order {
        var value = row == column ? step.arrivals[row] : 0
        for from in 0..<order {
          let probability = p[from * order + row]
          value += probability * half[from * order + column]
          value += mean[from] * ((row == column ? probability : 0) - probability * p[from * order + column])
        }
        result.covariance[row * order + column] = value
      }
    }
    return result
  }
}

/// What constant intensities do over a step: where members go, and the arrivals of the step who are still there.
struct CareStep {
  /// Row by row, the probability of being in a state at the end, by state at the start.
  let transition: [Double]
  /// The mean number of the step's arrivals by state at its end.
  let arrivals: [Double]

  /// Both from one exponential of a matrix with one row more (C. F. Van Loan, "Computing integrals involving the matrix
  /// exponential", 1978): competing exits and arrivals within the step are exact for a step of any length.
  init?(order: Int, intensities: [Double], exits: [Double], arrivals: [Double], days: Double) {
    let size = order + 1
    var generator = [Double](repeating: 0, count: size * size)
    for row in 0..<order {
      var out = exits[row]
      for column in 0..<order where column != row {
        let rate = intensities[row * order + column]
        generator[row * size + column] = rate * days
        out += rate
      }
      generator[row * size + row] = -out * days
      generator[order * size + row] = arrivals[row] * days
    }
    guard let exponential = MatrixExponential.of(generator, order: size) else { return nil }
    var transition: [Double] = []
    for row in 0..<order { transition += exponential[(row * size)..<(row * size + order)] }
    self.transition = transition
    self.arrivals = Array(exponential[(order * size)..<(order * size + order)])
  }
}
