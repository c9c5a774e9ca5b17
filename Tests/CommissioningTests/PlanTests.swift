import Commissioning
import Statistics
import Testing
import TimeSeries

@Suite("A plan of several services")
struct PlanTests {
  @Test("totals are sums inside each simulated future, in the years in which every service has money")
  func totals() throws {
    var plan = try InventedPlan.everything()
    plan.draws = 300
    let outcome = try plan.outcome()
    #expect(outcome.refusals.isEmpty)
    #expect(!outcome.total.isEmpty)
    for total in outcome.total {
      let parts = outcome.services.compactMap { $0.years.first { $0.year == total.year } }
      #expect(parts.count == outcome.services.count)
      #expect(agree(total.spend?.mean, parts.reduce(0) { $0 + ($1.spend?.mean ?? .nan) }))
      #expect(agree(total.budget?.mean, parts.reduce(0) { $0 + ($1.budget?.mean ?? .nan) }))
      #expect(agree(total.spendOnAssumption, parts.reduce(0) { $0 + ($1.spendOnAssumption ?? .nan) }))
      #expect(agree(total.budgetOnAssumption, parts.reduce(0) { $0 + ($1.budgetOnAssumption ?? .nan) }))
      #expect(total.closingBalance == nil)
      // Independent parts do not all stand at their quantiles at once.
      let upper = parts.reduce(0) { $0 + ($1.spend?.distribution?.p97_5 ?? $1.spend?.mean ?? .nan) }
      #expect(try #require(total.spend?.distribution).p97_5 < upper)
    }
    let shown = Set(outcome.total.map(\.year))
    for year in plan.years.lowerBound.start...plan.years.upperBound.start {
      let isWhole = outcome.services.allSatisfy { service in
        service.years.contains { $0.year == FinancialYear(year) && $0.spend != nil && $0.budget != nil }
      }
      #expect(shown.contains(FinancialYear(year)) == isWhole)
    }
  }

  @Test("a total is only as certain as its least certain part")
  func totalKind() throws {
    let outcome = try InventedPlan.everything().outcome()
    for total in outcome.total {
      let kinds = outcome.services.compactMap { $0.years.first { $0.year == total.year }?.kind }
      #expect(
        total.kind
          == (kinds.contains(.forecast) ? .forecast : kinds.contains(.estimate) ? .estimate : .outturn))
    }
  }

  @Test("the lines of every year sum to what it spends")
  func footing() throws {
    var plan = try InventedPlan.everything()
    plan.draws = 200
    for service in try plan.outcome().services {
      for year in service.years {
        let lines = year.lines.filter { $0.part == "spend" }
        guard !lines.isEmpty, let spend = year.spend else { continue }
        #expect(agree(lines.reduce(0) { $0 + $1.amount.mean }, spend.mean))
      }
    }
  }

  @Test("services that name one population and one inflation share their futures")
  func jointDraws() throws {
    // Two waiting lists that differ in name alone: their difference is nothing in every future, so the total is twice
    // either of them to the last quantile.
    var plan = try InventedPlan.waiting()
    let first = try #require(plan.services.first as? WaitingList)
    plan.services.append(
      WaitingList(
        id: "other", name: "Other", meaning: first.meaning, list: first.list, listArea: first.listArea,
        population: first.population, baseYear: first.baseYear, targetWeeks: nil, noTargetReason: "none",
        assumptions: first.assumptions))
    plan.replace(
      try Invented.census(
        "people", 6, 30, from: 2013, [20.0, 20.3, 20.1, 20.6, 20.5, 21.0, 20.8, 21.2].map { $0 * 1000 }))
    plan.assumptions["price-growth"] = .range(low: 0, mostLikely: 0.1, high: 0.3)
    plan.assumptions["capacity"] = .fixed(1000)
    plan.years = FinancialYear(2022)...FinancialYear(2026)
    let outcome = try plan.outcome()
    let one = try #require(outcome.services.first?.years.last?.spend?.distribution)
    let both = try #require(outcome.total.last?.spend?.distribution)
    for (single, double) in [
      (one.p2_5, both.p2_5), (one.p10, both.p10), (one.p50, both.p50), (one.p90, both.p90),
      (one.p97_5, both.p97_5),
    ] { #expect(agree(double, 2 * single)) }
    #expect(one.p90 > one.p10)
  }

  @Test("a service that cannot be planned leaves the others as they were, and no total")
  func refusal() throws {
    let whole = try InventedPlan.everything().outcome()
    var plan = try InventedPlan.everything()
    plan.remove("list")
    let outcome = try plan.outcome()
    #expect(outcome.refusals.map(\.service) == ["therapy"])
    #expect(outcome.total.isEmpty)
    #expect(outcome.services.map(\.id) == ["high-needs", "looked-after", "neet"])
    for service in outcome.services {
      let same = try #require(whole.services.first { $0.id == service.id })
      #expect(String(describing: service) == String(describing: same))
    }
  }

  @Test("the same seed gives the same figures on any number of threads", arguments: [2, 7])
  func threads(_ jobs: Int) throws {
    var plan = try InventedPlan.everything()
    // More than one block of 512 futures.
    plan.draws = 1100
    let alone = String(describing: try plan.outcome().services)
    plan.jobs = jobs
    #expect(String(describing: try plan.outcome().services) == alone)
  }

  @Test("another seed gives other figures, close to the first")
  func seeds() throws {
    var plan = try InventedPlan.everything()
    plan.draws = 2000
    let one = try #require(try plan.outcome().total.first?.spend?.distribution)
    plan.seed = 2
    let two = try #require(try plan.outcome().total.first?.spend?.distribution)
    #expect(one != two)
    #expect(abs(one.p50 - two.p50) < 0.02 * one.p50)
  }

  @Test("whatever is published after the plan's date changes nothing", arguments: 0..<6)
  func hindcast(_ turn: Int) throws {
    var random = RandomStream(seed: 11, name: "dates of knowledge", path: UInt64(turn))
    var plan = try InventedPlan.everything()
    plan.asOf = Invented.date(2021, 6, 30).adding(days: Int(random.next() % 540))
    let before = try plan.outcome()
    var altered = 0
    plan.series = try plan.series.map { series in
      let points = series.points.map { point in
        guard let published = point.publication?.date, published > plan.asOf, let value = point.value else {
          return point
        }
        altered += 1
        return DataPoint(
          period: point.period, observation: .value(value * (0.5 + random.uniform())),
          publication: point.publication)
      }
      return try Series(id: series.id, area: series.area, measure: series.measure, points: points)
    }
    #expect(altered > 0)
    let after = try plan.outcome()
    #expect(String(describing: after.services) == String(describing: before.services))
    #expect(String(describing: after.total) == String(describing: before.total))
    #expect(after.refusals == before.refusals)
  }

  @Test("a count published before its population is divided by the forecast of it, and that is said")
  func lateDenominator() throws {
    var plan = try InventedPlan.everything()
    plan.services = plan.services.filter { $0.id == "high-needs" }
    // Plans of January 2022 are out in June; the estimate of June 2021 is out at the end of June 2022.
    plan.asOf = Invented.date(2022, 6, 20)
    #expect(
      try plan.notes().contains(
        "The population of 2021-06-30 had not been published; the rate of 2022-01-15 is on its forecast."))
    let need = try #require(try plan.byYear()[FinancialYear(2021)]?.need)
    #expect(need.known != nil)
  }

  @Test("a count with no population before it stays out of the rate, and that is said")
  func earlyCount() throws {
    var plan = try InventedPlan.grant()
    plan.replace(try Invented.census("people", 6, 30, from: 2020, Array(repeating: 20_000, count: 7)))
    #expect(
      try plan.notes().contains(
        "\"plans\" at 2019-01-15 has no population before it and does not enter the rate."))
    plan.replace(try Invented.census("people", 6, 30, from: 2017, [0, 0, 0, 0]))
    #expect(try plan.refusal().contains("\"people\" is 0"))
  }

  @Test("the evidence that was used is listed with the model that carried it, rates under their counts")
  func evidence() throws {
    let outcome = try InventedPlan.everything().outcome()
    let models = Dictionary(
      outcome.evidence.map { ($0.series.id, $0.model) }, uniquingKeysWith: { first, _ in first })
    for id in ["people", "plans", "children", "foster-share", "homes-cost", "rate"] {
      #expect(models[id]??.isEmpty == false, "\(id)")
    }
    #expect(models["deficit"] == .some(nil))
    #expect(models["schools"] == nil)
    let dates = outcome.evidence.flatMap { $0.series.points.compactMap { $0.publication?.date } }
    #expect(!dates.isEmpty)
    #expect(dates.allSatisfy { $0 <= outcome.asOf })
  }

  @Test("only the assumptions that were used are listed, in the order in which they are given")
  func assumptions() throws {
    var plan = try InventedPlan.cohort()
    plan.assumptions["never-asked-for"] = .fixed(1)
    #expect(
      try plan.outcome().assumptions.map(\.id)
        == [
          "budget", "cohort", "places", "price-growth", "take-up", "uplift", "unit-cost",
        ].sorted())
  }

  @Test("a model learns from the figures since the last break")
  func breaks() throws {
    var plan = try InventedPlan.cohort()
    let values: [Double] = [50, 50, 50, 5, 5.2, 5.1, 5.3]
    plan.replace(
      try Series(
        id: "rate", area: Invented.area, measure: Measure(id: "rate", unit: .percentage),
        points: values.enumerated().map { index, value in
          DataPoint(
            period: .financialYear(2015 + index), observation: .value(value),
            flags: index == 3 ? .definitionBreak : [])
        }))
    let need = try #require(try plan.byYear()[FinancialYear(2022)]?.need?.distribution)
    #expect((80...140).contains(need.p50))
    plan.replace(
      try Series(
        id: "rate", area: Invented.area, measure: Measure(id: "rate", unit: .percentage),
        points: [
          DataPoint(.financialYear(2020), 5),
          DataPoint(
            period: .financialYear(2021), observation: .suppressed(nil), flags: .definitionBreak),
        ]))
    #expect(try plan.refusal().contains("has no figure since its last break"))
  }

  @Test("a figure too large to be an amount is refused, not printed")
  func notANumber() throws {
    var plan = try InventedPlan.cohort()
    plan.assumptions["unit-cost"] = .fixed(1e308)
    #expect(try plan.refusal().contains("a finite amount below £90,071,992,547,409 is needed"))
    plan.assumptions["unit-cost"] = .range(low: 1e307, mostLikely: 1e307, high: 1.1e308)
    #expect(try plan.refusal().contains("a finite amount below £90,071,992,547,409 is needed"))
  }

  // MARK: Refused as a whole

  private static func error(_ plan: InventedPlan) throws -> String {
    do {
      _ = try plan.outcome()
      return "no error"
    } catch let error as CommissioningError {
      return error.description
    }
  }

  @Test("a plan whose years are over is refused")
  func over() throws {
    var plan = try InventedPlan.cohort()
    plan.asOf = Invented.date(2025, 3, 31)
    #expect(try Self.error(plan).contains("the last year, 2024/25, is over on the plan's date, 2025-03-31"))
    plan.asOf = Invented.date(2025, 3, 30)
    #expect(try Self.error(plan) == "no error")
  }

  @Test("years that no series can reach, no futures, or an assumption given twice are refused")
  func impossible() throws {
    var plan = try InventedPlan.cohort()
    plan.years = FinancialYear(2022)...FinancialYear(Int.max)
    #expect(try Self.error(plan).contains("between 1900/01 and 2199/00"))
    plan = try InventedPlan.cohort()
    plan.draws = 0
    #expect(try Self.error(plan).contains("0 draws cannot be simulated"))
    let twice = try Assumption(id: "rate", value: .fixed(1), unit: "", reason: "")
    let definition = PlanDefinition(
      area: Invented.area, name: "", years: FinancialYear(2022)...FinancialYear(2024), draws: 1, seed: 1,
      policies: Invented.noPolicies, assumptions: [twice, twice], services: [])
    #expect(
      throws: CommissioningError.invalidAssumption(
        id: "rate", reason: "it is defined twice; keep one of them")
    ) {
      try PlanSimulator(definition, evidence: try Panel([])).run(
        scenario: "base", options: PlanSimulator.Options(asOf: Invented.date(2022, 1, 1), draws: 1, seed: 1))
    }
  }

  @Test("every error is a sentence that names the service and what would be accepted")
  func errors() {
    let errors: [CommissioningError] = [
      .unknownSeries(id: "s", area: "A", service: "v"),
      .nothingPublished(id: "s", area: "A", asOf: "d", service: "v"),
      .forecast(service: "v", reason: "no model"), .missing(service: "v", what: "w", period: "p"),
      .unknownAssumption(id: "i", service: "v"), .invalidAssumption(id: "i", reason: "r"),
      .transferAboveLimit(service: "v", year: "y", amount: "a", limit: "l"), .horizon("r"),
      .invalid(service: "v", reason: "no number"), .missingPrice(service: "v", line: "l", series: "s"),
    ]
    let texts = errors.map(\.description)
    #expect(Set(texts).count == errors.count)
    #expect(texts.allSatisfy { $0.count > 5 })
  }
}
