import Foundation
import Testing

@testable import Forecasting

@Suite("Decompositions against independent software")
struct DecompositionReferenceTests {
  struct Classical: Decodable {
    let series: String
    let type: String
    let figure: [Double]
    let trend: [Double?]
    let random: [Double?]
  }

  struct Loess: Decodable {
    struct Triple: Decodable, Equatable { let s, t, l: Int }
    struct Arguments: Decodable {
      enum CodingKeys: String, CodingKey { case window = "s.window", robust }
      let window: Window
      let robust: Bool?
    }
    enum Window: Decodable {
      case years(Int)
      case periodic
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = (try? container.decode(Int.self)).map { .years($0) } ?? .periodic
      }
    }
    let series: String
    let args: Arguments
    let win, deg, jump: Triple
    let inner, outer: Int
    let seasonal, trend, remainder: [Double]
  }

  struct HodrickPrescottCase: Decodable {
    let series: String
    let lam: Double
    let trend, cycle: [Double]
  }

  private func logarithms(_ series: String) throws -> [Double] {
    try DecompositionFixtures.values(series.replacing("log(", with: "").replacing(")", with: "")).map {
      log($0)
    }
  }

  @Test(
    "the classical decomposition agrees with R's to ten digits",
    arguments: ["AirPassengers_multiplicative", "JohnsonJohnson_additive"])
  func classical(name: String) throws {
    let expected = try DecompositionFixtures.decoded(Classical.self, "decompose/\(name)")
    let sample = seasonal(
      try DecompositionFixtures.values(expected.series), season: expected.figure.count)
    let kind = try #require(ClassicalDecomposition.Kind(rawValue: expected.type))
    let found = try ClassicalDecomposition(sample, kind: kind)
    for (part, own, theirs) in [
      ("indices", found.indices.map { Double?($0) }, expected.figure.map { Double?($0) }),
      ("trend", found.trend, expected.trend), ("remainder", found.remainder, expected.random),
    ] {
      #expect(own.map { $0 == nil } == theirs.map { $0 == nil })
      for (own, theirs) in zip(own, theirs) {
        guard let own, let theirs else { continue }
        expectReference("decompose", name, part, own, theirs, .absolute(1e-10 * max(1, abs(theirs))))
      }
    }
  }

  private func settings(_ expected: Loess) -> SeasonalTrendLoess {
    let window: SeasonalTrendLoess.SeasonalWindow
    switch expected.args.window {
    case .years(let years): window = .years(years)
    case .periodic: window = .periodic
    }
    return SeasonalTrendLoess(seasonalWindow: window, isRobust: expected.args.robust ?? false)
  }

  private func sample(_ expected: Loess) throws -> Sample {
    seasonal(try logarithms(expected.series), season: expected.series.contains("Air") ? 12 : 4)
  }

  private static func distance(_ found: [Double], _ expected: [Double]) -> Double {
    found.count == expected.count ? zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } : .infinity
  }

  @Test(
    "windows, degrees, jumps and loops that are not given are R's",
    arguments: ["logAirPassengers_periodic", "logAirPassengers_s7_robust", "logJohnsonJohnson_s7"])
  func defaults(name: String) throws {
    let expected = try DecompositionFixtures.decoded(Loess.self, "stl/\(name)")
    let sample = try sample(expected)
    let plan = try settings(expected).plan(for: sample, season: sample.season)
    func triple(_ setting: (LoessSmoother) -> Int) -> Loess.Triple {
      Loess.Triple(s: setting(plan.season), t: setting(plan.trend), l: setting(plan.lowPass))
    }
    #expect(triple { $0.window } == expected.win)
    #expect(triple { $0.degree } == expected.deg)
    #expect(triple { $0.jump } == expected.jump)
    #expect(plan.innerLoops == expected.inner && plan.outerLoops == expected.outer)
  }

  @Test(
    "the decomposition by loess agrees with R's to eight decimals, the median of the remainders taken as R takes it",
    arguments: ["logAirPassengers_periodic", "logAirPassengers_s7_robust", "logJohnsonJohnson_s7"])
  func loess(name: String) throws {
    let expected = try DecompositionFixtures.decoded(Loess.self, "stl/\(name)")
    let sample = try sample(expected)
    let plan = try settings(expected).plan(for: sample, season: sample.season)
    let found = plan.decompose(sample.values, median: PublishedPartialSort.median)
    for (part, own, theirs) in [
      ("season", found.season, expected.seasonal), ("trend", found.trend, expected.trend),
      ("remainder", found.remainder, expected.remainder),
    ] {
      expectReference("stl", name, part, Self.distance(own, theirs), 0, .absolute(1e-8))
    }
  }

  @Test(
    "where R's median is not the median, robust decompositions part, and another implementation takes our side"
  )
  func median() throws {
    let expected = try DecompositionFixtures.decoded(Loess.self, "stl/logAirPassengers_s7_robust")
    let sample = try sample(expected)
    var wrong = 0
    let plan = try settings(expected).plan(for: sample, season: sample.season)
    let theirs = plan.decompose(sample.values) { sizes in
      let published = PublishedPartialSort.median(sizes)
      if published != SeasonalTrendPlan.median(sizes) { wrong += 1 }
      return published
    }
    #expect(wrong == 2, "of fifteen medians two are wrong")
    #expect(Self.distance(theirs.season, expected.seasonal) <= 1e-8)
    struct Other: Decodable { let seasonal, trend, weights: [Double] }
    let other = try DecompositionFixtures.decoded(Other.self, "stl/statsmodels_s7_robust")
    let found = try settings(expected).decompose(sample)
    let item = "logAirPassengers_s7_robust, statsmodels"
    for (part, own, theirs) in [
      ("season", found.season, other.seasonal), ("trend", found.trend, other.trend),
      ("weights", found.weights, other.weights),
    ] {
      expectReference("stl", item, part, Self.distance(own, theirs), 0, .absolute(1e-8))
    }
  }

  @Test("the Hodrick-Prescott trend is that of fifty digits", arguments: ["Nile_6.25", "loguspop_100"])
  func hodrickPrescott(name: String) throws {
    let expected = try DecompositionFixtures.decoded(HodrickPrescottCase.self, "hp_filter/\(name)")
    let values =
      expected.series.hasPrefix("log")
      ? try logarithms(expected.series) : try DecompositionFixtures.values(expected.series)
    let sample = seasonal(values, season: 1)
    let found = try HodrickPrescott(penalty: expected.lam).decompose(sample)
    let size = expected.trend.reduce(0) { max($0, abs($1)) }
    for (part, own, theirs) in [
      ("trend", found.trend, expected.trend), ("remainder", found.remainder, expected.cycle),
    ] {
      expectReference("hp_filter", name, part, Self.distance(own, theirs) / size, 0, .absolute(1e-9))
    }
  }
}
