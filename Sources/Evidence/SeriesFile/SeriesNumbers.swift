/// The numbers of series by the numbers of the texts of their name and area.
///
/// An open table that is asked with every row, of files that may have a million series: what is compared stands where it is
/// looked for.
struct SeriesNumbers {
  private struct Slot {
    var pair: UInt64 = 0
    /// The number of the series; -1 in an empty place.
    var number: Int32 = -1
  }

  /// The places, a power of two.
  private var slots = [Slot](repeating: Slot(), count: 64)
  private var count = 0

  /// The series of a name and an area, -1 where there is none.
  func find(_ id: Int32, _ area: Int32) -> Int32 {
    let pair = Self.pair(id, area)
    return slots.withUnsafeBufferPointer { slots in
      var place = Self.place(pair, slots.count)
      while slots[place].number >= 0 {
        if slots[place].pair == pair { return slots[place].number }
        place = (place + 1) & (slots.count - 1)
      }
      return -1
    }
  }

  /// Takes in a series that was not there before.
  mutating func insert(_ id: Int32, _ area: Int32, number: Int32) {
    count += 1
    if 2 * count > slots.count {
      let old = slots
      slots = [Slot](repeating: Slot(), count: 2 * old.count)
      for slot in old where slot.number >= 0 { put(slot) }
    }
    put(Slot(pair: Self.pair(id, area), number: number))
  }

  /// Forgets everything.
  mutating func removeAll() {
    guard count > 0 else { return }
    count = 0
    for place in slots.indices { slots[place] = Slot() }
  }

  private mutating func put(_ slot: Slot) {
    var place = Self.place(slot.pair, slots.count)
    while slots[place].number >= 0 { place = (place + 1) & (slots.count - 1) }
    slots[place] = slot
  }

  private static func pair(_ id: Int32, _ area: Int32) -> UInt64 {
    UInt64(UInt32(bitPattern: id)) << 32 | UInt64(UInt32(bitPattern: area))
  }

  private static func place(_ pair: UInt64, _ count: Int) -> Int {
    Int(truncatingIfNeeded: ByteHash.combined(pair, 0)) & (count - 1)
  }
}
