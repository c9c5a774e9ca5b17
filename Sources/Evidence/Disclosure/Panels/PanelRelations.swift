import TimeSeries

// What adds up in a panel: areas to the area above them, parts to their whole, one period to the next.

extension PanelTables {
  /// States all sums and differences among the figures of a table.
  ///
  /// - Parameters:
  ///   - order: the figures, in their order.
  ///   - positions: their cells.
  ///   - built: the table.
  func relate(
    _ order: [(period: Period, place: Place)],
    _ positions: [Period: [Place: (count: Int, denominator: Int?)]], _ built: inout Built
  ) throws(EvidenceError) {
    var sums: [Sum: [Place]] = [:]
    var found: [Sum] = []
    func note(_ sum: Sum, _ part: Place) {
      if sums[sum] == nil { found.append(sum) }
      sums[sum, default: []].append(part)
    }
    for (period, place) in order {
      if let area = place.area, let parent = protection.parents[area], parent != area {
        note(Sum(period: period, whole: Place(area: parent, parts: place.parts), by: -1), place)
      }
      for (number, breakdown) in protection.breakdowns.enumerated()
      where place.parts[number] != breakdown.total {
        var parts = place.parts
        parts[number] = breakdown.total
        note(Sum(period: period, whole: Place(area: place.area, parts: parts), by: number), place)
      }
    }
    var tally = Tally()
    for sum in found {
      guard let whole = positions[sum.period]?[sum.whole] else { continue }
      let parts = (sums[sum] ?? []).compactMap { positions[sum.period]?[$0] }
      try relate(whole.count, parts.map(\.count), &built, &tally)
      if let denominator = whole.denominator, built.table.cells[denominator].visibility != .known {
        try relate(denominator, parts.compactMap(\.denominator), &built, &tally)
      }
    }
    if protection.runsOn { try relatePeriods(order, positions, &built, &tally) }
    built.notes += tally.notes(built.table.name)
  }

  /// A whole in a period, and by what it is divided: a breakdown, or -1 for areas.
  private struct Sum: Hashable {
    let period: Period
    let whole: Place
    let by: Int
  }

  /// What was found that does not add up.
  private struct Tally {
    var excess = 0
    var remainders = 0
    var falls = 0

    func notes(_ table: String) -> [String] {
      var notes: [String] = []
      if excess > 0 {
        notes.append(
          "\(table): \(excess) totals are less than the sum of their parts, and were not taken to be "
            + "their sums"
        )
      }
      if remainders > 0 {
        notes.append(
          "\(table): \(remainders) totals are more than the sum of the parts given; what is left out is "
            + "protected as well"
        )
      }
      if falls > 0 {
        notes.append("\(table): \(falls) figures fall from a period to the next, and do not run on there")
      }
      return notes
    }
  }

  private func relate(
    _ whole: Int, _ parts: [Int], _ built: inout Built, _ tally: inout Tally
  ) throws(EvidenceError) {
    guard !parts.isEmpty else { return }
    let left = (0..<built.table.versions).map { version in
      parts.reduce(built.table.cells[whole].values[version]) { $0 - built.table.cells[$1].values[version] }
    }
    guard left.allSatisfy({ $0 >= 0 }) else {
      tally.excess += 1
      return
    }
    guard left.contains(where: { $0 > 0 }) else { return try built.table.relate(total: whole, parts: parts) }
    tally.remainders += 1
    let rest = try built.table.add(
      DisclosureCell(
        name: "what the parts of \(built.table.cells[whole].name) leave out", values: left,
        visibility: .hidden))
    try built.table.relate(total: whole, parts: parts + [rest])
  }

  private func relatePeriods(
    _ order: [(period: Period, place: Place)],
    _ positions: [Period: [Place: (count: Int, denominator: Int?)]], _ built: inout Built,
    _ tally: inout Tally
  ) throws(EvidenceError) {
    var last: [Place: Period] = [:]
    for (period, place) in order.sorted(by: { $0.period < $1.period }) {
      defer { last[place] = period }
      guard let before = last[place], let earlier = positions[before]?[place]?.count,
        let later = positions[period]?[place]?.count
      else { continue }
      let added = zip(built.table.cells[later].values, built.table.cells[earlier].values).map { $0 - $1 }
      guard added.allSatisfy({ $0 >= 0 }) else {
        tally.falls += 1
        continue
      }
      let hidden = try built.table.add(
        DisclosureCell(
          name: "what \(built.table.cells[later].name) has more than \(before)", values: added,
          visibility: .hidden))
      try built.table.relate(total: later, parts: [earlier, hidden])
    }
  }
}
