import Commissioning
import Testing
import TimeSeries

@Suite("Simulated children looked after")
struct PlacementForecastTests {
  private let first = FinancialYear(2024)
  private let second = FinancialYear(2025)

  @Test func theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() throws {
    let forecast = try InventedCare.forecast(
      levers: [
        CareLever(
          .move(from: "home", to: "family"), .children(perMonth: 0.5), from: InventedCare.day("2024-05-10"))
      ])
    func figures(_ jobs: Int, seed: UInt64 = 1) throws -> [Double] {
      let paths = try forecast.simulate(paths: 100, seed: seed, jobs: jobs)
      return try paths.children(on: second.lastDay).values(100)
        + paths.childDays(in: first, category: "home").values(100)
        + paths.flow(.movesIn, in: second, category: "family").values(100)
    }
    let one = try figures(1)
    #expect(try figures(2) == one)
    #expect(try figures(16) == one)
    #expect(try figures(1, seed: 2) != one)
  }

  @Test func aPathIsTheSameWhateverTheNumberOfPaths() throws {
    let forecast = try InventedCare.forecast()
    let few = try forecast.simulate(paths: 3, seed: 5).children(on: second.lastDay).values(3)
    let many = try forecast.simulate(paths: 40, seed: 5).children(on: second.lastDay).values(3)
    #expect(few == many)
  }

  @Test func openingAndFlowsMakeTheClosingInEveryPathYearAndCategory() throws {
    let forecast = try InventedCare.forecast(
      levers: [
        CareLever(
          .entry(category: "home", band: "old"), .children(perMonth: 1), from: InventedCare.day("2024-06-01")),
        CareLever(.exit(category: "family"), .children(perMonth: 2), from: InventedCare.day("2024-06-01")),
        CareLever(.move(from: nil, to: "home"), .children(perMonth: 1), from: InventedCare.day("2025-01-01")),
      ], dates: [InventedCare.day("2024-04-01")])
    let paths = try forecast.simulate(paths: 200, seed: 11)
    let opening = try forecast.opening.stockByCategory()
    for (index, category) in ["family", "home"].enumerated() {
      var stock = [Double](repeating: opening[index], count: 200)
      for year in paths.years {
        let flows = try [PlacementPaths.Flow.starts, .movesIn, .ceased, .movesOut, .unexplained].map {
          try paths.flow($0, in: year, category: category).values(200)
        }
        let closing = try paths.children(on: year.lastDay, category: category).values(200)
        for path in 0..<200 {
          stock[path] += flows[0][path] + flows[1][path] - flows[2][path] - flows[3][path] + flows[4][path]
          #expect(stock[path] == closing[path])
        }
      }
    }
    #expect(paths.count == 200)
    #expect(paths.dates == [InventedCare.day("2024-04-01"), first.lastDay, second.lastDay])
  }

  @Test func categoriesAndBandsSumToTheWhole() throws {
    let paths = try InventedCare.forecast().simulate(paths: 50, seed: 3)
    let day = first.lastDay
    let all = try paths.children(on: day).values(50)
    let family = try paths.children(on: day, category: "family").values(50)
    let home = try paths.children(on: day, category: "home").values(50)
    let young = try paths.children(on: day, band: "young").values(50)
    let old = try paths.children(on: day, band: "old").values(50)
    for path in 0..<50 {
      #expect(family[path] + home[path] == all[path])
      #expect(young[path] + old[path] == all[path])
    }
    let days = try paths.childDays(in: first).mean
    let parts =
      try paths.childDays(in: first, category: "family").mean
      + paths.childDays(in: first, category: "home").mean
    #expect(abs(days - parts) < 1e-6)
    #expect(abs(try paths.average(in: first).mean - days / 365) < 1e-9)
  }

  @Test(arguments: [false, true]) func momentsAgreeWithSimulation(levers: Bool) throws {
    let factor = CareLever(.exit(category: nil), .multiply(Draws(1.5)), from: InventedCare.day("2024-10-01"))
    let more = CareLever(
      .entry(category: "home"), .add(Draws(0.1)), from: InventedCare.day("2024-06-01"),
      through: InventedCare.day("2025-05-31"))
    let moved = CareLever(
      .move(from: "family", to: "home"), .add(Draws(0.0005)), from: InventedCare.day("2025-02-01"))
    let forecast = try InventedCare.forecast(
      levers: levers ? [factor, more, moved] : [], drawsRates: false, variesByYear: false)
    let number = 4_000
    let paths = try forecast.simulate(paths: number, seed: 17, jobs: 2)
    for (date, moments) in zip(paths.dates, try forecast.moments(on: paths.dates)) {
      for (index, category) in ["family", "home"].enumerated() {
        let values = try paths.children(on: date, category: category).values(number)
        let error = (moments.covariance[index * 3] / Double(number)).squareRoot()
        #expect(abs(values.mean - moments.categoryMeans[index]) < 4 * error, "\(date) \(category)")
        #expect(abs(values.variance / moments.covariance[index * 3] - 1) < 0.1, "\(date) \(category)")
      }
      let total = try paths.children(on: date).values(number)
      #expect(abs(total.mean - moments.total) < 4 * (moments.variance / Double(number)).squareRoot())
      #expect(abs(total.variance / moments.variance - 1) < 0.1)
      for (band, name) in ["young", "old"].enumerated() {
        let values = try paths.children(on: date, band: name).values(number)
        let wanted = moments.mean[band * 2] + moments.mean[band * 2 + 1]
        #expect(abs(values.mean - wanted) < 4 * (values.variance / Double(number)).squareRoot() + 0.02)
      }
    }
  }

  @Test func childrenOfUnknownBirthdaysAreSpreadOverTheirBand() throws {
    let episodes = try InventedCare.history()
    let rates = try CareRates.estimated(from: episodes, windows: InventedCare.windows)
    let opening = try CareOpening(
      counts: [[30, 10], [25, 20]], on: InventedCare.day("2024-03-31"), scheme: episodes.scheme)
    #expect(opening.count == 85)
    let forecast = try PlacementForecast(
      rates: rates, opening: opening, through: second.lastDay, drawsRates: false, variesByYear: false)
    let number = 4_000
    let paths = try forecast.simulate(paths: number, seed: 23, jobs: 2)
    for (date, moments) in zip(paths.dates, try forecast.moments(on: paths.dates)) {
      let total = try paths.children(on: date).values(number)
      #expect(abs(total.mean - moments.total) < 4 * (moments.variance / Double(number)).squareRoot())
      #expect(abs(total.variance / moments.variance - 1) < 0.1)
    }
  }

  @Test func doubtAboutRatesWidensWhatChanceDoes() throws {
    let exact = try InventedCare.forecast(through: "2025-03-31", drawsRates: false, variesByYear: false)
    let doubtful = try InventedCare.forecast(through: "2025-03-31")
    let date = first.lastDay
    let number = 3_000
    let paths = try doubtful.simulate(paths: number, seed: 29, jobs: 2)
    let simulated = try paths.children(on: date).values(number)
    let chance = try exact.moments(on: [date])[0]
    let all = try doubtful.moments(on: [date], draws: 30, seed: 29)[0]
    #expect(simulated.variance > 1.2 * chance.variance)
    #expect(abs(simulated.variance / all.variance - 1) < 0.35)
    #expect(abs(simulated.mean / all.total - 1) < 0.03)
  }

  @Test func everybodyLeavesOnTheLastBirthday() throws {
    let episodes = try InventedCare.history()
    let rates = try CareRates.estimated(from: episodes, windows: InventedCare.windows)
    let date = InventedCare.day("2024-03-31")
    // Eighteen on 1 April 2024, in care on 31 March, and on 31 March 2025.
    let children = ["2006-04-01", "2007-04-01", "2007-03-31"].map {
      CareEpisodes.Child(birth: InventedCare.day($0), category: 0)
    }
    let stay = CareLever(.exit(category: nil), .multiply(Draws(0)), from: InventedCare.day("2024-04-01"))
    let nobody = CareLever(.entry(category: nil), .multiply(Draws(0)), from: InventedCare.day("2024-04-01"))
    let forecast = try PlacementForecast(
      rates: rates, opening: CareOpening(children, on: date, scheme: episodes.scheme),
      through: second.lastDay,
      levers: [stay, nobody])
    let paths = try forecast.simulate(paths: 10, seed: 1)
    #expect(try paths.flow(.agedOut, in: first).values(10) == [Double](repeating: 2, count: 10))
    #expect(try paths.flow(.agedOut, in: second).values(10) == [Double](repeating: 1, count: 10))
    #expect(try paths.children(on: first.lastDay).values(10) == [Double](repeating: 1, count: 10))
    // The first is not in care for a single day of the forecast, the second for a year, the third for a day less.
    #expect(abs(try paths.childDays(in: first).mean - 729) < 1e-6)
  }

  @Test func aNumberOfChildrenAMonthIsANumberAndNotARate() throws {
    let lever = CareLever(
      .entry(category: "home", band: "old"), .children(perMonth: 1.5), from: InventedCare.day("2024-04-01"),
      through: InventedCare.day("2025-03-31"))
    let with = try InventedCare.forecast(levers: [lever]).simulate(paths: 60, seed: 31)
    let without = try InventedCare.forecast().simulate(paths: 60, seed: 31)
    let more = zip(
      try with.flow(.starts, in: first).values(60), try without.flow(.starts, in: first).values(60)
    ).map { $0 - $1 }
    // The chance of everybody else is shared, so the difference is the lever's eighteen children in every future.
    #expect(more == [Double](repeating: 18, count: 60))
    let none = try InventedCare.forecast(
      levers: [
        CareLever(
          .exit(category: "home", band: "young"), .children(perMonth: 500),
          from: InventedCare.day("2024-04-01"))
      ]
    ).simulate(paths: 20, seed: 1)
    #expect(try none.missed(in: first).mean > 12 * 400)
    #expect(try without.missed(in: first).mean == 0)
  }

  @Test func moreEntriesNeverMeanFewerChildren() throws {
    let lever = CareLever(.entry(category: nil), .multiply(Draws(1.1)), from: InventedCare.day("2024-04-01"))
    let with = try InventedCare.forecast(levers: [lever]).simulate(paths: 100, seed: 37)
    let without = try InventedCare.forecast().simulate(paths: 100, seed: 37)
    let gain = zip(
      try with.flow(.starts, in: first).values(100), try without.flow(.starts, in: first).values(100)
    ).map { $0 - $1 }
    #expect(gain.allSatisfy { $0 >= 0 })
    #expect(gain.mean > 3 && gain.mean < 9)
    // Shared chance: the difference is far less spread than the numbers themselves.
    let starts = try without.flow(.starts, in: first).values(100)
    #expect(gain.variance < 0.3 * starts.variance)
  }

  @Test func entriesFollowAPopulationThatIsUncertain() throws {
    let history = try InventedCare.history()
    func people(_ last: Draws) throws -> CarePopulation {
      var people = Dictionary(
        uniqueKeysWithValues: (2020...2024).map { ($0, [Draws(30_000), Draws(24_000)]) })
      people[2025] = [last, last]
      people[2026] = [last, last]
      return try CarePopulation(scheme: history.scheme, people: people)
    }
    let sampled = try people(Draws((0..<50).map { $0 < 25 ? 10 : 60_000 }))
    let rates = try CareRates.estimated(from: history, windows: InventedCare.windows, population: sampled)
    let date = InventedCare.day("2024-03-31")
    let opening = try CareOpening(history.children(on: date), on: date, scheme: history.scheme)
    let forecast = try PlacementForecast(
      rates: rates, opening: opening, through: second.lastDay, population: sampled)
    let starts = try forecast.simulate(paths: 50, seed: 2).flow(.starts, in: second).values(50)
    #expect(starts.prefix(25).max() ?? 99 < 3)
    #expect(starts.suffix(25).min() ?? 0 > 50)
    #expect(try forecast.moments(on: [second.lastDay], draws: 50, seed: 2)[0].total > 0)
    #expect(try forecast.moments(on: [second.lastDay])[0].total > 0)
    #expect(throws: CommissioningError.self) { try forecast.simulate(paths: 51, seed: 2) }
    #expect(throws: CommissioningError.self) {
      try forecast.moments(on: [second.lastDay], draws: 51, seed: 2)
    }
    #expect(throws: CommissioningError.self) {
      try PlacementForecast(
        rates: rates, opening: opening, through: second.lastDay, population: sampled,
        levers: [CareLever(.exit(category: nil), .multiply(Draws([1, 1])), from: first.firstDay)])
    }
    #expect(throws: CommissioningError.self) {
      try PlacementForecast(rates: rates, opening: opening, through: second.lastDay)
    }
    #expect(throws: CommissioningError.self) {
      try PlacementForecast(
        rates: rates, opening: opening, through: InventedCare.day("2030-03-31"), population: sampled)
    }
  }
}

extension CareOpening {
  /// The children of each category of two, over both bands.
  func stockByCategory() throws -> [Double] {
    let history = try InventedCare.history()
    let children = try history.children(on: date)
    return (0..<2).map { category in Double(children.count { $0.category == category }) }
  }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }
  var variance: Double {
    let mean = mean
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }
}
