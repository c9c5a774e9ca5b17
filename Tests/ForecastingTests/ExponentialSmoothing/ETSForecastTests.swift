import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("What exponential smoothing forecasts")
struct ETSForecastTests {
  static let linear = ETSForm.all.filter { $0.isLinear && $0.error == .additive }

  /// Mean and variance of many paths, by step.
  static func summary(_ model: any FittedModel, count: Int, horizon: Int) -> [(
    mean: Double, variance: Double
  )] {
    let all = paths(of: model, count, horizon: horizon)
    return (0..<horizon).map { step in
      let mean = all.reduce(0) { $0 + $1[step] } / Double(count)
      return (mean, all.reduce(0) { $0 + ($1[step] - mean) * ($1[step] - mean) } / Double(count - 1))
    }
  }

  @Test("simulated paths have the mean and the variance of the closed form", arguments: linear)
  func closedForm(form: ETSForm) throws {
    let fitted = try ETS(form).fit(SeriesMaker.sample(path: 5))
    let summary = Self.summary(fitted, count: 20_000, horizon: 6)
    for step in [1, 4, 6] {
      let predictive = try #require(try fitted.predictive(step: step) as? StudentMixture)
      let freedom = predictive.degreesOfFreedom
      let scale = predictive.components[0].scale
      let variance = scale * scale * freedom / (freedom - 2)
      #expect(abs(summary[step - 1].mean - predictive.mean) <= 0.05 * variance.squareRoot())
      #expect(agree(summary[step - 1].variance, variance, relative: 0.06))
    }
  }

  @Test("with parameters known, simulated paths have the moments of the book", arguments: ETSForm.all)
  func moments(form: ETSForm) throws {
    let (weights, start) = SeriesMaker.states(of: form)
    let estimate = try SmoothingReference.estimate(
      form, sample: SeriesMaker.sample(path: 6), weights: weights, start: start)
    let sigma = form.error == .additive ? 8 : 0.05
    guard let moments = ETSMoments(estimate, variance: sigma * sigma, horizon: 8) else {
      #expect(form.isUnstable || form.trend.isMultiplicative)
      return
    }
    let certain = ETSDoubt.none
    let stream = RandomStream(seed: 4, name: "moments")
    let count = 40_000
    var sums = [(Double, Double)](repeating: (0, 0), count: 8)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: 4) { seasons in
      for path in 0..<count {
        var own = stream.path(UInt64(path))
        var simulation = ETSSimulation(
          estimate: estimate, doubt: certain, sigma: sigma, seasons: seasons, stream: &own)
        for step in 0..<8 {
          let deviation = simulation.next(step: step + 1, stream: &own) - moments.means[step]
          sums[step].0 += deviation / Double(count)
          sums[step].1 += deviation * deviation / Double(count)
        }
      }
    }
    for step in 0..<8 {
      #expect(abs(sums[step].0) <= 0.03 * moments.variances[step].squareRoot())
      #expect(agree(sums[step].1, moments.variances[step], relative: 0.05), "step \(step + 1)")
    }
  }

  @Test("does not depend on the unit of the series", arguments: ETSForm.all)
  func units(form: ETSForm) throws {
    let values = SeriesMaker.seasonal(path: 7)
    let plain = try #require(
      try ETS(form).fit(SmoothingReference.seasonal(values, period: 4)) as? FittedETS)
    let scaled = try #require(
      try ETS(form).fit(SmoothingReference.seasonal(values.map { 1000 * $0 }, period: 4)) as? FittedETS)
    let shift = Double(values.count) * Double.log(1000)
    #expect(abs(plain.estimate.logLikelihood - shift - scaled.estimate.logLikelihood) <= 1e-3)
    #expect(
      agree(1000 * (try plain.predictive(step: 3).mean), try scaled.predictive(step: 3).mean, relative: 5e-3))
  }

  @Test(
    "has quantiles in order, the same every time, one by one or together",
    arguments: ["ANN", "AAdA", "MAM", "MMdN", "AMA"])
  func quantiles(code: String) throws {
    let form = try SmoothingReference.form(code)
    let sample = SeriesMaker.sample(path: 8)
    let fitted = try ETS(form).fit(sample)
    let again = try ETS(form).fit(sample)
    let together = try fitted.predictive(horizon: 5)
    #expect(together.count == 5)
    for step in [1, 5] {
      let single = try again.predictive(step: step)
      var last = -Double.infinity
      for probability in [0.01, 0.1, 0.5, 0.9, 0.99] {
        let quantile = try single.quantile(probability)
        #expect(quantile == (try together[step - 1].quantile(probability)))
        #expect(quantile > last)
        last = quantile
      }
    }
    #expect(paths(of: fitted, 3, horizon: 5) == paths(of: again, 3, horizon: 5))
  }

  @Test("parts are the figures when they are put together", arguments: ETSForm.all)
  func components(form: ETSForm) throws {
    let sample = SeriesMaker.sample(path: 9)
    let fitted = try ETS(form).fit(sample)
    let parts = Dictionary(uniqueKeysWithValues: fitted.components.map { ($0.name, $0.values) })
    let level = try #require(parts["level"])
    let remainder = try #require(parts["remainder"])
    for (index, value) in sample.values.enumerated() {
      var sum = level[index]
      if let trend = parts["trend"] {
        sum = form.trend.isMultiplicative ? sum * trend[index] : sum + trend[index]
      }
      if let season = parts["season"] {
        sum = form.season == .additive ? sum + season[index] : sum * season[index]
      }
      #expect(agree(sum + remainder[index], value, relative: 1e-9))
    }
    #expect((parts["trend"] == nil) == (form.trend == .none))
    #expect((parts["season"] == nil) == (form.season == .none))
  }

  @Test("residuals tell the likelihood of all but the first observation", arguments: ["AAA", "MAM", "MNN"])
  func residuals(code: String) throws {
    let form = try SmoothingReference.form(code)
    let sample = SeriesMaker.sample(path: 10)
    let fitted = try #require(try ETS(form).fit(sample) as? FittedETS)
    let plain = PlainRecursion(form, fitted.estimate.weights, fitted.estimate.start, sample.values)
    let rest = Array(zip(sample.values, plain.expectations).dropFirst())
    let count = Double(rest.count)
    let errors = rest.map { form.error == .additive ? $0.0 - $0.1 : ($0.0 - $0.1) / $0.1 }
    let logs = form.error == .additive ? 0 : rest.reduce(0) { $0 + Double.log($1.1) }
    let direct = -0.5 * count * Double.log(errors.reduce(0) { $0 + $1 * $1 }) - logs
    let told = -0.5 * count * Double.log(fitted.residuals.reduce(0) { $0 + $1 * $1 })
    #expect(abs(direct - told) <= 1e-9)
    #expect(fitted.residuals.count == sample.count - 1)
  }

  @Test("names what was estimated, with standard errors, and counts it")
  func parameters() throws {
    let sample = SeriesMaker.sample(path: 11)
    let fitted = try ETS(error: .additive, trend: .damped, season: .additive).fit(sample)
    let names = fitted.parameters.map(\.name)
    #expect(
      names == [
        "alpha", "beta", "gamma", "phi", "starting level", "starting trend", "starting season 1",
        "starting season 2", "starting season 3", "starting season 4", "sigma",
      ])
    for parameter in fitted.parameters.prefix(6) {
      let error = try #require(parameter.standardError)
      #expect(error > 0 && error.isFinite)
    }
    // Ten parameters and states, of which one season follows from the others, and sigma.
    #expect(fitted.parameterCount == 10)
  }

  @Test("the standard error of a level without smoothing is that of a mean")
  func standardError() throws {
    var stream = RandomStream(seed: 12, name: "noise")
    let sample = SmoothingReference.seasonal((0..<40).map { _ in 50 + stream.normal() }, period: 1)
    let fitted = try ETS(
      error: .additive, trend: ETSForm.Trend.none, season: ETSForm.Season.none,
      fixed: ETS.Fixed(alpha: 0)
    ).fit(sample)
    let level = try #require(fitted.parameters.first { $0.name == "starting level" })
    let mean = sample.values.reduce(0, +) / 40
    let sum = sample.values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(agree(level.value, mean, relative: 1e-12))
    #expect(agree(try #require(level.standardError), (sum / 39 / 40).squareRoot(), relative: 1e-4))
    // The forecast of a mean varies by sigma squared (1 + 1/n).
    let predictive = try #require(try fitted.predictive(step: 3) as? StudentMixture)
    #expect(agree(predictive.components[0].scale, (sum / 39 * (1 + 1 / 40.0)).squareRoot(), relative: 1e-4))
    #expect(predictive.degreesOfFreedom == 39)
  }

  @Test("intervals hold as often as they say, for a series of the model itself")
  func calibration() throws {
    var inside = 0
    let form = ETSForm(error: .additive, trend: .none, season: .none)
    for trial in 0..<400 {
      var stream = RandomStream(seed: 13, name: "calibration", path: UInt64(trial))
      let errors = (0..<23).map { _ in stream.normal() }
      let values = PlainRecursion.path(
        form, SmoothingWeights(alpha: 0.4), ETSState(level: 100, growth: 0, season: []), errors: errors)
      let fitted = try ETS(form).fit(SmoothingReference.seasonal(Array(values.prefix(20)), period: 1))
      let predictive = try fitted.predictive(step: 3)
      if (try predictive.quantile(0.1))...(try predictive.quantile(0.9)) ~= values[22] { inside += 1 }
    }
    #expect(abs(Double(inside) / 400 - 0.8) <= 0.05, "\(inside) of 400")
  }
}
