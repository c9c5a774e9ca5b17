import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Rolling and sliding origins")
struct BacktestTests {
  static func series(_ id: String, from first: Int, _ values: [Double?]) throws -> Series {
    try BacktestLeakTests.series(id, from: first, values)
  }

  /// A contender that can only forecast histories of at least so many values.
  struct Needy: ForecastModel {
    let specification = "needy"
    let summary = "needs many"
    let minimumObservations: Int
    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
      try requireObservations(sample)
      return try Naive().fit(sample)
    }
  }

  /// Forecasts an infinite value, or answers for too few of a pool.
  struct Broken: ForecastModel {
    let specification = "broken"
    let summary = "gives no number"
    let minimumObservations = 1
    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel { BrokenFit(sample: sample) }
    func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] { [] }
  }

  struct BrokenFit: FittedModel {
    let specification = "broken"
    let sample: Sample
    let parameters: [FittedParameter] = []
    let residuals: [Double] = []
    let parameterCount = 1
    func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution { Infinite() }
    func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {}
  }

  struct Infinite: PredictiveDistribution {
    func density(_ x: Double) -> Double { 0 }
    func cumulative(_ x: Double) -> Double { 0 }
    func quantile(_ probability: Double) throws(ForecastingError) -> Double { .infinity }
    var mean: Double { .nan }
    func mean(restoredBy sample: Sample) throws(ForecastingError) -> Double { .nan }
  }

  @Test("Each origin hides one period more than the one after it, and is forecast over the whole horizon")
  func origins() throws {
    let series = try Self.series("s", from: 2010, [1, 2, 4, 3, 5, 7, 6, 8])
    let result = try Backtest(horizon: 2, origins: 3).run(
      [.init(Naive())], on: [series], keepsForecasts: true)
    let found = result.forecasts.map { "\($0.origin) \($0.step) \($0.period) \($0.actual) \($0.mean)" }
    #expect(
      found == [
        "2013/14 1 2014/15 5.0 3.0", "2013/14 2 2015/16 7.0 3.0", "2014/15 1 2015/16 7.0 5.0",
        "2014/15 2 2016/17 6.0 5.0", "2015/16 1 2016/17 6.0 7.0", "2015/16 2 2017/18 8.0 7.0",
      ])
  }

  @Test("The measures of a series that can be worked out by hand") func byHand() throws {
    // Known 1, 2, 4, 3: differences 1, 2, −1, a scale of 4/3 and squares of 2. Naive says 3; 5 and 7 come.
    let series = try Self.series("s", from: 2010, [1, 2, 4, 3, 5, 7])
    let measures = try Backtest(horizon: 2, origins: 1).run([.init(Naive())], on: [series]).rows[0].measures
    #expect(measures.series == 1 && measures.forecasts == 2 && measures.failed == 0)
    #expect(abs(try #require(measures.mase) - 2.25) < 1e-12)
    #expect(abs(try #require(measures.rmsse) - 5.0.squareRoot()) < 1e-12)
    // 200 × 2/8 and 200 × 4/10.
    #expect(abs(try #require(measures.smape) - 65) < 1e-12)
    #expect(abs(try #require(measures.bias) + 2.25) < 1e-12)
    // Three changes without drift: variance 2 on 3 degrees of freedom.
    let law = try StudentT(degreesOfFreedom: 3, location: 3, scale: 2.0.squareRoot())
    let later = try StudentT(degreesOfFreedom: 3, location: 3, scale: 2)
    var pinball = 0.0
    for (law, actual) in [(law, 5.0), (later, 7.0)] {
      for probability in [0.5, 0.1, 0.9, 0.025, 0.975] {
        pinball += ForecastLoss.pinball(
          actual: actual, quantile: try law.quantile(probability), probability: probability)
      }
    }
    #expect(abs(try #require(measures.pinball) - pinball * 0.075) < 1e-9)
    let near = 2.0.squareRoot() * StudentMixture.standardScore(2.0.squareRoot(), 3)
    let score = (near + 2 * StudentMixture.standardScore(2, 3)) / 2
    #expect(abs(try #require(measures.crps) - score * 0.75) < 1e-9)
    // The 80% intervals reach 2.3 and 3.3 above 3; both 95% intervals hold.
    #expect(measures.coverage == [50, 100])
    let reach = try law.quantile(0.975) + later.quantile(0.975) - 6
    #expect(abs(try #require(measures.msis) - reach * 0.75) < 1e-9)
  }

  @Test("A sliding window learns from its own periods alone") func sliding() throws {
    let values: [Double] = [900, 10, 500, 1, 2, 4, 3, 5, 7]
    let long = try Self.series("s", from: 2010, values)
    let short = try Self.series("s", from: 2013, Array(values.dropFirst(3)))
    let window = try Backtest(horizon: 2, origins: 1, window: 4).run([.init(Drift())], on: [long])
    let whole = try Backtest(horizon: 2, origins: 1).run([.init(Drift())], on: [short])
    #expect(window.rows[0].measures == whole.rows[0].measures)
    #expect(whole.rows[0].measures.mase != nil)
  }

  @Test("Averages are over a series first and then over series") func averages() throws {
    // One series is scored twice, the other once, because a value is missing.
    let first = try Self.series("a", from: 2010, [1, 2, 1, 2, 3, 4])
    let second = try Self.series("b", from: 2010, [1, 2, 1, 2, nil, 6])
    let both = try Backtest(horizon: 2, origins: 1).run([.init(Naive())], on: [first, second])
    #expect(both.rows[0].measures.forecasts == 3)
    #expect(both.rows[0].measures.series == 2)
    // Errors 1 and 2 against a scale of 1, and 4: (1.5 + 4) / 2.
    #expect(both.rows[0].measures.mase == 2.75)
    #expect(both.rows[0].measures.bias == -2.75)
  }

  @Test("A series whose scale is zero is left out of scaled measures and counted") func zeroScale() throws {
    let flat = try Self.series("flat", from: 2010, [5, 5, 5, 5, 6, 7])
    let other = try Self.series("b", from: 2010, [1, 2, 1, 2, 3, 4])
    let both = try Backtest(horizon: 2, origins: 1).run([.init(Naive())], on: [flat, other]).rows[0].measures
    #expect(both.series == 2 && both.zeroScale == 1 && both.forecasts == 4)
    #expect(both.mase == 1.5)
    let alone = try Backtest(horizon: 2, origins: 1).run([.init(Naive())], on: [flat]).rows[0].measures
    #expect(alone.mase == nil && alone.crps == nil && alone.msis == nil && alone.bias == nil)
    #expect(alone.smape != nil && alone.coverage.compactMap(\.self).count == 2)
  }

  @Test("What cannot be forecast is counted and named, and stops nothing else") func failures() throws {
    let long = try Self.series("long", from: 2010, [1, 2, 4, 3, 5, 7, 6, 8])
    let short = try Self.series("short", from: 2010, [1, 2, 4, 3, 5])
    let tiny = try Self.series("tiny", from: 2010, [1, 2])
    let empty = try Self.series("empty", from: 2010, [nil])
    let result = try Backtest(horizon: 2, origins: 2).run(
      [.init(Naive()), .init(Needy(minimumObservations: 6), name: "mine")], on: [long, short, tiny, empty])
    let (naive, needy) = (result.rows[0].measures, result.rows[1].measures)
    // Of the short series the earlier origin leaves two values, of the tiny one none.
    #expect(naive.forecasts == 6 && naive.failed == 2 && naive.series == 2)
    #expect(needy.forecasts == 2 && needy.failed == 6 && needy.series == 1)
    #expect(
      result.failures.map { "\($0.name) \($0.model ?? "-") \($0.origins)" } == [
        "long mine 1", "short naive 1", "short mine 2", "tiny - 0", "empty - 0",
      ])
    #expect(result.failures[3].message.contains("nothing is left to learn from when 2 periods are hidden"))
    #expect(result.failures[4].message.contains("it has no value"))
  }

  @Test("A forecast that is not a number is a failure, and so is a pool that gives too few answers")
  func brokenModels() throws {
    let series = try Self.series("s", from: 2010, [1, 2, 4, 3, 5, 7])
    let backtest = try Backtest(horizon: 2, origins: 1)
    let alone = backtest.run([.init(Broken())], on: [series])
    #expect(alone.rows[0].measures.failed == 2 && alone.rows[0].measures.forecasts == 0)
    #expect(alone.failures[0].message.contains("not a finite number"))
    #expect(alone.rows[0].measures.smape == nil)
    let pooled = backtest.run([.init(Broken())], on: [series], places: [.init(pool: "p")])
    #expect(pooled.failures[0].message.contains("the pool gave no answer"))
    // A value of an impossible size is refused where it came as well as where it is learned from.
    let vast = try Self.series("v", from: 2010, [1, 2, 4, 3, 5, 1e18])
    let found = backtest.run([.init(Naive())], on: [vast])
    #expect(found.rows[0].measures.forecasts == 1 && found.rows[0].measures.failed == 1)
    #expect(found.failures[0].message.contains("cannot be a published figure"))
  }

  @Test("Groups have rows of their own, in the order of their first series") func groups() throws {
    let values: [Double] = [1, 2, 4, 3, 5, 7, 6, 8]
    let all = try ["a", "b", "c"].map { try Self.series($0, from: 2010, values) }
    let result = try Backtest(horizon: 1, origins: 2).run(
      [.init(Drift()), .init(Naive())], on: all,
      places: [.init(group: "y"), .init(group: "x"), .init(group: "y")])
    #expect(
      result.rows.map { "\($0.group) \($0.model) \($0.measures.series)" } == [
        "y drift 2", "y naive 2", "x drift 1", "x naive 1",
      ])
    #expect(result.reference == "naive")
    #expect(result.rows[0].against == "naive" && result.rows[1].against == nil)
    #expect(result.rows[0].measures.mase == result.rows[2].measures.mase)
  }

  @Test("Models are compared with naive, or with the first, over the origins") func comparison() throws {
    var all: [Series] = []
    for number in 0..<5 {
      var values: [Double?] = []
      for year in 0..<16 { values.append(Double(3 * year + (7 * year + number) % 5)) }
      all.append(try Self.series("s\(number)", from: 2000, values))
    }
    let result = try Backtest(horizon: 2, origins: 8).run(
      [.init(Naive()), .init(Drift()), .init(Mean())], on: all, keepsForecasts: true)
    let test = try #require(result.rows[1].comparison?.test)
    #expect(test.meanDifference < 0 && test.degreesOfFreedom == 7)
    // The same from the forecasts themselves.
    var differences: [Double] = []
    for origin in Set(result.forecasts.map(\.origin)).sorted() {
      var sum = 0.0
      for (index, series) in all.enumerated() {
        let known = series.points.filter { $0.period <= origin }.compactMap(\.value)
        let scale = ErrorScale(values: known, positions: Array(known.indices), season: 1).absolute
        func error(_ model: Int) -> Double {
          var total = 0.0
          for record in result.forecasts
          where record.series == index && record.model == model && record.origin == origin {
            total += abs(record.mean - record.actual) / scale / 2
          }
          return total
        }
        sum += error(1) - error(0)
      }
      differences.append(sum / 5)
    }
    let expected = try #require(DieboldMariano.compare(differences: differences, horizon: 2).test)
    #expect(abs(test.statistic - expected.statistic) < 1e-9)
    #expect(result.rows[0].comparison == nil)
    let other = try Backtest(horizon: 2, origins: 2).run([.init(Mean()), .init(Drift())], on: all)
    #expect(other.reference == "mean")
    guard case .absent(let reason)? = other.rows[1].comparison else {
      Issue.record("two origins cannot be tested")
      return
    }
    #expect(reason.contains("from 3 origins"))
  }

  @Test("A pool whose periods are of several kinds is divided by kind") func mixedKinds() throws {
    let years = try Self.series("y", from: 2010, [1, 2, 4, 3, 5, 7])
    let months = try Series(
      id: "m", measure: Measure(id: "m", unit: .other("")),
      points: (1...8).compactMap { month in
        Period.month(year: 2020, month: month).map { DataPoint($0, Double(month % 3)) }
      })
    let result = try Backtest(horizon: 2, origins: 1).run(
      [.init(Naive())], on: [years, months], places: [.init(pool: "p"), .init(pool: "p")])
    #expect(result.rows[0].measures.forecasts == 4 && result.failures.isEmpty)
  }

  @Test("A series of a pool that ended before every hidden period lends strength and is not scored")
  func silent() throws {
    let old = try Self.series("old", from: 2000, [1, 2, 4, 3, 5, 7])
    let young = try Self.series("young", from: 2008, [1, 2, 4, 3, 5, 7, 9])
    let result = try Backtest(horizon: 2, origins: 2).run(
      [.init(Naive())], on: [old, young], places: [.init(pool: "p"), .init(pool: "p")])
    #expect(result.silentSeries == 1 && result.failures.isEmpty)
    #expect(result.rows[0].measures.series == 1 && result.rows[0].measures.forecasts == 4)
  }

  @Test("The number of threads and how the work is divided change nothing") func threads() throws {
    var stream = RandomStream(seed: 3, name: "backtest")
    var all: [Series] = []
    for number in 0..<60 {
      var values: [Double?] = []
      for _ in 0..<(5 + number % 9) { values.append(50 + 10 * stream.normal()) }
      all.append(try Self.series("s\(number)", from: 2005, values))
    }
    let places = all.indices.map {
      Backtest.Place(pool: $0 % 3 == 0 ? nil : "p\($0 % 7)", group: "g\($0 % 2)")
    }
    let contenders: [Backtest.Contender] = [.init(Automatic()), .init(Naive()), .init(Drift())]
    let backtest = try Backtest(horizon: 2, origins: 2)
    let one = backtest.run(contenders, on: all, places: places, keepsForecasts: true)
    let many = backtest.run(contenders, on: all, places: places, jobs: 7, keepsForecasts: true)
    #expect(one.rows.map(\.measures) == many.rows.map(\.measures))
    #expect(one.rows.map(\.comparison) == many.rows.map(\.comparison))
    #expect(one.forecasts == many.forecasts && one.failures == many.failures)
    #expect(one.seconds == [0, 0, 0])
  }

  @Test("Seconds are those of the clock that is given") func seconds() throws {
    let series = try Self.series("s", from: 2010, [1, 2, 4, 3, 5, 7])
    let ticks = BacktestLeakTests.Peeker.Seen()
    let result = try Backtest(horizon: 1, origins: 2).run(
      [.init(Naive())], places: [.init()],
      clock: {
        ticks.note(.financialYear(2000))
        return Double(ticks.periods.count)
      }
    ) { _ in series }
    #expect(result.seconds == [2])
  }

  @Test("Other levels have their own coverage, and the interval score stays at 95 per cent")
  func otherLevels() throws {
    let series = try Self.series("s", from: 2010, [1, 2, 4, 3, 5, 7])
    let usual = try Backtest(horizon: 2, origins: 1).run([.init(Naive())], on: [series]).rows[0].measures
    let other = try Backtest(horizon: 2, origins: 1, levels: [0.5, 0.8]).run([.init(Naive())], on: [series])
      .rows[0].measures
    #expect(other.msis == usual.msis && other.crps == usual.crps && other.pinball != usual.pinball)
    #expect(other.coverage == [0, 50])
  }

  @Test("What describes no backtest is refused") func refusals() throws {
    #expect(throws: ForecastingError.horizon(0)) { try Backtest(horizon: 0, origins: 1) }
    #expect(throws: ForecastingError.horizon(1001)) { try Backtest(horizon: 1001, origins: 1) }
    #expect(throws: ForecastingError.probability(1)) { try Backtest(horizon: 1, origins: 1, levels: [1]) }
    for (origins, window) in [(0, 3), (20_000, 3), (1, 0)] {
      #expect {
        try Backtest(horizon: 1, origins: origins, window: window)
      } throws: { "\($0)".hasPrefix("backtest: ") }
    }
    let nobody = try Backtest(horizon: 1, origins: 1).run([], on: [])
    #expect(nobody.rows.isEmpty && nobody.reference.isEmpty)
    let nothing = try Backtest(horizon: 1, origins: 1).run([.init(Naive())], places: [.init()]) { _ in nil }
    #expect(nothing.failures[0].name == "series 1")
  }
}

@Suite("Origins by publication")
struct BacktestVintageTests {
  /// Yearly figures, each published in the January after its year unless given otherwise.
  static func series(_ id: String, _ values: [Double], late: [Int: String] = [:], undated: Set<Int> = [])
    throws -> Series
  {
    try Series(
      id: id, measure: Measure(id: "m", unit: .other("")),
      points: values.enumerated().map { index, value in
        let year = 2010 + index
        let date = late[year] ?? "\(year + 1)-01-15"
        return DataPoint(
          period: .calendarYear(year), observation: .value(value),
          publication: undated.contains(year) ? nil : CivilDate(date).map { Publication(date: $0) })
      })
  }

  static func records(_ all: [Series], isPool: Bool = false) throws -> [String] {
    try Backtest(horizon: 2, origins: 1, followsPublication: true).run(
      [.init(Naive())], on: all, places: all.map { _ in .init(pool: isPool ? "p" : nil) },
      keepsForecasts: true
    ).forecasts.map { "\($0.id) \($0.origin) \($0.step) \($0.period) \($0.mean)" }
  }

  @Test("Where everything is published in turn, the origin is the same as by period") func inTurn() throws {
    let series = try Self.series("s", [1, 2, 4, 3, 5, 7])
    #expect(try Self.records([series]) == ["s 2013 1 2014 3.0", "s 2013 2 2015 3.0"])
    let undated = try Self.series("s", [1, 2, 4, 3, 5, 7], undated: Set(2010...2015))
    #expect(try Self.records([undated]) == ["s 2013 1 2014 3.0", "s 2013 2 2015 3.0"])
  }

  @Test("A figure published after the origin's day is hidden, though its period had passed") func late()
    throws
  {
    // In a pool, the figures of 2013 come out on 15 January 2014; that of the third series three years later.
    let prompt = try ["a", "b"].map { try Self.series($0, [1, 2, 4, 3, 5, 7]) }
    let slow = try Self.series("c", [1, 2, 5, 9, 5, 7], late: [2013: "2017-03-01"])
    #expect(
      try Self.records(prompt + [slow], isPool: true).filter { $0.hasPrefix("c") } == [
        "c 2013 1 2014 5.0", "c 2013 2 2015 5.0",
      ])
  }

  @Test("A figure that had come out by the day is known and not forecast") func early() throws {
    let prompt = try ["a", "b"].map { try Self.series($0, [1, 2, 4, 3, 5, 7]) }
    let early = try Self.series("c", [1, 2, 5, 9, 6, 7], late: [2014: "2013-12-01"])
    // 2014 is known: what is left is 2015, one period after it.
    #expect(
      try Self.records(prompt + [early], isPool: true).filter { $0.hasPrefix("c") } == ["c 2013 2 2015 6.0"])
  }

  @Test("Without a date, a figure is hidden by its period") func undated() throws {
    let mixed = try Self.series("s", [1, 2, 4, 3, 5, 7], undated: [2012, 2014])
    #expect(try Self.records([mixed]) == ["s 2013 1 2014 3.0", "s 2013 2 2015 3.0"])
  }
}
