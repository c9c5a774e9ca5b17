import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("ARIMA")
struct ARIMAPropertyTests {
  private static func walk(_ count: Int, path: UInt64, theta: Double = -0.4) -> [Double] {
    var stream = RandomStream(seed: 11, name: "walk", path: path)
    var (level, before) = (100.0, 0.0)
    return (0..<count).map { _ in
      let error = stream.normal()
      level += error + theta * before
      before = error
      return level
    }
  }

  /// A season and a trend that change slowly.
  private static func seasonal(_ count: Int, season: Int, path: UInt64) -> [Double] {
    var stream = RandomStream(seed: 12, name: "seasonal", path: path)
    var values: [Double] = []
    var errors: [Double] = []
    for t in 0..<count {
      errors.append(stream.normal())
      func past(_ list: [Double], _ lag: Int) -> Double { t >= lag ? list[t - lag] : 0 }
      let start = t < season + 1 ? 10 * Double.sin(2 * .pi * Double(t) / Double(season)) : 0
      values.append(
        start + past(values, 1) + past(values, season) - past(values, season + 1) + errors[t]
          - 0.5 * past(errors, 1) - 0.6 * past(errors, season) + 0.3 * past(errors, season + 1))
    }
    return values
  }

  @Test("a simulated process is recovered")
  func recovery() throws {
    for (index, shape) in [
      ARMAOrders(p: 1), ARMAOrders(q: 1), ARMAOrders(p: 2), ARMAOrders(p: 1, q: 1),
      ARMAOrders(p: 1, seasonalP: 1, season: 4), ARMAOrders(q: 1, seasonalQ: 1, season: 4),
    ].enumerated() {
      let process = RandomProcess(shape, count: 800, path: UInt64(700 + index), reach: 0.8)
      let model = ARIMA(
        order: .init(shape.p, 0, shape.q), seasonal: .init(shape.seasonalP, 0, shape.seasonalQ),
        season: shape.season > 1 ? shape.season : nil, constant: .none)
      let fitted = try model.fitted(numbers(process.values))
      for (own, expected) in zip(fitted.parameters, process.coefficients) {
        let error = try #require(own.standardError)
        #expect(abs(own.value - expected) < 4 * error, "\(shape) \(own.name)")
        #expect(error < 0.2)
      }
      let sigma = try #require(fitted.parameters.last)
      #expect(abs(sigma.value - 1) < 0.1)
      #expect(fitted.converged)
    }
  }

  @Test("the maximum is no lower than at the truth, or at a hundred points at random")
  func maximum() throws {
    for (index, shape) in RandomProcess.shapes.enumerated() where shape.count > 0 {
      let process = RandomProcess(shape, count: 60, path: UInt64(800 + index))
      let likelihood = ARMALikelihood(orders: shape, response: process.values)
      let found = try #require(ARIMASearch(likelihood: likelihood).maximum(response: process.values))
      #expect(found.value <= likelihood.value(at: process.coefficients) + 1e-9)
      var stream = RandomStream(seed: 3, name: "points", path: UInt64(index))
      for _ in 0..<100 {
        let point = (0..<shape.count).map { _ in 2 * stream.uniform() - 1 }
        let value = point.withUnsafeBufferPointer {
          $0.baseAddress.map(likelihood.value(atPartials:)) ?? .infinity
        }
        #expect(found.value <= value + 1e-7, "\(shape)")
      }
    }
  }

  @Test("ARIMA(0,1,1) forecasts what simple smoothing does")
  func smoothing() throws {
    let values = Self.walk(80, path: 1)
    let fitted = try ARIMA(order: .init(0, 1, 1)).fitted(numbers(values))
    let alpha = 1 + fitted.coefficients[0]
    // Far from the start the level of exponential smoothing no longer depends on where it began.
    var level = values[0]
    for value in values { level += alpha * (value - level) }
    let forecast = try fitted.plugIn(horizon: 6)
    for mean in forecast.means { #expect(agree(mean, level, relative: 1e-6)) }
    let sigma2 = fitted.maximumLikelihoodVariance
    for (index, variance) in forecast.variances.enumerated() {
      #expect(agree(variance, sigma2 * (1 + Double(index) * alpha * alpha), relative: 1e-5))
    }
  }

  @Test("ARIMA(0,0,0)(0,1,0) is the seasonal naive forecast")
  func seasonalNaive() throws {
    let values = Self.seasonal(30, season: 4, path: 2)
    let sample = numbers(values, season: 4)
    let fitted = try ARIMA(order: .none, seasonal: .init(0, 1, 0)).fitted(sample)
    let forecast = try fitted.plugIn(horizon: 9)
    for (index, mean) in forecast.means.enumerated() {
      #expect(abs(mean - values[26 + index % 4]) < 1e-9)
      let expected = fitted.maximumLikelihoodVariance * Double(1 + index / 4)
      #expect(agree(forecast.variances[index], expected, relative: 1e-9))
    }
    let changes = zip(values.dropFirst(4), values).map { $0 - $1 }
    let meanSquare = changes.reduce(0) { $0 + $1 * $1 / 26 }
    #expect(agree(fitted.maximumLikelihoodVariance, meanSquare, relative: 1e-12))
    #expect(zip(fitted.residuals, changes).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test("ARIMA(0,1,0) with drift says what the random walk with drift says")
  func drift() throws {
    let values = Self.walk(25, path: 3, theta: 0)
    let own = try ARIMA(order: .init(0, 1, 0), constant: .drift).fit(numbers(values))
    let other = try Drift().fit(numbers(values))
    for step in [1, 4, 12] {
      for probability in [0.05, 0.5, 0.9] {
        let quantile = try own.predictive(step: step).quantile(probability)
        #expect(agree(quantile, try other.predictive(step: step).quantile(probability), relative: 1e-9))
      }
    }
    #expect(agree(InformationCriterion.corrected(own), InformationCriterion.corrected(other), relative: 1e-9))
  }

  @Test("a mean of white noise is the average, known as Student's t says")
  func mean() throws {
    let values = RandomProcess(ARMAOrders(), count: 20, path: 900).values
    let fitted = try ARIMA(order: .none, constant: .mean).fit(numbers(values))
    let average = values.reduce(0, +) / 20
    let spread = values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
    let predictive = try #require(try fitted.predictive(step: 3) as? StudentMixture)
    #expect(abs(predictive.components[0].location - average) < 1e-12)
    #expect(predictive.degreesOfFreedom == 19)
    #expect(
      agree(predictive.components[0].scale, (spread / 19 * (1 + 1.0 / 20)).squareRoot(), relative: 1e-10))
  }

  @Test("units and shifts carry through, with a mean, differences and a gap")
  func invariance() throws {
    var values: [Double?] = Self.walk(40, path: 4)
    values[11] = nil
    let models = [
      ARIMA(order: .init(1, 1, 1)), ARIMA(order: .init(2, 0, 0), constant: .mean),
      ARIMA(order: .init(0, 1, 1), constant: .drift),
    ]
    for model in models {
      let one = try model.fitted(numbers(values))
      let other = try model.fitted(numbers(values.map { $0.map { 1000 * $0 - 3000 } }))
      for (first, second) in zip(one.coefficients, other.coefficients) { #expect(abs(first - second) < 1e-4) }
      let forecasts = (try one.plugIn(horizon: 5), try other.plugIn(horizon: 5))
      for index in 0..<5 {
        #expect(agree(1000 * forecasts.0.means[index] - 3000, forecasts.1.means[index], relative: 1e-5))
        #expect(agree(1e6 * forecasts.0.variances[index], forecasts.1.variances[index], relative: 1e-4))
      }
      let (first, second) = (try #require(one.likelihood), try #require(other.likelihood))
      #expect(abs(first.value - Double(first.observations) * Double.log(1000) - second.value) < 1e-6)
    }
  }

  @Test("drawn paths have the moments of the predictive distributions, step by step and together")
  func simulation() throws {
    var values: [Double?] = Self.seasonal(60, season: 4, path: 5)
    values[57] = nil
    let regressor = Regressor(name: "x", values: (0..<80).map { Double.sin(Double($0 * $0)) })
    let sample = numbers(values, season: 4, regressors: [regressor])
    let fitted = try ARIMA(
      order: .init(0, 1, 1), seasonal: .init(0, 1, 1), terms: [.regressor("x")]
    ).fitted(sample)
    let horizon = 8
    let drawn = paths(of: fitted, 20_000, horizon: horizon)
    for step in 1...horizon {
      let column = drawn.map { $0[step - 1] }.sorted()
      let predictive = try fitted.predictive(step: step)
      for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let share = predictive.cumulative(column[Int(probability * 20_000)])
        #expect(abs(share - probability) < 0.012, "step \(step)")
      }
    }
    // Steps of a path belong together: the change over a year is known better than two unrelated levels would tell.
    let change = drawn.map { $0[7] - $0[3] }
    let average = change.reduce(0, +) / 20_000
    let spread = change.reduce(0) { $0 + ($1 - average) * ($1 - average) / 20_000 }
    let separate = [3, 7].reduce(0.0) { sum, index in
      let own = drawn.map { $0[index] }
      let mean = own.reduce(0, +) / 20_000
      return sum + own.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / 20_000 }
    }
    #expect(spread < 0.8 * separate)
    #expect(paths(of: fitted, 3, horizon: 4) == paths(of: fitted, 3, horizon: 4))
  }

  @Test("of the next value of a simulated process nine tenths lie in the interval of nine tenths")
  func calibration() throws {
    var inside = 0
    for path in 0..<200 {
      let process = RandomProcess(ARMAOrders(p: 1, q: 1), count: 61, path: UInt64(2000 + path))
      let fitted = try ARIMA(order: .init(1, 0, 1), constant: .mean).fit(
        numbers(Array(process.values.prefix(60))))
      let share = try fitted.predictive(step: 1).cumulative(process.values[60])
      if (0.05...0.95).contains(share) { inside += 1 }
    }
    #expect((168...192).contains(inside), "\(inside) of 200")
  }

  @Test("a gap is forecast across and its value estimated between its neighbours")
  func gaps() throws {
    let complete = Self.walk(60, path: 6, theta: 0)
    var values: [Double?] = complete
    values[30] = nil
    let fitted = try ARIMA(order: .init(0, 1, 0)).fitted(numbers(values))
    // A random walk over a gap is one change of twice the variance.
    let changes = complete.indices.dropFirst().filter { $0 != 30 && $0 != 31 }.map {
      complete[$0] - complete[$0 - 1]
    }
    let across = complete[31] - complete[29]
    let squares = changes.reduce(across * across / 2) { $0 + $1 * $1 }
    #expect(agree(fitted.maximumLikelihoodVariance, squares / 58, relative: 1e-9))
    #expect(fitted.residuals.count == 58)
    let likelihood = try #require(fitted.likelihood)
    #expect(likelihood.observations == 58)
    let expected = -29 * (1 + Double.log(2 * .pi * squares / 58)) - 0.5 * Double.log(2)
    #expect(abs(likelihood.value - expected) < 1e-9)
  }

  @Test("a regressor and a step are estimated beside the errors, and the parts add up")
  func regression() throws {
    let noise = RandomProcess(ARMAOrders(p: 1), count: 80, path: 950).values
    let x = (0..<90).map { Double.cos(Double($0) / 3) }
    let values: [Double?] = noise.indices.map {
      $0 == 12 ? nil : 50 + 3 * x[$0] + ($0 >= 40 ? 20 : 0) + 0.3 * noise[$0]
    }
    let sample = try Sample(
      try Series(
        id: "plans", measure: Measure(id: "plans", unit: .score),
        points: values.enumerated().compactMap { index, value in
          value.map { DataPoint(.financialYear(1930 + index), $0) }
        }), scale: .natural, adding: [Regressor(name: "x", values: x)])
    let model = ARIMA(
      order: .init(1, 0, 0), constant: .mean,
      terms: [.regressor("x"), .intervention(Intervention(.step, from: "1970/71"))])
    let fitted = try model.fitted(sample)
    #expect(model.specification == "arima(1,0,0,mean,regressor(x),step(1970/71))")
    for (name, expected) in [("mean", 50.0), ("x", 3), ("step(1970/71)", 20)] {
      let own = try #require(fitted.parameters.first { $0.name == name })
      let error = try #require(own.standardError)
      #expect(abs(own.value - expected) < 4 * error && error < 1, "\(name)")
    }
    let parts = fitted.components
    #expect(parts.map(\.name) == ["regression", "arima"])
    for (position, value) in zip(sample.positions, sample.values) {
      #expect(abs(parts[0].values[position] + parts[1].values[position] - value) < 1e-9)
    }
    #expect(parts[0].values.count == 80)
    #expect(fitted.parameterCount == 5)
    // The forecast follows the regressor.
    let forecast = try fitted.plugIn(horizon: 10)
    #expect(abs(forecast.means[9] - (70 + 3 * x[89])) < 3)
  }

  @Test("seasonal orders take the season of the sample, and a season that is written stands")
  func seasons() throws {
    let values = Self.seasonal(48, season: 4, path: 7)
    let own = try ARIMA(order: .init(0, 1, 1), seasonal: .init(0, 1, 1)).fitted(numbers(values, season: 4))
    let written = try ARIMA(order: .init(0, 1, 1), seasonal: .init(0, 1, 1), season: 4).fitted(
      numbers(values))
    #expect(own.coefficients == written.coefficients)
    #expect(own.specification == "arima(0,1,1)(0,1,1)")
    #expect(written.specification == "arima(0,1,1)(0,1,1)4")
    #expect(written.parameters.map(\.name) == ["ma1", "sma1", "sigma"])
    #expect(try #require(written.likelihood).observations == 43)
  }

  @Test("a season that never changes puts a root on the unit circle, and is said to")
  func unitRoot() throws {
    var stream = RandomStream(seed: 5, name: "fixed season")
    let values = (0..<60).map { t in 10 * Double.sin(.pi * Double(t) / 6) + 0.1 * Double(t) + stream.normal()
    }
    let fitted = try ARIMA(order: .init(0, 1, 1), seasonal: .init(0, 1, 1), season: 12).fitted(
      numbers(values))
    #expect(fitted.coefficients[1] == -1)
    #expect(fitted.remarks.contains { $0.contains("unit circle") })
    #expect(fitted.parameters[1].standardError == nil)
    let forecast = try fitted.plugIn(horizon: 12)
    #expect(forecast.variances.allSatisfy { $0.isFinite && $0 > 0 })
    // The pattern is known almost as well as if it had been given.
    for (index, mean) in forecast.means.enumerated() {
      #expect(abs(mean - (10 * Double.sin(.pi * Double(60 + index) / 6) + 0.1 * Double(60 + index))) < 3)
    }
  }

  @Test("innovations have the product of their deviations one, so that they alone tell the likelihood")
  func innovations() throws {
    let values = Self.walk(50, path: 8)
    let fitted = try ARIMA(order: .init(1, 1, 1)).fitted(numbers(values))
    let squares = fitted.residuals.reduce(0) { $0 + $1 * $1 }
    let expected = -0.5 * 49 * (1 + Double.log(2 * .pi * squares / 49))
    let likelihood = try #require(fitted.likelihood)
    #expect(abs(expected - likelihood.value) < 1e-8)
    let level = try ARIMA(order: .init(1, 0, 0), constant: .mean).fitted(numbers(values))
    #expect(level.residuals.count == 49)
  }

  @Test("quantiles increase, and a longer horizon is not surer")
  func quantiles() throws {
    let fitted = try ARIMA(order: .init(1, 1, 1)).fit(numbers(Self.walk(40, path: 9)))
    let steps = try fitted.predictive(horizon: 12)
    var width = 0.0
    for step in steps {
      let list = try [0.01, 0.1, 0.5, 0.9, 0.99].map { try step.quantile($0) }
      #expect(list == list.sorted())
      #expect(list[4] - list[0] >= width)
      width = list[4] - list[0]
    }
  }
}

extension Sample {
  /// A sample of a series with regressors beside it.
  init(_ series: Series, scale: ScaleChoice, adding regressors: [Regressor]) throws {
    let plain = try Sample(series, scale: scale)
    self.init(
      name: plain.name, positions: plain.positions, observed: plain.observed, labels: plain.labels,
      scale: plain.scale, samplingVariances: nil, season: plain.season, firstPeriod: plain.firstPeriod,
      regressors: regressors)
  }
}
