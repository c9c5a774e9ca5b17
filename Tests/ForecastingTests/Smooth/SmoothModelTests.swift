import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Smooth trends: splines and Gaussian processes")
struct SmoothModelTests {
  static let specifications = [
    "spline", "spline(knots=6,degree=2)", "spline(criterion=gcv)", "gaussian-process",
    "gaussian-process(kernel=matern-3/2,mean=constant)", "gaussian-process(kernel=matern-5/2)",
  ]

  private func fit(_ specification: String, _ values: [Double?]) throws -> any FittedModel {
    try ModelCatalogue.model(named: specification).fit(try natural(values))
  }

  @Test(
    "a specification that is read and written again is the same",
    arguments: specifications + ["gaussian-process(season)"])
  func reading(specification: String) throws {
    let model = try ModelCatalogue.model(named: specification)
    #expect(model.specification == specification && !model.summary.isEmpty && model.scaleChoice == .unit)
  }

  @Test(
    "paths agree with the distributions of their steps, and one step of a path belongs to the next",
    arguments: specifications)
  func simulation(specification: String) throws {
    let model = try fit(specification, wave(24, gaps: [5, 6]))
    let drawn = paths(of: model, 4_000, horizon: 6)
    #expect(drawn == paths(of: model, 4_000, horizon: 6))
    for step in [1, 3, 6] {
      let distribution = try model.predictive(step: step)
      let values = drawn.map { $0[step - 1] }
      for probability in [0.05, 0.25, 0.5, 0.75, 0.95] {
        let quantile = try distribution.quantile(probability)
        let share = Double(values.count { $0 <= quantile }) / 4_000
        #expect(abs(share - probability) < 0.035)
      }
    }
    // Beginnings of longer paths from the same stream are the shorter paths.
    let longer = paths(of: model, 3, horizon: 9)
    let middles = drawn.map { $0[4] }
    let lasts = drawn.map { $0[5] }
    let (a, b) = (try DescriptiveStatistics.mean(middles), try DescriptiveStatistics.mean(lasts))
    let product = zip(middles, lasts).reduce(0.0) { $0 + ($1.0 - a) * ($1.1 - b) }
    #expect(product > 0 && longer.allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test("measuring in other units and from another zero changes nothing else", arguments: specifications)
  func equivariance(specification: String) throws {
    let values = wave(18)
    let model = try fit(specification, values)
    let other = try fit(specification, values.map { $0.map { 100 + 8 * $0 } })
    for step in [1, 4] {
      let (a, b) = (try model.predictive(step: step), try other.predictive(step: step))
      for probability in [0.1, 0.5, 0.9] {
        #expect(agree(100 + 8 * (try a.quantile(probability)), try b.quantile(probability), relative: 1e-4))
      }
    }
    #expect(zip(model.residuals, other.residuals).allSatisfy { abs(8 * $0 - $1) < 1e-2 })
    let (a, b) = (try #require(model.likelihood), try #require(other.likelihood))
    // A density of sixteen differences of numbers eight times as large; for a constant mean, of seventeen.
    let freedom = specification.contains("constant") ? 17.0 : 16
    #expect(abs(a.value - freedom * log(8) - b.value) < 1e-3)
    #expect(a.convention == .diffuse && a.observations == 18)
  }

  @Test("where a straight line is most likely, all models of a smooth trend have its diffuse likelihood")
  func convention() throws {
    // The line's own by its definition: squares about it over n - 2, and the determinant of its cross-product.
    let values = zigzag.compactMap(\.self)
    let times = values.indices.map(Double.init)
    let (centre, middle) = (times.reduce(0, +) / 20, values.reduce(0, +) / 20)
    let spread = times.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
    let slope = zip(times, values).reduce(0) { $0 + ($1.0 - centre) * $1.1 } / spread
    let squares = zip(times, values).reduce(0.0) {
      let error = $1.1 - middle - slope * ($1.0 - centre)
      return $0 + error * error
    }
    let line = -0.5 * (20 * log(2 * .pi) + 18 * log(squares / 18) + 18 + log(20 * spread))
    for specification in ["smooth-trend", "hodrick-prescott(1e10)", "spline", "gaussian-process"] {
      let likelihood = try #require(try fit(specification, zigzag).likelihood)
      #expect(likelihood.convention == .diffuse && likelihood.observations == 20)
      #expect(abs(likelihood.value - line) < 0.01, "\(specification): \(likelihood.value) and \(line)")
    }
    let spline = try fit("spline", zigzag)
    #expect(spline.likelihood?.parameters == spline.parameterCount)
  }

  @Test("components add up to the observations, gaps included", arguments: specifications)
  func components(specification: String) throws {
    let values = wave(22, gaps: [4, 11])
    let model = try fit(specification, values)
    #expect(model.components.map(\.name) == ["trend", "remainder"])
    for (position, value) in values.enumerated() {
      let sum = model.components.reduce(0.0) { $0 + $1.values[position] }
      if let value {
        #expect(abs(sum - value) < 1e-9)
      } else {
        #expect(model.components[1].values[position] == 0)
      }
    }
    #expect(model.residuals.count == 19)
    #expect(model.parameters.allSatisfy { $0.value.isFinite })
  }

  @Test("a constant series is known to its rounding, and nothing is infinite", arguments: specifications)
  func constant(specification: String) throws {
    let model = try fit(specification, [Double?](repeating: 67, count: 9))
    let distribution = try model.predictive(step: 2)
    #expect(abs(try distribution.quantile(0.5) - 67) < 1e-6)
    let width = try distribution.quantile(0.9) - (try distribution.quantile(0.1))
    #expect(width > 0.1 && width < 20)
    #expect(model.likelihood?.value.isFinite == true)
    #expect(model.residuals.allSatisfy { $0.isFinite })
    #expect(paths(of: model, 2, horizon: 3).allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test("intervals hold their share of what comes", arguments: ["spline", "gaussian-process"])
  func coverage(specification: String) throws {
    var inside = 0
    for path in 0..<60 as Range<UInt64> {
      let values = wave(31, noise: 0.6, path: 50 + path).compactMap(\.self)
      let model = try fit(specification, Array(values.prefix(30)))
      let distribution = try model.predictive(step: 1)
      if values[30] >= (try distribution.quantile(0.1)), values[30] <= (try distribution.quantile(0.9)) {
        inside += 1
      }
    }
    #expect(inside > 36 && inside < 58)
  }

  @Test("a steep rate on the logarithm never falls below nothing")
  func logarithm() throws {
    let series = try annual([100, 80, 66, 51, 40, 33, 27, 20, 17], .rate(per: 1000))
    for specification in ["spline", "gaussian-process"] {
      let model = try ModelCatalogue.model(named: specification)
      let forecast = try Forecast(try model.fit(try model.sample(series)), horizon: 3)
      #expect(try forecast.quantile(0.01, step: 3) > 0)
      #expect(try forecast.median(step: 1) < 17)
    }
  }

  @Test("what cannot be done is refused in a sentence")
  func refusals() throws {
    #expect(
      sentence { _ = try fit("spline", [1, 2, 3, 4, 5]) }
        == "series \"plans\": spline needs at least 6 observations and 5 are known; add earlier periods or choose a simpler "
        + "model")
    #expect(
      sentence { _ = try fit("gaussian-process(season)", wave(20)) }
        == "series \"plans\": gaussian-process(season) asks for a season, and the periods of the series have none; leave "
        + "season out")
    for (text, part) in [
      ("spline(knots=1)", "\"1\" is not a value of knots; write a whole number from 2 to 200"),
      ("spline(degree=0)", "\"0\" is not a value of degree; write a whole number from 1 to 5"),
      ("spline(criterion=aic)", "\"aic\" is not a value of criterion; write reml or gcv"),
      ("gaussian-process(kernel=cosine)", "write squared-exponential, matern-3/2 or matern-5/2"),
      ("gaussian-process(mean=none)", "write constant or linear"),
      ("spline(knots=4)12", "spline takes no length of a season after its options; leave 12 out"),
      ("gaussian-process()(season)", "gaussian-process has one list of options"),
      ("gaussian-process(trend)", "\"trend\" is not an option of gaussian-process"),
    ] {
      #expect(sentence { _ = try ModelCatalogue.model(named: text) }?.contains(part) == true)
    }
    let model = try fit("spline", wave(12))
    #expect(throws: ForecastingError.horizon(0)) { try model.predictive(step: 0) }
    let process = try fit("gaussian-process", wave(12))
    #expect(throws: ForecastingError.horizon(0)) { try process.predictive(step: 0) }
  }
}
