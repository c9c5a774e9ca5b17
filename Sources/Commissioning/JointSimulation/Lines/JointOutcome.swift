import Statistics

/// A quantile of simulated futures, with how far it may be off because they are limited in number.
public struct QuantileEstimate: Sendable, Hashable {
  /// The probability of a value below.
  public let probability: Double
  /// The quantile of the simulated values, exactly: an order statistic, or between two of them (type 7 of Hyndman and
  /// Fan 1996).
  public let value: Double
  /// The standard error of ``value``: half the distance between the order statistics one standard deviation of their rank,
  /// √(np(1 − p)), below and above (without an assumption about the distribution). It is that of independent futures; what
  /// stratification takes off it is not counted.
  public let error: Double
}

/// A line, a total or a cumulative total in one year, over all simulated futures.
public struct SimulatedYear: Sendable, Hashable {
  /// The mean.
  public let mean: Double
  /// The standard error of the mean, for independent futures.
  public let meanError: Double
  /// The quantiles asked for, in the order they were asked.
  public let quantiles: [QuantileEstimate]
}

/// What a joint simulation gives.
public struct JointOutcome: Sendable {
  /// The lines' names.
  public let names: [String]
  /// For every line, in the order of ``names``, its years, after mitigation.
  public let lines: [[SimulatedYear]]
  /// The sum of the lines, year by year.
  public let total: [SimulatedYear]
  /// The sum of the lines over all years up to each.
  public let cumulative: [SimulatedYear]
  /// For every threshold of the model, in order, the probability that it is passed, with its Monte Carlo error.
  public let exceedances: [ProbabilityEstimate]

  /// The years of a line; nil where there is no line of that name.
  public func line(_ name: String) -> [SimulatedYear]? {
    names.firstIndex(of: name).map { lines[$0] }
  }
}

extension JointOutcome: Equatable {}
