import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// A model that knows the level of white noise and claims a standard deviation of its choice for it.
struct ClaimedNoise: ForecastModel {
  let claimed: Double
  let specification = "mean"
  let summary = "values scatter about 100"
  let minimumObservations = 1
  let scaleChoice = ScaleChoice.natural

  func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
    try requireObservations(sample)
    return FittedClaim(sample: sample, claimed: claimed)
  }
}

struct FittedClaim: FittedModel {
  let sample: Sample
  let claimed: Double
  let specification = "mean"
  let parameters: [FittedParameter] = []
  let parameterCount = 1
  var residuals: [Double] { sample.values.dropFirst().map { $0 - 100 } }

  func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
    try requireStep(step)
    return try mixture([.init(weight: 1, location: 100, scale: claimed)], degreesOfFreedom: 1e6)
  }

  func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
    for index in path.indices { path[index] = 100 + claimed * stream.normal() }
  }
}

@Suite("Intervals as wide as earlier errors")
struct ConformalTests {
  /// White noise of standard deviation 2 about 100, and one value more that is to be forecast.
  private func noise(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    (0...count).map { _ in 100 + 2 * stream.normal() }
  }

  /// Whether a share lies within four binomial standard errors of what it should be.
  private func isNear(_ hits: Int, of count: Int, _ level: Double, slack: Double = 0) -> Bool {
    let error = (level * (1 - level) / Double(count)).squareRoot()
    return abs(Double(hits) / Double(count) - level) < 4 * error + slack
  }

  @Test("hold as often as they say in a panel whose model claims a quarter of the variance")
  func panelCoverage() throws {
    var stream = RandomStream(seed: 31, name: "panel coverage")
    var hits = [80: 0, 95: 0]
    var plain = [80: 0, 95: 0]
    var count = 0
    for _ in 0..<40 {
      let values = (0..<50).map { _ in noise(7, &stream) }
      let pool = try values.map { try natural($0.dropLast().map { $0 }) }
      let model = Conformal(ClaimedNoise(claimed: 1), origins: 4)
      for (fitted, own) in zip(model.fit(pool: pool, horizon: 1), values) {
        let forecast = try Forecast(try fitted.get(), horizon: 1)
        let uncalibrated = try Forecast(try ClaimedNoise(claimed: 1).fit(try natural([100])), horizon: 1)
        let actual = try #require(own.last)
        count += 1
        for level in [80, 95] {
          let share = Double(level) / 100
          if try forecast.interval(share, step: 1).contains(actual) { hits[level, default: 0] += 1 }
          if try uncalibrated.interval(share, step: 1).contains(actual) { plain[level, default: 0] += 1 }
        }
      }
    }
    // The model alone covers 48 and 67%.
    #expect(Double(plain[95] ?? 0) < 0.72 * Double(count))
    // Each of the 40 panels has learned from 200 errors, of which the prior of 4 keeps 2% back: half a per cent.
    #expect(isNear(hits[80] ?? 0, of: count, 0.8, slack: 0.008), "\(hits) of \(count)")
    #expect(isNear(hits[95] ?? 0, of: count, 0.95, slack: 0.005), "\(hits) of \(count)")
  }

  @Test(
    "hold nearly as often as they say for one series with thirty origins, and far better than the model's")
  func seriesCoverage() throws {
    var stream = RandomStream(seed: 32, name: "series coverage")
    var hits = [80: 0, 95: 0]
    let count = 500
    for _ in 0..<count {
      let values = noise(40, &stream)
      let fitted = try Conformal(ClaimedNoise(claimed: 1), origins: 30).fit(
        try natural(values.dropLast().map { $0 }))
      let forecast = try Forecast(fitted, horizon: 1)
      let actual = try #require(values.last)
      for level in [80, 95] where try forecast.interval(Double(level) / 100, step: 1).contains(actual) {
        hits[level, default: 0] += 1
      }
    }
    // The belief in the model's own spread is worth 4 errors of 34: a stretch of 1.88 for 2, or 77 and 93.5%.
    let (narrow, wide) = (Double(hits[80] ?? 0) / Double(count), Double(hits[95] ?? 0) / Double(count))
    #expect(narrow > 0.74 && narrow < 0.83, "\(narrow)")
    #expect(wide > 0.925 && wide < 0.965, "\(wide)")
  }

  @Test("calibrate each step by itself in a pool, and later steps by the last")
  func byStep() throws {
    // A random walk that the model takes for one with no growing doubt: the later, the more too narrow.
    var stream = RandomStream(seed: 33, name: "by step")
    let pool = try (0..<60).map { _ in
      var level = 100.0
      return try natural(
        (0..<12).map { index in
          level += stream.normal()
          return index < 2 ? 100 : level
        })
    }
    let fits = Conformal(Naive(), origins: 5).fit(pool: pool, horizon: 3)
    let fitted = try #require(try fits[0].get() as? FittedConformal)
    #expect(fitted.calibrations.count == 3)
    #expect(fitted.calibrations.allSatisfy { $0.spread > 0.7 && $0.spread < 1.3 })
    #expect(fitted.parameters.count { $0.name.hasPrefix("score stretch") } == 6)
    #expect(try fitted.predictive(horizon: 5).count == 5)
    // Each series keeps its own model's place.
    for (one, sample) in zip(fits, pool) {
      #expect(try one.get().predictive(step: 2).quantile(0.5) == sample.values.last)
    }
    // The order of the series changes nothing.
    let backwards = Conformal(Naive(), origins: 5).fit(pool: pool.reversed(), horizon: 3)
    let first = try fits[7].get().predictive(step: 3).quantile(0.9)
    #expect(try backwards[60 - 8].get().predictive(step: 3).quantile(0.9) == first)
  }

  @Test("have paths of the calibrated distribution, with the model's correlation between steps")
  func jointPaths() throws {
    let sample = try natural(randomCounts(24, path: 3).map { $0 })
    let fitted = try ModelCatalogue.model(named: "conformal(naive)").fit(sample)
    let count = 20_000
    let drawn = paths(of: fitted, count, horizon: 2)
    for step in 1...2 {
      let values = drawn.map { $0[step - 1] }
      for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
        let quantile = try fitted.predictive(step: step).quantile(p)
        let share = Double(values.count { $0 <= quantile }) / Double(count)
        #expect(abs(share - p) < 4 * (p * (1 - p) / Double(count)).squareRoot(), "\(step), \(p): \(share)")
      }
    }
    let plain = paths(of: try Naive().fit(sample), count, horizon: 2)
    let order = drawn.indices.sorted { drawn[$0][1] < drawn[$1][1] }
    // The same draws in the same order: only how far they lie apart has changed.
    #expect(order == plain.indices.sorted { plain[$0][1] < plain[$1][1] })
  }

  @Test("are the model's own, and say so, where no earlier forecast can be made")
  func noErrors() throws {
    let sample = try natural([4, 6, 5])
    let fitted = try ModelCatalogue.model(named: "conformal(naive)").fit(sample)
    #expect(fitted.remarks.contains { $0.contains("no earlier forecast") })
    for p in [0.025, 0.3, 0.9] {
      let own = try Naive().fit(sample).predictive(step: 2).quantile(p)
      #expect(agree(try fitted.predictive(step: 2).quantile(p), own, relative: 1e-9))
    }
    let pooled = Conformal(Naive()).fit(pool: [sample, try natural([1])], horizon: 2)
    #expect(try pooled[0].get().remarks.contains { $0.contains("no earlier forecast") })
    #expect(throws: ForecastingError.self) { try pooled[1].get() }
    #expect(Conformal(Naive()).fit(pool: [], horizon: 2).isEmpty)
  }

  @Test("keep what the model reports, voices and parts among them, and go by its name")
  func reports() throws {
    let sample = try Sample(try annual(randomCounts(15, path: 8)))
    let fitted = try ModelCatalogue.model(named: "conformal(combination(naive,drift),origins=6)").fit(sample)
    #expect(fitted.voices.map(\.specification) == ["naive", "drift"])
    #expect(fitted.specification == "conformal(combination(naive,drift),origins=6)")
    let smooth = try ModelCatalogue.model(named: "conformal(hodrick-prescott)").fit(sample)
    let own = try HodrickPrescottTrend().fit(sample)
    #expect(smooth.components == own.components && smooth.residuals == own.residuals)
    #expect(smooth.likelihood == own.likelihood && smooth.parameterCount == own.parameterCount)
    #expect(smooth.parameterScale == own.parameterScale)
    #expect(smooth.residualPositions == own.residualPositions)
    #expect(smooth.dynamicParameterCount == own.dynamicParameterCount)
    #expect(Conformal(Naive(), origins: 0).specification == "conformal(naive,origins=1)")
    #expect(Conformal(Naive()).summary.hasPrefix(Naive().summary))
  }
}
