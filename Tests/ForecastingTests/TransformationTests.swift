import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Transformations")
struct TransformationTests {
  @Test(
    "a Box-Cox transformation is undone by its inverse, and keeps the order",
    arguments: [-1, -0.4, 0.3, 1, 2])
  func inverse(power: Double) {
    for offset in [0, 0.5] {
      let scale = Scale.boxCox(power: power, offset: offset)
      var previous = -Double.infinity
      for value in [0.01, 0.7, 1, 12, 480, 9000] {
        let transformed = scale.transformed(value)
        #expect(transformed > previous)
        previous = transformed
        #expect(agree(scale.restored(transformed), value, relative: 1e-9), "\(power), \(offset), \(value)")
        let step = 1e-5 * value
        let slope = (scale.transformed(value + step) - scale.transformed(value - step)) / (2 * step)
        #expect(agree(scale.slope(at: value), slope, relative: 1e-6))
      }
    }
  }

  @Test("beyond the reach of a power there is nothing, or no end, and never a NaN")
  func ends() {
    #expect(Scale.boxCox(power: 0.5, offset: 0).restored(-7) == 0)
    #expect(Scale.boxCox(power: -0.5, offset: 0).restored(7) == .infinity)
    #expect(Scale.boxCox(power: 0.5, offset: 0.5).restored(-1.99) == 0)
  }

  @Test("the power is found that makes changes even: 1 for a straight walk, 0 for a walk of logarithms")
  func power() throws {
    var stream = RandomStream(seed: 3, name: "power")
    var level = 1000.0
    var logarithm = 5.0
    var straight: [Double] = []
    var exponential: [Double] = []
    for _ in 0..<400 {
      level += 3 + 12 * stream.normal()
      logarithm += 0.01 + 0.06 * stream.normal()
      straight.append(level)
      exponential.append(Double.exp(logarithm))
    }
    // The straight walk grows little against its level, so its power is known only roughly.
    #expect(abs(try BoxCox.power(of: exponential, series: "x")) < 0.15)
    #expect(try BoxCox.power(of: straight, series: "x") > 0.3)
    #expect(try BoxCox.power(of: [4, 4, 4, 4, 4], series: "x") == 1)
    #expect(try BoxCox.power(of: [4, 5], series: "x") == 1)
    #expect(
      sentence { _ = try BoxCox.power(of: [1, 2, .infinity, 3, 4], series: "x") }?
        .contains("no power of Box and Cox") == true)
  }

  @Test("with a power of one half, forecasts agree with those of square roots, and the mean with the paths'")
  func meansOfPaths() throws {
    let series = try annual(randomCounts(24, path: 5), .count)
    let model = try ModelCatalogue.model(named: "drift(scale=box-cox(0.5))")
    let fitted = try model.fit(try model.sample(series))
    let forecast = try Forecast(fitted, horizon: 4)
    let drawn = paths(of: fitted, 40_000, horizon: 4)
    for step in 1...4 {
      let mean = drawn.reduce(0) { $0 + $1[step - 1] / 40_000 }
      #expect(agree(try forecast.mean(step: step), mean, relative: 0.01))
      // Spread turned back through a convex curve lifts the mean above the median: the adjustment for bias.
      #expect(try forecast.mean(step: step) > forecast.median(step: step))
    }
    let roots = try Sample(
      try annual(series.values.map { $0.map { 2 * ($0.squareRoot() - 1) } }, .score), scale: .natural)
    let plain = try Forecast(try Drift().fit(roots), horizon: 4)
    for step in 1...4 {
      let root = try plain.quantile(0.9, step: step)
      #expect(agree(try forecast.quantile(0.9, step: step), (root / 2 + 1) * (root / 2 + 1), relative: 1e-9))
    }
  }

  @Test("a power within rounding of zero is the logarithm")
  func logarithm() throws {
    let series = try annual([100, 110, 125, 130, 150], .count)
    #expect(try Sample(series, scale: .boxCox(0)).scale == .logarithm(offset: 0))
    #expect(try Sample(try annual([0, 4, 9]), scale: .boxCox(0.5)).scale == .boxCox(power: 0.5, offset: 2))
  }
}

@Suite("A distribution known from draws")
struct SimulatedDistributionTests {
  static let normal: SimulatedDistribution? = {
    var stream = RandomStream(seed: 9, name: "draws")
    return SimulatedDistribution((0..<20_000).map { _ in 10 + 2 * stream.normal() })
  }()

  @Test("agrees with the distribution that the draws come from")
  func agreement() throws {
    let simulated = try #require(Self.normal)
    let exact = try Normal(mean: 10, standardDeviation: 2)
    #expect(abs(simulated.mean - 10) < 0.05)
    for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
      let quantile = try simulated.quantile(probability)
      #expect(abs(quantile - (try exact.quantile(probability))) < 0.1)
      #expect(abs(simulated.cumulative(quantile) - probability) < 1e-3)
      #expect(agree(simulated.density(quantile), try exact.density(quantile), relative: 0.1))
    }
  }

  @Test("refuses too few draws, draws that are no numbers, and probabilities that are none")
  func refusals() throws {
    #expect(SimulatedDistribution([1]) == nil)
    #expect(SimulatedDistribution([1, .nan]) == nil)
    let simulated = try #require(Self.normal)
    for probability in [0, 1, -0.2, .nan] {
      #expect(throws: ForecastingError.self) { try simulated.quantile(probability) }
    }
    #expect(simulated.cumulative(.nan).isNaN)
    let point = try #require(SimulatedDistribution([3, 3, 3]))
    #expect(try point.quantile(0.3) == 3)
    #expect(point.density(3).isFinite)
    #expect(point.density(4) == 0)
  }
}

@Suite("A likelihood and its criteria")
struct LikelihoodTests {
  @Test("the criteria are those of their papers")
  func criteria() {
    let likelihood = Likelihood(-100, convention: .full, observations: 20, parameters: 3)
    #expect(likelihood.akaike == 206)
    #expect(agree(likelihood.correctedAkaike, 206 + 24.0 / 16, relative: 1e-15))
    #expect(agree(likelihood.bayesian, 200 + 3 * Double.log(20), relative: 1e-15))
    #expect(Likelihood(0, convention: .full, observations: 4, parameters: 3).correctedAkaike == .infinity)
  }
}
