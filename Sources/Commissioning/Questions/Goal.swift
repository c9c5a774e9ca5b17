import Statistics

/// What a goal-seek is to reach: a statistic of a figure, and the value that it must not be above or below.
public struct Goal: Hashable, Sendable {
  /// What is taken of the figure over the simulated futures.
  public enum Statistic: Hashable, Sendable {
    /// The mean.
    case mean
    /// A quantile, by its probability between 0 and 1.
    case quantile(Double)
    /// The probability that the figure is below nought, as a balance is when more is spent than there is.
    case probabilityBelowZero
  }

  /// Which side of the value is wanted.
  public enum Relation: String, Hashable, Sendable {
    /// The statistic is to be at most the value.
    case atMost = "<="
    /// The statistic is to be at least the value.
    case atLeast = ">="
  }

  /// What is taken of the figure.
  public let statistic: Statistic
  /// Which side is wanted.
  public let relation: Relation
  /// The value, in the figure's unit; a share for a probability.
  public let value: Double

  /// States a goal.
  ///
  /// - Throws: ``CommissioningError/invalid(service:reason:)`` for a value that is not finite, a probability outside 0 to
  ///   1 and a quantile that is not strictly between.
  public init(_ statistic: Statistic, _ relation: Relation, _ value: Double) throws(CommissioningError) {
    guard value.isFinite else {
      throw .invalid(service: "goal", reason: "the value is \(value); give a finite number")
    }
    switch statistic {
    case .mean: break
    case .quantile(let probability):
      guard probability > 0, probability < 1 else {
        throw .invalid(
          service: "goal",
          reason: "a quantile of \(probability) is asked for; give one above 0 and below 1 (p1 to p99)")
      }
    case .probabilityBelowZero:
      guard (0...1).contains(value) else {
        throw .invalid(
          service: "goal", reason: "a probability of \(value) is asked for; give 0% to 100%, or 0 to 1")
      }
    }
    self.statistic = statistic
    self.relation = relation
    self.value = value
  }

  /// The statistic of a figure, with its Monte Carlo standard error.
  func estimate(_ figure: Draws) throws(CommissioningError) -> Estimate {
    switch statistic {
    case .mean:
      let mean = try MeanEstimate(figure, of: "the figure")
      return Estimate(value: mean.value, error: mean.error)
    case .probabilityBelowZero:
      _ = try figure.values(count: figure.futures ?? 1, of: "the figure")
      let probability = try Probability(negative: figure)
      return Estimate(value: probability.value, error: probability.error)
    case .quantile(let probability):
      guard let count = figure.futures else {
        return Estimate(value: try figure.values(count: 1, of: "the figure")[0], error: 0)
      }
      let values = try figure.values(count: count, of: "the figure")
      // Half the distance between the quantiles one standard error of the rank to either side (Woodruff 1952).
      let step = (probability * (1 - probability) / Double(count)).squareRoot()
      do {
        let found = try QuantileSummary(
          of: values, at: [probability, max(0, probability - step), min(1, probability + step)]
        ).quantiles
        return Estimate(value: found[0], error: (found[2] - found[1]) / 2)
      } catch {
        throw .invalid(service: "the figure", reason: "\(error)")
      }
    }
  }

  /// A statistic with its error.
  struct Estimate {
    let value: Double
    let error: Double
  }

  /// By how much an estimate misses the goal; nought or less where it meets it.
  func miss(_ value: Double) -> Double {
    switch relation {
    case .atMost: value - self.value
    case .atLeast: self.value - value
    }
  }
}
