import Statistics
import Testing
import TimeSeries

@testable import Commissioning

@Suite("Gross and net with joint funding")
struct JointFundingTests {
  typealias S = FundSample

  static func split(
    _ shares: [Funder: Draws], rounding: Double = 0.01, remainder: FundingSplit.Remainder? = nil
  ) throws -> FundingSplit {
    try FundingSplit(
      setting: "residential", name: "Residential schools", shares: shares, rounding: rounding,
      remainder: remainder)
  }

  static func year(
    _ funding: JointFunding, gross: Draws = Draws(300_000.01), care: [String: Draws] = [:],
    children: [String: Draws] = [:], other: [String: Draws] = [:], start: Int = 2025, draws: Int = 1,
    seed: UInt64 = 1
  ) throws -> JointFunding.Year {
    try funding.year(
      S.year(start),
      inputs: .init(
        gross: ["residential": gross], continuingCare: care, unaccompanied: children, otherIncome: other),
      draws: draws, seed: seed, asOf: S.asOf)
  }

  @Test(
    "what the others pay is taken off to the penny, and what rounded shares leave is shown and stays in the net"
  )
  func thirds() throws {
    let third = Draws(0.33)
    let funding = try JointFunding(
      bearer: .care, splits: [Self.split([.health: third, .education: third, .care: third])])
    let year = try Self.year(funding, other: ["Parents": Draws(1000.5)])
    #expect(year.totalGross.pence.knownValue == 30_000_001)
    // 33% of 300,000.01 is 99,000.0033.
    #expect(
      year.contributions.map(\.id) == ["health-residential", "education-residential", "income-Parents"])
    #expect(year.contributions.map(\.pence.knownValue) == [9_900_000, 9_900_000, 100_050])
    #expect(year.net.pence.knownValue == 10_099_951)
    // One per cent.
    #expect(year.unassigned.map(\.pence.knownValue) == [300_000])
    #expect(year.unassigned.first?.name.contains("left by rounded shares") == true)
    #expect(year.net.name == "Net cost to care")
  }

  @Test("a stated remainder is carried with its reason; exact shares leave nothing")
  func remainder() throws {
    let funding = try JointFunding(
      bearer: .education,
      splits: [
        Self.split(
          [.health: Draws(0.25), .education: Draws(0.5)], rounding: 0,
          remainder: .init(share: 0.25, reason: "health has not agreed"))
      ])
    let year = try Self.year(funding, gross: Draws(100))
    #expect(year.net.pence.knownValue == 7500)
    #expect(year.unassigned.map(\.name) == ["Residential schools: health has not agreed"])
    let exact = try JointFunding(
      bearer: .education,
      splits: [Self.split([.health: Draws(0.1), .education: Draws(0.7), .care: Draws(0.2)])])
    #expect(try Self.year(exact, gross: Draws(100)).unassigned.isEmpty)
  }

  @Test("shares that do not sum to one beyond their rounding are refused with the sum")
  func sums() throws {
    #expect(
      S.refusal { try Self.split([.health: Draws(0.3), .care: Draws(0.6)]) }.contains(
        "sum to 0.9 with the remainder, and 1 within 0.01 is needed"))
    #expect(
      S.refusal { try Self.split([.health: Draws([0.4, 0.5]), .care: Draws(0.6)]) }.contains("sum to 1.1"))
    #expect(S.refusal { try Self.split([.health: Draws(30)]) }.contains("that health pays is 30"))
    #expect(S.refusal { try Self.split([:]) }.contains("nobody pays"))
    #expect(S.refusal { try Self.split([.care: Draws(1)], rounding: 0.5) }.contains("0 to 0.1"))
    #expect(
      S.refusal { try Self.split([.care: Draws(1)], remainder: .init(share: -0.1, reason: "")) }.contains(
        "remainder"))
    // Three shares of whole per cents may miss one by one and a half.
    _ = try Self.split([.health: Draws(0.33), .education: Draws(0.33), .care: Draws(0.325)], rounding: 0.01)
  }

  // MARK: Continuing care

  static func care(_ probability: Draws, weekly: Draws = Draws(700)) throws -> JointFunding {
    try JointFunding(
      bearer: .care, splits: [split([.care: Draws(1)])],
      continuingCare: [
        ContinuingCare(
          id: "complex", name: "Continuing care", setting: "residential", weeklyContribution: weekly,
          probability: probability)
      ])
  }

  @Test("certain agreement pays children x weekly contribution x actual days; none pays nothing")
  func certainty() throws {
    let sure = try Self.year(Self.care(Draws(1)), gross: Draws(1e6), care: ["complex": Draws(3.5)])
    // 3.5 x 700 / 7 x 365.
    #expect(sure.contributions.map(\.pence.knownValue) == [12_775_000])
    #expect(sure.net.pence.knownValue == 87_225_000)
    let none = try Self.year(Self.care(Draws(0)), gross: Draws(1e6), care: ["complex": Draws(3.5)])
    #expect(none.totalContributions.pence.knownValue == 0)
    // 366 days in 2023/24.
    let leap = try Self.year(Self.care(Draws(1)), gross: Draws(1e6), care: ["complex": Draws(1)], start: 2023)
    #expect(leap.contributions.map(\.pence.knownValue) == [3_660_000])
  }

  @Test("each child is agreed or not: mean np and variance np(1-p), and the net foots in every future")
  func chance() throws {
    let funding = try Self.care(Draws(0.3))
    let count = 20_000
    let year = try Self.year(funding, gross: Draws(2e6), care: ["complex": Draws(10)], draws: count)
    let each = 700 / 7 * 365 * 100.0
    let agreed = S.values(year.contributions[0].pence, count).map { $0 / each }
    #expect(agreed.allSatisfy { $0 == $0.rounded() && $0 >= 0 && $0 <= 10 })
    let mean = agreed.reduce(0, +) / Double(count)
    #expect(abs(mean - 3) < 4 * (2.1 / Double(count)).squareRoot())
    let variance = agreed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
    #expect(abs(variance - 2.1) < 0.1)
    #expect(
      (0..<count).allSatisfy {
        (year.totalGross.pence[$0] ?? 0) - (year.totalContributions.pence[$0] ?? 0) == year.net.pence[$0]
      })
    // A fraction of a child keeps the mean exact.
    let part = try Self.year(funding, gross: Draws(2e6), care: ["complex": Draws(1.5)], draws: count)
    #expect(abs(part.contributions[0].pence.mean / each - 0.45) < 0.02)
    // The same seed is the same bytes, and the same luck serves the next year.
    let again = try Self.year(
      funding, gross: Draws(2e6), care: ["complex": Draws(10)], start: 2026, draws: count)
    #expect(again.net.pence.isSame(as: year.net.pence, futures: count))
    let other = try Self.year(funding, gross: Draws(2e6), care: ["complex": Draws(10)], draws: count, seed: 2)
    #expect(!other.net.pence.isSame(as: year.net.pence, futures: count))
  }

  @Test("others cannot pay more for a setting than it costs")
  func excess() throws {
    let said = S.refusal {
      try Self.year(Self.care(Draws(1)), gross: Draws(36_000), care: ["complex": Draws(1)])
    }
    #expect(said.contains("others pay £500 more for Residential schools in 2025/26 than it costs"))
  }

  @Test("names that are not there, and inputs that are missing, are refused")
  func names() throws {
    let plain = try JointFunding(bearer: .care, splits: [Self.split([.care: Draws(1)])])
    func said(_ inputs: JointFunding.Inputs, _ funding: JointFunding, draws: Int = 1) -> String {
      S.refusal { try funding.year(S.year(2025), inputs: inputs, draws: draws, seed: 1, asOf: S.asOf) }
    }
    #expect(said(.init(gross: [:]), plain).contains("gross cost of Residential schools is not known"))
    #expect(said(.init(gross: ["x": Draws(1)]), plain).contains("say who pays"))
    #expect(said(.init(gross: ["residential": Draws(1)]), plain, draws: 0).contains("at least one"))
    #expect(said(.init(gross: ["residential": Draws([1, 2])]), plain).contains("one run"))
    #expect(
      said(.init(gross: ["residential": Draws(1)], continuingCare: ["x": Draws(1)]), plain).contains(
        "describe it first"))
    #expect(
      said(.init(gross: ["residential": Draws(1)], unaccompanied: ["x": Draws(1)]), plain).contains(
        "no grant for them"))
    #expect(
      said(.init(gross: ["residential": Draws(1)], otherIncome: ["Gift": Draws(-1)]), plain).contains(
        "\"Gift\""))
    #expect(
      said(.init(gross: ["residential": Draws(1)]), try Self.care(Draws(1))).contains(
        "children of Continuing care"))
    let split = try Self.split([.care: Draws(1)])
    #expect(S.refusal { try JointFunding(bearer: .care, splits: [split, split]) }.contains("given twice"))
    let stray = try ContinuingCare(
      id: "c", name: "C", setting: "home", weeklyContribution: Draws(1), probability: Draws(1))
    #expect(
      S.refusal { try JointFunding(bearer: .care, splits: [split], continuingCare: [stray]) }.contains(
        "\"home\" is not among"))
    #expect(S.refusal { try Self.care(Draws(1.01)) }.contains("is agreed is 1.01"))
    #expect(S.refusal { try Self.care(Draws(1), weekly: Draws(-1)) }.contains("not negative"))
  }

  // MARK: Unaccompanied children

  static func grant() throws -> UnaccompaniedGrant {
    try UnaccompaniedGrant(bands: [
      .init(
        id: "under-18", name: "Under 18",
        weeklyRates: [
          S.rule(1001, from: S.date(2020, 7, 1)),
          S.rule(1050.70, from: S.date(2024, 7, 1), known: S.date(2024, 6, 1)),
          S.rule(2000, from: S.date(2024, 10, 1), known: S.date(2030, 6, 1)),
        ]),
      .init(id: "care-leaver", name: "Care leavers", weeklyRates: [S.rule(270)]),
    ])
  }

  @Test("the grant is children x weekly rate x actual days, and a year is cut where a rate changes")
  func unaccompanied() throws {
    let children = ["under-18": Draws(7.5), "care-leaver": Draws(20)]
    let lines = try Self.grant().lines(in: S.year(2024), children: children, asOf: S.asOf)
    // 7.5 x (1,001 x 91 + 1,050.70 x 274) / 7, and 20 x 270 x 365 / 7 = 281,571.43.
    #expect(lines.map(\.pence.knownValue) == [40_605_300, 28_157_143])
    // Before the new rate was known the old one speaks for the whole year: 7.5 x 1,001 x 365 / 7.
    let before = try Self.grant().lines(in: S.year(2024), children: children, asOf: S.date(2024, 3, 1))
    #expect(before[0].pence.knownValue == 39_146_250)
    let plain = try JointFunding(
      bearer: .care, splits: [Self.split([.care: Draws(1)])], unaccompanied: Self.grant())
    let year = try Self.year(plain, gross: Draws(500_000), children: children, start: 2024)
    #expect(year.totalContributions.pence.knownValue == 68_762_443)
    // The grant may be more than these placements cost; then the net is below nothing, and says so.
    #expect(year.net.pence.knownValue == -18_762_443)
  }

  @Test("a day without a rate, a band without children or rates, and a negative rate are refused")
  func grantRefusals() throws {
    let children = ["under-18": Draws(1), "care-leaver": Draws(1)]
    #expect(
      S.refusal { try Self.grant().lines(in: S.year(2020), children: children, asOf: S.asOf) }.contains(
        "weekly rate for Under 18, from a source known by 2025-06-30, is not known for 1 April 2020"))
    #expect(
      S.refusal { try Self.grant().lines(in: S.year(2024), children: ["under-18": Draws(1)], asOf: S.asOf) }
        .contains(
          "children in Care leavers"))
    #expect(
      S.refusal { try Self.grant().lines(in: S.year(2024), children: ["over-25": Draws(1)], asOf: S.asOf) }
        .contains(
          "\"over-25\" is not among"))
    #expect(
      S.refusal { try UnaccompaniedGrant(bands: [.init(id: "a", name: "A", weeklyRates: [S.rule(-1)])]) }
        .contains(
          "not negative"))
  }
}
