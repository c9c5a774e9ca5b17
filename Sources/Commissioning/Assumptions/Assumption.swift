import Statistics

/// A number in a plan that nobody has published: a value or a range, and the reason its author gives.
public struct Assumption: Hashable, Sendable {
  /// What is assumed.
  public enum Value: Hashable, Sendable {
    /// One number, taken as certain.
    case fixed(Double)
    /// A PERT distribution, drawn once for each simulated future.
    case range(low: Double, mostLikely: Double, high: Double)
  }

  /// The name that services refer to.
  public let id: String
  /// What is assumed.
  public let value: Value
  /// The unit, as its author wrote it.
  public let unit: String
  /// Why this value.
  public let reason: String

  /// Whether its author wrote its numbers with a per cent sign; they are held as shares all the same.
  public let isPercentage: Bool

  /// Checks that a range is in order and that every number is finite.
  ///
  /// - Throws: ``CommissioningError/invalidAssumption(id:reason:)``.
  public init(
    id: String, value: Value, unit: String, reason: String, isPercentage: Bool = false
  ) throws(CommissioningError) {
    func text(_ number: Double) -> String { Self.text(number, isPercentage: isPercentage) }
    switch value {
    case .fixed(let number):
      guard number.isFinite else {
        throw .invalidAssumption(id: id, reason: "the value must be a finite number")
      }
    case .range(let low, let mostLikely, let high):
      guard (high - low).isFinite, low <= mostLikely, mostLikely <= high else {
        throw .invalidAssumption(
          id: id,
          reason:
            "low <= most-likely <= high is needed, and \(text(low)), \(text(mostLikely)), \(text(high)) is given"
        )
      }
    }
    self.id = id
    self.value = value
    self.unit = unit
    self.reason = reason
    self.isPercentage = isPercentage
  }

  /// The assumption in every simulated future: constant where it is fixed, drawn from its own stream where it ranges.
  func draws(_ count: Int, seed: UInt64) -> Draws {
    switch value {
    case .fixed(let number): return Draws(number)
    case .range(let low, let mostLikely, let high):
      if low == high { return Draws(low) }
      let stream = RandomStream(seed: seed, name: "assumption/\(id)")
      return Draws(
        (0..<count).map { path in
          var own = stream.path(UInt64(path))
          return own.pert(minimum: low, mode: mostLikely, maximum: high)
        })
    }
  }

  /// Whether it is the probability of an event, by its unit: something that happens in a future or does not.
  public var isProbability: Bool {
    unit == "probability" && 0...1 ~= bounds.lowerBound && 0...1 ~= bounds.upperBound
  }

  /// The least and the greatest value.
  var bounds: ClosedRange<Double> {
    switch value {
    case .fixed(let number): number...number
    // The initialiser has checked the order.
    case .range(let low, _, let high): min(low, high)...max(low, high)
    }
  }

  private static func text(_ number: Double, isPercentage: Bool) -> String {
    // Twelve decimals of a share are more than anybody writes, and fewer than binary fractions show.
    isPercentage ? "\(grouped((number * 1e12).rounded() / 1e10))%" : grouped(number)
  }

  /// The value as its author wrote it: `1% to 7%, most likely 3.5%`.
  public var text: String {
    switch value {
    case .fixed(let number): Self.text(number, isPercentage: isPercentage)
    case .range(let low, let mostLikely, let high):
      "\(Self.text(low, isPercentage: isPercentage)) to \(Self.text(high, isPercentage: isPercentage)), "
        + "most likely \(Self.text(mostLikely, isPercentage: isPercentage))"
    }
  }
}
