import Testing
import TimeSeries

@testable import Commissioning

/// Children looked after of an authority that has its own episodes through March 2024.
@Suite("Children by placement from episodes")
struct PlacementEpisodeTests {
  private static let placements = [
    Placements.Placement(
      id: "foster", name: "Foster care", share: "foster-share", weeklyCost: "foster-cost",
      unpricedReason: nil,
      codes: PlacementCode.fostering),
    Placements.Placement(
      id: "homes", name: "Homes", share: "homes-share", weeklyCost: "homes-cost", unpricedReason: nil,
      codes: PlacementCode.residential),
    Placements.Placement(
      id: "parents", name: "With parents", share: "parents-share", weeklyCost: nil,
      unpricedReason: "nothing is paid", codes: PlacementCode.withParents),
  ]
  private static let from = InventedCare.day("2020-04-01")
  private static let known = InventedCare.day("2024-03-31")

  private static func episodes() throws -> CareEpisodes {
    try CareEpisodes(
      InventedCare.history().episodes, scheme: Placements.EpisodeEvidence.scheme(of: placements),
      observedThrough: known)
  }

  private func plan(
    episodes: Bool = true, levers: [Lever] = [], flows: Placements.FlowEvidence? = nil
  ) throws -> InventedPlan {
    let evidence =
      try episodes
      ? Placements.EpisodeEvidence(
        episodes: Self.episodes(), from: Self.from, through: Self.known, notes: ["2 rows are doubtful."])
      : nil
    var plan = try InventedPlan.placements(Self.placements, flows: flows, episodes: evidence)
    plan.replace(
      try Invented.census(
        "children", 3, 31, from: 2015, [96, 99, 97, 101, 98, 102, 99, 103, 100, 104]))
    plan.replace(try Invented.census("people", 6, 30, from: 2013, Array(repeating: 20_000, count: 12)))
    plan.replace(
      try Invented.yearly(
        "outturn", .pounds, from: 2015, [8.1e6, 8.4e6, 8.3e6, 8.8e6, 9e6, 9.5e6, 9.4e6, 10e6, 10.1e6]))
    for (id, cost) in [("foster-cost", 1000.0), ("homes-cost", 5000)] {
      plan.replace(
        try Invented.yearly(id, .other("pounds per week"), from: 2019, Array(repeating: cost, count: 9)))
    }
    plan.asOf = InventedCare.day("2024-12-31")
    plan.years = FinancialYear(2022)...FinancialYear(2027)
    plan.levers = levers
    return plan
  }

  private func lever(_ name: String, _ operation: Lever.Operation, _ value: Double) throws -> Lever {
    try Lever(
      flow: Flow(service: "looked-after", name: name), operation: operation, value: .fixed(value),
      from: FinancialYear(2025))
  }

  private func years(_ plan: InventedPlan) throws -> [FinancialYear: ServiceYear] {
    let paths = try plan.paths()
    let service = try #require(paths.services.first, "\(paths.refusals)")
    return Dictionary(uniqueKeysWithValues: service.years.map { ($0.year, $0) })
  }

  private func line(_ id: String, _ year: ServiceYear) throws -> [Double] {
    try #require(year.lines.first { $0.id == id }).amount.values(64)
  }

  @Test(
    "after the last return children by placement are those of the forecast from episodes, to the last bit")
  func children() throws {
    let years = try years(try plan())
    let episodes = try Self.episodes()
    let windows = (2020...2023).map { FinancialYear($0) }.map {
      ReferenceWindow(from: $0.firstDay, through: $0.lastDay)
    }
    let forecast = try PlacementForecast(
      rates: CareRates.estimated(from: episodes, windows: windows),
      opening: CareOpening(episodes.children(on: Self.known), on: Self.known, scheme: episodes.scheme),
      through: InventedCare.day("2028-03-31"))
    let paths = try forecast.simulate(paths: 64, seed: 1)
    for start in 2024...2027 {
      let year = FinancialYear(start)
      let plan = try #require(years[year])
      #expect(try plan.need?.values(64) == paths.average(in: year).values(64))
      #expect(try plan.demand?.values(64) == paths.average(in: year, category: "foster").values(64))
      let days = try paths.childDays(in: year, category: "foster").values(64)
      for (cost, days) in zip(try line("foster", plan), days) { #expect(agree(cost, days / 7 * 1000)) }
    }
    // Before it, and where the outturn is known, the published number stands.
    #expect(years[FinancialYear(2022)]?.need?.knownValue == 101.5)
    #expect(years[FinancialYear(2023)]?.need?.knownValue == 102)
  }

  @Test(
    "other spending per child is what it is without episodes, and where children are placed moves the total")
  func spending() throws {
    let own = try #require(try years(try plan())[FinancialYear(2025)])
    let published = try #require(try years(try plan(episodes: false))[FinancialYear(2025)])
    func rest(_ year: ServiceYear) throws -> [Double] {
      let need = try #require(year.need).values(64)
      return try line("other-looked-after-spending", year).enumerated().map { $0.element / need[$0.offset] }
    }
    for (left, right) in zip(try rest(own), try rest(published)) { #expect(agree(left, right, within: 1e-6)) }
    let sum = own.lines.filter { $0.part == .spend }.reduce(0) { $0 + $1.amount.mean }
    #expect(agree(sum, own.spend?.mean ?? .nan))
  }

  @Test("children at the start, who starts and who ceases make the children at the end in every future")
  func movement() throws {
    let years = try years(try plan(levers: [try lever("entries", .multiply, 0.5)]))
    let opening = Double(try Self.episodes().children(on: Self.known).count)
    var before = [Double](repeating: opening, count: 64)
    for start in 2024...2027 {
      let year = try #require(years[FinancialYear(start)])
      #expect(year.flows.map(\.id) == ["opening", "starts", "ceased", "unexplained", "closing"])
      let flows = year.flows.map { $0.draws.values(64) }
      for path in 0..<64 {
        #expect(flows[0][path] == before[path])
        #expect(flows[0][path] + flows[1][path] + flows[2][path] + flows[3][path] == flows[4][path])
      }
      before = flows[4]
    }
  }

  @Test("scenarios change entries, leaving and prices; the year before the change is the same to the bit")
  func levers() throws {
    let base = try years(try plan())
    func changed(_ levers: Lever...) throws -> [FinancialYear: ServiceYear] {
      let changed = try years(try plan(levers: levers))
      let year = FinancialYear(2024)
      #expect(changed[year]?.need?.values(64) == base[year]?.need?.values(64))
      #expect(changed[year]?.spend?.values(64) == base[year]?.spend?.values(64))
      return changed
    }
    let year = FinancialYear(2027)
    func starts(_ years: [FinancialYear: ServiceYear]) throws -> Double {
      try #require(years[year]?.flows.first { $0.id == "starts" }).draws.mean
    }
    #expect(try starts(changed(lever("entries", .multiply, 0))) == 0)
    // A Poisson mean of 30 over 64 futures: four standard errors are 2.7.
    let stated = try starts(changed(lever("entries", .set, 30)))
    #expect(abs(stated - 30) < 2.7)
    let need = try #require(base[year]?.need).mean
    let longer = try changed(lever("exits", .multiply, 0.5))
    #expect(try #require(longer[year]?.need).mean > need * 1.1)
    let dearer = try #require(try changed(lever("price.homes", .multiply, 1.1))[year])
    let before = try #require(base[year])
    let (spend, newSpend) = (try #require(before.spend).values(64), try #require(dearer.spend).values(64))
    for path in 0..<64 {
      let homes = try line("homes", before)[path]
      #expect(agree(try line("homes", dearer)[path], homes * 1.1))
      #expect(agree(newSpend[path], spend[path] + homes * 0.1))
    }
  }

  @Test("shares and what is unexplained are no flows where children come from episodes")
  func names() throws {
    let service = try #require(try plan(flows: .init(starts: "starts", ceased: "ceased")).services.first)
    #expect(service.flows.map(\.id) == ["entries", "exits", "price", "price.foster", "price.homes"])
    let negative = try plan(levers: [try lever("entries", .add, -5)])
    #expect(try negative.refusal().contains("multiply by less than 1 to lower a rate"))
  }

  @Test("the plan says how far episodes and published numbers are apart")
  func apart() throws {
    var plan = try plan(flows: .init(starts: "starts", ceased: "ceased"))
    for (id, value) in [("starts", 40.0), ("ceased", 39)] {
      plan.series.append(try Invented.yearly(id, .count, from: 2015, Array(repeating: value, count: 9)))
    }
    let notes = try plan.notes()
    let opening = try Self.episodes().children(on: Self.known).count
    #expect(
      notes.contains {
        $0.hasPrefix("On 31 March 2024 the episodes hold \(opening) children, and the published series 104: ")
      }, "\(notes)")
    #expect(
      notes.contains {
        $0.hasPrefix("On 31 March 2028 the episodes come to ")
          && $0.contains("the published numbers with their flows to ")
      })
    #expect(notes.contains("2 rows are doubtful."))
    #expect(notes.contains { $0.hasPrefix("From 2024/25 on children by placement come from") })
    #expect(try self.plan(episodes: false).notes().allSatisfy { !$0.contains("episodes") })
  }

  @Test(
    "a hindcast knows the returns of its day alone, and is refused where the reference period had not begun")
  func hindcast() throws {
    var plan = try plan()
    plan.replace(
      try Invented.yearly("outturn", .pounds, from: 2015, [8.1e6, 8.4e6, 8.3e6, 8.8e6, 9e6, 9.5e6, 9.4e6]))
    plan.asOf = InventedCare.day("2023-02-28")
    // On the last day of February 2023 the last return is that of March 2022.
    #expect(
      try plan.notes().contains {
        $0.contains("known through 2022-03-31") && $0.contains("to 2022-03-31 go on")
      })
    let opening = Double(try Self.episodes().children(on: InventedCare.day("2022-03-31")).count)
    #expect(try years(plan)[FinancialYear(2022)]?.flows.first?.draws.knownValue == opening)
    plan.asOf = InventedCare.day("2020-02-28")
    #expect(
      try plan.refusal().contains(
        "the reference period of the episodes begins on 2020-04-01, and by 2020-02-28 they are known through 2019-03-31"
      ))
  }

  @Test("placements without codes cannot take episodes")
  func scheme() throws {
    #expect(throws: CommissioningError.self) {
      try Placements.EpisodeEvidence.scheme(of: [
        Placements.Placement(id: "a", name: "A", share: "s", weeklyCost: "c", unpricedReason: nil)
      ])
    }
  }

  @Test("the same seed gives the same bytes on any number of threads")
  func threads() throws {
    var plan = try plan()
    let one = try years(plan)[FinancialYear(2027)]?.spend?.values(64)
    for jobs in [2, 16] {
      plan.jobs = jobs
      #expect(try years(plan)[FinancialYear(2027)]?.spend?.values(64) == one)
    }
  }
}
