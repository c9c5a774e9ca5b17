import Foundation
import RealModule
import Statistics
import Testing
import TimeSeries

@testable import Forecasting

/// Errors of models at single origins, one row each, all of one series unless told otherwise.
private func errors(_ rows: [[Double]], series: (Int) -> Int = { _ in 0 }) -> SharedErrors {
  SharedErrors(
    rows: rows.enumerated().map { SharedErrors.Row(series: series($0), errors: $1, weight: 1) },
    models: rows.first?.count ?? 0)
}

/// Errors of three models: one good, one with as much error of its own, one that only adds noise to the first.
private func threeModels(_ count: Int, seed: UInt64) -> [[Double]] {
  var stream = RandomStream(seed: seed, name: "three models")
  return (0..<count).map { _ in
    let (first, second) = (stream.normal(), stream.normal())
    return [first, second, first + 2 * stream.normal()]
  }
}

@Suite("Weights learned from earlier forecasts")
struct LearnedWeightsTests {
  private let equal = [1.0 / 3, 1.0 / 3, 1.0 / 3]

  @Test("in inverse proportion to the mean absolute error, drawn towards equal ones as stated")
  func inverse() {
    let rows = [[1.0, -2, 4], [-1, 2, -4], [1, -2, 4], [1, 2, 4], [-1, 2, 4]]
    let found = WeightLearning.weights(.inverseError, errors(rows), prior: equal)
    // 1 : 1/2 : 1/4 from five forecasts, and equal weights worth ten.
    let shares: [Double] = [4, 2, 1]
    let expected = shares.map { (share: Double) -> Double in (5 * share / 7 + 10 / 3) / 15 }
    for (value, wanted) in zip(found, expected) { #expect(agree(value, wanted, relative: 1e-12)) }
    #expect(WeightLearning.weights(.inverseError, errors([[0, 0, 0]]), prior: equal) == equal)
  }

  @Test("by stacking are those of the quadratic programme, solved by scipy.optimize.minimize 1.17.1")
  func stackedReference() throws {
    struct Reference: Decodable {
      let errors: [[Double]]
      let prior: [Double]
      let weights: [Double]
    }
    let url = try #require(
      Bundle.module.url(forResource: "stacking", withExtension: "json", subdirectory: "Fixtures/combination"))
    let references = try JSONDecoder().decode([Reference].self, from: try Data(contentsOf: url))
    #expect(references.count == 5)
    for reference in references {
      let found = WeightLearning.weights(.stacked, errors(reference.errors), prior: reference.prior)
      #expect(agree(found.reduce(0, +), 1, relative: 1e-12))
      for (value, expected) in zip(found, reference.weights) { #expect(abs(value - expected) < 2e-6) }
    }
  }

  @Test("by stacking find the best mixture where errors are many, and stay near equal where they are few")
  func stacked() {
    let many = WeightLearning.weights(.stacked, errors(threeModels(4000, seed: 1)), prior: equal)
    #expect(abs(many[0] - 0.5) < 0.04 && abs(many[1] - 0.5) < 0.04 && many[2] < 0.02, "\(many)")
    let few = WeightLearning.weights(.stacked, errors(threeModels(3, seed: 2)), prior: equal)
    #expect(few.allSatisfy { abs($0 - 1.0 / 3) < 0.15 }, "\(few)")
    // One error a million times too large is one error.
    let wild = WeightLearning.weights(
      .stacked, errors(threeModels(4000, seed: 1) + [[1e6, 0, 0]]), prior: equal)
    #expect(zip(wild, many).allSatisfy { abs($0 - $1) < 0.02 }, "\(wild)")
    #expect(WeightLearning.weights(.stacked, errors([[0, 0, 0]]), prior: equal) == equal)
    #expect(WeightLearning.weights(.stacked, errors([]), prior: equal) == equal)
    #expect(WeightLearning.weights(.mean, errors(threeModels(9, seed: 2)), prior: equal) == equal)
  }

  /// Series of which those of even number go on along a line and the others scatter about a level.
  private func pool(_ count: Int, isSplit: Bool) throws -> [Sample] {
    try (0..<count).map { index in
      var stream = RandomStream(seed: 41, name: "two kinds", path: UInt64(index))
      let slope = isSplit && index.isMultiple(of: 2) ? 3.0 : 0
      let values = (0..<14).map { 50 + slope * Double($0) + stream.normal() }
      return try Sample(
        try annual(values.map { $0 }, .score, area: "area \(index + 100)"), scale: .natural)
    }
  }

  @Test("over a pool are one set that all series share, and better than one series could know")
  func pooled() throws {
    let pool = try pool(16, isSplit: false)
    let model = try ModelCatalogue.model(named: "combination(mean,drift,weights=stacked,origins=5)")
    let fits = try model.fit(pool: pool, horizon: 2).map { try $0.get() }
    for fitted in fits { #expect(fitted.voices == fits[0].voices) }
    // About a level the mean is best, and the change since the first value is noise.
    #expect(fits[0].voices[0].weight > 0.65, "\(fits[0].voices)")
    let alone = try model.fit(pool[0])
    #expect(alone.voices[0].weight < fits[0].voices[0].weight)
    // In another order the answers are the same, each with its series.
    let backwards = try model.fit(pool: pool.reversed(), horizon: 2).map { try $0.get() }
    for (one, other) in zip(fits, backwards.reversed()) {
      #expect(one.voices == other.voices)
      #expect(try one.predictive(step: 2).quantile(0.9) == other.predictive(step: 2).quantile(0.9))
    }
    #expect(model.fit(pool: [], horizon: 2).isEmpty)
  }

  @Test("differ between kinds of series where the pool is large and the kinds differ, and only there")
  func byFeatures() throws {
    let model = try ModelCatalogue.model(named: "combination(mean,drift,weights=stacked,origins=4)")
    let two = try model.fit(pool: try pool(60, isSplit: true), horizon: 1).map { try $0.get() }
    #expect(two[0].voices[1].weight > 0.9, "\(two[0].voices)")
    #expect(two[1].voices[0].weight > 0.5, "\(two[1].voices)")
    #expect(two[0].remarks.contains { $0.contains("the weights are those of the series whose") })
    let one = try model.fit(pool: try pool(60, isSplit: false), horizon: 1).map { try $0.get() }
    #expect(one.allSatisfy { $0.voices[0].weight > 0.65 })
    let small = try model.fit(pool: try pool(24, isSplit: true), horizon: 1).map { try $0.get() }
    #expect(small.allSatisfy { $0.voices == small[0].voices })
  }

  @Test("are equal, and a remark says so, where nothing earlier was forecast by all models")
  func nothingToLearn() throws {
    let fitted = try ModelCatalogue.model(named: "combination(naive,drift,weights=stacked)").fit(
      try natural([4, 6, 5, 7]))
    #expect(fitted.voices.allSatisfy { $0.weight == 0.5 })
    #expect(fitted.remarks.contains { $0.contains("so the weights are equal") })
  }

  @Test("one series that no model can take does not stop the pool")
  func partialPool() throws {
    let pool = try pool(5, isSplit: false) + [try natural([3])]
    let fits = Combination([Mean(), Drift()], weighting: .inverseError).fit(pool: pool, horizon: 2)
    #expect(throws: ForecastingError.self) { try fits[5].get() }
    for fitted in fits.dropLast() { #expect(try fitted.get().voices.count == 2) }
    // Models on different scales, one of which a series does not allow.
    let signs = try natural([3, -2, 4, 1, -5, -8, -6, -11])
    let mixed = try ModelCatalogue.model(
      named: "combination(naive(scale=log),naive,weights=inverse-error)")
    let results = try mixed.fit(pool: pool.dropLast() + [signs], horizon: 2).map { try $0.get() }
    #expect(results[5].voices == [Voice("naive", weight: 1)])
    #expect(results[0].voices.count == 2)
  }

  @Test("cut a pool at one period for all, whenever its series begin and end")
  func cuts() throws {
    let long = try natural((0..<10).map { Double($0) })
    let late = try Sample(
      try annual([nil, nil, nil, nil, nil, 1, 2, 3, 4, 5, 6, 7], .score), scale: .natural)
    #expect(PastForecasts.offsets([long, late]) == [0, 5])
    let past = PastForecasts(Naive(), pool: [long, late], horizon: 1, origins: 3, isPooled: true)
    // The latest ends: 2010 of the late one, 2009 when the long one ends as well, and 2008.
    let seen = past.entries.map { [$0.series, $0.target, $0.step] }
    #expect(seen.contains([1, 6, 1]) && seen.contains([1, 5, 1]) && seen.contains([0, 9, 1]))
    #expect(past.entries.allSatisfy { $0.known.count == $0.target })
    let bare = Sample(
      name: "numbers", positions: [0, 1, 2], observed: [1, 2, 3], labels: ["1", "2", "3"], scale: .natural,
      samplingVariances: nil)
    #expect(PastForecasts.offsets([bare, long]) == [-2, -9])
    #expect(PastForecasts.offsets([long, bare]) == [-9, -2])
  }
}

@Suite("What kind of series it is")
struct SeriesFeaturesTests {
  @Test("a line has a trend and no season; noise has neither")
  func annualSeries() throws {
    var stream = RandomStream(seed: 3, name: "features")
    let line = SeriesFeatures(try natural((0..<20).map { 5 * Double($0) + stream.normal() }))
    #expect(line.length == 20 && line.trendStrength > 0.99 && line.seasonalStrength == 0)
    let noise = SeriesFeatures(try natural((0..<400).map { _ in 100 + stream.normal() }))
    #expect(noise.trendStrength < 0.05)
    #expect(abs(noise.persistence - 0.707) < 0.05, "\(noise.persistence)")
    #expect(abs(noise.noise - 0.01) < 0.001)
    var level = 100.0
    let walk = SeriesFeatures(
      try natural(
        (0..<100).map { _ in
          level += stream.normal()
          return level
        }))
    #expect(walk.persistence > 1.2)
  }

  @Test("months with a season have one")
  func monthly() throws {
    let first = Period.month(containing: try #require(CivilDate("2019-01-15")))
    let points = (0..<60).map { index in
      let season = 0.3 * Double.sin(2 * Double.pi * Double(index) / 12)
      return DataPoint(first.advanced(by: index), 200 * Double.exp(season))
    }
    let series = try Series(
      id: "months", measure: Measure(id: "months", unit: .rate(per: 1000)), points: points)
    let features = SeriesFeatures(try Sample(series))
    #expect(features.seasonalStrength > 0.95, "\(features)")
  }

  @Test("too little to tell by gives zeros, never what is no number")
  func degenerate() throws {
    for values in [[4.0], [4, 4, 4], [0, 0]] {
      let features = SeriesFeatures(try natural(values.map { $0 }))
      #expect(features.length == Double(values.count))
      #expect(features.trendStrength == 0 && features.persistence == 0 && features.noise == 0)
    }
  }
}
