import Commissioning
import Statistics
import TimeSeries

/// Invented children, rates and places for the tests.
enum InventedCare {
  static func day(_ text: String) -> CivilDate { CivilDate(text) ?? CivilDate(daysSinceEpoch: 0) }

  static func episode(
    _ child: String, born: String = "2010-06-15", _ start: String, _ end: String?, _ placement: String = "U4",
    _ provider: PlacementProvider = .ownAuthority
  ) -> CareEpisode {
    CareEpisode(
      child: child, birth: day(born), start: day(start), end: end.map(day), placement: placement,
      provider: provider)
  }

  /// Two bands and two categories, small enough to reason about.
  static func smallScheme() throws -> PlacementScheme {
    try PlacementScheme(
      bands: [AgeBand(name: "young", from: 0, to: 10), AgeBand(name: "old", from: 10, to: 18)],
      categories: [
        PlacementCategory(id: "family", name: "Family", codes: PlacementCode.fostering),
        PlacementCategory(id: "home", name: "Home", codes: []),
      ])
  }

  /// Four years of some hundred children whose true rates are known: enter at 60 a year, leave at 40 per cent a year, move
  /// from foster care to a home at 20 per cent a year and back at 30.
  static func history(seed: UInt64 = 7, entriesAYear: Double = 60) throws -> CareEpisodes {
    var stream = RandomStream(seed: seed, name: "history")
    let first = day("2016-04-01")
    let last = day("2024-03-31")
    let days = Double(first.days(to: last))
    var episodes: [CareEpisode] = []
    let number = Int(stream.poisson(mean: entriesAYear * days / 365.25))
    for child in 0..<number {
      let start = first.adding(days: Int(stream.uniform() * days))
      let birth = start.adding(days: -Int(stream.uniform() * 17.9 * 365))
      let leaves = birth.birthday(18)
      var from = start
      var isHome = stream.uniform() < 0.2
      while from < leaves, from <= last {
        let exit = 0.4 / 365.25
        let move = (isHome ? 0.3 : 0.2) / 365.25
        let stay = Int(stream.exponential() / (exit + move)) + 1
        let left = stream.uniform() * (exit + move) < exit
        let end = min(from.adding(days: stay), leaves)
        episodes.append(
          CareEpisode(
            child: "c\(child)", birth: birth, start: from, end: end > last ? nil : end,
            placement: isHome ? "K2" : "U4", provider: isHome ? .privateSector : .ownAuthority))
        if left { break }
        isHome.toggle()
        from = end
      }
    }
    return try CareEpisodes(episodes, scheme: smallScheme(), observedThrough: last)
  }

  static let lastYears = [2020, 2021, 2022, 2023].map { FinancialYear($0) }
  static var windows: [ReferenceWindow] {
    lastYears.map { ReferenceWindow(from: $0.firstDay, through: $0.lastDay) }
  }

  static func forecast(
    through: String = "2026-03-31", levers: [CareLever] = [], dates: [CivilDate] = [],
    accounting: [CivilDate] = [],
    drawsRates: Bool = true, variesByYear: Bool = true
  ) throws -> PlacementForecast {
    let episodes = try history()
    let rates = try CareRates.estimated(from: episodes, windows: windows)
    let date = day("2024-03-31")
    return try PlacementForecast(
      rates: rates, opening: CareOpening(episodes.children(on: date), on: date, scheme: episodes.scheme),
      through: day(through), levers: levers, dates: dates, accountingDates: accounting,
      drawsRates: drawsRates,
      variesByYear: variesByYear)
  }
}

extension Draws {
  /// The values of the first futures.
  func values(_ count: Int) -> [Double] { (0..<count).map { self[$0] ?? .nan } }
}
