import Statistics
import Testing

@testable import Commissioning

private func observations(_ counts: [Double], _ exposures: [Double]) -> [RateObservation] {
  zip(counts, exposures).map { RateObservation(count: $0, exposure: $1) }
}

@Suite("Rates drawn towards comparators")
struct ShrunkRateTests {
  private let comparators = [
    observations([30, 45, 28], [400, 500, 450]), observations([130, 100, 150], [900, 950, 1000]),
    observations([12, 20], [300, 310]), observations([70, 71, 60], [800, 820, 850]),
  ]
  private let own = observations([10, 22], [200, 210])

  private func estimate(
    _ kind: ShrunkRate.Kind, own: [RateObservation], _ comparators: [[RateObservation]]
  ) throws -> ShrunkRate {
    try ShrunkRate.estimated(kind, own: own, comparators: comparators, service: "s", what: "a rate")
  }

  // The references solve the two moment equations, squares bounded after Huber, with SciPy's brentq.
  @Test(
    "centre, strengths and level agree with an independent solution of the moment equations",
    arguments: [
      (
        ShrunkRate.Kind.share, 202.72948056082978, 0.08670544572739104, 46.816210821631344,
        19.938691349664456,
        231.20988778271428
      ),
      (
        .ratio, 236.43560824416733, 0.08674829157387674, 52.30389570078936, 21.606059211399717,
        271.8699026888073
      ),
    ])
  func reference(
    kind: ShrunkRate.Kind, yearly: Double, centre: Double, strength: Double, first: Double, second: Double
  ) throws {
    let rate = try estimate(kind, own: own, comparators)
    #expect(abs((try #require(rate.yearlyStrength)) / yearly - 1) < 1e-6)
    #expect(abs((try #require(rate.centre)) / centre - 1) < 1e-6)
    #expect(abs(rate.strength / strength - 1) < 1e-6)
    #expect(abs(rate.first / first - 1) < 1e-6)
    #expect(abs(rate.second / second - 1) < 1e-6)
    #expect(rate.ownYears == 2)
    #expect(rate.notes.isEmpty)
  }

  @Test(
    "the level lies between the area's own rate and the centre, and nearer its own the more it has counted")
  func between() throws {
    let few = try estimate(.share, own: own, comparators)
    let many = try estimate(.share, own: observations([1000, 2200], [20000, 21000]), comparators)
    let raw = 32.0 / 410
    let centre = try #require(few.centre)
    #expect(raw < few.mean && few.mean < centre)
    #expect(abs(many.mean - 3200.0 / 41000) < abs(few.mean - raw))
    #expect(many.standardDeviation < few.standardDeviation)
  }

  @Test("one comparator weighs as much as one of the area's own years, and says so")
  func one() throws {
    let rate = try estimate(.ratio, own: own, [observations([900, 950], [10000, 10000])])
    // ρ comes from all years; an own year of exposure e weighs 1/(1/e + 1/ρ).
    let spread = 1 / (try #require(rate.yearlyStrength))
    let weights = [200.0, 210].map { 1 / (1 / $0 + spread) }
    #expect(abs(rate.strength - (weights[0] + weights[1]) / 2) < 1e-9)
    #expect(rate.notes.contains { $0.hasPrefix("One comparator") })
    let without = try estimate(.ratio, own: [], [observations([900], [10000])])
    #expect(abs(without.mean - 0.09) < 1e-12)
    #expect(without.strength == 10000)
    #expect(without.notes.contains { $0.contains("two years") })
  }

  @Test("with no comparator the prior is Jeffreys's, and says so")
  func none() throws {
    let share = try estimate(.share, own: observations([3], [10]), [])
    #expect(share.first == 3.5 && share.second == 7.5 && share.centre == nil)
    let ratio = try estimate(.ratio, own: observations([3], [10]), [])
    #expect(ratio.first == 3.5 && ratio.second == 10)
    #expect(share.notes.contains { $0.hasPrefix("There is no comparator") })
  }

  @Test("comparators that agree to chance are a strong prior, but never a certain one")
  func alike() throws {
    let rate = try estimate(.share, own: [], [observations([50], [500]), observations([51], [500])])
    #expect(rate.strength.isFinite && rate.strength > 900)
    let nobody = try estimate(
      .share, own: [], [observations([0, 0], [500, 400]), observations([0], [500])])
    #expect(nobody.mean > 0 && nobody.mean < 0.001)
    let all = try estimate(.share, own: [], [observations([500], [500])])
    #expect(all.mean < 1 && all.mean > 0.998)
  }

  @Test("a year that is plainly wrong, of a comparator or its own, is bounded, and its own is named")
  func wild() throws {
    var wild = comparators
    wild[1] = observations([130, 100, 950], [900, 950, 1000])
    let centre = try #require(try estimate(.share, own: own, comparators).centre)
    #expect(abs((try #require(try estimate(.share, own: own, wild).centre)) - centre) < 0.01)
    let odd = try estimate(.share, own: observations([10, 190], [200, 210]), comparators)
    #expect(odd.notes.contains { $0.contains("0.905 is far from its comparators") })
    #expect(odd.mean < 0.2)
  }

  @Test("one year of each area gives half of what they differ by to years")
  func oneYear() throws {
    let rate = try estimate(
      .share, own: [],
      [
        observations([20], [1000]), observations([80], [1000]), observations([140], [1000]),
        observations([70], [900]),
      ])
    let strength = try #require(rate.yearlyStrength)
    // Both halves are as large: κ is less only by what is not known of the centre.
    #expect(strength > rate.strength && strength < 2 * rate.strength)
    #expect(rate.notes.contains { $0.contains("half of what areas differ by") })
  }

  @Test("draws have the level's mean and spread, and years spread around it by what was estimated")
  func draws() throws {
    for kind in [ShrunkRate.Kind.share, .ratio] {
      let rate = try estimate(kind, own: own, comparators)
      let strength = try #require(rate.yearlyStrength)
      var stream = RandomStream(seed: 1, name: "draws")
      let levels = (0..<40_000).map { _ in rate.level(&stream) }
      #expect(abs((try DescriptiveStatistics.mean(levels)) - rate.mean) < 4 * rate.standardDeviation / 200)
      let years = (0..<40_000).map { _ in rate.year(around: rate.mean, &stream) }
      let variance =
        kind == .share ? rate.mean * (1 - rate.mean) / (strength + 1) : rate.mean / strength
      #expect(abs((try DescriptiveStatistics.variance(years)) / variance - 1) < 0.06)
      #expect(rate.year(around: 0, &stream) == 0)
    }
    let sure = try estimate(.share, own: observations([3], [10]), [])
    var stream = RandomStream(seed: 1, name: "draws")
    #expect(sure.year(around: 0.3, &stream) == 0.3)
  }

  @Test("counts that are no rate are refused")
  func refused() {
    for (kind, count, exposure) in [
      (ShrunkRate.Kind.share, 11.0, 10.0), (.share, -1, 10), (.ratio, -1, 10), (.ratio, 1, 0),
      (.ratio, .nan, 1),
      (.share, 1, .infinity),
    ] {
      #expect(throws: CommissioningError.self) {
        try estimate(kind, own: observations([count], [exposure]), [])
      }
    }
    #expect(throws: CommissioningError.self) { try estimate(.share, own: [], [[]]) }
  }
}

@Suite("Balances drawn towards comparators")
struct ShrunkBalanceTests {
  private func estimate(_ own: [Double], _ comparators: [[Double]]) throws -> ShrunkBalance {
    try ShrunkBalance.estimated(own: own, comparators: comparators, service: "s", what: "a balance")
  }

  @Test("a year gone wild moves neither centre nor spread")
  func robust() throws {
    let tame = [[0.02, 0.03, 0.01], [0.01, 0.02, 0.03], [0.03, 0.02, 0.025], [0.015, 0.02, 0.03]]
    let wild = [[0.02, 0.03, -5], [0.01, 0.02, 0.03], [0.03, 0.02, 0.025], [0.015, 0.02, 0.03]]
    let one = try estimate([0.02, 0.03], tame)
    let two = try estimate([0.02, 0.03], wild)
    #expect(abs(one.mean - two.mean) < 0.005)
    #expect(two.yearlyScale < 0.02 && two.yearlyScale > 0)
    #expect(one.notes.isEmpty)
  }

  @Test("areas that differ keep more of their own")
  func shrinkage() throws {
    let alike = try estimate([0.05, 0.06], [[0.01, 0.02], [0.011, 0.021], [0.012, 0.019]])
    let apart = try estimate([0.05, 0.06], [[-0.09, -0.08], [0.011, 0.021], [0.1, 0.11]])
    #expect(alike.mean < apart.mean && apart.mean <= 0.055)
    #expect(alike.mean > 0.015)
  }

  @Test("what little is known is said")
  func little() throws {
    let nothing = try estimate([], [])
    #expect(nothing.mean == 0 && nothing.yearlyScale == 0)
    #expect(nothing.notes.contains { $0.hasPrefix("Nothing is known") })
    let year = try estimate([0.04], [])
    #expect(year.mean == 0.04 && year.yearlyScale == 0.04)
    #expect(year.notes.count == 2)
    let england = try estimate([0.04], [[0.02, 0.03, 0.016]])
    #expect(england.mean > 0.02 && england.mean < 0.04)
    #expect(england.notes.contains { $0.hasPrefix("One comparator") })
    let elsewhere = try estimate([], [[0.02, 0.03], [0.01, 0.02]])
    #expect(abs(elsewhere.mean - 0.02) < 1e-12)
    #expect(throws: CommissioningError.self) { try estimate([.nan], []) }
  }

  @Test("draws have the level's mean, and a year's departure the stated scale")
  func draws() throws {
    let balance = try estimate([0.02, 0.03], [[0.02, 0.05], [0.01, 0.02], [0.03, 0.02]])
    var stream = RandomStream(seed: 1, name: "balance")
    let levels = (0..<20_000).map { _ in balance.level(&stream) }
    #expect(
      abs((try DescriptiveStatistics.mean(levels)) - balance.mean) < 4 * balance.standardDeviation / 141)
    let years = (0..<20_000).map { _ in abs(balance.year(around: 0, &stream)) }.sorted()
    #expect(abs(years[10_000] / balance.yearlyScale - 0.7407) < 0.03)
  }
}
