/// Which series and pools have been met, so that one that comes back after others is noticed.
///
/// Names are remembered by hashes of 64 bits, some 16 bytes each with the room that a table needs; among a million names
/// the chance that any two share one is below one in ten million. A file that can be read again is then merely held instead of streamed.
///
/// Of rows that are sorted nothing is remembered: whoever comes back stands in the wrong place.
struct GroupingCheck {
  /// What is promised of the rows.
  let order: SeriesOrder
  private var series = HashSet64()
  private var pools = HashSet64()
  /// Whether something came back.
  var isBroken = false

  init(_ order: SeriesOrder = .grouped) { self.order = order }

  /// Whether a series has been met; it has been from now on.
  mutating func isKnown(series hash: UInt64) -> Bool { !series.insert(hash) }

  /// Whether a pool has been met; it has been from now on.
  mutating func isKnown(pool hash: UInt64) -> Bool { !pools.insert(hash) }
}

/// A set of hashes in one array, by linear probing.
struct HashSet64 {
  private var slots: [UInt64] = [UInt64](repeating: 0, count: 64)
  private var count = 0

  /// Takes in a hash; false when it was there already.
  mutating func insert(_ hash: UInt64) -> Bool {
    // Zero stands for an empty place.
    let hash = hash == 0 ? 1 : hash
    guard place(hash) else { return false }
    count += 1
    if 3 * slots.count < 4 * count {
      let old = slots
      slots = [UInt64](repeating: 0, count: 2 * old.count)
      for known in old where known != 0 { _ = place(known) }
    }
    return true
  }

  private mutating func place(_ hash: UInt64) -> Bool {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0 {
      if slots[slot] == hash { return false }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = hash
    return true
  }
}
