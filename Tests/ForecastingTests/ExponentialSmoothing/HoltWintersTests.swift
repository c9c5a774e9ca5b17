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
    #expect(agree(start.level, fit.startValues.l, relative: 1e-10))
    if let growth = fit.startValues.b { #expect(agree(start.growth, growth, relative: 1e-10)) }
    for (own, other) in zip(start.season, fit.startValues.s ?? []) {
      #expect(agree(own, other, relative: 1e-10))
    }
  }

  @Test("at R's weights the sum of squares and the forecast are R's", arguments: names)
  func forecast(name: String) throws {
    let (sample, model, fit) = try Self.reference(name)
    let given = HoltWinters(
      season: model.season, hasTrend: model.hasTrend,
      fixed: ETS.Fixed(alpha: fit.alpha, beta: fit.beta, gamma: fit.gamma))
    let fitted = try #require(try given.fit(sample) as? FittedHoltWinters)
    #expect(agree(fitted.run.sumOfSquares, fit.SSE, relative: 1e-10))
    let means = fitted.pointForecast(horizon: fit.forecast.mean.count)
    for (own, other) in zip(means, fit.forecast.mean) { #expect(agree(own, other, relative: 1e-10)) }
  }

  @Test("its own weights fit as well as R's or better", arguments: names)
  func leastSquares(name: String) throws {
    let (sample, model, fit) = try Self.reference(name)
    let fitted = try #require(try model.fit(sample) as? FittedHoltWinters)
    #expect(fitted.run.sumOfSquares <= fit.SSE * (1 + 1e-4))
  }
}
