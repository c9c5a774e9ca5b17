import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// A random walk with drift on the natural scale.
private func walk(_ count: Int, path: UInt64, drift: Double, noise: Double = 1) -> [Double?] {
  var stream = RandomStream(seed: 77, name: "combination walk", path: path)
  var level = 100.0
  return (0..<count).map { _ in
    level += drift + noise * stream.normal()
    return level
  }
}

@Suite("Several models that speak together")
struct CombinationTests {
  private func fit(_ text: String, _ sample: Sample) throws -> any FittedModel {
    try ModelCatalogue.model(named: text).fit(sample)
  }

  @Test("by the mean has the average of their quantiles, and names each with its share")
  func mean() throws {
    let sample = try natural(walk(20, path: 1, drift: 1))
    let parts = try ["naive", "drift", "linear-trend"].map { try fit($0, sample) }
    let together = try fit("combination(naive,drift,linear-trend,weights=mean)", sample)
    for step in [1, 3] {
      for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
        let expected = try parts.reduce(0) { try $0 + $1.predictive(step: step).quantile(p) / 3 }
        #expect(agree(try together.predictive(step: step).quantile(p), expected, relative: 1e-12))
      }
      let expected = try parts.reduce(0) { try $0 + $1.predictive(step: step).mean / 3 }
      #expect(agree(try Forecast(together, horizon: 3).mean(step: step), expected, relative: 1e-9))
    }
    #expect(together.voices.map(\.specification) == ["naive", "drift", "linear-trend"])
    #expect(together.voices.allSatisfy { agree($0.weight, 1.0 / 3, relative: 1e-12) })
    #expect(together.parameters.map(\.value) == together.voices.map(\.weight))
    #expect(together.specification == "combination(naive,drift,linear-trend,weights=mean)")
    #expect(together.residualPositions.count == together.residuals.count)
  }

  @Test("by the median stands where the middle one stands, whatever the one furthest away says")
  func median() throws {
    let sample = try natural(walk(16, path: 2, drift: 3))
    let together = try fit("combination(naive,drift,mean)", sample)
    let medians = try ["naive", "drift", "mean"].map { try fit($0, sample).predictive(step: 2).quantile(0.5) }
    #expect(
      agree(try together.predictive(step: 2).quantile(0.5), medians.sorted()[1], relative: 1e-12))
    #expect(abs(medians[2] - medians.sorted()[1]) > 10)
    // The width is the average of theirs.
    let widths = try ["naive", "drift", "mean"].map { text in
      let one = try fit(text, sample).predictive(step: 2)
      return try one.quantile(0.9) - one.quantile(0.1)
    }
    let whole = try together.predictive(step: 2)
    let width = try whole.quantile(0.9) - whole.quantile(0.1)
    #expect(agree(width, widths.reduce(0, +) / 3, relative: 1e-12))
    let four = try fit("combination(naive,drift,mean,linear-trend)", sample)
    let both = (medians + [try fit("linear-trend", sample).predictive(step: 2).quantile(0.5)]).sorted()
    #expect(
      agree(try four.predictive(step: 2).quantile(0.5), (both[1] + both[2]) / 2, relative: 1e-12))
  }

  @Test("on different scales is the average in the unit of the series")
  func mixedScales() throws {
    let series = try annual([40, 44, 47, 43, 52, 55, 60, 58, 66, 71])
    let model = try ModelCatalogue.model(named: "combination(naive,naive(scale=natural),weights=mean)")
    let sample = try model.sample(series)
    #expect(sample.scale == .natural)
    let together = try Forecast(try model.fit(sample), horizon: 2)
    let logs = try Forecast(try Naive().fit(try Sample(series)), horizon: 2)
    let plain = try Forecast(try Naive().fit(try Sample(series, scale: .natural)), horizon: 2)
    for p in [0.025, 0.2, 0.5, 0.8, 0.975] {
      let expected = try (logs.quantile(p, step: 2) + plain.quantile(p, step: 2)) / 2
      #expect(agree(try together.quantile(p, step: 2), expected, relative: 1e-12))
    }
    let expected = try (logs.mean(step: 2) + plain.mean(step: 2)) / 2
    #expect(agree(try together.mean(step: 2), expected, relative: 1e-6))
    #expect(together.model.residuals.count == 9)
    // A sample on another scale is carried to the unit as well.
    let carried = try Forecast(try model.fit(try Sample(series)), horizon: 2)
    #expect(try carried.quantile(0.3, step: 1) == together.quantile(0.3, step: 1))
    // What follows from counts alone stands beside what works on logarithms.
    let counts = try ModelCatalogue.model(named: "combination(poisson(linear),drift)")
    let joined = try Forecast(try counts.fit(try counts.sample(series)), horizon: 3)
    #expect(try joined.median(step: 1) > 50 && joined.median(step: 1) < 100)
    #expect(joined.model.voices.count == 2)
  }

  @Test("draws paths with the combined distribution at each step and the voices' correlation between steps")
  func jointPaths() throws {
    let sample = try natural(walk(14, path: 3, drift: 1))
    let voices = try ["naive", "drift"].map { try fit($0, sample) }
    let together = try fit("combination(naive,drift,weights=mean)", sample)
    let count = 20_000
    let drawn = paths(of: together, count, horizon: 3)
    for step in 1...3 {
      let values = drawn.map { $0[step - 1] }.sorted()
      for p in [0.025, 0.1, 0.5, 0.9, 0.975] {
        let quantile = try together.predictive(step: step).quantile(p)
        let share = Double(values.count { $0 <= quantile }) / Double(count)
        // Four standard errors of a share.
        #expect(abs(share - p) < 4 * (p * (1 - p) / Double(count)).squareRoot(), "\(step), \(p): \(share)")
      }
    }
    // Of the ranks, so that the shape of the margins does not matter.
    func correlation(_ paths: [[Double]]) -> Double {
      func scores(_ step: Int) -> [Double] {
        let order = paths.indices.sorted { paths[$0][step] < paths[$1][step] }
        var ranks = [Double](repeating: 0, count: paths.count)
        for (rank, path) in order.enumerated() { ranks[path] = Double(rank) - Double(paths.count - 1) / 2 }
        return ranks
      }
      let (first, last) = (scores(0), scores(2))
      let squares = first.reduce(0) { $0 + $1 * $1 }
      return zip(first, last).reduce(0) { $0 + $1.0 * $1.1 } / squares
    }
    let own = voices.map { correlation(paths(of: $0, count, horizon: 3)) }
    let found = correlation(drawn)
    #expect(found > 0.4)
    #expect(abs(found - (own[0] + own[1]) / 2) < 0.02, "\(found) of \(own)")
    // A longer path begins with other maps and the same voices: the first steps stay.
    #expect(paths(of: together, 3, horizon: 2).allSatisfy { $0.allSatisfy(\.isFinite) })
  }

  @Test("leaves out what cannot be fitted, says so and shares its weight; and refuses when nothing is left")
  func leftOut() throws {
    let short = try natural([4, 6, 5])
    let model = try ModelCatalogue.model(named: "combination(naive,drift,linear-trend,weights=mean)")
    let fitted = try model.fit(short)
    #expect(fitted.voices == [Voice("naive", weight: 1)])
    #expect(fitted.specification == "combination(naive,weights=mean)")
    #expect(fitted.remarks.count { $0.contains("was left out") } == 2)
    let one = sentence { _ = try model.fit(try natural([4])) } ?? ""
    #expect(one.contains("naive was left out") && one.contains("linear-trend was left out"), "\(one)")
    #expect(throws: ForecastingError.self) { try Combination([]).fit(short) }
    // A scale that the values do not allow is a reason like any other.
    let signs = try annual([3, -2, 4, 1, -5, -8, -6, -11], .score)
    let logs = try ModelCatalogue.model(named: "combination(naive(scale=log),drift)")
    let rest = try logs.fit(try logs.sample(signs))
    #expect(rest.voices.map(\.specification) == ["drift"])
    #expect(rest.remarks.contains { $0.contains("logarithms need values that are never negative") })
  }

  @Test(
    "refuses what is not written as it should be, and says where",
    arguments: [
      ("combination()", "the models are missing"),
      ("combination(naive,drift,weights=best)", "write median, mean, inverse-error or stacked"),
      ("combination(naive,drift,origins=5)", "origins counts for learned weights alone"),
      ("combination(naive,drift,weights=stacked,origins=0)", "a whole number from 1 to 100"),
      ("combination(naive,nonsense)", "there is no model"),
      ("combination(naive,window=3)", "its options are"),
      ("combination(naive)(drift)", "one list of options"),
      ("conformal()", "the model that is to be calibrated is missing"),
      ("conformal(naive,drift)", "its options are"),
      ("conformal(naive,origins=two)", "a whole number from 1 to 1000"),
    ])
  func grammar(text: String, reason: String) {
    let error = sentence { _ = try ModelCatalogue.model(named: text) } ?? ""
    #expect(error.contains(reason), "\(error)")
  }

  @Test("is written as it was described, models with two pairs of parentheses between quotation marks")
  func specification() throws {
    let arima = try ModelCatalogue.model(named: "arima(0,1,1)(0,1,1)12")
    let model = Combination([Naive(), arima], weighting: .stacked, origins: 5)
    #expect(
      model.specification == "combination(naive,\"arima(0,1,1)(0,1,1)12\",weights=stacked,origins=5)")
    let read = try #require(try ModelCatalogue.model(named: model.specification) as? Combination)
    #expect(read.models.count == 2 && read.origins == 5 && read.weighting == .stacked)
    #expect(Combination([Naive()], origins: -3).origins == 1)
    #expect(model.summary.contains("average of 2 models"))
    #expect(Combination([]).minimumObservations == 1 && Combination([]).scaleChoice == .unit)
    let rescaled = try ModelCatalogue.model(named: "combination(naive,drift,scale=log)")
    let fitted = try rescaled.fit(try rescaled.sample(try annual([3, 5, 4, 6, 7, 9, 8], .score)))
    #expect(fitted.voices.count == 2)
    #expect(fitted.specification == "combination(naive,drift,scale=log)")
    // Its pool is that of the combination, and so are the voices inside a seasonal adjustment.
    let both = rescaled.fit(pool: [fitted.sample, try natural([3])], horizon: 2)
    #expect(try both[0].get().specification == fitted.specification)
    #expect(throws: ForecastingError.self) { try both[1].get() }
    let adjusted = try ModelCatalogue.model(named: "stl(combination(naive,drift))")
    let months = try #require(try OrdinarySeries.sound().first).series
    #expect(try adjusted.fit(try adjusted.sample(months)).voices.count == 2)
  }
}
