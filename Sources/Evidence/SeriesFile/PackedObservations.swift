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

  mutating func append(_ observation: Observation) {
    if case .value(let value) = observation, !value.isNaN {
      bits.append(value.bitPattern)
      return
    }
    let number: Int
    if let known = numbers[observation] {
      number = known
    } else {
      number = reasons.count
      reasons.append(observation)
      numbers[observation] = number
    }
    bits.append(Self.quietNaN | UInt64(number))
  }

  /// Puts the rows into an order.
  mutating func reorder(by order: [Int32]) { SeriesRows.reorder(&bits, by: order) }

  subscript(row: Int) -> Observation {
    let pattern = bits[row]
    guard Double(bitPattern: pattern).isNaN else { return .value(Double(bitPattern: pattern)) }
    let number = Int(pattern & ~Self.quietNaN)
    return reasons.indices.contains(number) ? reasons[number] : .notAvailable
  }
}
