import TimeSeries

/// Observations at eight bytes each.
///
/// A value is itself; anything else is a NaN, the payload of which is its number among the distinct reasons for absence.
/// Values read from files are never NaN, so nothing is lost.
struct PackedObservations {
  private var bits: [UInt64] = []
  private var reasons: [Observation] = []
  private var numbers: [Observation: Int] = [:]
  private static let quietNaN: UInt64 = 0x7FF8_0000_0000_0000

  /// Puts the rows of another behind these.
  mutating func append(contentsOf other: PackedObservations) {
    let numbers = other.reasons.map { UInt64(number(of: $0)) }
    bits.append(
      contentsOf: other.bits.lazy.map { pattern in
        Double(bitPattern: pattern).isNaN ? Self.quietNaN | numbers[Int(pattern & ~Self.quietNaN)] : pattern
      })
  }

  /// Forgets the rows and keeps the reasons for absence.
  mutating func removeRows() { bits.removeAll(keepingCapacity: true) }

  mutating func append(_ observation: Observation) {
    if case .value(let value) = observation, !value.isNaN {
      bits.append(value.bitPattern)
      return
    }
    bits.append(Self.quietNaN | UInt64(number(of: observation)))
  }

  /// The number of a reason for absence.
  private mutating func number(of observation: Observation) -> Int {
    if let known = numbers[observation] { return known }
    reasons.append(observation)
    numbers[observation] = reasons.count - 1
    return reasons.count - 1
  }

  /// Puts the rows into an order.
  mutating func reorder(by order: [Int32]) { SeriesRows.reorder(&bits, by: order) }

  subscript(row: Int) -> Observation { observation(bits[row]) }

  private func observation(_ pattern: UInt64) -> Observation {
    guard Double(bitPattern: pattern).isNaN else { return .value(Double(bitPattern: pattern)) }
    let number = Int(pattern & ~Self.quietNaN)
    return reasons.indices.contains(number) ? reasons[number] : .notAvailable
  }
}
