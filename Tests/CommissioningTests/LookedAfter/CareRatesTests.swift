import Testing
import TimeSeries

@testable import Commissioning

@Suite("Rates of entry, exit and moves")
struct CareRatesTests {
  @Test func theRatesThatMadeAHistoryAreFoundAgain() throws {
    let history = try InventedCare.history(entriesAYear: 600)
    let rates = try CareRates.estimated(from: history, windows: InventedCare.windows)
    for state in rates.exits.indices {
      let (exit, wanted) = (rates.exits[state], 0.4 / 365.25)
      #expect(abs(exit.mean - wanted) < 4 * exit.variance.squareRoot(), "exit \(state)")
    }
    // From foster care to a home at both ages, and back; a stay is counted up to whole days.
    for (place, wanted) in [(1, 0.2), (2, 0.3), (5, 0.2), (6, 0.3)] {
      let move = rates.moves[place]
      #expect(abs(move.mean - wanted / 365.25) < 4 * move.variance.squareRoot(), "move \(place)")
    }
    let perDay = zip(rates.entries, [10.0, 10, 8, 8]).reduce(0) { $0 + $1.0.mean * $1.1 }
    #expect(abs(perDay - 600 / 365.25) < 0.15)
  }

  @Test func aPosteriorIsCountsPlusThoseOfTheCentre() throws {
    let history = try InventedCare.history()
    let window = ReferenceWindow(
      from: InventedCare.day("2020-04-01"), through: InventedCare.day("2024-03-31"))
    let tally = try history.tally(window)
    let rates = try CareRates.estimated(from: history, windows: [window])
    let centre = (tally.exits[0] + tally.exits[2]) / (tally.childDays[0] + tally.childDays[2])
    for state in [0, 2] {
      let strength = rates.exits[state].shape - tally.exits[state]
      #expect(strength > 0)
      #expect(abs(rates.exits[state].exposure - tally.childDays[state] - strength / centre) < 1e-6)
    }
    // The two ages have one strength.
    #expect(abs((rates.exits[0].shape - tally.exits[0]) - (rates.exits[2].shape - tally.exits[2])) < 1e-9)
  }

  @Test func agesThatDifferAreDrawnTogetherLessThanAgesThatAgree() {
    let alike = RateSpread(counts: [50, 52, 49], expected: [50, 50, 50], scale: 1)
    let unlike = RateSpread(counts: [5, 95, 50], expected: [50, 50, 50], scale: 1)
    #expect(alike.strength > 20 * unlike.strength)
    // Nothing seen: the prior's own median.
    #expect(abs(RateSpread(counts: [], expected: [], scale: 1).deviation - 1) < 0.01)
    #expect(abs(RateSpread(counts: [1], expected: [0], scale: 0.1).deviation - 0.1) < 0.001)
  }

  /// Gamma-Poisson counts whose coefficient of variation is 0.3: the posterior median found by numerical integration in
  /// SciPy 1.17.1 over the same model.
  @Test func theSpreadIsThePosteriorMedian() {
    let spread = RateSpread(
      counts: [120, 61, 88, 103, 150, 79], expected: [100, 100, 100, 100, 100, 100], scale: 1)
    #expect(abs(spread.deviation - SpreadReference.deviation) < 2e-3)
  }

  @Test func aWindowCountsByItsWeight() throws {
    let history = try InventedCare.history()
    let years = InventedCare.lastYears
    let heavy = try CareRates.estimated(
      from: history,
      windows: [
        ReferenceWindow(from: years[0].firstDay, through: years[0].lastDay),
        ReferenceWindow(from: years[1].firstDay, through: years[1].lastDay, weight: 1000),
      ])
    let tally = heavy.tallies[1]
    #expect(abs(heavy.exits[2].mean / (tally.exits[2] / tally.childDays[2]) - 1) < 0.01)
    #expect(heavy.tallies.count == 2)
    #expect(heavy.yearlyVariation == nil)
  }

  @Test func onlyWholeYearsTellHowMuchYearsDiffer() throws {
    let history = try InventedCare.history()
    let years = try CareRates.estimated(from: history, windows: InventedCare.windows)
    #expect((years.yearlyVariation?.entries ?? 0) > 0)
    let quarters = [("2023-04-01", "2023-06-30"), ("2023-07-01", "2023-09-30"), ("2023-10-01", "2023-12-31")]
      .map {
        ReferenceWindow(from: InventedCare.day($0.0), through: InventedCare.day($0.1))
      }
    #expect(try CareRates.estimated(from: history, windows: quarters).yearlyVariation == nil)
  }

  @Test func entriesArePerHeadWhereThereIsAPopulation() throws {
    let history = try InventedCare.history()
    let people = try CarePopulation(
      scheme: history.scheme,
      people: Dictionary(uniqueKeysWithValues: (2020...2024).map { ($0, [Draws(30_000), Draws(24_000)]) }))
    let perHead = try CareRates.estimated(from: history, windows: InventedCare.windows, population: people)
    let absolute = try CareRates.estimated(from: history, windows: InventedCare.windows)
    #expect(perHead.isPerHead)
    // As many people in each year of age: the same entries a day.
    for state in 0..<4 {
      #expect(abs(perHead.entries[state].mean * 3_000 / absolute.entries[state].mean - 1) < 1e-9)
    }
    #expect(absolute.notes[0].contains("absolute"))
    #expect(!perHead.notes[0].contains("absolute"))
    #expect(people.years == [2020, 2021, 2022, 2023, 2024])
  }

  @Test func fewCountsAreDrawnToTheComparator() throws {
    let large = try CareRates.estimated(
      from: InventedCare.history(seed: 3, entriesAYear: 600), windows: InventedCare.windows)
    let small = try InventedCare.history(seed: 4, entriesAYear: 4)
    let drawn = try CareRates.estimated(
      from: small, windows: InventedCare.windows, centre: .comparator(large))
    for state in 0..<4 {
      let tally = drawn.tallies.reduce((0.0, 0.0)) { ($0.0 + $1.exits[state], $0.1 + $1.childDays[state]) }
      let own = tally.1 > 0 ? tally.0 / tally.1 : large.exits[state].mean
      let (low, high) = (min(own, large.exits[state].mean), max(own, large.exits[state].mean))
      #expect(drawn.exits[state].mean >= low - 1e-12 && drawn.exits[state].mean <= high + 1e-12)
    }
  }

  @Test func aMoveNeverSeenNeverHappensAndLeavingAlwaysCan() throws {
    let one = try CareEpisodes(
      [InventedCare.episode("a", "2020-01-01", nil)], scheme: InventedCare.smallScheme(),
      observedThrough: InventedCare.day("2024-03-31"))
    let rates = try CareRates.estimated(from: one, windows: InventedCare.windows)
    #expect(rates.moves.allSatisfy { $0.mean == 0 })
    #expect(rates.exits[2].mean > 0)
    #expect(rates.notes.contains { $0.contains("never seen") })
  }

  @Test func referencePeriodsThatSayNothingAreRefused() throws {
    let history = try InventedCare.history()
    let early = ReferenceWindow(from: InventedCare.day("2010-01-01"), through: InventedCare.day("2010-12-31"))
    func refusal(
      _ windows: [ReferenceWindow], _ population: CarePopulation? = nil, _ centre: RateCentre = .allAges
    )
      -> String
    {
      do {
        _ = try CareRates.estimated(from: history, windows: windows, population: population, centre: centre)
        return ""
      } catch { return "\(error)" }
    }
    #expect(refusal([]).contains("no reference period"))
    #expect(refusal([early]).contains("exposure"))
    #expect(refusal([InventedCare.windows[0], InventedCare.windows[0]]).contains("overlap"))
    let people = try CarePopulation(scheme: history.scheme, people: [2020: [Draws(1), Draws(1)]])
    #expect(refusal(InventedCare.windows, people).contains("2021"))
    let other = try CarePopulation(
      scheme: .standard, people: [2020: [Draws](repeating: Draws(1), count: 5)])
    #expect(refusal(InventedCare.windows, other).contains("other age bands"))
    let perHead = try CareRates.estimated(from: history, windows: [InventedCare.windows[0]])
    #expect(refusal(InventedCare.windows, people, .comparator(perHead)).contains("2021"))
    let whole = try CarePopulation(
      scheme: history.scheme,
      people: Dictionary(uniqueKeysWithValues: (2020...2024).map { ($0, [Draws(1), Draws(1)]) }))
    #expect(refusal(InventedCare.windows, whole, .comparator(perHead)).contains("alike"))
    let quiet = try CareRates.estimated(
      from: CareEpisodes(
        [InventedCare.episode("a", "2020-01-01", nil)], scheme: history.scheme,
        observedThrough: InventedCare.day("2024-03-31")), windows: InventedCare.windows)
    #expect(refusal(InventedCare.windows, nil, .comparator(quiet)).contains("never in"))
    #expect(throws: CommissioningError.self) {
      try CarePopulation(scheme: history.scheme, people: [2020: [Draws(1)]])
    }
    #expect(throws: CommissioningError.self) {
      try CarePopulation(scheme: history.scheme, people: [2020: [Draws(1), Draws([1, 0])]])
    }
    #expect(throws: CommissioningError.self) {
      try CarePopulation(scheme: history.scheme, people: [2020: [Draws(1), Draws([])]])
    }
  }
}
