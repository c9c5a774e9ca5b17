import Statistics
import Testing
import TimeSeries

@testable import Forecasting

@Suite("Figures known within bounds, as bad as files hold them")
struct HostileCoarseTests {
  private static let units: [TimeSeries.Unit] = [
    .count, .rate(per: 10_000), .proportion, .percentage, .pounds, .weeks, .score, .other("x"),
  ]
  private static let sizes = [0, 1e-300, 1e-9, 0.5, 1, 7, 99.5, 100, 12_345, 1e9, 1e15, 1e300]

  private func random(_ path: Int) throws -> Series {
    var stream = RandomStream(seed: 99, name: "hostile bounds", path: UInt64(path))
    func pick<Value>(_ list: [Value]) -> Value {
      list[min(Int(stream.uniform() * Double(list.count)), list.count - 1)]
    }
    let unit = pick(Self.units)
    let size = pick(Self.sizes.dropLast().map { $0 })
    var year = 1990
    let points = (0..<pick([1, 2, 3, 8, 20])).map { _ -> DataPoint in
      year += pick([1, 1, 1, 1, 2, 40])
      let value = size * stream.uniform() * pick([1, 1, 1, 1, -1])
      let other = pick(Self.sizes)
      let observation: Observation = pick([
        .value(value), .value(value.rounded()), .value(size),
        .suppressed(min(value, other)...max(value, other)),
        .suppressed(value...value), .suppressed(nil), .roundsToZero, .notAvailable,
      ])
      return DataPoint(
        period: .calendarYear(year), observation: observation,
        rounding: pick([nil, 1e-300, 0.1, 5, 1e6, 1e300]),
        denominator: pick([nil, 0, 50, 1e12]),
        flags: pick([[], [], [], .definitionBreak, .provisional, .estimated]))
    }
    return try Series(id: "hostile \(path)", measure: Measure(id: "m", unit: unit), points: points)
  }

  @Test("Every series is forecast inside the bounds of its unit, or refused with a sentence") func never()
    throws
  {
    var forecast = 0
    var imputed = 0
    for path in 0..<600 {
      let series = try random(path)
      let unit = series.measure.unit
      for model in [Naive(), Automatic()] as [any ForecastModel] {
        do {
          let fitted = try model.learn(from: try model.sample(series))
          if fitted is FittedImputation { imputed += 1 }
          let made = try Forecast(fitted, horizon: 2)
          for step in 1...2 {
            let range = try made.interval(0.8, step: step)
            #expect(range.lowerBound >= (unit.lowerBound ?? -.infinity), "\(path)")
            #expect(range.upperBound <= (unit.upperBound ?? .infinity), "\(path)")
            #expect(!(try made.mean(step: step)).isNaN, "\(path)")
          }
          #expect(paths(of: fitted, 3, horizon: 2).allSatisfy { $0.allSatisfy { !$0.isNaN } }, "\(path)")
          forecast += 1
        } catch {
          #expect("\(error)".count > 20)
        }
      }
    }
    #expect(forecast > 100 && imputed > 60, "\(forecast) and \(imputed)")
  }
}
