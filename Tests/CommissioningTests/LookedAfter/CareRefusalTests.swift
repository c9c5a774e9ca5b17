import Commissioning
import Testing
import TimeSeries

@Suite("Forecasts of placements that cannot be")
struct CareRefusalTests {
  private func refusal(_ body: () throws -> Void) -> String {
    do {
      try body()
      return ""
    } catch { return "\(error)" }
  }

  private func lever(
    _ route: CareLever.Route, _ change: CareLever.Change, from: String = "2024-06-01", through: String? = nil
  ) -> String {
    refusal {
      _ = try InventedCare.forecast(
        levers: [
          CareLever(route, change, from: InventedCare.day(from), through: through.map(InventedCare.day))
        ])
    }
  }

  @Test func leversThatCannotBe() {
    #expect(lever(.exit(category: "foster"), .multiply(Draws(1))).contains("there are family, home"))
    #expect(lever(.exit(category: nil, band: "teens"), .multiply(Draws(1))).contains("there are young, old"))
    #expect(lever(.exit(category: nil), .multiply(Draws(-1))).contains("multiplies by -1"))
    #expect(lever(.exit(category: nil), .multiply(Draws([1, .nan]))).contains("multiplies"))
    #expect(lever(.entry(category: nil), .add(Draws(-1))).contains("less than 1"))
    #expect(lever(.entry(category: nil), .children(perMonth: 3)).contains("one category and one age band"))
    #expect(lever(.exit(category: nil), .children(perMonth: -3)).contains("-3 children a month"))
    #expect(lever(.move(from: "home", to: "home"), .multiply(Draws(1))).contains("is no move"))
    #expect(lever(.exit(category: nil), .multiply(Draws(1)), through: "2024-05-01").contains("ends before"))
    #expect(
      lever(.exit(category: nil), .multiply(Draws(1)), from: "2029-01-01").contains("outside the forecast"))
    #expect(
      lever(.exit(category: nil), .multiply(Draws(1)), from: "2020-01-01", through: "2021-01-01")
        .contains("outside the forecast"))
  }

  @Test func aLeverOnAWayNobodyCameNamesAnAge() throws {
    let one = try CareEpisodes(
      [InventedCare.episode("a", "2020-05-01", nil)], scheme: InventedCare.smallScheme(),
      observedThrough: InventedCare.day("2024-03-31"))
    let rates = try CareRates.estimated(from: one, windows: InventedCare.windows)
    let date = InventedCare.day("2024-03-31")
    let opening = try CareOpening(one.children(on: date), on: date, scheme: one.scheme)
    func forecast(_ route: CareLever.Route) throws -> PlacementForecast {
      try PlacementForecast(
        rates: rates, opening: opening, through: InventedCare.day("2025-03-31"),
        levers: [CareLever(route, .add(Draws(1)), from: InventedCare.day("2024-04-01"))])
    }
    #expect(refusal { _ = try forecast(.entry(category: "home")) }.contains("name an age band"))
    let paths = try forecast(.entry(category: "home", band: "young")).simulate(paths: 20, seed: 1)
    #expect(try paths.flow(.starts, in: FinancialYear(2024), category: "home").mean > 300)
  }

  @Test func datesOutsideTheHorizon() throws {
    let late = InventedCare.day("2030-01-01")
    #expect(refusal { _ = try InventedCare.forecast(dates: [late]) }.contains("outside the forecast"))
    #expect(refusal { _ = try InventedCare.forecast(accounting: [late]) }.contains("accounting date"))
    #expect(refusal { _ = try InventedCare.forecast(through: "2024-03-31") }.contains("1 day to 50 years"))
    #expect(refusal { _ = try InventedCare.forecast(through: "2090-03-31") }.contains("1 day to 50 years"))
    let forecast = try InventedCare.forecast(through: "2025-06-30")
    let paths = try forecast.simulate(paths: 2, seed: 1)
    #expect(refusal { _ = try paths.children(on: late) }.contains("not counted"))
    #expect(refusal { _ = try paths.childDays(in: FinancialYear(2029)) }.contains("outside the forecast"))
    #expect(refusal { _ = try paths.average(in: FinancialYear(2025)) }.contains("not whole"))
    #expect(refusal { _ = try paths.flow(.starts, in: FinancialYear(2024), category: "x") }.contains("\"x\""))
    #expect(refusal { _ = try paths.children(on: FinancialYear(2024).lastDay, band: "x") }.contains("\"x\""))
    #expect(try paths.childDays(in: FinancialYear(2025)).mean > 0)
    #expect(refusal { _ = try forecast.moments(on: [late]) }.contains("outside the forecast"))
    #expect(refusal { _ = try forecast.moments(on: [], draws: 1, seed: 1) }.contains("1 draws"))
    #expect(refusal { _ = try forecast.simulate(paths: 0, seed: 1) }.contains("0 futures"))
    let tied = try InventedCare.forecast(
      levers: [
        CareLever(.exit(category: nil), .children(perMonth: 1), from: InventedCare.day("2024-06-01"))
      ])
    #expect(refusal { _ = try tied.moments(on: [InventedCare.day("2025-01-01")]) }.contains("simulate"))
  }

  @Test func childrenWhoCannotBe() throws {
    let scheme = try InventedCare.smallScheme()
    let date = InventedCare.day("2024-03-31")
    #expect(
      refusal { _ = try CareOpening(counts: [[1, -1], [0, 0]], on: date, scheme: scheme) }.contains("is -1"))
    #expect(refusal { _ = try CareOpening(counts: [[1]], on: date, scheme: scheme) }.contains("2 age bands"))
    #expect(
      refusal { _ = try CareOpening(counts: [[1.5, 0], [0, 0]], on: date, scheme: scheme) }.contains("whole"))
    #expect(
      refusal { _ = try CareOpening(counts: [[900_000, 900_000], [0, 0]], on: date, scheme: scheme) }
        .contains("at most"))
    let child = CareEpisodes.Child(birth: InventedCare.day("2010-01-01"), category: 5)
    #expect(refusal { _ = try CareOpening([child], on: date, scheme: scheme) }.contains("category 5"))
    let adult = CareEpisodes.Child(birth: InventedCare.day("1990-01-01"), category: 0)
    #expect(
      refusal { _ = try CareOpening([adult], on: date, scheme: scheme) }.contains("outside every age band"))
  }

  @Test func inputsThatDoNotBelongTogether() throws {
    let episodes = try InventedCare.history()
    let date = InventedCare.day("2024-03-31")
    let rates = try CareRates.estimated(from: episodes, windows: InventedCare.windows)
    let other = try CareOpening([], on: date, scheme: .standard)
    let through = InventedCare.day("2025-03-31")
    #expect(
      refusal { _ = try PlacementForecast(rates: rates, opening: other, through: through) }.contains(
        "the same bands"))
    let people = try CarePopulation(scheme: episodes.scheme, people: [2024: [Draws(1), Draws(1)]])
    let opening = try CareOpening(episodes.children(on: date), on: date, scheme: episodes.scheme)
    #expect(
      refusal {
        _ = try PlacementForecast(rates: rates, opening: opening, through: through, population: people)
      }.contains("absolute"))
    // Nobody was in a home in the reference period, and now somebody is.
    let family = try CareRates.estimated(
      from: CareEpisodes(
        [InventedCare.episode("a", "2020-01-01", nil)], scheme: episodes.scheme, observedThrough: date),
      windows: InventedCare.windows)
    #expect(
      refusal { _ = try PlacementForecast(rates: family, opening: opening, through: through) }
        .contains("nobody was in the reference period"))
  }

  @Test func aFutureWithTooManyChildren() throws {
    let flood = CareLever(.entry(category: nil), .add(Draws(1e6)), from: InventedCare.day("2024-04-01"))
    let drained = CareLever(.exit(category: nil), .multiply(Draws(0)), from: InventedCare.day("2024-04-01"))
    let forecast = try InventedCare.forecast(through: "2024-04-10", levers: [flood, drained])
    #expect(
      refusal { _ = try forecast.simulate(paths: 1, seed: 1) }.contains("more than 1000000 children or"))
  }

  @Test func aFutureWithTooManyMoves() throws {
    let levers = ["home", "family"].map { from in
      CareLever(
        .move(from: from, to: from == "home" ? "family" : "home"), .add(Draws(1e6)),
        from: InventedCare.day("2024-04-01"))
    }
    let forecast = try InventedCare.forecast(through: "2025-03-31", levers: levers)
    #expect(refusal { _ = try forecast.simulate(paths: 1, seed: 1) }.contains("10000000 moves"))
  }
}
