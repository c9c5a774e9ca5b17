import Forecasting
import Statistics
import TimeSeries

/// Series as bad as files hold them, made from a seed: short, constant, zero, with one huge value, at their bounds, with
/// gaps, of all units; in pools that share dates or do not.
public struct HostilePool: Sendable {
  /// The series.
  public let series: [Series]

  /// The pool with a number; the same number gives the same pool.
  public init(number: UInt64) {
    var stream = RandomStream(seed: 20_260_401, name: "hostile series", path: number)
    let size = [1, 1, 2, 3, 4, 7, 12, 30][Self.index(&stream, 8)]
    let unit: TimeSeries.Unit = [
      .count, .percentage, .proportion, .rate(per: 10_000), .pounds, .score, .other(""), .weeks,
    ][Self.index(&stream, 8)]
    let first = 1990 + Self.index(&stream, 30)
    let sharesDates = stream.uniform() < 0.8
    let monthly = stream.uniform() < 0.1
    series = (0..<size).compactMap { place in
      let start = sharesDates ? first : first + Self.index(&stream, 25)
      let values = Self.values(unit, longest: monthly ? 40 : 12, &stream)
      let points = values.enumerated().compactMap { step, value -> DataPoint? in
        guard let value, let period = Self.period(start, step, monthly: monthly) else { return nil }
        return DataPoint(
          period: period, observation: .value(value),
          flags: stream.uniform() < 0.01 ? .definitionBreak : stream.uniform() < 0.01 ? .provisional : [])
      }
      return try? Series(
        id: "series \(place)", measure: Measure(id: "m", unit: unit), points: points)
    }
  }

  private static func index(_ stream: inout RandomStream, _ count: Int) -> Int {
    min(Int(stream.uniform() * Double(count)), count - 1)
  }

  private static func period(_ start: Int, _ step: Int, monthly: Bool) -> Period? {
    monthly ? .month(year: start + step / 12, month: step % 12 + 1) : .calendarYear(start + step)
  }

  /// The values of one series, inside the bounds of its unit; nil is a gap.
  private static func values(
    _ unit: TimeSeries.Unit, longest: Int, _ stream: inout RandomStream
  ) -> [Double?] {
    let count = 1 + index(&stream, longest)
    let kind = index(&stream, 9)
    let size = [1e-9, 0.01, 1, 30, 1e4, 1e9][index(&stream, 6)]
    let spread = [0, 0.001, 0.05, 0.4, 3][index(&stream, 5)]
    let spike = index(&stream, count)
    var level = 1.0
    return (0..<count).map { step in
      level *= max(0.01, 1 + spread * stream.normal())
      var value: Double =
        switch kind {
        case 0: size
        case 1: 0.0
        case 2: step == spike ? size * 1e5 : size * level
        case 3: size * (1 + spread * stream.normal())
        case 4: size * spread * stream.normal()
        case 5: (stream.uniform() * 4).rounded(.down)
        case 6: size * level * Double(step % 2)
        default: size * level
        }
      if let lower = unit.lowerBound { value = max(lower, abs(value)) }
      if let upper = unit.upperBound { value = min(upper, kind == 7 ? upper - abs(value) : value) }
      if let lower = unit.lowerBound { value = max(lower, value) }
      if unit == .count { value = value.rounded() }
      if value != 0, !(1e-15...1e15).contains(abs(value)) { value = 0 }
      return kind == 8 && stream.uniform() < 0.3 && step > 0 ? nil : value
    }
  }
}

/// What forecasts of hostile series must never do.
public struct HostileFindings: Sendable, CustomStringConvertible {
  /// How many series were forecast.
  public private(set) var forecasts = 0
  /// How many were refused with a sentence.
  public private(set) var refusals = 0
  /// What went wrong, each with the number of its pool; at most a hundred.
  public private(set) var faults: [String] = []

  /// Nothing yet.
  public init() {}

  /// Forecasts a pool, its series together and the first of them alone, and looks at every number.
  public mutating func examine(_ number: UInt64, horizon: Int = 4) {
    let samples = HostilePool(number: number).series.compactMap { try? Sample($0) }
    let model = Automatic()
    for (sample, result) in zip(samples, model.fit(pool: samples, horizon: horizon)) {
      examine(result, sample, horizon: horizon, number)
    }
    guard samples.count > 1 else { return }
    do throws(ForecastingError) {
      examine(.success(try model.fit(samples[0])), samples[0], horizon: horizon, number)
    } catch {
      examine(.failure(error), samples[0], horizon: horizon, number)
    }
  }

  /// Adds what another examination found.
  public mutating func add(_ other: HostileFindings) {
    forecasts += other.forecasts
    refusals += other.refusals
    faults = Array((faults + other.faults).prefix(100))
  }

  /// The counts, and every fault.
  public var description: String {
    (["\(forecasts) series forecast, \(refusals) refused with a sentence, \(faults.count) faults"] + faults)
      .joined(separator: "\n")
  }

  private mutating func examine(
    _ result: Result<any FittedModel, ForecastingError>, _ sample: Sample, horizon: Int, _ number: UInt64
  ) {
    do {
      let forecast = try Forecast(try result.get(), horizon: horizon)
      forecasts += 1
      for step in 1...horizon {
        var before = -Double.infinity
        for probability in [0.01, 0.025, 0.1, 0.5, 0.9, 0.975, 0.99] {
          let quantile = try forecast.quantile(probability, step: step)
          check(quantile.isFinite, "\(quantile) at \(probability)", sample, step, number)
          check(
            quantile >= before, "quantiles cross at \(probability): \(before), \(quantile)", sample, step,
            number)
          checkBounds(quantile, sample, step, number)
          before = quantile
        }
        let mean = try forecast.mean(step: step)
        check(mean.isFinite, "a mean of \(mean)", sample, step, number)
        checkBounds(mean, sample, step, number)
      }
    } catch {
      refusals += 1
      check("\(error)".contains(sample.name), "an error that names no series: \(error)", sample, 0, number)
    }
  }

  private mutating func checkBounds(_ value: Double, _ sample: Sample, _ step: Int, _ number: UInt64) {
    let lower = sample.unit?.lowerBound ?? -.infinity
    let upper = sample.unit?.upperBound ?? .infinity
    // A mean of values at a bound may miss it by a rounding.
    check(
      value >= lower - 1e-9 * abs(lower) && value <= upper + 1e-9 * abs(upper), "\(value) beyond the bounds",
      sample, step, number)
  }

  private mutating func check(
    _ holds: Bool, _ fault: @autoclosure () -> String, _ sample: Sample, _ step: Int, _ number: UInt64
  ) {
    guard !holds, faults.count < 100 else { return }
    faults.append(
      "pool \(number), \(sample.name), step \(step): \(fault()); values \(sample.observed), scale \(sample.scale)"
    )
  }
}
