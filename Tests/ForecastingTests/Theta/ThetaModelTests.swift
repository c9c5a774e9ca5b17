import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("The Theta family")
struct ThetaModelTests {
  static let forms = ThetaMethod.Form.allCases
  static let leastSquares: [ThetaMethod.Form] = [.optimised, .dynamic, .dynamicOptimised]

  /// The errors of the model as the paper writes it, term by term, from a starting level at time 0.
  static func errors(
    _ y: [Double], isDynamic: Bool, start: Double, alpha: Double, omega: Double
  ) -> [Double] {
    let n = Double(y.count)
    let times = y.indices.map { Double($0 + 1) }
    let mean = y.reduce(0, +) / n
    let slope =
      6 * (2 * zip(times, y).reduce(0) { $0 + $1.0 * $1.1 } / n - (1 + n) * mean) / (n * n - 1)
    var a = isDynamic ? y[0] : mean - (n + 1) / 2 * slope
    var b = isDynamic ? 0 : slope
    var average = y[0]
    var level = start
    var errors: [Double] = []
    for (index, value) in y.enumerated() {
      let t = Double(index + 1)
      let line = pow(1 - alpha, t - 1) * a + (1 - pow(1 - alpha, t)) / alpha * b
      let mu = isDynamic && index == 0 ? y[0] : level + omega * line
      errors.append(value - mu)
      level = alpha * value + (1 - alpha) * level
      if isDynamic, index > 0 {
        b = ((t - 2) * b + 6 / t * (value - average)) / (t + 1)
        average = ((t - 1) * average + value) / t
        a = average - (t + 1) / 2 * b
      }
    }
    return errors
  }

  static func random(_ count: Int, path: UInt64, drift: Double = 1) -> [Double] {
    var stream = RandomStream(seed: 7, name: "theta series", path: path)
    var level = 50.0
    return (0..<count).map { _ in
      level += drift + 1.5 * stream.normal()
      return level + 2 * stream.normal()
    }
  }

  @Test(
    "errors are those of the paper's equations, whatever level, alpha and theta", arguments: [false, true])
  func equations(isDynamic: Bool) throws {
    let y = Self.random(25, path: 1)
    let problem = ThetaProblem(y, isDynamic: isDynamic)
    for alpha in [0.1, 0.37, 0.8] {
      for omega in [0, 0.5, 0.9] {
        // The level that the problem counts from, as the starting level of the paper.
        let counted = 1.7
        let shifted = counted / pow(1 - alpha, Double(problem.uncounted))
        let height = isDynamic ? 0 : Self.height(y)
        let start = shifted + y[0] - omega * (isDynamic ? y[0] : height)
        let expected = Self.errors(y, isDynamic: isDynamic, start: start, alpha: alpha, omega: omega)
        let found = problem.errors(alpha: alpha, share: omega, level: counted)
        for index in problem.uncounted..<y.count {
          #expect(abs(found[index] - expected[index]) < 1e-9, "\(alpha) \(omega) \(index)")
        }
        let squares = found.reduce(0) { $0 + $1 * $1 }
        let sums = problem.sums(alpha: alpha)
        let direct =
          sums.rr + counted * counted * sums.uu + omega * omega * sums.ww - 2 * counted * sums.ur
          - 2 * omega * sums.wr + 2 * counted * omega * sums.uw
        #expect(agree(squares, direct, relative: 1e-9))
      }
    }
  }

  /// The height of the least-squares line at time 0.
  private static func height(_ y: [Double]) -> Double {
    let n = Double(y.count)
    let mean = y.reduce(0, +) / n
    let centre = (n + 1) / 2
    let slope =
      y.enumerated().reduce(0) { $0 + $1.element * (Double($1.offset + 1) - centre) } / (n * (n * n - 1) / 12)
    return mean - slope * centre
  }

  @Test("no point of a fine mesh over alpha and theta has a smaller sum of squares", arguments: leastSquares)
  func optimum(form: ThetaMethod.Form) throws {
    for path in 0..<8 as Range<UInt64> {
      let y = Self.random(12 + 3 * Int(path), path: path, drift: Double(path) / 4 - 1)
      let best = try ThetaReferenceTests.core(try ThetaMethod(form).fit(seasonal(y, season: 1))).best
      let problem = ThetaProblem(y, isDynamic: form.isDynamic)
      let top = ThetaSearch.shares.upperBound
      let shares = form.estimatesTheta ? (0...25).map { top * Double($0) / 25 } : [0.5]
      for step in 0...250 {
        let sums = problem.sums(alpha: 0.1 + 0.89 * Double(step) / 250)
        let least = shares.reduce(Double.infinity) { min($0, sums.squares($1)) }
        #expect(best.sumOfSquares <= least * (1 + 1e-10))
      }
      #expect((0.1...0.99).contains(best.alpha) && (0..<1).contains(best.share))
    }
  }

  @Test("an estimated theta fits at least as well as one of two")
  func nesting() throws {
    for path in 0..<10 as Range<UInt64> {
      let sample = seasonal(Self.random(30, path: path), season: 1)
      let fixed = try ThetaReferenceTests.core(try ThetaMethod(.dynamic).fit(sample))
      let free = try ThetaReferenceTests.core(try ThetaMethod(.dynamicOptimised).fit(sample))
      #expect(free.best.sumOfSquares <= fixed.best.sumOfSquares * (1 + 1e-12))
      #expect(fixed.parameters[1].value == 2)
      #expect(free.parameterCount == fixed.parameterCount + 1)
    }
  }

  @Test("half of a fixed line is the standard method: the same forecasts for the same alpha")
  func standard() throws {
    let y = Self.random(40, path: 2)
    let fitted = try #require(try ThetaMethod(.standard).fit(seasonal(y, season: 1)) as? FittedTheta)
    let same = try #require(try Theta().fit(seasonal(y, season: 1)) as? FittedTheta)
    for step in 1...12 { #expect(fitted.standardForecast(step: step) == same.standardForecast(step: step)) }
    // By the paper's equations, with the level of simple exponential smoothing and a theta of 2.
    let alpha = fitted.parameters[0].value
    let n = Double(y.count)
    let drift = fitted.parameters[1].value
    for step in 1...6 {
      let expected =
        fitted.parameters[2].value + drift * (Double(step - 1) + (1 - pow(1 - alpha, n)) / alpha)
      #expect(agree(fitted.standardForecast(step: step), expected, relative: 1e-12))
    }
  }

  @Test(
    "the mean of the forecasts at the best parameters goes on by the model's own equations",
    arguments: leastSquares)
  func recursion(form: ThetaMethod.Form) throws {
    let y = Self.random(30, path: 5)
    let core = try ThetaReferenceTests.core(try ThetaMethod(form).fit(seasonal(y, season: 1)))
    let problem = ThetaProblem(y, isDynamic: form.isDynamic)
    let (alpha, omega) = (core.best.alpha, core.best.share)
    var extended = y
    for (step, forecast) in core.plugInForecast(horizon: 5).enumerated() {
      // A moving line is carried on through the forecasts themselves; a fixed one stays that of the data.
      let level = problem.sums(alpha: alpha).level(omega)
      if form.isDynamic {
        let longer = ThetaProblem(extended + [forecast.mean], isDynamic: true)
        let last = longer.errors(alpha: alpha, share: omega, level: level)[y.count + step]
        #expect(abs(last) < 1e-9)
      }
      #expect(forecast.variance > 0)
      extended.append(forecast.mean)
    }
  }

  @Test("the variance with known parameters is that of simulated futures", arguments: leastSquares)
  func simulatedVariance(form: ThetaMethod.Form) throws {
    let y = Self.random(20, path: 8)
    let core = try ThetaReferenceTests.core(try ThetaMethod(form).fit(seasonal(y, season: 1)))
    let steps = core.plugInForecast(horizon: 6)
    let sigma = steps[0].variance.squareRoot()
    var stream = RandomStream(seed: 3, name: "futures")
    let count = 20_000
    var sums = [Double](repeating: 0, count: 6)
    var squares = sums
    let path = UnsafeMutableBufferPointer<Double>.allocate(capacity: 6)
    defer { path.deallocate() }
    for _ in 0..<count {
      core.best.draw(path: path, sigma: sigma, first: 0, second: 0) { sigma * stream.normal() }
      for index in 0..<6 {
        let deviation = path[index] - steps[index].mean
        sums[index] += deviation / Double(count)
        squares[index] += deviation * deviation / Double(count)
      }
    }
    for index in 0..<6 {
      #expect(abs(sums[index]) < 4 * (steps[index].variance / Double(count)).squareRoot())
      #expect(agree(squares[index], steps[index].variance, relative: 0.05), "step \(index + 1)")
    }
  }

  @Test("paths scatter as the stated distributions do, season and doubt included", arguments: forms)
  func paths(form: ThetaMethod.Form) throws {
    for season in [1, 12] {
      let values =
        season == 1 ? Self.random(20, path: 4) : DecompositionPropertyTests.monthly(60, path: 2)
      let fitted = try ThetaMethod(form).fit(seasonal(values, season: season))
      #expect((fitted is SeasonallyAdjustedFit) == (season > 1))
      let forecast = try Forecast(fitted, horizon: 5)
      let drawn = ForecastingTests.paths(of: fitted, 8000, horizon: 5)
      for step in [1, 5] {
        let sorted = drawn.map { $0[step - 1] }.sorted()
        for probability in [0.1, 0.5, 0.9] {
          let quantile = try forecast.quantile(probability, step: step)
          let below = Double(sorted.count { $0 <= quantile }) / 8000
          #expect(abs(below - probability) < 0.02, "\(season) \(step) \(probability): \(below)")
        }
        #expect(try forecast.mean(step: step).isFinite)
      }
    }
  }

  @Test("another unit changes the forecasts as it changes the series", arguments: forms)
  func units(form: ThetaMethod.Form) throws {
    for (values, season) in [
      (Self.random(24, path: 6), 1), (DecompositionPropertyTests.monthly(60, path: 5), 12),
    ] {
      let one = try Forecast(try ThetaMethod(form).fit(seasonal(values, season: season)), horizon: 4)
      let other = try Forecast(
        try ThetaMethod(form).fit(seasonal(values.map { 1024 * $0 }, season: season)), horizon: 4)
      for step in 1...4 {
        for probability in [0.05, 0.5, 0.95] {
          let expected = 1024 * (try one.quantile(probability, step: step))
          #expect(agree(try other.quantile(probability, step: step), expected, relative: 1e-6))
        }
      }
    }
  }

  @Test("parts add up to the series, with a season that multiplies and one that adds", arguments: forms)
  func components(form: ThetaMethod.Form) throws {
    let values = DecompositionPropertyTests.monthly(48, path: 7)
    for season in [ThetaMethod.Season.none, .decomposed(.additive), .decomposed(.multiplicative)] {
      let fitted = try ThetaMethod(form, season: season).fit(seasonal(values, season: 12))
      let names = fitted.components.map(\.name)
      #expect(names == (season == .none ? ["trend", "remainder"] : ["trend", "season", "remainder"]))
      for index in values.indices {
        let sum = fitted.components.reduce(0) { $0 + $1.values[index] }
        #expect(agree(sum, values[index], relative: 1e-12))
      }
    }
  }

  @Test(
    "averages over long-run forecasts of simulated random walks with drift are unbiased", arguments: forms)
  func unbiased(form: ThetaMethod.Form) throws {
    var sum = 0.0
    var squares = 0.0
    let count = 250
    for path in 0..<UInt64(count) {
      let y = Self.random(25, path: 1000 + path, drift: 0)
      let known = seasonal(Array(y.prefix(20)), season: 1)
      let error = try Forecast(try ThetaMethod(form).fit(known), horizon: 5).mean(step: 5) - y[24]
      sum += error
      squares += error * error
    }
    let mean = sum / Double(count)
    let deviation = (squares / Double(count) - mean * mean).squareRoot()
    #expect(abs(mean) < 3 * deviation / Double(count).squareRoot())
  }
}
