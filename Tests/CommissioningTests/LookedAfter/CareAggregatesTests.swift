import Testing
import TimeSeries

@testable import Commissioning

@Suite("Children looked after from yearly totals")
struct CareAggregatesTests {
  private let fostering = PlacementCategory(
    id: "fostering", name: "Fostering", codes: PlacementCode.fostering)
  private let residential = PlacementCategory(
    id: "residential", name: "Residential", codes: PlacementCode.residential)
  private let other = PlacementCategory(id: "other", name: "Other", codes: [])
  private let years = [
    CareYear(year: FinancialYear(2020), starts: 150, ceased: 140, closing: 512),
    CareYear(year: FinancialYear(2021), starts: 170, ceased: 150, closing: 531),
    CareYear(year: FinancialYear(2022), starts: 160, ceased: 165, closing: 527),
    CareYear(year: FinancialYear(2023), starts: 180, ceased: 160, closing: 546),
  ]

  private func aggregates(_ shares: [Double] = [0.7, 0.15], rest: Bool = true) throws -> CareAggregates {
    try CareAggregates(
      years: years, opening: 500, shares: Array(zip([fostering, residential], shares)).map { ($0, $1) },
      remainder: rest ? other : nil)
  }

  private func people(_ last: Int = 2027) throws -> CarePopulation {
    try CarePopulation(
      scheme: aggregates().scheme,
      people: Dictionary(uniqueKeysWithValues: (2020...last).map { ($0, [Draws(54_000)]) }))
  }

  @Test func whatPublishedYearsLeaveUnexplainedIsShown() throws {
    #expect(try aggregates().unexplained == [2, -1, 1, -1])
    #expect(try aggregates().closingByCategory == [382, 82, 82])
  }

  @Test func ratesAreEventsOverExposure() throws {
    let rates = try aggregates().rates(population: people(), weights: [1, 1, 1, 1])
    let entries = rates.entries.reduce(0) { $0 + $1.mean } * 54_000 * 365.25
    #expect(abs(entries - 165) < 0.5)
    // 615 ceased in 1461 days of some 523 children.
    #expect(abs(rates.exits[0].mean - 615.5 / (365 * (506 + 521.5 + 529) + 366 * 536.5)) < 1e-9)
    #expect(rates.exits.allSatisfy { abs($0.mean / rates.exits[0].mean - 1) < 1e-12 })
    #expect(rates.notes.contains { $0.contains("cannot be said") })
    #expect(rates.yearlyVariation != nil)
  }

  @Test func openingStartsCeasedAndUnexplainedMakeTheClosingInEveryPath() throws {
    let forecast = try aggregates().forecast(through: FinancialYear(2026).lastDay, population: people())
    let paths = try forecast.simulate(paths: 300, seed: 3, jobs: 2)
    var stock = [Double](repeating: 546, count: 300)
    var left: Set<Double> = []
    for year in paths.years {
      let flows = try [PlacementPaths.Flow.starts, .ceased, .unexplained].map {
        try paths.flow($0, in: year).values(300)
      }
      let closing = try paths.children(on: year.lastDay).values(300)
      for path in 0..<300 {
        stock[path] += flows[0][path] - flows[1][path] + flows[2][path]
        #expect(stock[path] == closing[path])
      }
      left.formUnion(flows[2])
      #expect(try paths.flow(.movesIn, in: year).mean == 0)
      #expect(try paths.flow(.agedOut, in: year).mean == 0)
    }
    #expect(left == [2, -1, 1])
    // The shares stay about where they were.
    let last = FinancialYear(2026).lastDay
    let share = try paths.children(on: last, category: "fostering").mean / paths.children(on: last).mean
    #expect(abs(share - 0.7) < 0.03)
    #expect(throws: CommissioningError.self) { try forecast.moments(on: [last]) }
  }

  @Test func withoutThePopulationEntriesAreAbsoluteAndSaidToBe() throws {
    let steady = try CareAggregates(
      years: years.map { CareYear(year: $0.year, starts: 100, ceased: 100, closing: 500) }, opening: 500,
      shares: [(fostering, 1)])
    let forecast = try steady.forecast(
      through: FinancialYear(2025).lastDay, drawsRates: false, variesByYear: false)
    #expect(forecast.rates.notes.contains { $0.contains("absolute") })
    let date = FinancialYear(2025).lastDay
    let paths = try forecast.simulate(paths: 3_000, seed: 5, jobs: 2)
    let children = try paths.children(on: date).values(3_000)
    #expect(abs(children.mean - 500) < 2)
    let levers = try steady.forecast(
      through: date,
      levers: [CareLever(.entry(category: nil), .multiply(Draws(0)), from: InventedCare.day("2024-04-01"))])
    #expect(try levers.simulate(paths: 3, seed: 1).flow(.starts, in: FinancialYear(2025)).mean == 0)
  }

  @Test func momentsOfOneAgeClassAreThoseOfTheRecursion() throws {
    let rates = try aggregates([1, 0], rest: false).rates()
    let opening = try CareOpening(counts: [[546, 0]], on: FinancialYear(2023).lastDay, scheme: rates.scheme)
    let date = FinancialYear(2024).lastDay
    let forecast = try PlacementForecast(rates: rates, opening: opening, through: date)
    let found = try forecast.moments(on: [date])[0]
    let wanted = try StockMoments(known: [546]).advanced(
      intensities: [0], exits: [rates.exits[0].mean], arrivals: [rates.entries[0].mean], days: 365)
    #expect(abs(found.total - wanted.mean[0]) < 1e-6)
    #expect(abs(found.variance - wanted.covariance[0]) < 1e-6)
  }

  @Test func laterYearsCanWeighMore() throws {
    let even = try aggregates().rates(weights: [1, 1, 1, 1])
    let fading = try aggregates().rates()
    #expect(fading.entries[0].mean > even.entries[0].mean && fading.entries[0].shape < even.entries[0].shape)
    let late = try aggregates().rates(weights: [1, 1, 1, 50])
    #expect(late.entries[0].mean > even.entries[0].mean * 1.05)
    #expect(throws: CommissioningError.self) { try aggregates().rates(weights: [1]) }
    #expect(throws: CommissioningError.self) { try aggregates().rates(weights: [1, 1, 0, 1]) }
  }

  @Test func sharesWithinRoundingAreScaledAndOthersRefused() throws {
    let scaled = try aggregates([0.705, 0.3], rest: false)
    #expect(scaled.notes.count == 1)
    #expect(abs(scaled.shares.reduce(0, +) - 1) < 1e-12)
    #expect(throws: CommissioningError.self) { try aggregates([0.7, 0.15], rest: false) }
    #expect(throws: CommissioningError.self) { try aggregates([0.8, 0.3]) }
    #expect(throws: CommissioningError.self) { try aggregates([1.2, -0.2]) }
  }

  @Test func totalsThatCannotBeAreRefused() throws {
    func refuses(_ list: [CareYear], _ opening: Double = 500) -> Bool {
      (try? CareAggregates(years: list, opening: opening, shares: [(fostering, 1)])) == nil
    }
    func year(_ start: Int, _ starts: Double, _ ceased: Double, _ closing: Double) -> CareYear {
      CareYear(year: FinancialYear(start), starts: starts, ceased: ceased, closing: closing)
    }
    #expect(!refuses(years))
    #expect(refuses([years[0]]))
    #expect(refuses([years[0], years[2]]))
    #expect(refuses(years, -1))
    #expect(refuses([year(2020, -1, 1, 500), years[1]]))
    #expect(refuses([year(2020, 1, -1, 500), years[1]]))
    #expect(refuses([year(2020, 1, 1, -500), years[1]]))
    #expect(refuses([year(2020, 1, 1.5, 500), years[1]]))
    #expect(refuses([year(2020, 10, 900, 500), years[1]]))
    #expect(refuses([year(2020, 10, 0, 510), year(2021, 10, 0, 520)]))
    #expect(throws: CommissioningError.self) {
      try aggregates().forecast(through: FinancialYear(2030).lastDay, population: people())
    }
    #expect(throws: CommissioningError.self) { try aggregates().rates(population: people(2022)) }
    let two = try CareAggregates(years: Array(years.prefix(2)), opening: 500, shares: [(fostering, 1)])
    #expect(try two.rates().yearlyVariation == nil)
  }

  @Test func whatMovesARateStays() throws {
    let wild = try CareAggregates(
      years: zip(2018..<2024, [100.0, 200, 100, 200, 100, 200]).map {
        CareYear(year: FinancialYear($0), starts: $1, ceased: 150, closing: 500)
      }, opening: 500, shares: [(fostering, 1)])
    let forecast = try wild.forecast(through: FinancialYear(2026).lastDay, drawsRates: false)
    let paths = try forecast.simulate(paths: 3_000, seed: 7, jobs: 2)
    let starts = try (2024...2026).map { try paths.flow(.starts, in: FinancialYear($0)).values(3_000) }
    let spreads = starts.map { $0.variance.squareRoot() / $0.mean }
    #expect(spreads[0] > 0.25 && spreads[0] < 0.6)
    // A walk: the third year has about √3 times the spread of the first, and no year a bias.
    #expect(spreads[2] > 1.4 * spreads[0] && spreads[2] < 2.3 * spreads[0])
    for year in starts { #expect(abs(year.mean / starts[0].mean - 1) < 0.1) }
  }
}
