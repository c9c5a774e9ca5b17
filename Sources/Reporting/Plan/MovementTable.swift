import Commissioning

/// What moves a service's stock, a row for each flow and a column for each year that knows them.
struct MovementTable {
  private let years: [YearOutcome]
  private let heading: String

  init(_ service: ServiceOutcome) {
    heading = service.flowSpan.map { "From \($0), mean" } ?? "From one count to the next, mean"
    years = service.years.filter { !$0.flows.isEmpty }
  }

  /// The lines, in as many blocks of years as the width asks for; none where nothing is known of the flows.
  func lines(width: Int, style: TextStyle = .plain) -> [String] {
    var names: [(id: String, name: String)] = []
    // The last year's names come first: an earlier year may know less and put two flows into one.
    for flow in years.reversed().flatMap(\.flows) where !names.contains(where: { $0.id == flow.id }) {
      names.append((flow.id, flow.name))
    }
    let cells = years.flatMap { $0.flows.map { NumberText.whole($0.people.mean).count } }
    let nameWidth = min(
      max(names.map { DisplayText.width(of: $0.name) }.max() ?? 0, DisplayText.width(of: heading)) + 2,
      width / 2)
    let perBlock = max(1, (width - nameWidth) / (max(7, cells.max() ?? 0) + 2))
    return stride(from: 0, to: years.count, by: perBlock).flatMap { start in
      let block = years[start..<min(start + perBlock, years.count)]
      var grid = TextGrid(
        [.init(heading, alignment: .left)] + block.map { .init("\($0.year.start)") })
      for (id, name) in names {
        grid.add(
          [name]
            + block.map { year in
              year.flows.first { $0.id == id }.map { NumberText.whole($0.people.mean) } ?? NumberText.absent
            })
      }
      return [""] + grid.lines(indent: 0, width: width, style: style)
    }
  }
}
