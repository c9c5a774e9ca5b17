import Foundation
import Testing

@testable import Forecasting

@Suite("Theta against independent software")
struct ThetaReferenceTests {
  struct Case: Decodable {
    struct Published: Decodable { let h: Int; let mean, lo80, hi80, lo95, hi95: [Double] }
    struct Independent: Decodable {
      let alpha: Double
      let driftHalfSlope: Double
      let seasonalFigure: [Double]?
      let forecastMean: [Double]
    }
    let series: String
    let frequency: Int
    let seasonalTestStat: Double?
    let seasonalUsed: Bool
    let alpha: Double
    let driftHalfSlope: Double
    let sigma2: Double
    let forecast: Published
    let independentPython: Independent
  }

  static let names = ["AirPassengers", "JohnsonJohnson", "Nile", "WWWusage", "sunspot.year", "uspop"]

  static func reference(_ name: String) throws -> Case {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Case.self, from: try Reference.text("theta/\(name).json"))
  }

  static func sample(_ name: String) throws -> Sample {
    seasonal(try DecompositionFixtures.values(name), season: try reference(name).frequency)
  }

  /// The standard method, and the season that was taken out for it.
  private func fit(_ name: String) throws -> (base: FittedTheta, indices: [Double]) {
    let fitted = try ThetaMethod(.standard).fit(try Self.sample(name))
    if let adjusted = fitted as? SeasonallyAdjustedFit {
      return (try #require(adjusted.base as? FittedTheta), adjusted.adjustment.ahead)
    }
    return (try #require(fitted as? FittedTheta), [1])
  }

  @Test("the seasonal test and the indices are R's to ten digits", arguments: names)
  func season(name: String) throws {
    let expected = try Self.reference(name)
    let sample = try Self.sample(name)
    let test = SeasonalityTest(sample.values, season: sample.season)
    #expect((test == nil) == (expected.seasonalTestStat == nil))
    if let test, let statistic = expected.seasonalTestStat {
      #expect(agree(test.statistic, statistic, relative: 1e-10))
      #expect(test.isSeasonal == expected.seasonalUsed)
    }
    let indices = try fit(name).indices
    #expect(indices.count == (expected.seasonalUsed ? expected.frequency : 1))
    if let figure = expected.independentPython.seasonalFigure {
      let rotation = sample.count % sample.season
      let ahead = figure[rotation...] + figure[..<rotation]
      #expect(zip(indices, ahead).allSatisfy { agree($0, $1, relative: 1e-10) })
    }
  }

  @Test("drift, forecasts and limits of the standard method are R's", arguments: names)
  func standard(name: String) throws {
    let expected = try Self.reference(name)
    let (base, indices) = try fit(name)
    let drift = try #require(base.parameters.first { $0.name == "half slope" })
    #expect(agree(drift.value, expected.driftHalfSlope, relative: 1e-10))
    for step in 1...expected.forecast.h {
      let index = indices[(step - 1) % indices.count]
      let mean = base.standardForecast(step: step) * index
      #expect(agree(mean, expected.independentPython.forecastMean[step - 1], relative: 1e-4), "\(step)")
      // R stops its search for alpha early; on two series its own forecasts are further than that from the optimum.
      #expect(agree(mean, expected.forecast.mean[step - 1], relative: 1.7e-4), "\(step)")
      let error = base.plugInStandardError(step: step)
      for (limit, sign, quantile) in [
        (expected.forecast.lo80, -1.0, 1.2815515655446004), (expected.forecast.hi80, 1, 1.2815515655446004),
        (expected.forecast.lo95, -1, 1.959963984540054), (expected.forecast.hi95, 1, 1.959963984540054),
      ] {
        #expect(abs(mean + sign * quantile * error - limit[step - 1]) <= 1e-3 * abs(mean), "\(step)")
      }
    }
  }
}
