import Statistics
import Testing
import TimeSeries

@testable import Commissioning

@Suite("Reserves at the end of the override")
struct ReservesTests {
  typealias S = FundSample

  static let override = [
    FundSample.rule(FundSample.date(2026, 3, 31), known: FundSample.date(2022, 12, 13)),
    FundSample.rule(
      FundSample.date(2028, 3, 31), from: FundSample.date(2026, 4, 1), known: FundSample.date(2025, 6, 20)),
  ]

  static func reserves(
    usable: Draws = Draws(20e6), known: CivilDate = FundSample.date(2025, 6, 1),
    minimum: [DatedRule<Double>] = [FundSample.rule(6e6)], planned: Draws = Draws(1e6)
  ) -> Reserves {
    Reserves(
      usable: usable, at: S.year(2024), known: known, source: "statement of accounts",
      plannedUse: [S.year(2025): planned, S.year(2026): planned, S.year(2027): planned], minimum: minimum)
  }

  static func effects(_ balances: [FinancialYear: Draws]) throws -> [GeneralFundYear] {
    try GeneralFundEffectsTests.effects().years(
      S.year(2025)...S.year(2027), plans: [:], account: .init(balances: balances), asOf: S.asOf)
  }

  static func balances(_ last: Draws) -> [FinancialYear: Draws] {
    [S.year(2024): Draws(-4e6), S.year(2025): Draws(-6e6), S.year(2026): Draws(-8e6), S.year(2027): last]
  }

  static func test(
    _ reserves: Reserves, last: Draws = Draws(-10e6), budgeted: Draws? = Draws(100_000),
    override: [DatedRule<CivilDate>] = override, effects given: [GeneralFundYear]? = nil,
    asOf: CivilDate = FundSample.asOf
  ) throws -> ReservesTest {
    let balances = balances(last)
    let provided = budgeted.map { [S.year(2025): $0, S.year(2026): $0, S.year(2027): $0] } ?? [:]
    return try reserves.testAtEndOfOverride(
      override, effects: given ?? effects(balances), budgeted: provided, balances: balances, asOf: asOf)
  }

  @Test("usable less planned use, minimum, deficit and unbudgeted effects is the headroom, to the penny")
  func worked() throws {
    let test = try Self.test(Self.reserves())
    // 4.5% of (4+6)/2, (6+8)/2 and (8+10)/2 million is 225,000 + 315,000 + 405,000, of which 300,000 is budgeted.
    #expect(test.effects.pence.knownValue == 94_500_000)
    #expect(test.budgeted.pence.knownValue == 30_000_000)
    #expect(test.plannedUse.pence.knownValue == 300_000_000)
    // 20m - 3m - 6m - 10m - 0.945m + 0.3m.
    #expect(test.headroom.pence.knownValue == 35_500_000)
    #expect(test.headroomQuantity.mean == 355_000)
    #expect(test.probabilityExceeded.value == 0 && test.probabilityExceeded.error == 0)
    #expect(test.year == S.year(2027))
    #expect(try Self.test(Self.reserves(usable: Draws(19e6))).probabilityExceeded.value == 1)
  }

  @Test("the probability is that of the analytic tail, within four of its Monte Carlo errors")
  func probability() throws {
    let stream = RandomStream(seed: 7, name: "deficit")
    let last = Draws(
      (0..<40_000).map { path in
        var own = stream.path(UInt64(path))
        return -10e6 + 1e6 * own.normal()
      })
    let test = try Self.test(Self.reserves(), last: last)
    // Each pound more of deficit costs 1 + 0.0225 of headroom, which is 355,000 at the mean: P(Z > 0.355/1.0225).
    let expected = 0.364216
    #expect(test.probabilityExceeded.error > 0.002 && test.probabilityExceeded.error < 0.003)
    #expect(abs(test.probabilityExceeded.value - expected) < 4 * test.probabilityExceeded.error)
    guard case .uncertain(let spread) = test.headroomQuantity else {
      Issue.record("the headroom is not spread")
      return
    }
    #expect(abs(spread.p90 - (355_000 + 1.2815516 * 1_022_500)) < 40_000)
    for path in stride(from: 0, to: 40_000, by: 997) {
      let sum =
        (test.usable.pence[path] ?? 0) - (test.plannedUse.pence[path] ?? 0) - (test.minimum.pence[path] ?? 0)
      let after = sum - (test.deficit.pence[path] ?? 0) - (test.effects.pence[path] ?? 0)
      #expect(after + (test.budgeted.pence[path] ?? 0) == test.headroom.pence[path])
    }
  }

  @Test("the end of the override is the one known on the plan's date")
  func knownEnd() throws {
    let early = Reserves(
      usable: Draws(20e6), at: S.year(2023), known: S.date(2024, 6, 1), source: "accounts",
      plannedUse: [S.year(2024): Draws(0), S.year(2025): Draws(0)], minimum: [S.rule(1e6)])
    let balances = [S.year(2023): Draws(0), S.year(2024): Draws(0), S.year(2025): Draws(0)]
    let effects = try GeneralFundEffectsTests.effects().years(
      S.year(2024)...S.year(2025), plans: [:], account: .init(balances: balances), asOf: S.date(2025, 1, 1))
    let test = try early.testAtEndOfOverride(
      Self.override, effects: effects, budgeted: [S.year(2024): Draws(0), S.year(2025): Draws(0)],
      balances: balances, asOf: S.date(2025, 1, 1))
    #expect(test.year == S.year(2025))
  }

  @Test("what cannot be tested is refused with the reason")
  func refusals() throws {
    #expect(
      S.refusal { try Self.test(Self.reserves(known: S.date(2025, 7, 1))) }.contains("after the plan's date"))
    #expect(
      S.refusal { try Self.test(Self.reserves(known: S.date(2025, 3, 1))) }.contains("not what was forecast"))
    #expect(S.refusal { try Self.test(Self.reserves(minimum: [])) }.contains("minimum level of reserves"))
    #expect(S.refusal { try Self.test(Self.reserves(minimum: [S.rule(-1)])) }.contains("not negative"))
    #expect(S.refusal { try Self.test(Self.reserves(usable: Draws(-1))) }.contains("usable reserves is -1"))
    #expect(S.refusal { try Self.test(Self.reserves(), budgeted: nil) }.contains("what budgets provide"))
    #expect(
      S.refusal { try Self.test(Self.reserves(), override: []) }.contains("end of the statutory override"))
    #expect(
      S.refusal { try Self.test(Self.reserves(), override: [S.rule(S.date(2028, 3, 30))]) }.contains(
        "a 31 March"))
    #expect(
      S.refusal { try Self.test(Self.reserves(), override: [S.rule(S.date(2025, 3, 31))]) }.contains(
        "a later year"))
    let effects = try Self.effects(Self.balances(Draws(-1)))
    #expect(
      S.refusal { try Self.test(Self.reserves(), effects: effects + effects) }.contains("given 2 times"))
    #expect(S.refusal { try Self.test(Self.reserves(), effects: []) }.contains("given 0 times"))
    #expect(
      S.refusal { try Self.test(Self.reserves(planned: Draws([1, 2])), last: Draws([-1, -2, -3])) }.contains(
        "one run"))
  }
}
