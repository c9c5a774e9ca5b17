import Commissioning

/// What the spend pays for, what one of it costs, and the flows of people.
extension ServiceSheet {
  /// What the lines pay for, and what one costs: the mean cost over the mean number.
  mutating func prices() throws(ReportingError) {
    let lines = cells.lines("spend").filter { line in
      years.contains { $0.lines.contains { $0.id == line.id && $0.part == "spend" && $0.units != nil } }
    }
    guard !lines.isEmpty else { return }
    try grid.section("Numbers that the spend pays for")
    let first = grid.row
    for line in lines {
      try add(
        ServiceCells.units(line.id), line.name, unit: "number", CellStyle(.body, .decimal, isIndented: true),
        years.map { year in
          year.lines.first { $0.id == line.id && $0.part == "spend" }?.units.map { .number($0.mean) }
            ?? .absent
        })
    }
    let last = grid.row - 1
    func sum(_ year: YearOutcome) -> Double? {
      let own = year.lines.filter { $0.part == "spend" }.compactMap(\.units)
      return own.isEmpty ? nil : own.reduce(0) { $0 + $1.mean }
    }
    try add(
      "units", "All of them", unit: "number", CellStyle(.total, .decimal),
      years.enumerated().map { index, year in
        sum(year).map {
          .formula("SUM(\(grid.place(index, row: first).name):\(grid.place(index, row: last).name))", $0)
        } ?? .absent
      })
    try growth(of: "units", "Growth")
    try grid.section("Cost of one: mean spend divided by mean number")
    for line in lines {
      try add(
        "price:\(line.id)", line.name, unit: "£ a year", CellStyle(.body, .pounds, isIndented: true),
        years.map { year in
          guard let cost = cells.own(ServiceCells.line("spend", line.id), year.year),
            let units = cells.own(ServiceCells.units(line.id), year.year), units.value > 0
          else { return .absent }
          return .formula("\(cost.name)/\(units.name)", cost.value / units.value)
        })
    }
    try add(
      "price", "On average over all of them", unit: "£ a year", CellStyle(.total, .pounds),
      years.map { year in
        let parts = lines.filter { cells.own(ServiceCells.units($0.id), year.year) != nil }
          .compactMap { cells.own(ServiceCells.line("spend", $0.id), year.year) }
        guard let units = cells.own("units", year.year), units.value > 0, !parts.isEmpty else {
          return .absent
        }
        return .formula(
          "(\(parts.map(\.name).joined(separator: "+")))/\(units.name)",
          parts.reduce(0) { $0 + $1.value } / units.value)
      })
    try growth(of: "price", "Growth")
  }

  mutating func flows() throws(ReportingError) {
    var found: [YearOutcome.Flow] = []
    for flow in years.flatMap(\.flows) where !found.contains(where: { $0.id == flow.id }) {
      found.append(flow)
    }
    guard !found.isEmpty else { return }
    try grid.section("Flows\(service.flowSpan.map { ", \($0)" } ?? "") (what leaves is negative)")
    for flow in found {
      try add(
        "flow:\(flow.id)", flow.name, unit: flow.isInStock ? "people" : "beside the stock",
        CellStyle(.body, .people, isIndented: true),
        years.map { year in year.flows.first { $0.id == flow.id }.map { .number($0.people.mean) } ?? .absent }
      )
    }
  }
}
