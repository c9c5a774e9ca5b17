/// How likely a change of trend is held to be before the series is looked at.
public struct ChangePrior: Hashable, Sendable {
  /// The probability of a change at any one period; nil expects one change over the length of the series.
  public let perPeriod: Double?
  /// Periods at which a change is more (or less) likely than at others, as they are written, with their
  /// probabilities.
  public let named: [NamedProbability]

  /// The probability of a change at one period.
  public struct NamedProbability: Hashable, Sendable {
    /// The first period after the change, as it is written.
    public let period: String
    /// The probability, 0 to 1.
    public let probability: Double

    /// The probability of a change at a period.
    public init(_ period: String, _ probability: Double) {
      self.period = period
      self.probability = probability
    }
  }

  /// A prior.
  ///
  /// - Parameters:
  ///   - perPeriod: the probability of a change at any one period; nil expects one over the length of the series.
  ///   - named: periods with probabilities of their own.
  public init(perPeriod: Double? = nil, named: [NamedProbability] = []) {
    self.perPeriod = perPeriod
    self.named = named
  }

  /// The probability of a change at each position from the first observation to a number of periods beyond the
  /// last.
  func probabilities(_ sample: Sample, ahead: Int, model: String) throws(ForecastingError) -> [Double] {
    let length = (sample.positions.last ?? 0) + 1
    let base = perPeriod ?? 1 / Double(max(2, length))
    var probabilities = [Double](repeating: base, count: length + ahead)
    for entry in named {
      let position = try sample.position(ofPeriod: entry.period, model: model)
      guard position > 0 else {
        throw .unsuitable(
          series: sample.name, model: model,
          problem:
            "expects a change at \(entry.period), the first observation, before which nothing is known; "
            + "choose a later period")
      }
      if position < probabilities.count { probabilities[position] = entry.probability }
    }
    return probabilities
  }
}

extension ChangePrior: CustomStringConvertible {
  /// The prior as a specification writes it: `prior(0.05,2020-04=0.5)`.
  public var description: String {
    let words =
      [perPeriod.map { "\($0)" }].compactMap(\.self)
      + named.map { "\(ModelExpression.quoted($0.period))=\($0.probability)" }
    return words.isEmpty ? "prior" : "prior(\(words.joined(separator: ",")))"
  }
}
