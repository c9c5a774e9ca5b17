/// The numbers of series by the numbers of the texts of their name and area.
///
/// An open table of four bytes a place, since a file may have a million series and asks for one with every row.
struct SeriesNumbers {
  /// The number of the series that has a place, or -1; the places are a power of two.
  private var slots: [Int32] = [Int32](repeating: -1, count: 64)

  /// The series of a name and an area, -1 where there is none.
  func find(_ id: Int32, _ area: Int32, in identities: [SeriesRows.Identity]) -> Int32 {
    var slot = place(id, area)
    while slots[slot] >= 0 {
      let identity = identities[Int(slots[slot])]
      if identity.id == id, identity.area == area { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return -1
  }

  /// Takes in the last of the identities, which was not there before.
  mutating func appendLast(of identities: [SeriesRows.Identity]) {
    if 2 * identities.count > slots.count {
      slots = [Int32](repeating: -1, count: 2 * slots.count)
      for number in identities.indices { put(number, identities[number]) }
    } else if let last = identities.last {
      put(identities.count - 1, last)
    }
  }

  /// Forgets everything.
  mutating func removeAll() {
    for slot in slots.indices { slots[slot] = -1 }
  }

  private mutating func put(_ number: Int, _ identity: SeriesRows.Identity) {
    var slot = place(identity.id, identity.area)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(clamping: number)
  }

  private func place(_ id: Int32, _ area: Int32) -> Int {
    let pair = UInt64(UInt32(bitPattern: id)) << 32 | UInt64(UInt32(bitPattern: area))
    return Int(truncatingIfNeeded: ByteHash.combined(pair, 0)) & (slots.count - 1)
  }
}
