import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Any model with a season by loess")
struct SeasonallyAdjustedTests {
  static let values = DecompositionPropertyTests.monthly(73, path: 21)

  private func fit(_ specification: String, _ sample: Sample? = nil) throws -> any FittedModel {
    try ModelCatalogue.model(named: specification).fit(sample ?? seasonal(Self.values, season: 12))
  }

  @Test("the forecast is that of the adjusted series plus the season of the last year")
  func sum() throws {
    let parts = try SeasonalTrendLoess().decompose(seasonal(Self.values, season: 12))
    let adjusted = zip(Self.values, parts.season).map { $0 - $1 }
    let inner = try Forecast(try Drift().fit(seasonal(adjusted, season: 12)), horizon: 14)
    let outer = try Forecast(try fit("stl(drift)"), horizon: 14)
    for step in 1...14 {
      let season = parts.season[73 - 12 + (step - 1) % 12]
      #expect(agree(try outer.median(step: step), try inner.median(step: step) + season, relative: 1e-9))
      let (narrow, wide) = (try inner.interval(0.8, step: step), try outer.interval(0.8, step: step))
      #expect(wide.upperBound - wide.lowerBound > narrow.upperBound - narrow.lowerBound)
    }
  }

  @Test("parts add up to the series", arguments: ["stl(naive)", "stl(holt,window=7)", "stl(mean,robust)"])
  func components(specification: String) throws {
    let fitted = try fit(specification)
    #expect(fitted.specification == specification)
    for index in Self.values.indices {
      let sum = fitted.components.reduce(0) { $0 + $1.values[index] }
      #expect(agree(sum, Self.values[index], relative: 1e-12))
    }
    #expect(fitted.remarks.contains { $0.hasPrefix("the season is taken to stay") })
    #expect(fitted.parameterCount > 11)
    #expect(fitted.residuals.count == 72)
  }

  @Test("on logarithms the season multiplies, and the mean is that of the paths")
  func logarithms() throws {
    let series = try Series(
      id: "plans", measure: Measure(id: "plans", unit: .count),
      points: Self.values.enumerated().map { index, value in
        DataPoint(
          Period.month(containing: try #require(CivilDate("2019-04-01"))).advanced(by: index), value.rounded()
        )
      })
    let model = try ModelCatalogue.model(named: "stl(theta(dynamic, season=none), window=9)")
    let sample = try model.sample(series)
    #expect(sample.scale == .logarithm(offset: 0) && sample.season == 12)
    let fitted = try model.fit(sample)
    let forecast = try Forecast(fitted, horizon: 3)
    let drawn = paths(of: fitted, 20_000, horizon: 3)
    for step in 1...3 {
      let mean = drawn.reduce(0) { $0 + $1[step - 1] / 20_000 }
      #expect(agree(try forecast.mean(step: step), mean, relative: 0.01))
      for probability in [0.1, 0.5, 0.9] {
        let quantile = try forecast.quantile(probability, step: step)
        let below = Double(drawn.count { $0[step - 1] <= quantile }) / 20_000
        #expect(abs(below - probability) < 0.015)
      }
    }
    #expect(try ModelCatalogue.model(named: "stl(drift(scale=natural))").scaleChoice == .natural)
    #expect(try ModelCatalogue.model(named: "stl(drift,scale=natural)").scaleChoice == .natural)
  }

  /// A model that simulates, as those without a closed form do.
  struct Simulated: ForecastModel {
    let specification = "simulated"
    let summary = "draws"
    let minimumObservations = 3
    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
      Fit(base: try Naive().fit(sample))
    }
    struct Fit: FittedModel {
      let base: any FittedModel
      var specification: String { "simulated" }
      var sample: Sample { base.sample }
      var parameters: [FittedParameter] { base.parameters }
      var residuals: [Double] { base.residuals }
      var parameterCount: Int { 1 }
      func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
        let own = try base.predictive(step: step)
        var draws: [Double] = []
        for index in 0..<4000 { draws.append(try own.quantile((Double(index) + 0.5) / 4000)) }
        return SimulatedDistribution(draws) ?? own
      }
      func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
        base.draw(path: path, from: &stream)
      }
    }
  }

  @Test("a distribution of any kind takes the season in, as a closed form does", arguments: [1.0, 0])
  func anyDistribution(logarithmic: Double) throws {
    let scale: Scale = logarithmic > 0 ? .logarithm(offset: 0) : .natural
    let sample = seasonal(Self.values, season: 12, scale: scale)
    let closed = try Forecast(try SeasonallyAdjusted(Naive()).fit(sample), horizon: 4)
    let open = try SeasonallyAdjusted(Simulated()).fit(sample)
    let simulated = try Forecast(open, horizon: 4)
    for step in 1...4 {
      for probability in [0.1, 0.3, 0.5, 0.8] {
        let expected = try closed.quantile(probability, step: step)
        #expect(agree(try simulated.quantile(probability, step: step), expected, relative: 3e-3))
      }
      #expect(agree(try simulated.mean(step: step), try closed.mean(step: step), relative: 3e-3))
      let distribution = try open.predictive(step: step)
      let median = try distribution.quantile(0.5)
      #expect(abs(distribution.cumulative(median) - 0.5) < 1e-3)
      let width = 1e-2 * abs(try distribution.quantile(0.84) - median)
      let slope =
        (distribution.cumulative(median + 20 * width) - distribution.cumulative(median - 20 * width))
        / (40 * width)
      #expect(agree(distribution.density(median), slope, relative: 0.1))
    }
  }

  @Test("a season that multiplies stretches a distribution of any kind")
  func product() throws {
    let factors = [0.5, 1, 1.5]
    let values = (0..<36).map { (index: Int) -> Double in
      (50 + Double(index)) * factors[index % 3] + (index % 5 == 0 ? 1 : 0)
    }
    let sample = seasonal(values, season: 3)
    let parts = try ClassicalDecomposition(sample, kind: .multiplicative)
    let adjustment = SeasonalAdjustment(parts, of: sample)
    func fit(_ model: any ForecastModel) throws -> SeasonallyAdjustedFit {
      SeasonallyAdjustedFit(
        specification: "test", sample: sample, base: try model.fit(adjustment.adjusted(sample)),
        adjustment: adjustment, components: [])
    }
    let (closed, open) = (try fit(Naive()), try fit(Simulated()))
    for step in 1...3 {
      for probability in [0.1, 0.5, 0.9] {
        let expected = try closed.predictive(step: step).quantile(probability)
        #expect(agree(try open.predictive(step: step).quantile(probability), expected, relative: 3e-3))
      }
    }
    // Errors in units of the seasons' geometric mean.
    let unit = exp(adjustment.fitted.suffix(35).reduce(0) { $0 + log($1) / 35 })
    #expect(zip(closed.residuals, closed.base.residuals).allSatisfy { agree($0, $1 * unit, relative: 1e-12) })
    #expect(closed.likelihood == nil)
  }

  @Test(
    "holds what it states though the season takes most degrees of freedom: coverage, by quantiles and by paths"
  )
  func coverage() throws {
    var stream = RandomStream(seed: 30, name: "seasonal mean")
    let shape = (0..<12).map { 10 * sin(Double($0) * .pi / 6) }
    var (inside, insidePaths, futures) = (0, 0, 0)
    for _ in 0..<400 {
      let values = (0..<33).map { 100 + shape[$0 % 12] + 3 * stream.normal() }
      let fitted = try fit("stl(mean)", seasonal(Array(values.prefix(30)), season: 12))
      let drawn = paths(of: fitted, 200, horizon: 3)
      for step in 1...3 {
        let distribution = try fitted.predictive(step: step)
        let value = values[29 + step]
        futures += 1
        if (0.1...0.9).contains(distribution.cumulative(value)) { inside += 1 }
        let below = Double(drawn.count { $0[step - 1] <= value }) / 200
        if (0.1...0.9).contains(below) { insidePaths += 1 }
      }
    }
    let (share, pathShare) = (Double(inside) / Double(futures), Double(insidePaths) / Double(futures))
    #expect(abs(share - 0.8) < 0.05, "\(share)")
    #expect(abs(pathShare - 0.8) < 0.05, "\(pathShare)")
  }

  @Test("the season's parameters come off the degrees of freedom of the base model")
  func degreesOfFreedom() throws {
    let sample = seasonal(Array(Self.values.prefix(36)), season: 12)
    let fitted = try #require(try fit("stl(mean)", sample) as? SeasonallyAdjustedFit)
    let (inner, outer) = (
      try #require(try fitted.base.predictive(step: 1) as? StudentMixture),
      try #require(try fitted.predictive(step: 1) as? StudentMixture)
    )
    let count = Double(fitted.adjustment.parameterCount)
    #expect(inner.degreesOfFreedom == 35 && outer.degreesOfFreedom == 35 - count)
    let scale = inner.components[0].scale
    let expected = scale * scale * 35 / (35 - count) + fitted.adjustment.aheadVariance[0]
    #expect(agree(outer.components[0].scale, expected.squareRoot(), relative: 1e-12))
  }

  @Test("specifications are read, positions and all, and written back")
  func grammar() throws {
    let model = try #require(
      try ModelCatalogue.model(
        named: "stl(theta(optimised), window=7, trend=21, low-pass=13, season=12, robust)")
        as? SeasonallyAdjusted)
    #expect(model.base.specification == "theta(optimised)")
    #expect(
      model.decomposition
        == SeasonalTrendLoess(seasonalWindow: .years(7), trendWindow: 21, lowPassWindow: 13, isRobust: true))
    #expect(model.season == 12)
    let written = SeasonallyAdjusted(model.base, decomposition: model.decomposition, season: 12)
    #expect(written.specification == "stl(theta(optimised),window=7,trend=21,low-pass=13,season=12,robust)")
    #expect(try ModelCatalogue.model(named: written.specification) is SeasonallyAdjusted)
    #expect(SeasonallyAdjusted(Drift()).specification == "stl(drift)")
    #expect(model.summary.hasPrefix("the season of the last year stays, and for the rest: "))
    let quoted = try #require(
      try ModelCatalogue.model(named: "stl(\"window-mean(3)\")") as? SeasonallyAdjusted)
    #expect(quoted.base.specification == "window-mean(3)")
    for (text, expected) in [
      ("stl", "position 3: the model of the adjusted series is missing"),
      ("stl()", "position 5: the model of the adjusted series is missing"),
      ("stl(window=7)", "the model of the adjusted series is missing"),
      ("stl(drift,window=8)", "position 18: \"8\" will not do; window is periodic or an odd number of years"),
      ("stl(drift,trend=10)", "trend is an odd number of periods"),
      ("stl(drift,low-pass=x)", "low-pass is an odd number of periods"),
      ("stl(drift,season=1)", "season is a whole number of periods, from 2 to 1000"),
      ("stl(drift,window=periodic,fast)", "\"fast\" is not an option of stl"),
      ("stl(theta(fast))", "position 11: \"fast\" is not a value of form"),
      ("stl(\"theta(fast)\")", "position 12: \"fast\" is not a value of form"),
      ("stl(\"theta(fast\")", "position 16: the parenthesis opened at position 11 is not closed"),
      ("stl(nothing)", "there is no model \"nothing\""),
    ] {
      let said = try #require(sentence { _ = try ModelCatalogue.model(named: text) })
      #expect(said.contains(expected), "\(said)")
    }
  }

  @Test("what cannot be adjusted is refused with a sentence")
  func refusals() throws {
    for (specification, sample, expected) in [
      ("stl(drift)", seasonal(Self.values, season: 1), "stl(drift) needs a series with a season"),
      (
        "stl(drift)", seasonal(Array(Self.values.prefix(24)), season: 12),
        "stl(drift) needs at least 25 observations"
      ),
      ("stl(drift)", seasonal(Array(Self.values.prefix(3)), season: 12), "needs at least 5 observations"),
      ("stl(drift,season=40)", seasonal(Self.values, season: 12), "needs at least 81 observations"),
    ] {
      let said = try #require(sentence { _ = try fit(specification, sample) })
      #expect(said.contains(expected), "\(said)")
    }
    var gapped = Self.values.map { Double?($0) }
    gapped[30] = nil
    let said = try #require(sentence { _ = try fit("stl(drift)", seasonal(gapped, season: 12)) })
    #expect(said.contains("needs consecutive periods and the one after period 29 is missing"))
    #expect(throws: ForecastingError.horizon(0)) { try fit("stl(drift)").predictive(step: 0) }
  }
}
