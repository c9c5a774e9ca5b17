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
      expectReference("theta", name, "seasonal test", test.statistic, statistic, .relative(1e-10))
      expectReference(
        "theta", name, "whether there is a season", test.isSeasonal ? 1 : 0, expected.seasonalUsed ? 1 : 0,
        .absolute(0))
    }
    let indices = try fit(name).indices
    #expect(indices.count == (expected.seasonalUsed ? expected.frequency : 1))
    if let figure = expected.independentPython.seasonalFigure {
      let rotation = sample.count % sample.season
      let ahead = figure[rotation...] + figure[..<rotation]
      for (own, theirs) in zip(indices, ahead) {
        expectReference("theta", name, "indices", own, theirs, .relative(1e-10))
      }
    }
  }

  @Test("drift, forecasts and limits of the standard method are R's", arguments: names)
  func standard(name: String) throws {
    let expected = try Self.reference(name)
    let (base, indices) = try fit(name)
    let drift = try #require(base.parameters.first { $0.name == "half slope" })
    expectReference("theta", name, "drift", drift.value, expected.driftHalfSlope, .relative(1e-10))
    for step in 1...expected.forecast.h {
      let index = indices[(step - 1) % indices.count]
      let mean = base.standardForecast(step: step) * index
      expectReference(
        "theta", name, "forecasts", mean, expected.independentPython.forecastMean[step - 1], .relative(1e-4))
      expectReference(
        "theta", name, "forecasts, R", mean, expected.forecast.mean[step - 1], .relative(1e-4))
      let error = base.plugInStandardError(step: step)
      for (limit, sign, quantile) in [
        (expected.forecast.lo80, -1.0, 1.2815515655446004), (expected.forecast.hi80, 1, 1.2815515655446004),
        (expected.forecast.lo95, -1, 1.959963984540054), (expected.forecast.hi95, 1, 1.959963984540054),
      ] {
        let own = mean + sign * quantile * error
        let difference = (own - limit[step - 1]) / abs(mean)
        expectReference("theta", name, "limits, over the mean", difference, 0, .absolute(1e-3))
      }
    }
  }

  // MARK: Least squares

  struct Peer: Decodable { let alpha, theta, squares: Double }

  static let forms: [(ThetaMethod.Form, String)] = [(.dynamic, "DSTM"), (.dynamicOptimised, "DOTM")]

  /// The fitted model of the series, or of the series without its season.
  static func core(_ fitted: any FittedModel) throws -> FittedThetaMethod {
    try #require(
      (fitted as? SeasonallyAdjustedFit)?.base as? FittedThetaMethod ?? fitted as? FittedThetaMethod)
  }

  @Test("the dynamic models' sum of squares is no larger than statsforecast's", arguments: names)
  func squares(name: String) throws {
    let peers = try DecompositionFixtures.decoded([String: [String: Peer]].self, "theta/statsforecast")
    for (form, peer) in Self.forms {
      let expected = try #require(peers[name]?[peer])
      let core = try Self.core(try ThetaMethod(form).fit(try Self.sample(name)))
      expectReference(
        "theta", "\(name), statsforecast", "log of the sum of squares, \(peer)", log(core.best.sumOfSquares),
        log(expected.squares), .noGreater(1e-9))
      // Their parameters give their sum of squares in our equations too: the models are the same.
      let problem = ThetaProblem(core.sample.values, isDynamic: true)
      let sums = problem.sums(alpha: expected.alpha)
      #expect(sums.squares(1 - 1 / expected.theta) <= expected.squares * (1 + 1e-9))
    }
  }

  @Test("the likelihood is that of the sum of squares, less the logarithms of the seasonal factors")
  func likelihood() throws {
    let sample = try Self.sample("AirPassengers")
    let fitted = try ThetaMethod(.dynamicOptimised).fit(sample)
    let adjusted = try #require(fitted as? SeasonallyAdjustedFit)
    let core = try Self.core(fitted)
    let logs = adjusted.adjustment.fitted.dropFirst(3).reduce(0) { $0 + log($1) }
    let likelihood = try #require(fitted.likelihood)
    #expect(likelihood.observations == 141)
    #expect(likelihood.convention == .innovations)
    #expect(agree(likelihood.value, -70.5 * log(core.best.sumOfSquares) - logs, relative: 1e-12))
    #expect(likelihood.parameters == fitted.parameterCount)
    #expect(fitted.parameterCount == 4 + 11)
  }
}
