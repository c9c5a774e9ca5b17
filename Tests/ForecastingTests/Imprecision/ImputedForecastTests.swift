import Foundation
import Statistics
import Synchronization
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Forecasts through figures known within bounds only")
struct ImputedForecastTests {
  private func forecast(_ figures: [Observation], _ model: any ForecastModel = Naive()) throws -> Forecast {
    try Forecast(try model.learn(from: try Sample(try published(figures))), horizon: 3)
  }

  @Test("A hidden 1 to 7 gives a forecast between that of 1 and that of 7", arguments: [0, 1, 2, 3])
  func between(hidden: Int) throws {
    func figures(_ figure: Observation) -> [Observation] {
      var all: [Observation] = [.value(6), .value(5), .value(6), .value(6)]
      all[hidden] = figure
      return all
    }
    for model in [Automatic(), Drift(), LinearTrend()] as [any ForecastModel] {
      let imputed = try forecast(figures(.suppressed(1...7)), model)
      let ends = try [1.0, 7].map { try forecast(figures(.value($0)), model) }
      // Steps are counted from the last value, which is a year earlier where the last figure is hidden.
      let later = hidden == 3 ? 1 : 0
      for step in 1...2 {
        let medians = try ends.map { try $0.median(step: step) }.sorted()
        #expect(
          (medians[0]...medians[1]).contains(try imputed.median(step: step + later)), "\(model.specification)"
        )
      }
    }
  }

  @Test("A level before a definition break trains nothing of the level after it, hidden figures or not")
  func split() throws {
    func median(_ earlier: Double, _ hidden: Observation) throws -> Double {
      let figures: [Observation] =
        [40, 44, 42, 46, 41, 45].map { .value(earlier * $0) } + [
          .value(6), .value(5), hidden, .value(6), .value(7),
        ]
      let sample = try Sample(try published(figures, flags: [6: .definitionBreak]))
      return try Forecast(try Automatic().learn(from: sample), horizon: 1).median(step: 1)
    }
    for hidden in [Observation.value(6), .suppressed(1...7)] {
      let (low, high) = (try median(1, hidden), try median(100, hidden))
      #expect(agree(low, high, relative: 1e-6) && (4...9).contains(low), "\(low) and \(high)")
    }
  }

  @Test("Where the last figure is hidden the forecast is wider than if it were known to be any of them")
  func wider() throws {
    let values = [4.0, 5, 3, 4, 5, 4, 3, 4]
    func width(_ last: Observation, step: Int) throws -> Double {
      let range = try forecast(values.map { .value($0) } + [last]).interval(0.8, step: step)
      return range.upperBound - range.lowerBound
    }
    let imputed = try width(.suppressed(1...7), step: 2)
    for value in 3...5 { #expect(imputed > (try width(.value(Double(value)), step: 1))) }
  }

  @Test(
    "Rounded random walks: the 80 % interval holds the true figure as often, and scores better than as if exact",
    arguments: [(5.0, 12.0, 0.15), (5, 30, 0.15), (10, 20, 0.15)])
  func rounding(unit: Double, level: Double, spread: Double) throws {
    var imputed = ForecastTally()
    var exact = ForecastTally()
    for path in 0..<200 {
      let walk = PublishedWalk(path, level: level, spread: spread, known: 12, ahead: 2)
      let sample = try Sample(try walk.rounded(to: unit))
      try imputed.add(try Naive().learn(from: sample), walk.future[1], step: 2)
      try exact.add(try Naive().fit(sample), walk.future[1], step: 2)
    }
    // The standard error of 200 is 0.028.
    #expect((0.75...0.9).contains(imputed.coverage), "\(imputed.coverage) and \(exact.coverage) as if exact")
    #expect(imputed.score < exact.score, "\(imputed.meanScore) and \(exact.meanScore) as if exact")
  }

  @Test("Hidden counts: knowing the bounds forecasts better than dropping the figures")
  func dropping() throws {
    var imputed = ForecastTally()
    var dropped = ForecastTally()
    for path in 0..<300 {
      let walk = PublishedWalk(path, level: 6, spread: 0.3, known: 10, ahead: 1)
      let known = try walk.suppressed(upTo: 7, saysBounds: true)
      guard known.points.count(where: { $0.value != nil }) >= 4,
        known.points.contains(where: { $0.value == nil })
      else { continue }
      // The same true year for both: steps are counted from the last value.
      let last = known.points.lastIndex { $0.value != nil } ?? 0
      let step = known.points.count - last
      let without = try walk.suppressed(upTo: 7, saysBounds: false)
      try imputed.add(try Naive().learn(from: try Sample(known)), walk.future[0], step: step)
      try dropped.add(try Naive().learn(from: try Sample(without)), walk.future[0], step: step)
    }
    #expect(imputed.count > 60)
    #expect(imputed.meanScore < dropped.meanScore, "\(imputed.meanScore) and \(dropped.meanScore)")
    #expect((0.72...0.92).contains(imputed.coverage), "\(imputed.coverage) and \(dropped.coverage)")
  }

  private func pool() throws -> [Sample] {
    try (0..<12).map { path in
      let walk = PublishedWalk(path, level: 40, spread: 0.1, known: 9, ahead: 1)
      return try Sample(
        try published(
          walk.truth.prefix(9).map { .value(path < 6 ? ($0 / 10).rounded() * 10 : $0) },
          roundedTo: path < 6 ? 10 : nil,
          area: "area \(path)"))
    }
  }

  @Test(
    "A pool: what is exact keeps its forecast to the last bit, and what is rounded is forecast through completions"
  )
  func pooled() throws {
    let samples = try pool()
    for model in [Automatic(), PooledTrend(), Naive()] as [any ForecastModel] {
      let plain = try model.fit(pool: samples, horizon: 2).map { try $0.get() }
      let learned = try model.learn(from: samples, horizon: 2).map { try $0.get() }
      for index in samples.indices {
        #expect((learned[index] is FittedImputation) == (index < 6))
        guard index >= 6 else { continue }
        let (first, second) = (
          try Forecast(plain[index], horizon: 2), try Forecast(learned[index], horizon: 2)
        )
        #expect(try first.interval(0.9, step: 2) == second.interval(0.9, step: 2))
      }
      #expect(learned[0].specification == plain[0].specification)
    }
    let exact = Array(samples.suffix(6))
    let (fitted, learned) = (
      Naive().fit(pool: exact, horizon: 1), Naive().learn(from: exact, horizon: 1)
    )
    #expect(try zip(fitted, learned).allSatisfy { try $0.get().parameters == $1.get().parameters })
  }

  @Test("The same figures give the same bytes, whoever asks, in whatever order, on 1, 2 and 16 threads")
  func determinism() throws {
    let samples = try pool() + pool()
    @Sendable func bits(_ sample: Sample) -> [UInt64] {
      guard let fitted = try? Automatic().learn(from: sample), let made = try? Forecast(fitted, horizon: 2),
        let range = try? made.interval(0.8, step: 2), let mean = try? made.mean(step: 1)
      else { return [] }
      return [range.lowerBound.bitPattern, range.upperBound.bitPattern, mean.bitPattern]
    }
    let expected = samples.map(bits)
    #expect(expected.allSatisfy { !$0.isEmpty } && expected[0] == expected[12] && expected[0] != expected[1])
    for threads in [1, 2, 16] {
      let found = Mutex([Int: [UInt64]]())
      concurrentBlocks(count: samples.count, blockSize: 1, jobs: threads) { block in
        for index in block {
          let own = bits(samples[index])
          found.withLock { $0[index] = own }
        }
      }
      #expect(found.withLock { all in samples.indices.map { all[$0] ?? [] } } == expected)
    }
  }

  @Test("Without figures known within bounds, learning is fitting, whatever the model")
  func nothingToLearn() throws {
    let sample = try Sample(try published([12, 15, 11, 16, 18, 14, 19, 17].map { .value($0) }))
    for model in [Automatic(), Naive(), Theta(), ExponentialSmoothing(trend: .damped)] as [any ForecastModel]
    {
      let (fitted, learned) = (try model.fit(sample), try model.learn(from: sample))
      #expect(!(learned is FittedImputation))
      #expect(fitted.parameters == learned.parameters && fitted.remarks == learned.remarks)
    }
  }

  @Test(
    "Any model can be asked, whatever its scale and the kind of its distributions",
    arguments: [
      "naive", "poisson", "negative-binomial", "ets", "arima", "naive(scale=box-cox)", "naive(scale=natural)",
      "structural(trend)", "theta", "conformal(drift)", "shocks(naive)", "linear-trend", "mean",
      "combination(naive,drift)", "ets(M,A,N)",
    ])
  func models(name: String) throws {
    let model = try ModelCatalogue.model(named: name)
    let figures: [Observation] = [9, 12, 10, 15, 14, 18, 13, 16, 20, 17].map { .value($0) }
    let sample = try model.sample(try published(figures + [.suppressed(10...30), .value(19)]))
    let fitted = try #require(try model.learn(from: sample) as? FittedImputation)
    let forecast = try Forecast(fitted, horizon: 3)
    for step in 1...3 {
      let quantiles = try [0.05, 0.25, 0.5, 0.75, 0.95].map { try forecast.quantile($0, step: step) }
      #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 <= $1 } && quantiles[0] >= 0)
      #expect(quantiles[0]...quantiles[4] ~= (try forecast.mean(step: step)))
      #expect(try forecast.rankedProbabilityScore(18, step: step) < 20)
    }
    // The draws are of the distribution that the quantiles are of.
    let drawn = paths(of: fitted, 2000, horizon: 3).map { $0[2] }
    let below = Double(drawn.count { $0 <= (try? forecast.median(step: 3)) ?? 0 }) / 2000
    #expect(
      abs(below - 0.5) < (name.contains("poisson") || name.contains("binomial") ? 0.12 : 0.06), "\(below)")
    #expect(fitted.parameters.allSatisfy { $0.value.isFinite } && fitted.parameterCount > 0)
    #expect(
      fitted.remarks.last?.hasPrefix("one figure is known only within bounds (2020/21 from 10 to 30)") == true
    )
    #expect(fitted.components.allSatisfy { $0.values.count == 12 })
    #expect(fitted.voices.isEmpty || abs(fitted.voices.reduce(0) { $0 + $1.weight } - 1) < 1e-9)
    #expect(fitted.likelihood == nil)
    _ = ResidualDiagnostics(fitted: fitted).outcomes
  }

  @Test("A standard error counts what differs between the completions")
  func standardErrors() throws {
    let figures: [Observation] = [4, 5, 6, 5, 7].map { .value($0) }
    let sample = try Sample(try published(figures + [.suppressed(1...20)]))
    let model = LinearTrend()
    let fitted = try #require(try model.learn(from: sample) as? FittedImputation)
    let slope = try #require(fitted.parameters.first { $0.name == "slope" })
    let parts = fitted.fits.compactMap { fit in fit.parameters.first { $0.name == "slope" } }
    let within = parts.reduce(0) { $0 + ($1.standardError ?? 0) * ($1.standardError ?? 0) / 16 }
    let mean = parts.reduce(0) { $0 + $1.value / 16 }
    let between = parts.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) / 15 }
    #expect(between > 0 && agree(slope.value, mean, relative: 1e-12))
    #expect(
      agree(try #require(slope.standardError), (within + 17.0 / 16 * between).squareRoot(), relative: 1e-12))
  }

  /// A model that works on logarithms or not, as the last figure is odd or even.
  private struct Wavering: ForecastModel {
    let specification = "wavering"
    let summary = "the last figure stays, on one scale or another"
    let minimumObservations = 1

    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
      let isOdd = (sample.observed.last ?? 0).truncatingRemainder(dividingBy: 2) == 1
      return try Naive().fit(try sample.rescaled(isOdd ? .natural : .logarithm))
    }
  }

  @Test("Completions that a model fits on different scales are mixed in the unit of the series")
  func scales() throws {
    let figures: [Observation] =
      [30, 33, 31, 35, 32].map { .value($0) } + [.suppressed(25...40), .suppressed(30...33)]
    let fitted = try #require(
      try Wavering().learn(from: try Sample(try published(figures))) as? FittedImputation)
    #expect(Set(fitted.fits.map(\.sample.scale)).count == 2 && fitted.sample.scale == .natural)
    let forecast = try Forecast(fitted, horizon: 3)
    #expect((30...33).contains(try forecast.median(step: 2)))
    #expect((28...35).contains(try forecast.median(step: 3)))
    let drawn = paths(of: fitted, 1000, horizon: 3)
    #expect(drawn.allSatisfy { (30...33).contains($0[1]) && $0[2] >= 0 })
    let median = try forecast.median(step: 3)
    #expect(abs(Double(drawn.count { $0[2] <= median }) / 1000 - 0.5) < 0.07)
  }

  /// A model that forgets the last of its pool.
  private struct Forgetful: ForecastModel {
    let specification = "forgetful"
    let summary = "no answer for the last"
    let minimumObservations = 1

    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel { try Naive().fit(sample) }

    func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
      Naive().fit(pool: Array(pool.dropLast()), horizon: horizon)
    }
  }

  @Test("A series that its pool has no answer for is refused, and no other") func forgotten() throws {
    let samples = try pool()
    for pool in [samples, Array(samples.reversed())] {
      let learned = Forgetful().learn(from: pool, horizon: 1)
      #expect(learned.count == 12)
      #expect(sentence { _ = try learned[11].get() }?.contains("the pool gave no answer for it") == true)
      #expect(learned.dropLast().allSatisfy { (try? $0.get()) != nil })
    }
  }

  @Test("A model that no completion suits says why")
  func refusal() throws {
    let sample = try Sample(try published([.value(5), .suppressed(1...7)]))
    #expect(sentence { _ = try LinearTrend().learn(from: sample) }?.contains("needs at least") == true)
  }

  @Test("The account says what is hidden and what is rounded, and still tells what would change the answer")
  func account() throws {
    let figures: [Observation] = [
      .value(30), .suppressed(1...7), .value(25), .value(35), .value(30), .value(40),
    ]
    let sample = try Sample(try published(figures, roundedTo: 5))
    let fitted = try Automatic().learn(from: sample)
    let account = ForecastAccount(of: fitted, model: Automatic(), horizon: 2)
    #expect(
      account.history.suffix(2) == [
        "The figure for 2011/12 is known only within bounds, and is not counted here.",
        "All figures are rounded.",
      ])
    #expect(account.choice.last?.contains("16 values were drawn for each inside them") == true)
    #expect(account.doubts[0].hasPrefix("Without the last figure (40 for 2015/16) the forecast would"))
    #expect(account.doubts[1].contains("30"))
    let samples = try pool()
    let pooled = try Automatic().learn(from: samples, horizon: 2)[1].get()
    let together = ForecastAccount(of: pooled, model: Automatic(), pool: samples, place: 1, horizon: 2)
    #expect(
      together.doubts.contains {
        $0.hasPrefix("By itself, without its pool") || $0.hasPrefix("Without the last")
      })
    let fine = try Sample(try published([410, 445, 380, 425].map { .value($0) }, roundedTo: 1))
    let plain = ForecastAccount(of: try Naive().learn(from: fine), model: Naive(), horizon: 1)
    #expect(
      plain.history.last == "All figures are rounded, too finely to matter beside how the series moves.")
  }

  @Test("The quick mixture of Student distributions is the mixture")
  func blend() throws {
    let parts = try (0..<16).map { place in
      try #require(
        StudentMixture(
          [.init(weight: 1, location: Double(place) / 10, scale: 0.5 + Double(place % 3) / 4)],
          degreesOfFreedom: 3))
    }
    let blend = try #require(StudentBlend(parts))
    for x in [-200, -3, -0.4, 0.75, 1, 2.5, 9, 40, .infinity] {
      #expect(abs(blend.cumulative(x) - blend.mixture.cumulative(x)) < 1e-9, "\(x)")
      #expect(blend.density(x) == blend.mixture.density(x))
    }
    #expect(blend.cumulative(.nan).isNaN)
    for probability in [1e-6, 0.025, 0.1, 0.5, 0.9, 0.999] {
      #expect(agree(try blend.quantile(probability), try blend.mixture.quantile(probability), relative: 1e-7))
    }
    #expect(throws: ForecastingError.probability(1)) { try blend.quantile(1) }
    #expect(StudentBlend([parts[0], try #require(SimulatedDistribution([1, 2]))]) == nil)
    let sample = try Sample(try annual([1, 2, 3], .pounds))
    #expect(
      agree(try blend.mean(restoredBy: sample), try blend.mixture.mean(restoredBy: sample), relative: 1e-4))
  }
}
