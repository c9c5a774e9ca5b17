import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Pools: series that lend strength to each other") struct PooledTrendTests {
  @Test("a shared trend is forecast better than by each series alone and than by no change") func accuracy()
    throws
  {
    let example = PoolExample(growth: 0.06, ownSpread: 0.06)
    var errors = (pooled: 0.0, drift: 0.0, naive: 0.0)
    for path in 0..<6 {
      let values = example.values(path: UInt64(path))
      let samples = try example.samples(values, known: 6)
      for (index, model) in try fitted(samples).enumerated() {
        let actual = values[index][7]
        errors.pooled += abs(try Forecast(model, horizon: 2).median(step: 2) - actual)
        errors.drift += abs(try Forecast(Drift().fit(samples[index]), horizon: 2).median(step: 2) - actual)
        errors.naive += abs(values[index][5] - actual)
      }
    }
    #expect(errors.pooled < 0.95 * errors.drift, "\(errors)")
    #expect(errors.pooled < 0.75 * errors.naive, "\(errors)")
  }

  @Test("a pool of walks without a trend is forecast no worse than by no change") func walks() throws {
    let example = PoolExample(growth: 0, growthSpread: 0, ownSpread: 0.05)
    var errors = (pooled: 0.0, naive: 0.0)
    for path in 0..<6 {
      let values = example.values(path: UInt64(path))
      for (index, model) in try fitted(example.samples(values, known: 7)).enumerated() {
        errors.pooled += abs(try Forecast(model, horizon: 2).median(step: 2) - values[index][8])
        errors.naive += abs(values[index][6] - values[index][8])
      }
    }
    #expect(errors.pooled < 1.03 * errors.naive)
  }

  @Test("what returns to its own mean is forecast to return") func reverting() throws {
    var stream = RandomStream(seed: 11, name: "reverting")
    var pooled = 0.0
    var naive = 0.0
    let values = (0..<40).map { _ in (0..<8).map { _ in 50 + 4 * stream.normal() } }
    let example = PoolExample()
    for (index, model) in try fitted(example.samples(values, known: 7)).enumerated() {
      pooled += abs(try Forecast(model, horizon: 1).median(step: 1) - values[index][7])
      naive += abs(values[index][6] - values[index][7])
    }
    #expect(pooled < 0.85 * naive)
  }

  @Test("intervals hold on pools with a common shock in every year") func coverage() throws {
    let example = PoolExample(areas: 24, growth: 0.03, growthSpread: 0.03, ownSpread: 0.04)
    var held = (eighty: 0, ninetyFive: 0, all: 0)
    for path in 100..<180 {
      let values = example.values(path: UInt64(path))
      for (index, model) in try fitted(example.samples(values, known: 7)).enumerated() {
        let forecast = try Forecast(model, horizon: 2)
        for step in 1...2 {
          held.all += 1
          let actual = values[index][6 + step]
          if try forecast.interval(0.8, step: step).contains(actual) { held.eighty += 1 }
          if try forecast.interval(0.95, step: step).contains(actual) { held.ninetyFive += 1 }
        }
      }
    }
    let eighty = Double(held.eighty) / Double(held.all)
    let ninetyFive = Double(held.ninetyFive) / Double(held.all)
    #expect((0.74...0.88).contains(eighty), "80 % held \(eighty)")
    #expect((0.92...0.985).contains(ninetyFive), "95 % held \(ninetyFive)")
  }

  @Test("neither the order of the series nor the horizon changes an answer") func order() throws {
    let example = PoolExample()
    let samples = try example.samples(example.values(path: 3), known: 8)
    let forwards = try fitted(samples)
    let backwards = try fitted(samples.reversed(), horizon: 5).reversed()
    for (first, second) in zip(forwards, backwards) {
      for step in 1...2 {
        let left = try Forecast(first, horizon: 2)
        let right = try Forecast(second, horizon: 2)
        for p in [0.025, 0.5, 0.9] {
          #expect(try left.quantile(p, step: step) == right.quantile(p, step: step))
        }
      }
    }
  }

  @Test("paths have the quantiles of the forecast, and stay together from step to step") func joint() throws {
    let example = PoolExample()
    let model = try fitted(example.samples(example.values(path: 5), known: 8), horizon: 3)[0]
    let forecast = try Forecast(model, horizon: 3)
    let drawn = paths(of: model, 8000, horizon: 3)
    for step in 1...3 {
      let ordered = drawn.map { $0[step - 1] }.sorted()
      for p in [0.1, 0.5, 0.9] {
        let share = Double(ordered.count { $0 <= (try? forecast.quantile(p, step: step)) ?? .nan }) / 8000
        #expect(abs(share - p) < 0.02)
      }
    }
    let together = drawn.count { ($0[0] > drawn[0][0]) == ($0[2] > drawn[0][2]) }
    #expect(together > 4800)
  }

  @Test("different lengths, gaps and a series that ended early are all forecast") func ragged() throws {
    let example = PoolExample(areas: 12)
    let values = example.values(path: 8)
    var samples = try example.samples(values, known: 8)
    samples[0] = try example.sample(values[0][5..<8].map { $0 }, name: "short", start: 2015)
    samples[1] = try example.sample(values[1][7..<8].map { $0 }, name: "one year", start: 2017)
    var gaps: [Double?] = values[2].prefix(8).map { $0 }
    gaps[3] = nil
    gaps[4] = nil
    samples[2] = try example.sample(gaps, name: "gaps")
    samples[3] = try example.sample(values[3].prefix(6).map { $0 }, name: "ended early")
    for (index, model) in try fitted(samples, horizon: 4).enumerated() {
      let forecast = try Forecast(model, horizon: 6)
      for step in 1...6 {
        let interval = try forecast.interval(0.95, step: step)
        #expect(interval.lowerBound > 0 && interval.upperBound.isFinite)
        #expect(interval.upperBound > interval.lowerBound)
      }
      let last = try #require(samples[index].observed.last)
      #expect((0.7...1.6).contains(try forecast.median(step: 1) / last))
    }
    // What the others did in the two years that it missed is known, so its first two steps are surer.
    let early = try Forecast(try fitted(samples)[3], horizon: 2)
    let whole = try Forecast(try fitted(samples)[4], horizon: 2)
    func width(_ forecast: Forecast, _ sample: Sample) throws -> Double {
      let interval = try forecast.interval(0.95, step: 2)
      return (interval.upperBound - interval.lowerBound) / (sample.observed.last ?? 1)
    }
    #expect(try width(early, samples[3]) < 1.2 * width(whole, samples[4]))
  }

  @Test("a year that nobody published is a gap for all") func sharedGap() throws {
    let example = PoolExample(areas: 20, growth: 0.05, growthSpread: 0.002, ownSpread: 0.01)
    let values = example.values(path: 9)
    let samples = try values.enumerated().map { index, values in
      var known: [Double?] = values.prefix(8).map { $0 }
      known[4] = nil
      known[5] = nil
      return try example.sample(known, name: "area \(index)")
    }
    for (index, model) in try fitted(samples).enumerated() {
      let ratio = try Forecast(model, horizon: 1).median(step: 1) / values[index][7]
      #expect((1.0...1.11).contains(ratio))
    }
  }

  @Test("constant series, zeros and one huge value have finite answers of honest width") func hostile() throws
  {
    let example = PoolExample(areas: 10)
    var samples = try example.samples(example.values(path: 10), known: 7)
    samples.append(try example.sample([5, 5, 5, 5, 5, 5, 5], name: "constant"))
    samples.append(try example.sample([0, 0, 0, 0, 0, 0, 0], name: "zero"))
    samples.append(try example.sample([5, 6, 5, 6, 5, 6, 1e12], name: "huge"))
    samples.append(try example.sample([-3, 4, -2, 1, 0, 2, -1], name: "balance"))
    let results = Automatic().fit(pool: samples, horizon: 3)
    for model in try results.map({ try $0.get() }) {
      let forecast = try Forecast(model, horizon: 3)
      for step in 1...3 {
        var before = -Double.infinity
        for p in [0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999] {
          let quantile = try forecast.quantile(p, step: step)
          #expect(quantile.isFinite && quantile >= before)
          before = quantile
        }
        #expect(
          try forecast.interval(0.95, step: step).upperBound > forecast.interval(0.95, step: step).lowerBound)
        #expect(try forecast.mean(step: step).isFinite)
      }
    }
    // What is a thousand times the rest does not speak for others.
    let others = PooledTrend().fit(pool: samples.filter { $0.name != "huge" }, horizon: 3)
    let before = try Forecast(try #require(results.first).get(), horizon: 3)
    let after = try Forecast(try #require(others.first).get(), horizon: 3)
    #expect(try before.interval(0.95, step: 3) == after.interval(0.95, step: 3))
    let still = try (0..<6).map { try example.sample([4, 4, 4, 4], name: "still \($0)") }
    for model in try fitted(still) {
      #expect(abs(try Forecast(model, horizon: 1).median(step: 1) - 4) < 0.1)
    }
  }

  @Test("bounds of the unit hold") func bounds() throws {
    let example = PoolExample(areas: 8, unit: .percentage)
    var stream = RandomStream(seed: 4, name: "shares")
    let samples = try (0..<8).map { area in
      try example.sample((0..<6).map { _ in 97 + 2.9 * stream.uniform() }, name: "area \(area)")
    }
    for model in try fitted(samples, horizon: 4) {
      let interval = try Forecast(model, horizon: 4).interval(0.95, step: 4)
      #expect(interval.lowerBound >= 0 && interval.upperBound <= 100)
    }
  }

  @Test("a panel whose series share no dates leaves each to itself") func noCommonDates() throws {
    let example = PoolExample(areas: 6)
    let values = example.values(path: 12)
    let samples = try values.enumerated().map { index, values in
      try example.sample(values.prefix(7).map { $0 }, name: "area \(index)", start: 1950 + 12 * index)
    }
    #expect(PooledTrend().fit(pool: samples, horizon: 2).allSatisfy { (try? $0.get()) == nil })
    for (sample, model) in zip(samples, Automatic().fit(pool: samples, horizon: 2)) {
      let together = try Forecast(try model.get(), horizon: 2).interval(0.95, step: 2)
      let alone = try Forecast(try Automatic().fit(sample), horizon: 2).interval(0.95, step: 2)
      #expect(together == alone)
    }
  }

  @Test("a smooth series that began and ended before the others harms nobody") func early() throws {
    let example = PoolExample(areas: 10)
    let values = example.values(path: 14)
    var samples = try example.samples(values, known: 8)
    let without = try fitted(samples)
    samples.append(try example.sample([50, 59, 68, 77, 86], name: "old", start: 2006))
    let with = Automatic().fit(pool: samples, horizon: 2)
    for (index, model) in without.enumerated() {
      let interval = try Forecast(model, horizon: 2).interval(0.95, step: 2)
      #expect(try Forecast(try with[index].get(), horizon: 2).interval(0.95, step: 2) == interval)
    }
    let old = try Forecast(try #require(with.last).get(), horizon: 2)
    #expect((80...110).contains(try old.median(step: 2)))
    #expect(try old.interval(0.95, step: 2).upperBound - old.interval(0.95, step: 2).lowerBound > 4)
  }

  @Test("a model says who spoke and what was learned") func account() throws {
    let example = PoolExample(growth: 0.08, growthSpread: 0.005, start: 2015)
    let model = try fitted(example.samples(example.values(path: 2), known: 8))[0]
    #expect(abs(model.voices.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
    #expect((model.voices.last?.weight ?? 0) > 0.9)
    #expect(model.remarks.first == "forecast with 39 other series of its pool")
    #expect(model.parameters.map(\.name).contains("momentum"))
    #expect(model.parameterScale == "relative change" && model.parameterCount == 2)
    #expect(model.residuals.count == 7 && model.residualPositions == Array(1...7))
    #expect(model.specification == "pooled-trend")
    #expect(throws: ForecastingError.horizon(0)) { try model.predictive(step: 0) }
  }

  @Test("fewer than four series are no pool, and the sentence says what to do") func tooFew() throws {
    let example = PoolExample(areas: 3)
    let results = PooledTrend().fit(pool: try example.samples(example.values(path: 1), known: 6), horizon: 2)
    #expect(results.count == 3)
    for result in results {
      #expect(
        sentence { _ = try result.get() }?.contains("learns from at least 4 series together") == true)
    }
    #expect(PooledTrend().fit(pool: [], horizon: 2).isEmpty)
  }
}
