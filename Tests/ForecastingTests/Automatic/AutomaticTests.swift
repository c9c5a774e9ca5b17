import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("The automatic forecaster")
struct AutomaticTests {
  private func walk(_ count: Int, path: UInt64, start: Double = 500, step: Double = 10) -> [Double] {
    var stream = RandomStream(seed: 3, name: "walk", path: path)
    var level = start
    return (0..<count).map { _ in
      level += step * stream.normal()
      return level
    }
  }

  @Test("the members speak with weights that sum to one, and what was not tried says why")
  func explanation() throws {
    for unit in [TimeSeries.Unit.count, .score, .percentage] {
      let choice = try Automatic().choose(
        try Sample(try annual([21, 24, 22, 27, 29, 28, 33, 35, 34, 38], unit)))
      #expect(choice.fitted.specification == "automatic")
      let voices = choice.fitted.voices
      #expect(voices.count == 6)
      #expect(agree(voices.reduce(0) { $0 + $1.weight }, 1, relative: 1e-12))
      #expect(voices.map(\.weight) == voices.map(\.weight).sorted(by: >))
      #expect(choice.candidates.map(\.specification) == voices.map(\.specification))
      #expect(choice.candidates.allSatisfy { ($0.score ?? -1) >= 0 && $0.refusal == nil })
      #expect(choice.forecastsScored > 8)
    }
    let negative = try Automatic().choose(try natural([3, -2, 4, 1, -5, -8, -6, -11]))
    #expect(negative.candidates.last?.refusal == "needs values above zero")
    #expect(negative.fitted.voices.allSatisfy { !$0.specification.hasPrefix("log") })
    let short = try Automatic().choose(try natural([10, 12, 11]))
    #expect(short.fitted.voices.map(\.specification).sorted() == ["drift", "naive"])
    #expect(short.candidates.last?.refusal == "needs at least 4 observations")
  }

  @Test("a smaller error earns a greater weight, and more so in a longer series")
  func weights() throws {
    func ratio(_ count: Int) throws -> Double {
      let values = (0..<count).map { (index: Int) -> Double? in
        let noise = index % 3 == 0 ? 1.5 : -1.0
        return 100 + 5 * Double(index) + noise
      }
      let parts = try Automatic().choose(try natural(values)).candidates
      let drift = try #require(parts.first { $0.specification == "drift" })
      let naive = try #require(parts.first { $0.specification == "naive" })
      #expect(try #require(drift.score) < (try #require(naive.score)))
      return try #require(drift.weight) / (try #require(naive.weight))
    }
    #expect(try ratio(12) > 1)
    #expect(try ratio(60) > 1.5 * (try ratio(12)))
  }

  @Test("a clean trend is continued, and a walk is left near where it stands")
  func trendAndWalk() throws {
    let line = try Forecast(
      try Automatic().fit(try natural((0..<20).map { 100 + 5 * Double($0) })), horizon: 4)
    for step in 1...4 {
      // The last value is 195; a fifth of the growth is what caution may cost.
      #expect(abs(try line.median(step: step) - (195 + 5 * Double(step))) < Double(step))
    }
    var moves = 0.0
    for path in 0..<50 as Range<UInt64> {
      let values = walk(20, path: path)
      let forecast = try Forecast(try Automatic().fit(try natural(values)), horizon: 3)
      moves += abs(try forecast.median(step: 3) - values[19]) / 50
    }
    #expect(moves < 15)
  }

  @Test("a season is found, said and continued", arguments: [4, 12])
  func season(period: Int) throws {
    let shape = (0..<period).map { (place: Int) -> Double in [1, 1.3, 1, 0.8][place % 4] }
    let values = (0..<(6 * period)).map { (index: Int) -> Double in
      (200 + Double(index)) * shape[index % period]
    }
    let sample = try seasonal(values, period: period)
    let fitted = try Automatic().fit(sample)
    #expect(fitted.remarks.contains { $0.contains("a season of \(period) periods is seen") })
    #expect(fitted.voices.contains { $0.specification.hasPrefix("log holt-winters") })
    let forecast = try Forecast(fitted, horizon: period)
    for step in 1...period {
      let index = values.count + step - 1
      let truth = (200 + Double(index)) * shape[index % period]
      #expect(abs(try forecast.median(step: step) / truth - 1) < 0.02, "step \(step)")
    }
  }

  private func seasonal(_ values: [Double], period: Int) throws -> Sample {
    let first: Period =
      period == 12
      ? try #require(.month(year: 2010, month: 1)) : try #require(.quarter(1, ofYear: 2010, .calendar))
    return try Sample(
      try Series(
        id: "s", measure: Measure(id: "s", unit: .score),
        points: values.enumerated().map { DataPoint(first.advanced(by: $0.offset), $0.element) }))
  }

  @Test("a step is forecast alike whatever the horizon, and whoever asks first")
  func horizons() throws {
    var stream = RandomStream(seed: 5, name: "months")
    let values = (0..<60).map { (index: Int) -> Double in
      let mean = 100 + 0.5 * Double(index) + 10 * Double(index % 12)
      return mean + 5 * stream.normal()
    }
    let sample = try seasonal(values, period: 12)
    let short = try Automatic().fit(sample).predictive(horizon: 7)
    let fitted = try Automatic().fit(sample)
    let long = try fitted.predictive(horizon: 40)
    for (first, second) in zip(short, long) {
      #expect(try first.quantile(0.1) == second.quantile(0.1))
      #expect(first.mean == second.mean)
    }
    #expect(try fitted.predictive(step: 7).mean == long[6].mean)
  }

  @Test("one and two observations stand, with a width that is said to be assumed")
  func fewest() throws {
    let one = try Automatic().choose(try natural([100]))
    #expect(one.forecastsScored == 0)
    #expect(one.fitted.remarks.first?.contains("assumes that figures like this change by a tenth") == true)
    let forecast = try Forecast(one.fitted, horizon: 2)
    #expect(try forecast.median(step: 1) == 100)
    // A tenth of a hundred, at the 90 per cent point of Student's t with three degrees of freedom.
    #expect(agree(try forecast.interval(0.8, step: 1).upperBound, 100 + 10 * 1.637744353696, relative: 1e-9))
    #expect(try forecast.interval(0.8, step: 2).upperBound > forecast.interval(0.8, step: 1).upperBound)
    let two = try Forecast(try Automatic().fit(try natural([50, 100])), horizon: 1)
    #expect(try two.median(step: 1) == 100)
    #expect(agree(try two.interval(0.8, step: 1).upperBound, 100 + 50 * 1.637744353696, relative: 1e-9))
    for values in [[0.0], [0, 0]] {
      #expect(throws: ForecastingError.self) { try Automatic().fit(try natural(values)) }
    }
  }

  @Test("with few values only a part of the change is believed")
  func caution() throws {
    let fitted = try Automatic().fit(try natural([10, 20, 30, 40]))
    let median = try Forecast(fitted, horizon: 1).median(step: 1)
    #expect(median > 41 && median < 46)
    #expect(fitted.remarks.contains { $0.contains("only 4 eighths of the change") })
  }

  @Test("gaps are filled for the recursions, said, and never judged")
  func gaps() throws {
    let values: [Double?] = [10, 12, nil, 14, 13, 17, nil, nil, 20, 22, 21]
    let fitted = try Automatic().fit(try natural(values))
    #expect(fitted.remarks.contains { $0.contains("3 periods have no value") })
    #expect(!fitted.residualPositions.contains { values[$0] == nil })
    #expect(fitted.residuals.count == fitted.residualPositions.count)
    let interval = try Forecast(fitted, horizon: 3).interval(0.95, step: 3)
    #expect(interval.lowerBound < 21 && interval.upperBound > 23)
  }

  @Test("intervals of walks hold as often as they say", arguments: [6, 20, 60])
  func calibration(count: Int) throws {
    var held = 0
    var wide = 0
    for path in 0..<300 as Range<UInt64> {
      let values = walk(count + 2, path: path)
      let forecast = try Forecast(try Automatic().fit(try natural(Array(values.prefix(count)))), horizon: 2)
      for step in 1...2 {
        if try forecast.interval(0.8, step: step).contains(values[count + step - 1]) { held += 1 }
        if try forecast.interval(0.95, step: step).contains(values[count + step - 1]) { wide += 1 }
      }
    }
    // Of 600; the binomial error of pairs that hold or fail together is about two per cent.
    #expect((440...560).contains(held), "\(held)")
    #expect(wide >= 545, "\(wide)")
  }

  @Test(
    "odd series get finite intervals inside their bounds",
    arguments: [
      [67.0, 67, 67, 67, 67], [0, 0, 0, 0, 0, 0], [3, 4, 3, 5, 1e12, 4, 3], [100, 100, 100, 99.9],
      [1e-12, 2e-12, 1e-12, 3e-12, 2e-12], [0, 0, 0, 50, 0, 0, 0, 0],
    ])
  func odd(values: [Double]) throws {
    for unit in [TimeSeries.Unit.score, .count, .percentage, .pounds] {
      if unit == .percentage, values.contains(where: { $0 > 100 }) { continue }
      let sample = try Sample(try annual(values, unit))
      let forecast = try Forecast(try Automatic().fit(sample), horizon: 5)
      for step in 1...5 {
        var last = -Double.infinity
        for probability in [0.025, 0.1, 0.5, 0.9, 0.975] {
          let value = try forecast.quantile(probability, step: step)
          #expect(value.isFinite && value >= last)
          last = value
        }
        #expect(try forecast.mean(step: step).isFinite)
        #expect(last <= unit.upperBound ?? .infinity)
        #expect(try forecast.quantile(0.025, step: step) >= unit.lowerBound ?? -.infinity)
      }
    }
  }

  @Test("a larger unit gives the same forecast in that unit")
  func equivariance() throws {
    let values = walk(15, path: 7)
    let one = try Forecast(try Automatic().fit(try natural(values)), horizon: 3)
    let thousand = try Forecast(try Automatic().fit(try natural(values.map { $0 * 1024 })), horizon: 3)
    for step in 1...3 {
      #expect(agree(try thousand.median(step: step), 1024 * (try one.median(step: step)), relative: 1e-9))
      #expect(
        agree(
          try thousand.interval(0.95, step: step).upperBound,
          1024 * (try one.interval(0.95, step: step).upperBound),
          relative: 1e-6))
    }
  }

  @Test("paths keep the marginals of the steps, and their errors go together")
  func paths() throws {
    let fitted = try Automatic().fit(try natural(walk(30, path: 2)))
    let drawn = Self.draws(of: fitted, 4000, horizon: 3)
    for step in 0..<3 {
      let sorted = drawn.map { $0[step] }.sorted()
      let distribution = try fitted.predictive(step: step + 1)
      let width = try distribution.quantile(0.9) - distribution.quantile(0.1)
      for probability in [0.1, 0.5, 0.9] {
        #expect(
          abs(sorted[Int(4000 * probability)] - (try distribution.quantile(probability))) < 0.06 * width)
      }
    }
    let medians = try (1...3).map { try fitted.predictive(step: $0).quantile(0.5) }
    let together = drawn.count { ($0[1] > medians[1]) == ($0[2] > medians[2]) }
    #expect(together > 2200)
    // The same seed draws the same paths.
    #expect(Self.draws(of: fitted, 10, horizon: 3) == Self.draws(of: fitted, 10, horizon: 3))
  }

  private static func draws(of fitted: any FittedModel, _ count: Int, horizon: Int) -> [[Double]] {
    (0..<count).map { path in
      var stream = RandomStream(seed: 9, name: "paths", path: UInt64(path))
      var steps = [Double](repeating: 0, count: horizon)
      steps.withUnsafeMutableBufferPointer { fitted.draw(path: $0, from: &stream) }
      return steps
    }
  }

  @Test("observations that lie hundreds of periods apart are refused with a sentence")
  func sparse() throws {
    let sample = Sample(
      name: "sparse", positions: [0, 1, 200_000], observed: [1, 2, 3], labels: ["a", "b", "c"],
      scale: .natural,
      samplingVariances: nil)
    let said = try #require(sentence { _ = try Automatic().fit(sample) })
    #expect(said.contains("automatic needs observations that lie closer together: 3 stand in 200001 periods"))
  }
}
