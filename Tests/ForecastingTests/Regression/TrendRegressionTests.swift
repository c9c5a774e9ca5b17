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

  @Test("errors without a correlation make generalised least squares ordinary")
  func noCorrelation() throws {
    let (design, response) = try RegressionFixture.longley()
    let ordinary = try LeastSquaresProblem(design: design).fit(response)
    let generalised = try AutoregressiveFit(
      design: design, response: response, positions: Array(response.indices), rho: 0)
    #expect(generalised.coefficients == ordinary.coefficients)
    #expect(generalised.whitened.standardErrors == ordinary.standardErrors)
    #expect(generalised.logDeterminant == 0)
  }

  @Test(
    "over gaps the likelihood, the coefficients and the forecast are those of the correlation matrix written out"
  )
  func gaps() throws {
    let gaps: Set<Int> = [3, 4, 11, 20, 21, 22, 36]
    let sample = try Sample(try Self.series(gaps: gaps))
    let model = TrendRegression(
      [.trend(degree: 1), .intervention(Intervention(.step, from: "2020-05"))], errors: .autoregressive)
    let fitted = try model.fitted(sample)
    let rho = try #require(fitted.parameters.first { $0.name == "rho" }).value
    func logLikelihood(_ rho: Double) throws -> (value: Double, coefficients: [Double]) {
      let count = sample.count
      let correlation = Matrix(rows: count, columns: count) {
        Double.pow(rho, abs(sample.positions[$0] - sample.positions[$1]))
      }
      let factor = try CholeskyFactorisation(correlation)
      let design = fitted.design.history
      let weighted = try factor.solve(design)
      let normal = try CholeskyFactorisation(try design.transposedTimes(weighted))
      let coefficients = try normal.solve(try weighted.transposedTimes(sample.values))
      let errors = zip(sample.values, try design * coefficients).map { $0 - $1 }
      let form = zip(errors, try factor.solve(errors)).reduce(0) { $0 + $1.0 * $1.1 }
      let n = Double(count)
      return (-0.5 * (n * Double.log(2 * .pi * form / n) + n + factor.logDeterminant), coefficients)
    }
    let (value, coefficients) = try logLikelihood(rho)
    let likelihood = try #require(fitted.likelihood).value
    #expect(agree(likelihood, value, relative: 1e-10))
    #expect(agree(fitted.coefficients, coefficients, relative: 1e-8))
    for other in stride(from: -0.9, through: 0.95, by: 0.05) {
      #expect(try logLikelihood(other).value <= likelihood + 1e-9)
    }
    #expect(fitted.residuals.count == sample.count - 1)
    // What remains in a gap lies between its neighbours' fading influences.
    let remainder = try #require(fitted.components.last).values
    let (left, right) = (rho * (1 - Double.pow(rho, 4)), Double.pow(rho, 2) * (1 - rho * rho))
    let between = (left * remainder[2] + right * remainder[5]) / (1 - Double.pow(rho, 6))
    #expect(abs(remainder[3] - between) < 1e-10)
  }

  @Test("a known correlation predicts by Goldberger's formula")
  func goldberger() throws {
    let sample = try Sample(try Self.series(gaps: [5, 38]))
    let model = TrendRegression([.trend(degree: 1)], errors: .autoregressive)
    let design = try RegressionDesign([.intercept, .trend(degree: 1)], sample: sample, model: "x")
    let ordinary = try LeastSquaresProblem(design: design.history).fit(sample.values)
    var profile = try AutoregressiveProfile(
      design: design.history, errors: ordinary.residuals, positions: sample.positions, floor: 0)
    let rho = 0.45
    var node = profile.node(rho)
    node.weight = 1
    let outlook = AutoregressiveOutlook(
      origin: ordinary.coefficients, nodes: [node], triangle: profile.triangle,
      lastRow: design.history.row(sample.count - 1), lastError: ordinary.residuals[sample.count - 1],
      degreesOfFreedom: sample.count - 2)
    let known = try AutoregressiveFit(
      design: design.history, response: sample.values, positions: sample.positions, rho: rho)
    let last = design.history.row(sample.count - 1)
    for step in [1, 4] {
      let row = try design.row(at: 39 + step)
      let carried = Double.pow(rho, step)
      let difference = zip(row, last).map { $0 - carried * $1 }
      let location =
        zip(row, known.coefficients).reduce(0) { $0 + $1.0 * $1.1 } + carried * known.errors[sample.count - 1]
      let variance = try #require(known.whitened.residualVariance)
      let form = known.whitened.unscaledCovariance.quadraticForm(difference)
      let component = try #require(outlook.components(row: row, step: step).first)
      #expect(agree(component.location, location, relative: 1e-10))
      #expect(
        agree(component.scale, (variance * (1 - carried * carried + form)).squareRoot(), relative: 1e-9))
      #expect(agree(outlook.plugInVariance(step: step), variance * (1 - carried * carried), relative: 1e-9))
    }
    #expect(model.minimumObservations == 4)
  }

  @Test("a moving average has the autocovariances that it was made for")
  func movingAverage() {
    let shocks = [1.0, 0.5, -0.3, 0.1]
    func covariance(_ weights: [Double], lag: Int) -> Double {
      zip(weights, weights.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let covariances = (0...3).map { covariance(shocks, lag: $0) }
    let found = GaussianOutlook.movingAverage(covariances)
    for lag in 0...3 {
      let own = covariance(found, lag: lag)
      #expect(abs(own - covariances[lag] / covariances[0]) < 1e-9)
    }
    #expect(GaussianOutlook.movingAverage([2]) == [1])
    #expect(GaussianOutlook.movingAverage([0, 0]) == [1])
  }

  @Test("lags count periods: over gaps only pairs that are so far apart are paired")
  func lagsOverGaps() throws {
    let sample = try Sample(try Self.series(gaps: [7, 8, 25]))
    let design = try RegressionDesign([.intercept, .trend(degree: 1)], sample: sample, model: "x")
    let fit = try LeastSquaresProblem(design: design.history).fit(sample.values)
    let own = try SandwichCovariance.neweyWest(lags: 2, smallSample: false)
      .matrix(of: fit, design: design.history, positions: sample.positions)
    // Written out over all periods, with zeros where nothing was observed.
    var scores = [[Double]](repeating: [0, 0], count: 40)
    for (row, position) in sample.positions.enumerated() {
      scores[position] = design.history.row(row).map { $0 * fit.residuals[row] }
    }
    var meat = Matrix(rows: 2, columns: 2, repeating: 0)
    for i in 0..<40 {
      for j in 0..<40 where abs(i - j) <= 2 {
        let weight = 1 - Double(abs(i - j)) / 3
        for a in 0..<2 { for b in 0..<2 { meat[a, b] += weight * scores[i][a] * scores[j][b] } }
      }
    }
    let bread = fit.unscaledCovariance
    let expected = try bread * (try meat * bread)
    for a in 0..<2 { for b in 0..<2 { #expect(agree(own[a, b], expected[a, b], relative: 1e-9)) } }
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

  @Test("specifications are read, and written back as they were")
  func reading() throws {
    let texts = [
      "regression(linear)", "regression(quadratic,season,errors=ar1)", "regression(linear,season)12",
      "regression(linear,step(2020-04,2021-06),slope(2020-04),errors=newey-west,lags=3,small-sample)",
      "regression(regressor(a),no-intercept,errors=weighted)", "regression(linear,fit=huber)",
      "regression(linear,fit=median)", "regression(linear,errors=prais-winsten)",
      "regression(linear,errors=newey-west)",
      "regression()",
    ]
    for text in texts {
      let model = try ModelCatalogue.model(named: text)
      #expect(model.specification == text)
      #expect(!model.summary.isEmpty && model.minimumObservations >= 3)
    }
    let mean = try ModelCatalogue.model(named: "regression()").fit(try natural([3, 5, 4, 6]))
    #expect(agree(try mean.predictive(step: 9).mean, 4.5, relative: 1e-12))
    for family in ModelCatalogue.families where ["regression", "piecewise"].contains(family.name) {
      #expect(try ModelCatalogue.model(named: family.example).specification == family.example)
      #expect(
        try family.model(try ModelExpression(family.example)).fit(try natural([3, 5, 4, 6, 8, 7, 9]))
          .parameters.count >= 3)
    }
  }

  static let misspelt: [(String, String)] = [
    (
      "regression(linear,errors=arma)",
      "position 26: \"arma\" is not a value of errors; write independent, weighted"
    ),
    ("regression(linear,lags=3)", "position 24: lags belongs to errors=newey-west"),
    ("regression(linear,small-sample)", "small-sample belongs to errors=newey-west"),
    ("regression(linear,fit=lasso)", "\"lasso\" is not a value of fit"),
    ("regression(linear)(season)", "a regression has one list of terms"),
    ("regression(season)1", "1 is not the length of a season; write 2 to 366"),
    ("regression(linear,power=2)", "\"power=2\" is not an option of regression"),
  ]

  @Test("what cannot be read is refused at its position", arguments: misspelt)
  func misspelling(text: String, expected: String) {
    let said = sentence { _ = try ModelCatalogue.model(named: text) }
    #expect(said?.contains(expected) == true, "\(said ?? "accepted")")
  }

  @Test("what a model cannot take is refused with a sentence")
  func refusals() throws {
    let sample = try natural([1, 3, 2, nil, 5, 7])
    func said(_ model: TrendRegression, _ sample: Sample) -> String {
      sentence { _ = try model.fit(sample) } ?? "accepted"
    }
    let line: [RegressionTerm] = [.trend(degree: 1)]
    #expect(
      said(TrendRegression(line, errors: .praisWinsten), sample).contains("the one after 2002/03 is missing"))
    #expect(
      said(TrendRegression([], hasIntercept: false), sample).contains("has no terms; write at least one"))
    #expect(
      said(TrendRegression(line, errors: .autoregressive, loss: .huber), sample)
        .contains("combines fit=huber with errors that are not independent"))
    #expect(
      said(TrendRegression(line, errors: .neweyWest(lags: 9, smallSample: false)), sample)
        .contains("asks for 9 lags of 5 observations; write 0 to 4"))
    #expect(
      throws: ForecastingError.tooFewObservations(
        series: "plans", model: "regression(polynomial(4))", found: 5, needed: 7)
    ) { try TrendRegression([.trend(degree: 4)]).fit(sample) }
    // The errors of a doubling series grow with those before them beyond what an autoregression can be.
    let doubling = try natural((0..<12).map { Double.pow(3, Double($0)) })
    #expect(said(TrendRegression([], errors: .praisWinsten), doubling).contains("choose errors=ar1"))
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
}
