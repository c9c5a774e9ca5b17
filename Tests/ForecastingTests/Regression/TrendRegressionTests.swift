import LinearAlgebra
import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Regression on time")
struct TrendRegressionTests {
  /// Forty months with a trend, a season, a regressor known for a year more, a step and correlated errors.
  static func series(path: UInt64 = 0, gaps: Set<Int> = [], factor: Double = 1) throws -> Series {
    var stream = RandomStream(seed: 21, name: "months", path: path)
    let rain = (0..<52).map { _ in (10 * stream.normal()).rounded() / 10 }
    var error = 0.0
    let values = (0..<40).map { month -> Double? in
      error = 0.6 * error + 2 * stream.normal()
      let season = 3 * Double.sin(2 * .pi * Double(month) / 12)
      let step: Double = month >= 25 ? -8 : 0
      let trend = 60 + 0.4 * Double(month)
      let value = trend + season + 1.5 * rain[month] + step + error
      return gaps.contains(month) ? nil : factor * (value * 1000).rounded() / 1000
    }
    return try monthly(values, beside: [("rain", rain.map { $0 })])
  }

  static let terms: [RegressionTerm] = [
    .trend(degree: 1), .fourier(harmonics: 1, length: nil), .regressor("rain"),
    .intervention(Intervention(.step, from: "2020-05")),
  ]

  static let models: [TrendRegression] = [
    TrendRegression(terms), TrendRegression(terms, errors: .autoregressive),
    TrendRegression(terms, errors: .praisWinsten),
    TrendRegression(terms, errors: .neweyWest(lags: 3, smallSample: true)),
    TrendRegression(terms, loss: .huber), TrendRegression(terms, loss: .median),
  ]

  @Test("joint paths agree with the predictive distributions", arguments: models)
  func simulation(model: TrendRegression) throws {
    let fitted = try model.fitted(try Sample(try Self.series()))
    let count = 20_000
    let drawn = paths(of: fitted, count, horizon: 6)
    for step in [1, 2, 6] {
      let predictive = try fitted.predictive(step: step)
      for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let quantile = try predictive.quantile(probability)
        let below = Double(drawn.count { $0[step - 1] <= quantile }) / Double(count)
        #expect(abs(below - probability) < 0.012, "\(model.specification) step \(step)")
      }
      let mean = drawn.reduce(0) { $0 + $1[step - 1] / Double(count) }
      #expect(abs(mean - predictive.mean) < 0.1)
    }
    #expect(fitted.plugInVariance(step: 1) > 0)
    let first = paths(of: fitted, 3, horizon: 4)
    #expect(first == paths(of: fitted, 3, horizon: 4))
  }

  @Test("errors that are correlated stay so in the paths to come")
  func correlatedPaths() throws {
    let sample = try Sample(try Self.series())
    func correlation(_ model: TrendRegression, lag: Int) throws -> Double {
      let fitted = try model.fitted(sample)
      let drawn = paths(of: fitted, 20_000, horizon: 8)
      let (a, b) = (drawn.map { $0[6 - lag] }, drawn.map { $0[6] })
      func centred(_ x: [Double]) -> [Double] {
        let mean = x.reduce(0, +) / Double(x.count)
        return x.map { $0 - mean }
      }
      let (u, v) = (centred(a), centred(b))
      func product(_ x: [Double], _ y: [Double]) -> Double { zip(x, y).reduce(0) { $0 + $1.0 * $1.1 } }
      return product(u, v) / (product(u, u) * product(v, v)).squareRoot()
    }
    let independent = try correlation(TrendRegression(Self.terms), lag: 1)
    #expect(try correlation(TrendRegression(Self.terms, errors: .autoregressive), lag: 1) > independent + 0.2)
    let neweyWest = TrendRegression(Self.terms, errors: .neweyWest(lags: 6, smallSample: false))
    #expect(try correlation(neweyWest, lag: 1) > independent + 0.15)
  }

  @Test("the parts add up to the series, and the season to nothing over a year", arguments: models)
  func components(model: TrendRegression) throws {
    let gaps: Set<Int> = model.errors == .praisWinsten ? [] : [9, 10, 30]
    let seasonal = TrendRegression(
      [.trend(degree: 2), .season(.dummies, length: nil), .regressor("rain")], errors: model.errors,
      loss: model.loss)
    for model in [model, seasonal] {
      let sample = try Sample(try Self.series(gaps: gaps))
      let parts = try model.fitted(sample).components
      for (index, position) in sample.positions.enumerated() {
        let sum = parts.reduce(0) { $0 + $1.values[position] }
        #expect(agree(sum, sample.values[index], relative: 1e-10))
      }
      let season = try #require(parts.first { $0.name == "season" })
      #expect(abs(season.values[12..<24].reduce(0, +)) < 1e-9)
      #expect(parts.allSatisfy { $0.values.count == 40 && $0.values.allSatisfy(\.isFinite) })
      #expect(parts.dropLast().allSatisfy { $0.standardErrors?.allSatisfy { $0 >= 0 } == true })
    }
  }

  @Test("a change of the unit changes nothing but the unit", arguments: models)
  func units(model: TrendRegression) throws {
    let small = try model.fitted(try Sample(try Self.series()))
    let large = try model.fitted(try Sample(try Self.series(factor: 1000)))
    for step in [1, 5] {
      for probability in [0.1, 0.5, 0.9] {
        #expect(
          agree(
            try small.predictive(step: step).quantile(probability) * 1000,
            try large.predictive(step: step).quantile(probability), relative: 1e-6))
      }
    }
  }

  @Test("a step without noise is found exactly, and without it the line would have gone on")
  func knownStep() throws {
    let values = (0..<20).map { year -> Double in
      let step: Double = (12...15).contains(year) ? 4 : 0
      return 3 + 0.5 * Double(year) + step
    }
    let terms: [RegressionTerm] = [
      .trend(degree: 1), .intervention(Intervention(.step, from: "2012/13", until: "2015/16")),
    ]
    for model in [TrendRegression(terms), TrendRegression(terms, errors: .autoregressive)] {
      let fitted = try model.fitted(try natural(values))
      let effect = try #require(try fitted.interventionEffects().first)
      #expect(effect.name == "step(2012/13,2015/16)" && effect.periods.first?.label == "2012/13")
      #expect(effect.periods.map { ($0.estimate * 1e6).rounded() / 1e6 } == [4, 4, 4, 4, 0, 0, 0, 0])
      for period in try fitted.counterfactual() {
        #expect(abs(period.estimate - (3 + 0.5 * Double(period.position))) < 1e-9)
        #expect(period.lower <= period.estimate && period.estimate <= period.upper)
      }
      #expect(abs(try fitted.predictive(step: 4).mean - 14.5) < 1e-6)
      #expect(throws: ForecastingError.probability(1)) { try fitted.counterfactual(level: 1) }
    }
  }

  @Test("the joint effect of a step and a change of slope is their sum, and its interval that of the sum")
  func combined() throws {
    let fitted = try TrendRegression(RegressionFixture.interruption)
      .fitted(try RegressionFixture.interrupted())
    let each = try fitted.interventionEffects(level: 0.8)
    let both = try #require(try fitted.combinedEffect(level: 0.8))
    #expect(both.name == "step(2020-10), slope(2020-10)" && both.periods.count == 18)
    for index in both.periods.indices {
      let sum = each[0].periods[index].estimate + each[1].periods[index].estimate
      #expect(agree(both.periods[index].estimate, sum, relative: 1e-12))
    }
    // Observation, counterfactual and effect belong together: fitted value = counterfactual + effect.
    let without = try fitted.counterfactual()
    let position = both.periods[5].position
    let fittedValue =
      try #require(fitted.components.first { $0.name == "trend" }).values[position]
      + (try #require(fitted.components.first { $0.name == "interventions" }).values[position])
    #expect(agree(without[position].estimate + both.periods[5].estimate, fittedValue, relative: 1e-12))
    let plain = try TrendRegression([.trend(degree: 1)]).fitted(try natural([3, 5, 4, 6, 7, 9]))
    #expect(try plain.combinedEffect() == nil)
    #expect(try plain.interventionEffects().isEmpty)
  }

  @Test("a straight line with known sampling variances is the linear trend of the catalogue")
  func weightedLine() throws {
    let series = try Series(
      id: "share", measure: Measure(id: "share", unit: .proportion),
      points: zip([12.0, 30, 25, 41, 38, 60], [100.0, 180, 130, 210, 170, 260]).enumerated().map {
        DataPoint(
          period: .financialYear(2000 + $0.offset), observation: .value($0.element.0 / $0.element.1),
          numerator: $0.element.0, denominator: $0.element.1)
      })
    let sample = try Sample(series)
    let own = try TrendRegression([.trend(degree: 1)], errors: .weighted).fit(sample)
    let other = try LinearTrend().fit(sample)
    #expect(agree(own.residuals, other.residuals, relative: 1e-9))
    for step in [1, 6] {
      for probability in [0.05, 0.5, 0.95] {
        #expect(
          agree(
            try own.predictive(step: step).quantile(probability),
            try other.predictive(step: step).quantile(probability), relative: 1e-10))
      }
    }
    let bare = try natural([1, 2, 4, 3, 5, 6])
    #expect(
      sentence { _ = try TrendRegression([.trend(degree: 1)], errors: .weighted).fit(bare) } == """
        series "plans": regression(linear,errors=weighted) weighs observations by their sampling variances, which need \
        the numerator and denominator of every rate or share; supply them, or leave errors=weighted out
        """)
  }

  @Test("an observation with three times the weight is worth three rows")
  func replicated() throws {
    let values = [3.0, 5, 4, 8, 9, 7]
    let copies = [1, 3, 2, 1, 4, 2]
    let weighted = Sample(
      name: "weighted", positions: Array(0..<6), observed: values, labels: values.map { "\($0)" },
      scale: .natural, samplingVariances: copies.map { 0.01 / Double($0) })
    let rows = zip(values.indices, copies).flatMap { Array(repeating: $0, count: $1) }
    let own = try TrendRegression([.trend(degree: 1)], errors: .weighted).fitted(weighted)
    let design = Matrix(rows: rows.count, columns: 2) { $1 == 0 ? 1 : Double(rows[$0] + 1) }
    let other = try LeastSquaresProblem(design: design).fit(rows.map { values[$0] })
    #expect(agree(own.coefficients, other.coefficients, relative: 1e-12))
  }

  @Test("steps whose regressor is not known are refused, and no number in a path")
  func unknownFuture() throws {
    let fitted = try TrendRegression(Self.terms).fitted(try Sample(try Self.series()))
    _ = try fitted.predictive(horizon: 12)
    #expect(
      sentence { _ = try fitted.predictive(horizon: 13) }?
        .contains("needs rain at 2022-08, which is missing; supply it for every period of the horizon")
        == true)
    let drawn = paths(of: fitted, 2, horizon: 13)
    #expect(drawn.allSatisfy { $0[11].isFinite && $0[12].isNaN })
  }

  @Test(
    "a constant series is forecast as constant, with the width of its rounding", arguments: models.indices)
  func constant(index: Int) throws {
    let model = TrendRegression(
      [.trend(degree: 1)], errors: Self.models[index].errors, loss: Self.models[index].loss)
    let fitted = try model.fitted(try natural(Array(repeating: 7, count: 9)))
    let predictive = try fitted.predictive(step: 2)
    #expect(abs(try predictive.quantile(0.5) - 7) < 1e-6)
    #expect(try predictive.quantile(0.9) > 7 && predictive.quantile(0.9) < 10)
    #expect(fitted.likelihood.map { $0.value.isFinite } ?? true)
    #expect(fitted.durbinWatson.map(\.isFinite) ?? true)
  }

  @Test("on the logarithm the effect of a step is the logarithm of a ratio")
  func ratio() throws {
    let values = (0..<16).map { year -> Double? in
      let ratio: Double = year >= 9 ? 0.7 : 1
      return 1e5 * Double.pow(1.04, year) * ratio
    }
    let sample = try Sample(try annual(values, .pounds))
    let model = TrendRegression([.trend(degree: 1), .intervention(Intervention(.step, from: "2009/10"))])
    let effect = try #require(try model.fitted(sample).interventionEffects().first?.periods.first)
    #expect(agree(Double.exp(effect.estimate), 0.7, relative: 1e-9))
    let forecast = try Forecast(try model.fit(sample), horizon: 2)
    #expect(agree(try forecast.median(step: 2), 0.7e5 * Double.pow(1.04, 17), relative: 1e-6))
  }

  @Test("a regressor that is not known at a gap leaves the parts out, and says so")
  func unknownAtGap() throws {
    var rain = (0..<24).map { Optional(Double($0 * 5 % 7)) }
    rain[8] = nil
    var values = (0..<24).map { Optional(Double($0 * 3 % 11)) }
    values[8] = nil
    let fitted = try TrendRegression([.regressor("rain")])
      .fitted(try Sample(try monthly(values, beside: [("rain", rain)])))
    #expect(fitted.components.isEmpty)
    #expect(
      fitted.remarks == ["a regressor is not known where an observation is missing, so no parts are shown"])
    #expect(fitted.degreesOfFreedom == 21 && fitted.errors.count == 23 && fitted.covariance.rows == 2)
  }
}

@Suite("A change known from few observations")
struct ShortChangeTests {
  @Test("is remarked on where it is extrapolated")
  func remarks() throws {
    let sample = try natural([3, 5, 4, 7, 6, 9, 8, 11, 10, 14, 13, 17])
    for (term, remark) in [
      ("slope(2011/12)", "the change at 2011/12 is known from 1 observation alone"),
      ("step(2010/11)", "the change at 2010/11 is known from 2 observations alone"),
      ("knot(2009/10)", "the change at 2009/10 is known from 2 observations alone"),
    ] {
      #expect(try ModelCatalogue.model(named: "regression(linear,\(term))").fit(sample).remarks == [remark])
    }
    #expect(
      try ModelCatalogue.model(named: "arima(0,1,0,step(2010/11))").fit(sample).remarks
        == ["the change at 2010/11 is known from 2 observations alone"])
    // Three observations, or a change that is over, say nothing.
    for term in ["slope(2009/10)", "step(2009/10)", "step(2010/11,2011/12)", "pulse(2011/12)"] {
      #expect(
        try ModelCatalogue.model(named: "regression(linear,\(term))").fit(sample).remarks.isEmpty, "\(term)")
    }
  }
}
