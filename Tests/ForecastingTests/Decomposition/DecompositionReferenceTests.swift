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
    try DecompositionFixtures.values(series.replacing("log(", with: "").replacing(")", with: "")).map { log($0) }
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
    #expect(zip(found.indices, expected.figure).allSatisfy { agree($0, $1, relative: 1e-10) })
    #expect(found.trend.count == expected.trend.count)
    for (own, theirs) in [(found.trend, expected.trend), (found.remainder, expected.random)] {
      #expect(
        zip(own, theirs).allSatisfy { own, theirs in
          guard let own, let theirs else { return own == nil && theirs == nil }
          return abs(own - theirs) <= 1e-10 * max(1, abs(theirs))
        })
    }
  }

  @Test(
    "seasonal-trend decomposition by loess agrees with R's to eight decimals",
    arguments: ["logAirPassengers_periodic", "logAirPassengers_s7_robust", "logJohnsonJohnson_s7"])
  func loess(name: String) throws {
    let expected = try DecompositionFixtures.decoded(Loess.self, "stl/\(name)")
    let values = try logarithms(expected.series)
    let sample = seasonal(values, season: expected.series.contains("Air") ? 12 : 4)
    let window: SeasonalTrendLoess.SeasonalWindow
    switch expected.args.window {
    case .years(let years): window = .years(years)
    case .periodic: window = .periodic
    }
    let settings = SeasonalTrendLoess(seasonalWindow: window, isRobust: expected.args.robust ?? false)
    let plan = try settings.plan(for: sample, season: sample.season)
    let smoothers = (plan.season, plan.trend, plan.lowPass)
    func triple(_ setting: (LoessSmoother) -> Int) -> Loess.Triple {
      Loess.Triple(s: setting(smoothers.0), t: setting(smoothers.1), l: setting(smoothers.2))
    }
    #expect(triple { $0.window } == expected.win)
    #expect(triple { $0.degree } == expected.deg)
    #expect(triple { $0.jump } == expected.jump)
    #expect(plan.innerLoops == expected.inner && plan.outerLoops == expected.outer)
    let found = try settings.decompose(sample)
    for (own, theirs) in [
      (found.season, expected.seasonal), (found.trend, expected.trend), (found.remainder, expected.remainder),
    ] {
      #expect(own.count == theirs.count)
      let largest = zip(own, theirs).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(largest <= 1e-8)
      if ProcessInfo.processInfo.environment["SHOW"] != nil { Issue.record("\(name) \(largest)") }
    }
  }
}
