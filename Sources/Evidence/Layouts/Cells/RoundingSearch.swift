import TimeSeries

/// The unit to which a publisher rounds, found from what it publishes.
enum RoundingSearch {
  /// The least number of values, zeros left out, that show a rounding.
  static let leastCount = 30

  /// The unit of which every value is a multiple: 10 or 5 for counts; 10, 5, 1, 0.1 or 0.01 for rates and shares.
  ///
  /// - Parameters:
  ///   - values: the values; what is no number does not count.
  ///   - isCount: whether they are counts, which are whole numbers anyway.
  /// - Returns: nil when there are fewer than ``leastCount`` values beside zero, none above the unit, or no such unit.
  static func unit(of values: some Sequence<Double>, isCount: Bool) -> Double? {
    var candidates: [(unit: Double, perOne: Double)] = [(10, 0.1), (5, 0.2)]
    if !isCount { candidates += [(1, 1), (0.1, 10), (0.01, 100)] }
    var count = 0
    var largest = 0.0
    for value in values where value.isFinite && value != 0 {
      count += 1
      largest = max(largest, abs(value))
      candidates.removeAll { !isMultiple(value, $0.perOne) }
      if candidates.isEmpty { return nil }
    }
    guard count >= leastCount, let unit = candidates.first?.unit, largest > unit else { return nil }
    return unit
  }

  /// Whether a value is a whole number of units; files hold binary fractions, so that a millionth of a unit is nothing.
  private static func isMultiple(_ value: Double, _ perOne: Double) -> Bool {
    let scaled = value * perOne
    return abs(scaled - scaled.rounded()) <= max(1e-6, abs(scaled) * 1e-12)
  }
}
