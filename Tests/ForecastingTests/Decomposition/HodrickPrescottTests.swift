import Foundation
import LinearAlgebra
import Statistics
import Testing

@testable import Forecasting

@Suite("The Hodrick-Prescott filter as a model")
struct HodrickPrescottTests {
  static func walk(_ count: Int, path: UInt64, missing: Set<Int> = []) -> [Double?] {
    var stream = RandomStream(seed: 21, name: "smooth trend", path: path)
    var (level, slope) = (40.0, 0.5)
    return (0..<count).map { index in
      slope += 0.3 * stream.normal()
      level += slope
      let value = level + 2 * stream.normal()
      return missing.contains(index) ? nil : value
    }
  }

  static let gaps: [Set<Int>] = [[], [1, 2, 3], [4, 9, 10, 20]]

  @Test("with the penalty of Ravn and Uhlig for years, quarters and months")
  func penalties() {
    #expect(HodrickPrescott.penalty(season: 1) == 6.25)
    #expect(HodrickPrescott.penalty(season: 4) == 1600)
    #expect(HodrickPrescott.penalty(season: 12) == 129_600)
  }

  @Test(
    "agrees with the Kalman filter of statsmodels: likelihood, forecasts and their variances, with gaps and without"
  )
  func kalman() throws {
    let nile = try DecompositionFixtures.values("Nile")
    let means = [670.59469905, 635.28828268, 599.98186631, 564.67544993, 529.36903356]
    let factors = [2.48091256, 4.27706857, 7.30539054, 11.88587847, 18.33853236]
    // UnobservedComponents(y, "smooth trend", use_exact_diffuse=True) of statsmodels 0.15.0 at our variance.
    for (missing, loglik) in [(Set<Int>(), -646.5204894818987), ([10, 11, 40], -627.7922128769154)] {
      let values = nile.enumerated().map { missing.contains($0.offset) ? nil : $0.element }
      let fitted = try HodrickPrescottTrend(HodrickPrescott(penalty: 6.25)).fit(seasonal(values, season: 1))
      let likelihood = try #require(fitted.likelihood)
      let item = "Nile, lambda 6.25, \(missing.count) missing, statsmodels"
      expectReference("hp_filter", item, "log-likelihood", likelihood.value, loglik, .absolute(1e-6))
      #expect(likelihood.convention == .diffuse)
      let sigma = try #require(fitted.parameters.last).value
      for step in 1...5 {
        let distribution = try #require(try fitted.predictive(step: step) as? StudentMixture)
        expectReference("hp_filter", item, "forecasts", distribution.mean, means[step - 1], .relative(1e-9))
        let factor = pow(distribution.components[0].scale / sigma, 2)
        expectReference("hp_filter", item, "variances", factor, factors[step - 1], .relative(1e-7))
        #expect(distribution.degreesOfFreedom == Double(98 - missing.count))
      }
    }
  }

  @Test("one-step errors have the penalised sum of squares", arguments: gaps)
  func innovations(missing: Set<Int>) throws {
    for penalty in [0.1, 6.25, 1600] {
      let sample = seasonal(Self.walk(40, path: 3, missing: missing), season: 1)
      let parts = try HodrickPrescott(penalty: penalty).decompose(sample)
      let own = SmoothTrendInnovations(sample, penalty: penalty)
      let squares = own.errors.reduce(0) { $0 + $1 * $1 }
      #expect(agree(squares, parts.penalisedSquares, relative: 1e-8))
      let logs = own.deviations.reduce(0) { $0 + log($1) }
      #expect(abs(logs) < 1000)
      #expect(own.standardised.count == sample.count - 2)
      let fitted = try HodrickPrescottTrend(HodrickPrescott(penalty: penalty)).fit(sample)
      #expect(fitted.residuals == own.standardised)
    }
  }

  @Test("the likelihood is the density of the second differences")
  func density() throws {
    let sample = seasonal(Self.walk(30, path: 5), season: 1)
    let penalty = 4.0
    let fitted = try HodrickPrescottTrend(HodrickPrescott(penalty: penalty)).fit(sample)
    let sigma = try #require(fitted.parameters.last).value
    let y = sample.values
    let differences = (2..<30).map { (i: Int) -> Double in y[i] - 2 * y[i - 1] + y[i - 2] }
    // Second differences of noise, and of the trend.
    let pattern = [6.0, -4, 1]
    let covariance = Matrix(rows: 28, columns: 28) { row, column in
      let lag = abs(row - column)
      let trend = lag == 0 ? 1 / penalty : 0
      return sigma * sigma * (lag < 3 ? pattern[lag] + trend : 0)
    }
    let factor = try CholeskyFactorisation(covariance)
    let solved: [Double] = try factor.solve(differences)
    let quadratic: Double = zip(differences, solved).reduce(0) { $0 + $1.0 * $1.1 }
    let constant = 28 * log(2 * Double.pi)
    let expected = -0.5 * (constant + factor.logDeterminant + quadratic)
    // The diffuse likelihood counts the constant of the two observations that start it as well.
    let value = try #require(fitted.likelihood).value + log(2 * Double.pi)
    #expect(agree(value, expected, relative: 1e-10))
  }

  @Test("trend and remainder add up; a gap is bridged and is no observation", arguments: gaps)
  func addsUp(missing: Set<Int>) throws {
    let sample = seasonal(Self.walk(30, path: 1, missing: missing), season: 1)
    let fitted = try HodrickPrescottTrend().fit(sample)
    #expect(fitted.components.map(\.name) == ["trend", "remainder"])
    for (position, value) in zip(sample.positions, sample.values) {
      let sum = fitted.components.reduce(0) { $0 + $1.values[position] }
      #expect(agree(sum, value, relative: 1e-12))
    }
    #expect(fitted.components[0].values.count == 30)
    let errors = try #require(fitted.components[0].standardErrors)
    for gap in missing { #expect(errors[gap] > errors[14]) }
    #expect(errors[29] > errors[14] && errors[0] > errors[14])
  }

  @Test("a straight line has no remainder, and goes on")
  func line() throws {
    let fitted = try HodrickPrescottTrend().fit(seasonal((0..<12).map { 1e6 + 3 * Double($0) }, season: 4))
    #expect(agree(try fitted.predictive(step: 5).mean, 1e6 + 3 * 16, relative: 1e-12))
    #expect(fitted.likelihood?.value.isFinite == true)
    #expect(fitted.remarks.count == 2)
  }

  @Test("a small penalty follows every value, and a large one none")
  func extremes() throws {
    let sample = seasonal(Self.walk(25, path: 6), season: 1)
    let close = try HodrickPrescott(penalty: 1e-6).decompose(sample)
    #expect(close.remainder.allSatisfy { abs($0) < 1e-4 })
    let straight = try HodrickPrescott(penalty: 1e10).decompose(sample)
    let line = try LinearTrend().fit(sample)
    for step in 1...3 {
      let own = try HodrickPrescottTrend(HodrickPrescott(penalty: 1e10)).fit(sample).predictive(step: step)
        .mean
      #expect(agree(own, try line.predictive(step: step).mean, relative: 1e-4))
    }
    #expect(straight.penalisedSquares > close.penalisedSquares)
  }

  @Test("paths scatter as the stated distributions do")
  func paths() throws {
    let fitted = try HodrickPrescottTrend(HodrickPrescott(penalty: 2)).fit(
      seasonal(Self.walk(15, path: 2), season: 1))
    let forecast = try Forecast(fitted, horizon: 6)
    let drawn = ForecastingTests.paths(of: fitted, 8000, horizon: 6)
    for step in [1, 3, 6] {
      for probability in [0.1, 0.5, 0.9] {
        let quantile = try forecast.quantile(probability, step: step)
        let below = Double(drawn.count { $0[step - 1] <= quantile }) / 8000
        #expect(abs(below - probability) < 0.02, "\(step) \(probability): \(below)")
      }
    }
  }

  @Test("holds what it states: eight of ten futures of the model lie in its 80 per cent interval")
  func coverage() throws {
    var inside = 0
    for path in 0..<400 as Range<UInt64> {
      var stream = RandomStream(seed: 22, name: "coverage", path: path)
      var (level, slope) = (0.0, 0.0)
      let values = (0..<18).map { _ in
        slope += stream.normal() / 2
        level += slope
        return level + stream.normal()
      }
      let fitted = try HodrickPrescottTrend(HodrickPrescott(penalty: 4)).fit(
        seasonal(Array(values.prefix(15)), season: 1))
      inside += try Forecast(fitted, horizon: 3).interval(0.8, step: 3).contains(values[17]) ? 1 : 0
    }
    #expect(abs(Double(inside) / 400 - 0.8) < 0.06)
  }

  @Test("specifications are read, and what cannot be filtered is refused")
  func words() throws {
    #expect(try ModelCatalogue.model(named: "hodrick-prescott").specification == "hodrick-prescott")
    for text in ["hodrick-prescott(1600)", "hodrick-prescott(lambda=1600)"] {
      let model = try #require(try ModelCatalogue.model(named: text) as? HodrickPrescottTrend)
      #expect(model.filter.penalty == 1600 && model.specification == "hodrick-prescott(1600)")
    }
    #expect(
      try #require(sentence { _ = try ModelCatalogue.model(named: "hodrick-prescott(-1)") }).contains(
        "\"-1\" is not a value of lambda"))
    let sample = seasonal(Self.walk(10, path: 1), season: 1)
    for (filter, expected) in [
      (HodrickPrescott(penalty: 0), "needs a penalty from 0.000001 to 10000000000, and 0 was given"),
      (HodrickPrescott(penalty: .nan), "and nan was given"),
    ] {
      #expect(try #require(sentence { _ = try filter.decompose(sample) }).contains(expected))
    }
    let short = seasonal([1, 2, 3], season: 1)
    #expect(
      try #require(sentence { _ = try HodrickPrescott().decompose(short) }).contains(
        "needs at least 4 observations"))
    #expect(
      try #require(sentence { _ = try HodrickPrescottTrend().fit(short) }).contains(
        "hodrick-prescott needs at least 4"))
  }
}
