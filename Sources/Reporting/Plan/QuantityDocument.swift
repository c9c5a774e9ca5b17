import Commissioning

/// A figure as programs read it: a number where it is known, and `{mean, p2_5, p10, p50, p90, p97_5}` where it is not.
public enum QuantityDocument: Codable, Hashable, Sendable {
  /// The same in every simulated future.
  case known(Double)
  /// Mean and quantiles over the simulated futures.
  case uncertain(Distribution)

  /// What is reported of an uncertain figure.
  public struct Distribution: Codable, Hashable, Sendable {
    /// The mean.
    public let mean: Double
    /// The quantile at 2.5 per cent.
    public let p025: Double
    /// The quantile at 10 per cent.
    public let p10: Double
    /// The median.
    public let p50: Double
    /// The quantile at 90 per cent.
    public let p90: Double
    /// The quantile at 97.5 per cent.
    public let p975: Double

    private enum CodingKeys: String, CodingKey {
      case mean
      case p025 = "p2_5"
      case p10
      case p50
      case p90
      case p975 = "p97_5"
    }
  }

  /// The known number, or the mean.
  public var mean: Double {
    switch self {
    case .known(let value): value
    case .uncertain(let distribution): distribution.mean
    }
  }

  init(_ quantity: Quantity) {
    switch quantity {
    case .known(let value): self = .known(value)
    case .uncertain(let one):
      self = .uncertain(
        Distribution(
          mean: one.mean, p025: one.p2_5, p10: one.p10, p50: one.p50, p90: one.p90, p975: one.p97_5))
    }
  }

  /// Reads a number or an object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let value = try? container.decode(Double.self) {
      self = .known(value)
    } else {
      self = .uncertain(try container.decode(Distribution.self))
    }
  }

  /// Writes a number or an object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .known(let value): try container.encode(value)
    case .uncertain(let distribution): try container.encode(distribution)
    }
  }
}

/// A probability as programs read it.
public struct ProbabilityDocument: Codable, Hashable, Sendable {
  /// The share of simulated futures, 0 to 1.
  public let value: Double
  /// Its Monte Carlo standard error; zero where there was nothing to count.
  public let error: Double

  init(_ probability: Probability) {
    value = probability.value
    error = probability.error
  }
}
