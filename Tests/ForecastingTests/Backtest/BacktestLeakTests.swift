import Statistics
import Synchronization
import Testing
import TimeSeries

@testable import Forecasting

@Suite("A backtest lets nothing through from what was to come")
struct BacktestLeakTests {
  /// Knows every value that the samples of its pool hold, by period, and forecasts from the latest of them whatever
  /// series it is of: if another series, or the same, held a hidden period, it would have the answer.
  struct Peeker: ForecastModel {
    let specification = "peeker"
    let summary = "looks for the answer"
    let minimumObservations = 1
    let scaleChoice = ScaleChoice.natural
    /// The latest period that any sample ever held, by the number of samples in the pool.
    let seen = Seen()

    final class Seen: Sendable {
      private let latest = Mutex<[Period]>([])
      var periods: [Period] { latest.withLock { $0 } }
      func note(_ period: Period) { latest.withLock { $0.append(period) } }
    }

    func fit(_ sample: Sample) throws(ForecastingError) -> any FittedModel {
      switch fit(pool: [sample], horizon: 1)[0] {
      case .success(let fitted): return fitted
      case .failure(let error): throw error
      }
    }

    func fit(pool: [Sample], horizon: Int) -> [Result<any FittedModel, ForecastingError>] {
      var known: [Period: Double] = [:]
      for sample in pool {
        guard let first = sample.firstPeriod else { continue }
        for (position, value) in zip(sample.positions, sample.values) {
          known[first.advanced(by: position)] = value
        }
      }
      if let latest = known.keys.max() { seen.note(latest) }
      return pool.map { .success(Peeked(sample: $0, known: known)) }
    }
  }

  struct Peeked: FittedModel {
    let specification = "peeker"
    let sample: Sample
    let known: [Period: Double]
    let parameters: [FittedParameter] = []
    let residuals: [Double] = []
    let parameterCount = 1

    func predictive(step: Int) throws(ForecastingError) -> any PredictiveDistribution {
      let target = sample.firstPeriod?.advanced(by: (sample.positions.last ?? 0) + step)
      let value = target.flatMap { known[$0] } ?? -1000
      return try mixture([.init(weight: 1, location: value, scale: 1)], degreesOfFreedom: 5)
    }

    func draw(path: UnsafeMutableBufferPointer<Double>, from stream: inout RandomStream) {
      path.update(repeating: 0)
    }
  }

  static func series(
    _ id: String, from first: Int, _ values: [Double?], unit: TimeSeries.Unit = .other("")
  ) throws -> Series {
    try Series(
      id: id, measure: Measure(id: "m", unit: unit),
      points: values.enumerated().compactMap { index, value in
        value.map { DataPoint(.financialYear(first + index), $0) }
      })
  }

  /// Two series that say the same, of which the second ends two years earlier.
  static func twins() throws -> [Series] {
    let values = [3.0, 5, 4, 8, 7, 9, 12, 10, 14, 13]
    return [try series("long", from: 2010, values), try series("short", from: 2010, Array(values.prefix(8)))]
  }

  @Test("No sample of a pool holds a period after the origin, whatever the ends of its series")
  func poolCalendar() throws {
    let peeker = Peeker()
    let backtest = try Backtest(horizon: 2, origins: 3)
    let result = backtest.run(
      [.init(peeker)], on: try Self.twins(), places: [.init(pool: "p"), .init(pool: "p")],
      keepsForecasts: true)
    // The pool ends in 2019/20: origins in 2015/16, 2016/17 and 2017/18.
    #expect(peeker.seen.periods.sorted() == [2015, 2016, 2017].map { Period.financialYear($0) })
    #expect(result.forecasts.allSatisfy { $0.mean == -1000 })
    // The short series ends in 2017/18: it has both periods of the first origin, one of the second and none of the last.
    #expect(result.forecasts.filter { $0.id == "short" }.map(\.step) == [1, 2, 1])
    #expect(result.forecasts.filter { $0.id == "long" }.count == 6)
  }

  @Test("Cut at its own end, a series would tell of what is hidden in another: the peeker is able to find it")
  func peekerIsAble() throws {
    let twins = try Self.twins()
    let peeker = Peeker()
    // What a backtest would do that hides the last two values of each series for itself.
    let samples = try twins.map { try peeker.sample($0.hiding { _ in false }) }
    let cut = try peeker.sample(twins[1].hiding { $0.period > .financialYear(2015) })
    let fitted = try peeker.fit(pool: [samples[0], cut], horizon: 2)[1].get()
    #expect(try Forecast(fitted, horizon: 2).median(step: 2) == 10)
  }

  @Test("By itself, a series is counted back from its own end") func ownEnd() throws {
    let peeker = Peeker()
    let backtest = try Backtest(horizon: 2, origins: 1)
    let result = backtest.run([.init(peeker)], on: try Self.twins(), keepsForecasts: true)
    #expect(Set(peeker.seen.periods) == [.financialYear(2015), .financialYear(2017)])
    #expect(result.forecasts.map(\.origin) == [2017, 2017, 2015, 2015].map { Period.financialYear($0) })
  }

  @Test(
    "Changing what is hidden changes no forecast, of any model, by itself or in a pool",
    arguments: ["naive", "drift", "automatic", "ets(A,Ad,N)", "theta", "linear-trend"], [true, false])
  func hiddenValues(model: String, isPool: Bool) throws {
    let contender = Backtest.Contender(try ModelCatalogue.model(named: model))
    let values = [31.0, 35, 34, 38, 37, 41, 44, 43, 47, 52, 51, 55]
    func forecasts(_ last: [Double]) throws -> [[Double]] {
      let all = try [("a", values), ("b", values.map { 2 * $0 - 5 }), ("c", values.reversed())].map {
        try Self.series($0.0, from: 2008, $0.1.dropLast(last.count) + last, unit: .count)
      }
      return try Backtest(horizon: 3, origins: 1).run(
        [contender], on: all, places: all.map { _ in .init(pool: isPool ? "p" : nil) }, keepsForecasts: true
      ).forecasts.map { [$0.mean] + $0.bounds }
    }
    let plain = try forecasts([])
    // A zero, a value of another size and fractions would change the scale, the ceiling and the rounding.
    let changed = try forecasts([0, 123_456, 7.123])
    #expect(plain.count == 9)
    #expect(plain == changed)
  }

  @Test("The sample is made anew at each origin: its ceiling and rounding are those of what was known")
  func rebuilt() throws {
    let series = try Self.series("s", from: 2010, [0.5, 0.4, 0.7, 0.6, 900, 1000], unit: .rate(per: 1000))
    let result = try Backtest(horizon: 2, origins: 1).run(
      [.init(Naive())], on: [series], keepsForecasts: true)
    // Ten times the largest of the first four; a prefix of the whole would allow 10,000.
    let highest = try #require(result.forecasts.flatMap(\.bounds).max())
    #expect(highest <= 7)
  }

  @Test("Denominators of hidden periods are hidden, regressors are given") func besideTheValues() throws {
    var points: [DataPoint] = []
    for index in 0..<8 {
      let number = Double(index)
      points.append(
        DataPoint(
          period: .financialYear(2010 + index), observation: .value(10 + number), numerator: number,
          denominator: 1000 + number, flags: .provisional, covariates: [number]))
    }
    let series = try Series(
      id: "s", measure: Measure(id: "m", unit: .rate(per: 1000)), points: points, covariateNames: ["x"])
    let cut = try #require(
      OriginCut(series, origin: .financialYear(2014), day: nil, horizon: 2, window: nil))
    let sample = try Sample(cut.known)
    #expect(sample.exposure?.values.compactMap(\.self).count == 5)
    #expect(sample.regressors.first?.values.compactMap(\.self).count == 8)
    #expect(sample.observed == [10, 11, 12, 13, 14])
    #expect(cut.known.points.suffix(3).allSatisfy { $0.flags.isEmpty && $0.numerator == nil })
    #expect(cut.targets.map(\.actual) == [15, 16])
    let regression = try ModelCatalogue.model(named: "regression(regressors(x))")
    let result = try Backtest(horizon: 2, origins: 2).run([.init(regression)], on: [series])
    #expect(result.rows[0].measures.forecasts == 4)
    #expect(result.failures.isEmpty)
  }
}
