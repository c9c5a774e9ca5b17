import Statistics

/// Children whose care the integrated care board may agree to fund as continuing care.
///
/// Each child is agreed or not, so that in every future a binomial number of them is; a fraction of a child, as in the
/// average over a year, counts as one child with that probability, which keeps the mean exact. An agreement lasts: the
/// same luck serves every year.
public struct ContinuingCare: Sendable {
  /// The name that scripts use, and under which the number of children is given.
  public let id: String
  /// The name that people use.
  public let name: String
  /// The setting whose cost it reduces.
  public let setting: String
  /// Pounds a week for one child, where it is agreed.
  public let weeklyContribution: Draws
  /// The probability that a child is agreed.
  public let probability: Draws

  /// Checks and describes a group of children.
  public init(
    id: String, name: String, setting: String, weeklyContribution: Draws, probability: Draws
  ) throws(CommissioningError) {
    var check = FutureCheck(JointFunding.service)
    try check.take(weeklyContribution, "the weekly contribution of \(name)", .amount)
    try check.take(probability, "the probability that \(name) is agreed", .share)
    self.id = id
    self.name = name
    self.setting = setting
    self.weeklyContribution = weeklyContribution
    self.probability = probability
  }

  /// The number of children agreed in every future.
  func agreed(of children: Draws, draws: Int, seed: UInt64) -> Draws {
    // Where nothing is left to chance nothing is drawn.
    if probability.knownValue == 0 || children.knownValue == 0 { return Draws(0) }
    if probability.knownValue == 1 { return children }
    let stream = RandomStream(seed: seed, name: "joint-funding/continuing-care/\(id)")
    return Draws(
      (0..<draws).map { path in
        var own = stream.path(UInt64(path))
        return own.binomial(ofAverage: children[path] ?? .nan, probability: probability[path] ?? .nan)
      })
  }
}

extension RandomStream {
  /// A binomial draw of a number that need not be whole: what is left over counts as one more with that probability,
  /// so that the mean is number x probability. Two draws always, so that scenarios stay in step.
  mutating func binomial(ofAverage number: Double, probability: Double) -> Double {
    let whole = number.rounded(.down)
    let extra: Double = uniform() < number - whole ? 1 : 0
    return binomial(trials: whole + extra, probability: probability)
  }
}
