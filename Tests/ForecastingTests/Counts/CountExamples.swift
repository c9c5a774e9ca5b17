import Statistics
import TimeSeries

@testable import Forecasting

/// A series of financial years from 2000/01 of counts with denominators, expressed in a unit; a nil count leaves the
/// observation out, and periods beyond the counts have denominators alone.
func counted(
  _ counts: [Double?], of denominators: [Double?], _ unit: TimeSeries.Unit,
  regressors: [(name: String, values: [Double?])] = []
) throws -> Series {
  let multiplier = unit.multiplier
  return try Series(
    id: "plans", measure: Measure(id: "plans", unit: unit),
    points: (0..<max(counts.count, denominators.count)).map { index in
      let count = index < counts.count ? counts[index] : nil
      let denominator = index < denominators.count ? denominators[index] : nil
      let value = count.map { multiplier.map { $0 / (denominator ?? 1) * (count ?? 0) } ?? $0 }
      return DataPoint(
        period: .financialYear(2000 + index), observation: value.map { .value($0) } ?? .notAvailable,
        numerator: count, denominator: denominator,
        covariates: regressors.map { index < $0.values.count ? $0.values[index] : nil })
    }, covariateNames: regressors.map(\.name))
}

/// A fitted model by its specification.
func fitted(_ specification: String, _ series: Series) throws -> any FittedModel {
  let model = try ModelCatalogue.model(named: specification)
  return try model.fit(try model.sample(series))
}

/// Counts about an exponential trend, drawn by a law.
func drawnCounts(
  _ count: Int, start: Double = 40, growth: Double = 0.03, size: Double? = nil, path: UInt64 = 0
) -> [Double] {
  var stream = RandomStream(seed: 7, name: "drawn counts", path: path)
  return (0..<count).map { index in
    var mean = start
    for _ in 0..<index { mean *= 1 + growth }
    return size.map { stream.negativeBinomial(size: $0, mean: mean) } ?? stream.poisson(mean: mean)
  }
}
