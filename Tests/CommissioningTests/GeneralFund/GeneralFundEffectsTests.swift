import Testing
import TimeSeries

@testable import Commissioning

@Suite("General Fund effects of high needs")
struct GeneralFundEffectsTests {
  typealias S = FundSample

  static func effects(
    rate: Draws = Draws(0.045), transport: PupilTransport? = nil, schemes: [CapitalScheme] = []
  ) throws -> GeneralFundEffects {
    try GeneralFundEffects(
      transport: transport,
      carryingRate: Dictionary(uniqueKeysWithValues: (2024...2030).map { (S.year($0), rate) }),
      schemes: schemes)
  }

  static func pence(_ year: GeneralFundYear?, _ id: String) -> Double? {
    year?.lines.first { $0.id == id }?.pence.knownValue
  }

  @Test(
    "the carrying cost is the rate times the average of the deficits before and after; a surplus carries none"
  )
  func carrying() throws {
    let account = GeneralFundEffects.Account(balances: [
      S.year(2024): Draws(2e6), S.year(2025): Draws(-4e6), S.year(2026): Draws(-14e6),
      S.year(2027): Draws(1e6),
    ])
    let years = try Self.effects().years(
      S.year(2025)...S.year(2027), plans: [:], account: account, asOf: S.asOf)
    // 4.5% of (0 + 4m)/2, of (4m + 14m)/2 and of (14m + 0)/2.
    #expect(years.map { Self.pence($0, "carrying-cost") } == [9_000_000, 40_500_000, 31_500_000])
    #expect(years.map(\.total.pence.knownValue) == [9_000_000, 40_500_000, 31_500_000])
    #expect(years[0].transport == nil)
  }

  @Test(
    "transport, carrying cost, the charge at the end of the override and capital sum to the total to the penny"
  )
  func footing() throws {
    let scheme = try CapitalScheme(
      id: "unit", name: "Unit", places: 20, cost: Draws(3e6), grant: Draws(0.5e6),
      loan: .init(rate: Draws(0.05), years: 25), firstCharge: S.year(2028))
    let model = try Self.effects(transport: PupilTransportTests.model(), schemes: [scheme])
    let stock = ["special": Draws([400, 410.5]), "mainstream": Draws([1000, 990.3])]
    let account = GeneralFundEffects.Account(
      balances: [S.year(2025): Draws([-9e6, -10e6]), S.year(2026): Draws([-12_345_678.91, -11e6])],
      charges: [S.year(2026): Draws([1_234_567.89, 0])])
    let year = try #require(
      try model.years(
        S.year(2026)...S.year(2026), plans: [S.year(2026): stock], account: account, asOf: S.asOf
      )
      .first)
    #expect(
      year.lines.map(\.id) == [
        "transport-special", "transport-mainstream", "carrying-cost", "end-of-override",
      ])
    #expect(year.transport?.rows.count == 2)
    for path in 0..<2 {
      #expect(year.lines.reduce(0) { $0 + ($1.pence[path] ?? .nan) } == year.total.pence[path])
    }
    #expect(year.lines[3].pence[0] == 123_456_789)
    let later = try Self.effects(schemes: [scheme]).years(
      S.year(2028)...S.year(2028), plans: [:],
      account: .init(balances: [S.year(2027): Draws(0), S.year(2028): Draws(0)]), asOf: S.asOf)
    #expect(later.first?.lines.map(\.id) == ["carrying-cost", "unit-provision", "unit-interest"])
    #expect(later.first?.total.pence.knownValue == 17_738_114)
  }

  @Test("what is missing, or cannot be, is refused with the line and the year")
  func refusals() throws {
    let one = S.year(2025)...S.year(2025)
    func said(
      _ effects: GeneralFundEffects, _ balances: [FinancialYear: Draws], charges: [FinancialYear: Draws] = [:]
    ) -> String {
      S.refusal {
        try effects.years(
          one, plans: [:], account: .init(balances: balances, charges: charges), asOf: S.asOf)
      }
    }
    let both = [S.year(2024): Draws(-1), S.year(2025): Draws(-1)]
    #expect(
      said(try Self.effects(), [S.year(2025): Draws(0)]).contains("closing balance is not known for 2024/25"))
    #expect(said(try Self.effects(rate: Draws(4.5)), both).contains("write 0.045 for 4.5 per cent"))
    #expect(said(try Self.effects(), both, charges: [S.year(2029): Draws(1)]).contains("outside 2025/26"))
    #expect(said(try Self.effects(), both, charges: [S.year(2025): Draws(-1)]).contains("not negative"))
    #expect(
      said(try Self.effects(transport: PupilTransportTests.model()), both).contains(
        "number of plans by setting"))
    #expect(
      said(try Self.effects(), [S.year(2024): Draws([-1, -2]), S.year(2025): Draws([-1, -2, -3])]).contains(
        "one run"))
    let scheme = try CapitalScheme(
      id: "unit", name: "Unit", places: 1, cost: Draws(1), grant: Draws(1), loan: nil,
      firstCharge: S.year(2025))
    #expect(S.refusal { try Self.effects(schemes: [scheme, scheme]) }.contains("given twice"))
  }

  // MARK: Capital

  static func scheme(
    cost: Draws = Draws(3e6), grant: Draws = Draws(0.5e6), rate: Draws? = Draws(0.05), years: Int = 25
  ) throws -> CapitalScheme {
    try CapitalScheme(
      id: "unit", name: "Unit", places: 20, cost: cost, grant: grant,
      loan: rate.map { .init(rate: $0, years: years) }, firstCharge: S.year(2027))
  }

  @Test(
    "an annuity of 2.5m at 5% over 25 years is 177,381.14 a year, and its provisions repay the loan to the penny"
  )
  func annuity() throws {
    let scheme = try Self.scheme()
    // Computed apart, from the closed form: 52,381.14 + 125,000.00, 55,000.20 + 122,380.94, ..., 168,934.42 + 8,446.72.
    for (year, provision, interest) in [
      (2027, 5_238_114.0, 12_500_000.0), (2028, 5_500_020, 12_238_094), (2051, 16_893_442, 844_672),
    ] {
      let charge = try #require(try scheme.charges(in: S.year(year)))
      #expect(charge.provision.pence.knownValue == provision)
      #expect(charge.interest.pence.knownValue == interest)
    }
    var repaid = 0.0
    for year in 2027...2051 {
      let charge = try #require(try scheme.charges(in: S.year(year)))
      repaid += charge.provision.pence.knownValue ?? .nan
      #expect(
        abs(
          (charge.provision.pence.knownValue ?? 0) + (charge.interest.pence.knownValue ?? 0) - 17_738_114.3248
        ) <= 2)
    }
    #expect(repaid == 250_000_000)
    #expect(try scheme.charges(in: S.year(2026)) == nil)
    #expect(try scheme.charges(in: S.year(2052)) == nil)
  }

  @Test(
    "without interest the loan is repaid in equal parts; a tiny rate is next to that; each future repays its own"
  )
  func rates() throws {
    let scheme = try Self.scheme(
      cost: Draws([1000.01, 1000.01, 2000]), grant: Draws(0), rate: Draws([0, 1e-12, 0.07]), years: 3)
    var sums = [0.0, 0, 0]
    for year in 2027...2029 {
      let charge = try #require(try scheme.charges(in: S.year(year)))
      for path in 0..<3 { sums[path] += charge.provision.pence[path] ?? .nan }
      #expect(abs((charge.provision.pence[0] ?? 0) - 33_333.67) < 1)
      #expect(charge.provision.pence[0] == charge.provision.pence[1])
      #expect(charge.interest.pence[0] == 0)
    }
    #expect(sums == [100_001, 100_001, 200_000])
  }

  @Test("places that a grant pays for charge nothing")
  func granted() throws {
    let scheme = try Self.scheme(grant: Draws(3e6), rate: nil)
    #expect(try scheme.charges(in: S.year(2027)) == nil)
    #expect(scheme.places == 20)
  }

  @Test("a scheme that nobody pays for, or that is paid for twice, is refused")
  func schemes() throws {
    #expect(S.refusal { try Self.scheme(rate: nil) }.contains("there is no loan for the rest"))
    #expect(S.refusal { try Self.scheme(grant: Draws([0, 3.1e6])) }.contains("more than the cost"))
    #expect(S.refusal { try Self.scheme(rate: Draws(5)) }.contains("write 0.045"))
    #expect(S.refusal { try Self.scheme(years: 0) }.contains("1 to 100"))
    #expect(S.refusal { try Self.scheme(cost: Draws(.infinity)) }.contains("not negative"))
    #expect(S.refusal { try Self.scheme(cost: Draws(1e14)) }.contains("wrong unit"))
  }
}
