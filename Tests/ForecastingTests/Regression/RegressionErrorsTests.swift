import LinearAlgebra
import RealModule
import Statistics
import Testing

@testable import Forecasting

@Suite("How the errors of a regression hang together")
struct RegressionErrorsTests {
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
    let sample = try Sample(try TrendRegressionTests.series(gaps: gaps))
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
    let sample = try Sample(try TrendRegressionTests.series(gaps: [5, 38]))
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
    let sample = try Sample(try TrendRegressionTests.series(gaps: [7, 8, 25]))
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

  @Test("intervals hold four futures of five, where errors hang together as well as where they do not")
  func coverage() throws {
    func share(rho: Double, _ errors: TrendRegression.Errors) throws -> [Double] {
      var held = [0.0, 0.0]
      let series = 300
      for path in 0..<UInt64(series) {
        var stream = RandomStream(seed: 77, name: "coverage", path: path)
        var error = stream.normal() / (1 - rho * rho).squareRoot()
        let values = (0..<30).map { month -> Double in
          error = rho * error + stream.normal()
          return 20 + 0.3 * Double(month) + error
        }
        let fitted = try TrendRegression([.trend(degree: 1)], errors: errors)
          .fit(try natural(Array(values.prefix(25))))
        for (index, step) in [1, 5].enumerated() {
          let predictive = try fitted.predictive(step: step)
          let (lower, upper) = (try predictive.quantile(0.1), try predictive.quantile(0.9))
          if lower <= values[24 + step], values[24 + step] <= upper { held[index] += 1 / Double(series) }
        }
      }
      return held
    }
    for held in try share(rho: 0, .independent) { #expect(abs(held - 0.8) < 0.05, "\(held)") }
    for held in try share(rho: 0.6, .autoregressive) { #expect(abs(held - 0.8) < 0.06, "\(held)") }
    // What is taken as independent and is not holds too little.
    #expect(try share(rho: 0.8, .independent)[1] < 0.7)
  }
}
