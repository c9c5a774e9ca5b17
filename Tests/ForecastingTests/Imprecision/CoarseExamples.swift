import RealModule
import Statistics
import TimeSeries

@testable import Forecasting

/// Figures of a series of financial years from 2010/11, as a file would have them.
func published(
  _ figures: [Observation?], _ unit: TimeSeries.Unit = .count, roundedTo rounding: Double? = nil,
  flags: [Int: DataFlags] = [:], denominator: Double? = nil, area: String? = nil
) throws -> Series {
  try Series(
    id: "children", area: area, measure: Measure(id: "children", unit: unit),
    points: figures.enumerated().compactMap { year, figure in
      figure.map {
        DataPoint(
          period: .financialYear(2010 + year), observation: $0, rounding: $0.value == nil ? nil : rounding,
          denominator: denominator, flags: flags[year] ?? [])
      }
    })
}

/// Random walks on the logarithm, of whole numbers, with what a publisher makes of them.
struct PublishedWalk {
  let truth: [Double]
  let known: Int

  init(_ path: Int, level: Double, spread: Double, known: Int, ahead: Int) {
    var stream = RandomStream(seed: 11, name: "published walk", path: UInt64(path))
    var logarithm = Double.log(level)
    truth = (0..<(known + ahead)).map { year in
      if year > 0 { logarithm += spread * stream.normal() }
      return max(1, Double.exp(logarithm).rounded())
    }
    self.known = known
  }

  /// The years to come, as they truly are.
  var future: [Double] { Array(truth[known...]) }

  /// The known years rounded to a unit.
  func rounded(to unit: Double) throws -> Series {
    try published(truth.prefix(known).map { .value(($0 / unit).rounded() * unit) }, roundedTo: unit)
  }

  /// The known years with 1 to a greatest count hidden.
  func suppressed(upTo most: Double, saysBounds: Bool) throws -> Series {
    try published(
      truth.prefix(known).map { $0 <= most ? .suppressed(saysBounds ? 1...most : nil) : .value($0) })
  }
}

/// The sums of what forecasts of one step ahead are judged by.
struct ForecastTally {
  var count = 0.0
  var score = 0.0
  var held = 0.0
  var width = 0.0

  mutating func add(_ fitted: any FittedModel, _ actual: Double, step: Int = 1) throws {
    let forecast = try Forecast(fitted, horizon: step)
    let range = try forecast.interval(0.8, step: step)
    count += 1
    score += try forecast.rankedProbabilityScore(actual, step: step)
    held += range.contains(actual) ? 1 : 0
    width += range.upperBound - range.lowerBound
  }

  var coverage: Double { held / count }
  var meanScore: Double { score / count }
}
