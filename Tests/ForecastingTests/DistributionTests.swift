import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Predictive distributions")
struct DistributionTests {
  static let mixture = StudentMixture(
    [
      .init(weight: 3, location: 0, scale: 1), .init(weight: 1, location: 40, scale: 0.1),
      .init(weight: 2, location: -5, scale: 3),
    ], degreesOfFreedom: 3)

  @Test("with two degrees of freedom it is the closed form")
  func closedForm() throws {
    let one = try #require(
      StudentMixture([.init(weight: 7, location: 2, scale: 3)], degreesOfFreedom: 2))
    for x in [-30.0, -1, 0, 2, 2.5, 11, 400] {
      let t = (x - 2) / 3
      #expect(agree(one.density(x), 1 / pow(2 + t * t, 1.5) / 3, relative: 1e-13))
      #expect(agree(one.cumulative(x), 0.5 + t / (2 * (2 + t * t).squareRoot()), relative: 1e-10))
    }
    #expect(one.cumulative(.nan).isNaN)
    // P(t <= x) = p at x = (2p - 1) / sqrt(2 p (1 - p)).
    #expect(agree(try one.quantile(0.9), 2 + 3 * 0.8 / (0.18).squareRoot(), relative: 1e-12))
  }

  @Test("the quantile inverts the distribution function, between far components too")
  func inversion() throws {
    let mixture = try #require(Self.mixture)
    var last = -Double.infinity
    for p in [1e-7, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.8, 0.83333, 0.9, 0.99, 0.9999, 1 - 1e-7] {
      let x = try mixture.quantile(p)
      #expect(abs(mixture.cumulative(x) - p) < 1e-8, "at \(p)")
      #expect(x > last)
      last = x
    }
  }

  @Test("the density is the derivative of the distribution function")
  func derivative() throws {
    let mixture = try #require(Self.mixture)
    for x in [-20.0, -5, 0.3, 39.95, 40.1] {
      let difference = (mixture.cumulative(x + 1e-5) - mixture.cumulative(x - 1e-5)) / 2e-5
      #expect(agree(mixture.density(x), difference, relative: 1e-5))
    }
  }

  @Test("components that cannot be drawn make no mixture, and those that cannot be seen are dropped")
  func components() throws {
    func isRefused(_ weight: Double, _ location: Double, _ scale: Double, _ freedom: Double = 3) -> Bool {
      StudentMixture(
        [.init(weight: weight, location: location, scale: scale)], degreesOfFreedom: freedom) == nil
    }
    #expect(!isRefused(1, 0, 1))
    #expect(isRefused(0, 0, 1))
    #expect(isRefused(-1, 0, 1))
    #expect(isRefused(.nan, 0, 1))
    #expect(isRefused(1, .infinity, 1))
    #expect(isRefused(1, 0, 0))
    #expect(isRefused(1, 0, .infinity))
    #expect(isRefused(1, 0, 1, 0))
    let kept = StudentMixture(
      [.init(weight: 1e-6, location: 9, scale: 1), .init(weight: 1, location: 0, scale: 1)],
      degreesOfFreedom: 3)
    #expect(kept?.components.map(\.location) == [0])
  }

  static let sample = Result {
    try natural([31, 34, 30, 37, 41, 38, 45, 47, 44, 52, 50, 57, 60, 58])
  }

  @Test(
    "joint draws follow the analytic distribution at every step",
    arguments: ModelCatalogue.candidates.map(\.specification))
  func marginals(name: String) throws {
    let fitted = try ModelCatalogue.model(named: name).fit(try Self.sample.get())
    let forecast = try Forecast(fitted, horizon: 4)
    let count = 40_000
    let drawn = paths(of: fitted, count, horizon: 4)
    for step in 1...4 {
      let values = drawn.map { $0[step - 1] }
      for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
        let quantile = try forecast.quantile(p, step: step)
        let share = Double(values.count { $0 <= quantile }) / Double(count)
        let error = (p * (1 - p) / Double(count)).squareRoot()
        // A factor of 1.03 in the scale would move the share at 0.1 by four of these.
        #expect(abs(share - p) < 4.5 * error, "step \(step), \(p): \(share)")
      }
      let mean = values.reduce(0, +) / Double(count)
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)).squareRoot()
      #expect(abs(mean - (try forecast.mean(step: step))) < 4.5 * spread / Double(count).squareRoot())
    }
  }

  @Test("the steps of a path belong together as the model says")
  func covariances() throws {
    let sample = try Self.sample.get()
    let last = 13.0
    func covariance(_ model: any ForecastModel) throws -> (Double, any FittedModel) {
      let fitted = try model.fit(sample)
      let drawn = paths(of: fitted, 60_000, horizon: 3)
      let first = drawn.reduce(0) { $0 + $1[0] } / Double(drawn.count)
      let third = drawn.reduce(0) { $0 + $1[2] } / Double(drawn.count)
      return (drawn.reduce(0) { $0 + ($1[0] - first) * ($1[2] - third) } / Double(drawn.count), fitted)
    }
    /// The variance of a t variate with the fit's residual variance.
    func variance(_ fitted: any FittedModel, _ freedom: Double) throws -> Double {
      let sigma = try #require(fitted.parameters.last).value
      return sigma * sigma * freedom / (freedom - 2)
    }
    let naive = try covariance(Naive())
    #expect(agree(naive.0, try variance(naive.1, 13), relative: 0.04))
    let drift = try covariance(Drift())
    #expect(agree(drift.0, try variance(drift.1, 12) * (1 + 3 / last), relative: 0.04))
    // About the middle of the years, 6.5, with a sum of squares of 227.5: years 14 and 16 share the line's doubt.
    let line = try covariance(LinearTrend())
    #expect(agree(line.0, try variance(line.1, 12) * (1.0 / 14 + 7.5 * 9.5 / 227.5), relative: 0.05))

    // A smoothed level: each node's own covariance, alpha and what is not known of the start, and the nodes' spread.
    let level = try covariance(ExponentialSmoothing(trend: .none))
    let nodes = try #require(SmoothingSurface(sample: sample, trend: .none).learn(.full)).nodes
    var expected = 0.0
    let centre = nodes.reduce(0) { $0 + $1.weight * $1.forecast(step: 1).location }
    for node in nodes {
      let (location, factor) = node.forecast(step: 1)
      expected +=
        node.weight
        * (node.sumOfSquares / 11 * (node.alpha + factor - 1) + (location - centre) * (location - centre))
    }
    #expect(agree(level.0, expected, relative: 0.05))
  }

  @Test("the mean on the logarithm is that of the paths, ceiling and all", arguments: [0, 1, 2, 3])
  func meanOfPaths(path: UInt64) throws {
    let sample = try Sample(try annual(randomCounts(6, path: path, spread: 0.5)))
    let fitted = try Drift().fit(sample)
    let forecast = try Forecast(fitted, horizon: 3)
    let drawn = paths(of: fitted, 40_000, horizon: 3)
    for step in 1...3 {
      let values = drawn.map { $0[step - 1] }
      let mean = values.reduce(0, +) / Double(values.count)
      let spread = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
      #expect(abs(try forecast.mean(step: step) - mean) < 4.5 * spread / Double(values.count).squareRoot())
    }
  }

  @Test("with many observations the mean is that of the lognormal distribution")
  func lognormal() throws {
    let sample = try Sample(try annual(randomCounts(400, path: 9, spread: 0.1, growth: 0).map { $0 + 1000 }))
    let fitted = try Naive().fit(sample)
    let sigma = try #require(fitted.parameters.last).value
    let expected = sample.observed[399] * exp(2 * sigma * sigma)
    #expect(agree(try Forecast(fitted, horizon: 4).mean(step: 4), expected, relative: 1e-3))
  }

  @Test("doubt about the smoothing parameters makes a forecast wider than the best parameters alone would")
  func parameterDoubt() throws {
    let sample = try Self.sample.get()
    let fitted = try ExponentialSmoothing(trend: .damped).fit(sample)
    let learned = try #require(SmoothingSurface(sample: sample, trend: .damped).learn(.full))
    let step = 5
    let width = try Forecast(fitted, horizon: step).interval(0.95, step: step)
    let (_, factor) = learned.best.forecast(step: step)
    let t = try StudentT(degreesOfFreedom: 12).quantile(0.975)
    let plugIn = 2 * t * (learned.best.sumOfSquares / 12 * factor).squareRoot()
    #expect(width.upperBound - width.lowerBound > plugIn)
  }
}
