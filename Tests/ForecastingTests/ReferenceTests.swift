import Foundation
import Testing
import TimeSeries

@testable import Forecasting

/// What independent software found, as described in Fixtures/ORIGIN.md.
struct Reference {
  struct Smoothing: Decodable {
    struct Fit: Decodable {
      let bestLoglik: Double
      let bestParams: [String: Double]
    }
    let fits: [String: Fit]
  }

  struct Theta: Decodable {
    struct Independent: Decodable {
      let driftHalfSlope: Double
      let forecastMean: [Double]
    }
    struct Published: Decodable { let mean: [Double] }
    let driftHalfSlope: Double
    let independentPython: Independent
    let forecast: Published
  }

  static let names = ["Nile", "WWWusage", "sunspot.year", "uspop"]

  static func text(_ file: String) throws -> Data {
    let url = try #require(Bundle.module.url(forResource: "Fixtures/\(file)", withExtension: nil))
    return try Data(contentsOf: url)
  }

  static func sample(_ name: String) throws -> Sample {
    let rows = String(decoding: try text("\(name).csv"), as: UTF8.self).split(whereSeparator: \.isNewline)
    return try natural(rows.dropFirst().compactMap { row in Double(row.split(separator: ",")[1]) })
  }

  private static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }

  static func smoothing(_ name: String) throws -> Smoothing {
    try decoder.decode(Smoothing.self, from: try text("\(name).smoothing.json"))
  }

  static func theta(_ name: String) throws -> Theta {
    try decoder.decode(Theta.self, from: try text("\(name).theta.json"))
  }
}

@Suite("Against independent software")
struct ReferenceTests {
  static let codes: [(ExponentialSmoothing.Trend, String)] = [
    (.none, "ANN"), (.additive, "AAN"), (.damped, "AAdN"),
  ]

  @Test("exponential smoothing reaches the best known likelihood", arguments: Reference.names)
  func likelihood(name: String) throws {
    let sample = try Reference.sample(name)
    let reference = try Reference.smoothing(name)
    for (trend, code) in Self.codes {
      let expected = try #require(reference.fits[code])
      let fitted = try #require(
        try ExponentialSmoothing(trend: trend).fit(sample) as? FittedExponentialSmoothing)
      expectReference(
        "ets_refined", "\(name) \(code), exponential-smoothing", "log-likelihood", fitted.logLikelihood,
        expected.bestLoglik, .noWorse(1e-3))
      // A likelihood above the best known by more than the edge's rounding would be that of another model.
      #expect(fitted.logLikelihood <= expected.bestLoglik + 1e-2, "\(name) \(code)")
    }
  }

  @Test("where the best smoothing parameters lie inside their region they are found")
  func parameters() throws {
    var compared = 0
    for name in Reference.names {
      let sample = try Reference.sample(name)
      let reference = try Reference.smoothing(name)
      for (trend, code) in Self.codes {
        let expected = try #require(reference.fits[code]).bestParams
        let alpha = try #require(expected["alpha"])
        let beta = expected["beta"] ?? 0.5 * alpha
        let phi = expected["phi"] ?? 0.9
        let isInside =
          alpha > 0.01 && alpha < 0.99 && beta > 0.01 && beta < 0.98 * alpha && phi > 0.81 && phi < 0.97
        guard isInside else { continue }
        let found = try ExponentialSmoothing(trend: trend).fit(sample).parameters
        for (parameter, value) in expected {
          guard let own = found.first(where: { $0.name == parameter }) else { continue }
          expectReference(
            "ets_refined", "\(name) \(code), exponential-smoothing", "parameters", own.value, value,
            .absolute(1e-2))
          compared += 1
        }
      }
    }
    #expect(compared >= 1)
  }

  @Test("the level of the Nile is smoothed with 0.2457 and started at 1110.7")
  func nile() throws {
    let fitted = try ExponentialSmoothing(trend: .none).fit(try Reference.sample("Nile"))
    let parameters = fitted.parameters
    #expect(parameters.map(\.name) == ["alpha", "starting level", "sigma"])
    expectReference(
      "ets_refined", "Nile ANN, exponential-smoothing", "alpha", parameters[0].value, 0.245728,
      .absolute(1e-2))
    expectReference(
      "ets_refined", "Nile ANN, exponential-smoothing", "starting level", parameters[1].value, 1110.748,
      .absolute(1))
  }

  @Test(
    "Theta drifts with half of the slope, and forecasts what the standard method does",
    arguments: Reference.names)
  func theta(name: String) throws {
    let reference = try Reference.theta(name)
    let fitted = try #require(try Theta().fit(try Reference.sample(name)) as? FittedTheta)
    let drift = try #require(fitted.parameters.first { $0.name == "half slope" })
    let item = "\(name), theta"
    expectReference(
      "theta", item, "drift", drift.value, reference.independentPython.driftHalfSlope, .absolute(1e-10))
    expectReference("theta", item, "drift, R", drift.value, reference.driftHalfSlope, .absolute(1e-10))
    for (index, expected) in reference.independentPython.forecastMean.enumerated() {
      let own = fitted.standardForecast(step: index + 1)
      expectReference("theta", item, "forecasts", own, expected, .relative(1e-4))
      expectReference("theta", item, "forecasts, R", own, reference.forecast.mean[index], .relative(1e-4))
    }
  }
}
