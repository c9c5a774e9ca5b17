import Commissioning
import Statistics

/// Simulated futures of invented numbers, for figures whose answers can be worked by hand.
enum InventedFutures {
  static func normal(_ name: String, _ count: Int) -> [Double] {
    let stream = RandomStream(seed: 7, name: name)
    return (0..<count).map { path in
      var own = stream.path(UInt64(path))
      return own.normal()
    }
  }

  static func uniform(_ name: String, _ count: Int) -> [Double] {
    let stream = RandomStream(seed: 7, name: name)
    return (0..<count).map { path in
      var own = stream.path(UInt64(path))
      return own.uniform()
    }
  }

  /// Exactly spread values of a standard normal distribution, in order.
  static func spread(_ count: Int) -> [Double] {
    (0..<count).map { StandardNormal.quantile((Double($0) + 0.5) / Double(count)) }
  }

  static func driver(_ id: String, _ values: [Double]) -> PlanDriver {
    PlanDriver(id: id, kind: .assumption, draws: Draws(values))
  }
}

/// Whether two numbers agree within a distance.
func near(_ left: Double?, _ right: Double, _ distance: Double) -> Bool {
  guard let left else { return false }
  return abs(left - right) <= distance
}

/// The sentence with which something is refused; nil where it is not.
func refusal(_ work: () throws(CommissioningError) -> Void) -> String? {
  do {
    try work()
    return nil
  } catch {
    return "\(error)"
  }
}
