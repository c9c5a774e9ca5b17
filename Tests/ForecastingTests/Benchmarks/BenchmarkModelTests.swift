import Foundation
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("The simple benchmarks")
struct BenchmarkModelTests {
  /// The 0.975 quantiles of Student's t, from tables.
  static let t = [
    1: 12.706204736432095, 2: 4.302652729911275, 3: 3.182446305284263, 4: 2.776445105197793,
    5: 2.570581835636314,
  ]

  private func expectInterval(
    _ model: any FittedModel, step: Int, centre: Double, halfWidth: Double
  ) throws {
    let forecast = try Forecast(model, horizon: step)
    let interval = try forecast.interval(0.95, step: step)
    #expect(abs(try forecast.median(step: step) - centre) < 1e-9)
    #expect(agree(interval.upperBound - centre, halfWidth, relative: 1e-9), "step \(step)")
    #expect(agree(centre - interval.lowerBound, halfWidth, relative: 1e-9), "step \(step)")
  }

  @Test("the last value of the same season stays, and its doubt grows with the root of the years")
  func seasonalNaive() throws {
    // Changes over a year: 2, -1, 2, 3; their variance is 18/4.
    let fitted = try SeasonalNaive().fit(seasonal([10, 20, 12, 19, 14, 22], season: 2))
    #expect(fitted.residuals == [2, -1, 2, 3])
    #expect(fitted.parameterCount == 1)
    for (step, centre, years) in [(1, 14.0, 1.0), (2, 22, 1), (3, 14, 2), (4, 22, 2), (5, 14, 3)] {
      try expectInterval(
        fitted, step: step, centre: centre, halfWidth: #require(Self.t[4]) * (4.5 * years).squareRoot())
    }
    // The same with the length given, on a series that has none of its own.
    let given = try SeasonalNaive(season: 2).fit(seasonal([10, 20, 12, 19, 14, 22], season: 1))
    #expect(given.parameters == fitted.parameters)
  }

  @Test("a season whose latest value is missing stands at the one before, the less sure for it")
  func gaps() throws {
    // Changes: 2 and -1 over one year, 6 over two: (4 + 1 + 18)/3.
    let fitted = try SeasonalNaive().fit(
      seasonal([10, 20, 12, 19, nil, nil, 18], season: 2))
    let variance = (4 + 1 + 18) / 3.0
    let reach = try #require(Self.t[3])
    // The second season was last seen two years before.
    try expectInterval(fitted, step: 1, centre: 19, halfWidth: reach * (2 * variance).squareRoot())
    try expectInterval(fitted, step: 2, centre: 18, halfWidth: reach * variance.squareRoot())
    try expectInterval(fitted, step: 3, centre: 19, halfWidth: reach * (3 * variance).squareRoot())
    let unit = pow(2.0, 1.0 / 6)
    let expected = [2 * unit, -unit, 6 / 2.0.squareRoot() * unit]
    #expect(zip(fitted.residuals, expected).allSatisfy { agree($0, $1, relative: 1e-12) })
  }

  @Test("values scatter about their mean, which is itself in doubt; gaps are none of its business")
  func mean() throws {
    // Mean 12, squares 4 + 0 + 1 + 1 + 0 + 4 over 5.
    let values: [Double?] = [10, 12, 11, 13, 12, 14]
    let fitted = try Mean().fit(seasonal(values, season: 1))
    #expect(fitted.residuals == [0, -1, 1, 0, 2])
    for step in [1, 9] {
      try expectInterval(
        fitted, step: step, centre: 12, halfWidth: #require(Self.t[5]) * (2 * 7.0 / 6).squareRoot())
    }
    let gapped = try Mean().fit(seasonal(values.flatMap { [$0, nil] }, season: 1))
    #expect(gapped.parameters == fitted.parameters)
    #expect(try #require(fitted.parameters[0].standardError) == (2.0 / 6).squareRoot())
  }

  @Test("the mean keeps the last digits of large values")
  func digits() throws {
    let fitted = try Mean().fit(seasonal([1e8 + 1, 1e8 + 2, 1e8 + 3], season: 1))
    #expect(fitted.parameters[0].value == 1e8 + 2)
    #expect(fitted.parameters[1].value == 1)
  }

  /// The variance of the error of a window's mean h periods ahead, from the weights of every noise and every step.
  static func windowVariance(positions: [Int], step: Int, movement: Double) -> Double {
    let size = Double(positions.count)
    let end = positions[positions.count - 1] + step
    var steps = 0.0
    for period in (positions[0] + 1)...end {
      let after = positions.count { $0 >= period }
      let weight = 1 - Double(after) / size
      steps += weight * weight
    }
    return 1 + 1 / size + movement * steps
  }

  @Test(
    "the mean of a window has the error of the process for which the window is right",
    arguments: [2, 3, 5, 8])
  func windowMean(window: Int) throws {
    var stream = RandomStream(seed: 3, name: "window", path: UInt64(window))
    let values = (0..<40).map { _ in 50 + 4 * stream.normal() }
    let fitted = try WindowMean(window: window).fit(seasonal(values, season: 1))
    let size = Double(window)
    let q = 4 / (size * size - 1)
    let mean = values.suffix(window).reduce(0, +) / size
    let one = try #require(try fitted.predictive(step: 1) as? StudentMixture)
    for step in [1, 2, 7] {
      let distribution = try #require(try fitted.predictive(step: step) as? StudentMixture)
      #expect(agree(distribution.mean, mean, relative: 1e-12))
      let closed = 1 + 1 / size + q * (Double(step) + (size - 1) * (2 * size - 1) / (6 * size))
      let direct = Self.windowVariance(positions: Array(0..<window), step: step, movement: q)
      let ratio = pow(distribution.components[0].scale / one.components[0].scale, 2)
      let first = 1 + 1 / size + q * (1 + (size - 1) * (2 * size - 1) / (6 * size))
      #expect(agree(closed, direct, relative: 1e-12))
      #expect(agree(ratio, closed / first, relative: 1e-12))
    }
    // Errors of the rule overlap: they count for fewer degrees of freedom than there are, but not for none.
    #expect(one.degreesOfFreedom < Double(40 - window) && one.degreesOfFreedom >= 3)
    #expect(fitted.residuals.count == 40 - window)
    #expect(fitted.remarks.count == 1)
  }

  @Test(
    "the covariance of a window's errors is that of the weights of every noise and every step, gaps or not")
  func windowErrors() throws {
    let window = 4
    var values = (0..<26).map { Double?(Double(($0 * $0) % 11)) }
    for gap in [3, 9, 10, 11, 18, 22] { values[gap] = nil }
    let positions = values.indices.filter { values[$0] != nil }
    let observed = values.compactMap(\.self)
    let q = 4.0 / 15
    /// What an error is made of: weights of the noise of each observation, then of the level's step into each period.
    let weights = (window..<observed.count).map { target in
      let members = (target - window)..<target
      let noise = observed.indices.map { (index: Int) -> Double in
        index == target ? 1 : members.contains(index) ? -1 / Double(window) : 0
      }
      let steps = (1..<26).map { period -> Double in
        guard period <= positions[target] else { return 0 }
        let before = members.count { positions[$0] < period }
        return q.squareRoot() * Double(before) / Double(window)
      }
      return noise + steps
    }
    func covariance(_ first: Int, _ second: Int) -> Double {
      zip(weights[first], weights[second]).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let errors = weights.indices.map { index in
      observed[index + window] - observed[index..<(index + window)].reduce(0) { $0 + $1 / Double(window) }
    }
    let deviations = weights.indices.map { covariance($0, $0).squareRoot() }
    let unit = exp(deviations.reduce(0) { $0 + log($1) / Double(deviations.count) })
    var squares = 0.0
    for first in weights.indices {
      for second in weights.indices where abs(first - second) <= window {
        squares += pow(covariance(first, second) / (deviations[first] * deviations[second]), 2)
      }
    }
    let fitted = try WindowMean(window: window).fit(seasonal(values, season: 1))
    for (index, residual) in fitted.residuals.enumerated() {
      #expect(abs(residual - errors[index] / deviations[index] * unit) < 1e-12)
    }
    let one = try #require(try fitted.predictive(step: 1) as? StudentMixture)
    let count = Double(errors.count)
    #expect(one.degreesOfFreedom == max(1, (count * count / squares).rounded(.down)))
  }

  @Test("a wide window over a long series is soon done, and one beyond all series is refused")
  func wideWindow() throws {
    let values = (0..<3000).map { Double($0 % 17) }
    let fitted = try WindowMean(window: 400).fit(seasonal(values, season: 1))
    #expect(fitted.residuals.count == 2600)
    for model in [WindowMean(window: .max), SeasonalNaive(season: .max)] as [any ForecastModel] {
      #expect(
        sentence { _ = try model.fit(seasonal(values, season: 12)) }?.contains("needs at least") == true)
    }
  }

  @Test("a seasonal error stands at the period that it was made for, also where a season began late")
  func seasonalErrors() throws {
    let values: [Double?] = [3, nil, 5, 4, 7, 6, 8, 9, 11, 10, 12]
    let fitted = try SeasonalNaive(season: 2).fit(seasonal(values, season: 2))
    // The first of the even periods is 0 and of the odd ones 3.
    #expect(fitted.residualPositions == [2, 4, 5, 6, 7, 8, 9, 10])
    #expect(fitted.residualPositions.count == fitted.residuals.count)
    let late: [Double?] = [3, nil, 5, nil, 7, nil, 8, 9, 11, 10, 12]
    let other = try SeasonalNaive(season: 2).fit(seasonal(late, season: 2))
    #expect(other.residualPositions == [2, 4, 6, 8, 9, 10])
    #expect(ErrorSequence(other).positions == other.residualPositions)
  }

  @Test("the error of a window's mean is unbiased and as large as stated when the level moves as assumed")
  func windowCoverage() throws {
    let window = 4
    let q = 4.0 / 15
    var inside = 0
    var squares = (stated: 0.0, found: 0.0)
    for path in 0..<600 as Range<UInt64> {
      var stream = RandomStream(seed: 8, name: "level", path: path)
      var level = 10.0
      let values = (0..<33).map { _ in
        level += q.squareRoot() * stream.normal()
        return level + stream.normal()
      }
      let fitted = try WindowMean(window: window).fit(seasonal(Array(values.prefix(30)), season: 1))
      let interval = try Forecast(fitted, horizon: 3).interval(0.8, step: 3)
      inside += interval.contains(values[32]) ? 1 : 0
      let sigma = fitted.parameters[1].value
      squares.stated += sigma * sigma / 600
      squares.found += 1.0 / 600
    }
    #expect(abs(Double(inside) / 600 - 0.8) < 0.05)
    #expect(agree(squares.stated, squares.found, relative: 0.05))
  }

  @Test("a window over gaps is less sure of the level at its end")
  func windowGaps() throws {
    var values = (0..<20).map { index -> Double? in index % 2 == 0 ? 10 : 13 }
    values[17] = nil
    values[18] = nil
    let fitted = try WindowMean(window: 3).fit(seasonal(values, season: 1))
    // The last three observations stand at 15, 16 and 19.
    #expect(agree(try fitted.predictive(step: 1).mean, (13 + 10 + 13) / 3.0, relative: 1e-12))
    let one = try #require(try fitted.predictive(step: 1) as? StudentMixture).components[0].scale
    let two = try #require(try fitted.predictive(step: 2) as? StudentMixture).components[0].scale
    let positions = [15, 16, 19]
    let expected =
      Self.windowVariance(positions: positions, step: 2, movement: 0.5)
      / Self.windowVariance(positions: positions, step: 1, movement: 0.5)
    #expect(agree(two * two / (one * one), expected, relative: 1e-12))
  }

  @Test("specifications are read, and written back")
  func grammar() throws {
    for text in ["naive", "drift", "mean", "seasonal-naive", "seasonal-naive(12)", "window-mean(4)"] {
      #expect(try ModelCatalogue.model(named: text).specification == text)
      #expect(try !ModelCatalogue.model(named: text).summary.isEmpty)
    }
    #expect(try ModelCatalogue.model(named: "seasonal-naive(season=7)").specification == "seasonal-naive(7)")
    #expect(WindowMean(window: 0).window == 2)
    for (text, expected) in [
      ("seasonal-naive(1)", "write a whole number from 2 to 1000"),
      ("window-mean", "observations is missing; window-mean needs it; write window-mean(3), for example"),
      ("window-mean(1)", "write a whole number from 2 to 1000"), ("mean(3)", "is not an option of mean"),
    ] {
      let said = try #require(sentence { _ = try ModelCatalogue.model(named: text) })
      #expect(said.contains(expected), "\(said)")
    }
  }

  @Test("what a benchmark cannot forecast is refused with a sentence")
  func refusals() throws {
    let values = (0..<30).map { Double($0 % 7) }
    let cases: [(String, any ForecastModel, Sample)] = [
      ("needs a series with a season", SeasonalNaive(), seasonal(values, season: 1)),
      (
        "seasonal-naive needs at least 32 observations and 30 are known", SeasonalNaive(),
        seasonal(values, season: 30)
      ),
      (
        "1 of them were never observed", SeasonalNaive(),
        seasonal(values.enumerated().map { $0.offset % 3 == 1 ? nil : $0.element }, season: 3)
      ),
      ("mean needs at least 3 observations", Mean(), seasonal([1, 2], season: 1)),
      (
        "window-mean(5) needs at least 8 observations", WindowMean(window: 5),
        seasonal(Array(values.prefix(7)), season: 1)
      ),
    ]
    for (expected, model, sample) in cases {
      let said = try #require(sentence { _ = try model.fit(sample) })
      #expect(said.contains(expected), "\(said)")
    }
  }

  @Test("paths scatter as the stated distributions do, past the first season too")
  func paths() throws {
    let values = (0..<26).map { (index: Int) -> Double in
      Double(10 + (index * 7) % 5 + (index % 4) * 3)
    }
    var gapped = values.map { Double?($0) }
    gapped[25] = nil
    gapped[23] = nil
    let models: [any ForecastModel] = [SeasonalNaive(), Mean(), WindowMean(window: 4)]
    for model in models {
      for sample in [seasonal(values, season: 4), seasonal(gapped, season: 4)] {
        let fitted = try model.fit(sample)
        let forecast = try Forecast(fitted, horizon: 10)
        let drawn = ForecastingTests.paths(of: fitted, 8000, horizon: 10)
        for step in [1, 4, 5, 10] {
          for probability in [0.1, 0.5, 0.9] {
            let quantile = try forecast.quantile(probability, step: step)
            let below = Double(drawn.count { $0[step - 1] <= quantile }) / 8000
            #expect(
              abs(below - probability) < 0.02, "\(model.specification) \(step) \(probability): \(below)")
          }
        }
      }
    }
  }
}
