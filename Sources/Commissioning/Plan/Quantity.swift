import Statistics

/// A figure of a plan as it is reported: a number where it is known, a distribution where it is not.
public enum Quantity: Hashable, Sendable {
  /// The same in every simulated future.
  case known(Double)
  /// Mean and quantiles over the simulated futures.
  case uncertain(Distribution)

  /// What is reported of an uncertain figure.
  public struct Distribution: Hashable, Sendable {
    /// The mean.
    public let mean: Double
    // swift-format-ignore: AlwaysUseLowerCamelCase
    /// The quantile at 2.5 per cent.
    public let p2_5: Double
    /// The quantile at 10 per cent.
    public let p10: Double
    /// The median.
    public let p50: Double
    /// The quantile at 90 per cent.
    public let p90: Double
    // swift-format-ignore: AlwaysUseLowerCamelCase
    /// The quantile at 97.5 per cent.
    public let p97_5: Double

    /// The same quantiles about another mean.
    func with(mean: Double) -> Distribution {
      Distribution(mean: mean, p2_5: p2_5, p10: p10, p50: p50, p90: p90, p97_5: p97_5)
    }
  }

  /// The mean, or the known number.
  public var mean: Double {
    switch self {
    case .known(let value): value
    case .uncertain(let distribution): distribution.mean
    }
  }

  /// Summarises draws: means and quantiles are taken here, after all arithmetic, and nowhere before.
  init(_ draws: Draws) throws(CommissioningError) {
    switch draws.storage {
    case .known(let value):
      guard value.isFinite else {
        throw .invalid(service: "simulation", reason: "a figure is \(value), which is no amount")
      }
      self = .known(value)
    case .sampled(let values):
      do {
        let summary = try QuantileSummary(of: values, at: [0.025, 0.1, 0.5, 0.9, 0.975])
        self = .uncertain(
          Distribution(
            mean: summary.mean, p2_5: summary.quantiles[0], p10: summary.quantiles[1],
            p50: summary.quantiles[2], p90: summary.quantiles[3], p97_5: summary.quantiles[4]))
      } catch {
        throw .invalid(service: "simulation", reason: "a simulated quantity cannot be summarised: \(error)")
      }
    }
  }
}

/// A probability counted over simulated futures, with the error that the number of futures leaves.
public struct Probability: Hashable, Sendable {
  /// The share of simulated futures, 0 to 1.
  public let value: Double
  /// Its Monte Carlo standard error; zero where the figures are known and there is nothing to count.
  public let error: Double

  /// Counts the simulated futures in which a quantity is below zero.
  init(negative draws: Draws) throws(CommissioningError) {
    switch draws.storage {
    case .known(let value):
      self.value = value < 0 ? 1 : 0
      error = 0
    case .sampled(let values):
      do {
        let estimate = try ProbabilityEstimate(successes: values.count { $0 < 0 }, trials: values.count)
        value = estimate.value
        error = estimate.error
      } catch {
        throw .invalid(service: "simulation", reason: "a probability cannot be counted: \(error)")
      }
    }
  }
}
