import Foundation
import Statistics
import Testing

@testable import Forecasting

@Suite("What holds for every decomposition")
struct DecompositionPropertyTests {
  /// A monthly series with a trend, a season that changes and noise.
  static func monthly(_ count: Int, path: UInt64, season: Int = 12) -> [Double] {
    var stream = RandomStream(seed: 5, name: "seasonal series", path: path)
    var level = 100.0
    return (0..<count).map { index in
      level += 0.3 + 0.5 * stream.normal()
      let angle = 2 * Double.pi * Double(index % season) / Double(season)
      return level + (10 + 0.02 * Double(index)) * sin(angle) + 4 * cos(2 * angle) + stream.normal()
    }
  }

  static let settings: [SeasonalTrendLoess] = [
    SeasonalTrendLoess(), SeasonalTrendLoess(isRobust: true),
    SeasonalTrendLoess(seasonalWindow: .years(7), seasonalDegree: 1),
    SeasonalTrendLoess(
      seasonalWindow: .years(5), trendWindow: 15, lowPassWindow: 13, trendDegree: 0, lowPassDegree: 1,
      jumps: .init(), isRobust: true, innerLoops: 2, outerLoops: 3),
    SeasonalTrendLoess(
      seasonalWindow: .years(3), jumps: .init(season: 2, trend: 5, lowPass: 4), outerLoops: 1),
  ]

  @Test("season, trend and remainder add up to the series", arguments: settings)
  func sums(settings: SeasonalTrendLoess) throws {
    for (count, season) in [(60, 12), (25, 12), (41, 4), (9, 4), (20, 7)] {
      let sample = seasonal(Self.monthly(count, path: UInt64(count), season: season), season: season)
      let parts = try settings.decompose(sample)
      for index in 0..<count {
        let sum = parts.season[index] + parts.trend[index] + parts.remainder[index]
        #expect(abs(sum - sample.values[index]) <= 1e-12 * abs(sample.values[index]))
      }
      #expect(parts.weights.allSatisfy { (0...1).contains($0) })
      #expect(parts.components.map(\.name) == ["trend", "season", "remainder"])
    }
  }

  @Test("another unit, or another zero, changes the parts as it changes the series", arguments: settings)
  func units(settings: SeasonalTrendLoess) throws {
    let values = Self.monthly(72, path: 3)
    let parts = try settings.decompose(seasonal(values, season: 12))
    let other = try settings.decompose(seasonal(values.map { 7 * $0 - 300 }, season: 12))
    for index in values.indices {
      #expect(abs(other.season[index] - 7 * parts.season[index]) <= 1e-9)
      #expect(abs(other.trend[index] - (7 * parts.trend[index] - 300)) <= 1e-9)
    }
  }

  @Test("a straight line with a fixed season is taken apart into just these")
  func exact() throws {
    let season = [3.0, -1, -4, 2]
    let values = (0..<24).map { 5 + 2 * Double($0) + season[$0 % 4] }
    let parts = try SeasonalTrendLoess(innerLoops: 30).decompose(seasonal(values, season: 4))
    for index in values.indices {
      #expect(abs(parts.season[index] - season[index % 4]) < 1e-9)
      #expect(abs(parts.trend[index] - (5 + 2 * Double(index))) < 1e-9)
    }
    let classical = try ClassicalDecomposition(seasonal(values, season: 4))
    #expect(zip(classical.indices, season).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(classical.remainder.compactMap(\.self).allSatisfy { abs($0) < 1e-12 })
    #expect(classical.trend.count { $0 == nil } == 4)
  }

  @Test("a periodic season is the same in every year, and an outlier does not bend a robust one")
  func robust() throws {
    var values = Self.monthly(84, path: 9)
    let before = try SeasonalTrendLoess(isRobust: true).decompose(seasonal(values, season: 12))
    #expect((0..<72).allSatisfy { before.season[$0] == before.season[$0 + 12] })
    values[40] += 200
    let robust = try SeasonalTrendLoess(isRobust: true).decompose(seasonal(values, season: 12))
    let plain = try SeasonalTrendLoess().decompose(seasonal(values, season: 12))
    #expect(robust.weights[40] == 0)
    let moved = zip(robust.season, before.season).reduce(0) { max($0, abs($1.0 - $1.1)) }
    let bent = zip(plain.season, before.season).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(moved < 1 && bent > 10)
  }

  @Test("without robustness the season is linear in the series, and its smoother is known")
  func linear() throws {
    for settings in [SeasonalTrendLoess(), SeasonalTrendLoess(seasonalWindow: .years(7))] {
      let sample = seasonal(Self.monthly(48, path: 4), season: 12)
      let plan = try settings.plan(for: sample, season: 12)
      let parts = plan.decompose(sample.values)
      let columns = plan.seasonOperator(weights: parts.weights)
      for row in 0..<48 {
        let sum = columns.indices.reduce(0) { $0 + columns[$1][row] * sample.values[$1] }
        #expect(abs(sum - parts.season[row]) < 1e-9)
      }
      let adjustment = SeasonalAdjustment(parts, plan: plan)
      #expect(adjustment.parameterCount >= 11 && adjustment.parameterCount < 40)
    }
  }

  @Test("the classical parts add, or multiply, to the series, and indices sum to zero or average one")
  func classical() throws {
    for season in [2, 3, 4, 7, 12] {
      let values = Self.monthly(2 * season + 5, path: UInt64(season), season: season)
      for kind in ClassicalDecomposition.Kind.allCases {
        let parts = try ClassicalDecomposition(seasonal(values, season: season), kind: kind)
        let total = parts.indices.reduce(0, +)
        #expect(abs(total - (kind == .additive ? 0 : Double(season))) < 1e-10)
        for index in values.indices {
          guard let trend = parts.trend[index], let rest = parts.remainder[index] else { continue }
          let own = parts.indices[index % season]
          let whole = kind == .additive ? trend + own + rest : trend * own * rest
          #expect(agree(whole, values[index], relative: 1e-12))
        }
        #expect(parts.indexVariance > 0)
      }
    }
  }

  @Test("a decomposition is refused with a sentence where there is nothing to take apart")
  func refusals() throws {
    let monthly = Self.monthly(30, path: 1)
    let cases: [(String, () throws -> Void)] = [
      (
        "needs a series with a season",
        { _ = try SeasonalTrendLoess().decompose(seasonal(monthly, season: 1)) }
      ),
      (
        "needs at least 25 observations and 24 are known",
        { _ = try SeasonalTrendLoess().decompose(seasonal(Array(monthly.prefix(24)), season: 12)) }
      ),
      (
        "needs at least 101 observations and 30 are known",
        { _ = try ClassicalDecomposition(seasonal(monthly, season: 12), season: 50) }
      ),
      (
        "the one after period 2 is missing",
        {
          var gapped = monthly.map { Double?($0) }
          gapped[3] = nil
          _ = try ClassicalDecomposition(seasonal(gapped, season: 12))
        }
      ),
      (
        "into a product needs values above zero, and at period 2 there is -1.0",
        {
          var values = monthly
          values[2] = -1
          _ = try ClassicalDecomposition(seasonal(values, season: 12), kind: .multiplicative)
        }
      ),
      (
        "needs an odd window of three or more for the season, and 8 was given",
        { _ = try SeasonalTrendLoess(seasonalWindow: .years(8)).decompose(seasonal(monthly, season: 12)) }
      ),
      (
        "for the trend, and 1 was given",
        { _ = try SeasonalTrendLoess(trendWindow: 1).decompose(seasonal(monthly, season: 12)) }
      ),
      (
        "for the low-pass filter, and 14 was given",
        { _ = try SeasonalTrendLoess(lowPassWindow: 14).decompose(seasonal(monthly, season: 12)) }
      ),
      (
        "a degree of 2 was given",
        { _ = try SeasonalTrendLoess(trendDegree: 2).decompose(seasonal(monthly, season: 12)) }
      ),
      (
        "distances between fits of at least one period",
        {
          _ = try SeasonalTrendLoess(jumps: .init(trend: 0)).decompose(seasonal(monthly, season: 12))
        }
      ),
      (
        "1 to 1000 inner loops",
        { _ = try SeasonalTrendLoess(innerLoops: 0).decompose(seasonal(monthly, season: 12)) }
      ),
    ]
    for (expected, work) in cases {
      let said = try #require(sentence(work))
      #expect(said.contains(expected), "\(said)")
      #expect(said.contains("plans"))
    }
  }

  @Test("a constant series has no season, no remainder and no crash")
  func constant() throws {
    let sample = seasonal([Double](repeating: 40, count: 30), season: 12)
    for settings in Self.settings {
      let parts = try settings.decompose(sample)
      #expect((parts.season + parts.remainder).allSatisfy { abs($0) < 1e-9 })
    }
    let parts = try ClassicalDecomposition(sample, kind: .multiplicative)
    #expect(parts.indices.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(SeasonalityTest(sample.values, season: 12) == nil)
  }
}
