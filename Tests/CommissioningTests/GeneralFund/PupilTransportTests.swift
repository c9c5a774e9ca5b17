import Testing
import TimeSeries

@testable import Commissioning

@Suite("Transport of pupils with plans")
struct PupilTransportTests {
  typealias S = FundSample

  static func model(
    share: Draws = Draws(0.6), cost: Draws = Draws(50), growth: Draws = Draws(0.04),
    days: [DatedRule<Double>] = [FundSample.rule(190)]
  ) throws -> PupilTransport {
    try PupilTransport(
      settings: [
        .init(id: "special", name: "Special schools", travelShare: share, costPerDay: cost),
        .init(id: "mainstream", name: "Mainstream schools", travelShare: Draws(0.1), costPerDay: Draws(30)),
      ], priceYear: S.year(2024), priceGrowth: [S.year(2025): growth, S.year(2026): growth], schoolDays: days)
  }

  @Test("travellers x day rate x growth x school days, to the penny, and settings sum to the total")
  func worked() throws {
    let plans = ["special": Draws(400), "mainstream": Draws(1000)]
    let year = try Self.model().year(S.year(2025), plans: plans, asOf: S.asOf)
    // 400 x 0.6 = 240 travel, at 50 x 1.04 = 52 a day for 190 days; 1,000 x 0.1 = 100, at 31.20 a day.
    #expect(year.rows.map(\.cost.pence.knownValue) == [237_120_000, 59_280_000])
    #expect(year.rows[0].travellers.knownValue == 240)
    #expect(year.rows[0].costPerTraveller.knownValue == 9880)
    #expect(year.cost.pence.knownValue == 296_400_000)
    #expect(year.cost.pounds.knownValue == 2_964_000)
    #expect(year.days == 190)
    // In the price year there is no growth, and two years on it is compounded.
    let now = try Self.model().year(S.year(2024), plans: plans, asOf: S.asOf)
    #expect(now.cost.pence.knownValue == 285_000_000)
    let later = try Self.model().year(S.year(2026), plans: plans, asOf: S.asOf)
    #expect(later.cost.pence.knownValue == 308_256_000)
  }

  @Test("the number of school days is the latest rule in force on 1 April that was known")
  func days() throws {
    let rules = [
      S.rule(190.0), S.rule(194, from: S.date(2025, 4, 1), known: S.date(2025, 3, 1)),
      S.rule(150, from: S.date(2025, 4, 1), known: S.date(2026, 1, 1)),
      S.rule(100, from: S.date(2025, 9, 1), known: S.date(2025, 3, 1)),
    ]
    let model = try Self.model(days: rules)
    let plans = ["special": Draws(1), "mainstream": Draws(0)]
    #expect(try model.year(S.year(2025), plans: plans, asOf: S.asOf).days == 194)
    #expect(try model.year(S.year(2025), plans: plans, asOf: S.date(2025, 1, 1)).days == 190)
    #expect(try model.year(S.year(2024), plans: plans, asOf: S.asOf).days == 190)
  }

  @Test("in every future the settings sum to the total exactly")
  func footing() throws {
    let share = Draws((0..<200).map { 0.4 + Double($0) / 700 })
    let stock = Draws((0..<200).map { 300 + Double($0) * 1.3 })
    let year = try Self.model(share: share).year(
      S.year(2026), plans: ["special": stock, "mainstream": stock * 3], asOf: S.asOf)
    for path in 0..<200 {
      let parts = year.rows.map { $0.cost.pence[path] ?? .nan }
      #expect(parts.allSatisfy { $0 == $0.rounded() })
      #expect(parts.reduce(0, +) == year.cost.pence[path])
    }
  }

  @Test("anchored to an outturn it costs what was spent, and the factor is stated")
  func anchored() throws {
    let plans = ["special": Draws(400), "mainstream": Draws(1000)]
    let (model, factor) = try Self.model().anchored(
      to: Draws(3_135_000), in: S.year(2024), plans: plans, asOf: S.asOf)
    #expect(abs((factor.knownValue ?? 0) - 1.1) < 1e-12)
    #expect(
      try model.year(S.year(2024), plans: plans, asOf: S.asOf).cost.pence.knownValue == 313_500_000)
    #expect(
      S.refusal {
        try Self.model().anchored(
          to: Draws(1), in: S.year(2024), plans: ["special": Draws(0), "mainstream": Draws(0)], asOf: S.asOf)
      }.contains("a number above zero is needed"))
  }

  @Test("what cannot be is refused with the value and what would be accepted")
  func refusals() throws {
    #expect(S.refusal { try Self.model(share: Draws(1.2)) }.contains("Special schools that travels is 1.2"))
    #expect(S.refusal { try Self.model(share: Draws([0.2, .nan])) }.contains("simulated future 1"))
    #expect(S.refusal { try Self.model(cost: Draws(-1)) }.contains("not negative"))
    #expect(S.refusal { try Self.model(cost: Draws([Double]())) }.contains("no simulated futures"))
    #expect(S.refusal { try Self.model(growth: Draws(-1)) }.contains("above -1"))
    #expect(S.refusal { try Self.model(days: [S.rule(367)]) }.contains("0 to 366"))
    #expect(S.refusal { try Self.model(days: [S.rule(-.infinity)]) }.contains("0 to 366"))
    #expect(
      S.refusal { try Self.model(share: Draws([0.2, 0.3]), cost: Draws([1, 2, 3])) }.contains(
        "take all of them from one run"))
    #expect(
      S.refusal {
        try PupilTransport(settings: [], priceYear: S.year(2024), priceGrowth: [:], schoolDays: [])
      }.contains("at least one"))
    let twice = PupilTransport.Setting(id: "a", name: "A", travelShare: Draws(0), costPerDay: Draws(0))
    #expect(
      S.refusal {
        try PupilTransport(
          settings: [twice, twice], priceYear: S.year(2024), priceGrowth: [:], schoolDays: [])
      }.contains("given twice"))
    let nameless = PupilTransport.Setting(id: "", name: "A", travelShare: Draws(0), costPerDay: Draws(0))
    #expect(
      S.refusal {
        try PupilTransport(settings: [nameless], priceYear: S.year(2024), priceGrowth: [:], schoolDays: [])
      }.contains("has no name"))
  }

  @Test("a year that cannot be costed is refused", arguments: [2023, 2025, 2027])
  func years(_ start: Int) throws {
    let model = try Self.model(days: [
      S.rule(190, known: start == 2025 ? S.date(2026, 1, 1) : S.date(2020, 1, 1))
    ])
    let said = S.refusal {
      try model.year(S.year(start), plans: ["special": Draws(1), "mainstream": Draws(1)], asOf: S.asOf)
    }
    let wanted = [
      2023: "prices are of 2024/25", 2025: "number of school days", 2027: "growth of transport prices",
    ]
    #expect(said.contains(wanted[start] ?? "-"))
  }

  @Test(
    "plans of a setting without transport, and settings without plans, are refused; so are absurd amounts")
  func settings() throws {
    let model = try Self.model()
    #expect(
      S.refusal {
        try model.year(
          S.year(2025), plans: ["special": Draws(1), "mainstream": Draws(1), "college": Draws(1)],
          asOf: S.asOf)
      }.contains("\"college\" is not among \"special\", \"mainstream\""))
    #expect(
      S.refusal { try model.year(S.year(2025), plans: ["special": Draws(1)], asOf: S.asOf) }.contains(
        "plans in Mainstream schools is not known"))
    #expect(
      S.refusal {
        try model.year(S.year(2025), plans: ["special": Draws(1e12), "mainstream": Draws(1)], asOf: S.asOf)
      }.contains("wrong unit"))
    #expect(
      S.refusal {
        try model.year(
          S.year(2025), plans: ["special": Draws([1, 1e300]), "mainstream": Draws(1)], asOf: S.asOf)
      }.contains("wrong unit"))
  }
}
