import Commissioning
import TimeSeries

/// Counts the children of a return.
struct CareReturnCounts {
  let area: PublishedArea
  let publication: Publication?

  /// Adds the counts of a year: on its last day, and of what happened in it.
  ///
  /// - Throws: `CommissioningError` for a year that the episodes do not cover.
  func add(
    _ episodes: CareEpisodes, _ year: FinancialYear, wanted: inout WantedNames,
    to figures: inout PublishedFigures
  ) throws(CommissioningError) {
    let scheme = episodes.scheme
    let categories = scheme.categories.count
    let none = [Int](repeating: 0, count: scheme.bands.count * categories)
    var stock = none
    for child in try episodes.children(on: year.lastDay) {
      let age = child.birth.completedYears(on: year.lastDay)
      guard let band = scheme.bands.firstIndex(where: { $0.from <= age && age < $0.to }) else { continue }
      stock[band * categories + child.category] += 1
    }
    let tally = try episodes.tally(year)
    var ceased = tally.exits.map { Int($0) }
    // Care ends on the last birthday of the oldest band.
    for (category, count) in tally.agedOut.enumerated() {
      ceased[(scheme.bands.count - 1) * categories + category] += Int(count)
    }
    let lists: [(name: String, title: String, period: Period, counts: [Int])] = [
      ("looked_after", "Children looked after on 31 March", .censusDate(year.lastDay), stock),
      ("started", "Starts to be looked after in the year", year.period, tally.entries.map { Int($0) }),
      ("ceased", "Ends of being looked after in the year", year.period, ceased),
    ]
    for list in lists {
      let isWanted = wanted.wants(measure: list.name, list.title)
      func add(placement: String, age: String, _ count: Int) {
        guard isWanted else {
          figures.tally.unwantedCells += 1
          return
        }
        let key = PublishedSeriesKey(
          measure: list.name, measureName: list.title, area: area, unit: .count,
          breakdown: [
            Series.Attribute(name: "placement", value: placement), Series.Attribute(name: "age", value: age),
          ])
        figures.add(
          PublishedFigure(
            period: list.period, observation: .value(Double(count)), publication: publication, row: 1),
          to: figures.position(of: key))
      }
      add(placement: "", age: "", list.counts.reduce(0, +))
      for (number, category) in scheme.categories.enumerated() {
        let count = scheme.bands.indices.reduce(0) { $0 + list.counts[$1 * categories + number] }
        add(placement: category.name, age: "", count)
      }
      for (number, band) in scheme.bands.enumerated() {
        add(
          placement: "", age: band.name,
          list.counts[(number * categories)..<((number + 1) * categories)].reduce(0, +))
      }
    }
  }
}
