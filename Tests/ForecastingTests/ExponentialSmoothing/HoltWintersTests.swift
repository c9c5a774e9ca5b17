import Testing

@testable import Forecasting

@Suite("Holt and Winters against R")
struct HoltWintersTests {
  static let names = [
    "AirPassengers_add", "AirPassengers_mult", "AirPassengers_mult_fixed", "Nile_ses", "uspop_holt",
    "uspop_holt_fixed",
  ]

  /// The series, the method as R was told it, and what R found.
  static func reference(
    _ name: String
  ) throws -> (sample: Sample, model: HoltWinters, fit: SmoothingReference.HoltWintersFit) {
    let fit = try SmoothingReference.holtWinters(name)
    let series = String(name.prefix { $0 != "_" })
    let season: ETSForm.Season =
      fit.startValues.s == nil ? .none : fit.seasonal == "additive" ? .additive : .multiplicative
    let fixed =
      fit.parametersOptimised
      ? ETS.Fixed() : ETS.Fixed(alpha: fit.alpha, beta: fit.beta, gamma: fit.gamma)
    return (
      try SmoothingReference.sample(series),
      HoltWinters(season: season, hasTrend: fit.startValues.b != nil, fixed: fixed), fit
    )
  }

  @Test("start values are R's", arguments: names)
  func start(name: String) throws {
    let (sample, model, fit) = try Self.reference(name)
    let start = HoltWintersRecursion.start(
      sample.values, season: model.season, hasTrend: model.hasTrend, period: sample.season)
    var (own, other) = ([start.level], [fit.startValues.l])
    if let growth = fit.startValues.b {
      own.append(start.growth)
      other.append(growth)
    }
    if let season = fit.startValues.s {
      own += start.season
      other += season
    }
    expectReference("holtwinters", name, "start values", own, other, .relative(1e-10))
  }

  @Test("at R's weights the sum of squares and the forecast are R's", arguments: names)
  func forecast(name: String) throws {
    let (sample, model, fit) = try Self.reference(name)
    let given = HoltWinters(
      season: model.season, hasTrend: model.hasTrend,
      fixed: ETS.Fixed(alpha: fit.alpha, beta: fit.beta, gamma: fit.gamma))
    let fitted = try #require(try given.fit(sample) as? FittedHoltWinters)
    expectReference(
      "holtwinters", name, "sum of squares at R's weights", fitted.run.sumOfSquares, fit.sumOfSquares,
      .relative(1e-10))
    let means = fitted.pointForecast(horizon: fit.forecast.mean.count)
    for (own, other) in zip(means, fit.forecast.mean) {
      expectReference("holtwinters", name, "forecast at R's weights", own, other, .relative(1e-10))
    }
  }

  @Test("its own weights fit as well as R's or better", arguments: names)
  func leastSquares(name: String) throws {
    let (sample, model, fit) = try Self.reference(name)
    let fitted = try #require(try model.fit(sample) as? FittedHoltWinters)
    expectReference(
      "holtwinters", name, "least sum of squares, over R's", fitted.run.sumOfSquares / fit.sumOfSquares, 1,
      .noGreater(1e-4))
  }

  @Test("without a season that multiplies, paths have the mean and variance of the closed form")
  func closedForm() throws {
    for season in [ETSForm.Season.none, .additive] {
      let fitted = try HoltWinters(season: season).fit(SeriesMaker.sample(path: 30))
      let summary = ETSForecastTests.summary(fitted, count: 20_000, horizon: 6)
      for step in [1, 4, 6] {
        let predictive = try #require(try fitted.predictive(horizon: 6)[step - 1] as? StudentMixture)
        let freedom = predictive.degreesOfFreedom
        let scale = predictive.components[0].scale
        let variance = scale * scale * freedom / (freedom - 2)
        #expect(abs(summary[step - 1].mean - predictive.mean) <= 0.05 * variance.squareRoot())
        #expect(agree(summary[step - 1].variance, variance, relative: 0.06))
      }
    }
  }

  @Test("with a season that multiplies, the simulated forecast has the method's own centre")
  func simulated() throws {
    let fitted = try #require(
      try HoltWinters(season: .multiplicative).fit(SeriesMaker.sample(path: 31)) as? FittedHoltWinters)
    let points = fitted.pointForecast(horizon: 6)
    let steps = try fitted.predictive(horizon: 6)
    for step in 1...6 {
      let median = try steps[step - 1].quantile(0.5)
      #expect(agree(median, points[step - 1], relative: 0.03))
      let single = try fitted.predictive(step: step)
      #expect(single.mean == steps[step - 1].mean)
    }
  }

  @Test("its parts are the figures when they are put together")
  func components() throws {
    let sample = SeriesMaker.sample(path: 32)
    for (season, hasTrend) in [
      (ETSForm.Season.none, false), (.none, true), (.additive, true), (.multiplicative, true),
    ] {
      let fitted = try HoltWinters(season: season, hasTrend: hasTrend).fit(sample)
      let parts = Dictionary(uniqueKeysWithValues: fitted.components.map { ($0.name, $0.values) })
      for (index, value) in sample.values.enumerated() {
        var sum = (parts["level"]?[index] ?? .nan) + (parts["trend"]?[index] ?? 0)
        if let part = parts["season"] { sum = season == .additive ? sum + part[index] : sum * part[index] }
        #expect(agree(sum + (parts["remainder"]?[index] ?? .nan), value, relative: 1e-9))
      }
      #expect(fitted.parameterCount == fitted.parameters.count - (season == .none ? 0 : 1))
      #expect(!fitted.remarks.isEmpty)
      #expect(fitted.residuals.count == sample.count - (season == .none ? (hasTrend ? 2 : 1) : 4))
    }
  }

  @Test("is named and described for what it is")
  func described() {
    #expect(
      Set([ETSForm.Season.none, .additive, .multiplicative].map { HoltWinters(season: $0).summary }).count
        == 3)
    #expect(HoltWinters(season: .none, hasTrend: false).summary.contains("stays"))
    #expect(HoltWinters(season: .multiplicative).scaleChoice == .natural)
    #expect(HoltWinters(season: .additive).scaleChoice == .unit)
    #expect(HoltWinters(season: .additive, period: 12).minimumObservations == 36)
  }
}
